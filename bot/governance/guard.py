"""What must not be written here, data about participants, and what belongs to the safety or quality line."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.governance.guard_patterns import BREACH, EVENT, NO_BREACH, PATTERNS, SHORT_EVENT, Pattern

BEFORE = 40  # characters before a hit that may say it is harmless
LONGEST_SIGN = 4  # plain signs in one: “ﬃ” is three, a blessing eighteen
MINUS = "\u2212"
UNKEPT = re.compile(r"[ _\t\r\f\v]+|[\x00-\x08\x0e-\x1f]+")


@dataclass(frozen=True, slots=True)
class Found:
    """What a text looks like; never a word of it.

    `participant` are the patterns that it looks like, each once. `event`: words of an adverse event.
    `breach`: words of a possible serious breach.
    """

    participant: tuple[Pattern, ...] = ()
    event: bool = False
    breach: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The patterns by name, as the record keeps them."""
        return tuple(pattern.name for pattern in self.participant)

    @property
    def harm(self) -> bool:
        """Whether it looks like harm to somebody, whether or not an adverse event is named."""
        return self.event or any(pattern.medical for pattern in self.participant)

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to stop and nowhere to point to."""
        return not (self.participant or self.event or self.breach)

    def and_also(self, other: "Found") -> "Found":
        """What both of two texts look like."""
        patterns = tuple(dict.fromkeys((*self.participant, *other.participant)))
        return Found(patterns, self.event or other.event, self.breach or other.breach)


def look(text: str) -> Found:
    """What a text looks like, in time that grows with its length. It misses and misfires: see the docs."""
    said = plain(text)
    small = said.lower()
    patterns = tuple(one for one in PATTERNS if _hits(one, said if one.cased else small))
    event = EVENT.search(small) or SHORT_EVENT.search(said)
    return Found(patterns, event is not None, _stands(BREACH, NO_BREACH, small))


def plain(text: str) -> str:
    """Without accents, unseen signs and fancy forms: one kind of dash, digit and space; lines stay."""
    if not text.isascii():
        text = "".join(sign if sign < "\x7f" else _unfolded(sign) for sign in text)
    return UNKEPT.sub(" ", text)


@lru_cache(maxsize=4096)
def _unfolded(sign: str) -> str:
    """One sign in plain ones; a sign that stands for whole words is none we look for."""
    parts = unicodedata.normalize("NFKD", sign)
    return "".join(map(_plain, parts)) if len(parts) <= LONGEST_SIGN else " "


def _plain(sign: str) -> str:
    match unicodedata.category(sign):
        case "Mn" | "Me" | "Cf":
            return ""
        case "Pd":
            return "-"
        case "Nd" | "No":
            return str(unicodedata.digit(sign, sign))
        case "Zs" | "Zl" | "Zp":
            return " "
    return "-" if sign == MINUS else sign


def _hits(pattern: Pattern, said: str) -> bool:
    return _stands(pattern.expression, pattern.unless, said)


def _stands(expression: re.Pattern[str], unless: re.Pattern[str] | None, said: str) -> bool:
    """Whether it stands anywhere without the words before it that make it harmless."""
    return any(
        unless is None or not unless.search(said[max(0, found.start() - BEFORE) : found.start()])
        for found in expression.finditer(said)
    )
