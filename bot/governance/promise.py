"""The life of a promise (DOMAIN.md 3.8): accepted, moved, claimed to be done, confirmed or disputed.

Each `check_` raises the Refusal for that party; each change gives the next state. The owner, and nobody
else, makes a promise of it; the receiver, and nobody else, says that it was kept.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.errors import Refusal
from bot.governance.calendar import Limit, WorkCalendar
from bot.governance.commitment import Claim, Commitment, Evidence, Move, State
from bot.governance.party import Party

SILENCE = Limit(business_days=5)  # without a word for so long, a claim counts as confirmed
ONE_MORE = Limit(business_days=1)  # the same, where Parley was not running at the end of it
MOST_EVIDENCE = 20
PUT_RIGHT = timedelta(hours=24)  # for so long its maker may change what nobody has acted on yet


class PromiseIsOver(Refusal):
    """{number} is {state}, so nothing changed; a new promise is made with “commit” and its words."""


class AlreadyAccepted(Refusal):
    """{name} accepted {number} on {when}, so that stands and nothing changed."""


class WasAccepted(Refusal):
    """{number} is accepted already, so nothing changed."""


class NotYoursToAccept(Refusal):
    """{number} is asked of {owner}, so only they accept or decline it; nothing changed."""


class NotAcceptedYet(Refusal):
    """{owner} has not accepted {number} yet, so it is no promise; they accept or decline it first."""


class PastPromise(Refusal):
    """{number} was to be done by {day}, which is past; decline it and say by when it can be done."""


class NotYoursToMove(Refusal):
    """{owner} promised {number}, so only they move it or say that it is done; nothing changed."""


class SameDay(Refusal):
    """{number} is due on {day} already, so nothing changed; give another day."""


class SaidDone(Refusal):
    """{number} is said to be done, so nothing changed; {receiver} confirms or disputes it."""


class DoneBefore(Refusal):
    """{day} was before {number} was promised or last moved; give the day on which it was done."""


class NotClaimed(Refusal):
    """{owner} has not said that {number} is done, so there is nothing to confirm yet."""


class NotYoursToConfirm(Refusal):
    """{number} was promised to {receiver}, so it is theirs to confirm or dispute; nothing changed."""


class OwnPromise(Refusal):
    """Nobody confirms or disputes their own claim; {receiver} says whether {number} is done."""


class DisputedBefore(Refusal):
    """{number} is disputed already; confirm it, release {owner} from it, or wait for what they say."""


class NotYoursToRelease(Refusal):
    """{number} was promised to {receiver}, so only they release {owner} from it; the owner moves its date."""


class EnoughEvidence(Refusal):
    """{number} has 20 pieces of evidence, so nothing changed; name one place where the rest lies."""


class NotYoursToRemind(Refusal):
    """Parley reminds {owner} of {number}, so only they choose when; nothing changed."""


class TooLateToPutRight(Refusal):
    """{number} stands as it was made; its owner moves its date, and its receiver can withdraw it."""


def _owns(promise: Commitment, party: Party) -> bool:
    return party.may_be(promise.owner, promise.owner_side)


def _receives(promise: Commitment, party: Party) -> bool:
    return party.may_be(promise.receiver, promise.receiver_side)


def not_over(promise: Commitment) -> None:
    """Refuses where nothing more will happen to it."""
    if promise.state.over:
        raise PromiseIsOver(number=promise.number, state=promise.state.words)


def check_accept(promise: Commitment, party: Party) -> None:
    """Its owner or who stands in, once: a date that somebody else set is no promise."""
    not_over(promise)
    if promise.state is not State.PROPOSED:
        if promise.accepted_at and promise.accepted_by:
            when = promise.accepted_at.isoformat()
            raise AlreadyAccepted(number=promise.number, name=promise.accepted_by, when=when)
        raise WasAccepted(number=promise.number)
    if not _owns(promise, party):
        raise NotYoursToAccept(number=promise.number, owner=promise.owner)


def accept(promise: Commitment, party: Party, now: datetime, today: date) -> Commitment:
    """It counts from now on. Its day may not be past by then."""
    if promise.due < today:
        raise PastPromise(number=promise.number, day=promise.due.isoformat())
    return replace(promise, state=State.ACCEPTED, accepted_at=now, accepted_by=party.person)


def accept_for(promise: Commitment, party: Party, due: date, now: datetime) -> Commitment:
    """It counts, for a day of its owner's own: that is its first date, as nobody promised the one before."""
    return replace(
        promise, state=State.ACCEPTED, accepted_at=now, accepted_by=party.person, first_due=due, due=due
    )


def decline(promise: Commitment, reason: str) -> Commitment:
    """It never was a promise; asked with `check_accept`."""
    return replace(promise, state=State.DECLINED, reason=reason)


def check_move(promise: Commitment, party: Party) -> None:
    """Its owner; one who moves what is claimed or disputed takes the claim back."""
    _promised(promise)
    if not _owns(promise, party):
        raise NotYoursToMove(number=promise.number, owner=promise.owner)


def move(promise: Commitment, party: Party, due: date, why: str, now: datetime) -> Commitment:
    """Another day; the first one is kept, and so is why."""
    if due == promise.due and promise.state is State.ACCEPTED:
        raise SameDay(number=promise.number, day=due.isoformat())
    moves = (*promise.moves, Move(now, party.person, promise.due, due, why))
    moved = replace(promise, due=due, moves=moves, state=State.ACCEPTED, snoozed_until=None)
    return replace(moved, done_on=None, done_at=None, done_by="", confirm_by=None)


