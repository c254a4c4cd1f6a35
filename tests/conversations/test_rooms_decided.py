"""What a room's administrators decide, whom they need not be asked about, and rooms that Parley is not in."""

import pytest

from bot.desk import Desk
from bot.intents import Handle, Intent, Place, Reply
from storage.tables import IdentityRow, RoleRow, RoomRow
from tests.rooms import CLOSED, HOSTS, LOGGED, OpenWorld, asked, shown


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


def test_leaving_the_room_unlinks_it_and_parley_says_nothing_there_any_more(world, host, administrator):
    world.comes(world.outsider(host), host)
    world.as_("tomasz").say(LOGGED)
    administrator.press("Leave the room")
    assert "Unlinked by" in asked(administrator)[-1]
    assert "Parley has left this room" in shown(host)[-1]
    before = len(shown(host))
    world.as_("tomasz").say("issue One more, minor, owner rafael")
    assert len(shown(host)) == before
    assert not any("TMF backlog" in one for one in shown(host))
    assert world.rows("SELECT count(*) FROM outbox WHERE state IN ('withheld', 'failed')")[0][0] == 0


def test_a_silent_room_that_is_unlinked_by_its_administrator_is_asked_about_no_more(
    world, host, administrator
):
    world.comes(world.outsider(host), host)
    world.as_("tomasz").say(LOGGED)
    card = asked(administrator)[-1]
    administrator.say("link end", mention=True)
    assert "Unlinked by" in administrator.again(card)
    assert "Approve" not in administrator.again(card).buttons
    assert "has decided that before, so nothing changed" in administrator.press("Approve", card)
    assert world.rows("SELECT count(*) FROM roster WHERE state = 'muted'")[0][0] == 0
    assert world.rows("SELECT count(*) FROM outbox WHERE state IN ('withheld', 'failed')")[0][0] == 0
    assert not any("TMF backlog" in one for one in shown(host))


@pytest.fixture
def second(world, administrator):
    """Another administrator of the same company."""
    person, company = SECONDS[administrator.face.name.split()[0].lower()]
    world.adds(RoleRow(person=person, role="administrator", organisation=company))
    return person


SECONDS = {"priya": ("PER-04", "ORG-HAL"), "david": ("PER-10", "ORG-NOR")}


def decide(world, person, answer="approve", version=None):
    """The button's request in somebody's name, whether or not they ever saw the button."""
    rows = world.rows('SELECT person, platform, tenant, "user" FROM identity')
    who = next(Handle(*row[1:]) for row in rows if row[0] == person)
    room = world.rows("SELECT room, version FROM roster WHERE state <> 'open'")[0]
    fields = {"room": room[0], "version": str(version or room[1]), "answer": answer}
    place = Place(who.platform, who.tenant, "direct", private=True)
    intent = Intent(who, place, f"{person}:{answer}", verb="room.decide", fields=fields, reply=Reply.HERE)
    answer = Desk(world.bot.store, world.clock).serve(intent)
    world.settle()
    return answer.view.line


def keeper(world, of_host, administrator):
    """The id of an administrator: that one, or one of another company."""
    rows = world.rows(
        "SELECT role.person, person.name FROM role JOIN person ON person.id = role.person "
        "WHERE role.role = 'administrator' ORDER BY role.person"
    )
    return next(id_ for id_, name in rows if (name == administrator.face.name) is of_host)


def test_the_other_companys_administrator_decides_nothing(world, host, administrator):
    world.comes(world.outsider(host), host)
    assert (
        decide(world, keeper(world, of_host=False, administrator=administrator))
        == "There is no such room of your company’s, so nothing changed."
    )
    assert "Approve" in asked(administrator)[-1].buttons


def test_who_administers_nothing_decides_nothing(world, host):
    world.comes(world.outsider(host), host)
    assert "Your role does not include that" in decide(world, "PER-04")


def test_of_two_administrators_the_second_hears_who_was_first(world, host, administrator, second):
    world.comes(world.outsider(host), host)
    card = asked(administrator)[-1]
    assert "Who is in" in decide(world, second)
    answer = administrator.press("Approve", card)
    first = {"PER-04": "Tomasz Wierzbicki", "PER-10": "Rafael Monteiro"}[second]
    assert f"{first} has decided that before, so nothing changed" in answer
    assert f"Approved by {first}" in asked(administrator)[-1]


def test_an_old_card_is_refreshed_not_obeyed(world, host, administrator):
    """Nobody is approved who was not on the card that was pressed."""
    world.comes(world.outsider(host), host)
    old = world.rows("SELECT version FROM roster WHERE state = 'muted'")[0][0]
    home = "Halcyra" if administrator.face.name.startswith("Priya") else "Northmere"
    world.comes(world.as_(f"newcomer at {home}"), host)
    person = keeper(world, of_host=True, administrator=administrator)
    assert "is not what that card says any more, so nothing changed" in decide(world, person, version=old)
    world.as_("tomasz").say(LOGGED)
    assert [one.words.splitlines()[0] for one in shown(host)] == [CLOSED]


