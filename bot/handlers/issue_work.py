"""The acts of working on an issue: contain, plan and its answers, update, note; with those of their kin."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date

from bot.cards import issue_thread as cards
from bot.errors import Refusal
from bot.governance import life
from bot.governance import work as rules
from bot.governance.issue import Issue, Plan
from bot.governance.visibility import Scope, Side, Visibility, internal
from bot.handlers import issue_steps
from bot.handlers.acting import Act, Unsaid, needs, words_of
from bot.handlers.issue import setting
from bot.handlers.issue_day import day
from bot.handlers.issue_scene import Scene
from bot.handlers.issue_thread import thread_update
from bot.ports import Opening, Request
from bot.records import Entry, Note
from bot.views import Card, DateField, Field, TextField

NOTED = "issue.noted"
BECAUSE = re.compile(r"[,;]?\s+because\s+(.+)$", re.IGNORECASE | re.DOTALL)


class NoContainment(Unsaid):
    """Say what was done so that it does no more harm."""


class NoDueDate(Unsaid):
    """Say by when the whole plan is done, for example due 28 Nov."""


class NoPlanReason(Unsaid):
    """Say why the plan that both sides agreed changes, for example because one CRA left."""


class NoDeclining(Unsaid):
    """Say why not; the other side reads it."""


class NoUpdate(Unsaid):
    """Say what is new; everybody who sees the issue reads it."""


class NoNote(Unsaid):
    """Write the note; only your own company reads it."""


class NoOneSide(Refusal):
    """{number} names people of both companies, so there is no note of one side alone; nothing was saved."""


def _contain_fields(scene: Scene) -> tuple[Field, ...]:
    return (TextField("text", "What was done", hint="So that it does no more harm", long=True),)


def _contained(scene: Scene) -> Issue:
    return rules.contain(scene.record, scene.party, scene.said("text"), scene.now)


CONTAIN = Act(
    verb="contain",
    typed="contain",
    title="Contain",
    check=rules.check_contain,
    done=_contained,
    fields=_contain_fields,
    read=words_of("text"),
    settle=(needs("text", NoContainment),),
    send="Contained",
)


def _plan_fields(scene: Scene) -> tuple[Field, ...]:
    """Empty, or what is proposed or agreed already."""
    before = scene.record.offer or scene.record.plan
    written = issue_steps.written(before, scene.here) if before else ""
    hint = "One step on each line: what, @who, by when"
    return (
        TextField("steps", "Steps", written, hint, long=True),
        DateField("due", "All done by", before.due if before else None),
        *((TextField("reason", "Why the plan changes", long=True),) if scene.record.plan else ()),
    )


def _read_plan(scene: Scene, words: str) -> Mapping[str, str]:
    """ "hire a third, due 4 Dec, because one left": the reason stands at the end."""
    found = BECAUSE.search(words) if scene.record.plan else None
    if found is None:
        return issue_steps.read(scene, words)
    return {**issue_steps.read(scene, words[: found.start()]), "reason": found[1]}


def _why_it_changes(scene: Scene) -> Mapping[str, str]:
    """What both sides agreed is changed with a reason."""
    return needs("reason", NoPlanReason)[1](scene) if scene.record.plan else {}


def _due(scene: Scene) -> Mapping[str, str]:
    return {"due": day(scene, "due", NoDueDate).isoformat()}


def _steps(scene: Scene) -> Mapping[str, str]:
    issue_steps.steps(scene)
    return {}


def _proposed(scene: Scene) -> Issue:
    plan = Plan(date.fromisoformat(scene.said("due")), issue_steps.steps(scene))
    return rules.propose(scene.record, scene.party, plan, scene.now)


ACK = Act(
    verb="ack",
    typed="ack",
    title="Acknowledge",
    check=life.check_acknowledge,
    done=lambda scene: life.acknowledge(scene.record, scene.party.person, scene.now),
    tells=lambda request, issue: (),  # its cards say so
)
PLAN = Act(
    verb="plan",
    typed="plan",
    title="Plan for",
    check=rules.check_plan,
    done=_proposed,
    fields=_plan_fields,
    read=_read_plan,
    settle=(("due", _due), ("steps", _steps), ("reason", _why_it_changes)),
    why="reason",
    turns={"agree": "plan_agree", "decline": "plan_decline"},
    send="Propose",
)
PLAN_AGREE = Act(
    verb="plan_agree",
    typed="plan",
    title="Agree to the plan",
    check=rules.check_offer,
    done=lambda scene: rules.agree(scene.record, scene.party, scene.now),
    fields=lambda scene: (TextField("reason", "Why", optional=True, long=True),),
    read=words_of("reason"),
    why="reason",
)
PLAN_DECLINE = Act(
    verb="plan_decline",
    typed="plan",
    title="Decline the plan",
    check=rules.check_offer,
    done=lambda scene: rules.decline(scene.record),
    fields=lambda scene: (TextField("reason", "Why not", long=True),),
    read=words_of("reason"),
    settle=(needs("reason", NoDeclining),),
    why="reason",
    send="Decline",
)


def _keep_update(request: Request, scene: Scene, issue: Issue) -> None:
    note = _note(request, issue, issue.visibility, scene.said("text"))
    request.archive.add_note(request.actor, note)
    thread_update(request, issue, note)


UPDATE = Act(
    verb="update",
    typed="update",
    title="Update",
    check=rules.check_update,
    done=lambda scene: rules.update(scene.record, scene.party),
    fields=lambda scene: (TextField("text", "What is new", long=True),),
    read=words_of("text"),
    settle=(needs("text", NoUpdate),),
    why="text",
    keeps=_keep_update,
    only_adds=True,
)


def _keep_note(request: Request, scene: Scene, issue: Issue) -> None:
    """A record of its own, in its own chain: the issue does not know of it."""
    note = _note(request, issue, _note_class(scene), scene.said("text"))
    request.archive.add_note(request.actor, note)
    scope = Scope(issue.partnership, note.visibility)
    kept = {"note": note.id, "text": note.text}
    entry = Entry("issue.note", request.actor.person, request.now, scope, "", issue.id, "", None, kept)
    request.archive.record(entry)


def _note_class(scene: Scene) -> Visibility:
    """The writer's own side; of a restricted issue, those whom it names, where they are of that side."""
    issue, side = scene.record, scene.party.side
    if issue.visibility is not Visibility.RESTRICTED:
        return internal(side)
    own = scene.here.partnership.organisation(side)
    if any(one.organisation != own for one in scene.people):
        raise NoOneSide(number=issue.number)
    return Visibility.RESTRICTED


