"""The thread under an issue's card: updates are posted there, and what is said there is about that issue."""

from dataclasses import replace

from bot import grammar
from bot.actors import Actor
from bot.cards import issue_thread as cards
from bot.governance.issue import Issue
from bot.handlers.issue import opened, setting
from bot.handlers.letters import post_beneath
from bot.handlers.rows import Command
from bot.intents import Intent, Place
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.records import Note
from bot.views import Card

POSTED = "issue.thread"
HANGING = ("issue", "commit")  # records under whose cards one can talk


def thread_update(request: Request, issue: Issue, note: Note) -> None:
    """The update goes under the live card in every room of the issue's class."""
    post_beneath(request, issue, Letter(POSTED, f"{issue.id}/{note.id}"))


def posted(opening: Opening) -> tuple[Card, int] | None:
    """The update as its room may read it now."""
    issue = opened(opening)
    note = find_note(opening, opening.letter.subject.partition("/")[2])
    if issue is None or note is None or note.visibility is not issue.visibility:
        return None
    return cards.update(issue, note, setting(opening.archive, opening.reader, issue)), issue.version


def find_note(opening: Opening, note: str) -> Note | None:
    """The note, where the letter's reader may read it."""
    issue = opening.letter.subject.partition("/")[0]
    return next((one for one in opening.archive.notes(opening.reader, issue) if one.id == note), None)


def beneath(archive: Archive, actor: Actor, place: Place) -> Issue | None:
    """The issue under whose card this is said: one of the actor's own company's room, or of their own."""
    subject = _hung_on(archive, actor, place)
    return archive.issue(actor, subject) if subject else None


def _hung_on(archive: Archive, actor: Actor, place: Place) -> str:
    """The id of the record under whose card this is said, "" for none."""
    if not place.thread or not actor.person:
        return ""
    room = archive.room_at(actor, place)
    queues = (*((f"room:{room.id}",) if room else ()), f"person:{actor.person}")
    found = (archive.stands_at(place, queue) for queue in queues)
    return next(filter(None, found), "").partition("/")[0]


def completed(archive: Archive, actor: Actor, intent: Intent, rows: tuple[Command, ...]) -> Intent:
    """Under a card a verb needs no number: “update we hired two” there is “issue update NOR-ISS-008 …”.

    After “issue” only a verb alone is one: “issue plan for site 104 is late” may as well be another issue.
    """
    word, rest = _first(intent.text)
    has_noun = word.lower() in HANGING
    verb, words = _first(rest) if has_noun else (word, rest)
    typed = {f"{row.verb.partition('.')[0]} {one}" for row in rows if row.takes_number for one in row.typed}
    nouns = [noun for noun in HANGING if f"{noun} {verb.lower().rstrip('.!')}" in typed]
    if not nouns or (has_noun and words) or _is_whole_number(words):
        return intent
    noun, number = _beneath(archive, actor, intent.place)
    if noun not in nouns or (has_noun and word.lower() != noun):
        return intent
    return replace(intent, text=f"{noun} {verb.rstrip('.!')} {number} {words}".strip())


def _beneath(archive: Archive, actor: Actor, place: Place) -> tuple[str, str]:
    """Which kind of record it is said under, and its number; "" and "" for none."""
    subject = _hung_on(archive, actor, place)
    issue = archive.issue(actor, subject) if subject else None
    promise = archive.commitment(actor, subject) if subject and not issue else None
    return ("issue", issue.number) if issue else ("commit", promise.number) if promise else ("", "")


def _first(text: str) -> tuple[str, str]:
    word, *rest = text.split(maxsplit=1) or [""]
    return word, rest[0] if rest else ""


def _is_whole_number(words: str) -> bool:
    number = _first(words)[0].rstrip(",:;")
    return grammar.is_number(number) and not number.isdecimal()