def test_somebody_of_the_other_side_may_sit_in_a_shared_room(world):
    world.comes(guest_of_the_other_side(world), world.as_("annika"))
    world.as_("tomasz").say(LOGGED)
    assert "TMF backlog" in shown(world.as_("annika"))[-1]


def guest_of_the_other_side(world):
    """Noor, at home with Northmere, is here one of the sponsor's people."""
    noor = world.as_("newcomer at Northmere")
    home = world.rows("SELECT platform, tenant FROM organisation WHERE id = 'ORG-NOR'")[0]
    who = {"platform": home[0], "tenant": home[1], "user": noor.face.id}
    world.adds(IdentityRow(**who, person="PER-01", organisation="ORG-HAL"))
    return noor


def test_an_internal_room_shows_nothing_internal_while_the_other_side_sits_in_it(world):
    annika, noor = world.as_("annika"), guest_of_the_other_side(world)
    home = world.rows("SELECT platform, tenant FROM organisation WHERE id = 'ORG-NOR'")[0]
    there = {"platform": home[0], "tenant": home[1], "conversation": annika.place("general")}
    linked = {"organisation": "ORG-NOR", "partnership": "P-NOR", "visibility": "cro_internal"}
    world.adds(RoomRow(id="R-OWN", name="ours", **linked, **there))
    annika.say("issue Margins are thin, minor, owner rafael, for Halcyra, internal", at="direct")
    assert not any(one.by_bot for one in annika.room("general"))
    world.slips_out(noor, annika, "general")
    world.restart()  # the answer of a moment ago is not shared with another process
    annika.say("issue Margins are thinner, minor, owner rafael, for Halcyra, internal", at="direct")
    both = [one for one in annika.room("general") if one.by_bot]
    assert ["thin" in one for one in both] == [True, True]
    assert "Margins are thinner" in both[1]
    assert not any("Who is in" in one for name in world.people for one in world.as_(name).inbox)


def test_the_administrators_hear_once_that_parley_is_not_in_the_room(world, host, administrator):
    world.puts_out(host)
    world.as_("tomasz").say(LOGGED)
    world.as_("tomasz").say("issue Late shipments, minor, owner rafael")
    assert len(asked(administrator)) == 1
    assert "Parley is not in that room; what is for it waits until Parley is back" in asked(administrator)[-1]
    assert set(asked(administrator)[-1].buttons) == {"Leave the room"}
    world.puts_in(host)
    assert "Everybody there is known" in asked(administrator)[-1]
    assert [one for one in shown(host) if "TMF backlog" in one or "Late shipments" in one] == shown(host)[-2:]
    world.as_("tomasz").say("issue One more, minor, owner rafael")
    assert "One more" in shown(host)[-1]


def test_a_room_parley_is_not_in_can_be_given_up(world, host, administrator):
    world.puts_out(host)
    administrator.press("Leave the room")
    assert "Unlinked by" in asked(administrator)[-1]
    assert world.rows("SELECT count(*) FROM room")[0][0] == 3


def test_a_guest_is_nobody_from_the_moment_the_platform_says_so(world, host, administrator):
    world.turns(host, "guest")
    world.as_("tomasz" if host.face.name.startswith("Annika") else "rafael").say(LOGGED)
    assert CLOSED in shown(administrator)[-1]
    assert "Guest" in asked(administrator)[-1]
    answer = host.say("issue list")
    assert "You are not in Parley’s directory" in answer
    assert "ISS" not in answer
    assert not any("asks to use Parley" in one for one in administrator.inbox)
    world.turns(host, "member")
    world.restart()  # the answer of a moment ago is not shared with another process
    world.as_("tomasz" if host.face.name.startswith("Annika") else "rafael").say(
        "issue One more, minor, owner rafael"
    )
    assert "Open issues" in host.say("issue list")
    told = [
        row[0]
        for row in world.rows("SELECT what FROM audit WHERE substr(what, 1, 8) = 'identity' ORDER BY seq")
    ]
    assert told == ["identity.barred", "identity.restored"]


def test_a_room_that_a_stranger_left_unseen_opens_with_the_next_message(world, host):
    stranger = world.outsider(host)
    world.comes(stranger, host)
    world.as_("tomasz").say(LOGGED)
    world.slips_out(stranger, host)
    world.restart()  # the answer of a moment ago is not shared with another process
    world.as_("tomasz").say("issue One more, minor, owner rafael")
    assert ["TMF backlog" in one for one in shown(host)][-2:] == [True, False]
