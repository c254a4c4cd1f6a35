"""Brings parcels to Slack, finds them again by an opaque key, and says of every failure what to do next."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack import read, render
from adapters.slack.calls import Calls
from bot.errors import Ambiguous, LockedOut, Permanent, Undelivered
from bot.outbox import Address, Parcel, Receipt

MARK = "parley_message"
PAGE = 100  # messages looked through for one of ours
NOT_THERE = frozenset({"not_in_channel", "channel_not_found", "user_not_in_channel", "is_archived"})
SKEW = 300.0  # seconds by which two clocks may disagree


class Deliveries:
    """The outgoing side; no retries of its own (the outbox retries)."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._direct: dict[tuple[str, str], str] = {}

    async def send(self, parcel: Parcel) -> Receipt:
        """Posts, edits, or shows to one person only. Permanent, Again or Ambiguous where it could not."""
        if is_whispered(parcel.address):
            return await self._privately(parcel)
        if parcel.existing:
            return await self._edit(parcel, parcel.existing)
        channel = await self._conversation(parcel.address)
        thread = parcel.address.thread or None
        answer = await self._calls.ask(
            parcel.address.tenant,
            lambda client: client.chat_postMessage(
                channel=channel,
                thread_ts=thread,
                metadata=_metadata(parcel),
                mrkdwn=False,
                **_content(parcel),
            ),
        )
        return _receipt(answer, channel, "ts")

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
            page = await self._history(parcel.address, channel, _oldest(parcel.since))
        except LockedOut:
            raise
        except Undelivered as fault:
            raise Ambiguous(f"not looked up: {fault}") from None
        return _found(page, channel, opaque(parcel.key))

    async def name(self, tenant: str, user: str) -> str:
        """What a person is called in that workspace."""
        told = (await self._calls.ask(tenant, lambda client: client.users_info(user=user))).get("user") or {}
        return str(told.get("real_name") or told.get("name") or "")

    async def _privately(self, parcel: Parcel) -> Receipt:
        """Where it was asked for; directly where we, or they, are not in there: commands work everywhere."""
        try:
            return await self._whisper(parcel)
        except Permanent as fault:
            if str(fault) not in NOT_THERE:
                raise
        directly = replace(parcel.address, conversation="", thread="")
        return await self.send(replace(parcel, address=directly))

    async def _whisper(self, parcel: Parcel) -> Receipt:
        address = parcel.address
        answer = await self._calls.ask(
            address.tenant,
            lambda client: client.chat_postEphemeral(
                channel=address.conversation,
                user=address.user,
                thread_ts=address.thread or None,
                **_content(parcel),
            ),
        )
        return _receipt(answer, address.conversation, "message_ts")

    async def _edit(self, parcel: Parcel, existing: Receipt) -> Receipt:
        """The same edit twice changes nothing, so doubt about one is a reason to make it again."""
        answer = await self._calls.repeatable(
            parcel.address.tenant,
            lambda client: client.chat_update(
                channel=existing.conversation,
                ts=existing.message,
                metadata=_metadata(parcel),
                **_content(parcel),
            ),
        )
        return _receipt(answer, existing.conversation, "ts")

    async def _conversation(self, address: Address) -> str:
        """Where it goes: the room, or our direct conversation with the person, opened where it is not yet."""
        whose = (address.tenant, address.user)
        known = address.conversation or self._direct.get(whose)
        if known:
            return known
        opened = await self._calls.repeatable(
            address.tenant, lambda client: client.conversations_open(users=address.user)
        )
        channel = str((opened.get("channel") or {}).get("id") or "")
        if not channel:
            raise Permanent("no direct conversation")
        self._direct[whose] = channel
        return channel

    async def _history(self, address: Address, channel: str, oldest: str) -> AsyncSlackResponse:
        asked: dict[str, Any] = {"channel": channel, "oldest": oldest, "limit": PAGE}
        asked |= {"include_all_metadata": True}
        thread = address.thread
        if thread:
            return await self._calls.ask(
                address.tenant, lambda one: one.conversations_replies(ts=thread, **asked)
            )
        return await self._calls.ask(address.tenant, lambda one: one.conversations_history(**asked))


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
    drawn = render.blocks(parcel.view, parcel.repeat)
    return {"blocks": drawn, "text": render.line(parcel.view), "unfurl_links": False, "unfurl_media": False}
