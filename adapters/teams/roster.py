"""Who is in a Teams channel, and what Teams says of an account: asked each time, as it tells of no change."""

from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

from adapters.teams.deliver import Carrier
from adapters.teams.read import PLATFORM
from bot.errors import Permanent
from bot.intents import Account, Handle, Kind
from bot.outbox import Address

Json: TypeAlias = dict[str, Any]

PAGE, MOST_PAGES = 500, 100  # members on a page: the most that Teams gives
OUTSIDE = "#EXT#"  # stands in the address of every guest
VISITORS = frozenset({"guest", "anonymous"})


class Roster:
    """Asks over the same way out as the messages go."""

    def __init__(self, carrier: Carrier, app_id: str) -> None:
        self._carrier = carrier
        self._bot = f"28:{app_id}"

    async def members(self, address: Address) -> tuple[Account, ...]:
        """Everybody Teams lists but ourselves; it lists no other apps. Absent where we are not installed."""
        found: list[Account] = []
        token = ""
        for _ in range(MOST_PAGES):
            page = await self._carrier.fetch(address, f"{_there(address)}/pagedmembers?{_query(token)}")
            found += [account(one, address.tenant) for one in _listed(page) if one.get("id") != self._bot]
            token = str(page.get("continuationToken") or "")
            if not token:
                return tuple(found)
        raise Permanent("too many people to look through")

    async def account(self, handle: Handle, address: Address | None = None) -> Account:
        """As somebody in that conversation; Permanent where Teams does not know them there."""
        if address is None or not address.conversation:
            raise Permanent("Teams tells of an account only where it takes part")
        path = f"{_there(address)}/members/{quote(handle.user, safe='')}"
        return account(await self._carrier.fetch(address, path), address.tenant)

    async def leave(self, address: Address) -> None:
        """A bot cannot take itself out of a team."""


def account(told: Json, tenant: str) -> Account:
    """One of Teams' channel accounts, met in a conversation of `tenant`."""
    named = str(told.get("name") or "").strip()
    home = str(told.get("tenantId") or tenant)
    user = str(told.get("aadObjectId") or told.get("objectId") or told.get("id") or "")
    email = str(told.get("email") or told.get("userPrincipalName") or "")
    return Account(Handle(PLATFORM, home, user, named), _kind(told), email=email)


def _kind(told: Json) -> Kind:
    if str(told.get("id") or "").startswith("28:"):
        return Kind.APP
    outside = OUTSIDE in str(told.get("userPrincipalName") or "").upper()
    return Kind.GUEST if outside or str(told.get("userRole") or "").lower() in VISITORS else Kind.MEMBER


def _there(address: Address) -> str:
    return f"v3/conversations/{quote(address.conversation, safe='')}"


def _query(token: str) -> str:
    return urlencode({"pageSize": PAGE} | ({"continuationToken": token} if token else {}))


def _listed(page: Json) -> list[Json]:
    return [one for one in page.get("members") or () if isinstance(one, dict)]
