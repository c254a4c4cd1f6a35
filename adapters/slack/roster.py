"""Who is in a channel, and what Slack says of an account: asked at each post, remembered for a while."""

import asyncio
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.calls import Call, Calls
from adapters.slack.tokens import LATER
from bot.errors import Absent, LockedOut, Permanent
from bot.intents import Account, Handle, Kind
from bot.outbox import Address

REMEMBERED = 300.0  # seconds; changes come by user_change, so this is for what an outage swallowed
MOST = 20_000  # accounts remembered
PAGE, MOST_PAGES = 200, 100  # members on a page, as Slack advises, and pages of one channel
AT_ONCE = 8  # questions about accounts under way together
NOT_THERE = frozenset({"not_in_channel", "channel_not_found", "is_archived", "team_not_found"})
UNSEEN = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
MISSING = "missing_scope: channels:read, groups:read and users:read are needed; see ./parley check"

Who = tuple[str, str]
Told = Mapping[str, Any]


class Roster:
    """`now` gives seconds that only grow."""

    def __init__(self, calls: Calls, now: Callable[[], float] = monotonic) -> None:
        self._calls = calls
        self._now = now
        self._known: dict[Who, tuple[float, Account]] = {}
        self._us: dict[str, str] = {}

    async def members(self, address: Address) -> tuple[Account, ...]:
        """Everybody but ourselves, other apps included. Absent where we are not among them."""
        tenant = address.tenant
        users = await self._users(address)
        if await self._ourselves(tenant) not in users:
            self._us.pop(tenant, None)  # somebody may have installed us anew
        us, gate = await self._ourselves(tenant), asyncio.Semaphore(AT_ONCE)
        if us not in users:
            raise Absent("not_in_channel")

        async def look(user: str) -> Account:
            async with gate:
                return await self._remembered(tenant, user)

        return tuple(await asyncio.gather(*(look(user) for user in users if user != us)))

    async def account(self, handle: Handle, address: Address | None = None) -> Account:
        """What Slack says of it at this moment, never what was remembered."""
        return await self._asked(address.tenant if address else handle.tenant, handle.user)

    async def leave(self, address: Address) -> None:
        """As far as we may: without the permission the room is merely not ours any more."""
        try:
            await self._ask(
                address.tenant, lambda client: client.conversations_leave(channel=address.conversation)
            )
        except (Permanent, LockedOut):
            return

    def learn(self, tenant: str, told: Told) -> Account:
        """What an event says of an account."""
        found = account(told)
        self._keep((tenant, found.handle.user), found)
        return found

    async def _users(self, address: Address) -> list[str]:
        """The ids of everybody in the channel, page by page."""
        users: list[str] = []
        cursor = ""
        for _ in range(MOST_PAGES):
            page = await self._page(address, cursor)
            users += [str(user) for user in page.get("members") or ()]
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return users
        raise Permanent("too many people to look through")

    async def _page(self, address: Address, cursor: str) -> AsyncSlackResponse:
        return await self._ask(
            address.tenant,
            lambda client: client.conversations_members(
                channel=address.conversation, limit=PAGE, cursor=cursor or None
            ),
        )

    async def _ourselves(self, tenant: str) -> str:
        """Our own bot's user id there."""
        if tenant not in self._us:
            told = await self._ask(tenant, lambda client: client.auth_test())
            self._us[tenant] = str(told.get("user_id") or "")
        return self._us[tenant]

    async def _remembered(self, tenant: str, user: str) -> Account:
        until, known = self._known.get((tenant, user), (0.0, None))
        return known if known and self._now() < until else await self._asked(tenant, user)

    async def _asked(self, tenant: str, user: str) -> Account:
        """An account that Slack will not tell of is somebody we do not know."""
        try:
            answer = await self._ask(tenant, lambda client: client.users_info(user=user))
        except Permanent as fault:
            if str(fault) not in UNSEEN:
                raise
            return Account(Handle("slack", "", user))
        found = account(answer.get("user") or {})
        self._keep((tenant, user), found)
        return found

    def _keep(self, who: Who, found: Account) -> None:
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[who] = self._now() + REMEMBERED, found

    async def _ask(self, tenant: str, call: Call) -> AsyncSlackResponse:
        """Asking twice does no harm. Without the permission nothing is lost: it waits until it is granted."""
        try:
            return await self._calls.repeatable(tenant, call)
        except Permanent as fault:
            if str(fault) == "missing_scope":
                raise LockedOut(MISSING, LATER) from None
            if str(fault) in NOT_THERE:
                raise Absent(str(fault)) from None
            raise


def account(told: Told) -> Account:
    """One of Slack's user objects. Somebody of another workspace belongs to theirs."""
    profile: Told = told.get("profile") or {}
    name = profile.get("real_name") or told.get("real_name") or told.get("name") or ""
    home = str(told.get("team_id") or profile.get("team") or "")
    return Account(
        Handle("slack", home, str(told.get("id") or ""), str(name)),
        _kind(told),
        str(profile.get("title") or ""),
        str(profile.get("email") or ""),
        str(told.get("tz") or ""),
    )


def _kind(told: Told) -> Kind:
    if told.get("deleted"):
        return Kind.GONE
    if told.get("is_bot") or told.get("is_workflow_bot") or told.get("id") == "USLACKBOT":
        return Kind.APP
    return Kind.GUEST if told.get("is_restricted") or told.get("is_ultra_restricted") else Kind.MEMBER
