"""What is known of a promise, as pairs of a label and its value, and its evidence."""

import re
from collections.abc import Iterator

from bot.cards import when
from bot.cards.issue_facts import HEADLINE, WHOLE, who_sees
from bot.cards.setting import Setting, short, times
from bot.governance.commitment import Commitment, Evidence, Move, State
from bot.views import Block, Facts, Link

URL = re.compile(r"https://[^\s<>\"|]+")
MOVES, PIECES = 3, 3  # of each, the newest, that stand on the card


def headline(promise: Commitment) -> str:
    """ "NOR-CMT-011: Recovery plan for the backlog"."""
    return f"{promise.number}: {promise.text}"


def facts(promise: Commitment, here: Setting, longest: int) -> Facts:
    """Who to whom, both dates with the reasons between them, who sees it; only what there is."""
    text = (("Promise", promise.text),) if len(headline(promise)) > HEADLINE else ()
    pairs = (
        *text,
        ("Promised by", here.name(promise.owner)),
        ("To", here.name(promise.receiver)),
        *_dates(promise, here, longest),
        ("Done" if promise.state.over else "Said to be done", _done(promise)),
        ("Study", promise.study),
        *((_label(name), value) for name, value in promise.linked.items()),
        ("Made", _made(promise, here)),
        ("Seen by", who_sees(promise.visibility, here.partnership)),
    )
    return Facts(tuple((label, value) for label, value in pairs if value))


def _dates(promise: Commitment, here: Setting, longest: int) -> Iterator[tuple[str, str]]:
    """The first date is kept for ever; a day off is said, and kept."""
    if promise.times_moved:
        yield "First date", when.day(promise.first_due)
    yield "Due", f"{when.day(promise.due)}{_closed(promise, here)}{_moved(promise)}"
    shown = promise.moves if longest == WHOLE else promise.moves[-MOVES:]
    if shown:
        yield "Moved", "\n".join(_move(one, here, longest) for one in shown)


def _closed(promise: Commitment, here: Setting) -> str:
    """Said of a day that is no business day, which stays what was promised."""
    if here.calendar is None or promise.state.over or here.calendar.is_business_day(promise.due):
        return ""
    holiday = promise.due in here.calendar.holidays
    return (
        f", which is {'a holiday' if holiday else 'no business day'} of this partnership and stays the date"
    )


def _moved(promise: Commitment) -> str:
    return f", moved {times(promise.times_moved)}" if promise.times_moved else ""


def _move(one: Move, here: Setting, longest: int) -> str:
    to = f"{when.day(one.was)} to {when.day(one.due)}"
    return f"{to}: {short(one.why, longest)} ({here.called(one.by)}, {when.day(one.at.date())})"


def _done(promise: Commitment) -> str:
    """The day its owner gave, and how that is to the first date."""
    if promise.done_on is None:
        return ""
    late = (promise.done_on - promise.first_due).days
    days = f"{late} calendar day{'s' if late != 1 else ''} after"
    kept = f"{days} its first date" if late > 0 else "by its first date"
    return f"{when.day(promise.done_on)}, {kept}"


def _made(promise: Commitment, here: Setting) -> str:
    by = f"{here.called(promise.made_by)}, " if promise.made_by else ""
    source = "" if promise.source == "chat" else f", from {promise.source}"
    return f"{by}{here.time(promise.made_at)}{source}"


def evidence(promise: Commitment, longest: int) -> tuple[Block, ...]:
    """What shows it: addresses to open, and where else it lies."""
    shown = promise.evidence if longest == WHOLE else promise.evidence[-PIECES:]
    links = tuple(Link(f"Evidence: {short(one.words, 100)}", one.words) for one in shown if _opens(one))
    plain = tuple(("Evidence", short(one.words, longest)) for one in shown if not _opens(one))
    more = len(promise.evidence) - len(shown)
    further = (("Evidence", f"{more} more"),) if more else ()
    words = (*plain, *further)
    return (*links, Facts(words)) if words else links


def _opens(one: Evidence) -> bool:
    return URL.fullmatch(one.words) is not None and len(one.words) <= 1000


def reminding(promise: Commitment) -> str:
    """ "on the morning of the day, and 2 business days before it"; "" where there is nothing to remind of."""
    if promise.state is not State.ACCEPTED:
        return ""
    days = sorted((one for one in promise.remind if one), reverse=True)
    before = f"{' and '.join(map(str, days))} business day{'s' if days != [1] else ''} before" if days else ""
    morning = "on the morning of the day" if 0 in promise.remind else ""
    said = ", and ".join(part for part in (before, morning) if part) or "never before the day"
    quiet = f"; quiet until {when.day(promise.snoozed_until)}" if promise.snoozed_until else ""
    return f"{said}{quiet}"


def _label(name: str) -> str:
    """What a link is called: "Change order" for change_order; "KPI" is no word but an abbreviation."""
    return "KPI" if name == "kpi" else name.replace("_", " ").capitalize()
