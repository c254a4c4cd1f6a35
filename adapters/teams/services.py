"""Which service addresses may be answered: an answer goes nowhere that nobody has put on the list."""

import re
from dataclasses import dataclass
from typing import Final

_URL: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::(?P<port>\d{1,5}))?"
    r"(?P<path>(?:/(?!\.\.?(?:/|$))[\w.~-]*)*)",
    re.ASCII,
)
_LOOPBACK: Final = re.compile(r"localhost|127(?:\.\d{1,3}){3}", re.ASCII)


class Services:
    """`url in services` says whether answers may be sent there.

    Entries are host names (https; a leading `*.` takes every host below) or URL prefixes such as
    `http://127.0.0.1:8020/`. Anything that is not this machine must speak https. A malformed entry is a
    ValueError.
    """

    def __init__(self, entries: tuple[str, ...]) -> None:
        self._entries = tuple(_expected(entry) for entry in entries)

    def __contains__(self, url: str) -> bool:
        service = _service(url)
        return (
            service is not None and service.guarded and any(known.holds(service) for known in self._entries)
        )


@dataclass(frozen=True, slots=True)
class _Service:
    """One place that answers may be sent to."""

    scheme: str
    host: str
    port: str
    path: str

    @property
    def guarded(self) -> bool:
        return self.scheme == "https" or _LOOPBACK.fullmatch(self.host) is not None

    def holds(self, other: "_Service") -> bool:
        same = (self.scheme, self.port) == (other.scheme, other.port)
        return same and self._names(other.host) and self._above(other.path)

    def _names(self, host: str) -> bool:
        if self.host.startswith("*."):
            return host.endswith(self.host[1:]) and "*" not in host
        return host == self.host

    def _above(self, path: str) -> bool:
        return f"{path}/".startswith(f"{self.path.rstrip('/')}/")


def _expected(entry: str) -> _Service:
    service = _service(entry if "://" in entry else f"https://{entry}")
    if service is None:
        raise ValueError(f"not a host name or URL prefix: {entry!r}")
    return service


def _service(url: str) -> _Service | None:
    found = _URL.fullmatch(url)
    if found is None:
        return None
    default = "443" if found["scheme"] == "https" else "80"
    return _Service(found["scheme"], found["host"], found["port"] or default, found["path"])
