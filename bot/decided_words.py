"""What a message says was decided: "We agreed to close site 104, because it is late", outcome and reason."""

import re
from dataclasses import dataclass

from bot.sentences import Sentence, sentences

LONGEST_LINE = 200  # characters of a question
LONGEST_TEXT = 1500  # of an outcome, and of a reason
DECIDED = re.compile(
    r"\b(?:decision|decided|agreed|resolved|approved|beschluss|beschlossen|décision|décidé|accord)\b"
    r"(?:\s*[:–—]\s*|(?:\s+on\b[^.;:]{0,30}?)?\s+(?:that|to|dass|de|que)\s+)",
    re.IGNORECASE,
)
UNDECIDED = re.compile(
    r"\b(?:not|never|nothing|yet to be|to be|has to be|must be|should be)\s+$|n['’]t\s+$", re.IGNORECASE
)
WHY = re.compile(r"[,;–—]?\s*\bbecause\s+|[,;–—]\s*(?:since|as|weil)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided and why, "" where the words do not say it; `others` counts further decisions."""

    outcome: str = ""
    why: str = ""
    question: str = ""
    others: int = 0


def decided(text: str) -> Decided:
    """The first sentence that says it decides something; a question before it is what was asked."""
    own = [one for one in sentences(text) if one.is_own]
    places = [place for place, one in enumerate(own) if _says(one)]
    if not places:
        return Decided()
    said = _says(own[places[0]])
    asked = [one.text.strip() for one in own[: places[0]] if one.text.rstrip().endswith("?")]
    why = WHY.search(said)
    apart = (said[: why.start()], said[why.end() :]) if why and why.start() else (said, "")
    question = next((one for one in reversed(asked) if len(one) <= LONGEST_LINE), "")
    return Decided(_shown(apart[0]), _shown(apart[1]), question, len(places) - 1)


def _says(sentence: Sentence) -> str:
    """What it says was decided; "" where it decides nothing, or asks."""
    found = DECIDED.search(sentence.seen)
    asks = sentence.text.rstrip().endswith("?")
    if found is None or asks or UNDECIDED.search(sentence.seen[: found.start()]):
        return ""
    return _shown(sentence.text[found.end() :])


def _shown(words: str) -> str:
    """With a capital; "" where there is no word in it."""
    line = " ".join(words.split()).strip(" ,;:.!–—-")[:LONGEST_TEXT]
    return line[0].upper() + line[1:] if any(sign.isalnum() for sign in line) else ""