def _one_side(scene: Scene) -> Mapping[str, str]:
    needs("text", NoNote)[1](scene)
    _note_class(scene)
    return {}


NOTE = Act(
    verb="note",
    typed="note",
    title="Note on",
    check=rules.check_note,
    done=None,
    fields=lambda scene: (TextField("text", "Note", hint=_who_reads(scene.party.side, scene), long=True),),
    read=words_of("text"),
    settle=(("text", _one_side),),
    keeps=_keep_note,
    answer=NOTED,
    only_adds=True,
)


def _who_reads(side: Side, scene: Scene) -> str:
    return f"Only {scene.here.partnership.company(side)} reads it"


def _note(request: Request, issue: Issue, visibility: Visibility, text: str) -> Note:
    """The same request is the same note, however often it arrives."""
    person = request.actor.person
    id_ = _note_id(person, request.intent.key, issue)
    return Note(id_, issue.id, issue.partnership, visibility, person, request.now, text)


def _note_id(person: str, key: str, issue: Issue) -> str:
    return f"note-{hashlib.sha256(f'{person}:{key}:{issue.id}'.encode()).hexdigest()[:20]}"


def noted(opening: Opening) -> tuple[Card, int] | None:
    """One's own note as it was kept, for its writer."""
    reader, letter = opening.reader, opening.letter
    issue = opening.archive.issue(reader, letter.subject)
    if issue is None or reader.side is None:
        return None
    kept = _note_id(reader.person, letter.facts.get("request", ""), issue)
    found = next((one for one in opening.archive.notes(reader, issue.id) if one.id == kept), None)
    if found is None:
        return None
    company = setting(opening.archive, reader, issue).partnership.company(reader.side)
    return cards.noted(issue, company, found.text), 0


ACTS = (CONTAIN, PLAN, PLAN_AGREE, PLAN_DECLINE, UPDATE, NOTE)
