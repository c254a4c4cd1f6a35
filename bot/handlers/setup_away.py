"""Away: somebody says from when to when, and who stands in; alarms then reach the stand-in too."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from bot import dates
from bot.actors import Actor, Permission
from bot.cards import setup as cards
from bot.cards import when
from bot.errors import Refusal
from bot.governance.change import difference
from bot.governance.company import Absence
from bot.handlers import setup_fields as fields
from bot.handlers.setup_people import chosen_from, colleague
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.records import Entry
from bot.views import Button, Card, Choice, DateField, Field, Form

FORM, SAVED = "setup.away", "setup.away.saved"
SAID = re.compile(r"(?:from\s+)?(.+?)\s+(?:to|until|till)\s+([^,]+?)(?:\s*,\s*(.+))?", re.IGNORECASE)
LONGEST = timedelta(days=366)


class NotYourAbsence(Refusal):
    """Only an administrator says that of somebody else; say it of yourself, or ask an administrator."""


def say(request: Request, words: str) -> Letter:
    """ "from 1 Dec to 12 Dec, @name" at once; anything less opens the form."""
    said = SAID.fullmatch(words.strip())
    facts = {
        "person": request.actor.person,
        **_standing(request.archive, request.actor, request.actor.person),
    }
    if said is None:
        return Letter(FORM, facts=facts)
    first, last = (dates.read(part, request.today) for part in said.group(1, 2))
    if isinstance(first, date) and isinstance(last, date):
        facts |= {"first": first.isoformat(), "last": last.isoformat(), fields.SENT: "yes"}
    if said[3]:
        facts["delegate"] = colleague(request, said[3]).id
    if fields.SENT not in facts or fields.wrong(
        facts, _checks(request.archive, request.actor, facts, request.today)
    ):
        return Letter(FORM, facts=facts)
    return _save(request, facts)


def _standing(archive: Archive, actor: Actor, person: str) -> dict[str, str]:
    """What is known of somebody's absence."""
    found = next((one for one in archive.absences(actor) if one.person == person), None)
    if found is None:
        return {}
    return {"first": found.first.isoformat(), "last": found.last.isoformat(), "delegate": found.delegate}


def _people(archive: Archive, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Whose absence the actor may set: an administrator anybody's."""
    everyone = chosen_from(archive, actor)
    if actor.may(Permission.ADMINISTER):
        return everyone
    return tuple(one for one in everyone if one[0] == actor.person)


def _checks(
    archive: Archive, actor: Actor, facts: Mapping[str, str], today: date
) -> Mapping[str, fields.Check]:
    first, last = _day(facts.get("first", "")), _day(facts.get("last", ""))
    if not facts.get("first") and not facts.get("last"):  # both emptied: they are back
        return {"person": fields.one_of(dict(_people(archive, actor)), "who is away")}
    delegates = dict(chosen_from(archive, actor, facts.get("person", "")))
    return {
        "person": fields.one_of(dict(_people(archive, actor)), "who is away"),
        "first": lambda _: "" if first else "Say from which day.",
        "last": lambda _: _last_wrong(first, last, today),
        "delegate": fields.one_of(delegates, "who stands in: somebody else of your company"),
    }


def _last_wrong(first: date | None, last: date | None, today: date) -> str:
    if last is None:
        return "Say until which day."
    if last < today:
        return "That day is past."
    if first and last < first:
        return "That is before the first day."
    return "At most a year at a time." if first and last - first > LONGEST else ""


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def form(opening: Opening) -> tuple[Form, int]:
    """From when to when, and who stands in."""
    facts, archive, reader = opening.letter.facts, opening.archive, opening.reader
    errors = fields.wrong(facts, _checks(archive, reader, facts, opening.now.date()))
    opens = Button("Fill in the form", FORM, primary=True, opens=True)
    instead = fields.opener("Away", "Say from when to when, and who stands in.", opens)
    drawn = Form("Away", "setup.away.save", fields.noted(errors, _inputs(opening)), instead=instead)
    return drawn, 0


def _inputs(opening: Opening) -> tuple[Field, ...]:
    facts, people = opening.letter.facts, _people(opening.archive, opening.reader)
    known = facts.get
    delegates = chosen_from(opening.archive, opening.reader)
    back = "Leave both days empty to say that somebody is back."
    return (
        Choice("person", "Who is away", people, known("person", "")),
        DateField("first", "From", _day(known("first", "")), back, optional=True),
        DateField("last", "Until, that day too", _day(known("last", "")), optional=True),
        Choice("delegate", "Who stands in", delegates, known("delegate", ""), optional=True),
    )


def save(request: Request, words: str) -> Letter:
    """What the form says."""
    facts = fields.filled(request)
    if fields.wrong(
        {**facts, fields.SENT: ""}, _checks(request.archive, request.actor, facts, request.today)
    ):
        return fields.sent(request, FORM)
    return _save(request, facts)


def _save(request: Request, facts: Mapping[str, str]) -> Letter:
    archive, actor, person = request.archive, request.actor, facts["person"]
    if person != actor.person and not actor.may(Permission.ADMINISTER):
        raise NotYourAbsence
    before = next((one for one in archive.absences(actor) if one.person == person), None)
    first, last = _day(facts.get("first", "")), _day(facts.get("last", ""))
    if first is None or last is None:
        if before:
            archive.end_absence(actor, person)
            _record(request, "absence.end", before, None)
        return Letter(SAVED, person)
    absence = Absence(person, first, last, facts["delegate"])
    if absence != before:
        archive.set_absence(actor, absence)
        _record(request, "absence.set", before, absence)
    return Letter(SAVED, person)


def _record(request: Request, what: str, before: Absence | None, after: Absence | None) -> None:
    was, became = difference(before, after) if after else (difference(None, before)[1], None)
    actor, person = request.actor, (after or before or Absence("", date.min, date.min, "")).person
    entry = Entry(what, actor.person, request.now, None, actor.organisation, person, "", was, became)
    request.archive.record(entry)


def saved(opening: Opening) -> tuple[Card, int] | None:
    """Who is away until when, and who hears what they would."""
    staff = {one.id: one.name for one in opening.archive.staff(opening.reader)}
    name = staff.get(opening.letter.subject)
    if name is None:
        return None
    absences = opening.archive.absences(opening.reader)
    found = next((one for one in absences if one.person == opening.letter.subject), None)
    if found is None:
        words = f"{name} is here; nobody stands in."
    else:
        days = f"from {when.day(found.first)} to {when.day(found.last)}"
        words = (
            f"{name} is away {days}; {staff.get(found.delegate, 'nobody')} stands in and is told with them."
        )
    return cards.told("Away", words, Button("Change", FORM, opens=True)), 0
