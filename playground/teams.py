"""A small Teams: people type and press, the bot is called with signed activities and answers."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from starlette.routing import Route

from playground.cast import Author, Json, TeamsPerson, Tenant
from playground.clock import iso
from playground.teams_activities import Envelope, payload
from playground.teams_api import CARD, Connector, Login
from playground.teams_dialogs import MESSAGE, Dialog, Dialogs, Origin, filled
from playground.teams_keys import Keys, Tokens
from playground.teams_record import Conversation, TeamsMessage, TeamsRecord
from playground.wire import Answer
from playground.wiring import Wiring

PATH = "/api/messages"
INVOKE_SECONDS = 5.0
INVOKE_ATTEMPTS = 3
MESSAGE_SECONDS = 15.0
MESSAGE_ATTEMPTS = 2


class TeamsSide:
    """All tenants; the seconds and attempts are Teams' own and may be set by a test."""

    def __init__(self, tenants: Iterable[Tenant], wiring: Wiring, app_id: str) -> None:
        self.invoke_seconds, self.invoke_attempts = INVOKE_SECONDS, INVOKE_ATTEMPTS
        self.message_seconds, self.message_attempts = MESSAGE_SECONDS, MESSAGE_ATTEMPTS
        self.service_url = f"{wiring.own_url}/teams/"
        self.record = TeamsRecord(tenants, wiring.wall, wiring.clock.stamp, wiring.changes.bump)
        self.keys = Keys()
        self.tokens = Tokens(self.keys, app_id, self.service_url, wiring.wall)
        self.token = self.tokens.token
        self.open = Dialogs(self.record.new_id, wiring.changes.bump)
        self._app_id = app_id
        self._wiring = wiring
        self._connector = Connector(self.record, self.tokens, wiring, app_id)
        self._login = Login(self.keys, self.tokens, wiring, app_id)

    def routes(self) -> list[Route]:
        return [*self._login.routes(), *self._connector.routes()]

    def messages(self, conversation: str) -> list[TeamsMessage]:
        """Oldest first."""
        return self.record.resolve(conversation)[0].messages

    def message(self, user: str, conversation: str, text: str, thread: str | None = None) -> Json:
        """The activity that `say` would send, for tests that change it before they `deliver` it."""
        there, person = self._place(user, conversation)
        return self.envelope().message(person, there, (self.record.new_id(), thread), text)

    async def say(self, user: str, conversation: str, text: str, thread: str | None = None) -> Answer:
        """What a person types; the answer of the bot to the call it causes, or 200 without a call.

        LookupError for a person or a conversation that is not there or not theirs.
        """
        there, person = self._place(user, conversation)
        root = there.root_of(thread)
        if thread and root is None:
            raise LookupError(f"There is no thread {thread} in {conversation}.")
        message = self.record.add(there, Author(person.id, person.name), (text, None), root)
        activity = self.envelope().message(person, there, (message.id, root), text)
        self.record.edit(there, message.id, text=activity["text"])
        if not there.installed or (there.kind == "channel" and not self._names_bot(activity)):
            return Answer(200)
        return await self._message(activity)

    async def press(self, user: str, conversation: str, activity_id: str, action: Json) -> Answer:
        """A click: `action` is the card's Action.Execute or Action.Submit, inputs already in its `data`.

        The card an Action.Execute answers replaces the card for this person until the next edit.
        LookupError for a message that is not there.
        """
        there, person = self._place(user, conversation)
        if there.find(activity_id) is None:
            raise LookupError(f"There is no message {activity_id} in {conversation}.")
        match action.get("type"):
            case "Action.Execute":
                return await self._execute(person, there, activity_id, action)
            case "Action.Submit":
                data = action.get("data") or {}
                if _fetches(data):
                    origin = Origin(there.id, activity_id)
                    return await self._dialog(person, origin, ("task/fetch", {"data": data}))
                ids = (self.record.new_id(), activity_id)
                return await self._message(self.envelope().submit(person, there, ids, data))
            case other:
                raise LookupError(f"Teams does not send {other} to a bot.")

    def dialogs(self, user: str) -> list[Json]:
        """What stands open in front of a person, oldest first: id, for, conversation, title, card."""
        return [one.to_json() for one in self.open.of(user)]

    async def submit(self, user: str, dialog: str, data: Json) -> Answer:
        """A button of a dialog: `data` is its Action.Submit's, the inputs already in it.

        LookupError for a dialog that is not open; TeamsError for an answer that Teams would not take.
        """
        _, person = self.record.person(user)
        shown = self.open.get(user, dialog)
        origin = shown.origin
        if not origin.command:
            return await self._dialog(person, origin, ("task/submit", {"data": data}), shown)
        told = _command(origin) | {"data": data}
        return await self._dialog(person, origin, ("composeExtension/submitAction", told), shown)

    async def dismiss(self, user: str, dialog: str) -> Answer:
        """Close it without telling the bot, as Teams does; LookupError for a dialog that is not open."""
        self.open.close(user, dialog)
        return Answer(200)

    async def message_action(self, user: str, conversation: str, message_id: str, command: str) -> Answer:
        """Use the bot's command of that id on a message; LookupError for a message that is not there."""
        there, person = self._place(user, conversation)
        message = there.find(message_id)
        if message is None:
            raise LookupError(f"There is no message {message_id} in {conversation}.")
        said = iso(self._wiring.clock.wall_of(message.at))
        told = payload(there, message, self._app_id) | {"createdDateTime": said}
        changed = {"lastEditedDateTime": iso(self._wiring.wall())} if message.edited else {}
        origin = Origin(there.id, message_id, command, told | changed)
        return await self._dialog(person, origin, ("composeExtension/fetchTask", _command(origin)))

    async def install(self, conversation: str, user: str | None = None) -> Answer:
        """Add the bot to a channel or personal chat: installationUpdate, then conversationUpdate."""
        there, person = self._installer(conversation, user)
        there.installed = True
        self._wiring.changes.bump()
        ids = self.record.new_id(), self.record.new_id()
        told = await self._message(self.envelope().installation(person, there, ids[0], "add"))
        joined = await self._message(self.envelope().joined(person, there, ids[1]))
        return told if not told.ok else joined

    async def uninstall(self, conversation: str, user: str | None = None) -> Answer:
        """Take the bot away: from now on its calls get 403 there and it hears nothing."""
        there, person = self._installer(conversation, user)
        there.installed = False
        self._wiring.changes.bump()
        gone = self.envelope().installation(person, there, self.record.new_id(), "remove")
        return await self._message(gone)

    async def install_everywhere(self) -> tuple[Answer, ...]:
        """Add the bot to every channel and every personal chat, in the order of the cast."""
        return tuple([await self.install(there.id) for there in self.record.conversations()])

    async def deliver(self, activity: Json | bytes, headers: dict[str, str] | None = None) -> Answer:
        """POST an activity, or raw bytes, to the bot; without `headers` with a right token."""
        return await self._post(activity, headers, self.message_seconds)

    def signed(self, token: str | None = None) -> dict[str, str]:
        """Headers with this token, or with a right one."""
        return {"Content-Type": "application/json", "Authorization": f"Bearer {token or self.token()}"}

    def envelope(self) -> Envelope:
        """What every activity has around it, now."""
        return Envelope(self._app_id, self.service_url, self._wiring.wall())

    def _place(self, user: str, conversation: str) -> tuple[Conversation, TeamsPerson]:
        there, _ = self.record.resolve(conversation)
        _, person = self.record.person(user)
        if person.id not in there.members:
            raise LookupError(f"{person.name} is not in {conversation}.")
        return there, person

    def _installer(self, conversation: str, user: str | None) -> tuple[Conversation, TeamsPerson]:
        there, _ = self.record.resolve(conversation)
        return there, self.record.person(user or there.members[0])[1]

    def _names_bot(self, activity: Json) -> bool:
        return any(one.get("mentioned", {}).get("id") == f"28:{self._app_id}" for one in activity["entities"])

    async def _execute(self, person: TeamsPerson, there: Conversation, card: str, action: Json) -> Answer:
        answer = await self._invoke(lambda own: self.envelope().invoke(person, there, (own, card), action))
        match answer:
            case Answer(200, {"statusCode": 200, "type": kind, "value": dict(new)}) if kind == CARD:
                self._show(person, there, card, (new, ""))
            case Answer(200, {"statusCode": 200, "type": kind, "value": str(note)}) if kind == MESSAGE:
                self._show(person, there, card, (self._typed(person, there, card, action), note))
        return answer

    async def _dialog(
        self, person: TeamsPerson, origin: Origin, invoke: tuple[str, Json], dialog: Dialog | None = None
    ) -> Answer:
        there, _ = self.record.resolve(origin.conversation)
        answer = await self._invoke(
            lambda own: self.envelope().task(person, there, (own, origin.activity), invoke)
        )
        self.open.carry_out(answer, person.id, origin, dialog.id if dialog else "")
        return answer

    async def _invoke(self, build: Callable[[str], Json]) -> Answer:
        """As often as Teams tries, each time under a new id."""
        answer = Answer(0)
        for _ in range(self.invoke_attempts):
            answer = await self._post(build(self.record.new_id()), None, self.invoke_seconds)
            if answer != Answer(0, "timeout"):
                break
        return answer

    def _typed(self, person: TeamsPerson, there: Conversation, card: str, action: Json) -> Json:
        """The card as the person sees it, with what they typed."""
        message = there.find(card)
        seen = (message.cards_for.get(person.id) or message.card) if message else None
        return filled(seen or {}, action.get("data"))

    def _show(self, person: TeamsPerson, there: Conversation, card: str, told: tuple[Json, str]) -> None:
        """`told` is the card that one person sees from now on, and the line beneath it."""
        message, (new, note) = there.find(card), told
        if message is not None:
            mine = {} if new == message.card else {person.id: new}
            notes = message.notes_for | {person.id: note}
            self.record.edit(there, card, cards_for=message.cards_for | mine, notes_for=notes)

    async def _message(self, activity: Json) -> Answer:
        answer = Answer(0)
        for _ in range(self.message_attempts):
            answer = await self._post(activity, None, self.message_seconds)
            if answer != Answer(0, "timeout"):
                break
        return answer

    async def _post(self, activity: Json | bytes, headers: dict[str, str] | None, seconds: float) -> Answer:
        body = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        sent = self.signed() if headers is None else headers
        return await self._wiring.line.post(PATH, body, sent, seconds)


def _fetches(data: Any) -> bool:
    """Whether an Action.Submit asks for a dialog."""
    match data:
        case {"msteams": {"type": "task/fetch"}}:
            return True
    return False


def _command(origin: Origin) -> Json:
    return {"commandId": origin.command, "commandContext": "message", "messagePayload": origin.payload}
