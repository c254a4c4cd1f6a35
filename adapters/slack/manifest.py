"""Slack's app manifest, made from the menu and the table of scopes."""

import json
from collections.abc import Iterator
from typing import Any

from adapters.manifest import Wish, host
from adapters.slack.install import REDIRECT
from adapters.slack.scopes import EVENTS, SCOPES
from bot import menu
from bot.handlers.rows import Command

EVENTS_URL = "/slack/events"
ABOUT = "One shared record of a sponsor-CRO partnership, from the chat you already have open."
MORE = (
    "Parley keeps one shared record for a sponsor and its CROs: issues, who owns them, what is due and who"
    " was told. People work in Slack or in Microsoft Teams, each in their own; both see the same record, as"
    " far as they may. Say “@Parley help” in a channel, or “help” in a direct message."
)
SHORTCUT = "Fills in the form with this message"

Json = dict[str, Any]


def write(wish: Wish) -> bytes:
    """The manifest as JSON. Raises NoManifest."""
    return (json.dumps(manifest(wish), indent=2, ensure_ascii=False) + "\n").encode()


def manifest(wish: Wish) -> Json:
    """The manifest. Raises NoManifest."""
    base = "" if wish.socket else host(wish.url, "--url")
    where = {} if wish.socket else {"request_url": f"{base}{EVENTS_URL}"}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Parley",
            "description": ABOUT,
            "long_description": MORE,
            "background_color": "#1f2a44",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Parley", "always_online": True},
            "shortcuts": [_shortcut(one) for one in menu.SHORTCUTS],
            "slash_commands": list(_commands(wish.short, base)),
        },
        "oauth_config": _oauth(wish),
        "settings": {
            "event_subscriptions": {**where, "bot_events": [event.name for event in EVENTS]},
            "interactivity": {"is_enabled": True, **where},
            "org_deploy_enabled": wish.whole_organisation,
            "socket_mode_enabled": wish.socket,
            "token_rotation_enabled": False,
        },
    }


def _oauth(wish: Wish) -> Json:
    """With an address one may install from a browser, also where events come over a socket."""
    scopes: Json = {
        "bot": [scope.name for scope in SCOPES],
        "bot_optional": [scope.name for scope in SCOPES if scope.optional],
    }
    back = {"redirect_urls": [f"{host(wish.url, '--url')}{REDIRECT}"]} if wish.url else {}
    return {**back, "scopes": scopes}


def _commands(short: bool, base: str) -> Iterator[Json]:
    """The whole menu, and the short forms, which may collide with another app's."""
    whole, *others = menu.SLASHES
    where = {"url": f"{base}{EVENTS_URL}"} if base else {}
    yield {"command": whole, "description": "Everything Parley can do", "usage_hint": "help", **where}
    for slash in others if short else ():
        noun = slash.removeprefix("/")
        command = _first(noun)
        hint = command.example.removeprefix(f"{noun} ")
        yield {"command": slash, "description": command.says, "usage_hint": hint, **where}


def _first(noun: str) -> Command:
    """What its words alone make, else the first verb of that noun."""
    made = menu.BY_VERB.get(menu.MAKES.get(noun, ""))
    return made or next(one for one in menu.COMMANDS if one.says and one.verb.partition(".")[0] == noun)


def _shortcut(one: menu.Shortcut) -> Json:
    return {"type": "message", "name": one.says, "callback_id": one.verb, "description": SHORTCUT}
