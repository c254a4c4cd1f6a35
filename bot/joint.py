"""What the two sides keep together beside issues: commitments, actions, decisions, sessions; and digests."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.actors import Actor
from bot.digests import Digests
from bot.governance.action import Action
from bot.governance.commitment import Commitment
from bot.governance.decision import Decision
from bot.governance.session import Committee, Session
from bot.governance.visibility import Scope, Visibility


@dataclass(frozen=True, slots=True)
class CommitmentFilter:
    """Which commitments a list asks for; "" and None ask for any.

    `owner`, `receiver` and `concerns` (either of the two) are people; `due_before` asks for those due on an
    earlier day. `classes` asks for those classes alone. The soonest due come first.
    """

    partnership: str = ""
    open_only: bool = True
    owner: str = ""
    receiver: str = ""
    concerns: str = ""
    state: str = ""
    study: str = ""
    due_before: date | None = None
    changed_since: datetime | None = None
    classes: tuple[Visibility, ...] = ()
    limit: int = 10
    offset: int = 0


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """Which decisions a list asks for; the newest come first.

    `waits` asks for those on which an approval may be missing: provisional ones, and what a file tells as
    final of a session without a quorum.
    """

    partnership: str = ""
    session: str = ""
    status: str = ""
    waits: bool = False
    decider: str = ""
    study: str = ""
    changed_since: datetime | None = None
    classes: tuple[Visibility, ...] = ()
    limit: int = 10
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """Which action items a list asks for."""

    partnership: str = ""
    session: str = ""
    thread: str = ""
    owner: str = ""
    open_only: bool = True
    classes: tuple[Visibility, ...] = ()
    limit: int = 50
    offset: int = 0


class Joint(Digests, Protocol):
    """The part of an archive that keeps them. Every read is inside the actor's visibility."""

    # commitments (storage/commitments.py)
    def commitment(self, actor: Actor, commitment: str) -> Commitment | None: ...
    def commitments_numbered(self, actor: Actor, number: str) -> tuple[Commitment, ...]: ...
    def commitments(self, actor: Actor, which: CommitmentFilter) -> tuple[Commitment, ...]: ...
    def count_commitments(self, actor: Actor, which: CommitmentFilter) -> int: ...
    def add_commitment(self, actor: Actor, commitment: Commitment) -> None: ...
    def save_commitment(self, actor: Actor, commitment: Commitment) -> None: ...

    # decisions (storage/decisions.py)
    def decision(self, actor: Actor, decision: str) -> Decision | None: ...
    def decisions_numbered(self, actor: Actor, number: str) -> tuple[Decision, ...]: ...
    def decisions(self, actor: Actor, which: DecisionFilter) -> tuple[Decision, ...]: ...
    def count_decisions(self, actor: Actor, which: DecisionFilter) -> int: ...
    def add_decision(self, actor: Actor, decision: Decision) -> None: ...
    def save_decision(self, actor: Actor, decision: Decision) -> None: ...

    # action items (storage/actions.py)
    def action(self, actor: Actor, action: str) -> Action | None: ...
    def actions_numbered(self, actor: Actor, number: str) -> tuple[Action, ...]: ...
    def actions(self, actor: Actor, which: ActionFilter) -> tuple[Action, ...]: ...
    def add_action(self, actor: Actor, action: Action) -> None: ...
    def save_action(self, actor: Actor, action: Action) -> None: ...

    # committees and sessions (storage/sessions.py); shared inside their partnership
    def committees(self, actor: Actor, partnership: str) -> tuple[Committee, ...]: ...
    def committee(self, actor: Actor, committee: str) -> Committee | None: ...
    def save_committee(self, actor: Actor, committee: Committee) -> None: ...
    def meeting(self, actor: Actor, session: str) -> Session | None: ...
    def meetings(self, actor: Actor, partnership: str) -> tuple[Session, ...]: ...
    def save_meeting(self, actor: Actor, session: Session) -> None: ...

    # where a record began, for its writer's own side alone (storage/permalinks.py)
    def keep_link(self, actor: Actor, scope: Scope, record: str, url: str) -> None: ...
    def link(self, actor: Actor, record: str) -> str: ...
    def began_with(self, actor: Actor, url: str) -> tuple[str, ...]: ...
