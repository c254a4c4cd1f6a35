"""What happened to a decision, in one plain sentence for each line of the record."""

from collections.abc import Callable, Iterable, Mapping

from bot.cards.handed import handed
from bot.cards.setting import Setting
from bot.governance.decision import Status
from bot.records import Entry

HANDED = "decision.owner"


def told(history: Iterable[Entry]) -> tuple[Entry, ...]:
    """The lines that tell what happened to it, in their order."""
    return tuple(entry for entry in history if entry.what in SENTENCES or entry.what == HANDED)


def line(entry: Entry, here: Setting) -> str:
    """ "Wed 11 Nov 2026, 18:00 CET: Sofia Keller (Halcyra Therapeutics AG) approved it."."""
    return f"{here.time(entry.at)}: {sentence(entry, here)}"


def sentence(entry: Entry, here: Setting) -> str:
    """The same without the time, with the words people gave."""
    here = here.past
    who = here.name(entry.person) if entry.person else "Parley"
    if entry.what == HANDED:
        return f"{handed(who, entry.before, entry.after, here)}{_quoted(entry)}"
    return SENTENCES.get(entry.what, _changed)(who, entry)


def _quoted(entry: Entry) -> str:
    words = " ".join(entry.why.split())
    return f": “{words}”" if words else "."


def _final(entry: Entry) -> str:
    return " It is final." if (entry.after or {}).get("status") == Status.FINAL.value else ""


def _recorded(who: str, entry: Entry) -> str:
    own = " and approved it for their side" if (entry.after or {}).get("approvals") else ""
    return f"{who} recorded it{own}.{_final(entry)}"


def _approved(who: str, entry: Entry) -> str:
    return f"{who} approved it{_quoted(entry)}{_final(entry)}"


def _dissented(who: str, entry: Entry) -> str:
    return f"{who} thinks otherwise{_quoted(entry)}"


def _withdrawn(who: str, entry: Entry) -> str:
    return f"{who} withdrew it{_quoted(entry)}"


def _superseded(who: str, entry: Entry) -> str:
    return f"{(entry.after or {}).get('superseded_by') or entry.why} superseded it."


def _restored(who: str, entry: Entry) -> str:
    return f"It counts again: {entry.why} was taken without a quorum."


def _loaded(who: str, entry: Entry) -> str:
    return "It was taken from a file."


def _counted(who: str, entry: Entry) -> str:
    quorate = (entry.after or {}).get("quorum") == "quorate"
    return "Its session was closed: " + (
        "enough of both sides came."
        if quorate
        else "not enough of both sides came, so the chairs approve it."
    )


def _changed(who: str, entry: Entry) -> str:
    return f"{who} changed it{_quoted(entry)}"


SENTENCES: Mapping[str, Callable[[str, Entry], str]] = {
    "decision.record": _recorded,
    "decision.load": _loaded,
    "decision.ratify": _approved,
    "decision.dissent": _dissented,
    "decision.withdraw": _withdrawn,
    "decision.superseded": _superseded,
    "decision.restored": _restored,
    "decision.quorum": _counted,
}
