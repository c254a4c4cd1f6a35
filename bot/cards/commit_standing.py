"""How a promise stands and what it waits for: the first words of its card, the same on both sides."""

from collections.abc import Iterator

from bot.cards import when
from bot.cards.issue_story import ended
from bot.cards.setting import Setting, short
from bot.governance.commitment import Claim, Commitment, State
from bot.governance.visibility import Side
from bot.views import Block, Facts, Notice, Text, Tone

SILENCE = "five business days"


def standing(promise: Commitment, here: Setting, longest: int) -> Iterator[Block]:
    """One notice of what comes next; what both sides say of it where they differ; what silence will mean."""
    owner, receiver = here.name(promise.owner), here.name(promise.receiver)
    match promise.state:
        case State.PROPOSED:
            words = f"{owner} is asked to accept it; until then it is no promise."
            yield Notice(words, Tone.WARNING)
        case State.ACCEPTED:
            yield _open(promise, here)
            yield Text(f"Once it is said to be done, {receiver} confirms it. {_silence()}", quiet=True)
        case State.DONE:
            yield from _claimed(promise, here, longest)
        case State.DISPUTED:
            yield Notice("Disputed: the two sides state different outcomes.", Tone.WARNING)
            yield Facts(tuple(_versions(promise, here, longest)))
            after = f"It stays so until {receiver} confirms it, or {owner} moves it to another day."
            yield Text(after, quiet=True)
        case State.CONFIRMED:
            yield _confirmed(promise, here)
        case State.DECLINED:
            yield Notice(ended(f"{owner} declined it: {short(promise.reason, longest)}"))
        case State.WITHDRAWN:
            yield Notice(ended(f"Withdrawn: {short(promise.reason, longest)}"))


def late(promise: Commitment, here: Setting) -> bool:
    """Whether its day is over, where the reader is, and it was not done."""
    if promise.state is not State.ACCEPTED or here.now is None:
        return False
    return when.local(here.now, here.reader.zone) > promise.due


def _silence() -> str:
    return f"Without a word for {SILENCE} it counts as confirmed."


def _open(promise: Commitment, here: Setting) -> Notice:
    owner, day = here.name(promise.owner), when.day(promise.due)
    if promise.rang.get("limit") == promise.due.isoformat():
        words = f"More than {SILENCE} overdue: it was due {day}. {owner} is asked to do it or to move it."
        return Notice(words, Tone.ALARM)
    if late(promise, here):
        return Notice(f"Overdue: it was due {day}. {owner} is asked to do it or to move it.", Tone.ALARM)
    return Notice(f"{owner} does it by {day}.", Tone.GOOD)


def _claimed(promise: Commitment, here: Setting, longest: int) -> Iterator[Block]:
    owner, receiver = here.name(promise.owner), here.name(promise.receiver)
    on = f" on {when.day(promise.done_on)}" if promise.done_on else ""
    until = f" or until {here.time(promise.confirm_by)} ({SILENCE})" if promise.confirm_by else ""
    words = f"{owner} says it was done{on}. That stays a claim until {receiver} confirms it{until}."
    yield Notice(words, Tone.WARNING)
    said = _last(promise, promise.owner_side)
    if said and said.words:
        yield Facts((("What was done", short(said.words, longest)),))
    yield Text("Without a word by then it counts as confirmed.", quiet=True)


def _confirmed(promise: Commitment, here: Setting) -> Notice:
    at = f", {here.time(promise.confirmed_at)}" if promise.confirmed_at else ""
    if promise.confirmed_by:
        return Notice(f"Done, confirmed by {here.name(promise.confirmed_by)}{at}.", Tone.GOOD)
    return Notice(f"Done, confirmed by {SILENCE} without a word against it{at}.", Tone.GOOD)


def _versions(promise: Commitment, here: Setting, longest: int) -> Iterator[tuple[str, str]]:
    """What each of the two says, side by side: by company, or by name where both are of one."""
    if promise.visibility.side is None:
        for side in (promise.owner_side, promise.receiver_side):
            yield here.company(side), _said(_last(promise, side), promise, here, longest)
        return
    latest = {one.by == promise.receiver: one for one in promise.claims}
    for person, judges in ((promise.owner, False), (promise.receiver, True)):
        yield here.called(person), _said(latest.get(judges), promise, here, longest)


def _last(promise: Commitment, side: Side) -> Claim | None:
    return next((one for one in reversed(promise.claims) if one.side is side), None)


def _said(claim: Claim | None, promise: Commitment, here: Setting, longest: int) -> str:
    if claim is None:
        return f"promised by {when.day(promise.due)}, not said to be done"
    on = f"done on {when.day(promise.done_on)}" if promise.done_on else "done"
    words = short(claim.words, longest) or on
    by = f" ({here.called(claim.by)}" if claim.by else ""
    at = f", {here.time(claim.at)})" if by and claim.at else ")" if by else ""
    return f"{words}{by}{at}"
