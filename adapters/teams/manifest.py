"""The app package for Teams: a manifest made from the menu, and two icons, in one zip."""

import io
import json
import re
import struct
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from adapters.manifest import NoManifest, Wish, host, https
from adapters.teams import icons
from bot import menu
from bot.handlers.rows import Command

SCHEMA = "1.23"
VERSION = "0.1.0"
SHORT = "One shared record of a sponsor-CRO partnership, in your chat."
FULL = (
    "Parley keeps one shared record for a sponsor and its CROs: issues, who owns them, what is due and who"
    " was told. People work in Microsoft Teams or in Slack, each in their own; both see the same record, as"
    " far as they may. Write “help” to Parley to see what it can do."
)
SCOPES = ("team", "personal")
MOST_COMMANDS = 10
GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
PNG = b"\x89PNG\r\n\x1a\n"
DRAWN = {"color.png": (icons.COLOUR, icons.colour), "outline.png": (icons.OUTLINE, icons.outline)}
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same package twice is the same bytes

Json = dict[str, Any]


def write(wish: Wish) -> bytes:
    """The zip that Teams' administrators upload. Raises NoManifest."""
    told = json.dumps(manifest(wish), indent=2, ensure_ascii=False).encode()
    files = {"manifest.json": told, **{name: _icon(wish.icons, name) for name in DRAWN}}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def manifest(wish: Wish) -> Json:
    """The manifest. Raises NoManifest."""
    if not wish.app_id:
        raise NoManifest("nobody has said which bot this is for: set TEAMS_APP_ID to its application id")
    if not GUID.fullmatch(wish.app_id):
        raise NoManifest(
            "TEAMS_APP_ID must be the bot's application id, like 01234567-89ab-4cde-8f01-23456789abcd"
        )
    base = host(wish.url, "--url")
    return {
        "$schema": f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA}/MicrosoftTeams.schema.json",
        "manifestVersion": SCHEMA,
        "version": VERSION,
        "id": wish.app_id,
        "developer": {
            "name": "Parley",
            "websiteUrl": base,
            "privacyUrl": https(wish.privacy_url or base, "--privacy-url"),
            "termsOfUseUrl": https(wish.terms_url or base, "--terms-url"),
        },
        "name": {"short": "Parley", "full": "Parley: one record, two faces"},
        "description": {"short": SHORT, "full": FULL},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#1F2A44",
        "bots": [_bot(wish.app_id)],
        "composeExtensions": [{"botId": wish.app_id, "commands": [_action(one) for one in menu.SHORTCUTS]}],
        "validDomains": [urlsplit(base).netloc],
    }


def _bot(app_id: str) -> Json:
    """In channels and in the personal chat; not in group chats, which belong to no partnership."""
    listed = [_command(menu.BY_VERB[verb]) for verb in menu.LISTED[:MOST_COMMANDS]]
    return {
        "botId": app_id,
        "scopes": list(SCOPES),
        "isNotificationOnly": False,
        "supportsFiles": False,
        "commandLists": [{"scopes": list(SCOPES), "commands": listed}],
    }


def _command(one: Command) -> Json:
    """What stands there is what is typed: the words that come before a record's number or a title."""
    words = one.example.split()
    title = " ".join(words[:2]) if len(words) > 1 and words[1] in one.typed else words[0]
    return {"title": title, "description": one.says}


def _action(one: menu.Shortcut) -> Json:
    return {
        "id": one.verb,
        "type": "action",
        "title": one.says,
        "description": "Fills in the form with this message",
        "context": ["message"],
        "fetchTask": True,
    }


def _icon(folder: Path | None, name: str) -> bytes:
    """Ours, or the one in the folder. Raises NoManifest where it is not there or is not what Teams takes."""
    size, drawn = DRAWN[name]
    if folder is None:
        return drawn()
    remedy = f"put a PNG of {size} by {size} pixels there, or leave --icons out for Parley's own"
    try:
        found = (folder / name).read_bytes()
    except OSError as why:
        raise NoManifest(f"{folder / name} cannot be read ({why.strerror}); {remedy}") from None
    if not found.startswith(PNG) or len(found) < 24:
        raise NoManifest(f"{folder / name} is not a PNG; {remedy}")
    width, height = struct.unpack(">II", found[16:24])
    if (width, height) != (size, size):
        raise NoManifest(f"{folder / name} has {width} by {height} pixels; {remedy}")
    return found
