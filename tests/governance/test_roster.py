"""Who is in a room: somebody unknown mutes it until they are approved or gone."""

from datetime import UTC, datetime

from bot.governance.roster import Roster, Standing, State, approve, call, leave, lose
from bot.intents import Account, Handle, Kind

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
EMPTY = Roster("R1", "ORG-NOR", "P-NOR", "room", "T1")
ANN = Account(Handle("chat", "T1", "ann", "Ann"))
BO = Account(Handle("chat", "T2", "bo", "Bo"))
APP = Account(Handle("chat", "T1", "app", "Poll"), Kind.APP)
OPEN = call(EMPTY, [(ANN, True)])
MUTED = call(OPEN, [(ANN, True), (BO, False)])


def standings(roster):
    return {one.handle.user: one.standing for one in roster.occupants}


def test_the_first_look_is_a_version_even_where_nobody_is_there():
    assert (OPEN.state, OPEN.version, OPEN.episode) == (State.OPEN, 1, 0)
    assert call(EMPTY, []).version == 1


def test_the_names_of_the_known_are_not_kept():
    assert [one.handle.name for one in MUTED.occupants] == ["", "Bo"]


def test_somebody_unknown_mutes_the_room_and_begins_an_episode():
    assert (MUTED.state, MUTED.version, MUTED.episode) == (State.MUTED, 2, 1)
    assert [one.handle.user for one in MUTED.unknown] == ["bo"]
    assert MUTED.subject == "R1/1"


def test_a_look_that_finds_nothing_new_changes_nothing():
    renamed = Account(Handle("chat", "T2", "bo", "Bo B."))
    assert call(MUTED, [(renamed, False), (ANN, True)]) is MUTED


def test_once_they_are_gone_the_room_is_open_and_the_next_time_is_another_episode():
    again = call(MUTED, [(ANN, True)])
    assert (again.state, again.version, again.episode) == (State.OPEN, 3, 1)
    assert call(again, [(ANN, True), (BO, False)]).episode == 2


def test_an_approval_names_everybody_who_was_asked_about_and_says_who_and_when():
    settled = approve(call(MUTED, [(ANN, True), (BO, False), (APP, False)]), "PER-1", NOW)
    assert settled.state is State.OPEN
    assert standings(settled) == {"ann": "known", "app": "approved", "bo": "approved"}
    assert {(one.by, one.at) for one in settled.occupants if one.standing is Standing.APPROVED} == {
        ("PER-1", NOW)
    }
    assert (settled.by, settled.at) == ("PER-1", NOW)


def test_who_was_approved_stays_so_for_as_long_as_they_stay_what_they_are():
    settled = approve(MUTED, "PER-1", NOW)
    more = call(settled, [(ANN, True), (BO, False), (APP, False)])
    assert standings(more) == {"ann": "known", "app": "asked", "bo": "approved"}
    guest = Account(BO.handle, Kind.GUEST)
    assert standings(call(settled, [(ANN, True), (guest, False)]))["bo"] == "asked"
    back = call(call(settled, [(ANN, True)]), [(ANN, True), (BO, False)])
    assert standings(back)["bo"] == "asked"


def test_where_we_are_not_in_the_room_approvals_last_until_we_look_again():
    lost = lose(approve(MUTED, "PER-1", NOW))
    assert (lost.state, lost.episode) == (State.ABSENT, 2)
    assert lose(lost) is lost
    found = call(lost, [(ANN, True), (BO, False)])
    assert (found.state, found.episode) == (State.OPEN, 2)
    assert standings(found)["bo"] == "approved"


def test_a_muted_room_that_we_lose_stays_in_its_episode():
    assert lose(MUTED).episode == MUTED.episode


def test_a_room_that_was_given_up_is_not_looked_into_any_more():
    left = leave(MUTED, "PER-1", NOW)
    assert (left.state, left.occupants) == (State.LEFT, ())
    assert call(left, [(ANN, True)]) is left
    assert lose(left) is left
