"""J7, second half: beside somebody unknown a room shows nothing, until its administrator has decided."""

import pytest

from bot.outbox import Audience, Letter, OutboxMessage
from tests.rooms import CLOSED, HOSTS, LOGGED, OpenWorld, asked, shown

ROOM_CARD = "Parley shows nothing there while somebody unknown is in it"


@pytest.fixture
def world(database):
    opened = OpenWorld(database)
    yield opened
    opened.close()


@pytest.fixture(params=["marcus", pytest.param("annika", marks=pytest.mark.thorough)])
def host(request, world):
    """Somebody in whose room all this happens."""
    return world.as_(request.param)


@pytest.fixture
def administrator(world, host):
    return world.as_(HOSTS[host.face.name.split()[0].lower()])


def test_an_unknown_person_silences_the_room_and_the_administrator_gets_one_card(world, host, administrator):
    world.comes(world.outsider(host), host)
    world.as_("tomasz").say(LOGGED)
    world.as_("tomasz").say("issue Late shipments, minor, owner rafael")
    assert [one.words.splitlines()[0] for one in shown(host)] == [CLOSED]
    cards = asked(administrator)
    assert len(cards) == 1
    assert ROOM_CARD in cards[0]
    assert world.outsider(host).face.name in cards[0]
    assert set(cards[0].buttons) == {"Approve", "Leave the room"}
    others = [name for name in world.people if world.as_(name).face.id != administrator.face.id]
    assert not any(asked(world.as_(name)) for name in others)


def test_the_stranger_learns_nothing_and_not_even_how_much_there_is(world, host):
    stranger = world.outsider(host)
    world.comes(stranger, host)
    before = [one.words for one in shown(host)]
    for number in range(3):
        world.as_("tomasz").say(f"issue Late shipment {number}, critical, owner rafael")
    world.pass_business_days(2)
    world.as_("marcus").say("issue ack NOR-ISS-008")
    assert [one.words for one in shown(host)] == before
    assert not any("ISS" in one or "Rafael" in one or "Brandt" in one for one in shown(host))


def test_in_the_other_companys_room_everything_goes_on(world, host):
    world.comes(world.outsider(host), host)
    world.as_("tomasz").say(LOGGED)
    other = next(world.as_(name) for name in HOSTS if world.as_(name).face.id != host.face.id)
    assert "TMF backlog" in shown(other)[-1]


def test_once_approved_everything_that_was_held_back_is_shown_as_it_stands(world, host, administrator):
    world.comes(world.outsider(host), host)
    world.as_("tomasz").say(LOGGED)
    world.as_("annika").say("issue Courier lost two kits, minor, owner rafael")
    world.as_("rafael").say("issue ack NOR-ISS-008")
    administrator.press("Approve")
    assert "Approved by" in asked(administrator)[-1]
    first, *cards = shown(host)
    assert "This room is open again" in first
    assert first.edited
    assert [("TMF backlog" in one, "Courier lost" in one) for one in cards] == [(True, False), (False, True)]
    assert "Acknowledged by Rafael Monteiro" in cards[0]
    world.as_("tomasz").say("issue One more, minor, owner rafael")
    assert "One more" in shown(host)[-1]
    told = world.rows("SELECT person, payload FROM audit WHERE what = 'room.approve'")
    assert len(told) == 1
    assert world.outsider(host).face.id in told[0][1]
    assert "Brandt" not in told[0][1]  # names live apart


def test_once_the_stranger_has_left_the_room_shows_everything_again(world, host, administrator):
    world.comes(world.outsider(host), host)
    world.as_("tomasz").say(LOGGED)
    world.goes(world.outsider(host), host)
    assert "Everybody there is known" in asked(administrator)[-1]
    assert not asked(administrator)[-1].buttons
    assert "TMF backlog" in shown(host)[-1]


def test_an_approval_ends_when_they_leave(world, host, administrator):
    stranger = world.outsider(host)
    world.comes(stranger, host)
    administrator.press("Approve")
    world.goes(stranger, host)
    world.comes(stranger, host)
    world.as_("tomasz").say(LOGGED)
    assert CLOSED in shown(host)[-1]
    assert len(asked(administrator)) == 2
    assert "Approve" in asked(administrator)[-1].buttons


