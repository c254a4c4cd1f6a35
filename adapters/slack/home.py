"""App Home: what a person sees who opens Parley itself, drawn when they open it and after what they do."""

import asyncio
import logging
from collections import OrderedDict
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck

from adapters.platform import Office, in_background
from adapters.slack import read, render
from adapters.slack.calls import Calls
from adapters.slack.form import TITLE
from adapters.slack.read import Body
from adapters.slack.render import Json, exact
from bot.errors import Undelivered
from bot.intents import Handle, Intent
from bot.views import Form, View

CALLBACK = "parley.home"
BREATH = 1.0  # seconds between two drawings for the same person
LATELY = 1800.0  # seconds for which somebody's home is kept up to date after they looked at it
MOST = 2_000  # people whose homes are

Whose = tuple[str, str]
log = logging.getLogger(__name__)


class Homes:
    """One drawing at a time for each person, the newest that was asked for; it reads and changes nothing."""

    def __init__(
        self, office: Office, calls: Calls, tasks: set[asyncio.Task[None]], breath: float = BREATH
    ) -> None:
        self._breath = breath
        self._office = office
        self._calls = calls
        self._tasks = tasks
        self._wanted: dict[Whose, Intent] = {}
        self._drawing: set[Whose] = set()
        self._looked: OrderedDict[Whose, tuple[float, Intent]] = OrderedDict()

    async def opened(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Somebody looks at it."""
        await ack()
        intent = read.opened_home(body)
        if intent is None:
            return
        whose = _whose(intent.speaker)
        self._looked[whose] = (_now(), intent)
        self._looked.move_to_end(whose)
        while len(self._looked) > MOST:
            self._looked.popitem(last=False)
        self._draw(whose, intent)

    def changed(self, speaker: Handle) -> None:
        """They did something: whoever looked at their home lately sees it as it stands now."""
        whose = _whose(speaker)
        at, intent = self._looked.get(whose, (0.0, None))
        if intent is None:
            return
        if _now() - at > LATELY:
            del self._looked[whose]
            return
        self._draw(whose, replace(intent, key=f"{intent.key}:{_now()}"))

    def _draw(self, whose: Whose, intent: Intent) -> None:
        self._wanted[whose] = intent
        if whose not in self._drawing:
            self._drawing.add(whose)
            in_background(self._tasks, asyncio.create_task(self._drawn(whose)))

    async def _drawn(self, whose: Whose) -> None:
        try:
            while intent := self._wanted.pop(whose, None):
                await self._publish(intent)
                if whose in self._wanted:
                    await asyncio.sleep(self._breath)
        finally:
            self._drawing.discard(whose)

    async def _publish(self, intent: Intent) -> None:
        """Once, as well as it goes: the next opening draws it again."""
        answer = await self._office.ask(intent)
        if answer.view is None or answer.unserved:
            return
        view, user = home_view(answer.view), intent.speaker.user
        try:
            await self._calls.repeatable(
                intent.place.tenant, lambda client: client.views_publish(user_id=user, view=view)
            )
        except Undelivered as fault:
            log.warning("a home was not drawn: %s", fault)


def home_view(shown: View) -> Json:
    """What stands there: as many blocks as Slack takes in a view."""
    return {"type": "home", "callback_id": CALLBACK, "blocks": render.blocks(shown, most=render.VIEW_BLOCKS)}


def sheet(shown: View) -> Json:
    """A card in a modal: it is only to be read and pressed."""
    card = shown.instead if isinstance(shown, Form) else shown
    short = next(
        (one for one in (card.title, card.title.partition(":")[0]) if 0 < len(one) <= TITLE), "Parley"
    )
    named = replace(card, title="") if short == card.title else card
    drawn = render.blocks(named, most=render.VIEW_BLOCKS) or render.blocks(card)
    return {"type": "modal", "title": exact(short, TITLE), "close": exact("Close", TITLE), "blocks": drawn}


def inside(body: Body) -> str:
    """The modal in which a button was pressed; "" where it was none."""
    view: Body = body.get("view") or {}
    return str(view.get("id") or "") if view.get("type") == "modal" else ""


def _whose(speaker: Handle) -> Whose:
    return speaker.tenant, speaker.user


def _now() -> float:
    return asyncio.get_running_loop().time()
