"""A person's face on their platform: what they type, press and see, through the emulators."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bot import menu
from playground.slack_payloads import slash, submission
from tests import slack_forms, teams_forms
from tests.forms import SeenForm


@dataclass(frozen=True, slots=True)
class Seen:
    """One message as its reader sees it. `buttons` are by label; `private` means only they see it.

    `thread` is the root that it answers to.
    """

    id: str
    place: str
    words: str
    buttons: dict[str, Any] = field(default_factory=dict)
    private: bool = False
    edited: bool = False
    by_bot: bool = True
    thread: str = ""

    def __contains__(self, words: str) -> bool:
        return " ".join(words.split()) in " ".join(self.words.split())


class SlackFace:
    """One person in a workspace."""

    def __init__(self, playground, workspace, person):
        self.side, self.workspace, self.id, self.name = playground.slack, workspace, person.id, person.name
        self.channels = [one.id for one in workspace.channels if person.id in one.members]
        self.direct = f"D{person.id}"
        self.side.insists = False  # what is missing must be told by us too: nothing is left to a client

    def type(self, text, place, thread):
        """A slash command; in a thread and in direct messages, where those do not fit, plain words."""
        if place == self.direct:
            return self.side.say(self.id, place, text, thread)
        return (
            self.mention(text, place, thread) if thread else self.side.say(self.id, place, f"/{text}", None)
        )

    def mention(self, text, place, thread):
        return self.side.say(self.id, place, f"@Parley {text}", thread)

    def chat(self, text, place, thread):
        """To the others in there, not to Parley."""
        return self.side.say(self.id, place, text, thread)

    def click(self, seen, button):
        if seen.id.startswith("V"):
            return self.side.press_view(self.id, seen.id, button["action_id"], button["value"])
        return self.side.press(self.id, seen.place, seen.id, button["action_id"], button["value"])

    def open_home(self):
        """A click on the app itself."""
        return self.side.open_home(self.id)

    def at_home(self) -> Seen | None:
        """What stands in the app's home."""
        view = self.side.home(self.id)
        return self._view(view, "home") if view else None

    def forms(self) -> list[SeenForm]:
        """The modals that stand open and can be sent, the newest last."""
        people = {person.name: person.id for person in self.workspace.people}
        open_here = (view for view in self.side.views(self.id) if "submit" in view)
        return [slack_forms.seen_form(view, people) for view in open_here]

    def send(self, form):
        """A modal that is closed already is sent again as it was: somebody pressed twice."""
        if form.id in {view["id"] for view in self.side.views(self.id)}:
            return self.side.submit(self.id, form.id, slack_forms.values(form))
        _, person = self.side.record.person(self.id)
        return self.side.deliver(
            urlencode({"payload": json.dumps(submission(self.workspace, person, form.native))})
        )

    def became(self, form) -> None:
        """A sent modal is gone or open again; it leaves nothing in its place."""

    def dismiss(self, form):
        self.side.dismiss(self.id, form.id)

    def shortcut(self, seen, label):
        verb = next(one.verb for one in menu.SHORTCUTS if one.says == label)
        return self.side.shortcut(self.id, seen.place, seen.id, verb)

    def request(self, text, place):
        """One request as bytes and headers, to be sent as often as a test likes."""
        room = self.side.record.room(self.workspace, place)
        _, person = self.side.record.person(self.id)
        body = urlencode(slash(room, person, f"/{text}", self.side._hooks)).encode()
        return body, self.side.signed(body)

    def messages(self, place) -> list[Seen]:
        """What stands there; in the direct messages also a modal that is only to be read."""
        if place == "home":
            return [shown] if (shown := self.at_home()) else []
        shown = [self._seen(place, one) for one in self.side.messages(self.id, place)]
        views = self.side.views(self.id) if place == self.direct else []
        return [*shown, *(self._view(one, place) for one in views if "submit" not in one)]

    def _view(self, view, place) -> Seen:
        buttons = {one["text"]["text"]: one for block in view["blocks"] for one in _slack_buttons(block)}
        return Seen(view["id"], place, "\n".join(_slack_words(view["blocks"])), buttons, True)

    def _seen(self, place, message) -> Seen:
        blocks = message.blocks or []
        drawn = "\n".join(_slack_words(blocks)) if blocks else message.text
        buttons = {one["text"]["text"]: one for block in blocks for one in _slack_buttons(block)}
        private = message.only_for == self.id
        thread = message.thread_ts or ""
        return Seen(message.ts, place, drawn, buttons, private, message.edited, message.author.bot, thread)


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
        self.channels = [one.id for one in tenant.channels if person.id in one.members]
        self.direct = f"a:{person.id}"
        self.put_aside: set[str] = set()

    def type(self, text, place, thread):
        """Plain words in the personal chat, a mention in a channel."""
        return self.side.say(self.id, place, text if place == self.direct else f"@Parley {text}", thread)

    mention = type

    def chat(self, text, place, thread):
        """To the others in there, not to Parley."""
        return self.side.say(self.id, place, text, thread)

    def click(self, seen, button):
        if seen.id in self._dialogs():
            return self.side.submit(self.id, seen.id, button["data"])
        return self.side.press(self.id, seen.place, seen.id, button)

    def open_home(self):
        """The word for it, in the personal chat."""
        return self.side.say(self.id, self.direct, "home", None)

    def at_home(self) -> Seen | None:
        """The newest card of it."""
        cards = [one for one in self.messages(self.direct) if one.words.startswith("Home")]
        return cards[-1] if cards else None

    def forms(self) -> list[SeenForm]:
        """Input cards of the personal chat, then dialogs; the newest last."""
        cards = [self._form(one.id, "", self._card(one)) for one in self.side.messages(self.direct)]
        dialogs = [self._form(key, one["title"], one["card"]) for key, one in self._dialogs().items()]
        return [one for one in (*cards, *dialogs) if one and one.id not in self.put_aside]

    def send(self, form):
        data = teams_forms.data(form)
        if form.id in self._dialogs():
            return self.side.submit(self.id, form.id, data)
        return self.side.press(self.id, self.direct, form.id, form.native | {"data": data})

    def became(self, form) -> Seen | None:
        """What stands where the form stood, unless it is open again."""
        open_again = {one.id for one in self.forms()}
        shown = {one.id: one for one in self.messages(self.direct)}
        return None if form.id in open_again else shown.get(form.id)

    def dismiss(self, form):
        """Close a dialog; a card is left where it is, and nobody looks at it any more."""
        if form.id in self._dialogs():
            self.side.open.close(self.id, form.id)
        self.put_aside.add(form.id)

    def shortcut(self, seen, label):
        verb = next(one.verb for one in menu.SHORTCUTS if one.says == label)
        return self.side.message_action(self.id, seen.place, seen.id, verb)

    def _dialogs(self):
        return {one["id"]: one for one in self.side.dialogs(self.id)}

    def _form(self, id_, title, card):
        people = {person.name: person.id for person in self.tenant.people}
        return teams_forms.seen_form(id_, title, card, people) if card else None

    def _card(self, message):
        return message.cards_for.get(self.id) or message.card or {}

    def request(self, text, place):
        """One request as bytes and headers, to be sent as often as a test likes."""
        said = text if place == self.direct else f"@Parley {text}"
        return json.dumps(self.side.message(self.id, place, said)).encode(), self.side.signed()

    def messages(self, place) -> list[Seen]:
        """What stands there; in the personal chat also a dialog that is only to be read."""
        shown = [self._seen(place, one) for one in self.side.messages(place)]
        return shown + (list(self._read_only()) if place == self.direct else [])

    def _read_only(self) -> Iterator[Seen]:
        for key, one in self._dialogs().items():
            if self._form(key, one["title"], one["card"]) is None:
                buttons = {button["title"]: button for button in teams_forms.actions(one["card"])}
                yield Seen(key, self.direct, "\n".join(teams_forms.texts(one["card"]["body"])), buttons, True)

    def _seen(self, place, message) -> Seen:
        card = self._card(message)
        drawn = "\n".join(teams_forms.texts(card.get("body", []))) if card else message.text
        noted = f"{drawn}\n{message.notes_for.get(self.id, '')}".strip()
        buttons = {one["title"]: one for one in teams_forms.actions(card)}
        private = place == self.direct
        thread = message.reply_to or ""
        return Seen(message.id, place, noted, buttons, private, message.edited, message.author.bot, thread)
