"""What words must not name once more people read them: other records, partners, studies and people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.governance.guard import plain

NUMBER = re.compile(
    r"(?<![\w-])(?:(?:[A-Z0-9]{1,12}-){0,3}(?:(?:ISS|TRI)-\d{1,9}|RST-[A-Z0-9]{2,12}))(?![\w-])", re.I
)
RECORD = re.compile(r"(?<![\w-])([A-Z]{2,6})(?:-[A-Z]{2,6}){1,2}-[A-Z0-9]{1,6}(?![\w-])")
ORDINARY = frozenset({"the", "first", "global", "united", "general", "clinical", "international", "data"})
SHORTEST = 4  # letters of a name that is looked for alone


@dataclass(frozen=True, slots=True)
class Hidden:
    """What the new readers may not know of. `codes` begin the numbers of records that they never see.

    `known` are the names of people whom they know: a family name that is also one of theirs tells nothing.
    """

    companies: tuple[str, ...] = ()
    studies: tuple[str, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    codes: frozenset[str] = frozenset()
    known: tuple[str, ...] = ()


def numbers(words: str) -> tuple[str, ...]:
    """The numbers of issues that are written in it, each once."""
    return tuple(dict.fromkeys(found[0] for found in NUMBER.finditer(plain(words))))


def named(words: str, hidden: Hidden) -> str:
    """The first words in it that name something hidden, as they are written there; "" where none does."""
    said = plain(words)
    hits = [hit for one in _expressions(hidden) if (hit := one.search(said))]
    hits += [hit for hit in RECORD.finditer(said) if hit[1] in hidden.codes]
    return min(hits, key=lambda hit: hit.start())[0] if hits else ""


def _expressions(hidden: Hidden) -> Iterator[re.Pattern[str]]:
    for company in hidden.companies:
        first = plain(company).split()[0]
        alone = len(first) >= SHORTEST and first.lower() not in ORDINARY
        yield _whole(first if alone else plain(company), re.I)
    for study in hidden.studies:
        yield _whole(study, re.I)
    families = {plain(name).split()[-1] for name in hidden.known if name.strip()}
    for name, handle in hidden.people:
        yield from _person(plain(name), handle, families)


def _person(name: str, handle: str, families: set[str]) -> Iterator[re.Pattern[str]]:
    """In full, the other way round, by the name in their address, or by family name with a capital."""
    *_, family = name.split() or [""]
    yield _whole(name, re.I)
    yield re.compile(rf"\b{re.escape(family)}, {re.escape(name.removesuffix(family).strip())}\b", re.I)
    if "." in handle:
        yield _whole(handle, re.I)
    if len(family) >= SHORTEST and family not in families:
        yield _whole(family)


def _whole(words: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """These words and no longer ones; a dash in them may be a space or missing."""
    parts = (re.escape(part) for part in re.split(r"[\s-]+", words.strip()))
    return re.compile(rf"(?<!\w){'[ -]?'.join(parts)}(?!\w)", flags)
