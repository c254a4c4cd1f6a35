"""Invitations: kept by the digest of their code, read by who made them and by who has shown the code."""

from typing import Any

from sqlalchemy import RowMapping, bindparam, select, update

from bot.actors import Actor, Permission
from bot.errors import Conflict
from bot.governance import invitation as rules
from bot.governance.invitation import Invitation
from bot.intents import Handle
from storage import mapper
from storage.agreed import InvitationRow, ShownRow
from storage.bound import Bound, table
from storage.tables import IdentityRow

INVITATION = table(InvitationRow)
SHOWN = table(ShownRow)
IDENTITY = table(IdentityRow)
BY_CODE = select(INVITATION).where(INVITATION.c.digest == bindparam("digest"))
BY_ID = select(INVITATION).where(INVITATION.c.id == bindparam("id"))
OF_COMPANY = (
    select(INVITATION)
    .where(INVITATION.c.organisation == bindparam("organisation"))
    .order_by(INVITATION.c.at.desc(), INVITATION.c.id)
)
SHOWN_BY = select(SHOWN.c.invitation).where(
    SHOWN.c.invitation == bindparam("id"),
    SHOWN.c.platform == IDENTITY.c.platform,
    SHOWN.c.tenant == IDENTITY.c.tenant,
    SHOWN.c.user == IDENTITY.c.user,
    IDENTITY.c.person == bindparam("person"),
)
SHOWN_HERE = BY_ID.where(
    SHOWN.c.invitation == INVITATION.c.id,
    SHOWN.c.platform == bindparam("platform"),
    SHOWN.c.tenant == bindparam("tenant"),
    SHOWN.c.user == bindparam("user"),
)


class Invitations(Bound):
    """`secrets` is what codes are made of, the newest first; they are in no row."""

    secrets: tuple[bytes, ...] = (b"",)

    def invite(self, invitation: Invitation) -> str:
        """Keep it; its code."""
        made = rules.code(self.secrets[0], invitation.id)
        self.put(INVITATION, {**mapper.columns(invitation), "digest": rules.digest(made)})
        return made

    def code(self, actor: Actor, invitation: str) -> str:
        """The code of an invitation of the actor's own; "" where what it was made of is gone."""
        found = self._of_own(actor, invitation)
        made = (rules.code(secret, invitation) for secret in self.secrets)
        return next((one for one in made if found and found["digest"] == rules.digest(one)), "")

    def invitation_of(self, code: str) -> Invitation | None:
        """Whatever that code opens."""
        if not rules.read(code):
            return None
        row = self.run(BY_CODE, digest=rules.digest(code)).mappings().first()
        return _invitation(row) if row else None

    def invitation(self, actor: Actor, invitation: str) -> Invitation | None:
        """One that the actor's company made, or whose code the actor has shown; administrators only."""
        own = self._of_own(actor, invitation)
        if own is None and self.run(SHOWN_BY, id=invitation, person=actor.person).first() and _may(actor):
            own = self.run(BY_ID, id=invitation).mappings().first()
        return _invitation(own) if own else None

    def invitations(self, actor: Actor) -> tuple[Invitation, ...]:
        """Those of the company the actor administers, the newest first."""
        if not _may(actor):
            return ()
        rows = self.run(OF_COMPANY, organisation=actor.organisation).mappings()
        return tuple(_invitation(row) for row in rows)

    def show(self, handle: Handle, invitation: Invitation) -> None:
        """Somebody has said its code."""
        self.put_new(SHOWN, {**mapper.columns(handle, "name"), "invitation": invitation.id})

    def shown(self, handle: Handle, invitation: str) -> Invitation | None:
        """One whose code this account has said."""
        row = self.run(SHOWN_HERE, **mapper.columns(handle, "name"), id=invitation).mappings().first()
        return _invitation(row) if row else None

    def settle(self, invitation: Invitation) -> None:
        """Save what became of it. Raises Conflict where something became of it meanwhile."""
        unchanged = INVITATION.c.id == invitation.id, INVITATION.c.version == invitation.version - 1
        became = {name: getattr(invitation, name) for name in ("taken_by", "version")}
        change = update(INVITATION).where(*unchanged).values(**became, state=invitation.state.value)
        if self.run(change).rowcount != 1:
            raise Conflict(invitation.id)

    def _of_own(self, actor: Actor, invitation: str) -> RowMapping | None:
        row = self.run(BY_ID, id=invitation).mappings().first()
        return row if row and _may(actor) and row["organisation"] == actor.organisation else None


def _may(actor: Actor) -> bool:
    return bool(actor.organisation) and actor.may(Permission.ADMINISTER)


def _invitation(row: RowMapping) -> Invitation:
    told: dict[Any, Any] = dict(row)
    return mapper.built(Invitation, told)
