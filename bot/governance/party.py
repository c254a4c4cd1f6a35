"""Who acts on a record: a person of one side, whoever they stand in for, or somebody in a room."""

from dataclasses import dataclass

from bot.governance.visibility import Side


@dataclass(frozen=True, slots=True)
class Party:
    """Who wants to do something about a record; `stands_for` are those away today for whom they stand in.

    `person` "" is a room: somebody of its side, whoever presses. `gone` are those who own it and have left:
    anybody of their side may act for them. `third`: of a third company, so they are of neither side here.
    """

    person: str
    side: Side
    stands_for: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    third: bool = False

    def may_be(self, person: str, side: Side) -> bool:
        """Whether they are that person of that side, stand in for them, or could be them in a room."""
        known = self.person in ("", person) or person in self.stands_for or person in self.gone
        return self.side is side and known and not self.third