def check_done(promise: Commitment, party: Party) -> None:
    """Its owner claims it, once; again where it is disputed."""
    check_move(promise, party)
    if promise.state is State.DONE:
        raise SaidDone(number=promise.number, receiver=promise.receiver)


def done(promise: Commitment, party: Party, claim: Claim, on: date, calendar: WorkCalendar) -> Commitment:
    """A claim, made at `claim.at`, until the receiver confirms it or says nothing for five business days.

    Where it was disputed before, silence confirms nothing: the receiver has said what they think.
    """
    assert claim.at is not None  # noqa: S101 whoever claims, claims now
    since = promise.moves[-1].at if promise.moves else promise.made_at  # until then it was still to be done
    if on < since.date() - timedelta(days=1):  # the day may have been another where they are
        raise DoneBefore(number=promise.number, day=on.isoformat())
    disputed = promise.state is State.DISPUTED
    return replace(
        promise,
        state=promise.state if disputed else State.DONE,
        done_on=on,
        done_at=claim.at,
        done_by=party.person,
        confirm_by=None if disputed else calendar.limit_end(claim.at, SILENCE),
        claims=(*promise.claims, claim),
    )


def check_confirm(promise: Commitment, party: Party) -> None:
    """Its receiver, of what its owner claims; never who made the claim."""
    _promised(promise)
    if promise.state is State.ACCEPTED:
        raise NotClaimed(number=promise.number, owner=promise.owner)
    _judges(promise, party)


def confirm(promise: Commitment, party: Party, now: datetime) -> Commitment:
    """It was kept."""
    on = promise.done_on or now.date()
    return replace(
        promise,
        state=State.CONFIRMED,
        done_on=on,
        confirmed_at=now,
        confirmed_by=party.person,
        confirm_by=None,
    )


def fall_silent(promise: Commitment) -> Commitment:
    """Nobody said a word about the claim in its five business days: that confirms it, at their end."""
    return replace(promise, state=State.CONFIRMED, confirmed_at=promise.confirm_by, confirm_by=None)


def more_time(promise: Commitment, now: datetime, calendar: WorkCalendar) -> Commitment:
    """Nobody could say a word as the five business days ended, so silence waits one business day longer."""
    return replace(promise, confirm_by=calendar.limit_end(now, ONE_MORE))


def check_dispute(promise: Commitment, party: Party) -> None:
    """Its receiver: of what its owner claims, or of what is said to be promised."""
    _promised(promise)
    _judges(promise, party)
    if promise.state is State.DISPUTED:
        raise DisputedBefore(number=promise.number, owner=promise.owner)


def dispute(promise: Commitment, claim: Claim) -> Commitment:
    """Both versions stand side by side, and no silence settles it."""
    return replace(promise, state=State.DISPUTED, confirm_by=None, claims=(*promise.claims, claim))


def check_withdraw(promise: Commitment, party: Party) -> None:
    """Its receiver releases its owner; what nobody has accepted yet, also whoever proposed it."""
    not_over(promise)
    if promise.state is State.DONE:
        raise SaidDone(number=promise.number, receiver=promise.receiver)
    maker = promise.state is State.PROPOSED and party.person == promise.made_by
    if not maker and not _receives(promise, party):
        raise NotYoursToRelease(number=promise.number, receiver=promise.receiver, owner=promise.owner)


def withdraw(promise: Commitment, reason: str) -> Commitment:
    """Nobody waits for it any more."""
    return replace(promise, state=State.WITHDRAWN, reason=reason, confirm_by=None)


def check_evidence(promise: Commitment, party: Party) -> None:
    """Anybody who sees it, until it has ended."""
    not_over(promise)
    if len(promise.evidence) >= MOST_EVIDENCE:
        raise EnoughEvidence(number=promise.number)


def show(promise: Commitment, evidence: Evidence) -> Commitment:
    """One piece of evidence more."""
    return replace(promise, evidence=(*promise.evidence, evidence))


def check_remind(promise: Commitment, party: Party) -> None:
    """Its owner chooses, while it is a promise that is not done."""
    _promised(promise)
    if promise.state is State.DONE:
        raise SaidDone(number=promise.number, receiver=promise.receiver)
    if not _owns(promise, party):
        raise NotYoursToRemind(number=promise.number, owner=promise.owner)


def check_put_right(promise: Commitment, party: Party) -> None:
    """Whoever made it, while nobody has acted on it."""
    if promise.version != 1 or promise.state.over or party.person != promise.made_by:
        raise TooLateToPutRight(number=promise.number)


def in_time(promise: Commitment, now: datetime) -> None:
    """Refuses what was made too long ago to be put right."""
    if now - promise.made_at > PUT_RIGHT:
        raise TooLateToPutRight(number=promise.number)


def _promised(promise: Commitment) -> None:
    not_over(promise)
    if promise.state is State.PROPOSED:
        raise NotAcceptedYet(number=promise.number, owner=promise.owner)


def _judges(promise: Commitment, party: Party) -> None:
    """Refuses whoever is not its receiver, and whoever promised or claimed it, whomever they stand for."""
    if party.person and party.person in (promise.done_by, promise.owner):
        raise OwnPromise(number=promise.number, receiver=promise.receiver)
    if not _receives(promise, party):
        raise NotYoursToConfirm(number=promise.number, receiver=promise.receiver)
