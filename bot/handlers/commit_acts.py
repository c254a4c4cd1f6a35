"""What one does with a promise: accept, decline, move, do, confirm, dispute or release it; be reminded."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.errors import Refusal
from bot.governance import promise as rules
from bot.governance import reminders
from bot.governance.commitment import Claim, Commitment, Evidence
from bot.handlers import commit_typed as typed
from bot.handlers.acting import Act, Unsaid, needs, words_of
from bot.handlers.asking import CONDITION, Verbs
from bot.handlers.commit import COMMITMENTS, Scene
from bot.handlers.commit_date import ANOTHER_DATE
from bot.handlers.issue_day import any_day, day
from bot.views import Choice, DateField, Field, TextField


class NoNewDay(Unsaid):
    """Say until which day it is moved, for example 4 Dec."""


class NoMoveReason(Unsaid):
    """Say why it is moved; both sides read it, and the first date stays."""


class NoDeclineReason(Unsaid):
    """Say why not, and by when it could be done instead."""


class NoDispute(Unsaid):
    """Say how it stands in your view; both versions stay side by side."""


class NoReleaseReason(Unsaid):
    """Say why nobody needs to keep it any more."""


class NoEvidence(Unsaid):
    """Give a link to what shows it, or say where it lies."""


class NoReminder(Unsaid):
    """Choose on which mornings before the due day Parley reminds you; none is an answer too."""


class NoSnooze(Unsaid):
    """Say until which day Parley keeps quiet about it, for example Friday."""


class DoneAhead(Refusal):
    """That day is still to come; say that it is done once it is."""


class AcceptsAsItIs(Refusal):
    """{number} is accepted as it is or not at all, so nothing changed; for another day use “Another date”."""


class ConfirmsAsItIs(Refusal):
    """{number} is confirmed as it is or not at all, so nothing changed; dispute it and say what is wrong."""


def _accepted(scene: Scene) -> Commitment:
    if CONDITION.match(scene.said("words")):
        raise AcceptsAsItIs(number=scene.record.number)
    return rules.accept(scene.record, scene.party, scene.now, scene.today)


def _confirmed(scene: Scene) -> Commitment:
    """Words that make a condition of it do not say that it was kept."""
    if CONDITION.match(scene.said("words")):
        raise ConfirmsAsItIs(number=scene.record.number)
    return rules.confirm(scene.record, scene.party, scene.now)


def _moved(scene: Scene) -> Commitment:
    due = date.fromisoformat(scene.said("due"))
    return rules.move(scene.record, scene.party, due, scene.said("reason"), scene.now)


def _day_done(scene: Scene) -> Mapping[str, str]:
    if not scene.said("on"):
        return {"on": scene.today.isoformat()}
    found = any_day(scene, "on", NoNewDay)
    if found > scene.today:
        raise DoneAhead
    return {"on": found.isoformat()}


def _done(scene: Scene) -> Commitment:
    promise, party = scene.record, scene.party
    claim = Claim(party.side, scene.said("text"), party.person, scene.now)
    done = rules.done(promise, party, claim, date.fromisoformat(scene.said("on")), scene.calendar)
    return _shown(scene, done) if scene.said("evidence") else done


def _shown(scene: Scene, promise: Commitment) -> Commitment:
    return rules.show(promise, Evidence(scene.said("evidence"), scene.party.person, scene.now))


def _disputed(scene: Scene) -> Commitment:
    claim = Claim(scene.party.side, scene.said("text"), scene.party.person, scene.now)
    return rules.dispute(scene.record, claim)


def _mornings(scene: Scene) -> tuple[tuple[str, str], ...]:
    return tuple((str(count), _morning(count)) for count in reminders.BEFORE)


def _morning(count: int) -> str:
    if not count:
        return "The morning of the day itself"
    return f"{count} business day{'s' if count != 1 else ''} before"


def _remind_fields(scene: Scene) -> tuple[Field, ...]:
    now = "\n".join(str(count) for count in scene.record.remind)
    return (Choice("before", "Remind me", _mornings(scene), now, "At 09:00", optional=True, many=True),)


def _chosen(scene: Scene) -> Mapping[str, str]:
    if "before" not in scene.known:
        raise NoReminder
    return {}


def _reminded(scene: Scene) -> Commitment:
    counts = sorted({int(one) for one in scene.said("before").split()}, reverse=True)
    return replace(scene.record, remind=tuple(counts))


def _quiet(scene: Scene) -> Mapping[str, str]:
    until = day(scene, "until", NoSnooze)
    return {"until": until.isoformat()}


def _snoozed(scene: Scene) -> Commitment:
    until = date.fromisoformat(scene.said("until"))
    reminders.check_snooze(scene.record, scene.calendar, until, scene.today)
    return replace(scene.record, snoozed_until=until)


ACCEPT: Act[Commitment] = Act(
    verb="accept",
    typed="accept",
    title="Accept",
    check=rules.check_accept,
    done=_accepted,
    read=words_of("words"),
)
DECLINE: Act[Commitment] = Act(
    verb="decline",
    typed="decline",
    title="Decline",
    check=rules.check_accept,
    done=lambda scene: rules.decline(scene.record, scene.said("reason")),
    fields=lambda scene: (TextField("reason", "Why not", hint="And by when it could be done", long=True),),
    read=words_of("reason"),
    settle=(needs("reason", NoDeclineReason),),
    why="reason",
    send="Decline",
)
MOVE: Act[Commitment] = Act(
    verb="move",
    typed="move",
    title="Move",
    check=rules.check_move,
    done=_moved,
    fields=lambda scene: (DateField("due", "New due date"), TextField("reason", "Why", long=True)),
    read=typed.moved,
    settle=(
        ("due", lambda scene: {"due": day(scene, "due", NoNewDay).isoformat()}),
        needs("reason", NoMoveReason),
    ),
    why="reason",
    send="Move",
)
DONE: Act[Commitment] = Act(
    verb="done",
    typed="done",
    title="Done",
    check=rules.check_done,
    done=_done,
    fields=lambda scene: (
        TextField("text", "What was done", optional=True, long=True),
        DateField("on", "On", scene.today, optional=True),
        TextField("evidence", "Evidence", hint="A link, or where it lies", optional=True, long=True),
    ),
    read=typed.done,
    settle=(("on", _day_done),),
    why="text",
)
CONFIRM: Act[Commitment] = Act(
    verb="confirm",
    typed="confirm",
    title="Confirm",
    check=rules.check_confirm,
    done=_confirmed,
    fields=lambda scene: (TextField("words", "Words", optional=True, long=True),),
    read=words_of("words"),
    why="words",
)
DISPUTE: Act[Commitment] = Act(
    verb="dispute",
    typed="dispute",
    title="Dispute",
    check=rules.check_dispute,
    done=_disputed,
    fields=lambda scene: (TextField("text", "How it stands in your view", long=True),),
    read=words_of("text"),
    settle=(needs("text", NoDispute),),
    why="text",
    send="Dispute",
)
WITHDRAW: Act[Commitment] = Act(
    verb="withdraw",
    typed="withdraw",
    title="Withdraw",
    check=rules.check_withdraw,
    done=lambda scene: rules.withdraw(scene.record, scene.said("reason")),
    fields=lambda scene: (TextField("reason", "Why", long=True),),
    read=words_of("reason"),
    settle=(needs("reason", NoReleaseReason),),
    why="reason",
    send="Withdraw",
)
EVIDENCE: Act[Commitment] = Act(
    verb="evidence",
    typed="evidence",
    title="Evidence for",
    check=rules.check_evidence,
    done=lambda scene: _shown(scene, scene.record),
    fields=lambda scene: (TextField("evidence", "Evidence", hint="A link, or where it lies", long=True),),
    read=words_of("evidence"),
    settle=(needs("evidence", NoEvidence),),
    only_adds=True,
)
REMIND: Act[Commitment] = Act(
    verb="remind",
    typed="remind",
    title="Remind me of",
    check=rules.check_remind,
    done=_reminded,
    fields=_remind_fields,
    read=typed.remind,
    settle=(("before", _chosen),),
    tells=lambda request, promise: (),
)
SNOOZE: Act[Commitment] = Act(
    verb="snooze",
    typed="snooze",
    title="Snooze",
    check=rules.check_remind,
    done=_snoozed,
    fields=lambda scene: (DateField("until", "Say nothing until"),),
    read=typed.until,
    settle=(("until", _quiet),),
    tells=lambda request, promise: (),
    send="Snooze",
)
ACTS: Mapping[str, Act[Commitment]] = {
    act.verb: act
    for act in (
        ACCEPT,
        DECLINE,
        ANOTHER_DATE,
        MOVE,
        DONE,
        CONFIRM,
        DISPUTE,
        WITHDRAW,
        EVIDENCE,
        REMIND,
        SNOOZE,
    )
}
VERBS = Verbs(COMMITMENTS, ACTS)