def test_a_promise_made_before_the_stranger_came_shows_nothing_after(world, host):
    with world.sending_nothing():
        world.as_("tomasz").say(LOGGED)
        world.slips_in(world.outsider(host), host)
    world.settle()
    assert [one.words.splitlines()[0] for one in shown(host)] == [CLOSED]


def test_a_card_that_stood_there_before_is_not_brought_up_to_date_beside_a_stranger(
    world, host, administrator
):
    world.as_("tomasz").say(LOGGED)
    before = shown(host)[-1]
    world.comes(world.outsider(host), host)
    world.as_("rafael").say("issue ack NOR-ISS-008")
    assert host.again(before).words == before.words
    administrator.press("Approve")
    assert "Acknowledged by Rafael Monteiro" in host.again(before)


def test_who_presses_a_card_in_a_silent_room_is_answered_privately(world, host):
    world.as_("rafael").say("issue TMF backlog, major, owner tomasz")
    world.as_("tomasz").say("issue Late contracts, major, owner rafael")
    world.comes(world.outsider(host), host)
    presser = {"marcus": "marcus", "annika": "rafael"}[host.face.name.split()[0].lower()]
    card = next(one for one in reversed(world.as_(presser).room()) if "Acknowledge" in one.buttons)
    answer = world.as_(presser).press("Acknowledge", card)
    assert "Acknowledged by" in answer


def test_what_one_asks_in_a_silent_room_is_answered_to_oneself_as_ever(world, host):
    world.comes(world.outsider(host), host)
    answer = host.say("issue list")
    assert "Open issues, 6" in answer
    assert answer.private


def test_the_administrators_card_follows_who_comes_and_goes(world, host, administrator):
    stranger = world.outsider(host)
    newcomer = world.as_(
        "newcomer at Halcyra" if administrator.face.name.startswith("Priya") else "newcomer at Northmere"
    )
    world.comes(stranger, host)
    world.comes(newcomer, host)
    card = asked(administrator)[-1]
    assert "Noor Haddad" in card
    assert "Brandt" in card
    assert card.edited
    world.goes(stranger, host)
    card = asked(administrator)[-1]
    assert "Brandt" not in card
    assert "Noor Haddad" in card
    assert len(asked(administrator)) == 1


def test_a_newcomer_who_is_let_in_opens_the_room_by_that(world, host, administrator):
    home = "Halcyra" if administrator.face.name.startswith("Priya") else "Northmere"
    newcomer = world.as_(f"newcomer at {home}")
    world.comes(newcomer, host)
    world.as_("tomasz").say(LOGGED)
    newcomer.say("help", mention=True)
    administrator.press("Approve as a member")
    assert "TMF backlog" in shown(host)[-1]
    assert "Everybody there is known" in asked(administrator)[-1]


def test_somebody_of_a_third_company_counts_as_unknown(world):
    """Wherever Quillon's people could sit beside Northmere's partnership."""
    gareth = world.as_("gareth")
    host = next(one for one in map(world.as_, HOSTS) if type(one.face) is type(gareth.face))
    administrator = world.as_(HOSTS[host.face.name.split()[0].lower()])
    world.comes(gareth, host)
    world.as_("tomasz").say(LOGGED)
    assert [one.words.splitlines()[0] for one in shown(host)] == [CLOSED]
    assert gareth.face.name in asked(administrator)[-1]
    assert "Quillon" not in asked(administrator)[-1]


def test_not_even_what_says_nothing_of_a_record_is_shown_in_a_silent_room(world, host, administrator):
    world.comes(world.outsider(host), host)
    room = world.rows("SELECT room FROM roster WHERE state = 'muted'")[0][0]
    with world.bot.store.writing() as archive:
        here = Audience(room=room)
        archive.promise(OutboxMessage("help", Letter("help"), here, world.clock.wall()))
    world.settle()
    assert [one.words.splitlines()[0] for one in shown(host)] == [CLOSED]
    administrator.press("Approve")
    assert "What Parley can do" in shown(host)[-1]
