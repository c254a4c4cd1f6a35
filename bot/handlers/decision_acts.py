"""What one does with a decision: approve it, think otherwise, withdraw it before it is final."""

from collections.abc import Mapping

from bot.errors import Refusal
from bot.governance import deciding
from bot.governance.deciding import Matter
from bot.handlers import decision, decision_told
from bot.handlers.acting import Act, Unsaid, needs, words_of
from bot.handlers.asking import CONDITION, Verbs
from bot.handlers.scene import Noun, Scene
from bot.views import TextField


class NoDissent(Unsaid):
    """Say what you think instead, and why; it stays beside the decision."""


class NoReasonToWithdraw(Unsaid):
    """Say why it is withdrawn; both sides read it."""


class ApprovesAsItIs(Refusal):
    """{number} is approved as it is or not at all, so nothing changed; say “decision dissent {number} …”."""


def _ratified(scene: Scene[Matter]) -> Matter:
    """Words that make a condition of it are no approval."""
    if CONDITION.match(scene.said("words")):
        raise ApprovesAsItIs(number=scene.record.number)
    record = scene.record.decision
    old = scene.archive.decision(scene.actor, record.supersedes) if record.supersedes else None
    deciding.check_first(record, old)
    return deciding.ratify(scene.record, scene.party, scene.now)


DECISIONS: Noun[Matter] = Noun(
    "decision",
    decision.CARD,
    title=lambda about: about.decision.title,
    find=decision.find,
    get=decision.get,
    setting=decision.setting,
    save=decision.save,
    follow=decision_told.follow,
    tell=decision_told.tell,
    concerned=decision_told.concerned,
)
RATIFY: Act[Matter] = Act(
    verb="ratify",
    typed="ratify",
    title="Approve",
    check=deciding.check_ratify,
    done=_ratified,
    read=words_of("words"),
    why="words",
)
DISSENT: Act[Matter] = Act(
    verb="dissent",
    typed="dissent",
    title="I think otherwise",
    check=deciding.check_dissent,
    done=lambda scene: deciding.dissent(scene.record, scene.party, scene.said("words"), scene.now),
    fields=lambda scene: (TextField("words", "What you think, and why", long=True),),
    read=words_of("words"),
    settle=(needs("words", NoDissent),),
    why="words",
    send="Say so",
)
WITHDRAW: Act[Matter] = Act(
    verb="withdraw",
    typed="withdraw",
    title="Withdraw",
    check=deciding.check_withdraw,
    done=lambda scene: deciding.withdraw(scene.record, scene.said("reason")),
    fields=lambda scene: (TextField("reason", "Why", long=True),),
    read=words_of("reason"),
    settle=(needs("reason", NoReasonToWithdraw),),
    why="reason",
    send="Withdraw",
)
ACTS: Mapping[str, Act[Matter]] = {act.verb: act for act in (RATIFY, DISSENT, WITHDRAW)}
VERBS = Verbs(DECISIONS, ACTS)
