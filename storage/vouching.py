"""What `check` says about the signed heads: the newest ones only; `audit verify` looks at every line."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import bindparam, func, select

from bot.dossier import SignedHead
from storage import headfile, mapper
from storage.audit import AUDIT
from storage.headfile import Seen
from storage.heads import SIGNED
from storage.notary import UNSIGNED
from storage.signing import Signer, holds
from storage.store import SqlStore
from storage.told import Worker

Line = tuple[bool, str]

SILENT = timedelta(days=2)  # for how long there may be new lines and no signed head
_NEWEST = select(SIGNED.c.chain, func.max(SIGNED.c.seq).label("seq")).group_by(SIGNED.c.chain).subquery()
NEWEST = select(SIGNED).join(_NEWEST, (_NEWEST.c.chain == SIGNED.c.chain) & (_NEWEST.c.seq == SIGNED.c.seq))
HASH = select(AUDIT.c.hash).where(AUDIT.c.chain == bindparam("chain"), AUDIT.c.seq == bindparam("seq"))
VERIFY = "run ./parley audit verify"


def lines(store: SqlStore, today: date, keys: str, file: str) -> Iterator[Line]:
    """Each with whether it is fine."""
    signer = Signer(keys)
    with store.reading() as opened:
        opened.works(Worker.VERIFIER)
        newest = [mapper.built(SignedHead, row) for row in opened.run(NEWEST).mappings()]
        waiting = opened.run(UNSIGNED, mark=signer.mark, day=today).all() if signer.mark else []
    last = max((one.day for one in newest), default=None)
    if last and waiting and last < today - SILENT:
        yield (
            False,
            f"no head was signed since {last}, and {len(waiting)} chains have grown: see that ./parley serve"
            " runs, and what its log says",
        )
    wrong = next((one for one in newest if not holds(one)), None)
    if wrong:
        yield False, f"the signature of {wrong.chain} of {wrong.day} is wrong: {VERIFY}"
    yield from _compared(store, newest, file)


def _compared(store: SqlStore, newest: Iterable[SignedHead], file: str) -> Iterator[Line]:
    seen = {one.chain: Seen(one.chain, one.seq, one.hash, one) for one in newest}
    odd = list(_odd(store, seen))
    try:
        outside = _outside(Path(file)) if file and seen else {}
    except headfile.Unreadable as why:
        yield False, f"{why}: mend PARLEY_HEADS_FILE, or a restored backup goes unnoticed"
        outside = {}
    odd += [one for one in _odd(store, outside) if one.chain not in {other.chain for other in odd}]
    for one in odd[:3]:
        day = one.head.day if one.head else "an unknown day"
        yield False, f"line {one.seq} of {one.chain} is not the one that was signed on {day}: {VERIFY}"
    if seen and not odd:
        kept = " and with PARLEY_HEADS_FILE" if outside else ""
        yield True, f"the record agrees with the newest of its signed heads{kept} ({len(seen)} chains)"


def _outside(path: Path) -> Mapping[str, Seen]:
    """The furthest that each chain was seen."""
    found: dict[str, Seen] = {}
    for one in headfile.read(path):
        if one.chain not in found or found[one.chain].seq < one.seq:
            found[one.chain] = one
    return found


def _odd(store: SqlStore, seen: Mapping[str, Seen]) -> Iterator[Seen]:
    """Those whose line is another one now, or none."""
    with store.reading() as opened:
        opened.works(Worker.VERIFIER)
        for one in seen.values():
            if opened.run(HASH, chain=one.chain, seq=one.seq).scalar() != one.hash:
                yield one
