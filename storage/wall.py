"""The wall between the companies: the one filter every query of records goes through, and it fails closed."""

from sqlalchemy import ColumnElement, Table, and_, exists, false, or_, true, tuple_

from bot.actors import Actor
from bot.governance.visibility import Scope, Visibility
from storage.bound import table
from storage.tables import RestrictedReaderRow

READER = table(RestrictedReaderRow)


def visible(actor: Actor, rows: Table, record: ColumnElement[str]) -> ColumnElement[bool]:
    """Which rows the actor may read. `record` is the column that holds the id of the record itself."""
    if actor.is_clock:
        return true()
    return or_(_by_class(actor, rows), _by_name(actor, rows, record))


def writable(actor: Actor, scope: Scope) -> bool:
    """Whether the actor may write there: where they read, or restricted in a partnership of theirs."""
    if actor.is_clock:
        return True
    if scope.visibility is Visibility.RESTRICTED:
        return bool(actor.person) and scope.partnership in actor.partnerships
    return scope in actor.sees


def _by_class(actor: Actor, rows: Table) -> ColumnElement[bool]:
    # A restricted record is never open to a whole class, whatever the actor was built with.
    open_scopes = sorted(
        (scope.partnership, scope.visibility.value)
        for scope in actor.sees
        if scope.visibility is not Visibility.RESTRICTED
    )
    return tuple_(rows.c.partnership, rows.c.visibility).in_(open_scopes) if open_scopes else false()


def _by_name(actor: Actor, rows: Table, record: ColumnElement[str]) -> ColumnElement[bool]:
    if not actor.person:
        return false()
    return and_(
        rows.c.visibility == Visibility.RESTRICTED.value,
        rows.c.partnership.in_(sorted(actor.partnerships)),
        exists().where(READER.c.record == record, READER.c.person == actor.person),
    )
