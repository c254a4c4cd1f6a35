"""Changing what was agreed, in words: what is in force, what would differ, and who has to answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.cards import when
from bot.cards.replayed import Replayed
from bot.cards.setup import BACK
from bot.cards.terms import MEANING, ROWS, facts_of, table_of, week_of
from bot.governance.calendar import WorkCalendar
from bot.governance.escalation import Policy, Rung, Severity
from bot.governance.proposal import Kind, Proposal, State
from bot.views import Block, Button, Buttons, Card, Facts, Notice, Table, Text, Tone

MOST = 8  # closed days named one by one in what would change
MEANINGS = (
    ("Acknowledge", "the other side says it has seen the issue; else it goes up one level"),
    ("Contain", "the harm is stopped, though not mended yet"),
    ("Agree a plan", "both sides agree on steps, an owner and a date"),
    ("Resolve", "it is mended, where no agreed plan sets another date"),
    ("Longest without a plan", "how long each level has to agree one; else it goes up"),
    ("Say something", "the longest silence once it is acknowledged"),
    ("Remind", "an alarm comes again where nothing has moved"),
    ("Hours", "run day and night; business days end at the close of day on your calendar"),
)
FROZEN = (
    "Issues that are open when it is agreed keep the policy they were raised under; new ones follow this."
)
TOMORROW = "It counts from the day after it is agreed, for open issues too; what is past stays as it was."
STATES = {
    State.AGREED: ("It was agreed", Tone.GOOD),
    State.DECLINED: ("It was declined", Tone.WARNING),
    State.WITHDRAWN: ("It was withdrawn", Tone.PLAIN),
    State.OVERTAKEN: ("A newer proposal took its place", Tone.PLAIN),
}


@dataclass(frozen=True, slots=True)
class Changing:
    """Terms in force with a partner, and what their reader would make of them.

    `wanted` is None where nothing is changed; `waiting` is an open proposal, `from_us` whether of one's own.
    """

    partnership: str
    other: str
    waiting: Proposal | None = None
    from_us: bool = False

    @property
    def hidden(self) -> dict[str, str]:
        """What a button has to know."""
        return {"partnership": self.partnership}


def which(kind: Kind, partners: tuple[tuple[str, str], ...]) -> Card:
    """With which partner? (id, name)"""
    title = f"The {kind.words}: with which partner?"
    choices = tuple(
        Button(name[:75], f"setup.{kind}", {"partnership": one}, primary=True) for one, name in partners
    )
    rows = tuple(Buttons(choices[start : start + 5]) for start in range(0, len(choices), 5))
    return Card(title, (*rows, Buttons((BACK,))), title)


def policy(about: Changing, in_force: Policy, wanted: Policy | None, replayed: Replayed | None) -> Card:
    """The policy in words, what one would change about it, and what that would have done."""
    title = f"Escalation policy with {about.other}"
    shown = wanted or in_force
    blocks: list[Block] = [_standing(about, f"In force: {in_force.words}", bool(wanted)), table_of(shown)]
    if shown.ladder:
        blocks.append(_ladder(shown.ladder))
    if wanted:
        blocks.append(_changes(policy_changes(in_force, wanted)))
        blocks += replayed.blocks if replayed else ()
    blocks += [Facts(MEANINGS), Text(MEANING, quiet=True)]
    change = tuple(
        Button(f"Change {one}", "setup.policy.form", {**about.hidden, "severity": one.value}, opens=True)
        for one in Severity
    )
    standard = Button("Take the standard one", "setup.policy.standard", about.hidden)
    aside = Button("Working calendar", "setup.calendar", about.hidden)
    blocks += [Buttons((*change, standard)), *_ways(about, Kind.POLICY, bool(wanted), aside)]
    return Card(title, tuple(blocks), title)


def calendar(about: Changing, in_force: WorkCalendar, wanted: WorkCalendar | None, now: datetime) -> Card:
    """The calendar in words, and what one would change about it."""
    title = f"Working calendar with {about.other}"
    blocks: list[Block] = [_standing(about, f"In force: {_named(in_force)}", bool(wanted))]
    if in_force.ends_soon(now):
        blocks.append(Notice(ending_words(in_force), Tone.WARNING))
    blocks.append(facts_of(wanted or in_force, now.date()))
    if wanted:
        blocks.append(_changes(calendar_changes(in_force, wanted, now.date())))
    change = Button("Change it", "setup.calendar.form", about.hidden, primary=not wanted, opens=True)
    aside = Button("Escalation policy", "setup.policy", about.hidden)
    blocks += [Buttons((change,)), *_ways(about, Kind.CALENDAR, bool(wanted), aside)]
    return Card(title, tuple(blocks), title)


def _named(in_force: WorkCalendar) -> str:
    return in_force.id if in_force.version == 1 else f"{in_force.id}, version {in_force.version}"


def _standing(about: Changing, in_force: str, changed: bool) -> Notice:
    """The one line on top."""
    if about.waiting and about.from_us:
        return Notice(f"{in_force}. Your proposal waits for {about.other}’s answer.")
    if about.waiting:
        return Notice(f"{in_force}. {about.other} proposes a change, which waits for you.", Tone.WARNING)
    if changed:
        return Notice(f"{in_force}. Below are your changes; nobody else sees them until you propose them.")
    return Notice(f"{in_force}.")


def _ways(about: Changing, kind: Kind, changed: bool, aside: Button) -> tuple[Buttons, ...]:
    """What can be done next."""
    ways: list[Button] = []
    if about.waiting:
        label = "See your proposal" if about.from_us else "See their proposal"
        seen = {"proposal": about.waiting.id}
        ways.append(Button(label, "setup.terms", seen, primary=not about.from_us))
    if changed:
        hidden = {**about.hidden, "kind": kind.value}
        ways.append(Button("Propose", "setup.terms.form", hidden, primary=True, opens=True))
        ways.append(Button("Drop my changes", "setup.terms.drop", hidden))
    return (Buttons((*ways, aside, BACK)),)


def _ladder(ladder: tuple[Rung, ...]) -> Table:
    rows = tuple(
        (
            f"{rung.level} {rung.name}".strip(),
            _role(rung.sponsor_role),
            _role(rung.cro_role),
            rung.forum or "–",
        )
        for rung in ladder
    )
    return Table(("Level", "Sponsor", "CRO", "Forum"), rows)


def _role(role: str) -> str:
    return role.replace("_", " ") or "–"


Changes = tuple[tuple[str, str, str], ...]


def policy_changes(before: Policy, after: Policy) -> Changes:
    """(what, now, then), for what differs."""
    return tuple(
        (f"{severity.capitalize()}: {label[0].lower()}{label[1:]}", was, becomes)
        for severity in Severity
        for label, tell in ROWS
        if (was := tell(before.rules[severity])) != (becomes := tell(after.rules[severity]))
    )


def calendar_changes(before: WorkCalendar, after: WorkCalendar, today: date) -> Changes:
    """The same, of the days to come."""
    coming = frozenset(day for day in before.holidays if day > today)
    added, gone = after.holidays - before.holidays, coming - after.holidays
    rows = [
        ("Working days", week_of(before), week_of(after)),
        ("Close of day", f"{before.day_ends_at:%H:%M} UTC", f"{after.day_ends_at:%H:%M} UTC"),
        ("Closed days added", "–", _days(day for day in added if day > today)),
        ("Closed days taken out", _days(gone), "–"),
    ]
    return tuple(row for row in rows if row[1] != row[2])


def _days(days: Iterable[date]) -> str:
    ordered = sorted(days)
    near = [when.day(day) for day in ordered[:MOST]]
    more = f"and {len(ordered) - MOST} more until {when.day(ordered[-1])}" if len(ordered) > MOST else ""
    return ", ".join(filter(None, (*near, more))) or "–"


def _changes(rows: Changes) -> Block:
    if not rows:
        return Text("Nothing would change.")
    return Table(("What would change", "Now", "Then"), rows)


def ending_words(in_force: WorkCalendar) -> str:
    """Why a calendar needs its partners’ attention."""
    last = max(in_force.holidays, default=None)
    known = f"no closed day is known after {when.day(last)}" if last else "no closed day is known"
    return f"In this calendar {known}; limits then run on public holidays too."


@dataclass(frozen=True, slots=True)
class Offered:
    """A proposal as one of both sides' administrators sees it: `proposer` and `other` are companies."""

    proposal: Proposal
    proposer: str
    other: str
    by: str
    answered_by: str
    own: bool
    changes: Changes
    zone: str
    replayed: Replayed | None = None

    @property
    def title(self) -> str:
        """What it is, in one line."""
        return f"{self.proposer} proposes another {self.proposal.kind.words}"


