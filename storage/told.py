"""What PostgreSQL is told of who reads: the settings by which its second wall lets rows through."""

from enum import StrEnum

from sqlalchemy import bindparam, func, select

from bot.actors import Actor, Permission
from bot.governance.visibility import Visibility


class Worker(StrEnum):
    """Who works for nobody in particular; each is let in by name to the tables it needs, and to no more."""

    CLOCK = "clock"  # acts where nobody asked: alarms, letters, a file that is loaded
    DESK = "desk"  # writes down what was done and what is promised; reads no record
    POST = "post"  # claims what is promised and due
    AUDITOR = "auditor"  # looks whether every clock is set
    CHECKUP = "checkup"  # tells an operator what is amiss
    VERIFIER = "verifier"  # recomputes the chains of the audit
    SWEEPER = "sweeper"  # forgets what nobody needs any more
    RESTORER = "restorer"  # doubts what was promised before a backup was taken


NAMES = ("worker", "sees", "partnerships", "organisation", "administers", "person")
TELL = select(*(func.set_config(f"parley.{name}", bindparam(name), True) for name in NAMES))
NOBODY = dict.fromkeys(NAMES, "")


def settings(who: Actor | Worker) -> dict[str, str]:
    """The values of all settings; lists are lines. What is not said is "", and "" lets nothing through."""
    match who:
        case Worker():
            return NOBODY | {"worker": who.value}
        case Actor():
            return NOBODY | _reader(who)


def _reader(actor: Actor) -> dict[str, str]:
    sees = [scope for scope in actor.sees if scope.visibility is not Visibility.RESTRICTED]
    return {
        "sees": "\n".join(sorted(f"{scope.partnership}:{scope.visibility.value}" for scope in sees)),
        "partnerships": "\n".join(sorted(actor.partnerships)),
        "organisation": actor.organisation,
        "administers": actor.organisation if actor.may(Permission.ADMINISTER) else "",
        "person": actor.person,
    }
