"""Setting a company up: the one card that says how far it is, and the way into every step."""

from bot.actors import Actor, Permission
from bot.cards import setup as cards
from bot.cards import when
from bot.cards.setup import Step
from bot.errors import Refusal
from bot.governance import invitation as codes
from bot.governance.company import LINES
from bot.governance.invitation import Invitation, Kind, NoSuchCode
from bot.governance.partnership import Partnership
from bot.governance.visibility import Side, Visibility
from bot.handlers import admission, setup_accept, setup_account, setup_company
from bot.handlers.setup_pairs import own_gaps
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.views import Button, Card

CARD = "setup.card"
STEPS = (
    "people, partner, counterparts, rooms, contacts, studies, policy, calendar, away, leave, account, end,"
    " hold, review or role"
)


class NoSuchStep(Refusal):
    """“{said}” is no step of setting up; say “setup” and one of: {steps}."""


class OnlyAdministrators(Refusal):
    """Only an administrator of your company sets it up; ask {names}."""


class CodeOfAChannel(Refusal):
    """That code links a channel; say “link” and the code in the channel itself, not here."""


def begin(request: Request, words: str) -> Letter:
    """The card; or whatever a code opens. A stranger without one hears what strangers hear."""
    if words:
        return _opened(request, words)
    if not request.actor.person:
        return admission.turn_away(request)
    need_administrator(request)
    return Letter(CARD)


def need_administrator(request: Request) -> None:
    """Refuses everybody else, with whom to ask."""
    if request.actor.may(Permission.ADMINISTER):
        return
    found = request.archive.administrators(request.actor.organisation)
    names = [one.name for one in request.archive.staff(request.actor) if one.id in found]
    raise OnlyAdministrators(names=" or ".join(names) or "whoever runs Parley")


def _opened(request: Request, words: str) -> Letter:
    found = request.archive.invitation_of(words)
    known = bool(request.actor.person)
    if known and found is None and not codes.read(words):
        raise NoSuchStep(said=words[:40], steps=STEPS)
    if found is None:
        raise NoSuchCode
    if found.kind is Kind.ROOM:
        if known and found.partnership in request.actor.partnerships:
            raise CodeOfAChannel
        raise NoSuchCode
    if not known:
        begins = setup_account.take if found.kind is Kind.ACCOUNT else setup_company.begin
        return begins(request, found)
    if found.kind is Kind.PARTNER:
        need_administrator(request)
    return setup_accept.look(request, found)


def shown(opening: Opening) -> tuple[Card, int] | None:
    """The card, from the record alone."""
    reader = opening.reader
    if not reader.may(Permission.ADMINISTER):
        return None
    company = opening.archive.company(reader)
    return cards.card(company.name, _steps(opening)), 0


def _steps(opening: Opening) -> tuple[Step, ...]:
    archive, reader = opening.archive, opening.reader
    partnerships = archive.partnerships(reader)
    waits = "" if partnerships else "a partner has to accept first"
    steps = [
        _people(archive, reader),
        _partner(opening, partnerships),
        _named(archive, reader, partnerships, waits),
        _rooms(archive, reader, partnerships, waits),
        _contacts(archive, reader, partnerships, waits),
    ]
    if reader.side is Side.SPONSOR:
        steps.append(_studies(archive, reader, partnerships, waits))
    steps.append(_terms(archive, reader, partnerships, waits))
    return tuple(steps)


def _button(label: str, verb: str, opens: bool = False) -> Button:
    return Button(label, verb, primary=opens, opens=opens)


def _people(archive: Archive, reader: Actor) -> Step:
    count = len(archive.staff(reader))
    done = "you alone" if count == 1 else f"{count} people"
    missing = "your colleagues" if count == 1 else ""
    return Step("People and roles", done, missing, cards.ADD, Button("People", "setup.people"))


def _partner(opening: Opening, partnerships: tuple[Partnership, ...]) -> Step:
    open_now = [
        one for one in partner_invitations(opening.archive, opening.reader) if one.is_open(opening.now)
    ]
    done = ", ".join(other(opening.reader, one) for one in partnerships)
    waits = ""
    if open_now and not partnerships:
        until = when.instant(open_now[0].until, opening.reader.zone)
        waits = f"{open_now[0].label} has to accept by {until}"
    missing = "" if partnerships else "your first partner"
    does = Button("Invite a partner", "setup.partner.form", primary=True, opens=True)
    return Step("Partners", done, missing, does, Button("Partners", "setup.partner"), waits)


