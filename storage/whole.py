"""Whether chains that somebody takes away hold: by themselves, to their end, and against the signed heads."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import bindparam, select

from bot.actors import Actor
from bot.dossier import Link, SignedHead
from storage.audit import HEAD, MISSING, Walk
from storage.bound import Bound
from storage.signing import holds
from storage.told import Worker

NOT_EXCUSED = "was erased, and no line of the record says so"
NOT_SIGNED = "is not the one that was signed"
FORGED = "has a signature that does not hold"
ENDS = select(HEAD.c.chain, HEAD.c.seq, HEAD.c.hash).where(
    HEAD.c.chain.in_(bindparam("chains", expanding=True))
)


class Wholeness(Bound):
    """Looks at what a reader was given, not at more."""

    def broken(
        self, actor: Actor, links: Sequence[Link], heads: Sequence[SignedHead]
    ) -> tuple[tuple[str, int, str], ...]:
        """Of each chain that does not hold: its name, the first such line, and what is wrong with it.

        `links` are the actor's whole chains with all their words, by chain and seq.
        """
        chains = {name: tuple(lines) for name, lines in groupby(links, lambda link: link.chain)}
        ends = self._ends(tuple(chains))
        self.passes(actor)
        found: list[tuple[str, int, str]] = []
        for name, lines in chains.items():
            signed = [head for head in heads if head.chain == name]
            faults = (*_along(lines, ends.get(name, (0, ""))), *_against(lines, signed))
            found += [(name, *min(faults))] if faults else []
        return tuple(found)

    def _ends(self, chains: Sequence[str]) -> dict[str, tuple[int, str]]:
        self.works(Worker.VERIFIER)
        return {row.chain: (row.seq, row.hash) for row in self.run(ENDS, chains=chains)}


def _along(lines: Sequence[Link], end: tuple[int, str]) -> Iterator[tuple[int, str]]:
    walk = Walk()
    for link in lines:
        if fault := walk.fault(link):
            yield walk.seq, fault
            return
    if (gone := walk.unexcused()) is not None:
        yield gone, NOT_EXCUSED
    if end != (walk.seq, walk.hash):
        yield walk.seq + 1, MISSING


def _against(lines: Sequence[Link], heads: Sequence[SignedHead]) -> Iterator[tuple[int, str]]:
    for head in heads:
        if not holds(head):
            yield head.seq, FORGED
        elif head.seq > len(lines) or lines[head.seq - 1].hash != head.hash:
            yield head.seq, NOT_SIGNED
