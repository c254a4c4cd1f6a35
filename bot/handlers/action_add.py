"""Noting an action item: one line says what, who and perhaps by when; the place says the rest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot import dates, grammar
from bot.cards import when
from bot.errors import Conflict, Refusal
from bot.governance.action import Action
from bot.governance.partnership import Person
from bot.governance.visibility import Scope, Side, Visibility, internal
from bot.handlers import action, session
from bot.handlers.acting import LONGEST_LINE, TooMuch
from bot.handlers.drafting import draft_id
from bot.handlers.issue_ask import PastDate, UnreadableDate
from bot.handlers.issue_day import UnclearDay
from bot.handlers.issue_marks import plain
from bot.handlers.issue_said import vocabulary
from bot.handlers.scope import OnlyIssues
from bot.outbox import Letter
from bot.ports import Request
from bot.records import Draft

ADDED = "action.added"
ASK = "action.class"  # who may see it, in a place that does not say
ME = ("me", "i", "myself")
KIND, MADE = ":action", ":made"  # what a draft of one knows besides its fields


class NothingToDo(Refusal):
    """Say what is to be done and by whom, for example: action {where}call the site, @name, due Friday"""


class NobodyDoes(Refusal):
    """Say who does it, for example: action {where}{text}, @name (or: me)"""


class NoSuchDoer(Refusal):
    """“{words}” is nobody who sees this; write a full name of {who}."""


class SeveralDoers(Refusal):
    """“{words}” could be {choices}; write the full name."""


class Nowhere(Refusal):
    """An action item belongs to a session or a thread: say it in a thread of your room, or begin with a
    session’s number: action {session} call the site, @name, due Friday"""


class LostAction(Refusal):
    """That question is no longer open and nothing was saved; type the action item again."""


class SeenByTheThread(Refusal):
    """An action item in a thread is seen by everybody who sees that thread; say it where {who} alone read."""


@dataclass(frozen=True, slots=True)
class Where:
    """What it belongs to, and the class that the place settles; None where it must be said."""

    partnership: str
    visibility: Visibility | None
    session: str = ""
    thread: str = ""

    @property
    def prefix(self) -> str:
        """What stands before the words of one there."""
        return f"{self.session} " if self.session else ""


def add(request: Request, words: str) -> Letter:
    """Noted at once, or asked who may see it where the place does not say."""
    return _noted(request, _said(request, words))


def answer(request: Request, words: str) -> Letter:
    """A pressed answer to who may see it."""
    pressed = request.intent.fields
    draft = request.archive.draft(request.actor, pressed.get("draft", ""))
    if draft is None or KIND not in draft.fields:
        raise LostAction
    if MADE in draft.fields:
        return Letter(ADDED, draft.fields[MADE])
    if not request.archive.once(f"draft:{draft.id}", None, request.wall):
        raise Conflict  # another answer is being saved at this moment: look again
    letter = _noted(request, {**draft.fields, "visibility": pressed.get("visibility", "")})
    kept = {KIND: "yes", MADE: letter.subject}
    request.archive.keep_draft(Draft(draft.id, request.actor.person, kept, request.now))
    return letter


def _noted(request: Request, fields: Mapping[str, str]) -> Letter:
    where = _where(request, fields.get("session", ""))
    text = fields.get("text", "")
    if not any(sign.isalnum() for sign in text):
        raise NothingToDo(where=where.prefix)
    if len(text) > LONGEST_LINE:
        raise TooMuch(most=str(LONGEST_LINE), count=f"{len(text):,}")
    visibility = _class(request, where, fields)
    owner = _owner(request, where, visibility, fields)
    due = _due(request, fields.get("due", ""))
    if visibility is None:
        kept = {KIND: "yes", "text": text, "session": where.session, "owner id": owner.id}
        day = {"due": due.isoformat()} if due else {}
        draft = draft_id(request, "action")
        request.archive.keep_draft(Draft(draft, request.actor.person, {**kept, **day}, request.now))
        return Letter(ASK, draft)
    made = _born(request, where, visibility, (text, owner, due))
    action.added(request, made)
    action.follow(request, made)
    action.ask(request, made)
    return Letter(ADDED, made.id)


def _said(request: Request, words: str) -> Mapping[str, str]:
    """The words as fields: "text", "owner" or "owner id", "due", "visibility", and "session" in front."""
    first, _, rest = words.strip().partition(" ")
    number = first.rstrip(",:;")
    found = session.called(request, number) if re.fullmatch(r"\S*-\d+", number) else ()
    said = grammar.issue(rest if found else words, vocabulary(request.archive, request.actor, request.today))
    text = " ".join(part for part in (said.title, said.description) if part)
    head, _, tail = text.rpartition(", ")
    mine = "owner" not in said.fields and tail.casefold() in ME
    text, said_owner = (head, {"owner": "me"}) if mine else (text, {})
    fields = plain(request, {**said.fields, **said_owner, "text": text})
    return {**fields, "session": found[0].id} if found else fields


def _where(request: Request, name: str) -> Where:
    """The session that was named, else the thread it is said in."""
    archive, actor = request.archive, request.actor
    room = archive.room_at(actor, request.intent.place)
    if name:
        found = session.get(archive, actor, name)
        if found is None:
            raise session.NoSuchSession(number=name[:40])
        here = room.visibility if room and room.partnership == found.partnership else None
        return Where(found.partnership, here, session=found.id)
    thread = action.thread_of(request)
    if not thread or room is None:
        raise Nowhere(session=session.example(archive, actor))
    return Where(room.partnership, room.visibility, thread=thread)


def _class(request: Request, where: Where, fields: Mapping[str, str]) -> Visibility | None:
    """The place's own; for a session a narrower one may be said, and where no place says one, it must be."""
    said = fields.get("visibility", "")
    if said == "restricted":
        raise OnlyIssues
    own = internal(request.actor.side or Side.SPONSOR)
    wanted = {"shared": Visibility.SHARED, "internal": own}.get(said)
    if where.thread and wanted not in (None, where.visibility):
        raise SeenByTheThread(who="your own people" if wanted is own else "both sides")
    if wanted is Visibility.SHARED and where.visibility is own and KIND not in fields:
        return None  # wider than the room: shown first who would see it
    return wanted or where.visibility


