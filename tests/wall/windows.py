"""What one person has in front of them, as their platform has it, with what no two worlds share taken out."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

# Platform ids and times, trigger ids, nonces, once-only keys: each is called by its first appearance.
OPAQUE = re.compile(
    r"(?<![\w.])\d{10}\.\d{6}(?![\w.])"  # Slack's message ids
    r"|(?<!\w)1\d{12}(?!\w)"  # Teams' activity ids
    r"|\b\d{6,10}\.[0-9a-f]{8}\b"  # versions of Slack's modals
    r"|(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{32})(?![0-9a-f])"  # once-only keys, random ids
    r"|(?<![0-9a-f])[0-9a-f]{20}(?![0-9a-f])"  # drafts, notes: digests of the request that made them
    r"|(?<=PER-)[0-9a-f]{10}|(?<=ROOM-)[0-9a-f]{10}"
    r"|(?<=-RST-)[2-9B-Z]{4}"
    r"|\b(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}\b"  # codes of invitations
    r"|(?<=\bV)[0-9A-F]{10}\b"
    r"|(?<=/export/)[0-9a-f]+|\b[A-Z]\d-\d\d\b"  # a link, and the code that its page shows
)
HERE = re.compile(r"(?:127\.0\.0\.1|localhost):\d+")
DROPPED = frozenset({"ts", "root_id", "trigger_id", "action_ts", "external_id"})


class Names:
    """Opaque ids by the order in which one reader met them, so that what is the same stays the same."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def plain(self, native: Any) -> str:
        """Native JSON, or what is text already, as text with each opaque id under its name."""
        return OPAQUE.sub(self._name, native if isinstance(native, str) else written(native))

    def _name(self, found: re.Match[str]) -> str:
        return self.known.setdefault(found[0], f"#{len(self.known) + 1}")


def written(native: Any) -> str:
    """JSON, one value to a line, without addresses and delivery times."""
    return HERE.sub("here", json.dumps(_kept(native), indent=1, sort_keys=True, ensure_ascii=False))


def plain(value: Any) -> Any:
    """A value of the bot's own as JSON: what has no order is put into one."""
    match value:
        case Mapping():
            return {str(name): plain(one) for name, one in value.items()}
        case frozenset() | set():
            return sorted(map(str, value))
        case tuple() | list():
            return [plain(one) for one in value]
        case _ if is_dataclass(value):
            return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    return value if isinstance(value, int | None) else str(value)


def faceless(native: Any) -> str:
    """The same with every opaque id alike: what orders messages that came at the same moment."""
    return OPAQUE.sub("#", written(native))


def _kept(native: Any) -> Any:
    if isinstance(native, dict):
        return {name: _kept(value) for name, value in native.items() if name not in DROPPED}
    return [_kept(one) for one in native] if isinstance(native, list | tuple) else native


class Window:
    """Everything in one person's places and every form before them; `look` gives it as it is now."""

    def __init__(self, world: Any, name: str) -> None:
        self.world, self.face = world, world.people[name]
        self.names = Names()
        self.order: list[tuple[str, str]] = []
        self.edits: dict[tuple[str, str], int] = {}
        self.drawn: dict[tuple[str, str], tuple[Any, int, str]] = {}

    def look(self) -> dict[str, str]:
        """Each message and form by its place and position, in the order in which they came."""
        now = {(place, message[0]): message for place in self._places() for message in self._there(place)}
        fresh = (key for key in now if key not in self.drawn)
        self.order += sorted(fresh, key=lambda key: (key[0], faceless(self._told(now[key][1]))))
        seen = {f"{key[0]} · {number}": self._plain(key, now) for number, key in enumerate(self.order)}
        forms = [self.names.plain(one) for one in self._forms()]
        return seen | {f"form {number}": one for number, one in enumerate(forms)}

    def words(self) -> str:
        """Everything that Parley shows to this person now, as it came: nothing has another name."""
        there = (one for place in self._places() for _, one in self._there(place))
        told = [self._told(one) for one in there if one.author.bot]
        return "\n".join(map(written, (*told, *self._forms())))

    def _plain(self, key: tuple[str, str], now: Any) -> str:
        """A message as text; drawn again only where it is another one now."""
        message, edits = now.get(key, ("", None))[1], self.edits.get(key, 0)
        drawn, put, text = self.drawn.get(key, (self, 0, ""))
        if drawn is not message or put != edits:
            text = "gone" if message is None else self.names.plain({**self._told(message), "put": edits})
            self.drawn[key] = (message, edits, text)
        return text

    def heard(self, calls: list[dict[str, Any]]) -> None:
        """Count the edits that reached this person's places: one that changes nothing still shows."""
        for call in calls:
            for place in self._places():
                if call["method"] == "PUT" and f"/{place}/activities/" in call["path"]:
                    key = (place, call["path"].rpartition("/")[2])
                    self.edits[key] = self.edits.get(key, 0) + 1

    def _places(self) -> tuple[str, ...]:
        return (*self.face.channels, self.face.direct)

    def _there(self, place: str) -> Iterator[tuple[str, Any]]:
        """The messages of a place that this person may see, by the platform's id."""
        side = self.face.side
        if self._is_slack:
            return ((one.ts, one) for one in side.messages(self.face.id, place))
        return ((one.id, one) for one in side.messages(place))

    def _told(self, one: Any) -> dict[str, Any]:
        told = {"text": one.text, "author": one.author.name, "edited": bool(one.edited)}
        if self._is_slack:
            told |= {"blocks": one.blocks, "metadata": one.metadata, "thread": one.thread_ts}
            return told | {"only for": one.only_for, "edits": len(one.earlier)}
        told |= {"card": one.card, "own card": one.cards_for.get(self.face.id), "thread": one.reply_to}
        return told | {"note": one.notes_for.get(self.face.id)}

    @property
    def _is_slack(self) -> bool:
        return hasattr(self.face, "workspace")

    def _forms(self) -> Iterator[Any]:
        side = self.face.side
        if self._is_slack and (home := side.home(self.face.id)):
            yield home
        yield from side.views(self.face.id) if self._is_slack else side.dialogs(self.face.id)
