"""What people do with an action item: done with one click, taken back, dropped, or made a commitment of."""

from bot.errors import Refusal
from bot.governance import action as rules
from bot.governance.action import Action
from bot.governance.visibility import Side
from bot.handlers import action, commit_make
from bot.handlers.acting import Act, permitted, words_of
from bot.handlers.asking import Verbs
from bot.handlers.issue import side_of
from bot.handlers.scene import Noun, begin
from bot.joint import ActionFilter
from bot.outbox import Letter
from bot.ports import Request

OFFERED = "action.offered"


class NoThread(Refusal):
    """“action close” ends the list of a thread, and this is none; “session close” ends that of a session."""


class NothingOpen(Refusal):
    """Nothing on this list is open, so there is nothing to make commitments of."""


def promise(request: Request, words: str) -> Letter:
    """A commitment of its owner's: made at once where it says by when and to whom, else its form asks."""
    item = action.find(request, words, "promise")
    scene = begin(ACTIONS, request.archive, request.actor, item, request.now)
    permitted(PROMISE, scene, request.intent.fields.get("version", ""))
    fields = {
        "text": item.text,
        "owner id": item.owner,
        "partnership": item.partnership,
        "class": item.visibility.value,
        "linked action": item.id,
        "source": item.session or "chat",
        "said": item.text,
    }
    due = {"due": item.due.isoformat()} if item.due and item.due >= request.today else {}
    receiver = _receiver(request, item)
    to = {"receiver id": receiver} if receiver else {}
    return commit_make.propose(request, {**fields, **due, **to})


def _receiver(request: Request, item: Action) -> str:
    """Who asked for it, where they can be promised something: of the other side, or a colleague."""
    side = side_of(request.archive, request.actor, item.partnership, item.made_by)
    theirs = item.owner_side if item.visibility.side else item.owner_side.other
    here = {one.id for one in request.archive.people(request.actor, item.partnership)}
    fits = item.made_by in here and item.made_by != item.owner and side is Side(theirs)
    return item.made_by if fits else ""


def close(request: Request, words: str) -> Letter:
    """Each open item of the thread is offered to its owner as a commitment."""
    pressed = request.intent.fields.get("thread", "")
    thread = pressed or action.thread_of(request)
    if not thread:
        raise NoThread
    items = request.archive.actions(request.actor, ActionFilter(thread=thread, limit=action.EVERY))
    if not items:
        raise NothingOpen
    for item in items:
        action.offer(request, item)
    return Letter(OFFERED, items[0].id)


DONE: Act[Action] = Act(
    verb="done",
    typed="done",
    title="Done",
    check=rules.check_done,
    done=lambda scene: rules.done(scene.record, scene.party, scene.now),
)
DROP: Act[Action] = Act(
    verb="drop",
    typed="drop",
    title="Not needed",
    check=rules.check_done,
    done=lambda scene: rules.drop(scene.record),
    read=words_of("reason"),
    why="reason",
)
REOPEN: Act[Action] = Act(
    verb="reopen",
    typed="reopen",
    title="Not done yet",
    check=rules.check_reopen,
    done=lambda scene: rules.reopen(scene.record),
)
PROMISE: Act[Action] = Act(
    verb="promise", typed="promise", title="Commitment", check=rules.check_promise, done=None
)
ACTIONS: Noun[Action] = Noun(
    "action",
    action.LIST,
    title=lambda item: item.text,
    find=action.find,
    get=action.get,
    setting=action.setting,
    save=action.save,
    follow=action.follow,
    tell=action.tell,
    concerned=action.concerned,
)
VERBS = Verbs(ACTIONS, {one.verb: one for one in (DONE, DROP, REOPEN)})
