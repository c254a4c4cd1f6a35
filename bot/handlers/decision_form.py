"""The form of a decision: filled with what was said, and what is wrong stands beside its field."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from bot import dates
from bot.cards import act as cards
from bot.cards import when
from bot.errors import Refusal
from bot.governance.decision import Status
from bot.governance.session import State
from bot.governance.visibility import Visibility, internal
from bot.handlers import captured
from bot.handlers.acting import Unsaid
from bot.handlers.decision_said import Making, Understood
from bot.handlers.decision_settled import understood
from bot.handlers.issue_said import Question, named, partner_of
from bot.joint import DecisionFilter
from bot.ports import Opening
from bot.records import Draft
from bot.views import Button, Card, Choice, DateField, Field, Form, TextField

FORM, SUBMIT = "decision.form", "decision.submit"
KIND, MAKING, DONE, SAID, SENT = ":act", "decision.record", ":done", ":said", "sent"
FILLED = (
    *("partnership", "class", "question", "outcome", "rationale", "options", "deciders", "session"),
    *("supersedes", "evidence", "follow_up", "decided_on", "study"),
)
TYPED = ("partner", "visibility")  # words that give way to what the form says
NEWEST = 50  # sessions and decisions that can be chosen


def filled(draft: Draft, sent: Mapping[str, str]) -> Mapping[str, str]:
    """The draft with what was filled in over it; empty there means empty."""
    said = {name: sent[name].strip() for name in FILLED if name in sent}
    return {**draft.fields, **dict.fromkeys(TYPED, ""), **said, SENT: "yes"}


def form(opening: Opening) -> tuple[Form, int] | None:
    """A draft as a form, for its writer only; None once it became a decision."""
    draft = opening.archive.draft(opening.reader, opening.letter.subject)
    if draft is None or draft.fields.get(KIND) != MAKING or DONE in draft.fields:
        return None
    found = understood(Making(opening.archive, opening.reader, opening.now, draft.fields))
    errors = {name: _error(one, SENT in draft.fields) for name, one in found.open.items()}
    fields = tuple(replace(one, error=errors.get(one.name, "")) for one in _fields(found.making))
    drawn = Form(
        "Record a decision",
        SUBMIT,
        fields,
        {"draft": draft.id},
        send="Record",
        notice=captured.notice(draft.fields),
        instead=_instead(draft, found),
    )
    return drawn, 0


def _error(found: Question | Refusal, sent: bool) -> str:
    """Why a field cannot stay as it is; what was simply not said yet is no error before the form is sent."""
    awaited = isinstance(found, Unsaid) or (isinstance(found, Question) and found.missing)
    return found.sentence if sent or not awaited else ""


def _instead(draft: Draft, found: Understood) -> Card:
    opener = Button("Fill in the form", FORM, {"draft": draft.id}, primary=True, opens=True)
    first = next(iter(found.open.values()), None)
    sentence = first.sentence if first else "Look it over and record it."
    return cards.instead("Record a decision", sentence, draft.fields.get(SAID, ""), opener)


def _fields(making: Making) -> Iterator[Field]:
    """Every field of a decision, with what is known of it."""
    known = making.said
    yield from _scope(making)
    yield TextField("question", "Question", known("question"), "What was asked", optional=True)
    yield TextField("outcome", "What was decided", known("outcome"), long=True)
    yield TextField("rationale", "Why", known("rationale"), "Whoever asks later reads this first", long=True)
    yield Choice(
        "deciders", "Deciders", _people(making), _deciders(making), "At least one of each side", many=True
    )
    yield TextField("options", "Options", known("options"), "One on each line", optional=True, long=True)
    if sessions := _sessions(making):
        yield Choice("session", "Decided in", sessions, known("session"), optional=True)
    if earlier := _earlier(making):
        yield Choice("supersedes", "Supersedes", earlier, known("supersedes"), optional=True)
    yield TextField(
        "evidence", "Evidence", known("evidence"), "One link on each line", optional=True, long=True
    )
    yield DateField("follow_up", "Follow-up", _day(making, "follow_up"), optional=True)
    yield DateField("decided_on", "Decided on", _day(making, "decided_on"), "Today, if empty", optional=True)
    studies = dict.fromkeys(
        one for home in making.homes for one in making.archive.studies(making.actor, home.id)
    )
    if studies:
        yield Choice("study", "Study", tuple((one, one) for one in studies), known("study"), optional=True)


def _scope(making: Making) -> Iterator[Field]:
    """Partner and class: what is settled, what was said, or what the place suggests."""
    mine = making.archive.partnerships(making.actor)
    partners = tuple((one.id, partner_of(making.actor, one)) for one in mine)
    asked = making.said("partner")
    fitting = [one for one, name in partners if asked in ("", name)]
    only = fitting[0] if len(fitting) == 1 else ""
    here = making.said("room partnership")
    yield Choice("partnership", "Partner", partners, making.said("partnership") or only or here)
    own = internal(making.side).value
    options = (
        (Visibility.SHARED.value, "Both companies"),
        (own, f"Only {mine[0].company(making.side)}"),
    )
    said = {"shared": Visibility.SHARED.value, "internal": own}.get(making.said("visibility"), "")
    place = making.said("room class") or ("" if making.said("private") else own)
    yield Choice("class", "Who may see it", options, making.said("class") or said or place)


def _people(making: Making) -> tuple[tuple[str, str], ...]:
    """One's own company first, each by name; of a form whose class may still change, both companies'."""
    homes = making.homes
    everyone = {one.id: one for home in homes for one in making.archive.people(making.actor, home.id)}
    own = making.actor.organisation
    ordered = sorted(everyone.values(), key=lambda one: (one.organisation != own, one.name))
    return named(homes, ordered)


def _deciders(making: Making) -> str:
    """As said; else, to be looked over, who records it and their counterparts."""
    if said := making.said("deciders"):
        return said
    if SENT in making.known or making.visibility is None or making.visibility.side is not None:
        return making.actor.person
    pairs = making.archive.counterparts(making.actor, making.homes[0].id)
    beside = (one for pair in pairs if making.actor.person in pair.people for one in pair.people)
    return "\n".join(dict.fromkeys((making.actor.person, *beside)))


def _sessions(making: Making) -> tuple[tuple[str, str], ...]:
    found = (one for one in making.sessions if one.state is not State.CANCELLED)
    return tuple((one.id, f"{one.id}, {when.day(one.day)}") for one in found)[:NEWEST]


def _earlier(making: Making) -> tuple[tuple[str, str], ...]:
    """What still counts and is seen by the same people."""
    classes = (making.visibility,) if making.visibility else ()
    found = (
        one
        for home in making.homes
        for one in making.archive.decisions(
            making.actor, DecisionFilter(partnership=home.id, classes=classes, limit=NEWEST)
        )
        if one.status is not Status.WITHDRAWN and not one.superseded_by
    )
    return tuple((one.id, f"{one.number}: {one.title}"[:70]) for one in found)[:NEWEST]


def _day(making: Making, name: str) -> date | None:
    words = making.said(name)
    found = dates.read(words, making.today) if words else None
    return found if isinstance(found, date) else None
