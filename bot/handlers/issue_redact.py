"""Asking to take words out of an issue's record: which lines, why, and who has to agree."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.actors import Role
from bot.cards import redaction as cards
from bot.cards import when
from bot.dossier import Link
from bot.errors import Refusal
from bot.governance import redaction as rules
from bot.governance.hold import Held
from bot.governance.issue import Issue
from bot.governance.legal import quality_of
from bot.governance.party import Party
from bot.governance.redaction import Redaction
from bot.governance.visibility import Scope, Side, Visibility
from bot.handlers.acting import Act, Unsaid, needs, words_of
from bot.handlers.issue_judge import NoReason
from bot.handlers.issue_scene import Scene
from bot.outbox import Audience, Letter
from bot.ports import Archive, Request
from bot.records import Entry
from bot.views import Choice, Field, TextField

CARD = "redaction.card"
ASKED = "redaction.asked"
MOST, LABEL = 90, 75  # lines a form offers, and characters of each
GRAVE = frozenset({Role.QUALITY_LEAD, Role.ADMINISTRATOR})


class NoLines(Unsaid):
    """Choose the lines whose words have to go."""


class SeveralClasses(Refusal):
    """Lines that both companies read and your own notes are two redactions; choose one kind at a time."""


class NothingToRedact(Refusal):
    """There are no words in the record of {number} that could be redacted."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line with the words somebody wrote in it."""

    link: Link
    words: frozenset[str]

    @property
    def value(self) -> str:
        """What a form sends back: "shared:12"."""
        return f"{self.link.visibility}:{self.link.seq}"


def lines(archive: Archive, scene: Scene) -> tuple[Told, ...]:
    """Those of its story whose words can be redacted, as the actor may read them, the oldest first."""
    return tuple(_told(archive, scene))


def _told(archive: Archive, scene: Scene) -> Iterator[Told]:
    for link in archive.links_about(scene.actor, scene.record.id):
        if link.payload is not None and rules.may_go(link.what):
            words = rules.words(json.loads(link.payload))
            if words:
                yield Told(link, words)


def label(told: Told, scene: Scene) -> str:
    """ "12 Nov, Annika Lindqvist: the vendor’s …"."""
    own = "" if told.link.visibility == scene.record.visibility else "note, "
    who = scene.here.called(told.link.person) if told.link.person else "Parley"
    head = f"{when.day(told.link.at.date())}, {own}{who}: "
    return head + cards.excerpt(tuple(told.words), max(LABEL - len(head), 12))


def quality(scene: Scene, side: Side) -> tuple[str, ...]:
    """Who stands for quality on that side: its quality leads, counterpart and contact, as they may see it."""
    archive, actor, home = scene.archive, scene.actor, scene.record.partnership
    named = quality_of(archive.counterparts(actor, home), archive.contacts(actor, home), side)
    return tuple(dict.fromkeys((*named, *_with(scene, side, frozenset({Role.QUALITY_LEAD})))))


def _with(scene: Scene, side: Side, roles: frozenset[Role]) -> Iterator[str]:
    own = scene.here.partnership.organisation(side)
    for one in scene.people:
        if one.organisation == own:
            reader = scene.archive.person_actor(one.id)
            if reader and reader.roles & roles:
                yield one.id


def answering(scene: Scene, visibility: Visibility, by: str, side: Side) -> tuple[str, ...]:
    """Who can agree to what `by` of that side asked for, about lines of that class."""
    if visibility is Visibility.RESTRICTED:
        return _readers(scene, by)
    if visibility.both_sides:
        return quality(scene, side.other)
    graver = (*quality(scene, side), *_with(scene, side, GRAVE))
    return tuple(one for one in dict.fromkeys(graver) if one != by)


def _readers(scene: Scene, by: str) -> tuple[str, ...]:
    """Another of the people it names; of the other company, where it names some of both."""
    companies = {one.id: one.organisation for one in scene.people}
    others = [one for one in sorted(scene.record.readers) if one != by and one in companies]
    across = [one for one in others if companies[one] != companies.get(by)]
    return tuple(across or others)


