"""The wall: what a person of each side may read, and what a room may show."""

import pytest

from bot.governance.visibility import Scope, Side, Visibility, internal, room_scopes, scopes

BOTH = frozenset({"P-NOR", "P-QUI"})


def test_the_other_side_is_across_the_table():
    assert [side.other.other for side in Side] == list(Side)
    assert Side.CRO.other is Side.SPONSOR


def test_an_internal_class_belongs_to_one_side():
    assert [internal(side).side for side in Side] == list(Side)
    assert Visibility.SHARED.side is None
    assert Visibility.RESTRICTED.side is None


@pytest.mark.parametrize("side", Side)
def test_a_person_reads_what_is_shared_and_what_is_their_own_sides(side):
    assert scopes(BOTH, side) == {
        Scope(partnership, visibility)
        for partnership in BOTH
        for visibility in (Visibility.SHARED, Visibility.TRI_PARTY, internal(side))
    }


@pytest.mark.parametrize("side", Side)
def test_nobody_reads_the_other_sides_own_or_a_restricted_record_by_their_side(side):
    classes = {scope.visibility for scope in scopes(BOTH, side)}
    assert not classes & {internal(side.other), Visibility.RESTRICTED}


def test_without_a_partnership_there_is_nothing_to_read():
    assert scopes(frozenset(), Side.SPONSOR) == frozenset()


def test_another_partnership_is_out_of_reach():
    assert {scope.partnership for scope in scopes(frozenset({"P-QUI"}), Side.CRO)} == {"P-QUI"}


@pytest.mark.parametrize("visibility", Visibility)
def test_a_room_shows_its_class_and_what_is_shared(visibility):
    shown = room_scopes("P-NOR", visibility)
    both = {Scope("P-NOR", one) for one in Visibility if one.both_sides}
    assert shown == {Scope("P-NOR", visibility)} | both


def test_a_shared_room_shows_nothing_internal():
    assert {one.visibility.side for one in room_scopes("P-NOR", Visibility.SHARED)} == {None}
