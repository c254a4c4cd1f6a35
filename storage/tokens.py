"""Words as they are compared, on both databases alike: composed, without regard to case, letter by letter."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

# Letters and digits, with the accents that no composed letter has; and "10%" is not "10".
TOKEN = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+%?")
LONGEST = 60  # characters of a token that count: PostgreSQL refuses what has more than 2,046 bytes
AROUND = 30  # characters of an excerpt before and after the word

Spans = list[tuple[str, int, int]]


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, in their order: "NOR-ISS-008" is three of them. Umlauts and accents count."""
    return tuple(token for token, _, _ in _spans(unicodedata.normalize("NFC", text)))


def written(text: str) -> str:
    """As the table of said words keeps them: with single spaces between them."""
    return " ".join(tokens(text))


def holds(kept: str, wanted: Sequence[str]) -> bool:
    """Whether what `written` gave holds these words one after another, the last one by its beginning."""
    return f" {' '.join(wanted)}" in f" {kept}"


def excerpt(text: str, wanted: Sequence[str]) -> str:
    """What stands around the first place where `text` holds these words."""
    shown = " ".join(unicodedata.normalize("NFC", text).split())
    start, end = next(_places(_spans(shown), tuple(wanted)), (0, 0))
    start, end = max(0, start - AROUND), end + AROUND
    return f"{'…' if start else ''}{shown[start:end].strip()}{'…' if end < len(shown) else ''}"


def _places(spans: Spans, wanted: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for at in range(len(spans) - len(wanted) + 1):
        some = spans[at : at + len(wanted)]
        *whole, last = (token for token, _, _ in some)
        if tuple(whole) == wanted[:-1] and last.startswith(wanted[-1]):
            yield some[0][1], some[-1][2]


def _spans(composed: str) -> Spans:
    found = ((_folded(one[0]), one.start(), one.end()) for one in TOKEN.finditer(composed))
    return list(found)


def _folded(token: str) -> str:
    if token.isascii():
        return token[:LONGEST].lower()
    return unicodedata.normalize("NFC", token.casefold())[:LONGEST]
