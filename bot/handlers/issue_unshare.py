"""Closing a record down: the wider one ends, its words go on in a narrower class; what is read stays read."""

from collections.abc import Mapping
from dataclasses import replace

from bot.cards import issue_closing as cards
from bot.governance import judge
from bot.governance import opening as rules
from bot.governance.issue import Issue
from bot.governance.visibility import Scope, Visibility
from bot.handlers.acting import Act, Unsaid, needs, words_of
from bot.handlers.issue import save, setting
from bot.handlers.issue_judge import across
from bot.handlers.issue_log import born, raised
from bot.handlers.issue_scene import Scene
from bot.handlers.issue_share import check_words, preview_id
from bot.handlers.letters import refresh_cards, tell
from bot.ports import Opening, Request
from bot.records import Draft
from bot.views import Card, Field, TextField

UNSHARED = "issue.unshared"
BECAME = ":became"  # what the draft that is kept with the answer knows: the narrower record


class NoReasonToClose(Unsaid):
    """Say why it is taken back; both sides read that."""


def _fields(scene: Scene) -> tuple[Field, ...]:
    hint = "What was read stays read; whoever saw it reads this"
    return (TextField("reason", "Why it is taken back", hint=hint, long=True),)


def _told(scene: Scene) -> Mapping[str, str]:
    """Both sides read the reason, so it names nothing that only one of them knows."""
    if scene.record.visibility.both_sides:
        check_words(scene, scene.said("reason"))
    return {}


def _close_down(request: Request, scene: Scene, issue: Issue) -> None:
    """It is withdrawn like any other, and nothing in it tells that it goes on elsewhere."""
    reason = scene.said("reason")
    withdrawn = judge.withdraw(issue, scene.party, reason, request.now)
    wide = save(request, issue, withdrawn, "issue.withdraw", reason)
    refresh_cards(request, wide)
    tell(request, wide, (wide.owner, *across(request, wide)))
    narrow = born(request, _known(scene))
    narrow = replace(narrow, linked=rules.links(narrow, rules.WAS, issue.number))
    narrow = raised(request, narrow, line=("issue.unshare", reason))
    id_ = preview_id(request.actor.person, request.intent.key, issue.id)
    kept = {":act": "closed", BECAME: narrow.id}
    request.archive.keep_draft(Draft(id_, request.actor.person, kept, request.now))


def _known(scene: Scene) -> Mapping[str, str]:
    """Its words as they stand; its owner stays one only where they may see it."""
    issue, home = scene.record, scene.here.partnership
    own = {
        one.id
        for one in scene.here.people.values()
        if one.organisation == home.organisation(scene.party.side)
    }
    due = issue.due.isoformat() if issue.due else ""
    return {
        "partnership": issue.partnership,
        "class": rules.narrower(issue, scene.party.side).value,
        "title": issue.title,
        "severity": issue.severity.value,
        "owner id": issue.owner if issue.owner in own else scene.actor.person,
        "due day": due,
        "study": issue.study,
        "category": issue.category,
        "description": issue.description,
    }


def _class_of_rooms(wide: Issue) -> Visibility:
    """The class of the rooms in which it stands."""
    return Visibility.SHARED if wide.visibility.both_sides else wide.visibility


def unshared(opening: Opening) -> tuple[Card, int] | None:
    """Where it goes on, and what cannot be unsent: who could read it since when, and where it stands."""
    archive, reader, letter = opening.archive, opening.reader, opening.letter
    kept = archive.draft(reader, preview_id(reader.person, letter.facts.get("request", ""), letter.subject))
    wide = archive.issue(reader, letter.subject)
    narrow = archive.issue(reader, kept.fields.get(BECAME, "")) if kept else None
    if wide is None or narrow is None:
        return None
    here = setting(archive, reader, wide)
    rooms = {
        one.id: f"{one.name or one.id} ({here.company(here.partnership.side_of(one.organisation))})"
        for one in archive.rooms(reader, Scope(wide.partnership, _class_of_rooms(wide)))
    }
    standing = archive.standing(wide.id)
    return cards.unshared(wide, narrow, here, cards.Standing(rooms, standing)), 0


UNSHARE = Act(
    verb="unshare",
    typed="unshare",
    title="Take back",
    check=rules.check_unshare,
    done=None,
    fields=_fields,
    read=words_of("reason"),
    settle=(needs("reason", NoReasonToClose), ("reason", _told)),
    keeps=_close_down,
    answer=UNSHARED,
    send="Take it back",
)
