"""What Teams sends: messages, installations and invokes, in the shape of Bot Framework activities."""

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape, unescape
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from playground.cast import BOT_NAME, Json, TeamsPerson, Tenant
from playground.clock import iso
from playground.teams_record import ROOT, Conversation, TeamsMessage, team_key, user_key


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every activity has around it: which bot, from where, and the wall time in seconds."""

    app_id: str
    service_url: str
    at: float

    def message(
        self, person: TeamsPerson, there: Conversation, ids: tuple[str, str | None], typed: str
    ) -> Json:
        """A typed message; `ids` are its own id and the root of its thread."""
        own, root = ids
        text, mentions = mentioned(typed, there.tenant, self.app_id)
        said = {"type": "message", "id": own, "text": text, "textFormat": "plain"}
        activity = self._around(person, there, root or own) | said
        activity["entities"] = [*activity["entities"], *mentions]
        return activity

    def submit(self, person: TeamsPerson, there: Conversation, ids: tuple[str, str], data: Any) -> Json:
        """A pressed Action.Submit: a message without text; `ids` are its own id and the card's."""
        own, card = ids
        said = {"type": "message", "id": own, "replyToId": card, "value": data}
        return self._around(person, there, there.root_of(card)) | said

    def invoke(self, person: TeamsPerson, there: Conversation, ids: tuple[str, str], action: Json) -> Json:
        """A pressed Action.Execute; `ids` are its own id and the card's."""
        own, card = ids
        kept = {key: action[key] for key in ("type", "id", "verb", "data") if key in action}
        said = {"type": "invoke", "name": "adaptiveCard/action", "id": own, "replyToId": card}
        activity = self._around(person, there, there.root_of(card)) | said
        activity["channelData"] |= {"source": {"name": "message"}, "legacy": {"replyToId": card}}
        return activity | {"value": {"action": kept, "trigger": "manual"}}

    def task(
        self, person: TeamsPerson, there: Conversation, ids: tuple[str, str], invoke: tuple[str, Json]
    ) -> Json:
        """What opens a dialog or is sent from one; `ids` are its own id and the message's it began on."""
        own, begun = ids
        name, value = invoke
        around = self._around(person, there, there.root_of(begun))
        return around | {
            "type": "invoke",
            "name": name,
            "id": own,
            "value": value | {"context": {"theme": "default"}},
        }

    def installation(self, person: TeamsPerson, there: Conversation, own: str, action: str) -> Json:
        """installationUpdate with action add or remove."""
        said = {"type": "installationUpdate", "id": own, "action": action}
        return self._around(person, there, None) | said

    def joined(self, person: TeamsPerson, there: Conversation, own: str) -> Json:
        """conversationUpdate: the bot was added."""
        activity = self._around(person, there, None) | {"type": "conversationUpdate", "id": own}
        if there.kind == "channel":
            activity["channelData"] |= {"eventType": "teamMemberAdded"}
        return activity | {"membersAdded": [{"id": f"28:{self.app_id}"}]}

    def moved(self, person: TeamsPerson, there: Conversation, own: str, how: str) -> Json:
        """conversationUpdate: somebody was "Added" or "Removed"."""
        activity = self._around(person, there, None) | {"type": "conversationUpdate", "id": own}
        activity["channelData"] |= {"eventType": f"teamMember{how}"}
        return activity | {f"members{how}": [{"id": user_key(person.id), "aadObjectId": person.id}]}

    def _around(self, person: TeamsPerson, there: Conversation, root: str | None) -> Json:
        local = datetime.fromtimestamp(self.at, ZoneInfo(person.zone)).isoformat(timespec="milliseconds")
        client = {"type": "clientInfo", "locale": "en-GB", "platform": "Web", "timezone": person.zone}
        return {
            "timestamp": iso(self.at).replace("+00:00", "Z"),
            "localTimestamp": local,
            "localTimezone": person.zone,
            "serviceUrl": self.service_url,
            "channelId": "msteams",
            "from": {"id": user_key(person.id), "name": person.name, "aadObjectId": person.id},
            "conversation": _conversation(there, root),
            "recipient": {"id": f"28:{self.app_id}", "name": BOT_NAME},
            "entities": [client],
            "channelData": _channel_data(there),
            "locale": "en-GB",
        }


def mentioned(typed: str, tenant: Tenant, app_id: str) -> tuple[str, list[Json]]:
    """The text, & < > escaped, with `<at>` marks and entities for the bot and exact names of the tenant."""
    ids = {BOT_NAME: f"28:{app_id}"} | {person.name: user_key(person.id) for person in tenant.people}
    known = {escape(name, quote=False): name for name in ids}
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    entities: list[Json] = []

    def mark(found: re.Match[str]) -> str:
        written = found[1] or found[2]
        text, name = f"<at>{written}</at>", known[written]
        entity = {"type": "mention", "mentioned": {"id": ids[name], "name": name}, "text": text}
        if entity not in entities:
            entities.append(entity)
        return text

    return re.sub(rf"@\[({names})\]|@({names})(?!\w)", mark, escape(typed, quote=False)), entities


def payload(there: Conversation, message: TeamsMessage, app_id: str) -> Json:
    """A message as a message command is told of it."""
    bot = {"applicationIdentityType": "bot", "id": app_id, "displayName": BOT_NAME}
    known = {escape(one.name, quote=False): {"user": _user(one.id, one.name)} for one in there.tenant.people}
    known |= {BOT_NAME: {"application": bot}}
    text, mentions = message.text, list[Json]()
    for name in dict.fromkeys(re.findall(r"<at>(.*?)</at>", message.text)):
        told = {"id": len(mentions), "mentionText": unescape(name), "mentioned": known.get(name, {})}
        text = text.replace(f"<at>{name}</at>", f'<at id="{len(mentions)}">{name}</at>')
        mentions.append(told)
    user = _user(message.author.id, message.author.name)
    content = "<div>" + "".join(f"<div>{line or '&nbsp;'}</div>" for line in text.split("\n")) + "</div>"
    return {
        "id": message.id,
        "replyToId": message.reply_to,
        "createdDateTime": message.at,
        "deleted": False,
        "importance": "normal",
        "locale": "en-gb",
        "linkToMessage": _deep_link(there, message),
        "from": {"application": bot} if message.author.bot else {"user": user},
        "body": {"contentType": "html", "content": content},
        "attachments": [],
        "mentions": mentions,
        "reactions": [],
    }


def _user(id_: str, name: str) -> Json:
    return {"userIdentityType": "aadUser", "id": id_, "displayName": name}


def _deep_link(there: Conversation, message: TeamsMessage) -> str:
    about = {"tenantId": there.tenant.id, "parentMessageId": message.reply_to or message.id}
    path = f"{quote(there.id, safe='')}/{message.id}"
    return f"https://teams.microsoft.com/l/message/{path}?{urlencode(about)}"


def _conversation(there: Conversation, root: str | None) -> Json:
    kind = {"conversationType": there.kind, "tenantId": there.tenant.id}
    if there.kind == "personal":
        return kind | {"id": there.id}
    return kind | {"isGroup": True, "id": f"{there.id}{ROOT}{root}" if root else there.id}


def _channel_data(there: Conversation) -> Json:
    data: Json = {"tenant": {"id": there.tenant.id}}
    if there.kind == "channel":
        team = team_key(there.tenant, there.team or "")
        data |= {"channel": {"id": there.id, "name": there.name}, "team": {"id": team, "name": there.team}}
        data |= {"teamsChannelId": there.id, "teamsTeamId": team}
    return data
