"""A person's face on their platform: what they type, press and see, through the emulators."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from playground.slack_payloads import slash


@dataclass(frozen=True, slots=True)
class Seen:
    """One message as its reader sees it. `buttons` are by label; `private` means only they see it."""

    id: str
    place: str
    words: str
    buttons: dict[str, Any] = field(default_factory=dict)
    private: bool = False
    edited: bool = False
    by_bot: bool = True

    def __contains__(self, words: str) -> bool:
        return " ".join(words.split()) in " ".join(self.words.split())


class SlackFace:
    """One person in a workspace."""

    def __init__(self, playground, workspace, person):
        self.side, self.workspace, self.id, self.name = playground.slack, workspace, person.id, person.name
        self.channels = [channel.id for channel in workspace.channels]
        self.direct = f"D{person.id}"

    def type(self, text, place, thread):
        """A slash command; in a thread and in direct messages, where those do not fit, plain words."""
        if place == self.direct:
            return self.side.say(self.id, place, text, thread)
        return (
            self.mention(text, place, thread) if thread else self.side.say(self.id, place, f"/{text}", None)
        )

    def mention(self, text, place, thread):
        return self.side.say(self.id, place, f"@Parley {text}", thread)

    def click(self, seen, button):
        return self.side.press(self.id, seen.place, seen.id, button["action_id"], button["value"])

    def request(self, text, place):
        """One request as bytes and headers, to be sent as often as a test likes."""
        room = self.side.record.room(self.workspace, place)
        _, person = self.side.record.person(self.id)
        body = urlencode(slash(room, person, f"/{text}", self.side._hooks)).encode()
        return body, self.side.signed(body)

    def messages(self, place) -> list[Seen]:
        return [self._seen(place, one) for one in self.side.messages(self.id, place)]

    def _seen(self, place, message) -> Seen:
        blocks = message.blocks or []
        drawn = "\n".join(_slack_words(blocks)) if blocks else message.text
        buttons = {one["text"]["text"]: one for block in blocks for one in _slack_buttons(block)}
        private = message.only_for == self.id
        return Seen(message.ts, place, drawn, buttons, private, message.edited, message.author.bot)


def _slack_buttons(block) -> Iterator[dict[str, Any]]:
    for one in block.get("elements", []):
        if isinstance(one, dict) and one.get("type") == "button":
            yield one


def _slack_words(part: Any) -> Iterator[str]:
    """Every text of a block, in reading order, buttons aside."""
    if isinstance(part, list):
        for one in part:
            yield from _slack_words(one)
        return
    if part.get("type") in ("rich_text_section", "rich_text_preformatted"):
        yield "".join(one.get("text", "") for one in part["elements"])
        return
    if part.get("type") == "button":
        return
    if isinstance(part.get("text"), str):
        yield part["text"].strip("*") if part.get("type") == "mrkdwn" else part["text"]
    for inside in ("text", "fields", "elements"):
        if isinstance(part.get(inside), dict | list):
            yield from _slack_words(part[inside])


class TeamsFace:
    """One person in a tenant."""

    def __init__(self, playground, tenant, person):
        self.side, self.tenant, self.id, self.name = playground.teams, tenant, person.id, person.name
        self.channels = [channel.id for channel in tenant.channels]
        self.direct = f"a:{person.id}"

    def type(self, text, place, thread):
        """Plain words in the personal chat, a mention in a channel."""
        return self.side.say(self.id, place, text if place == self.direct else f"@Parley {text}", thread)

    mention = type

    def click(self, seen, button):
        return self.side.press(self.id, seen.place, seen.id, button)

    def request(self, text, place):
        """One request as bytes and headers, to be sent as often as a test likes."""
        said = text if place == self.direct else f"@Parley {text}"
        return json.dumps(self.side.message(self.id, place, said)).encode(), self.side.signed()

    def messages(self, place) -> list[Seen]:
        return [self._seen(place, one) for one in self.side.messages(place)]

    def _seen(self, place, message) -> Seen:
        card = message.cards_for.get(self.id) or message.card or {}
        drawn = "\n".join(_teams_words(card.get("body", []))) if card else message.text
        buttons = {one["title"]: one for one in _teams_buttons(card)}
        private = place == self.direct
        return Seen(message.id, place, drawn, buttons, private, message.edited, message.author.bot)


def _teams_buttons(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, list):
        for one in part:
            yield from _teams_buttons(one)
    elif isinstance(part, dict):
        yield from part.get("actions", [])
        yield from _teams_buttons(part.get("body", []))


def _teams_words(part: Any) -> Iterator[str]:
    """Every text of a card, in reading order, buttons aside."""
    if isinstance(part, list):
        for one in part:
            yield from _teams_words(one)
        return
    if part.get("type") == "RichTextBlock":
        yield "".join(one if isinstance(one, str) else one.get("text", "") for one in part["inlines"])
        return
    if part.get("type") == "TextBlock":
        yield part["text"]
    for inside in ("items", "columns", "rows", "cells", "body"):
        yield from _teams_words(part.get(inside, []))
