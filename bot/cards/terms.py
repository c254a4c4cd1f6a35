"""What two companies agree, in words: a working calendar, an escalation policy, and an invitation to both."""

from datetime import date, timedelta

from bot.cards import when
from bot.cards.setup import BACK
from bot.governance.calendar import WEEKDAYS, Limit, WorkCalendar
from bot.governance.escalation import Policy, Severity, SeverityRule
from bot.governance.invitation import Invitation, State
from bot.governance.terms import Terms
from bot.governance.visibility import Side
from bot.views import Block, Button, Buttons, Card, Facts, Notice, Table, Text, Tone

LISTED = timedelta(days=366)  # closed days so far ahead stand in a card one by one
SIDES = {Side.SPONSOR: "sponsor", Side.CRO: "CRO"}
STATES = {
    State.ACCEPTED: "It was accepted.",
    State.REFUSED: "It was refused; you can invite them again.",
    State.WITHDRAWN: "It was withdrawn.",
}


def terms(agreed: Terms, today: date) -> tuple[Block, ...]:
    """Both, each number with its meaning."""
    return facts_of(agreed.calendar, today), table_of(agreed.policy), Text(MEANING, quiet=True)


def facts_of(calendar: WorkCalendar, today: date) -> Facts:
    """A working calendar as a person reads it."""
    return Facts(
        (
            ("Working days", week_of(calendar)),
            ("Close of day", f"{calendar.day_ends_at:%H:%M} UTC; limits in business days end then"),
            ("Closed on", _closed(calendar, today)),
        )
    )


def week_of(calendar: WorkCalendar) -> str:
    """ "Mon, Tue, Wed"."""
    return ", ".join(day.capitalize() for day in WEEKDAYS if day in calendar.work_week)


def table_of(policy: Policy) -> Table:
    """A policy in words, a column for each severity."""
    head = ("Escalation policy", *(one.value.capitalize() for one in Severity))
    rows = tuple((label, *(tell(policy.rules[one]) for one in Severity)) for label, tell in ROWS)
    return Table(head, rows)


MEANING = (
    "L1 is the study team, L2 operations, L3 the executives, L4 the contract’s dispute clause. An issue "
    "nobody acknowledges in time moves up one level, and both sides’ people there hear it together."
)


def _limit(limit: Limit | None) -> str:
    return limit.words if limit else "–"


def _levels(rule: SeverityRule) -> str:
    return "; ".join(f"{level} {_limit(limit)}" for level, limit in rule.time_at_level if limit) or "–"


ROWS = (
    ("Opens at", lambda rule: str(rule.start_level)),
    ("Told at once besides", lambda rule: ", ".join(rule.notify) or "nobody"),
    ("Acknowledge within", lambda rule: _limit(rule.ack)),
    ("Contain within", lambda rule: _limit(rule.contain)),
    ("Agree a plan within", lambda rule: _limit(rule.plan)),
    ("Resolve within", lambda rule: _limit(rule.resolve)),
    ("Longest without a plan", _levels),
    ("Say something at least every", lambda rule: _limit(rule.update)),
    ("Remind again after", lambda rule: _limit(rule.again)),
)


def _closed(calendar: WorkCalendar, today: date) -> str:
    """The working days on which nobody works: a year of them, and how many are known after that."""
    week = calendar.work_week
    coming = sorted(day for day in calendar.holidays if day >= today and WEEKDAYS[day.weekday()] in week)
    near = [when.day(day) for day in coming if day < today + LISTED]
    far = len(coming) - len(near)
    later = f"{far} more until {when.day(coming[-1])}" if far else ""
    return "; ".join(words for words in (", ".join(near), later) if words) or "no other day"


def invitation(made: Invitation, code: str, today: date, zone: str) -> Card:
    """For the side that invites: the code to hand over, and what it offers."""
    until = when.instant(made.until, zone)
    title = f"Invitation to {made.label}"
    offered = terms(made.terms, today) if made.terms else ()
    if made.state is not State.OPEN:
        return Card(title, (Notice(STATES[made.state]), *offered, Buttons((BACK,))), STATES[made.state])
    words = f"Give this code to {made.label}’s administrator: {code}" if code else LOST
    how = Text(
        f"They say “setup {code or 'and the code'}” in a direct message to Parley, on their own platform. "
        f"It works once, until {until}."
    )
    withdraw = Button("Withdraw", "setup.partner.withdraw", {"invitation": made.id})
    blocks = (Notice(words), how, *offered, Buttons((withdraw, BACK)))
    return Card(title, blocks, f"{title}, good until {until}")


LOST = "The code can no longer be shown; withdraw this invitation and make a new one."


def invited(made: Invitation, own: Side, is_open: bool, today: date) -> Card:
    """For the side that is invited: who invites, on what terms, and two buttons while it is open."""
    title = f"{made.name} invites you to a partnership"
    side = SIDES[made.side or own.other]
    who = Text(
        f"{made.name} is the {side}, you are the {SIDES[own]}. Accept, and both companies’ people see what "
        "is shared between you; nothing else of either company is seen by the other."
    )
    offered = terms(made.terms, today) if made.terms else ()
    if not is_open:
        state = STATES.get(made.state, "It is no longer open; ask for a new code.")
        return Card(title, (Notice(state), who, *offered, Buttons((BACK,))), f"{title}: {state}")
    hidden = {"invitation": made.id}
    buttons = (
        Button("Accept", "setup.accept", hidden, primary=True),
        Button("Refuse", "setup.refuse", hidden),
    )
    return Card(title, (who, *offered, Buttons(buttons)), title)


def partners(rows: tuple[tuple[str, str], ...], opened: tuple[Invitation, ...], zone: str) -> Card:
    """Every partnership, and the invitations that nobody has answered yet."""
    listed = [(company, words) for company, words in rows]
    listed += [(one.label, f"invited until {when.instant(one.until, zone)}") for one in opened]
    table = Table(("Partner", "State"), tuple(listed)) if listed else Text("You have no partner yet.")
    invite = Button("Invite a partner", "setup.partner.form", primary=not opened, opens=True)
    codes = tuple(
        Button(f"Invitation to {one.label}"[:75], "setup.partner.shown", {"invitation": one.id})
        for one in opened[:3]
    )
    end = (Buttons((Button("End a partnership", "setup.end"),)),) if rows else ()
    return Card("Your partners", (table, Buttons((*codes, invite, BACK)), *end))


def agreed(other: str) -> Card:
    """Both sides hear that it begins, with what comes next for each."""
    title = f"You and {other} are partners in Parley now"
    words = (
        "Next, name your people at each level, link your channel, and say who answers your emergency lines."
    )
    return Card(title, (Notice(words, Tone.GOOD), Buttons((Button("Go on", "setup", primary=True),))), title)


def refused(label: str) -> Card:
    """For the side that invited."""
    title = f"{label} has refused your invitation"
    words = "The code works no longer. You can invite them again, on other terms."
    again = Button("Invite a partner", "setup.partner.form", opens=True)
    return Card(title, (Notice(words, Tone.WARNING), Buttons((again, BACK))), title)
