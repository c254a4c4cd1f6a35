"""A decision as it was typed: "approve plan v2, because gap of 18 points, follow-up 28 Nov", as fields."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from bot import dates, grammar
from bot.grammar import Vocabulary, fold

# What begins a part, and the field it is; the first that fits counts.
MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?:{words})\b\s*:?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL))
    for name, words in (
        ("rationale", r"(?=because\s+of\b)|because|reason|rationale"),  # "of a gap" says nothing alone
        ("question", "question"),
        ("outcome", "outcome"),
        ("options", "options?"),
        ("deciders", "deciders?|decided by"),
        ("follow_up", "follow[- ]?up(?: on| by)?|review on|look back on"),
        ("decided_on", "decided on|taken on"),
        ("session", "(?:in |at )?(?:session|meeting)"),
        ("supersedes", "supersedes|supersede|replaces"),
        ("evidence", "evidence|see"),
        ("study", "study"),
    )
)
GOES_ON = ("outcome", "rationale", "options", "deciders", "evidence", "question")  # over a comma
DATES = ("follow_up", "decided_on")
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
JOINED = re.compile(r"\s*(?:,|;|&|\n|\band\b)\s*", re.IGNORECASE)
LISTED = re.compile(r"\s*(?:\n|;|\s/\s|,)\s*")
BULLET = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])\s+")
QUESTION = re.compile(r"(.+?\?)(?=\s|$)(.*)", re.DOTALL)
LISTS = ("options", "evidence")  # a line each


def read(text: str, known: Vocabulary) -> Mapping[str, str]:
    """The words of each field, not yet understood; what no field claims is the outcome.

    A comma ends a field only before another one: a reason may have commas of its own. Of what is said before
    a question mark, the question is made. Further lines go on with the last field, or with the reason.
    """
    fields: dict[str, str] = {}
    last = "outcome"
    for place, line in enumerate(grammar.clean(text).splitlines()):
        for part, comma in _parts(line):
            name, words = _field(part, known, first=not place and not comma)
            if not name and last in DATES and dates.read(f"{fields[last]}, {part}", known.today):
                fields[last] += f", {part}"
                continue
            if not name and place and not comma and last == "outcome":
                last = "rationale"
            last = _added(fields, name or last, words, ", " if comma else "\n", named=bool(name))
    return _asked({name: words for name, words in fields.items() if words})


def _parts(line: str) -> Iterator[tuple[str, bool]]:
    """Comma-separated, each with whether it stands behind a comma."""
    kept = grammar.MARK.sub(lambda mark: mark[0].replace(",", "\0"), line)
    for place, part in enumerate(kept.split(",")):
        if said := " ".join(part.replace("\0", ",").split()):
            yield said, place > 0


def _added(fields: dict[str, str], name: str, words: str, joint: str, *, named: bool) -> str:
    """Puts the words into the field; which field may go on after them."""
    target = name if named or name in GOES_ON else "outcome"
    before = fields.get(target, "")
    joint = "\n" if target in LISTS and named else joint
    fields[target] = f"{before}{joint}{words}" if before and words else before or words
    return target if target in (*GOES_ON, *DATES) else "outcome"


def _field(part: str, known: Vocabulary, *, first: bool) -> tuple[str, str]:
    """The field a part names and its words; an empty name where it goes on with what was said."""
    low = part.lower()
    if low in grammar.VISIBILITIES:
        return "visibility", low
    if ADDRESS.fullmatch(part):
        return "evidence", part
    if any(fold(part) == fold(study) for study in known.studies):
        return "study", part
    if low.startswith("for ") and (partner := _partner(part[4:], known)):
        return "partner", partner
    for name, marker in MARKERS:
        found = marker.fullmatch(part)
        if found and _fits(name, found["rest"], known.today if first else None):
            return name, found["rest"].strip()
    return "", part


def _fits(name: str, words: str, today: date | None) -> bool:
    """ "see the sponsor" is no field, nor "follow-up visits stop" at the very beginning (`today` given)."""
    match name:
        case "follow_up" | "decided_on":
            return bool(words) and (today is None or dates.read(words, today) is not None)
        case "session" | "supersedes":
            return re.search(r"\d", words) is not None and len(words.split()) <= 2
        case "study":
            return any(sign.isdigit() for sign in words) and " " not in words
        case "evidence":
            return ADDRESS.match(words) is not None
    return bool(words)


def _partner(words: str, known: Vocabulary) -> str:
    said = fold(words)
    found = [one for one in known.partners if said and fold(one).startswith(said)]
    return found[0] if len(found) == 1 else ""


def _asked(fields: Mapping[str, str]) -> Mapping[str, str]:
    """ "Approve v2? Approve" is a question and its answer."""
    found = QUESTION.fullmatch(fields.get("outcome", ""))
    if not found or "question" in fields:
        return fields
    kept = {name: words for name, words in fields.items() if name != "outcome"}
    answer = found[2].strip(" ,:-–")
    return {"question": found[1].strip(), **({"outcome": answer} if answer else {}), **kept}


def names(words: str) -> tuple[str, ...]:
    """The people of "@sofia and Rafael Monteiro, @annika"."""
    return tuple(one for one in JOINED.split(words.strip()) if one)


def lines(words: str) -> tuple[str, ...]:
    """Options or pieces of evidence, one on each line, without bullets."""
    return tuple(said for one in words.splitlines() if (said := BULLET.sub("", one.strip()).strip()))


def options(words: str) -> str:
    """ "yes / no / later" as they were typed, one on each line."""
    return "\n".join(one for one in LISTED.split(words) if one)
