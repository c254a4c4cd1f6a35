"""What happened to a promise, in one plain sentence for each line of the record."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from bot.cards import when
from bot.cards.handed import handed
from bot.cards.issue_story import ended
from bot.cards.setting import Setting
from bot.records import FROM_FILE, Entry

State = Mapping[str, Any]  # the changed fields of a promise, as the record keeps them


def told(history: Iterable[Entry]) -> tuple[Entry, ...]:
    """The lines that tell what happened to the promise itself, in their order."""
    return tuple(entry for entry in history if entry.what in SENTENCES)


def line(entry: Entry, here: Setting) -> str:
    """ "Wed 11 Nov 2026, 18:00 CET: Marcus Adeyemi (Halcyra Therapeutics AG) accepted it."."""
    return f"{here.time(entry.at)}: {sentence(entry, here)}"


def sentence(entry: Entry, here: Setting) -> str:
    """The same without the time, with the reason people gave."""
    here = here.past
    who = here.name(entry.person) if entry.person else "Parley"
    if entry.erased:
        return f"{who} changed it; the words were redacted."
    return ended(SENTENCES.get(entry.what, _plainly("changed it"))(who, entry, here))


def _why(entry: Entry) -> str:
    why = " ".join(entry.why.replace(f"({FROM_FILE})", "").replace(FROM_FILE, "").split())
    return f": {why}" if why else ""


def _day(words: object) -> str:
    return when.day(date.fromisoformat(str(words)[:10])) if words else ""


def _made(who: str, entry: Entry, here: Setting) -> str:
    state: State = entry.after or {}
    by = f" by {_day(state.get('first_due'))}"
    if state.get("owner") == entry.person:
        return f"{who} promised it{by}"
    return f"{who} asked {here.name(str(state.get('owner', '')))} to promise it{by}"


def _moved(who: str, entry: Entry, here: Setting) -> str:
    was, now = (entry.before or {}).get("due"), (entry.after or {}).get("due")
    if was is None or now is None:
        return f"{who} says that it is not done yet{_why(entry)}"
    return f"{who} moved it from {_day(was)} to {_day(now)}{_why(entry)}"


def _for_another_day(who: str, entry: Entry, here: Setting) -> str:
    was, now = (entry.before or {}).get("due"), (entry.after or {}).get("due")
    asked = f", not by {_day(was)}" if was and was != now else ""
    day = f" by {_day(now)}{asked}" if now else ""
    return f"{who} accepted it{day}{_why(entry)}"


def _done(who: str, entry: Entry, here: Setting) -> str:
    on = _day((entry.after or {}).get("done_on"))
    return f"{who} said it is done{f', on {on}' if on else ''}{_why(entry)}"


def _confirmed(who: str, entry: Entry, here: Setting) -> str:
    if not entry.person:
        return "nobody said otherwise in five business days, so it counts as confirmed"
    return f"{who} confirmed that it is done{_why(entry)}"


def _waits(who: str, entry: Entry, here: Setting) -> str:
    until = (entry.after or {}).get("confirm_by")
    by = f"until {here.time(datetime.fromisoformat(str(until)))}" if until else "for one business day more"
    return f"Parley was not running as the five business days ended, so it can be confirmed or disputed {by}"


def _shown(who: str, entry: Entry, here: Setting) -> str:
    pieces = (entry.after or {}).get("evidence")
    last = pieces[-1] if isinstance(pieces, list) and pieces else {}
    words = str(last.get("words", "")) if isinstance(last, Mapping) else ""
    return f"{who} gave evidence{f': {words}' if words else ''}"


def _late(who: str, entry: Entry, here: Setting) -> str:
    return f"it was not done by {_day(((entry.after or {}).get('rang') or {}).get('late'))}"  # type: ignore[attr-defined]  # rang is a mapping, if it is there


def _limit(who: str, entry: Entry, here: Setting) -> str:
    return "it is more than five business days late, and those who decide on each side were told"


def _plainly(words: str) -> Callable[[str, Entry, Setting], str]:
    return lambda who, entry, here: f"{who} {words}{_why(entry)}"


SENTENCES: Mapping[str, Callable[[str, Entry, Setting], str]] = {
    "commit.make": _made,
    "commit.load": lambda who, entry, here: f"it was taken over from an earlier record{_why(entry)}",
    "commit.accept": _plainly("accepted it"),
    "commit.another_date": _for_another_day,
    "commit.decline": _plainly("declined it"),
    "commit.change": _plainly("put it right"),
    "commit.move": _moved,
    "commit.done": _done,
    "commit.confirm": _confirmed,
    "commit.wait": _waits,
    "commit.dispute": _plainly("disputes it"),
    "commit.withdraw": _plainly("withdrew it"),
    "commit.evidence": _shown,
    "commit.late": _late,
    "commit.limit": _limit,
    "commit.owner": lambda who, entry, here: handed(who, entry.before, entry.after, here) + _why(entry),
}
