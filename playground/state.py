"""The two windows as one JSON document, for the page."""

from playground.cast import Author, Json, Tenant, Workspace
from playground.slack_record import SlackMessage, SlackRecord, SlackRoom
from playground.teams_record import Conversation, TeamsMessage, TeamsRecord


def slack(record: SlackRecord) -> Json:
    return {"workspaces": [_workspace(record, one) for one in record.workspaces.values()]}


def teams(record: TeamsRecord) -> Json:
    return {"tenants": [_tenant(record, one) for one in record.tenants.values()]}


def _workspace(record: SlackRecord, workspace: Workspace) -> Json:
    people = [
        {"id": one.id, "handle": one.handle, "name": one.name, "title": one.title, "zone": one.zone}
        for one in workspace.people
    ]
    rooms = [_room(room) for room in record.rooms(workspace)]
    return {"id": workspace.id, "name": workspace.name, "people": people, "channels": rooms}


def _room(room: SlackRoom) -> Json:
    return {
        "id": room.id,
        "name": room.name,
        "kind": room.kind,
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
        "reply_to": message.reply_to,
        "edited": message.edited,
        "at": message.at,
    }


def _author(author: Author) -> Json:
    return {"id": author.id, "name": author.name, "bot": author.bot}
