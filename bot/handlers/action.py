"""An action item: found by its number, saved with its line in the record, and the list that it stands on.

A thread has one live list, and so has a session: its own card.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.actors import Actor
from bot.cards.setting import Setting
from bot.errors import Refusal
from bot.governance.action import Action, State, promised
from bot.governance.change import difference
from bot.governance.commitment import Commitment
from bot.governance.visibility import Scope, Visibility
from bot.handlers import session, spread
from bot.joint import ActionFilter
from bot.outbox import Audience, Letter
from bot.ports import Archive, Opening, Request
from bot.records import Entry

LIST = "action.list"  # the live list of a thread, by the thread's key; and an answer, by an action item's id
NEWS = "action.news"
OFFER = "action.offer"
KINDS = spread.Kinds(LIST, NEWS)
EVERY = 500  # action items of one thread or session


class NoSuchAction(Refusal):
    """There is no action item {number}; “action list” shows the open ones."""


class WhichAction(Refusal):
    """Say which action item, for example: action {verb} {example}"""


class SeveralActions(Refusal):
    """{number} could be {choices}; write the whole number."""


def find(request: Request, words: str, verb: str) -> Action:
    """The one action item that is meant, among those the asker may see; here before elsewhere."""
    archive, actor = request.archive, request.actor
    wanted = (request.intent.fields.get("action") or words).strip().lstrip("#")
    if not wanted:
        open_now = archive.actions(actor, ActionFilter(limit=1))
        raise WhichAction(verb=verb, example=open_now[0].number if open_now else "NOR-ACT-001")
    pressed = archive.action(actor, wanted)
    found = (pressed,) if pressed else archive.actions_numbered(actor, wanted)
    room = archive.room_at(actor, request.intent.place)
    here = tuple(one for one in found if room and one.partnership == room.partnership)
    found = here if len(here) == 1 else found
    if not found:
        raise NoSuchAction(number=wanted.upper()[:40])
    if len(found) > 1:
        raise SeveralActions(number=wanted, choices=" or ".join(one.number for one in found))
    return found[0]


def get(archive: Archive, actor: Actor, action: str) -> Action | None:
    """One by its id."""
    return archive.action(actor, action)


def setting(archive: Archive, reader: Actor, action: Action) -> Setting:
    """What its cards need, as this reader may see it."""
    return session.of_partnership(archive, reader, action.partnership)


def opened(opening: Opening) -> Action | None:
    """The action item a letter is about, where its reader may see it."""
    return opening.archive.action(opening.reader, opening.letter.subject.partition("/")[0])


def thread_of(request: Request) -> str:
    """The key of the thread in which it is said, one of a linked room; "" for anywhere else."""
    place = request.intent.place
    room = request.archive.room_at(request.actor, place) if place.thread else None
    return f"{room.id}:{place.thread}" if room else ""


def beside(archive: Archive, reader: Actor, action: Action) -> tuple[Action, ...]:
    """Everything on the same list, as this reader may see it."""
    which = ActionFilter(session=action.session, thread=action.thread, open_only=False, limit=EVERY)
    return archive.actions(reader, which)


def added(request: Request, action: Action) -> None:
    """A new one, and the first line of its record."""
    request.archive.add_action(request.actor, action)
    after = difference(None, action)[1]
    request.archive.record(_line(request, action, "action.add", "", None, after))


def save(request: Request, old: Action, new: Action, what: str, why: str = "") -> Action:
    """The next state and its line in the record; what was saved."""
    new = replace(new, version=old.version + 1)
    request.archive.save_action(request.actor, new)
    request.archive.record(_line(request, new, what, why, *difference(old, new)))
    return new


def _line(request: Request, action: Action, what: str, why: str, before: object, after: object) -> Entry:
    scope = Scope(action.partnership, action.visibility)
    return Entry(what, request.actor.person, request.now, scope, "", action.id, why, before, after)  # type: ignore[arg-type]  # as `difference` gives them


def follow(request: Request, action: Action) -> None:
    """Its list, wherever that stands; and the private messages about it."""
    letter = Letter(session.CARD, action.session) if action.session else Letter(LIST, action.thread)
    for audience in dict.fromkeys(_lists(request, action, letter)):
        _send(request, letter, audience, action)
    for about in (Letter(OFFER, action.id), Letter(NEWS, f"{action.id}/1")):
        for audience in request.archive.told(about):
            _send(request, about, audience, action)


def _lists(request: Request, action: Action, letter: Letter) -> Iterator[Audience]:
    """Where the list stands: the thread, or every room that sees what the item is; no other is touched."""
    archive, scope = request.archive, Scope(action.partnership, action.visibility)
    told = archive.told(letter)
    if action.thread:
        here = thread_of(request) == action.thread
        room = action.thread.partition(":")[0]
        yield from (Audience(room=room, place=request.intent.place),) if here and not told else told
        return
    yield from (Audience(room=one.id) for one in archive.rooms(request.actor, scope))
    if action.visibility is Visibility.SHARED:
        yield from told


def _send(request: Request, letter: Letter, audience: Audience, action: Action) -> None:
    """Promised once for each version of the item: a list has no version of its own."""
    key = f"{letter.kind}:{letter.subject}:{audience.queue}:{action.id}:{action.version}"
    request.promise(audience, letter, key, action.version)


def tell(request: Request, action: Action, people: Iterable[str]) -> None:
    """Nobody: small things are read on their list. Its owner hears of a new one."""


def ask(request: Request, action: Action) -> None:
    """Its owner, privately, unless they said it themselves."""
    spread.tell(request, KINDS, action, (action.owner,))


def offer(request: Request, action: Action) -> None:
    """To its owner and who stands in for them: whether they make a commitment of it."""
    people = spread.and_stand_ins(request, (action.owner,))
    for person in spread.entitled(request.archive, people, action):
        _send(request, Letter(OFFER, action.id), Audience(person=person), action)


def concerned(request: Request, action: Action) -> Iterable[str]:
    """Its owner."""
    return (action.owner,)


def became(request: Request, promise: Commitment, made_of: str) -> None:
    """What a commitment was made of (an id, or "") is on its list as that from now on.

    Not where somebody who reads the list does not see the commitment: for them it is still open.
    """
    item = get(request.archive, request.actor, made_of)
    if item is None or item.partnership != promise.partnership:
        return
    seen = promise.visibility in (Visibility.SHARED, item.visibility)
    if seen and item.state is State.OPEN and item.owner == promise.owner:
        kept = save(request, item, promised(item, promise.number), "action.promise")
        follow(request, kept)
