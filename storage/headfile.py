"""Signed heads outside the database, one JSON object to a line: what a restored backup is compared with."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.dossier import SignedHead
from storage import mapper

NAMES = ("chain", "seq", "hash", "day", "mark", "key", "signature")
LONGEST_LINE = 4096  # bytes


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


def append(path: Path, heads: Iterable[SignedHead]) -> int:
    """Those that the file does not hold yet go to its end, and to the disk; how many. Raises Unreadable."""
    known = {(one.chain, one.seq, one.hash) for one in read(path)} if path.exists() else set()
    fresh = [one for one in heads if (one.chain, one.seq, one.hash) not in known]
    if not fresh:
        return 0
    told = "".join(f"{line(one)}\n" for one in fresh).encode()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            os.write(descriptor, (b"" if _ends_well(path) else b"\n") + told)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as why:
        raise Unreadable(f"{path} cannot be written ({why.strerror})") from None
    return len(fresh)


def _ends_well(path: Path) -> bool:
    """Whether its last line is whole: a full disk may have cut it."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


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
