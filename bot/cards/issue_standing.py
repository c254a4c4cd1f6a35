"""What an issue waits for now, and from whom: the first words of its card."""

from collections.abc import Callable, Iterator, Mapping

from bot.cards import when
from bot.cards.issue_story import ended
from bot.cards.setting import Setting, short
from bot.governance.clocks import Kind
from bot.governance.issue import Issue, State, View
from bot.governance.turns import JUDGES, OWNERS, Step, Turn, steps
from bot.views import Block, Facts, Notice, Tone


def standing(issue: Issue, here: Setting) -> tuple[Block, ...]:
    """One notice of what comes next, and others where more than one thing is waited for."""
    return tuple(_standing(issue, here))


def _standing(issue: Issue, here: Setting) -> Iterator[Block]:
    if issue.state.over:
        yield _over(issue, here)
        return
    if issue.state is State.DISPUTED:
        yield from _disputed(issue, here)
    for step in steps(issue, here.clocks):
        if step.turn in SAID:
            yield SAID[step.turn](issue, step, here)
    if issue.on_hold:
        yield _held(issue)


def _breach(issue: Issue, step: Step, here: Setting) -> Notice:
    """What the law waits for, whatever else does."""
    assert issue.legal is not None  # noqa: S101 asked only where its clock runs
    who = here.name(issue.legal.owner) if issue.legal.owner else "The sponsor’s quality line"
    pending = step.turn is Turn.ASSESS
    what = "assess it" if pending else "see that the authority is told"
    name = "Possible serious breach" if pending else "Serious breach"
    return Notice(f"{name}: {who} is asked to {what} by {when.day(issue.legal.due)}.", Tone.ALARM)


def differing(issue: Issue, here: Setting) -> Iterator[Block]:
    """Both sides' views of the severity, where they differ or one has not answered yet."""
    if not issue.views:
        return
    silent = next((view.side for view in issue.views if not view.by), None)
    higher = f"{issue.severity}, the higher, applies until they agree"
    if silent:
        words = f"{here.company(silent.other)} graded it anew. {here.company(silent)} is asked for its view"
        yield Notice(f"{words}; {higher}.", Tone.WARNING)
    else:
        yield Notice(f"The two sides grade it differently: {higher}.", Tone.WARNING)
    yield Facts(tuple((here.company(view.side), _view(view, here)) for view in issue.views))


def _view(view: View, here: Setting) -> str:
    if not view.by:
        return f"{view.severity}, as before"
    why = f": {short(view.reason)}" if view.reason else ""
    return f"{view.severity}{why} ({here.called(view.by)})"


def _unseen(issue: Issue, step: Step, here: Setting) -> Notice:
    waits = here.company(step.side) if step.side else "Its owner"
    tone = Tone.ALARM if issue.missed else Tone.WARNING
    again = "Not acknowledged. " if issue.missed else ""
    by = f" by {here.time(issue.ack_due)}" if issue.ack_due else " now" if issue.missed else ""
    return Notice(f"{again}{waits} is asked to acknowledge it{by}.", tone)


def _offered(issue: Issue, step: Step, here: Setting) -> Notice:
    """The plan that one side has proposed and the other is to answer."""
    assert issue.offer is not None  # noqa: S101 asked only where there is one
    until = when.day(issue.offer.due)
    asked = here.company(step.side) if step.side else "The other side"
    by = here.name(issue.offer.by) if issue.offer.by else "The owner"
    words = f"{by} proposes a plan until {until}. {asked} is asked to agree{here.by(Kind.PLAN)}."
    return Notice(words, Tone.ALARM if here.late(Kind.PLAN) else Tone.WARNING)


def _hold_asked(issue: Issue, step: Step, here: Setting) -> Notice:
    hold = issue.hold
    assert hold is not None  # noqa: S101 asked only where there is one
    assert step.side is not None  # noqa: S101 a hold is always answered by the other side
    words = f"{here.name(hold.by)} asks to put it on hold until {when.day(hold.until)}: {short(hold.reason)}"
    return Notice(f"{ended(words)} {here.company(step.side)} is asked to agree.", Tone.WARNING)


def _held(issue: Issue) -> Notice:
    if issue.hold is None:
        return Notice("On hold. Its clocks stand still.")
    until, still = when.day(issue.hold.until), "Its clocks stand still until then"
    legal = ", the legal clock does not" if issue.legal and issue.legal.runs else ""
    return Notice(f"{ended(f'On hold until {until}: {short(issue.hold.reason)}')} {still}{legal}.")


def _open(issue: Issue, step: Step, here: Setting) -> Notice:
    late = any(here.late(kind) for kind in (Kind.CONTAIN, Kind.PLAN, Kind.RESOLVE))
    words = f"{_done(issue, here)} {_next(issue, step, here)}".strip()
    return Notice(words, Tone.ALARM if late else Tone.GOOD)


