"""What every step of a proposal shares: its line in the record, its live cards, and how it is shown."""

from bot.actors import CLOCK, Permission
from bot.cards import changing as cards
from bot.errors import Refusal
from bot.governance.calendar import WorkCalendar
from bot.governance.change import difference
from bot.governance.escalation import Policy
from bot.governance.partnership import Partnership
from bot.governance.proposal import Proposal, State
from bot.governance.visibility import Scope, Visibility
from bot.handlers import setup_fields as fields
from bot.handlers.setup_policy import replayed
from bot.outbox import Audience, Letter
from bot.ports import Archive, Opening, Request
from bot.records import Entry
from bot.views import Card

CARD, NEWS = "setup.terms", "setup.terms.news"
LONGEST = 500  # characters of a reason
REASON = fields.needed("a reason", LONGEST)


class NoSuchProposal(Refusal):
    """There is no such proposal for you to answer; “setup policy” and “setup calendar” show what waits."""


def asked(request: Request) -> tuple[Proposal, Partnership]:
    """The proposal that is meant, and the partnership it is about."""
    found = request.archive.proposal(request.actor, request.intent.fields.get("proposal", ""))
    home = request.archive.partnership(request.actor, found.partnership) if found else None
    if found is None or home is None:
        raise NoSuchProposal
    return found, home


def administrators(archive: Archive, home: Partnership) -> tuple[str, ...]:
    """Those of both sides, each once."""
    both = (*archive.administrators(home.sponsor), *archive.administrators(home.cro))
    return tuple(dict.fromkeys(both))


def send(request: Request, proposal: Proposal, person: str) -> None:
    """Its live card."""
    letter = Letter(CARD, proposal.id)
    key = f"{CARD}:{proposal.id}:{person}:{proposal.version}"
    request.promise(Audience(person=person), letter, key, proposal.version)


def record(request: Request, proposal: Proposal, what: str, why: str) -> None:
    """A line both sides can read, with what is in force before and what would be, or is, after."""
    archive, actor = request.archive, request.actor
    if proposal.policy:
        before, after = difference(archive.policy(CLOCK, proposal.partnership), proposal.policy)
    else:
        before, after = difference(archive.calendar(CLOCK, proposal.partnership), proposal.calendar)
    scope = Scope(proposal.partnership, Visibility.SHARED)
    archive.record(Entry(what, actor.person, request.now, scope, "", proposal.id, why, before, after))


def settle(request: Request, found: Proposal, state: State, reason: str = "") -> Proposal:
    """How it ended, on every live card of it."""
    ended = found.settled(state, request.actor.person, request.now, reason)
    request.archive.settle_proposal(request.actor, ended)
    for audience in request.archive.told(Letter(CARD, ended.id)):
        send(request, ended, audience.person)
    return ended


def show(request: Request, words: str) -> Letter:
    """One proposal as it stands."""
    return Letter(CARD, asked(request)[0].id)


def card(opening: Opening) -> tuple[Card, int] | None:
    """The live card of a proposal, for both sides' administrators."""
    offer = _offered(opening)
    return (cards.proposal(offer), offer.proposal.version) if offer else None


def news(opening: Opening) -> tuple[Card, int] | None:
    """How it ended."""
    offer = _offered(opening)
    return (cards.news(offer), 0) if offer else None


def _offered(opening: Opening) -> cards.Offered | None:
    archive, reader = opening.archive, opening.reader
    found = archive.proposal(reader, opening.letter.subject)
    home = archive.partnership(reader, found.partnership) if found else None
    if found is None or home is None or not reader.may(Permission.ADMINISTER):
        return None
    names = {one.id: one.name for one in archive.people(reader, home.id)}
    lives = found.policy if found.is_open else None
    return cards.Offered(
        proposal=found,
        proposer=home.company(found.side),
        other=home.company(found.side.other),
        by=names.get(found.by, "somebody"),
        answered_by=names.get(found.answered_by, ""),
        own=found.side is reader.side,
        changes=_changes(found, archive.replaced(reader, found)),
        zone=reader.zone,
        replayed=replayed(opening, home, lives) if lives else None,
    )


def _changes(found: Proposal, before: Policy | WorkCalendar) -> cards.Changes:
    match before, found:
        case Policy(), Proposal(policy=Policy() as after):
            return cards.policy_changes(before, after)
        case WorkCalendar(), Proposal(calendar=WorkCalendar() as coming):
            return cards.calendar_changes(before, coming, found.at.date())
    return ()
