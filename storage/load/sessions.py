"""The committees of a file and their sessions, each checked in place."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.governance.quorum import counted
from bot.governance.session import Committee, Session, State
from bot.governance.visibility import Side
from storage.load.between import Between
from storage.load.directory import Known
from storage.load.lines import Node

COMMITTEE = frozenset(
    {
        *("id", "partnership", "name", "tier", "cadence", "quorum", "chairs", "members", "delegates"),
        *("escalates_to", "pack_due_bd", "minutes_due_bd"),
    }
)
QUORUM = frozenset({"per_side", "needs_chair_each_side"})
SESSION = frozenset({"id", "committee", "date", "status", "attended", "minutes_issued", "note"})
TIERS = range(1, 5)


def committees(section: Iterable[Node], known: Known) -> Iterator[Committee]:
    """Every committee, in the file's order."""
    seen: set[str] = set()
    for item in section:
        home = Between(known, item.need("partnership").id_in(dict(known.partnerships)))
        quorum, chairs = item.get("quorum"), item.get("chairs")
        yield Committee(
            id=item.need("id").new_id(seen),
            partnership=home.partnership,
            name=item.need("name").text,
            tier=_tier(item.need("tier")),
            cadence=item.maybe("cadence"),
            sponsor_chair=_chair(chairs, Side.SPONSOR, home),
            cro_chair=_chair(chairs, Side.CRO, home),
            members=home.people(item.get("members")),
            per_side=one.whole if quorum and (one := quorum.get("per_side")) else 1,
            needs_chairs=_yes(quorum.get("needs_chair_each_side") if quorum else None),
            escalates_to=item.maybe("escalates_to"),
            delegates=home.people(item.get("delegates")),
            pack_due_bd=one.whole if (one := item.get("pack_due_bd")) else 5,
            minutes_due_bd=one.whole if (one := item.get("minutes_due_bd")) else 5,
        )


def sessions(section: Iterable[Node], known: Known, committees: Mapping[str, Committee]) -> Iterator[Session]:
    """Every session, in the file's order."""
    seen: set[str] = set()
    for item in section:
        committee = committees[item.need("committee").id_in(dict(committees))]
        home, state = Between(known, committee.partnership), item.need("status").one_of(State)
        attended = home.people(item.get("attended"))
        sides = home.sides(attended)
        if attended and state is not State.HELD:
            raise item.need("attended").wrong(f"names people, but the session is {state}, not held")
        yield Session(
            id=item.need("id").new_id(seen),
            committee=committee.id,
            partnership=committee.partnership,
            day=item.need("date").day,
            state=state,
            attended=attended,
            sides=sides,
            chaired=counted(committee, sides).chaired,
            minutes_issued=_issued(item, state),
            note=item.maybe("note"),
        )


def unknown_committee(item: Node) -> Iterator[str]:
    """Names that mean nothing to Parley there."""
    yield from (name for name in item.names if name not in COMMITTEE)
    quorum = item.get("quorum")
    yield from (f"quorum.{name}" for name in (quorum.names if quorum else ()) if name not in QUORUM)


def unknown_session(item: Node) -> Iterator[str]:
    """Names that mean nothing to Parley there."""
    return (name for name in item.names if name not in SESSION)


def _tier(node: Node) -> int:
    if node.whole not in TIERS:
        raise node.wrong(f"is {node.text}; it must be 1 to 4")
    return node.whole


def _chair(chairs: Node | None, side: Side, home: Between) -> str:
    """Nobody is a gap, and no error."""
    node = chairs.get(side.value) if chairs else None
    return home.person(node, side, f"the {side}'s chair") if node else ""


def _yes(node: Node | None) -> bool:
    if node and node.text not in ("true", "false"):
        raise node.wrong(f"is “{node.text}”; it must be true or false")
    return node is not None and node.text == "true"


def _issued(item: Node, state: State) -> date | None:
    node = item.get("minutes_issued")
    if node is None:
        return None
    if state is not State.HELD or node.day < item.need("date").day:
        raise node.wrong(f"is “{node.text}”, before the session was held")
    return node.day
