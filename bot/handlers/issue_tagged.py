"""Blinding after the fact: a changed tag closes or opens topics; words that read like one are pointed on."""

from collections.abc import Mapping
from dataclasses import replace

from bot.actors import CLOCK
from bot.cards import blinding as cards
from bot.governance.blinding import Blinding
from bot.governance.company import Member
from bot.governance.issue import Issue
from bot.governance.visibility import Visibility
from bot.handlers.issue import save
from bot.handlers.letters import post_cards, refresh_cards, tell
from bot.outbox import Audience, Letter
from bot.ports import Opening, Request
from bot.views import Card

TAGGED, POINTED = "setup.tagged", "issue.unblinded"
LINE = "issue.blinding"


def follow(request: Request, before: Member, after: Member) -> None:
    """They hear of the tag in the same words whether any record names them; whoever set it hears of none."""
    if before.blinding is after.blinding:
        return
    facts = {"tag": after.blinding.value, "by": request.actor.name}
    key = f"{TAGGED}:{after.id}:{request.intent.key}"
    request.promise(Audience(person=after.id), Letter(TAGGED, after.id, facts), key)
    barred = after.blinding is not Blinding.UNBLINDED
    as_clock = replace(request, actor=CLOCK)
    stood = {one.id: one for one in request.archive.restricted_to(after.id)}  # before the tag counts
    for record in request.archive.bar_reader(CLOCK, after.id, barred=barred):
        _moved(as_clock, stood, record)


def _moved(request: Request, stood: Mapping[str, Issue], record: str) -> None:
    """A line of that record; its readers hear of it, whoever they are by then."""
    now = request.archive.issue(CLOCK, record)
    old = stood.get(record)
    if now is None or old is None:
        return
    saved = save(request, old, replace(old, readers=now.readers), LINE)
    refresh_cards(request, saved)
    post_cards(request, saved, saved.readers - old.readers)
    tell(request, saved, saved.readers & old.readers)


def told(opening: Opening) -> tuple[Card, int]:
    """For the one who was tagged."""
    facts = opening.letter.facts
    return cards.tagged(Blinding(facts.get("tag", "")), facts.get("by", "")), 0


def point(request: Request, record: str) -> None:
    """What was just written for many reads like an unblinded topic: its writer is told where that belongs."""
    issue = request.archive.issue(request.actor, record)
    if issue is None or issue.visibility is Visibility.RESTRICTED or not request.actor.person:
        return
    intent = request.intent
    audience = Audience(person=request.actor.person, user=intent.speaker.user, place=intent.place)
    request.promise(audience, Letter(POINTED, issue.id), f"{POINTED}:{request.actor.person}:{intent.key}")


def pointed(opening: Opening) -> tuple[Card, int] | None:
    """For the one who wrote it."""
    issue = opening.archive.issue(opening.reader, opening.letter.subject)
    return (cards.pointed(issue), 0) if issue else None
