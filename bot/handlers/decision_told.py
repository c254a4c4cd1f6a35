"""Who hears of a decision: its live cards, what was done to it, and the day on which one looks back at it."""

from collections.abc import Iterable

from bot.actors import CLOCK
from bot.governance import deciding
from bot.governance.deciding import Matter
from bot.governance.decision import Quorum
from bot.handlers import spread
from bot.handlers.decision import CARD, FOLLOW_UP, get, reminded, set_reminder
from bot.outbox import Audience, Letter
from bot.ports import Request

NEWS = "decision.news"
KINDS = spread.Kinds(CARD, NEWS)


def concerned(request: Request, about: Matter) -> tuple[str, ...]:
    """Its deciders, whoever approves it instead, and who recorded it."""
    approve = (one for side in about.sides for one in about.approvers(side))
    return tuple(dict.fromkeys((*about.decision.deciders, *approve, about.decision.recorded_by)))


def post(request: Request, about: Matter) -> None:
    """A live card in every room of its class, and to those who decide."""
    people = (one for one in concerned(request, about) if one != request.actor.person)
    spread.post_cards(request, KINDS, about, people)
    _follow_old(request, about)


def follow(request: Request, about: Matter) -> None:
    """Every live card of it, and of what it replaced, shows it as it is now."""
    spread.refresh_cards(request, KINDS, about)
    _follow_old(request, about)


def _follow_old(request: Request, about: Matter) -> None:
    """What it replaced says so, or that it counts again; those whom that concerns hear it once."""
    old = request.archive.decision(request.actor, about.decision.supersedes)
    if old is None or (old.superseded_by or about.id) != about.id:
        return
    if old.superseded_by or about.decision.quorum is Quorum.NOT_QUORATE:
        spread.refresh_cards(request, KINDS, old)
    if old.superseded_by:
        spread.tell(request, KINDS, old, (*old.deciders, old.recorded_by))


def tell(request: Request, about: Matter, people: Iterable[str]) -> None:
    """What was just done, once to each of these people but the one who did it."""
    spread.tell(request, KINDS, about, people)


def came(request: Request, decision: str) -> None:
    """It is nine on the day of follow-up somewhere: those for whom it is are told once, the others later."""
    archive = request.archive
    found = get(archive, CLOCK, decision)
    home = archive.partnership(CLOCK, found.partnership) if found else None
    if found is None or home is None or home.ended_on is not None:
        return
    calendar = archive.calendar(CLOCK, found.partnership)
    letter = Letter(FOLLOW_UP, found.id)
    for person, zone in reminded(archive, found.decision):
        at = deciding.follow_up_at(found.decision, zone, calendar)
        if at and at <= request.now:
            told = spread.and_stand_ins(request, (person,))
            for one in spread.entitled(archive, told, found):
                key = f"{FOLLOW_UP}:{found.id}:{found.decision.follow_up}:{one}"
                request.promise(Audience(person=one), letter, key)
    set_reminder(request, found)
