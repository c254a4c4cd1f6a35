"""What somebody asks to take away, in words: an issue, a study, a partner, and words that narrow it."""

import re
from collections.abc import Iterator, Mapping

from bot import grammar
from bot.actors import Actor
from bot.errors import Refusal
from bot.governance.export import About
from bot.governance.partnership import Partnership
from bot.handlers.export_gather import NothingToExport
from bot.handlers.export_records import anything
from bot.handlers.issue import SeveralIssues
from bot.handlers.issue_said import partner_of
from bot.handlers.scope import NoPartnership
from bot.ports import Archive

MOST_WORDS, LONGEST_WORD = 8, 60
# A phrase between quotation marks is one word; a mark that is not closed is a sign like any other.
WORD = re.compile(r'"([^"]+)"|“([^”]+)”|(\S+)')
ARTICLE = "the"


class TooManyWords(Refusal):
    """A search takes at most 8 words of 60 characters each, in all; leave some out."""


class SeveralCommittees(Refusal):
    """{words} could be {choices}; say which, for example: export {example}"""


class WhichPartnership(Refusal):
    """Which partnership: {choices}? Say “export” and its name."""


def words_of(text: str) -> tuple[str, ...]:
    """The words to look for, each once. Raises TooManyWords."""
    parts = ("".join(found).strip().rstrip(",;") for found in WORD.findall(grammar.clean(text)))
    return _few(tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip())))


def pressed_words(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Those that a button carries; sent by hand they could be any number. Raises TooManyWords."""
    return _few(tuple(word for word in fields.get("words", "").split("\n") if word.strip()))


def _few(found: tuple[str, ...]) -> tuple[str, ...]:
    if len(found) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in found):
        raise TooManyWords
    return found


def meant(archive: Archive, reader: Actor, text: str, partnership: str = "") -> About:
    """What the words ask for: "NOR-ISS-008", "JOC", "HAL-301 enrolment", "Northmere", "" (the partnership).

    `partnership` is that of the room it was said in, if any. Raises NothingToExport where the reader may see
    nothing of it, WhichPartnership where it could be several.
    """
    words = words_of(text)
    about = _record(archive, reader, words) or _committee(archive, reader, words, partnership)
    about = about or _study(archive, reader, words, partnership) or _partner(archive, reader, words)
    if about is None and words:
        about = About(partnership=partnership, words=words)
    about = about or About(partnership=partnership or _only(archive, reader).id)
    if not anything(archive, reader, about):
        raise NothingToExport
    return about


def _record(archive: Archive, reader: Actor, words: tuple[str, ...]) -> About | None:
    """The first word is a record's number; a bare one is an issue's."""
    if not words or not grammar.is_number(words[0]):
        return None
    said = words[0].lstrip("#")
    found = [(one.id, one.number) for one in archive.issues_numbered(reader, said)]
    if not said.isdecimal():
        found += _beside(archive, reader, said)
    if len(found) > 1:
        raise SeveralIssues(number=words[0], choices=" or ".join(number for _, number in found))
    if found:
        return About(record=found[0][0], words=words[1:])
    if said.isdecimal():
        return None  # "104 enrolment": a word like any other
    return None if _committee(archive, reader, words, "") else _nothing()


def _beside(archive: Archive, reader: Actor, said: str) -> Iterator[tuple[str, str]]:
    """Decisions, commitments, action items and sessions of that number."""
    yield from ((one.id, one.number) for one in archive.decisions_numbered(reader, said))
    yield from ((one.id, one.number) for one in archive.commitments_numbered(reader, said))
    yield from ((one.id, one.number) for one in archive.actions_numbered(reader, said))
    if session := archive.meeting(reader, said.upper()):
        yield session.id, session.number


def _nothing() -> About:
    raise NothingToExport


def _committee(archive: Archive, reader: Actor, words: tuple[str, ...], partnership: str) -> About | None:
    """The words begin with a committee: its id, the end of that ("JOC"), or its whole name."""
    words = words[1:] if words and words[0].lower() == ARTICLE else words
    found: dict[str, About] = {}
    for home in archive.known_partnerships(reader):
        if partnership in ("", home.id):
            for one in archive.committees(reader, home.id):
                if many := _named(words, (one.id, one.id.rpartition("-")[2], one.name)):
                    found[one.id] = About("", "", home.id, one.id, words[many:])
    if len(found) > 1:
        choices = " or ".join(found)
        raise SeveralCommittees(words=words[0], choices=choices, example=next(iter(found)))
    return next(iter(found.values()), None)


def _named(words: tuple[str, ...], names: tuple[str, ...]) -> int:
    """How many of the words are one of those names, whole."""
    for name in names:
        parts = grammar.fold(name).split()
        said = [part for word in words for part in grammar.fold(word).split()]
        if parts and said[: len(parts)] == parts:
            return len(parts)
    return 0


def _study(archive: Archive, reader: Actor, words: tuple[str, ...], partnership: str) -> About | None:
    """One of the words is a study that the reader may know."""
    homes = [one.id for one in archive.known_partnerships(reader)]
    served = {home: archive.studies(reader, home) for home in homes}
    for at, word in enumerate(words):
        for study in dict.fromkeys(study for home in homes for study in served[home]):
            if grammar.fold(study) == grammar.fold(word):
                here = partnership if study in served.get(partnership, ()) else ""
                return About(study=study, partnership=here, words=(*words[:at], *words[at + 1 :]))
    return None


def _partner(archive: Archive, reader: Actor, words: tuple[str, ...]) -> About | None:
    """The words begin with a partner's name, or its first words; one's own company's means its only one."""
    for home in archive.known_partnerships(reader):
        for company in (partner_of(reader, home), archive.company(reader).name):
            if many := _begins(words, company):
                own = company != partner_of(reader, home)
                found = _only(archive, reader) if own else home
                return About(partnership=found.id, words=words[many:])
    return None


def _begins(words: tuple[str, ...], company: str) -> int:
    """How many of the words name that company."""
    name = grammar.fold(company).split()
    for many in range(min(len(words), len(name)), 0, -1):
        if [part for word in words[:many] for part in grammar.fold(word).split()] == name[:many]:
            return many
    return 0


def _only(archive: Archive, reader: Actor) -> Partnership:
    mine = archive.known_partnerships(reader)
    if not mine:
        raise NoPartnership
    if len(mine) > 1:
        raise WhichPartnership(choices=" or ".join(partner_of(reader, one) for one in mine))
    return mine[0]
