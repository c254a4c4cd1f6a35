"""Which token speaks in which workspace: the operator's own, or the one of an installation."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.errors import Again, Busy, LockedOut
from bot.ports import Vault
from bot.records import Installation

PLATFORM = "slack"
LATER = 600.0  # seconds until a workspace that does not let us in is tried again


@dataclass(frozen=True, slots=True)
class Grant:
    """A token and the installation it belongs to; `scopes` are those it was given, where that is known."""

    token: str
    home: Installation
    scopes: frozenset[str] = frozenset()

    @property
    def locked_out(self) -> bool:
        """Whether it was not taken when it was last tried."""
        return self.home.locked_out is not None


Team = Callable[[str], Awaitable[str]]


class Tokens:
    """The operator's `own` answers for every workspace, but with `several` only for the one it is of.

    The `vault` has those of the installations, and knows where we were locked out.
    """

    def __init__(self, own: str, vault: Vault | None = None, several: bool = False) -> None:
        self.own = own
        self.vault = vault
        self.several = several
        self._grants: dict[str, Grant] = {}
        self._team = ""

    async def of(self, tenant: str, team: Team) -> Grant:
        """For that workspace; `team` tells whose a token is. LockedOut where there is none."""
        if tenant not in self._grants:
            self._grants[tenant] = await self._looked_up(tenant, team)
        return self._grants[tenant]

    def forget(self, home: Installation) -> None:
        """What was known of that installation: it has changed."""
        kept = {tenant: one for tenant, one in self._grants.items() if one.home.tenant != home.tenant}
        self._grants = kept

    async def every(self) -> tuple[Grant, ...]:
        """The operator's own, and that of every installation; a token "" is one that no key opens."""
        kept = await self.vault.every(PLATFORM) if self.vault else ()
        own = (Grant(self.own, Installation(PLATFORM, "")),) if self.own else ()
        return own + tuple(opened(home) for home in kept if home.secret or self.several)

    async def _looked_up(self, tenant: str, team: Team) -> Grant:
        found = await self._kept(tenant)
        if found and found.secret:
            return opened(found)
        if self.own and (not self.several or await self._own_team(team) == tenant):
            return Grant(self.own, replace(found or Installation(PLATFORM, tenant), secret=""))
        raise LockedOut(f"no token for the workspace {tenant}", LATER)

    async def _kept(self, tenant: str) -> Installation | None:
        try:
            return await self.vault.find(PLATFORM, tenant) if self.vault else None
        except (Busy, TimeoutError):
            raise Again("the record is out of reach") from None

    async def _own_team(self, team: Team) -> str:
        if not self._team:
            self._team = await team(self.own)
        return self._team


def opened(home: Installation) -> Grant:
    """An installation's token and scopes."""
    told: dict[str, Any] = json.loads(home.secret) if home.secret else {}
    scopes = frozenset(part for part in str(told.get("scopes", "")).split(",") if part)
    return Grant(str(told.get("token", "")), home, scopes)


def sealed(tenant: str, name: str, token: str, scopes: str, at: datetime) -> Installation:
    """An installation as it is kept."""
    return Installation(PLATFORM, tenant, name, json.dumps({"token": token, "scopes": scopes}), at)
