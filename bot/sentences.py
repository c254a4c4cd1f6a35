"""What people wrote in running words: its sentences, and in each what they say themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

LONGEST = 4000  # characters that are read; a message may have ten times as many
LONGEST_SENTENCE = 600
MOST = 60  # sentences
EDGE = "\"'“”„‚‘’«»‹›()[]{}<>*~`.,;:!?…–—-"  # what stands around a word and is no part of it
QUOTED = re.compile('„[^„“”]{0,900}[“”]|“[^“”]{0,900}”|«[^«»]{0,900}»|»[^«»]{0,900}«|"[^"]{0,900}"')
BULLET = re.compile(r"(?:[-*•–—·]|\d{1,2}\))\s+|\[[ xX]?\]\s*")
END = re.compile(r"[.!?…]+[\"'“”’»)\]]*\s+(?=[^\W\d_]|[@„“«\"'(<\d])")
# A full stop after one of these ends no sentence: "28. November", "Dr. Chen", "z. B.".
GOES_ON = re.compile(
    r"(?:\b\d{1,4}|\b\w|\b(?:dr|mr|mrs|ms|prof|nr|no|vs|ca|bzw|approx|incl|resp|dept|inc|ltd))$"
)
UNSEEN = "\x00"  # stands for each sign of a quotation


@dataclass(frozen=True, slots=True)
class Word:
    """One word and where it stands; `bare` is without quotes, brackets and full stops around it."""

    start: int
    end: int
    bare: str
    raw: str

    @property
    def low(self) -> str:
        """In lower case, every apostrophe a plain one."""
        return self.bare.lower().replace("’", "'").replace("ʼ", "'")

    @property
    def breaks(self) -> bool:
        """Whether what follows it is another clause."""
        return self.raw[-1:] in ",;:!?)]"

    @property
    def stops(self) -> bool:
        """Whether no phrase goes on after it; one with a comma may: "Friday, 27 November"."""
        return self.raw[-1:] in ";:!?)]"


@dataclass(frozen=True)
class Sentence:
    """As it was written; `seen` is as long, and blank where somebody else is quoted."""

    text: str
    seen: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """What the writer says themselves, word by word."""
        return tuple(_words(self.seen))

    @property
    def is_own(self) -> bool:
        """Whether anything in it is the writer's own."""
        return any(sign.isalnum() for sign in self.seen)


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of the first 4,000 characters, in order; quoted lines are none of the writer's."""
    lines = text[:LONGEST].splitlines()
    found = (one for line in lines for one in _of_line(" ".join(line.split())))
    return tuple(islice(found, MOST))


def _of_line(line: str) -> Iterator[Sentence]:
    is_quoted = line.startswith(">")
    line = line.lstrip("> ")
    line = line[found.end() :] if (found := BULLET.match(line)) else line
    seen = UNSEEN * len(line) if is_quoted else QUOTED.sub(lambda found: UNSEEN * len(found[0]), line)
    start = 0
    for stop in _ends(seen, line):
        yield from _cut(line[start:stop], seen[start:stop])
        start = stop
    yield from _cut(line[start:], seen[start:])


def _ends(seen: str, line: str) -> Iterator[int]:
    """Where the next sentence begins."""
    for found in END.finditer(seen if UNSEEN in seen else line):
        if not (
            found[0].startswith(".")
            and GOES_ON.search(seen[max(0, found.start() - 12) : found.start()].lower())
        ):
            yield found.end()


def _cut(text: str, seen: str) -> Iterator[Sentence]:
    if text.strip():
        yield Sentence(text[:LONGEST_SENTENCE], seen[:LONGEST_SENTENCE])


def _words(seen: str) -> Iterator[Word]:
    for found in re.finditer(r"[^\s\x00]+", seen):
        if bare := found[0].strip(EDGE):
            yield Word(found.start(), found.end(), bare, found[0])