def _done(issue: Issue, here: Setting) -> str:
    """The last step that was taken."""
    if issue.state is State.REOPENED and issue.reopened_at:
        return f"Reopened, {here.time(issue.reopened_at)}."
    if issue.plan:
        return ""
    by = f" by {here.name(issue.acknowledged_by)}" if issue.acknowledged_by else ""
    at = f", {here.time(issue.acknowledged_at)}" if issue.acknowledged_at else ""
    return f"Acknowledged{by}{at}."


def _next(issue: Issue, step: Step, here: Setting) -> str:
    """What its owner owes: containing it, a plan, the plan's end."""
    owner = here.name(issue.owner) if issue.owner else "Its owner"
    if step.turn is not Turn.RESOLVE or issue.plan is None:
        return _awaited(owner, step, here)
    due = when.day(issue.plan.due)
    if here.late(Kind.RESOLVE):
        return f"The agreed plan is late: it was due {due}. {owner} is asked to resolve it."
    return f"In progress. {owner} is to resolve it by {due}, as agreed."


def _awaited(owner: str, step: Step, here: Setting) -> str:
    kind, verb = (Kind.CONTAIN, "contain it") if step.turn is Turn.CONTAIN else (Kind.PLAN, "propose a plan")
    clock = here.clock(kind)
    if clock and here.late(kind):
        missed = "Not contained" if kind is Kind.CONTAIN else "No plan was agreed"
        return f"{missed} by {here.time(clock.at)}. {owner} is asked to {verb} now."
    return f"{owner} is asked to {verb}{here.by(kind)}."


def _claimed(issue: Issue, step: Step, here: Setting) -> Notice:
    """The other side judges it, or for what is minor or one's own a colleague of the owner."""
    who = here.company(step.side) if step.side else "Somebody else than its owner"
    if step.turn is Turn.VERIFY:
        by = here.name(issue.resolved_by or issue.owner)
        at = f", {here.time(issue.resolved_at)}" if issue.resolved_at else ""
        return Notice(f"{by} says it is resolved{at}. {who} is asked to verify it.", Tone.WARNING)
    by = f" by {here.name(issue.verified_by)}" if issue.verified_by else ""
    check = issue.capa.effectiveness_check if issue.capa else None
    if step.turn is Turn.CHECK_EFFECT:
        on = f" on {when.day(check)}" if check else ""
        words = f"Verified{by}. {who} checks{on} whether it was effective, then it is closed."
        return Notice(words, Tone.WARNING)
    return Notice(f"Verified{by}. {who} is asked to close it.", Tone.GOOD)


def _disputed(issue: Issue, here: Setting) -> Iterator[Block]:
    """Both versions, side by side."""
    dispute = issue.dispute
    if dispute is None:
        yield Notice("In dispute.", Tone.WARNING)
        return
    yield Notice(f"In dispute since {here.time(dispute.at)}: the two sides’ versions differ.", Tone.WARNING)
    theirs = f"{short(dispute.reason)} ({here.called(dispute.by)})"
    sides = {dispute.side.other: _claim(issue, here), dispute.side: theirs}
    yield Facts(tuple((here.company(side), words) for side, words in sides.items()))


def _claim(issue: Issue, here: Setting) -> str:
    """What the other side had stated."""
    assert issue.dispute is not None  # noqa: S101 asked only where there is one
    if issue.dispute.before.over:
        twin = f"duplicate of {issue.duplicate_of}" if issue.duplicate_of else issue.dispute.before.words
        by = f" ({here.called(issue.closed_by)})" if issue.closed_by else ""
        return f"{twin}: {short(issue.reason)}{by}" if issue.reason else f"{twin}{by}"
    by = f" ({here.called(issue.resolved_by)})" if issue.resolved_by else ""
    return f"resolved: {short(issue.resolution)}{by}" if issue.resolution else f"resolved{by}"


def _over(issue: Issue, here: Setting) -> Notice:
    twin = f"A duplicate of {issue.duplicate_of}" if issue.duplicate_of else ""
    who = here.name(issue.closed_by) if issue.closed_by else ""
    by = f"{', says' if twin else ' by'} {who}" if who else ""
    at = f", {here.time(issue.closed_at)}" if issue.closed_at else ""
    why = f": {short(issue.reason)}" if issue.reason else ""
    tone = Tone.GOOD if issue.state is State.CLOSED else Tone.PLAIN
    return Notice(ended(f"{twin or issue.state.words.capitalize()}{by}{at}{why}"), tone)


SAID: Mapping[Turn, Callable[[Issue, Step, Setting], Notice]] = {
    Turn.ACKNOWLEDGE: _unseen,
    Turn.ANSWER_PLAN: _offered,
    Turn.ANSWER_HOLD: _hold_asked,
    **dict.fromkeys(OWNERS, _open),
    **dict.fromkeys(JUDGES, _claimed),
    Turn.ASSESS: _breach,
    Turn.NOTIFY: _breach,
}
