"""What somebody asks to take away, in words: an issue, a study, a partner, and words that narrow it."""

import re
from collections.abc import Mapping

from bot import grammar
from bot.actors import Actor
from bot.errors import Refusal
from bot.governance.export import About
from bot.governance.partnership import Partnership
from bot.handlers.export_gather import NothingToExport, anything
from bot.handlers.issue import SeveralIssues
from bot.handlers.issue_said import partner_of
from bot.handlers.issue_scope import NoPartnership
from bot.ports import Archive

MOST_WORDS, LONGEST_WORD = 8, 60
# A phrase between quotation marks is one word; a mark that is not closed is a sign like any other.
WORD = re.compile(r'"([^"]+)"|“([^”]+)”|(\S+)')
COMMITTEE = re.compile(
    r"(?:the )?(?:[a-z0-9]+-)?(?:joc|jsc|som|committees?)\b|.*\bjoint .*committee\b", re.IGNORECASE
)


class TooManyWords(Refusal):
    """A search takes at most 8 words of 60 characters each, in all; leave some out."""


class NoCommittees(Refusal):
    """Committees are not kept in Parley yet; export an issue (NOR-ISS-008), a study or a partnership."""


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
    """What the words ask for: "NOR-ISS-008", "HAL-301 enrolment", "Northmere", "" (the partnership).

    `partnership` is that of the room it was said in, if any. Raises NothingToExport where the reader may see
    nothing of it, WhichPartnership where it could be several.
    """
    if COMMITTEE.match(" ".join(text.split())):
        raise NoCommittees
    words = words_of(text)
    about = _issue(archive, reader, words) or _study(archive, reader, words, partnership)
    about = about or _partner(archive, reader, words)
    if about is None and words:
        about = About(partnership=partnership, words=words)
    about = about or About(partnership=partnership or _only(archive, reader).id)
    if not anything(archive, reader, about):
        raise NothingToExport
    return about


def _issue(archive: Archive, reader: Actor, words: tuple[str, ...]) -> About | None:
    """The first word is a record's number."""
    if not words or not grammar.is_number(words[0]):
        return None
    found = archive.issues_numbered(reader, words[0].lstrip("#"))
    if len(found) > 1:
        raise SeveralIssues(number=words[0], choices=" or ".join(one.number for one in found))
    if found:
        return About(issue=found[0].id, words=words[1:])
    if words[0].isdecimal():
        return None  # "104 enrolment": a word like any other
    raise NothingToExport


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
