"""What was typed: "TMF backlog, major, owner @annika, due next Friday" becomes fields, in any order."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from bot import dates
from bot.governance.partnership import Person

LONGEST = 4000  # characters of one message
LONGEST_NAME = 200
COUNTED = "ISS|TRI|DEC|CMT|ACT|MTG"
NUMBER = re.compile(rf"#?((?:[A-Z0-9]+-)*(?:(?:{COUNTED})-\d+|RST-[A-Z0-9]+)|\d{{1,6}})", re.IGNORECASE)
SEVERITIES = ("critical", "major", "minor")
VISIBILITIES = ("shared", "internal", "restricted")  # from wide to narrow
MARKED = re.compile(r"(owner|due|study|severity|category)(?:\s*(:)\s*|\s+)(.+)", re.IGNORECASE)
TITLE_DUE = re.compile(r"(?:to|diligence|process|dates?)\b", re.IGNORECASE)  # "due to staff shortage"
MARK = re.compile(r"<@[^<>]+>|<at>[^<>]+</at>")  # how platforms write a person
CODE = re.compile(r"\S*\d\S*")
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict.fromkeys("'’ʼ`", "")
    | dict.fromkeys("@._,‐‑–-", " ")
)
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # signs that count as letters and show nothing


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that mean something to this speaker here: their studies and partners, and their today.

    `thirds` are the companies beside which theirs serves a study.
    """

    studies: tuple[str, ...]
    partners: tuple[str, ...]
    today: date
    thirds: tuple[str, ...] = ()


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
    """The first line's parts, split at commas; further lines are the description.

    A field said twice keeps both values, to be asked about; of two visibilities the narrower counts.
    """
    first, *more = clean(text).splitlines() or [""]
    title: list[str] = []
    fields: dict[str, str] = {}
    for part in _parts(first, known.today):
        name, value = _field(part, known)
        if not name:
            title.append(part)
        else:
            fields[name] = _both(name, fields[name], value) if name in fields else value
    return Said(_shown(", ".join(title)), fields, _shown("\n".join(more).strip()))


def _both(name: str, first: str, second: str) -> str:
    if name == "visibility":
        return max(first, second, key=VISIBILITIES.index)
    return first if fold(first) == fold(second) else f"{first}, {second}"


