"""Proposals to change what was agreed, read and answered by both sides' administrators only."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, Table, bindparam, select, update

from bot.actors import Actor, Permission
from bot.errors import Conflict
from bot.governance.calendar import WorkCalendar
from bot.governance.escalation import Policy
from bot.governance.proposal import Kind, Proposal, State
from storage import mapper
from storage.agreed import CalendarRow, PolicyRow, ProposalRow
from storage.bound import table
from storage.memory import Remembering
from storage.tables import PartnershipRow
from storage.wall import administered, still_open

PROPOSAL = table(ProposalRow)
PARTNERSHIP = table(PartnershipRow)
AGREED: Mapping[Kind, Table] = {Kind.POLICY: table(PolicyRow), Kind.CALENDAR: table(CalendarRow)}
BY_ID = select(PROPOSAL).where(PROPOSAL.c.id == bindparam("id"))
OPEN_NOW = select(PROPOSAL).where(
    PROPOSAL.c.partnership == bindparam("partnership"),
    PROPOSAL.c.kind == bindparam("kind"),
    PROPOSAL.c.state == State.OPEN.value,
)
ENDED = ("answered_by", "answered_at", "reason", "version")


class Proposals(Remembering):
    """What one side's administrator proposes to the other's."""

    def propose(self, actor: Actor, proposal: Proposal) -> None:
        """Keep it. Raises Conflict where another of its kind is open by now."""
        _check(actor, proposal.partnership)
        self.passes(actor)
        if not self.put_new(PROPOSAL, mapper.columns(proposal)):
            raise Conflict(proposal.id)

    def proposal(self, actor: Actor, proposal: str) -> Proposal | None:
        """One of a partnership of the company the actor administers."""
        self.passes(actor)
        row = self.run(BY_ID, id=proposal).mappings().first()
        return _proposal(row) if row and _may(actor, row["partnership"]) else None

    def open_proposal(self, actor: Actor, partnership: str, kind: Kind) -> Proposal | None:
        """The one that waits for an answer."""
        if not _may(actor, partnership):
            return None
        self.passes(actor)
        row = self.run(OPEN_NOW, partnership=partnership, kind=kind.value).mappings().first()
        return _proposal(row) if row else None

    def replaced(self, actor: Actor, proposal: Proposal) -> Policy | WorkCalendar:
        """What it would follow, or has followed. Raises PermissionError for who may not see the proposal."""
        _check(actor, proposal.partnership)
        terms = AGREED[proposal.kind]
        row = self.run(select(terms).where(terms.c.id == proposal.replaces)).mappings().one()
        if proposal.kind is Kind.POLICY:
            return mapper.built(Policy, mapper.called(row))
        return mapper.built(WorkCalendar, mapper.called(row))

    def settle_proposal(self, actor: Actor, proposal: Proposal) -> None:
        """Save how it ended. Raises Conflict where it ended meanwhile."""
        _check(actor, proposal.partnership)
        self.passes(actor)
        unchanged = PROPOSAL.c.id == proposal.id, PROPOSAL.c.version == proposal.version - 1
        became = {name: getattr(proposal, name) for name in ENDED} | {"state": proposal.state.value}
        if self.run(update(PROPOSAL).where(*unchanged).values(**became)).rowcount != 1:
            raise Conflict(proposal.id)

    def put_in_force(self, actor: Actor, proposal: Proposal, terms: Policy | WorkCalendar) -> str:
        """A row of its own for the new terms, and the partnership's from now on; its id.

        The row before stays as it is, for whoever else shares it. Raises Conflict where that is no longer the
        one in force.
        """
        _check(actor, proposal.partnership)
        made = f"{proposal.partnership}/{terms.version}"
        self.put(AGREED[proposal.kind], {**mapper.columns(terms), "id": made, "name": terms.id})
        column = PARTNERSHIP.c[proposal.kind.value]
        unchanged = PARTNERSHIP.c.id == proposal.partnership, column == proposal.replaces
        change = update(PARTNERSHIP).where(*unchanged).values({proposal.kind.value: made})
        if self.run(change).rowcount != 1:
            raise Conflict(proposal.id)
        self.forget()
        return made


def _may(actor: Actor, partnership: str) -> bool:
    return partnership in actor.partnerships and actor.may(Permission.ADMINISTER)


def _check(actor: Actor, partnership: str) -> None:
    administered(actor)
    still_open(actor, partnership)
    if partnership not in actor.partnerships:
        raise PermissionError("another company's partnership")


def _proposal(row: RowMapping) -> Proposal:
    told: dict[Any, Any] = dict(row)
    return mapper.built(Proposal, told)
