"""The list of decisions: what it is narrowed to, in any order of words; what is no filter is searched for."""

import re
from collections.abc import Mapping

from bot import grammar
from bot.cards import decision_list as cards
from bot.errors import Refusal
from bot.governance.decision import Decision, Status
from bot.handlers.decision_shown import show
from bot.handlers.export_words import pressed_words, words_of
from bot.handlers.issue_list import classes_of
from bot.handlers.listing import asked, study_called
from bot.joint import DecisionFilter
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.records import Hit, Search
from bot.views import Card

PAGE = 10
WHOSE = ("mine", "my")
ALL = ("all", "decisions")
KEPT = ("page", "partnership", "class", "status", "mine", "study", "session")
SESSION = re.compile(r"(?:[a-z0-9]+-)?mtg-\d+", re.IGNORECASE)


class OneDecisionFilter(Refusal):
    """“decision list” takes one {kind} at a time and you said {first} and {second}; ask for one of them."""


class SayWhatAboutIt(Refusal):
    """To record that, say “decision record {said}”; to look for it, say “decision list {said}”."""


def plain(request: Request, words: str) -> Letter:
    """The noun alone is its list, with a number the one that is meant."""
    if not words:
        return listed(request, "")
    if len(words.split()) > 1 or not grammar.is_number(words):
        raise SayWhatAboutIt(said=" ".join(grammar.clean(words).split())[:200])
    return show(request, words)


def shown(request: Request, words: str) -> Letter:
    """One decision by its number, why it was made first; by anything else those that hold the words."""
    first, *_ = words.split() or [""]
    number = first.rstrip(",:;")
    if words and not grammar.is_number(number):
        return listed(request, words)
    return show(request, number)


def listed(request: Request, words: str) -> Letter:
    """What the reader may see of what was asked; in a linked room, of its partnership and class."""
    said = _said(request, words)
    if not words and (wanted := pressed_words(request.intent.fields)):
        said = {**said, "words": "\n".join(wanted)}
    return Letter(cards.LIST, facts=asked(request, KEPT, said))


def _said(request: Request, words: str) -> Mapping[str, str]:
    """The filters in words, each at most once; everything else is looked for."""
    found: dict[str, str] = {}
    sought: list[str] = []
    for word in words_of(words):
        name, value = _filter(request, word)
        if not name:
            sought += [value] if value else []
        elif found.get(name, value) != value:
            raise OneDecisionFilter(kind=name, first=found[name], second=value)
        else:
            found[name] = value
    return {**found, "words": "\n".join(sought)} if sought else found


def _filter(request: Request, word: str) -> tuple[str, str]:
    low = word.casefold()
    if low in WHOSE:
        return "mine", "yes"
    if low in ALL:
        return "", ""
    if low in list(Status):
        return "status", low
    if SESSION.fullmatch(word):
        return "session", word.upper()
    study = study_called(request.archive, request.actor, word)
    return ("study", study) if study else ("", word)


def listing(opening: Opening) -> tuple[Card, int]:
    """One page of it, the newest first."""
    facts = opening.letter.facts
    rows, total = _found(opening) if facts.get("words") else _narrowed(opening)
    return cards.listing(rows, cards.Page(int(facts["page"]), PAGE, total, facts)), 0


def _narrowed(opening: Opening) -> tuple[tuple[tuple[Decision, Hit | None], ...], int]:
    which = _which(opening, PAGE, int(opening.letter.facts["page"]) * PAGE)
    found = opening.archive.decisions(opening.reader, which)
    return tuple((one, None) for one in found), opening.archive.count_decisions(opening.reader, which)


def _found(opening: Opening) -> tuple[tuple[tuple[Decision, Hit | None], ...], int]:
    """Those that hold all the words, of what the list was narrowed to."""
    facts, archive, reader = opening.letter.facts, opening.archive, opening.reader
    words, page = tuple(facts["words"].split("\n")), int(facts["page"])
    home, classes = facts.get("partnership", ""), classes_of(facts.get("class", ""))
    which = Search(words, home, facts.get("study", ""), classes, nouns=("decision",))
    hits = {one.record: one for one in archive.search(reader, which)}
    narrowed = (archive.decision(reader, one) for one in hits)
    fitting = [one for one in narrowed if one and _fits(one, facts, reader.person)]
    shown = fitting[page * PAGE : (page + 1) * PAGE]
    quoted = {one.record: one for one in archive.quoted(reader, words, tuple(hits[one.id] for one in shown))}
    return tuple((one, quoted.get(one.id)) for one in shown), len(fitting)


def _fits(one: Decision, facts: Mapping[str, str], person: str) -> bool:
    """Whether it is of the list that was asked for."""
    return (
        facts.get("status", "") in ("", one.status.value)
        and facts.get("session", "") in ("", one.session)
        and (not facts.get("mine") or person in one.deciders)
    )


def _which(opening: Opening, limit: int, offset: int) -> DecisionFilter:
    facts = opening.letter.facts
    return DecisionFilter(
        partnership=facts.get("partnership", ""),
        session=facts.get("session", ""),
        status=facts.get("status", ""),
        decider=opening.reader.person if facts.get("mine") else "",
        study=facts.get("study", ""),
        classes=classes_of(facts.get("class", "")),
        limit=limit,
        offset=offset,
    )
