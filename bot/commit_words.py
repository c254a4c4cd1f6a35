"""A promise as it is typed: "recovery plan" by 28 Nov to @marcus, owner @annika, for Halcyra, internal."""

import re
from collections.abc import Mapping
from datetime import date

from bot import dates, grammar
from bot.grammar import Said, Vocabulary

PERSON = r"(?:<@[^<>]+>|<at>[^<>]+</at>|@[^\s,:<>@][^,:<>@]*?)"
ENDS = r"(?=\s*(?:$|[,:]|\s(?:by|due|until|before|to|from|owner|for|on)\s))"
TO = re.compile(rf"(?:^|(?<=[\s,]))(?:to|for|receiver:?)\s+({PERSON}){ENDS}", re.IGNORECASE)
FROM = re.compile(rf"(?:^|(?<=[\s,]))(?:from|owner:?)\s+({PERSON}){ENDS}", re.IGNORECASE)
DAY = r"((?:(?!\sby\s)[^,])+?(?:,\s*\d{4})?)"
BEGINS, CLOSES = r"(?:^|(?<=[\s,]))", r"\s*(?=$|,|\s(?:to|for|from|owner|by|due|until|before)\s)"
BY = re.compile(rf"{BEGINS}(?:by|due:?|until|before)\s+{DAY}{CLOSES}", re.IGNORECASE)
QUOTED = re.compile(r"\s*[\"“„”«]([^\"“”»]+)[\"”“»]\s*(.*)", re.DOTALL)
NAMES = ("severity", "unblinded")  # words that mean something of an issue alone


def promise(text: str, known: Vocabulary) -> Said:
    """What is promised, and the words of each field that was said: "owner", "receiver", "due" and an issue's.

    What stands in quotation marks is promised as it stands; of words without them, what is left over.
    """
    text = grammar.clean(text)
    quoted = QUOTED.fullmatch(text)
    first, _, more = (quoted[2] if quoted else text).partition("\n")
    fields: dict[str, str] = {}
    for name, pattern in (("receiver", TO), ("owner", FROM)):
        if found := pattern.search(first):
            fields[name], first = found[1].strip(), _without(first, found)
    first = _dated(first, known, fields, sure=quoted is not None)
    rest = grammar.issue(first, known)
    fields |= {name: value for name, value in rest.fields.items() if name not in NAMES}
    left = " ".join(part for part in (_marked(rest.fields), rest.title) if part)
    title = quoted[1].strip() if quoted else left
    further = "\n".join(part for part in (left if quoted else "", more.strip()) if part)
    return Said(title, fields, further)


def _dated(line: str, known: Vocabulary, fields: dict[str, str], *, sure: bool) -> str:
    """The line without its day: the "by …" that is one, or beside a quoted promise any; of two neither."""
    found = [one for one in BY.finditer(line) if sure or dates.read(one[1], known.today)]
    if not found:
        return line
    days = [day for one in found if isinstance(day := dates.read(one[1], known.today), date)]
    if len(set(days)) > 1:
        fields["due words"] = " … ".join(f"by {one[1].strip()}" for one in found)
        fields["due days"] = "\n".join(day.isoformat() for day in dict.fromkeys(days))
        for one in reversed(found):
            line = _without(line, one)
        return line
    fields["due"] = found[-1][1].strip()
    return _without(line, found[-1])


def _without(line: str, found: re.Match[str]) -> str:
    return " ".join(f"{line[: found.start()].rstrip()} {line[found.end() :].lstrip()}".split()).strip(" ,:")


def _marked(fields: Mapping[str, str]) -> str:
    """What would be a severity of an issue is a word like any other here."""
    return ", ".join(fields[name] for name in NAMES if name in fields and name != "unblinded")
