"""What was typed: "TMF backlog, major, owner @annika, due next Friday" becomes fields, in any order."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot import dates
from bot.governance.partnership import Person

LONGEST = 4000  # characters of one message
NUMBER = re.compile(r"#?((?:[A-Z0-9]+-)*(?:ISS-\d+|RST-[A-Z0-9]+)|\d{1,6})", re.IGNORECASE)
SEVERITIES = ("critical", "major", "minor")
VISIBILITIES = ("shared", "internal", "restricted")
MARKED = {"owner": "owner", "due": "due", "study": "study", "severity": "severity", "category": "category"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that mean something to this speaker here: their studies and partners, and their today."""

    studies: tuple[str, ...]
    partners: tuple[str, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Said:
    """An issue as it was typed: the words of each field, not yet understood."""

    title: str
    fields: Mapping[str, str] = field(default_factory=dict)
    description: str = ""


def is_number(word: str) -> bool:
    """Whether a word is a record's number: NOR-ISS-008, #8, HAL-RST-K7Q2."""
    return NUMBER.fullmatch(word.strip()) is not None


def issue(text: str, known: Vocabulary) -> Said:
    """The first line's parts, split at commas; further lines are the description."""
    first, _, more = text.strip().partition("\n")
    title: list[str] = []
    fields: dict[str, str] = {}
    for part in _parts(first):
        name, value = _field(part, known)
        if name and name not in fields:
            fields[name] = value
        else:
            title.append(part)
    return Said(", ".join(title), fields, more.strip())


def _parts(line: str) -> list[str]:
    """Comma-separated, but "Nov 28, 2026" is one part."""
    parts = [part.strip() for part in line.split(",")]
    joined: list[str] = []
    for part in parts:
        if joined and re.fullmatch(r"\d{4}", part) and re.match(r"(due|by)\b", joined[-1], re.IGNORECASE):
            joined[-1] += f" {part}"
        elif part:
            joined.append(part)
    return joined


def _field(part: str, known: Vocabulary) -> tuple[str, str]:
    """The field a part names and its words; an empty name where it belongs to the title."""
    low = part.lower()
    if low in SEVERITIES:
        return "severity", low
    if low in VISIBILITIES:
        return "visibility", low
    if study := _one_of(low, known.studies):
        return "study", study
    word, _, rest = low.partition(" ")
    if word == "for" and (partner := _one_of(rest, known.partners)):
        return "partner", partner
    if word == "by" and dates.read(rest, known.today):
        return "due", rest
    name = MARKED.get(word.rstrip(":"))
    if name and rest and not (name == "due" and rest.startswith("to ")):
        return name, part[len(word) :].strip()
    return ("owner", part) if re.fullmatch(r"<?@\S[^,]*|<at>.*</at>", part) else ("", part)


def _one_of(low: str, names: tuple[str, ...]) -> str:
    """The name that is meant: in full, or by its first word."""
    return next((name for name in names if low in (name.lower(), name.lower().split(" ")[0])), "")


def fold(words: str) -> str:
    """Lower case without accents or marks, for comparing names."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[@.\-_]", " ", kept).split())


def people_called(words: str, people: Iterable[Person]) -> tuple[Person, ...]:
    """Everyone the words may mean: a full name first, else a first or last name, else how one begins."""
    said = fold(words)
    if not said:
        return ()
    everyone = tuple(people)
    for fits in (_whole, _part, _beginning):
        found = tuple(person for person in everyone if fits(said, person))
        if found:
            return found
    return ()


def _whole(said: str, person: Person) -> bool:
    return said in (fold(person.name), fold(person.handle), person.id.casefold().replace("-", " "))


def _part(said: str, person: Person) -> bool:
    return said in fold(person.name).split()


def _beginning(said: str, person: Person) -> bool:
    return len(said) >= 3 and any(name.startswith(said) for name in fold(person.name).split())


def nearest(words: str, choices: Iterable[str]) -> str:
    """The choice most like the words; the first one where nothing is."""
    listed = list(choices)
    close = difflib.get_close_matches(words.lower(), listed, n=1, cutoff=0.5)
    return close[0] if close else listed[0]
