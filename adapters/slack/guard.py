"""Who may pass to Slack's listeners: signed by Slack, within five minutes, and not seen before."""

import hashlib
import hmac
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum, auto

WINDOW = 300  # seconds either way, as Slack's own SDK allows
REMEMBERED = 2 * WINDOW  # a signature made at the far edge of the window is good for this long
MOST = 50_000  # seals kept; what may change something is also unique in the record
SECONDS = re.compile(r"[0-9]{1,12}")


class Verdict(Enum):
    """What to do with a request."""

    REFUSED = auto()
    REPLAYED = auto()
    ADMITTED = auto()


def seal(body: bytes) -> str:
    """A body's fingerprint, in hexadecimal: unique, because Slack puts a fresh id into every body."""
    return hashlib.sha256(body).hexdigest()


def is_signed(secret: bytes, body: bytes, headers: Mapping[str, str], now: float) -> bool:
    """Whether Slack signed this body, less than WINDOW seconds away from `now` (seconds since 1970)."""
    stamp = headers.get("x-slack-request-timestamp", "")
    if not SECONDS.fullmatch(stamp) or abs(now - int(stamp)) > WINDOW:
        return False
    signed = hmac.new(secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    claimed = headers.get("x-slack-signature", "")
    return hmac.compare_digest(f"v0={signed}".encode(), claimed.encode("utf-8", "replace"))


class Guard:
    """Bolt's own check answers a garbage timestamp with 500 and serves the same request twice."""

    def __init__(self, secret: str, wall: Callable[[], datetime]) -> None:
        if not secret:
            raise ValueError("Slack needs a signing secret: without one anybody could sign.")
        self._secret = secret.encode()
        self._wall = wall
        self._seen: OrderedDict[str, float] = OrderedDict()

    def judge(self, body: bytes, headers: Mapping[str, str]) -> Verdict:
        """Admits an identical signed request once; remembers it from then on, whatever comes of it."""
        now = self._wall().timestamp()
        if not is_signed(self._secret, body, headers, now):
            return Verdict.REFUSED
        mark = f"{headers['x-slack-request-timestamp']}:{seal(body)}"
        self._forget(now)
        if mark in self._seen:
            return Verdict.REPLAYED
        self._seen[mark] = now
        return Verdict.ADMITTED

    def _forget(self, now: float) -> None:
        """The oldest stand first: let go of those out of the window, and of any above MOST."""
        while self._seen and (len(self._seen) >= MOST or now - next(iter(self._seen.values())) > REMEMBERED):
            self._seen.popitem(last=False)
