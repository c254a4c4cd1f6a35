"""Who is in a room, what that leaves it to show, and accounts that their platforms bar."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Conflict
from bot.governance import roster as rules
from bot.governance.roster import Identity, Occupant, Standing, State
from bot.governance.visibility import Scope
from bot.intents import Account, Handle, Kind, Place
from bot.outbox import Audience, Letter, OutboxMessage
from storage import unattended
from storage.outbox import SqlLedger
from tests.storage.people import ANNIKA, CROS, DAVID, NOR_CHANNEL, NOW, PRIYA, SHARED, THREE, TOMASZ, WEILING

OTTO = Account(Handle("slack", "T0FAR", "U0OTTO", "Otto"))


def there(world, room, *present):
    """A look at who is in the room, written down; the roster as it then stands."""
    with world.writing() as archive:
        before = archive.roster(room)
        after = rules.call(before, present)
        if after != before:
            archive.save_roster(after)
    with world.reading() as archive:
        assert archive.roster(room) == after
        return after


def sees(world, room):
    with world.reading() as archive:
        return archive.room_actor(room).sees


def knows(*handles):
    return [(Account(one), True) for one in handles]


def test_a_room_nobody_has_looked_into_shows_nothing(world):
    with world.writing() as archive:
        archive.connection.exec_driver_sql("DELETE FROM occupant")
        archive.connection.exec_driver_sql("DELETE FROM roster")
    assert sees(world, "ROOM-NOR-OWN") == frozenset()
    with world.reading() as archive:
        assert archive.roster("ROOM-NOR-OWN").version == 0
        assert archive.holds_back("ROOM-NOR-OWN")


def test_a_room_shows_what_it_is_linked_to_where_everybody_may_see_that(world):
    there(world, "ROOM-NOR-OWN", *knows(ANNIKA, DAVID))
    assert sees(world, "ROOM-NOR-OWN") == {SHARED, THREE, CROS}
    with world.reading() as archive:
        assert not archive.holds_back("ROOM-NOR-OWN")


def test_somebody_of_the_other_side_leaves_only_what_is_shared(world):
    there(world, "ROOM-NOR-OWN", *knows(ANNIKA, PRIYA))
    assert sees(world, "ROOM-NOR-OWN") == {SHARED, THREE}
    with world.reading() as archive:
        assert archive.holds_back("ROOM-NOR-OWN")


def test_somebody_known_but_of_a_third_company_leaves_nothing_even_if_taken_for_known(world):
    there(world, "ROOM-NOR", *knows(ANNIKA, WEILING))
    assert sees(world, "ROOM-NOR") == frozenset()


def test_somebody_asked_about_leaves_nothing_and_somebody_approved_takes_nothing_away(world):
    asked = there(world, "ROOM-NOR", *knows(ANNIKA), (OTTO, False))
    assert sees(world, "ROOM-NOR") == frozenset()
    with world.writing() as archive:
        archive.save_roster(rules.approve(asked, "PER-DAVID", NOW))
    assert sees(world, "ROOM-NOR") == {SHARED, THREE}
    with world.reading() as archive:
        otto = next(one for one in archive.roster("ROOM-NOR").occupants if one.handle.user == "U0OTTO")
    assert otto == Occupant(OTTO.handle, Kind.MEMBER, Standing.APPROVED, "PER-DAVID", NOW)


def test_who_leaves_the_directory_closes_the_room_before_anybody_looks_again(world):
    there(world, "ROOM-NOR", *knows(ANNIKA, DAVID))
    with world.writing() as archive:
        archive.bar(DAVID, "gone")
    assert sees(world, "ROOM-NOR") == frozenset()


def test_of_two_looks_at_the_same_moment_one_is_made_again(world):
    with world.writing() as archive:
        roster = archive.roster("ROOM-NOR")
        archive.save_roster(rules.call(roster, knows(DAVID)))
        with pytest.raises(Conflict):
            archive.save_roster(rules.call(roster, knows(ANNIKA, DAVID)))


def test_rooms_are_found_by_their_place_their_tenant_and_who_is_in_them(world):
    there(world, "ROOM-NOR-OWN", (OTTO, False))
    with world.reading() as archive:
        assert archive.rooms_at(NOR_CHANNEL) == ("ROOM-NOR",)
        assert set(archive.rooms_at(Place("teams", "t-hal", ""))) == {"ROOM-HAL"}
        assert archive.rooms_at(Place("slack", "T0NOR", "C0NONE")) == ()
        assert archive.rooms_with(OTTO.handle) == ("ROOM-NOR-OWN",)
        assert archive.silent_rooms() == ("ROOM-NOR-OWN",)


@pytest.mark.parametrize("barred", ["guest", "gone"])
def test_a_barred_account_is_nobody_until_it_is_let_in_again(world, barred):
    with world.writing() as archive:
        assert archive.actor(ANNIKA)
        archive.bar(ANNIKA, barred)
        assert archive.actor(ANNIKA) is None
        assert archive.person_at(ANNIKA) is None
        assert archive.address(Audience(person="PER-ANNIKA")) is None
        assert archive.identity(ANNIKA) == Identity("PER-ANNIKA", "ORG-NOR", barred)
        assert archive.identity(DAVID).barred == ""
        archive.bar(ANNIKA, "")
        assert archive.actor(ANNIKA).person == "PER-ANNIKA"
        assert archive.address(Audience(person="PER-ANNIKA"))


def withheld(world, *keys):
    """Messages to one room, withheld in their order."""
    with world.writing() as archive:
        for key in keys:
            archive.promise(OutboxMessage(key, Letter("note", key), Audience(room="ROOM-NOR"), NOW))
    ledger = SqlLedger(world)
    for _ in keys:
        (claimed,) = ledger.claim_messages(NOW, 1, 30)
        assert ledger.settle(claimed, "withheld", "who is there", NOW)
    return ledger


def test_what_was_withheld_goes_in_its_order_once_it_is_released(world):
    ledger = withheld(world, "a", "b")
    assert ledger.claim_messages(NOW, 9, 30) == ()
    later = NOW + timedelta(hours=1)
    with world.writing() as archive:
        archive.release("ROOM-NOR", later)
    for key in ("a", "b"):
        (claimed,) = ledger.claim_messages(later, 9, 30)
        assert (claimed.message.key, claimed.attempts) == (key, 1)
        ledger.settle(claimed, "dropped", "", later)


def test_what_was_withheld_from_a_room_that_is_given_up_is_never_sent(world):
    ledger = withheld(world, "a")
    with world.writing() as archive:
        archive.drop_withheld("ROOM-NOR")
        archive.release("ROOM-NOR", NOW)
    assert ledger.claim_messages(NOW, 9, 30) == ()


def test_a_room_that_was_given_up_is_remembered_as_it_ended(world):
    with world.writing() as archive:
        left = rules.leave(archive.roster("ROOM-NOR"), "PER-DAVID", NOW)
        archive.save_roster(left)
        archive.end_link(archive.actor(DAVID), "ROOM-NOR")
    with world.reading() as archive:
        assert archive.roster("ROOM-NOR") == left
        assert archive.room_actor("ROOM-NOR") is None
        assert not archive.holds_back("ROOM-NOR")
        assert archive.roster("ROOM-NONE") is None


def test_an_operator_hears_of_silent_rooms_and_of_a_company_whose_last_administrator_is_barred(world):
    with world.reading() as archive:
        assert list(unattended.concerns(archive)) == []
    muted = there(world, "ROOM-NOR", (OTTO, False))
    assert muted.state is State.MUTED
    with world.writing() as archive:
        archive.save_roster(rules.lose(archive.roster("ROOM-HAL")))
        archive.bar(DAVID, "gone")
        archive.bar(TOMASZ, "gone")
    with world.reading() as archive:
        lines = list(unattended.concerns(archive))
    assert [line.partition(":")[0] for line in lines] == [
        "Parley is not in the room ROOM-HAL of Halcyra",
        "somebody unknown is in the room ROOM-NOR of Northmere, so it shows nothing",
        "no administrator of Northmere has an account that may use Parley (guest, or deactivated)",
    ]


def test_a_scope_is_never_widened_by_who_is_there(world):
    linked = Scope("P-NOR", SHARED.visibility)
    there(world, "ROOM-NOR", *knows(ANNIKA))
    with world.reading() as archive:
        actor = archive.room_actor("ROOM-NOR")
        assert actor.sees == {linked, THREE}
        assert replace(actor, sees=frozenset()) == replace(archive.linked_actor("ROOM-NOR"), sees=frozenset())
