"""Changing the working calendar of a running partnership, and a word in time before its closed days end."""

from datetime import date

from bot.actors import Actor, Permission
from bot.cards import changing as cards
from bot.governance.calendar import WorkCalendar
from bot.governance.partnership import Partnership
from bot.governance.proposal import Kind
from bot.governance.terms import ENDS
from bot.handlers import setup_days as days
from bot.handlers import setup_fields as fields
from bot.handlers.setup_drafts import drafted, in_force, keep
from bot.handlers.setup_pairs import NotYourPartner, chosen
from bot.handlers.setup_policy import WHICH, about, other
from bot.outbox import Audience, Letter
from bot.ports import Archive, Opening, Request
from bot.views import Button, Card, Form

CARD, FORM = "setup.calendar", "setup.calendar.form"


def listed(request: Request, words: str) -> Letter:
    """The calendar with one partner; with several, which is asked first."""
    found = chosen(request)
    return Letter(CARD, found.id) if found else Letter(WHICH, Kind.CALENDAR.value)


def card(opening: Opening) -> tuple[Card, int] | None:
    """What is in force, with one's own changes over it."""
    told = about(opening, Kind.CALENDAR)
    home = opening.archive.partnership(opening.reader, opening.letter.subject)
    if told is None or home is None:
        return None
    present = opening.archive.calendar(opening.reader, home.id)
    would = wanted(opening.archive, opening.reader, home, opening.now.date())
    return cards.calendar(told, present, would if differs(present, would) else None, opening.now), 0


def differs(present: WorkCalendar, would: WorkCalendar) -> bool:
    """Whether any day to come would be counted in another way."""
    return any(
        getattr(present, name) != getattr(would, name) for name in ("work_week", "holidays", "day_ends_at")
    )


def wanted(archive: Archive, actor: Actor, home: Partnership, today: date) -> WorkCalendar:
    """The calendar as the actor would have it from tomorrow on."""
    present = archive.calendar(actor, home.id)
    said = drafted(archive, actor, home, Kind.CALENDAR)
    return present.followed_by(days.calendar(said, today), today) if said else present


def open_form(request: Request, words: str) -> Letter:
    """The whole calendar, with one's own changes."""
    home = chosen(request)
    if home is None:
        return listed(request, words)
    present = request.archive.calendar(request.actor, home.id)
    said = drafted(request.archive, request.actor, home, Kind.CALENDAR)
    told = said or days.told(present, request.now.date())
    return Letter(FORM, home.id, {**told, fields.SEEN: in_force(home, Kind.CALENDAR)})


def form(opening: Opening) -> tuple[Form, int] | None:
    """Working days, close of day, countries and closed days."""
    facts, home = opening.letter.facts, opening.archive.partnership(opening.reader, opening.letter.subject)
    if home is None:
        return None
    title, hidden = "Working calendar", {"partnership": home.id}
    opens = Button("Fill in the form", FORM, hidden, primary=True, opens=True)
    words = f"Say which days nobody works, for you and {other(opening.reader, home)}."
    drawn = Form(
        title,
        "setup.calendar.save",
        fields.noted(fields.wrong(facts, days.checks(opening.now.date())), days.inputs(facts)),
        {**hidden, fields.SEEN: facts.get(fields.SEEN, "")},
        fields.moved(facts, "The calendar"),
        send="Keep",
        instead=fields.opener(title, words, opens),
    )
    return drawn, 0


def save(request: Request, words: str) -> Letter:
    """Kept for its writer; nobody else sees it until it is proposed."""
    home, facts = chosen(request), fields.filled(request)
    if home is None:
        raise NotYourPartner
    present = in_force(home, Kind.CALENDAR)
    if fields.wrong({**facts, fields.SENT: ""}, days.checks(request.now.date())):
        return fields.sent(request, FORM, home.id)
    if facts.get(fields.SEEN) != present:
        return fields.sent(request, FORM, home.id, **{fields.SEEN: present, fields.MOVED: "yes"})
    keep(request, home, Kind.CALENDAR, days.plain(facts, request.now.date()))
    return Letter(CARD, home.id)


def ran_out(request: Request, partnership: str) -> None:
    """Its closed days end soon: both sides' administrators hear it, once for each version of it."""
    archive = request.archive
    home = archive.partnership(request.actor, partnership)
    if home is None:
        return
    calendar = archive.calendar(request.actor, partnership)
    if not calendar.ends_soon(request.now):
        return
    for organisation in (home.sponsor, home.cro):
        for person in archive.administrators(organisation):
            key = f"{ENDS}:{partnership}:{calendar.version}:{person}"
            request.promise(Audience(person=person), Letter(ENDS, partnership), key)


def ending(opening: Opening) -> tuple[Card, int] | None:
    """The same, as its reader sees it now."""
    home = opening.archive.partnership(opening.reader, opening.letter.subject)
    if home is None or not opening.reader.may(Permission.ADMINISTER):
        return None
    calendar = opening.archive.calendar(opening.reader, home.id)
    return cards.ends(home.id, other(opening.reader, home), calendar), 0
