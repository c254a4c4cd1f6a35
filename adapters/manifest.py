"""What somebody wants of a platform's manifest, and why there is none."""

import re
from dataclasses import dataclass
from pathlib import Path

HOST = re.compile(r"https://[\w.-]+(?::\d{1,5})?")
LONGEST = 260  # characters: no host has a longer name


@dataclass(frozen=True, slots=True)
class Wish:
    """`url` is where the world reaches us ("https://host"). `socket` and what follows is for Slack: no
    addresses, short forms, installs for a whole organisation. `app_id` and what follows is for Teams.
    """

    url: str = ""
    socket: bool = False
    short: bool = True
    whole_organisation: bool = True
    app_id: str = ""
    icons: Path | None = None
    privacy_url: str = ""
    terms_url: str = ""


class NoManifest(Exception):
    """There can be no manifest like that; the message is one line for an operator, with the remedy."""


def host(url: str, option: str) -> str:
    """The address of a host alone, without a slash at the end: paths hang below it. Raises NoManifest."""
    given = https(url, option)
    if len(given) > LONGEST or not HOST.fullmatch(given):
        raise NoManifest(
            f"{option} must be https:// and a host, without a path, and “{given[:80]}” is not: "
            "write it like https://parley.example"
        )
    return given


def https(url: str, option: str) -> str:
    """The address without a slash at the end. Raises NoManifest."""
    given = url.strip().rstrip("/")
    if not given:
        raise NoManifest(
            f"nobody has said where Parley is reached: add {option} https://…, or set PARLEY_URL"
        )
    if not given.startswith("https://") or len(given) < len("https://a.b") or any(c.isspace() for c in given):
        raise NoManifest(
            f"{option} must be an address that begins with https://, and “{given[:80]}” does not"
        )
    return given
