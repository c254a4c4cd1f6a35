"""What somebody asked to take away, and the link by which their own browser fetches it, once."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

LASTS = timedelta(minutes=15)
KEPT = timedelta(days=1)  # what ran out before is forgotten
BROWSERS = 3  # how often a link is opened by a browser that has not opened it before
SIGNS = "23456789"
LETTERS = "BCDFGHJKMNPQRSTVWXZ"


class Format(StrEnum):
    """As what it is written down."""

    PDF = "pdf"
    JSON = "json"
    CSV = "csv"

    @property
    def words(self) -> str:
        """As a person says it."""
        return self.value.upper()


@dataclass(frozen=True, slots=True)
class About:
    """What a dossier is about: one record (its id), a committee (its id), a study, a partnership (its id), or
    all one may see.

    `words` narrow it: each must occur in a record, in its notes or in the reasons people gave.
    """

    record: str = ""
    study: str = ""
    partnership: str = ""
    committee: str = ""
    words: tuple[str, ...] = ()


class State(StrEnum):
    """The life of a link: `MADE`, a browser has `ASKED`, its person has `GRANTED` that, it was `TAKEN`."""

    MADE = "made"
    ASKED = "asked"
    GRANTED = "granted"
    TAKEN = "taken"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ExportLink:
    """A link for one person. `until` is wall time; `cookie` is the digest of the browser's own secret.

    `code` is what that browser shows; `browsers` counts those that opened it.
    """

    id: str
    person: str
    about: About
    format: Format
    until: datetime
    state: State = State.MADE
    cookie: str = ""
    code: str = ""
    browsers: int = 0
    version: int = 1

    def good(self, wall: datetime) -> bool:
        """Whether something can still become of it."""
        return wall < self.until and self.state in (State.MADE, State.ASKED, State.GRANTED)

    def shown_in(self, cookie: str) -> bool:
        """Whether it is that browser that opened it last."""
        return bool(self.cookie) and hmac.compare_digest(self.cookie, digest(cookie))

    def opened(self, cookie: str, code: str) -> "ExportLink":
        """Another browser opened it: only the last one is asked about."""
        asked = replace(self.became(State.ASKED), cookie=digest(cookie), code=code)
        return replace(asked, browsers=self.browsers + 1)

    def became(self, state: State) -> "ExportLink":
        """The same link one step on."""
        return replace(self, state=state, version=self.version + 1)


def new_code() -> str:
    """What a browser shows and its person compares: "K7-42"."""
    signs = [secrets.choice(LETTERS), *(secrets.choice(SIGNS) for _ in range(3))]
    return f"{''.join(signs[:2])}-{''.join(signs[2:])}"


def token(secret: bytes, link: str) -> str:
    """What stands in the address: a keyed digest of the link's own random id. It is kept nowhere."""
    return hmac.digest(secret, f"export link {link}".encode(), "sha256").hex()[:40]


def digest(words: str) -> str:
    """What is kept of a token or a cookie."""
    return hashlib.sha256(words.encode()).hexdigest()
