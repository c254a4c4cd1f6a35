"""Who is named in running words: "Rafael and @Tomasz Wierzbicki" are two people who stand together."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot import grammar
from bot.governance.partnership import Person
from bot.sentences import Word

LONGEST_NAME = 4  # words
TOGETHER = ("and", "or", "und", "oder", "et", "ou")
OWNS = re.compile(r"['’]s?$")
GREETING = (
    *("hi", "hello", "dear", "hey", "hallo", "bonjour", "ciao", "thanks", "morning"),
    *("action", "ai", "ap", "todo"),
)
POLITE = (*GREETING, "please", "and", "&", "also", "cc")

Names = Mapping[str, tuple[str, ...]]
Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody is named here; several people where the name is not theirs alone, or several stand together.

    `owns`: something of theirs is meant ("Marcus’s plan"), not they themselves.
    """

    first: int
    after: int
    people: tuple[str, ...]
    owns: bool = False


def names(people: Iterable[Person]) -> Names:
    """By folded name, or part of one, the ids of everybody who is called so."""
    found: dict[str, tuple[str, ...]] = {}
    for person in people:
        whole = grammar.fold(person.name)
        written = [grammar.fold(part) for part in person.name.split()]  # "Wei-Ling Tan" is called Wei-Ling
        for part in dict.fromkeys((whole, *written, *whole.split(), grammar.fold(person.handle))):
            found[part] = (*found.get(part, ()), person.id)
    return found


def called(words: Words, known: Names) -> tuple[Called, ...]:
    """Who is named where, longest names first; a name needs its capital or its @."""
    found: list[Called] = []
    place = 0
    while place < len(words):
        one = _name_at(words, place, known)
        place = one.after if one else place + 1
        if one and found and _stand_together(words, found[-1], one):
            before = found.pop()
            people = tuple(dict.fromkeys((*before.people, *one.people)))
            one = Called(before.first, one.after, people, one.owns)
        if one:
            found.append(one)
    return tuple(found)


def spoken_to(words: Words, people: Iterable[Called]) -> tuple[Called, ...]:
    """Those who are spoken to: at the beginning, after "please" or a greeting."""
    found: list[Called] = []
    place = 0
    for one in people:
        if any(word.low not in POLITE for word in words[place : one.first]):
            break
        found.append(one)
        place = one.after
    return tuple(found)


def _stand_together(words: Words, one: Called, other: Called) -> bool:
    return other.first == one.after + 1 and words[one.after].low in TOGETHER


def _name_at(words: Words, place: int, known: Names) -> Called | None:
    """Whose name stands here."""
    if not (words[place].bare[:1] == "@" or words[place].bare[:1].isupper()):
        return None
    for length in range(min(LONGEST_NAME, len(words) - place), 0, -1):
        part = words[place : place + length]
        if any(word.breaks for word in part[:-1]):
            continue
        said = " ".join(word.bare for word in part)
        plain = OWNS.sub("", said)
        if found := known.get(grammar.fold(plain)):
            return Called(place, place + length, found, plain != said)
    return None