def _may_ask(scene: Scene) -> None:
    issue, party = scene.record, scene.party
    leads = quality(scene, party.side)
    if issue.visibility is not Visibility.RESTRICTED and party.person not in leads:
        names = ", ".join(scene.here.called(one) for one in leads)
        none = f"{scene.here.company(party.side)} has none yet, its administrator names one"
        raise rules.NotYoursToRedact(number=issue.number, leads=names or none)
    if scene.archive.held(issue.partnership, issue.id, party.side):
        raise Held(number=issue.number)


def _fields(scene: Scene) -> tuple[Field, ...]:
    """The newest first; only a quality lead gets this far."""
    _may_ask(scene)
    found = lines(scene.archive, scene)
    if not found:
        raise NothingToRedact(number=scene.record.number)
    options = tuple((one.value, label(one, scene)) for one in reversed(found))[:MOST]
    hint = "Without the words themselves: it stays in the record"
    return (
        Choice("lines", "Lines whose words have to go", options, many=True),
        TextField("reason", "Why", hint=hint, long=True),
    )


def _lines(scene: Scene) -> Mapping[str, str]:
    chosen = [one for one in scene.said("lines").split("\n") if one]
    classes = {one.partition(":")[0] for one in chosen}
    if not chosen:
        raise NoLines
    if len(classes) > 1:
        raise SeveralClasses
    visibility, issue, side = Visibility(classes.pop()), scene.record, scene.party.side
    if earlier := scene.archive.open_redaction(scene.actor, issue.id, visibility):
        refused = rules.OneAtATime(number=issue.number, name=scene.here.called(earlier.by))
        raise refused.showing(CARD, earlier.id)
    if not answering(scene, visibility, scene.party.person, side):
        other = side.other if visibility.both_sides else side
        raise rules.NobodyToAgree(company=scene.here.company(other), number=issue.number)
    return {}


def redaction_id(person: str, key: str, issue: Issue) -> str:
    """The same request is the same redaction, however often it arrives."""
    return f"red-{hashlib.sha256(f'{person}:{key}:{issue.id}'.encode()).hexdigest()[:20]}"


def _ask(request: Request, scene: Scene, issue: Issue) -> None:
    """Keeps what is asked for, with its line in the chain it is about, and shows it to those who answer."""
    chosen = set(scene.said("lines").split("\n"))
    picked = [one.link for one in lines(request.archive, scene) if one.value in chosen]
    actor, first = scene.actor, picked[0]
    found = Redaction(
        id=redaction_id(actor.person, request.intent.key, issue),
        issue=issue.id,
        partnership=issue.partnership,
        visibility=Visibility(first.visibility),
        chain=first.chain,
        lines=tuple(sorted(one.seq for one in picked)),
        by=actor.person,
        organisation=actor.organisation,
        at=request.now,
        why=scene.said("reason"),
    )
    request.archive.ask_redaction(actor, found)
    note(request, found, "redact.asked", found.why)
    for person in (*answering(scene, found.visibility, found.by, scene.party.side), found.by):
        send(request, found, person)


def note(request: Request, found: Redaction, what: str, why: str, version: int = 0) -> None:
    """Its line in the record; it names the lines and holds none of their words."""
    told: dict[str, object] = {"redaction": found.id, "lines": list(found.lines)}
    told |= {"asked_by": found.by} | ({"version": version} if version else {})
    scope = Scope(found.partnership, found.visibility)
    entry = Entry(what, request.actor.person, request.now, scope, "", found.issue, why, None, told)
    request.archive.record(entry)


def send(request: Request, found: Redaction, person: str) -> None:
    """Its live card."""
    key = f"{CARD}:{found.id}:{person}:{found.version}"
    request.promise(Audience(person=person), Letter(CARD, found.id), key, found.version)


def _anybody(issue: Issue, party: Party) -> None:
    """Who may ask is a matter of role, and looked at with the form."""


REDACT = Act(
    verb="redact",
    typed="redact",
    title="Redact",
    check=_anybody,
    done=None,
    fields=_fields,
    read=words_of("reason"),
    settle=(("lines", _lines), needs("reason", NoReason)),
    keeps=_ask,
    answer=ASKED,
    only_adds=True,
    send="Ask",
    outlives=True,
)