def partner_invitations(archive: Archive, reader: Actor) -> tuple[Invitation, ...]:
    """Those to partners, the newest first."""
    return tuple(one for one in archive.invitations(reader) if one.kind is Kind.PARTNER)


def other(reader: Actor, partnership: Partnership) -> str:
    """The company across the table."""
    return partnership.company((reader.side or Side.SPONSOR).other)


def _named(archive: Archive, reader: Actor, partnerships: tuple[Partnership, ...], waits: str) -> Step:
    done: list[str] = []
    missing: list[str] = []
    for one in partnerships:
        gaps = own_gaps(reader, archive.counterparts(reader, one.id))
        if gaps:
            missing.append(f"{', '.join(gaps)} for {other(reader, one)}")
        else:
            done.append(other(reader, one))
    does = _button("Name your counterparts", "setup.counterparts.form", opens=True)
    words = "; ".join(missing) or ("your people at each level" if not partnerships else "")
    shows = Button("Counterparts", "setup.counterparts")
    return Step("Counterparts", ", ".join(done), words, does, shows, waits)


def _rooms(archive: Archive, reader: Actor, partnerships: tuple[Partnership, ...], waits: str) -> Step:
    rooms = archive.own_rooms(reader)
    linked = {one.partnership for one in rooms if one.visibility is Visibility.SHARED}
    missing = [other(reader, one) for one in partnerships if one.id not in linked]
    words = f"a channel for {' and '.join(missing)}" if missing else ("" if partnerships else "your channels")
    count = "1 channel" if len(rooms) == 1 else f"{len(rooms)} channels"
    does = Button("How to link a channel", "setup.rooms", primary=True)
    return Step("Channels", count if rooms else "", words, does, Button("Channels", "setup.rooms"), waits)


def _contacts(archive: Archive, reader: Actor, partnerships: tuple[Partnership, ...], waits: str) -> Step:
    own = LINES[reader.side or Side.SPONSOR]
    missing = [
        f"the {line} line for {other(reader, one)}"
        for one in partnerships
        for line in lines_missing(archive, reader, one)
    ]
    words = "; ".join(missing) or ("" if partnerships else f"your {' and '.join(own)} line")
    done = f"{' and '.join(own)} line" if partnerships and not missing else ""
    does = _button("Name a line", "setup.contacts.form", opens=True)
    return Step("Emergency lines", done, words, does, Button("Emergency lines", "setup.contacts"), waits)


def lines_missing(archive: Archive, reader: Actor, partnership: Partnership) -> tuple[str, ...]:
    """The lines of the reader's own side that nobody answers."""
    named = {one.line for one in archive.contacts(reader, partnership.id) if one.side is reader.side}
    return tuple(line for line in LINES[reader.side or Side.SPONSOR] if line not in named)


def _terms(archive: Archive, reader: Actor, partnerships: tuple[Partnership, ...], waits: str) -> Step:
    """Agreed with each partner from the beginning, so nothing of it is ever missing."""
    policies = (f"{archive.policy(reader, one.id).words} with {other(reader, one)}" for one in partnerships)
    done = "; ".join(policies)
    shows = Button("Policy", "setup.policy")
    return Step("Policy and calendar", done, "", shows, shows, waits)


def _studies(archive: Archive, reader: Actor, partnerships: tuple[Partnership, ...], waits: str) -> Step:
    studies = archive.own_studies(reader)
    served = {partnership for one in studies for partnership in one.partnerships}
    missing = [other(reader, one) for one in partnerships if one.id not in served]
    words = f"a study for {' and '.join(missing)}" if missing else ("" if partnerships else "your studies")
    does = _button("Add a study", "setup.studies.form", opens=True)
    done = ", ".join(one.id for one in studies[:10]) + (" and more" if len(studies) > 10 else "")
    return Step("Studies", done, words, does, Button("Studies", "setup.studies"), waits)