def clean(text: str) -> str:
    """Without what no database keeps and nobody sees: control characters and halves of signs."""
    lines = "\n".join(text.strip().splitlines())
    kept = (" " if sign == "\t" else sign for sign in lines)
    return "".join(sign for sign in kept if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs"))


def _shown(text: str) -> str:
    """Nothing, where there is nothing to see."""
    seen = (sign for sign in text if unicodedata.category(sign)[0] not in "CZM" and sign not in BLANK)
    return text if any(seen) else ""


def _parts(line: str, today: date) -> list[str]:
    """Comma-separated, but "due Friday, 28 Nov, 2026" is one part, and so is a person's own comma."""
    guarded = MARK.sub(lambda mark: mark[0].replace(",", "\0"), line)
    joined: list[str] = []
    for piece in guarded.split(","):
        part = " ".join(piece.replace("\0", ",").split())
        if joined and _goes_on(joined[-1], part, today):
            joined[-1] += f", {part}"
        elif part:
            joined.append(part)
    return joined


def _goes_on(before: str, part: str, today: date) -> bool:
    """Whether a part ends the date that the one before it began."""
    begun = re.match(r"(?:due|by)\b:?", before, re.IGNORECASE)
    if begun is None or not part:
        return False
    return bool(re.fullmatch(r"\d{4}", part) or dates.read(f"{before[begun.end() :]}, {part}", today))


def _field(part: str, known: Vocabulary) -> tuple[str, str]:
    """The field a part names and its words; an empty name where it belongs to the title."""
    low = part.lower()
    if low in SEVERITIES:
        return "severity", low
    if low == "unblinded":
        return "unblinded", "yes"
    if low in VISIBILITIES:
        return "visibility", low
    if study := _study(part, known):
        return "study", study
    word, _, rest = part.partition(" ")
    if word.lower() == "for" and (partner := _company(rest, known.partners)):
        return "partner", partner
    if word.lower() == "with" and (third := _company(rest, known.thirds)):
        return "with", third
    if word.lower() == "by" and dates.read(rest, known.today):
        return "due", rest
    if MARK.fullmatch(part) or (re.match(r"@\w", part) and _may_be_name(part)):
        return "owner", part
    return _marked(part, known)


def _marked(part: str, known: Vocabulary) -> tuple[str, str]:
    """A part that begins with a field's name: with a colon always that field, without one if it fits."""
    found = MARKED.fullmatch(part)
    if found is None:
        return "", part
    name, colon, value = found[1].lower(), found[2], found[3].strip()
    if name == "study":
        value = _study(value, known) or value
    return (name, value) if colon or _fits(name, value, known) else ("", part)


def _fits(name: str, value: str, known: Vocabulary) -> bool:
    """ "study drug shipment late", "owner unclear for site 104" and "due diligence files" are titles."""
    match name:
        case "due":
            return not TITLE_DUE.match(value)
        case "study":
            return value in known.studies or CODE.fullmatch(value) is not None
        case "severity":
            return " " not in value
        case "owner":
            return _may_be_name(value)
    return len(value.split()) <= 2


def _may_be_name(words: str) -> bool:
    """One word, a platform's mark, or up to four words without digits: "@Maria del Carmen Ruiz"."""
    count = len(words.split())
    return count == 1 or MARK.fullmatch(words) is not None or (count <= 4 and not re.search(r"\d", words))


def _study(words: str, known: Vocabulary) -> str:
    """The study of that name; "hal 301" is HAL-301."""
    said = fold(words)
    return next((study for study in known.studies if fold(study) == said), "")


def _company(words: str, names: tuple[str, ...]) -> str:
    """The one company meant, in full or by its first words; empty where it could be several."""
    said = fold(words)
    whole = [name for name in names if said == fold(name)]
    begun = [name for name in names if said and fold(name).startswith(f"{said} ")]
    return next((found[0] for found in (whole, begun) if len(found) == 1), "")


@lru_cache(maxsize=4096)
def fold(words: str) -> str:
    """Lower case without accents, dots, dashes or what cannot be seen, for comparing names.

    What is too long to be a name stays as it is: one sign may unfold to eighteen.
    """
    if len(words) > LONGEST_NAME:
        return words
    plain = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Mn", "Cf"))
    return " ".join(kept.translate(LETTERS).split())


def people_called(words: str, people: Iterable[Person]) -> tuple[Person, ...]:
    """Everyone the words may mean: a full name first, else a first or last name, else how one begins."""
    # A platform's mark, and a company in brackets as our own cards write it, are not part of the name.
    said = fold(re.sub(r"<@[^<>|]*\|([^<>]*)>|</?at>|\([^()]*\)", r" \1 ", words))
    if not said:
        return ()
    everyone = tuple(people)
    for fits in (_whole, _part, _beginning):
        found = tuple(person for person in everyone if fits(said, person))
        if found:
            return found
    return ()


def _whole(said: str, person: Person) -> bool:
    """ "Annika Lindqvist", "Lindqvist, Annika", "annika.lindqvist", "PER-09"."""
    names = sorted(fold(person.name).split())
    return sorted(said.split()) == names or said in (fold(person.handle), fold(person.id))


def _part(said: str, person: Person) -> bool:
    return said in fold(person.name).split()


def _beginning(said: str, person: Person) -> bool:
    """ "Ann", "annika l"."""
    name = fold(person.name)
    return len(said) >= 2 and any(one.startswith(said) for one in (name, *name.split()))


def nearest(words: str, choices: Iterable[str]) -> str:
    """The choice most like the words; the first one where nothing is."""
    listed = list(choices)
    close = difflib.get_close_matches(words.lower(), listed, n=1, cutoff=0.5)
    return close[0] if close else listed[0]
