"""The wall between the companies: the one filter every query of records goes through, and it fails closed."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, bindparam, exists, or_, true, tuple_

from bot.actors import Actor, Permission
from bot.governance.parting import PartnershipEnded
from bot.governance.visibility import Scope, Visibility
from storage.bound import table
from storage.issue_rows import IssuePartyRow, RestrictedReaderRow

READER = table(RestrictedReaderRow)
PARTY = table(IssuePartyRow).alias("party_of")


def inside(clock: bool, rows: FromClause, record: ColumnElement[str]) -> ColumnElement[bool]:
    """Which rows may be read, by what `sight` says of the actor; all of them where the actor is the clock.

    `record` is the column that holds the id of the record itself.
    """
    if clock:
        return true()
    by_class = tuple_(rows.c.partnership, rows.c.visibility).in_(bindparam("wall_sees", expanding=True))
    named = READER.c.record == record, READER.c.person == bindparam("wall_person")
    by_name = and_(
        rows.c.visibility == Visibility.RESTRICTED.value,
        rows.c.partnership.in_(bindparam("wall_partnerships", expanding=True)),
        exists().where(*named, READER.c.barred.is_(False)),
    )
    by_company = and_(
        rows.c.visibility == Visibility.TRI_PARTY.value,
        exists().where(
            PARTY.c.record == record,
            PARTY.c.organisation == bindparam("wall_organisation"),
            PARTY.c.through.in_(bindparam("wall_through", expanding=True)),
        ),
    )
    return or_(by_class, by_name, by_company)


def sight(actor: Actor) -> dict[str, Any]:
    """What the actor may see, as the parameters of `inside`: nothing unless it is said.

    A restricted record is never open to a whole class, whatever the actor was built with.
    """
    if actor.is_clock:
        return {}
    sees = [scope for scope in actor.sees if scope.visibility is not Visibility.RESTRICTED]
    return {
        "wall_sees": [(scope.partnership, scope.visibility.value) for scope in sees],
        "wall_partnerships": sorted(actor.partnerships) if actor.person else [],
        "wall_person": actor.person,
        "wall_organisation": actor.organisation,
        "wall_through": sorted(one.partnership for one in sees if one.visibility is Visibility.SHARED),
    }


def writable(actor: Actor, scope: Scope) -> bool:
    """Whether the actor may write there: where they read, or restricted in a partnership of theirs.

    Raises PartnershipEnded where nobody writes any more.
    """
    if actor.is_clock:
        return True
    still_open(actor, scope.partnership)
    if scope.visibility is Visibility.RESTRICTED:
        return bool(actor.person) and scope.partnership in actor.partnerships
    return scope in actor.sees


def still_open(actor: Actor, partnership: str) -> None:
    """Raises PartnershipEnded where the partnership is over: its record is only read."""
    if partnership in actor.ended:
        raise PartnershipEnded


def administered(actor: Actor) -> str:
    """The company the actor administers. Raises PermissionError for everybody else."""
    if not actor.organisation or not actor.may(Permission.ADMINISTER):
        raise PermissionError("not an administrator")
    return actor.organisation
