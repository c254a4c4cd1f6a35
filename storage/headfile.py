"""Signed heads outside the database, one JSON object to a line: what a restored backup is compared with."""

import fcntl
import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from bot.dossier import SignedHead
from storage import mapper

NAMES = ("chain", "seq", "hash", "day", "mark", "key", "signature")
LONGEST_LINE = 4096  # bytes
FIRST = b'{"chain": '  # how a line of ours begins


class Unreadable(Exception):
    """A file of heads cannot be used; the message is one line for an operator."""


@dataclass(frozen=True, slots=True)
class Seen:
    """That a line of a chain was seen with this hash: in a signed head, else in an export."""

    chain: str
    seq: int
    hash: str
    head: SignedHead | None = None


def line(head: SignedHead) -> str:
    """As it stands in the file."""
    return json.dumps({name: mapper.plain(getattr(head, name)) for name in NAMES})


def read(path: Path) -> Iterator[Seen]:
    """What a file of heads, or an export in JSON, says of lines of the record. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            if file.read(1) == b"":
                return
            file.seek(0)
            first = file.readline(LONGEST_LINE)
            file.seek(0)
            if _is_head(first):
                yield from _lines(file, path)
            else:
                yield from _export(file.read(), path)
    except OSError as why:
        raise Unreadable(f"{path} cannot be read ({why.strerror})") from None


def append(path: Path, heads: Callable[[date], Iterable[SignedHead]], today: date) -> int:
    """What `heads` tells from a day on and the file lacks goes to its end and to the disk; how many.

    It is asked from the last day in the file that has come; one process at a time. Raises Unreadable.
    """
    if not path.exists() and not any(True for _ in heads(date.min)):
        return 0
    try:
        with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640), "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            end = _whole(file)
            known = tuple(read(path))
            # A clock that was ahead has signed for days to come: those before them are still wanted.
            days = (one.head.day for one in known if one.head)
            since = max((day for day in days if day <= today), default=date.min)
            held = {(one.chain, one.seq, one.hash) for one in known}
            fresh = [one for one in heads(since) if (one.chain, one.seq, one.hash) not in held]
            file.write((end if fresh else "").encode() + "".join(f"{line(one)}\n" for one in fresh).encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as why:
        raise Unreadable(f"{path} cannot be written ({why.strerror})") from None
    return len(fresh)


def _whole(file: BinaryIO) -> str:
    """What its last line wants; half a line, cut by a kill or a full disk, is taken off: it comes again."""
    last = b"".join(deque(file, maxlen=1))
    if not last or last.endswith(b"\n"):
        return ""
    if _is_head(last) or last[: len(FIRST)] != FIRST[: len(last)]:
        return "\n"
    file.truncate(file.tell() - len(last))
    file.seek(0, os.SEEK_END)
    return ""


def _is_head(words: bytes) -> bool:
    try:
        told = json.loads(words)
    except ValueError:
        return False
    return isinstance(told, dict) and "chain" in told and "signature" in told


def _lines(file: Iterable[bytes], path: Path) -> Iterator[Seen]:
    for number, words in enumerate(file, 1):
        if words.strip():
            try:
                yield _seen(_head(json.loads(words)))
            except (ValueError, KeyError, TypeError):
                raise Unreadable(f"line {number} of {path} is no signed head; look at it") from None


def _export(words: bytes, path: Path) -> Iterator[Seen]:
    try:
        told = json.loads(words)
        chains = told["chains"]
        found = [
            Seen(one["chain"], int(line["seq"]), line["hash"]) for one in chains for line in one["lines"]
        ]
        found += [_seen(_head(head)) for one in chains for head in one["heads"]]
    except (ValueError, KeyError, TypeError):
        raise Unreadable(f"{path} is neither a file of signed heads nor an export in JSON") from None
    yield from found


def _head(told: Mapping[str, Any]) -> SignedHead:
    words = {name: str(told[name]) for name in ("chain", "hash", "mark", "key", "signature")}
    return SignedHead(**words, seq=int(told["seq"]), day=date.fromisoformat(told["day"]))


def _seen(head: SignedHead) -> Seen:
    return Seen(head.chain, head.seq, head.hash, head)


def seen(row: Mapping[Any, Any]) -> Seen:
    """The same from a row of the database."""
    return _seen(mapper.built(SignedHead, row))
