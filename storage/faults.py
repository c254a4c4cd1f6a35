"""What a database's errors mean to the bot: busy (nothing saved), a conflict, or not confirmed."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from bot.errors import Busy, Conflict

SQLITE_OWN_MISTAKE = 1  # SQLITE_ERROR: bad SQL or a missing table, not an unreachable database


@contextmanager
def named() -> Iterator[None]:
    """Around the work of a transaction: nothing of it is saved when this raises."""
    try:
        yield
    except PoolTimeout as error:
        raise Busy("no free connection") from error
    except StaleDataError as error:
        raise Conflict(str(error)) from error
    except DBAPIError as error:
        if not is_unreachable(error):
            raise
        raise Busy("the database did not answer") from error


@contextmanager
def committing() -> Iterator[None]:
    """Around the commit: a connection lost in the middle of it leaves nobody sure."""
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated:
            raise TimeoutError("whether it was saved could not be confirmed") from error
        raise


def is_unreachable(error: DBAPIError) -> bool:
    """Locked, too slow, gone or full: everything but a mistake in our own statement."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return type(error) in (OperationalError, DatabaseError) and code & 0xFF != SQLITE_OWN_MISTAKE
    return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
