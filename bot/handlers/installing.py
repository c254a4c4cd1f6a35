"""Where Parley is no longer let in: the administrators there hear of it, and again once it is."""

from bot.actors import Permission
from bot.cards import installing as cards
from bot.outbox import Audience, Letter
from bot.ports import Opening, Request
from bot.records import Entry, Installation
from bot.views import Card

KIND = "install.locked_out"


def locked_out(request: Request, home: Installation, url: str) -> None:
    """From now on messages there wait. `url` is where one installs it again, "" where the operator must.

    Said once for each time, and at once to those who can be reached on another platform.
    """
    archive = request.archive
    if not archive.lock_out(home, request.now):
        return
    letter = Letter(KIND, _subject(request, home), {"url": url})
    for company in archive.lodgers(home.platform, home.tenant):
        _record(request, "install.locked_out", home, company)
        for person in archive.administrators(company):
            _tell(request, letter, archive.elsewhere(person, home.platform, home.tenant), person)


def let_in(request: Request, home: Installation) -> None:
    """What waited goes now, and everybody who heard of it hears that too."""
    archive = request.archive
    before = _subject(request, home)
    if not archive.let_in(home.platform, home.tenant, request.now, request.wall):
        return
    for company in archive.lodgers(home.platform, home.tenant):
        _record(request, "install.let_in", home, company)
    for audience in archive.told(Letter(KIND, before)):
        _tell(request, Letter(KIND, before), audience, audience.person)


def told(opening: Opening) -> tuple[Card, int] | None:
    """How it stands, for an administrator of a company that lives there; None where that is long past."""
    where, _, number = opening.letter.subject.rpartition("/")
    platform, _, tenant = where.partition(":")
    archive, reader = opening.archive, opening.reader
    home = archive.installation(platform, tenant)
    lives_there = reader.organisation in archive.lodgers(platform, tenant)
    if home is None or not lives_there or not reader.may(Permission.ADMINISTER):
        return None
    if home.version == int(number) and home.locked_out:
        waiting = archive.waiting(platform, tenant)
        return cards.locked_out(home, waiting, opening.letter.facts.get("url", ""), reader.zone), home.version
    return (cards.let_in(home, reader.zone), home.version) if home.version == int(number) + 1 else None


def hello(opening: Opening) -> tuple[Card, int]:
    """The test message of whoever runs Parley."""
    return cards.HELLO, 0


def _subject(request: Request, home: Installation) -> str:
    """Each time has a card of its own."""
    known = request.archive.installation(home.platform, home.tenant)
    return f"{home.platform}:{home.tenant}/{known.version if known else 0}"


def _tell(request: Request, letter: Letter, audience: Audience, person: str) -> None:
    known = request.archive.installation(*letter.subject.rpartition("/")[0].split(":", 1))
    version = known.version if known else 0
    request.promise(audience, letter, f"{letter.kind}:{letter.subject}:{person}:{version}", version)


def _record(request: Request, what: str, home: Installation, company: str) -> None:
    request.archive.record(Entry(what, "", request.now, None, company, f"{home.platform}:{home.tenant}"))