def proposal(offer: Offered) -> Card:
    """Who proposes what and why, what would have become of past issues, and the answers."""
    one = offer.proposal
    blocks: list[Block] = []
    if not one.is_open:
        blocks.append(_ended(offer))
    who = ("Proposed", f"by {offer.by}, {when.instant(one.at, offer.zone)}")
    blocks += [Facts((who, ("Why", one.why))), _changes(offer.changes)]
    if one.is_open and offer.replayed:
        blocks += offer.replayed.blocks
    if one.policy and one.is_open:
        blocks.append(table_of(one.policy))
    blocks.append(Text(FROZEN if one.kind is Kind.POLICY else TOMORROW, quiet=True))
    if one.is_open:
        blocks.append(Buttons(_answers(offer)))
    state = "" if one.is_open else f". {STATES[one.state][0]}."
    return Card(offer.title, tuple(blocks), f"{offer.title}{state}")


def _ended(offer: Offered) -> Notice:
    words, tone = STATES[offer.proposal.state]
    at, by_them = offer.proposal.answered_at, offer.proposal.state is not State.OVERTAKEN
    if at and by_them:
        words = f"{words} by {offer.answered_by or 'somebody'}, {when.instant(at, offer.zone)}"
    return Notice(f"{words}. {offer.proposal.reason}".strip(), tone)


