"""Home: what waits for one person, what they promised and own, their sessions, and how they are told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot import dates
from bot.cards import waiting, when
from bot.cards.issue_list import state_of, told_in
from bot.cards.setting import Setting, short, times
from bot.cards.waiting import Desk
from bot.governance.commitment import Commitment
from bot.governance.company import Absence
from bot.governance.digest import DigestSetting, Rhythm
from bot.governance.issue import Issue
from bot.governance.session import Committee, Session
from bot.governance.waiting import Wait
from bot.views import Block, Button, Buttons, Card, Facts, Notice, Table, Text, Tone

TOP = 5  # things to do that have their buttons here
TITLE = 80  # characters of a title in a table


@dataclass(frozen=True, slots=True)
class Home:
    """All of it; `issues` and `promises` are the first of as many as `open_issues` and `open_promises` say.

    `here` is what issues are told in, by `told_in`; `pages` say whether they have more than are shown.
    """

    desk: Desk
    waits: tuple[Wait, ...]
    promises: tuple[Commitment, ...]
    open_promises: int
    issues: tuple[Issue, ...]
    open_issues: int
    here: Mapping[str, Setting]
    sessions: tuple[tuple[Session, Committee], ...]
    digest: DigestSetting
    absence: Absence | None = None
    delegates: Mapping[str, str] = field(default_factory=dict)


def card(home: Home) -> Card:
    """From what is most pressing to what is set."""
    blocks = (
        *_away(home),
        *_waits(home),
        *_promises(home),
        *_issues(home),
        *_sessions(home),
        *_settings(home),
    )
    return Card("Home", blocks, summary(len(home.waits)))


def summary(count: int) -> str:
    """The line of a notification."""
    return f"Home: {_counted(count)}"


def _counted(count: int) -> str:
    if not count:
        return "nothing waits for you"
    return f"{count} thing{'s wait' if count > 1 else ' waits'} for you"


def _away(home: Home) -> tuple[Block, ...]:
    """Said first, because others are asked meanwhile."""
    if home.absence is None:
        return ()
    return (Notice(f"You are away {_absence(home, home.absence)}."),)


def _absence(home: Home, absence: Absence) -> str:
    delegate = home.delegates.get(absence.delegate, "")
    instead = f"; {delegate} stands in" if delegate else ""
    return f"from {when.day(absence.first)} to {when.day(absence.last)}{instead}"


def _waits(home: Home) -> tuple[Block, ...]:
    if not home.waits:
        return (Notice("Nothing waits for you.", Tone.GOOD),)
    count = len(home.waits)
    head = Notice(f"{count} thing{'s wait' if count > 1 else ' waits'} for you")
    rows = (
        part
        for at, one in enumerate(home.waits[:TOP])
        for part in waiting.row(one, home.desk, primary=at == 0)
    )
    rest = (Buttons((Button(f"All {count}", "home.waits"),)),) if count > TOP else ()
    return (head, *rows, *rest)


def _promises(home: Home) -> tuple[Block, ...]:
    if not home.promises:
        return (Text("You have no open promise.", quiet=True),)
    rows = tuple(promise_row(one, one.receiver, home.here.get(one.partnership)) for one in home.promises)
    head = Notice(_head("Your promise", home.open_promises))
    return (head, Table(PROMISE, rows), *_more("promises", home.open_promises, len(rows)))


PROMISE = ("Promise", "What", "Due", "To", "State")


def promise_row(promise: Commitment, other: str, here: Setting | None) -> tuple[str, ...]:
    """One line of a list of promises; `other` is who made it, or to whom it was made."""
    to = here.listed(other) if here else ""
    moved = f", moved {times(promise.times_moved)}" if promise.times_moved else ""
    state = f"{promise.state.value}{moved}"
    return (promise.number, short(promise.text, TITLE), when.day(promise.due), to, state)


def _issues(home: Home) -> tuple[Block, ...]:
    if not home.issues:
        return (Text("You have no open issue.", quiet=True),)
    rows = tuple(issue_row(one, home.here[told_in(one)]) for one in home.issues)
    head = Notice(_head("Your issue", home.open_issues))
    return (head, Table(ISSUE, rows), *_more("issues", home.open_issues, len(rows)))


ISSUE = ("Issue", "Title", "Severity", "State")


def issue_row(issue: Issue, here: Setting) -> tuple[str, ...]:
    """One line of a list of issues."""
    return (issue.number, short(issue.title, TITLE), issue.severity.value, state_of(issue, here))


def _head(what: str, count: int) -> str:
    return f"{what}s ({count})" if count > 1 else what


def _more(part: str, total: int, shown: int) -> tuple[Buttons, ...]:
    """The way to the whole list."""
    label = f"All {total}" if total > shown else "Open the list"
    return (Buttons((Button(label, "mine", {"part": part}),)),)


def _sessions(home: Home) -> tuple[Block, ...]:
    if not home.sessions:
        return ()
    rows = tuple((when.day(one.day), f"{committee.name} ({one.number})") for one, committee in home.sessions)
    return (Notice("Your next sessions"), Table(("Day", "Session"), rows))


def _settings(home: Home) -> tuple[Block, ...]:
    there = home.desk.now.astimezone(ZoneInfo(home.desk.zone))
    away = _absence(home, home.absence) if home.absence else "no"
    facts = Facts(
        (
            ("Digest", digest(home.digest)),
            ("Time zone", f"{home.desk.zone}, now {there:%H:%M}"),
            ("Away", away),
        )
    )
    change = Button("Digest", "digest.when", {"reader": home.digest.reader}, opens=True)
    absent = Button("Away", "setup.away", opens=True)
    return (Notice("Your settings"), facts, Buttons((change, absent)))


def digest(setting: DigestSetting) -> str:
    """ "every Monday at 07:30, paused until Thu 3 Dec 2026"."""
    paused = f", paused until {when.day(setting.paused_until)}" if setting.paused_until else ""
    match setting.rhythm:
        case Rhythm.DAILY:
            return f"every day at {setting.at:%H:%M}{paused}"
        case Rhythm.WEEKLY:
            return f"every {dates.DAYS[setting.weekday].capitalize()} at {setting.at:%H:%M}{paused}"
        case Rhythm.NONE:
            return "none"


def waits(found: tuple[Wait, ...], desk: Desk, page: int, size: int) -> Card:
    """Everything that waits, a page of it, each with its buttons."""
    shown = found[page * size : (page + 1) * size]
    title = _counted(len(found))
    if not shown:
        first = (Buttons((Button("First page", "home.waits"),)),) if found else ()
        return Card(f"{title[0].upper()}{title[1:]}", first)
    rows = tuple(part for one in shown for part in waiting.row(one, desk))
    last = page * size + len(shown)
    after = (Button("Next page", "home.waits", {"page": str(page + 1)}),) if last < len(found) else ()
    before = (Button("Previous page", "home.waits", {"page": str(page - 1)}),) if page else ()
    ways = (Buttons((*after, *before)),) if after or before else ()
    counted = f", {page * size + 1} to {last}" if ways else ""
    return Card(f"{title[0].upper()}{title[1:]}{counted}", (*rows, *ways))
