"""A record that somebody who left had a part in: who held it, and who holds it now."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.cards.setting import Setting

State = Mapping[str, Any]  # the changed fields of a record, as the record keeps them
PARTS = ("owner", "counterpart", "receiver")


def handed(who: str, before: State | None, after: State | None, here: Setting) -> str:
    """ "Priya … handed it over: the owner was Annika …; has left and is Rafael …"."""
    told = tuple(_parts(before or {}, after or {}, here))
    return f"{who} handed it over{': ' if told else ''}{'; '.join(told)}"


def _parts(before: State, after: State, here: Setting) -> Iterator[str]:
    for name in PARTS:
        if name in after:
            was, now = (here.name(str(state.get(name) or "")) for state in (before, after))
            yield f"the {name} was {was} and is {now}"
    earlier, later = (str((state.get("legal") or {}).get("owner") or "") for state in (before, after))
    if later and earlier != later:
        yield f"{here.name(later)} assesses it in place of {here.name(earlier)}"
    if "deciders" in after:
        old, new = (dict.fromkeys(state.get("deciders") or ()) for state in (before, after))
        gone = " and ".join(here.name(one) for one in old if one not in new)
        came = " and ".join(here.name(one) for one in new if one not in old)
        yield f"{came or 'nobody'} decides in place of {gone or 'nobody'}"
