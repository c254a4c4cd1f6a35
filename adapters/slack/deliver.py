"""Brings parcels to Slack, finds them again by an opaque key, and says of every failure what to do next."""

import hashlib
import logging
from collections.abc import Awaitable, Mapping
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack import read, render
from bot.errors import Again, Ambiguous, Permanent, Undelivered
from bot.outbox import Address, Parcel, Receipt

PATIENCE = aiohttp.ClientTimeout(total=8, connect=4)  # seconds
KEEP_ALIVE = 4.0  # seconds; shorter than any server's, so that no message meets a connection just closed
MARK = "parley_message"
PAGE = 100  # messages looked through for one of ours
LATER = frozenset({"ratelimited", "rate_limited", "team_added_to_org"})
LOCKED_OUT = frozenset({"invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed"})
MENDED = 300.0  # seconds; a token is replaced by a person, and no message should be lost meanwhile
SKEW = 300.0  # seconds by which two clocks may disagree
UNCERTAIN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
WAIT, LONGEST_WAIT = 30.0, 3600.0  # seconds, where Slack does not say
SCOPES = frozenset({"app_mentions:read", "chat:write", "commands", "im:history", "im:write"})


class Deliveries:
    """One workspace's outgoing side: one session, no retries of its own (the outbox retries)."""

    def __init__(self, bot_token: str, api_url: str) -> None:
        self._token = bot_token
        self._api_url = api_url
        self._session: aiohttp.ClientSession | None = None
        self._direct: dict[str, str] = {}

    async def close(self) -> None:
        """Ends the session; a later call would open a new one."""
        if self._session:
            await self._session.close()
        self._session = None

    async def send(self, parcel: Parcel) -> Receipt:
        """Posts, edits, or shows to one person only. Permanent, Again or Ambiguous where it could not."""
        if is_whispered(parcel.address):
            return await self._whisper(parcel)
        if parcel.existing:
            return await self._edit(parcel, parcel.existing)
        channel = await self._conversation(parcel.address)
        thread = parcel.address.thread or None
        post = self._client().chat_postMessage(
            channel=channel, thread_ts=thread, metadata=_metadata(parcel), mrkdwn=False, **_content(parcel)
        )
        return _receipt(await _tried(post), channel, "ts")

    async def find(self, parcel: Parcel) -> Receipt | None:
        """The message sent under this parcel's key; None where the conversation is known not to hold it.

        An edit may be made twice, so it is never looked for. Ambiguous where Slack keeps no trace, shows only
        part of the conversation, or does not answer.
        """
        if is_whispered(parcel.address):
            raise Ambiguous("a private message leaves no trace")
        if parcel.existing:
            return None
        try:
            channel = await self._conversation(parcel.address)
            page = await _tried(self._history(channel, parcel.address.thread, _oldest(parcel.since)))
        except Undelivered as fault:
            raise Ambiguous(f"not looked up: {fault}") from None
        return _found(page, channel, opaque(parcel.key))

    async def name(self, user: str) -> str:
        """What a person is called in this workspace."""
        told = (await _tried(self._client().users_info(user=user))).get("user") or {}
        return str(told.get("real_name") or told.get("name") or "")

    async def probe(self) -> str:
        """One line: who we are there. Undelivered, with the remedy, where we cannot do our work."""
        try:
            answer = await _tried(self._client().auth_test())
        except Undelivered as fault:
            if isinstance(fault, Permanent) or str(fault) in LOCKED_OUT:
                raise Permanent(f"the token is not accepted ({fault}); set SLACK_BOT_TOKEN anew") from None
            raise Again(f"no clear answer ({fault}); look at the network and SLACK_API_URL") from None
        granted = _scopes(answer.headers)
        missing = ", ".join(sorted(SCOPES - granted))
        if granted and missing:
            raise Permanent(f"scopes are missing: {missing}; add them to the Slack app and install it again")
        team, team_id, user = (answer.get(name, "?") for name in ("team", "team_id", "user"))
        return f"Slack: {team} ({team_id}) as {user}"

    async def _whisper(self, parcel: Parcel) -> Receipt:
        address = parcel.address
        whisper = self._client().chat_postEphemeral(
            channel=address.conversation,
            user=address.user,
            thread_ts=address.thread or None,
            **_content(parcel),
        )
        return _receipt(await _tried(whisper), address.conversation, "message_ts")

    async def _edit(self, parcel: Parcel, existing: Receipt) -> Receipt:
        """The same edit twice changes nothing, so doubt about one is a reason to make it again."""
        edit = self._client().chat_update(
            channel=existing.conversation, ts=existing.message, metadata=_metadata(parcel), **_content(parcel)
        )
        return _receipt(await _repeatable(edit), existing.conversation, "ts")

    async def _conversation(self, address: Address) -> str:
        """Where it goes: the room, or our direct conversation with the person, opened where it is not yet."""
        known = address.conversation or self._direct.get(address.user)
        if known:
            return known
        opened = await _repeatable(self._client().conversations_open(users=address.user))
        channel = str((opened.get("channel") or {}).get("id") or "")
        if not channel:
            raise Permanent("no direct conversation")
        self._direct[address.user] = channel
        return channel

    def _history(self, channel: str, thread: str, oldest: str) -> Awaitable[AsyncSlackResponse]:
        if thread:
            return self._client().conversations_replies(
                channel=channel, ts=thread, oldest=oldest, limit=PAGE, include_all_metadata=True
            )
        return self._client().conversations_history(
            channel=channel, oldest=oldest, limit=PAGE, include_all_metadata=True
        )

    def _client(self) -> AsyncWebClient:
        """A client on our one session, which can only be made where a loop runs."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(keepalive_timeout=KEEP_ALIVE)
            self._session = aiohttp.ClientSession(timeout=PATIENCE, connector=connector)
        return AsyncWebClient(
            token=self._token,
            base_url=self._api_url,
            session=self._session,
            retry_handlers=[],
            logger=_quiet(),
        )


def is_whispered(address: Address) -> bool:
    """Shown to one person among others. In a direct conversation a message is private anyway, and lasts."""
    return bool(
        address.private and address.user and address.conversation and not read.is_direct(address.conversation)
    )


def _oldest(since: datetime | None) -> str:
    """From when on to look, with room for two clocks that disagree; Slack's own form."""
    return f"{since.timestamp() - SKEW:.6f}" if since else "0"


