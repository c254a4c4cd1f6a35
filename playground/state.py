"""The two windows as one JSON document, for the page."""

from collections.abc import Callable, Iterable

from playground.cast import Author, Json, Tenant, Workspace
from playground.slack import SlackSide
from playground.slack_record import SlackMessage, SlackRecord, SlackRoom
from playground.teams import TeamsSide
from playground.teams_record import Conversation, TeamsMessage, TeamsRecord

# What both manifests offer on a message: the command of each, and its words.
SHORTCUTS = [
    {"command": "issue.from_message", "label": "Log as issue"},
    {"command": "commit.capture", "label": "Capture commitment"},
    {"command": "decision.capture", "label": "Record decision"},
    {"command": "issue.take_update", "label": "Take as update"},
]


def slack(side: SlackSide) -> Json:
    homes = side.record.workspaces.values()
    people = [person.id for home in homes for person in home.people]
    return {
        "workspaces": [_workspace(side.record, one) for one in homes],
        "views": _each(side.views, people),
        "homes": [view for person in people if (view := side.home(person))],
    }


def teams(side: TeamsSide) -> Json:
    homes = side.record.tenants.values()
    people = (person.id for home in homes for person in home.people)
    return {
        "tenants": [_tenant(side.record, one) for one in homes],
        "dialogs": _each(side.dialogs, people),
    }


def _each(open_forms: Callable[[str], list[Json]], people: Iterable[str]) -> list[Json]:
    """Every form that somebody has in front of them."""
    return [form for person in people for form in open_forms(person)]


def _workspace(record: SlackRecord, workspace: Workspace) -> Json:
    people = [
        {"id": one.id, "handle": one.handle, "name": one.name, "title": one.title, "zone": one.zone}
        for one in workspace.people
    ]
    rooms = [_room(room) for room in record.rooms(workspace)]
    homes = {"id": workspace.id, "name": workspace.name}
    return homes | {"people": people, "channels": rooms, "uninstalled": workspace.id in record.uninstalled}


def _room(room: SlackRoom) -> Json:
    return {
        "id": room.id,
        "name": room.name,
        "kind": room.kind,
        "home": room.workspace.id,
        "members": room.members,
        "messages": [_slack_message(message) for message in room.messages],
    }


def _slack_message(message: SlackMessage) -> Json:
    return {
        "ts": message.ts,
        "author": _author(message.author),
        "text": message.text,
        "blocks": message.blocks,
        "thread_ts": message.thread_ts,
        "edited": message.edited is not None,
        "only_for": message.only_for,
        "at": message.at,
    }


def _tenant(record: TeamsRecord, tenant: Tenant) -> Json:
    people = [{"id": one.id, "name": one.name, "title": one.title, "zone": one.zone} for one in tenant.people]
    there = [_conversation(one) for one in record.conversations(tenant.id)]
    return {"id": tenant.id, "name": tenant.name, "people": people, "conversations": there}


def _conversation(there: Conversation) -> Json:
    return {
        "id": there.id,
        "name": there.name,
        "team": there.team,
        "kind": there.kind,
        "members": there.members,
        "messages": [_teams_message(message) for message in there.messages],
    }


def _teams_message(message: TeamsMessage) -> Json:
    return {
        "id": message.id,
        "author": _author(message.author),
        "text": message.text,
        "card": message.card,
        "cards_for": message.cards_for,
        "notes_for": message.notes_for,
        "reply_to": message.reply_to,
        "edited": message.edited,
        "at": message.at,
    }


def _author(author: Author) -> Json:
    return {"id": author.id, "name": author.name, "bot": author.bot}