def _answers(offer: Offered) -> tuple[Button, ...]:
    hidden = {"proposal": offer.proposal.id}
    if offer.own:
        return (Button("Withdraw", "setup.terms.withdraw", hidden), BACK)
    return (
        Button("Agree", "setup.terms.agree", hidden, primary=True),
        Button("Decline", "setup.terms.decline.form", hidden, opens=True),
        BACK,
    )


NEWS = {
    State.AGREED: "{other} agreed to the change of the {what} that {proposer} proposed; it is in force.",
    State.DECLINED: "{other} declined the change of the {what} that {proposer} proposed.",
    State.WITHDRAWN: "{proposer} has withdrawn the change of the {what} that waited for {other}’s answer.",
}


def news(offer: Offered) -> Card:
    """How a proposal ended, for both sides' administrators."""
    one = offer.proposal
    told = NEWS.get(one.state, "The proposal of {proposer} to change the {what} waits for {other}’s answer.")
    words = told.format(other=offer.other, proposer=offer.proposer, what=one.kind.words)
    title, tone = f"Another {one.kind.words}: {one.state}", STATES.get(one.state, ("", Tone.PLAIN))[1]
    blocks: list[Block] = [Notice(words, tone)]
    if one.reason:
        blocks.append(Facts((("Reason", one.reason),)))
    blocks.append(_changes(offer.changes))
    shows = Button("See what is in force", f"setup.{one.kind}", {"partnership": one.partnership})
    return Card(title, (*blocks, Buttons((shows,))), words)


def ends(partnership: str, other: str, in_force: WorkCalendar) -> Card:
    """Both sides' administrators hear that their calendar ends."""
    title = f"Your working calendar with {other} ends soon"
    last = max(in_force.holidays, default=None)
    if last is None:
        title = f"Your working calendar with {other} has no closed days"
    words = f"{ending_words(in_force)} Add countries or days, and let the other side agree: setup calendar"
    change = Button("Change it", "setup.calendar", {"partnership": partnership}, primary=True)
    return Card(title, (Notice(words, Tone.WARNING), Buttons((change,))), title)
