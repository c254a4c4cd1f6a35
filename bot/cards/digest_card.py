"""The digest itself: the few lines of each group that matter most, how many there are, and what to press."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.cards import commit_story, decision_story, issue_story, waiting, when
from bot.cards.issue_clocks import LABELS, NEAR, remaining
from bot.cards.setting import Setting, short, times
from bot.cards.waiting import NO_CARD, Desk
from bot.digests import Change, Named, Page, SideKept, Unreached
from bot.governance.calendar import WorkCalendar
from bot.governance.clocks import Clock, Kind, running
from bot.governance.commitment import Commitment
from bot.governance.issue import Issue
from bot.governance.visibility import Side
from bot.governance.waiting import Wait
from bot.records import Entry
from bot.views import Bar, Bars, Block, Button, Buttons, Card, Facts, Notice, Text, Tone

SHOWN = 5  # of each group: it stays readable, and no platform's limit is near
TITLE = 80  # characters of a record's own words in a line
MOST, PART = 40, 10  # lines of a whole list, and those that a platform drops together where it is too long
STORIES: Mapping[str, Callable[[Entry, Setting], str]] = {
    "issue": issue_story.sentence,
    "commit": commit_story.sentence,
    "decision": decision_story.sentence,
}
PLAIN = {"action.add": "noted it", "action.done": "did it", "action.drop": "dropped it"}
KINDS = {"alarm": "alarm", "breach": "alarm", "card": "card", "news": "news", "remind": "reminder"}


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything one reader is told at one moment. `here` and `calendars` are by partnership.

    `reader` names the setting it belongs to ("person:PER-01"); `channel` is the name of a room, "" for a
    person. `kept` is drawn where nothing runs out; `sent` is the wall time since which deliveries are told.
    """

    reader: str
    now: datetime
    since: datetime
    zone: str
    here: Mapping[str, Setting] = field(default_factory=dict)
    calendars: Mapping[str, WorkCalendar] = field(default_factory=dict)
    channel: str = ""
    waits: Page[Wait] = field(default_factory=Page)
    changed: Page[Change] = field(default_factory=Page)
    legal: tuple[Issue, ...] = ()
    soon: Page[Issue] = field(default_factory=Page)
    promises: Page[Commitment] = field(default_factory=Page)
    unreached: tuple[Unreached, ...] = ()
    sent: datetime | None = None
    kept: tuple[SideKept, ...] = ()

    @property
    def running(self) -> tuple[Issue, ...]:
        """The legal clocks, then what runs out soonest."""
        return (*self.legal, *self.soon.rows)[:SHOWN]

    @property
    def running_total(self) -> int:
        """How many of both; no issue is in both."""
        return len(self.legal) + self.soon.total

    @property
    def partnerships(self) -> frozenset[str]:
        """Those whose people or days are named in it."""
        named = (one.record.partnership for one in self.changed.rows)
        lost = (one.record.partnership for one in self.unreached)
        waits, issues = (
            (one.partnership for one in self.waits.rows),
            (one.partnership for one in self.running),
        )
        return frozenset((*named, *lost, *waits, *issues, *(one.partnership for one in self.promises.rows)))

    @property
    def counts(self) -> tuple[tuple[int, str], ...]:
        """How many of each group, in words for a notification."""
        return (
            (self.waits.total, "waiting for you"),
            (self.changed.total, "changed"),
            (self.running_total, "running out"),
            (self.promises.total, "promised and due"),
            (len(self.unreached), "not delivered"),
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not any(count for count, _ in self.counts)


def card(told: Digest) -> Card:
    """What waits comes first, then what changed, what runs out, what was promised, what was not delivered."""
    summary = ", ".join(f"{count} {words}" for count, words in told.counts if count)
    blocks = (*_waits(told), *_changed(told), *_running(told), *_promises(told), *_unreached(told))
    since, now = (when.instant(at, told.zone) for at in (told.since, told.now))
    change = Button("Change when it comes", "digest.when", {"reader": told.reader}, opens=True)
    last = (*_kept(told), Text(f"Since {since}; as things stand {now}.", quiet=True), Buttons((change,)))
    return Card(title(told), (*blocks, *last), f"Digest: {summary}")


def quiet(told: Digest) -> Card:
    """Nothing to tell, in one line."""
    waits = "Nothing has changed" if told.channel else "Nothing waits for you and nothing has changed"
    line = f"{waits} since {when.instant(told.since, told.zone)}."
    return Card(title(told), (Text(line, quiet=True),), line)


def title(told: Digest) -> str:
    """ "Your digest, Mon 23 Nov 2026"."""
    whose = f"Digest of {told.channel}" if told.channel else "Your digest"
    return f"{whose}, {when.day(when.local(told.now, told.zone))}"


def _head(words: str, total: int, shown: int) -> Notice:
    return Notice(f"{words}: {total}" + (f" (the first {shown})" if total > shown else ""))


def _all(total: int, shown: int, label: str, verb: str, **fields: str) -> tuple[Button, ...]:
    """The way to the whole list, where not all of it is here."""
    return (Button(label, verb, fields),) if total > shown else ()


def _row(records: Iterable[Named], *more: Button) -> tuple[Buttons, ...]:
    """Each record under its number, once, and the way to all of them."""
    shown = {one.id: _shown(one) for one in records if one.noun not in NO_CARD}
    buttons = (*shown.values(), *more)
    return (Buttons(buttons),) if buttons else ()


def _shown(record: Named) -> Button:
    return Button(record.number, f"{record.noun}.show", {record.noun: record.id}, opens=True)


def _waits(told: Digest) -> Iterator[Block]:
    page = told.waits
    if not page.total:
        return
    yield _head("Waits for you", page.total, len(page.rows))
    yield from _each(page.rows, told)
    yield from _row((), *_all(page.total, len(page.rows), f"All {page.total}", "home.waits"))


def _each(rows: Iterable[Wait], told: Digest) -> Iterator[Block]:
    """As home has them, too."""
    names = {one.id: one.name for here in told.here.values() for one in here.people.values()}
    others = {
        home: here.company(here.reader.side.other) for home, here in told.here.items() if here.reader.side
    }
    desk = Desk(told.now, told.zone, names, others if len(others) > 1 else {})
    for at, one in enumerate(rows):
        yield from waiting.row(one, desk, primary=at == 0)


def _changed(told: Digest) -> Iterator[Block]:
    page = told.changed
    if not page.total:
        return
    yield _head("Changed", page.total, len(page.rows))
    yield Facts(tuple((one.record.number, _change(one, told)) for one in page.rows))
    further = _all(page.total, len(page.rows), "All open issues", "issue.list")
    yield from _row((one.record for one in page.rows), *further)


def _change(change: Change, told: Digest) -> str:
    """What happened last, and how much more."""
    here, more = told.here.get(change.record.partnership), change.count - 1
    further = f" And {more} more change{'s' if more > 1 else ''}." if more else ""
    return f"{short(change.record.title, TITLE)}: {_said(change, here)}{further}"


def _said(change: Change, here: Setting | None) -> str:
    entry = change.last
    if here is None:
        return "there is news."
    who = here.past.name(entry.person) if entry.person else "Parley"
    if entry.what.endswith(".note"):
        return f"{who} kept a note for your own company."
    story = STORIES.get(change.record.noun)
    return short(story(entry, here)) if story else f"{who} {PLAIN.get(entry.what, 'changed it')}."


def _running(told: Digest) -> Iterator[Block]:
    """The picture: of each clock how much is used, and the same in words."""
    found, total = told.running, told.running_total
    if not total:
        return
    yield _head("About to run out", total, len(found))
    yield Bars(tuple(_bar(one, told) for one in found))
    records = (Named("issue", one.id, one.number, one.title, one.partnership) for one in found)
    further = _all(total, len(found), "All open issues", "issue.list")
    yield from _row(records, *further)


def _bar(issue: Issue, told: Digest) -> Bar:
    label = f"{issue.number} {short(issue.title, TITLE // 2)}"
    calendar = told.calendars.get(issue.partnership)
    clock = _clock(issue, calendar, told.now) if calendar else None
    if clock is None or calendar is None:
        return Bar(label, 1.0, f"due {when.day(issue.due)}" if issue.due else "due soon", Tone.WARNING)
    named = LABELS[clock.kind].format(level=issue.level)
    if clock.kind is Kind.LEGAL and issue.legal:
        until = f"until the end of {when.day(issue.legal.due)}"
    else:
        until = when.instant(clock.at, told.zone)
    used, late = clock.used(told.now), clock.late(told.now)
    tone = Tone.ALARM if late else Tone.WARNING if used >= NEAR else Tone.GOOD
    return Bar(label, used, f"{named}: {remaining(clock, told.now, calendar)}, {until}", tone)


def _clock(issue: Issue, calendar: WorkCalendar, now: datetime) -> Clock | None:
    """Its legal clock where one runs, else what runs out next."""
    clocks = running(issue, calendar)
    law = next((one for one in clocks if one.kind is Kind.LEGAL), None)
    ahead = [one for one in clocks if not one.late(now)]
    return law or min(ahead, key=lambda one: one.at, default=None)


def _promises(told: Digest) -> Iterator[Block]:
    page = told.promises
    if not page.total:
        return
    yield _head("Promises due and slipped", page.total, len(page.rows))
    yield Facts(tuple((one.number, _promise(one, told)) for one in page.rows))
    records = (Named("commit", one.id, one.number, one.text, one.partnership) for one in page.rows)
    further = _all(page.total, len(page.rows), "All open promises", "commit.list")
    yield from _row(records, *further)


def _promise(promise: Commitment, told: Digest) -> str:
    here, calendar = told.here.get(promise.partnership), told.calendars.get(promise.partnership)
    owner = here.name(promise.owner) if here else "its owner"
    today = when.local(told.now, told.zone)
    late = _late(promise.due, today, calendar)
    moved = f", moved {times(promise.times_moved)}" if promise.times_moved else ""
    return f"{short(promise.text, TITLE)}: {owner}, due {when.day(promise.due)}{late}{moved}"


def _late(due: date, today: date, calendar: WorkCalendar | None) -> str:
    if due >= today:
        return ", today" if due == today else ""
    days = calendar.business_days_between(due, today) if calendar else (today - due).days
    return f", {days} business day{'s' if days != 1 else ''} late" if days else ", late"


def _unreached(told: Digest) -> Iterator[Block]:
    if not told.unreached:
        return
    shown = told.unreached[:SHOWN]
    yield _head("Not delivered", len(told.unreached), len(shown))
    yield Facts(tuple((one.record.number, _lost(one, told)) for one in shown))
    fields = {"reader": told.reader, "sent": told.sent.isoformat() if told.sent else ""}
    further = _all(len(told.unreached), len(shown), f"All {len(told.unreached)}", "digest.lost", **fields)
    yield from _row((one.record for one in shown), *further)


def lost(told: Digest) -> Card:
    """All that did not reach somebody."""
    rows = tuple((one.record.number, _lost(one, told)) for one in told.unreached)
    groups = tuple(Facts(rows[at : at + PART]) for at in range(0, min(len(rows), MOST), PART))
    further = (Text(f"and {len(rows) - MOST} more", quiet=True),) if len(rows) > MOST else ()
    return Card(f"Not delivered: {len(rows)}", (*groups, *further) or (Text("Everything has arrived."),))


def _lost(one: Unreached, told: Digest) -> str:
    here = told.here.get(one.record.partnership)
    whom = one.room or (here.name(one.person) if here else "somebody")
    kind = KINDS.get(one.kind.rpartition(".")[2], "message")
    fate = "did not reach" if one.lost else "may not have reached"
    return f"{short(one.record.title, TITLE)}: its {kind} {fate} {whom}"


def _kept(told: Digest) -> tuple[Block, ...]:
    """Where no clock is drawn: how each side kept its promises."""
    rows = [one for one in told.kept if one.due]
    if told.running or not rows or not told.here:
        return ()
    bars = tuple(Bar(_side(one.side, told), one.kept / one.due, f"{one.kept} of {one.due}") for one in rows)
    return (_head_of_kept(), Bars(bars))


def _head_of_kept() -> Notice:
    return Notice("Promises of the last 90 days kept by their first date")


def _side(side: Side, told: Digest) -> str:
    """The company where it is one for all partnerships, else the side."""
    names = {here.company(side) for here in told.here.values()}
    return names.pop() if len(names) == 1 else ("Sponsor" if side is Side.SPONSOR else "CRO")
