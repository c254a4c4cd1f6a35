"""A small Slack: people type and press, the bot is called with signed requests and answers."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Coroutine, Iterable
from typing import Any
from urllib.parse import urlencode

from starlette.routing import Route

from playground.cast import Author, Json, SlackPerson, Workspace
from playground.slack_api import WebApi
from playground.slack_hooks import Hooks
from playground.slack_limits import broken
from playground.slack_payloads import click, event, pressed, slash, typed
from playground.slack_record import SLACKBOT, SlackDraft, SlackMessage, SlackRecord, SlackRoom
from playground.wire import Answer
from playground.wiring import Wiring

PATH = "/slack/events"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
RETRY_DELAYS = (1.0, 60.0, 300.0)
ACK_SECONDS = 3.0


class SlackSide:
    """All workspaces; `retry_delays` and `ack_seconds` are seconds and may be set by a test."""

    def __init__(self, workspaces: Iterable[Workspace], wiring: Wiring, signing_secret: str) -> None:
        self.retry_delays: tuple[float, ...] = RETRY_DELAYS
        self.ack_seconds = ACK_SECONDS
        self.record = SlackRecord(workspaces, wiring.wall, wiring.clock.stamp, wiring.changes.bump)
        self._wiring = wiring
        self._secret = signing_secret
        self._hooks = Hooks(self.record, f"{wiring.own_url}/slack/response", wiring.wall)
        self._api = WebApi(self.record, self._hooks, wiring)
        self._retries: set[asyncio.Task[None]] = set()

    def routes(self) -> list[Route]:
        return self._api.routes()

    @property
    def views(self) -> list[Json]:
        """The forms the bot opened, oldest first; `for` is the person who sees it."""
        return self._api.views

    def messages(self, user: str, channel: str) -> list[SlackMessage]:
        """What this person sees in a channel, oldest first; `channel` may be a person's id for their DM."""
        workspace, _ = self.record.person(user)
        room = self.record.room(workspace, channel)
        return [one for one in room.messages if one.only_for in (None, user)]

    def invite_bot(self, workspace: str, channel: str) -> None:
        self.record.room(self.record.workspaces[workspace], channel).has_bot = True

    def remove_bot(self, workspace: str, channel: str) -> None:
        """From now on the bot gets not_in_channel there and hears nothing."""
        self.record.room(self.record.workspaces[workspace], channel).has_bot = False

    async def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Answer:
        """What a person types; the answer of the bot to the call it causes, or 200 without a call.

        LookupError for a person or a room that is not there or not theirs.
        """
        room, person = self._place(user, channel)
        if text.startswith("/"):
            return await self._slash(room, person, text, thread_ts)
        said = typed(room.workspace, text)
        message = self.record.post(room, SlackDraft(_author(person), said, thread_ts=thread_ts))
        mentioned = f"<@{room.workspace.bot_user}>" in said
        if not room.has_bot or (room.kind == "channel" and not mentioned):
            return Answer(200)
        return await self._event(event(room, message))

    async def press(
        self, user: str, channel: str, ts: str, action_id: str, value: str | None = None
    ) -> Answer:
        """A click on an element, also one that an edit has since removed; LookupError if never there."""
        room, person = self._place(user, channel)
        message = room.find(ts)
        action = pressed(message, action_id, value) if message else None
        if message is None or action is None or message.only_for not in (None, user):
            raise LookupError(f"{user} sees no {action_id} in message {ts}.")
        payload = click(room, person, message, action | {"action_ts": f"{self._wiring.wall():.6f}"})
        payload["response_url"] = self._hooks.url(room, user, ts)
        payload["trigger_id"] = self._hooks.trigger(user)
        return await self._form({"payload": json.dumps(payload)})

    async def deliver(self, body: bytes | str, headers: dict[str, str] | None = None) -> Answer:
        """Send a raw request to the bot; without `headers` it is signed as a form."""
        content = body.encode() if isinstance(body, str) else body
        sent = self.signed(content) if headers is None else headers
        return await self._wiring.line.post(PATH, content, sent, self.ack_seconds)

    def signed(self, body: bytes | str, content_type: str = FORM, at: float | None = None) -> dict[str, str]:
        """Headers with Slack's v0 signature for this body; `at` is wall seconds, now if not given."""
        content = body.encode() if isinstance(body, str) else body
        stamp = str(int(self._wiring.wall() if at is None else at))
        base = b"v0:" + stamp.encode() + b":" + content
        digest = hmac.new(self._secret.encode(), base, hashlib.sha256).hexdigest()
        signature = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
        return {"Content-Type": content_type, "User-Agent": "Slackbot 1.0"} | signature

    async def settled(self) -> None:
        """Wait until no retry is under way."""
        while self._retries:
            await asyncio.wait(set(self._retries))

    async def close(self) -> None:
        tasks = list(self._retries)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _place(self, user: str, channel: str) -> tuple[SlackRoom, SlackPerson]:
        workspace, person = self.record.person(user)
        rooms = {room.id: room for room in self.record.rooms(workspace)}
        room = rooms.get(channel)
        if room is None or user not in room.members:
            raise LookupError(f"{person.name} is not in {channel}.")
        return room, person

    async def _slash(self, room: SlackRoom, person: SlackPerson, text: str, thread: str | None) -> Answer:
        command = text.split()[0]
        if thread:
            self._slackbot(room, person, f"{command} is not supported in threads. Sorry!", thread)
            return Answer(200)
        answer = await self._form(slash(room, person, text, self._hooks))
        said = {"text": answer.body} if isinstance(answer.body, str) else answer.body
        if not answer.ok:
            why = "http_service_error" if answer.status else "operation_timeout"
            self._slackbot(room, person, f'{command} failed with the error "{why}"')
        elif isinstance(said, dict) and broken(said.get("blocks") or []):
            self._slackbot(room, person, f'{command} failed with the error "invalid_blocks"')
        elif isinstance(said, dict) and (said.get("text") or said.get("blocks")):
            self._hooks.show(room, person.id, said)
        return answer

    def _slackbot(self, room: SlackRoom, person: SlackPerson, text: str, thread: str | None = None) -> None:
        self.record.post(room, SlackDraft(SLACKBOT, text, thread_ts=thread, only_for=person.id))

    async def _form(self, fields: dict[str, str]) -> Answer:
        return await self.deliver(urlencode(fields))

    async def _event(self, callback: Json) -> Answer:
        body = json.dumps(callback).encode()
        answer = await self.deliver(body, self.signed(body, JSON))
        if not answer.ok:
            self._later(self._retry(body, answer))
        return answer

    async def _retry(self, body: bytes, answer: Answer) -> None:
        for number, delay in enumerate(self.retry_delays, start=1):
            await asyncio.sleep(delay)
            reason = answer.body if answer.status == 0 else "http_error"
            told = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": _reason(reason)}
            answer = await self.deliver(body, self.signed(body, JSON) | told)
            if answer.ok:
                return

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._retries.add(task)
        task.add_done_callback(self._retries.discard)


def _author(person: SlackPerson) -> Author:
    return Author(person.id, person.name)


def _reason(why: object) -> str:
    return "http_timeout" if why == "timeout" else str(why)