def _owner(
    request: Request, where: Where, visibility: Visibility | None, fields: Mapping[str, str]
) -> Person:
    """One person who will see it: chosen, marked, or named without doubt."""
    archive, actor = request.archive, request.actor
    side = visibility.side if visibility else None
    home = archive.partnership(actor, where.partnership)
    people = {one.id: one for one in archive.people(actor, where.partnership)}
    if side and home:
        people = {name: one for name, one in people.items() if home.side_of(one.organisation) is side}
    if chosen := people.get(fields.get("owner id", "")):
        return chosen
    words = fields.get("owner", "")
    if grammar.fold(words) in ME:
        return people[actor.person]
    if not words:
        raise NobodyDoes(where=where.prefix, text=fields.get("text", "")[:80])
    found = grammar.people_called(words, people.values())
    if len(found) > 1:
        raise SeveralDoers(words=words.lstrip("@")[:60], choices=" or ".join(one.name for one in found[:5]))
    if not found:
        who = home.company(side) if home and side else "the two companies"
        raise NoSuchDoer(words=words.lstrip("@")[:60], who=who)
    return found[0]


def _due(request: Request, words: str) -> date | None:
    """The day, where one was said; never a past one."""
    if not words:
        return None
    match dates.read(words, request.today):
        case None:
            raise UnreadableDate(words=words[:60])
        case dates.Unclear(options=options):
            raise UnclearDay(words=words[:60], choices=" or ".join(when.day(one) for one in options))
        case date() as found if found < request.today:
            raise PastDate(day=when.day(found))
        case found:
            return found


def _born(
    request: Request, where: Where, visibility: Visibility, what: tuple[str, Person, date | None]
) -> Action:
    archive, actor, (text, owner, due) = request.archive, request.actor, what
    number = archive.next_number(actor, Scope(where.partnership, visibility), "ACT")
    home = archive.partnership(actor, where.partnership)
    assert home is not None  # noqa: S101 its room or its session was visible
    return Action(
        id=number,
        number=number,
        partnership=where.partnership,
        visibility=visibility,
        text=text,
        owner=owner.id,
        owner_side=home.side_of(owner.organisation),
        made_by=actor.person,
        made_at=request.now,
        session=where.session,
        thread=where.thread,
        due=due,
    )
