"""A vault for the command line: found where there is one, and put under a new key."""

from bot.clock import Clock
from bot.errors import Busy
from storage import checkup
from storage.engines import WrongAddress
from storage.store import SqlStore
from storage.vault import Keys, SqlVault, UnknownKey


class NotRotated(Exception):
    """Nothing was changed; the message is one line for an operator."""


def at(store: SqlStore, setting: str) -> SqlVault:
    """The vault of that record."""
    return SqlVault(store, Keys(setting))


def found(url: str, setting: str, clock: Clock) -> SqlVault | None:
    """The vault of that database; None where it cannot be looked into."""
    try:
        checkup.fit(url)
        return at(SqlStore(url, clock), setting)
    except (Busy, WrongAddress, checkup.Unfit):
        return None


def rotate(store: SqlStore, setting: str) -> str:
    """Everything under the first key of the setting, and how much that was. Raises NotRotated."""
    keys = Keys(setting)
    if not keys.names:
        raise NotRotated("PARLEY_SECRET_KEY is not set; set it to the new key, a comma, and the old one")
    try:
        count = SqlVault(store, keys).rotate()
    except UnknownKey as lost:
        remedy = "put the old key behind the new one, as new,old"
        raise NotRotated(
            f"PARLEY_SECRET_KEY lacks the key of some stored tokens ({lost}); {remedy}"
        ) from None
    done = "1 token is" if count == 1 else f"{count} tokens are"
    return (
        f"{done} encrypted under the first key {keys.name}; the others may be taken out of PARLEY_SECRET_KEY."
    )
