"""Who may see what: the wall between the companies (DOMAIN.md 8.5)."""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Each person belongs to exactly one."""

    SPONSOR = "sponsor"
    CRO = "cro"

    @property
    def other(self) -> "Side":
        """The side across the table."""
        return Side.CRO if self is Side.SPONSOR else Side.SPONSOR


class Visibility(StrEnum):
    """The class of a record, set at birth."""

    SHARED = "shared"
    SPONSOR_INTERNAL = "sponsor_internal"
    CRO_INTERNAL = "cro_internal"
    RESTRICTED = "restricted"

    @property
    def side(self) -> Side | None:
        """The one side that owns an internal class; None where it is not one side's."""
        match self:
            case Visibility.SPONSOR_INTERNAL:
                return Side.SPONSOR
            case Visibility.CRO_INTERNAL:
                return Side.CRO
            case Visibility.SHARED | Visibility.RESTRICTED:
                return None


def internal(side: Side) -> Visibility:
    """The internal class of one side."""
    return Visibility.SPONSOR_INTERNAL if side is Side.SPONSOR else Visibility.CRO_INTERNAL


@dataclass(frozen=True, slots=True)
class Scope:
    """One partnership and one class: the unit inside which records are numbered, chained and read."""

    partnership: str
    visibility: Visibility


def scopes(partnerships: frozenset[str], side: Side) -> frozenset[Scope]:
    """All a person of `side` may read, restricted records apart (those name their readers)."""
    classes = (Visibility.SHARED, internal(side))
    return frozenset(Scope(partnership, visibility) for partnership in partnerships for visibility in classes)


def room_scopes(partnership: str, visibility: Visibility) -> frozenset[Scope]:
    """All a room may show: the class it is linked to, and what is shared anyway."""
    return frozenset({Scope(partnership, visibility), Scope(partnership, Visibility.SHARED)})
