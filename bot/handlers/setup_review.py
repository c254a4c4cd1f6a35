"""The quarterly review of access: its card goes to a company's administrators; one of them confirms it."""

import secrets
from collections.abc import Iterator

from bot.actors import CLOCK, Actor
from bot.cards import review as cards
from bot.due import Due
from bot.errors import Refusal
from bot.governance import review as rules
from bot.governance.calendar import WorkCalendar
from bot.governance.change import difference
from bot.governance.review import DUE, REMINDER, Review
from bot.governance.terms import CLOSE, DAYS
from bot.governance.visibility import Side
from bot.handlers.listing import page_of
from bot.outbox import Audience, Letter
from bot.ports import Archive, Opening, Request
from bot.records import Entry
from bot.views import Card

CARD, REMIND = "setup.review", "setup.review.remind"


class NoSuchReview(Refusal):
    """There is no such review of your company’s, so nothing changed; say: setup review"""


def begin(request: Request, words: str) -> Letter:
    """This quarter's, which is begun where it was not due yet."""
    organisation = request.actor.organisation
    found = request.archive.review_of(organisation, rules.quarter(request.now.date()))
    return Letter(CARD, (found or _begun(request, organisation)).id)


def page(request: Request, words: str) -> Letter:
    """Further people on it."""
    return Letter(CARD, _meant(request).id, {"page": page_of(request.intent.fields)})


def _meant(request: Request) -> Review:
    found = request.archive.review(request.actor, request.intent.fields.get("review", ""))
    if found is None:
        raise NoSuchReview
    return found


def _begun(request: Request, organisation: str) -> Review:
    quarter = rules.quarter(request.now.date())
    made = Review(secrets.token_hex(10), organisation, quarter, request.now)
    request.archive.begin_review(made)
    _record(request, "access.review", None, made)
    return made


def _record(request: Request, what: str, before: Review | None, after: Review) -> None:
    """A line of the company's own chain."""
    person, told = request.actor.person, difference(before, after)
    entry = Entry(what, person, request.now, None, after.organisation, after.id, "", *told)
    request.archive.record(entry)


def card(opening: Opening) -> tuple[Card, int] | None:
    """As things stand now, for an administrator of that company."""
    found = opening.archive.review(opening.reader, opening.letter.subject)
    if found is None:
        return None
    access = gathered(opening.archive, opening.reader)
    return cards.card(found, access, int(opening.letter.facts.get("page", "0"))), found.version


def gathered(archive: Archive, reader: Actor) -> cards.Access:
    """Who has access, as an administrator sees it in setting up anyway."""
    return cards.Access(
        company=archive.company(reader).name,
        staff=archive.staff(reader),
        last=archive.last_entries(reader),
        shut_out=archive.shut_out(reader),
        partners=tuple(_partners(archive, reader)),
        zone=reader.zone,
    )


def _partners(archive: Archive, reader: Actor) -> Iterator[cards.Partner]:
    side = (reader.side or Side.SPONSOR).other
    for home in archive.known_partnerships(reader):
        everybody = () if home.ended_on else archive.people(reader, home.id)
        theirs = tuple(one.name for one in everybody if one.organisation == home.organisation(side))
        yield cards.Partner(home, home.company(side), theirs)


def confirm(request: Request, words: str) -> Letter:
    """It is as it should be; who said so is on the record."""
    archive, actor, found = request.archive, request.actor, _meant(request)
    if found.by:
        names = {one.id: one.name for one in archive.staff(actor)}
        name = names.get(found.by, "An administrator")
        raise rules.ConfirmedAlready(name=name).showing(CARD, found.id)
    confirmed = found.confirmed(actor.person, request.now)
    archive.save_review(confirmed)
    _record(request, "access.confirm", found, confirmed)
    archive.cancel(f"{REMINDER}:{found.organisation}")
    for audience in archive.told(Letter(CARD, found.id)):
        _send(request, confirmed, audience.person)
    return Letter(CARD, found.id)


def _send(request: Request, review: Review, person: str) -> None:
    """Its live card."""
    key = f"{CARD}:{review.id}:{person}:{review.version}"
    request.promise(Audience(person=person), Letter(CARD, review.id), key, review.version)


def _calendar(archive: Archive, organisation: str) -> WorkCalendar:
    """That of the company's first partnership; Monday to Friday where it has none."""
    for home in archive.partnerships(CLOCK):
        if organisation in (home.sponsor, home.cro):
            return archive.calendar(CLOCK, home.id)
    return WorkCalendar("none", DAYS, frozenset(), CLOSE)


def schedule(request: Request) -> int:
    """For companies of which nothing is due yet: their next review; how many."""
    archive = request.archive
    missing = [one for one in archive.reviewed() if archive.unscheduled(one)]
    for organisation in missing:
        calendar = _calendar(archive, organisation)
        at = rules.due_in(request.now.date(), calendar)
        if at < request.now:
            at = rules.due_after(request.now.date(), calendar)
        archive.schedule(Due(f"{DUE}:{organisation}", at, DUE, organisation, 2))
    return len(missing)


def came(request: Request, organisation: str) -> None:
    """A quarter has begun: a card to each administrator, a reminder in two weeks, the next in a quarter."""
    archive, calendar = request.archive, _calendar(request.archive, organisation)
    found = archive.review_of(organisation, rules.quarter(request.now.date()))
    review = found or _begun(request, organisation)
    for person in archive.administrators(organisation):
        _send(request, review, person)
    if not review.by:
        at = rules.reminder(review, calendar)
        archive.schedule(Due(f"{REMINDER}:{organisation}", at, REMINDER, review.id, 2))
    following = rules.due_after(request.now.date(), calendar)
    archive.schedule(Due(f"{DUE}:{organisation}", following, DUE, organisation, 2))


def late(request: Request, review: str) -> None:
    """Nobody has confirmed it in ten business days: it is said once more."""
    found = request.archive.review(CLOCK, review)
    if found is None or found.by or found.reminded:
        return
    request.archive.save_review(found.reminded_once())
    for person in request.archive.administrators(found.organisation):
        letter = Letter(REMIND, found.id)
        request.promise(Audience(person=person), letter, f"{REMIND}:{found.id}:{person}")


def reminder(opening: Opening) -> tuple[Card, int] | None:
    """The same card, said anew; nothing once it is confirmed."""
    found = opening.archive.review(opening.reader, opening.letter.subject)
    if found is None or found.by:
        return None
    return cards.card(found, gathered(opening.archive, opening.reader)), 0