def opaque(key: str) -> str:
    """A promise's key as others in the conversation may see it: it says nothing."""
    return hashlib.sha256(key.encode()).hexdigest()


def verdict(fault: Exception) -> Undelivered:
    """What a failed call means: refused for good, certainly not arrived, or nobody knows."""
    match fault:
        case Undelivered():
            return fault
        case SlackApiError():
            return _refusal(fault)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError() | aiohttp.InvalidURL():
            return Again(f"no connection: {type(fault).__name__}")
        case _:
            return Ambiguous(type(fault).__name__)


def _refusal(fault: SlackApiError) -> Undelivered:
    """Sorted by Slack's own word; without one, by the HTTP status."""
    answer = fault.response
    data = getattr(answer, "data", None)
    word = str(data.get("error") or "") if isinstance(data, Mapping) else ""
    status = int(getattr(answer, "status_code", 0) or getattr(answer, "status", 0))
    reason = word or f"HTTP {status}"
    if status == 429 or word in LATER:
        return Again(reason, _wait(getattr(answer, "headers", {})))
    if word in LOCKED_OUT:
        return Again(word, MENDED)
    if word in UNCERTAIN or status >= 500 or status == 408 or (not word and status < 400):
        return Ambiguous(reason)
    if not word:
        return Again(reason, WAIT)  # turned away by something in front of Slack
    return Permanent("message was deleted" if word == "message_not_found" else word)


def _wait(headers: Mapping[str, str]) -> float:
    """Seconds that Slack asks us to wait."""
    try:
        return min(max(1.0, float(headers.get("Retry-After", WAIT))), LONGEST_WAIT)
    except ValueError:
        return WAIT


async def _tried(call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """The answer, or the verdict on its failure."""
    try:
        return await call
    except Exception as fault:
        raise verdict(fault) from None


async def _repeatable(call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """As `_tried`, for a call that does no harm when made twice: doubt means again."""
    try:
        return await _tried(call)
    except Ambiguous as doubt:
        raise Again(str(doubt)) from None


def _found(page: AsyncSlackResponse, channel: str, key: str) -> Receipt | None:
    """The message under the key on this page; None only where the page is all there is."""
    for message in page.get("messages") or ():
        mark = message.get("metadata") or {}
        if mark.get("event_type") == MARK and (mark.get("event_payload") or {}).get("key") == key:
            return Receipt(channel, str(message["ts"]))
    if page.get("has_more") or page.get("messages") is None:
        raise Ambiguous("only part of the conversation could be looked through")
    return None


def _receipt(answer: AsyncSlackResponse, channel: str, stamp: str) -> Receipt:
    return Receipt(str(answer.get("channel") or channel), str(answer.get(stamp) or ""))


def _metadata(parcel: Parcel) -> dict[str, object]:
    return {"event_type": MARK, "event_payload": {"key": opaque(parcel.key)}}


def _content(parcel: Parcel) -> dict[str, Any]:
    """Blocks and the line beside them; links in them are never fetched for a preview."""
    drawn = render.blocks(parcel.card, parcel.repeat)
    return {"blocks": drawn, "text": render.line(parcel.card), "unfurl_links": False, "unfurl_media": False}


def _scopes(headers: Mapping[str, str]) -> frozenset[str]:
    """What the token was granted, as Slack says beside every answer."""
    listed = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes", "")
    return frozenset(scope.strip() for scope in listed.split(",") if scope.strip())


def _quiet() -> logging.Logger:
    """The SDK writes whole messages to its debug log; these are other people's words."""
    logger = logging.getLogger("slack_sdk.parley")
    logger.setLevel(logging.WARNING)
    return logger
