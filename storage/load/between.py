"""Who may be named in a record between two companies of a file, and on which side each of them is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.governance.visibility import Scope, Side, Visibility
from storage.load.directory import Known
from storage.load.lines import Node


@dataclass(frozen=True, slots=True)
class Between:
    """One partnership of the file, with everybody the file knows."""

    known: Known
    partnership: str

    def person(self, node: Node, side: Side | None = None, what: str = "") -> str:
        """Somebody of the two companies; of that side alone where `what` they are there is one side's."""
        found = self.known.person_of(node, self.known.both(self.partnership))
        if side is not None and self.side(found) is not side:
            raise node.wrong(f"is “{found}”, of the {self.side(found)}; {what} is of the {side}")
        return found

    def people(self, listed: Iterable[Node] | None) -> tuple[str, ...]:
        """People of the two companies, each once."""
        found: list[str] = []
        for node in listed or ():
            if self.person(node) in found:
                raise node.wrong(f"“{node.text}” is there twice")
            found.append(node.text)
        return tuple(found)

    def side(self, person: str) -> Side:
        """The side of one of their people."""
        return Side(self.known.organisations[self.known.people[person].organisation].side)

    def sides(self, people: Iterable[str]) -> Mapping[str, Side]:
        """The side of each."""
        return {one: self.side(one) for one in people}


def classed(item: Node) -> Visibility:
    """The class of a record that is read by class alone: shared, or one side's own."""
    node = item.need("visibility")
    found = node.one_of(Visibility)
    if found.names_readers:
        raise node.wrong(f"is “{found}”; only issues are that: say shared, or whose own it is")
    return found


def highest(numbered: Iterable[tuple[Scope, str]], noun: str) -> Mapping[Scope, tuple[str, int]]:
    """For each class: how the highest number begins ("NOR-CMT"), and what it is."""
    found: dict[Scope, tuple[str, int]] = {}
    for scope, number in numbered:
        prefix, _, tail = number.rpartition("-")
        if prefix.endswith(f"-{noun}") and tail.isdecimal() and int(tail) > found.get(scope, ("", -1))[1]:
            found[scope] = (prefix, int(tail))
    return found
