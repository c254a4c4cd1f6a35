"""A small Slack: people type and press, the bot is called with signed requests and answers."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Coroutine, Iterable
from typing import Any
from urllib.parse import urlencode

from starlette.routing import BaseRoute

from playground import slack_connect, slack_home
from playground.cast import Author, Json, SlackPerson, Workspace
from playground.slack_api import WebApi
from playground.slack_hooks import Hooks
from playground.slack_inputs import missing, put
from playground.slack_limits import broken
from playground.slack_oauth import OAuth
from playground.slack_payloads import click, event, pressed, pressed_in, shortcut, slash, submission, typed
from playground.slack_record import SLACKBOT, SlackDraft, SlackMessage, SlackRecord, SlackRoom
from playground.slack_socket import Sockets
from playground.wire import Answer
from playground.wiring import Wiring

PATH = "/slack/events"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
RETRY_DELAYS = (1.0, 60.0, 300.0)
ACK_SECONDS = 3.0


class SlackSide:
    """All workspaces; `retry_delays` and `ack_seconds` are seconds and may be set by a test.

    `insists`: clients send no modal whose required inputs are empty, as Slack's own do.
    """

    def __init__(self, workspaces: Iterable[Workspace], wiring: Wiring, signing_secret: str) -> None:
        self.retry_delays: tuple[float, ...] = RETRY_DELAYS
        self.ack_seconds = ACK_SECONDS
        self.insists = True
        self.record = SlackRecord(workspaces, wiring.wall, wiring.clock.stamp, wiring.changes.bump)
        self._wiring = wiring
        self._secret = signing_secret
        self._hooks = Hooks(self.record, f"{wiring.own_url}/slack/response", wiring.wall)
        self._api = WebApi(self.record, self._hooks, wiring)
        self._retries: set[asyncio.Task[None]] = set()

    def routes(self) -> list[BaseRoute]:
        return self._api.routes()

    @property
    def sockets(self) -> Sockets:
        """The connections of Socket Mode."""
        return self._api.sockets

    @property
    def oauth(self) -> OAuth:
        """What was installed from a browser."""
        return self._api.oauth

    def views(self, user: str) -> list[Json]:
        """The modals in front of this person, oldest first; `errors` are by block, "" for the whole one."""
        return self._api.views.of(user)

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
        if not self._hears(room) or (room.kind == "channel" and not mentioned):
            return Answer(200)
        home, _ = self.record.person(user)
        return await self._event(slack_connect.event(event(room, message), room, home))

    async def press(
        self, user: str, channel: str, ts: str, action_id: str, value: str | None = None
    ) -> Answer:
        """A click on an element, also one that an edit has since removed; LookupError if never there."""
        room, person = self._place(user, channel)
        message = room.find(ts)
        action = pressed(message, action_id, value) if message else None
        if message is None or action is None or message.only_for not in (None, user):
            raise LookupError(f"{user} sees no {action_id} in message {ts}.")
        if room.workspace.id in self.record.uninstalled:
            return Answer(0, "connection_failed")
        home, _ = self.record.person(user)
        stamped = action | {"action_ts": f"{self._wiring.wall():.6f}"}
        payload = slack_connect.click(click(room, person, message, stamped), home)
        payload["response_url"] = self._hooks.url(room, user, ts)
        payload["trigger_id"] = self._hooks.trigger(user)
        return await self._form({"payload": json.dumps(payload)})

    def home(self, user: str) -> Json | None:
        """What stands in this person's home of the app; None before the bot has published it."""
        return self._api.homes.of(user)

    async def open_home(self, user: str) -> Answer:
        """They open the app's home; the bot's answer to that event, or 200 where it is not installed."""
        workspace, _ = self.record.person(user)
        if workspace.id in self.record.uninstalled:
            return Answer(200)
        moment = f"{self._wiring.wall():.6f}"
        return await self._event(slack_home.opened(workspace, user, self.home(user), moment))

    async def press_view(self, user: str, view_id: str, action_id: str, value: str | None = None) -> Answer:
        """A click in their home or in a modal; LookupError where no such element stands there."""
        workspace, person = self.record.person(user)
        home = self.home(user)
        view = home if home and home["id"] == view_id else self._api.views.find(user, view_id)
        action = pressed_in((view["blocks"],), action_id, value)
        if action is None:
            raise LookupError(f"{user} sees no {action_id} in view {view_id}.")
        stamped = action | {"action_ts": f"{self._wiring.wall():.6f}"}
        payload = slack_home.click(workspace, person, view, stamped)
        payload["trigger_id"] = self._hooks.trigger(user)
        return await self._form({"payload": json.dumps(payload)})

    async def submit(self, user: str, view_id: str, values: Json) -> Answer:
        """Send a modal with these values, {block_id: {action_id: state}}; what is not named stays as it is.

        The bot's own answer, which is carried out; 200 without a call where a required input is empty.
        LookupError where no such modal is open, ValueError for values that no client could send.
        """
        workspace, person = self.record.person(user)
        view = self._api.views.find(user, view_id)
        view["state"] = {"values": put(view, values, workspace)}
        if self.insists and (empty := missing(view, view["state"]["values"])):
            self._api.views.say(view, empty)
            return Answer(200)
        payload = submission(self.record.workspaces[view["workspace"]], person, view)
        payload |= {"trigger_id": self._hooks.trigger(user)}
        answer = await self._form({"payload": json.dumps(slack_connect.click(payload, workspace))})
        self._api.views.carry_out(view, answer)
        return answer

    def dismiss(self, user: str, view_id: str) -> None:
        """Close a modal without sending it; the bot hears nothing of it."""
        self._api.views.close(self._api.views.find(user, view_id))

    async def shortcut(self, user: str, channel: str, ts: str, callback_id: str) -> Answer:
        """Use the app's shortcut on a message that others see too; LookupError where there is none."""
        room, person = self._place(user, channel)
        message = room.find(ts)
        if message is None or message.only_for:
            raise LookupError(f"{user} finds no shortcuts on message {ts}.")
        home, _ = self.record.person(user)
        payload = slack_connect.click(shortcut(room, person, message, callback_id), home)
        if not message.author.bot:
            payload["message"] |= {"team": self.record.person(message.author.id)[0].id}
        payload["message"] |= self._aged(message)
        payload["action_ts"] = f"{self._wiring.wall():.6f}"
        payload["response_url"] = self._hooks.url(room, user)
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

    def _hears(self, room: SlackRoom) -> bool:
        return room.has_bot and room.workspace.id not in self.record.uninstalled

    def _aged(self, message: SlackMessage) -> Json:
        """As old as it is in business time: a pushed clock makes its `ts` an earlier one, its id stays."""
        said = self._wiring.clock.wall_of(message.at)
        return {"ts": f"{said:.6f}"} if abs(said - float(message.ts)) > 1 else {}

    def _place(self, user: str, channel: str) -> tuple[SlackRoom, SlackPerson]:
        workspace, person = self.record.person(user)
        rooms = {room.id: room for room in self.record.rooms(workspace)}
        room = rooms.get(channel)
        if room is None or user not in room.members:
            raise LookupError(f"{person.name} is not in {channel}.")
        return room, person

    async def _slash(self, room: SlackRoom, person: SlackPerson, text: str, thread: str | None) -> Answer:
        command = text.split()[0]
        if trouble := self._no_slash(person, command, thread):
            self._slackbot(room, person, trouble, thread)
            return Answer(200)
        home, _ = self.record.person(person.id)
        answer = await self._form(slack_connect.slash(slash(room, person, text, self._hooks), home))
        said = {"text": answer.body} if isinstance(answer.body, str) else answer.body
        if not answer.ok:
            why = "http_service_error" if answer.status else "operation_timeout"
            self._slackbot(room, person, f'{command} failed with the error "{why}"')
        elif isinstance(said, dict) and broken(said.get("blocks") or []):
            self._slackbot(room, person, f'{command} failed with the error "invalid_blocks"')
        elif isinstance(said, dict) and (said.get("text") or said.get("blocks")):
            self._hooks.show(room, person.id, said)
        return answer

    def _no_slash(self, person: SlackPerson, command: str, thread: str | None) -> str | None:
        """Why Slack itself would not send this command; it asks the speaker's own workspace for the app."""
        home, _ = self.record.person(person.id)
        if home.id in self.record.uninstalled:
            return f"{command} is not a valid command. Slack takes all that starts with a slash for one."
        return f"{command} is not supported in threads. Sorry!" if thread else None

    def _slackbot(self, room: SlackRoom, person: SlackPerson, text: str, thread: str | None = None) -> None:
        self.record.post(room, SlackDraft(SLACKBOT, text, thread_ts=thread, only_for=person.id))

    async def _form(self, fields: dict[str, str]) -> Answer:
        """A command or an interaction; each goes out once."""
        if not self.sockets.is_on:
            return await self.deliver(urlencode(fields))
        kind, payload = ("interactive", fields["payload"]) if "payload" in fields else ("slash_commands", "")
        return await self.sockets.send(kind, json.loads(payload) if payload else fields, self.ack_seconds)

    async def _event(self, callback: Json) -> Answer:
        answer = await self.tell(callback)
        if not answer.ok:
            self._later(self._retry(callback, answer))
        return answer

    async def _retry(self, callback: Json, answer: Answer) -> None:
        for number, delay in enumerate(self.retry_delays, start=1):
            await asyncio.sleep(delay)
            reason = answer.body if answer.status == 0 else "http_error"
            answer = await self.tell(callback, (number, _reason(reason)))
            if answer.ok:
                return

    async def tell(self, callback: Json, retry: tuple[int, str] = (0, "")) -> Answer:
        """One event, the way that the app hears; `retry` is which repetition it is, and why."""
        if self.sockets.is_on:
            return await self.sockets.send("events_api", callback, self.ack_seconds, retry)
        body = json.dumps(callback).encode()
        again = {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]} if retry[0] else {}
        return await self.deliver(body, self.signed(body, JSON) | again)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._retries.add(task)
        task.add_done_callback(self._retries.discard)


def _author(person: SlackPerson) -> Author:
    return Author(person.id, person.name)


def _reason(why: object) -> str:
    return "http_timeout" if why == "timeout" else str(why)
