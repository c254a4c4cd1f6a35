"""What was typed after a promise's number, as the fields of the act it belongs to."""

import re
from collections.abc import Mapping
from datetime import date

from bot import dates
from bot.handlers.commit import Scene
from bot.handlers.issue_work import BECAUSE

URL = re.compile(r"https://\S+")
ON = re.compile(r"^(?:on\s+)?", re.IGNORECASE)
LEADING = re.compile(r"^(?:to|until|till|by)\s+", re.IGNORECASE)
WORDED = ((re.compile(r"\b(?:the )?morning(?: of)?\b", re.IGNORECASE), "0"),)
OF = re.compile(r"of\b", re.IGNORECASE)
COUNTS = re.compile(  # words among which a number is one of business days
    r"(?:\d|business|working|days?|before|and|on|in|the|its?|due|date|me|of|[\s,.;&+])*", re.IGNORECASE
)
NEVER = re.compile(r"\s*(?:none|never|no|off)\W*", re.IGNORECASE)


def _dated_first(words: str, today: date) -> tuple[str, str]:
    """ "to Fri, 4 Dec, the vendor is late": the longest beginning that is a day, and what follows it."""
    parts = LEADING.sub("", words).split(",")
    for count in range(min(len(parts), 3), 0, -1):
        begun = ",".join(parts[:count]).strip()
        if dates.read(begun, today) is not None:
            return begun, ",".join(parts[count:]).strip()
    return parts[0].strip(), ",".join(parts[1:]).strip()


def moved(scene: Scene, words: str) -> Mapping[str, str]:
    """ "to 4 Dec because the vendor is late": the day, and why."""
    if not words:
        return {}
    because = BECAUSE.search(words)
    due, rest = _dated_first(words[: because.start()] if because else words, scene.today)
    return {"due": due, "reason": _reason(because[1]) if because else rest}


def _reason(words: str) -> str:
    """ "because of the vendor" stays so: "of the vendor" says nothing by itself."""
    return f"because {words}" if OF.match(words) else words


def done(scene: Scene, words: str) -> Mapping[str, str]:
    """ "on 27 Nov, all sites have it, https://…": the day, what was done, and what shows it, in any order."""
    links = URL.findall(words)
    parts = [part.strip() for part in URL.sub("", words).split(",") if part.strip(" .;")]
    days = [part for part in parts if dates.read(ON.sub("", part), scene.today)]
    said = {"on": ON.sub("", days[0])} if days else {}
    left = ", ".join(part for part in parts if part not in days[:1])
    return {**said, "text": left, "evidence": " ".join(links)}


def remind(scene: Scene, words: str) -> Mapping[str, str]:
    """ "5, 2 and the morning of", "none"."""
    if not words:
        return {}
    for pattern, count in WORDED:
        words = pattern.sub(count, words)
    counts = dict.fromkeys(re.findall(r"\d+", words)) if COUNTS.fullmatch(words) else {}
    return {"before": "" if NEVER.fullmatch(words) else "\n".join(counts) or words}


def until(scene: Scene, words: str) -> Mapping[str, str]:
    """ "until Friday"."""
    return {"until": LEADING.sub("", words)} if words else {}
