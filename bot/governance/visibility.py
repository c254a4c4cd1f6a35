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
    TRI_PARTY = "tri_party"

    @property
    def side(self) -> Side | None:
        """The one side that owns an internal class; None where it is not one side's."""
        match self:
            case Visibility.SPONSOR_INTERNAL:
                return Side.SPONSOR
            case Visibility.CRO_INTERNAL:
                return Side.CRO
            case Visibility.SHARED | Visibility.RESTRICTED | Visibility.TRI_PARTY:
                return None

    @property
    def both_sides(self) -> bool:
        """Whether everybody of both sides of the partnership sees it, so that both have a say."""
        return self in (Visibility.SHARED, Visibility.TRI_PARTY)

    @property
    def names_readers(self) -> bool:
        """Whether each record names readers of its own: people, or a third company; its chain is its own."""
        return self in (Visibility.RESTRICTED, Visibility.TRI_PARTY)


def internal(side: Side) -> Visibility:
    """The internal class of one side."""
    return Visibility.SPONSOR_INTERNAL if side is Side.SPONSOR else Visibility.CRO_INTERNAL


@dataclass(frozen=True, slots=True)
class Scope:
    """One partnership and one class: the unit inside which records are numbered, chained and read."""

    partnership: str
    visibility: Visibility


def scopes(partnerships: frozenset[str], side: Side) -> frozenset[Scope]:
    """All a person of `side` may read, but for records that name them or their company as readers.

    What a partnership opened to a third company is its own; the third one reads by record, never by class.
    """
    classes = (Visibility.SHARED, Visibility.TRI_PARTY, internal(side))
    return frozenset(Scope(partnership, visibility) for partnership in partnerships for visibility in classes)


def room_scopes(partnership: str, visibility: Visibility) -> frozenset[Scope]:
    """All a room may show: the class it is linked to, and what both sides see anyway."""
    classes = (visibility, Visibility.SHARED, Visibility.TRI_PARTY)
    return frozenset(Scope(partnership, one) for one in classes)
