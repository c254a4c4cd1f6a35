"""Somebody cannot be reached: elsewhere, then whoever stands in, each once; and who was not is said."""

from bot.desk import Desk
from bot.intents import Handle, Intent, Place, Reply
from bot.outbox import Audience, Claimed, Letter, OutboxMessage
from storage import unreached
from storage.told import Worker
from tests.beginnings import saw, say
from tests.conversations.issues import card

LOGGED = "issue TMF backlog at site 104, major, owner @rafael"
HEADED = "For Marcus Adeyemi, who could not be reached."


def out_of_reach(world, name):
    """What is sent to them directly arrives nowhere from now on."""
    voice = world.as_(name)
    say(voice, "help")
    set_ = "conversation = 'D-NOWHERE', at = '2031-01-01 00:00:00+00:00'"
    world.rows_gone(f"UPDATE reach SET {set_} WHERE \"user\" = '{voice.face.id}'")  # noqa: S608 our own words only


def also_at(world, person, name, company):
    """An account in that company's home, which is nobody's yet, is theirs too."""
    home = f"SELECT platform, tenant FROM organisation WHERE id = '{company}'"  # noqa: S608 our own words only
    own = f"SELECT organisation FROM person WHERE id = '{person}'"  # noqa: S608 our own words only
    there, tenant = world.rows(home)[0]
    kept = (there, tenant, world.as_(name).face.id, person, world.rows(own)[0][0], "")
    columns, values = 'platform, tenant, "user", person, organisation, barred', ", ".join(map(repr, kept))
    world.rows_gone(f"INSERT INTO identity ({columns}) VALUES ({values})")  # noqa: S608 our own words only


def states(world, person, kind):
    """What became of the messages of that kind for them, the oldest first."""
    rows = f"outbox WHERE person = '{person}' AND kind = '{kind}' ORDER BY id"
    return [state for (state,) in world.rows(f"SELECT state FROM {rows}")]  # noqa: S608 our own words only


def checked(world):
    """What ./parley check says of who was not reached."""
    with world.bot.store.reading() as opened:
        opened.works(Worker.CHECKUP)
        return list(unreached.lines(opened))


def test_who_cannot_be_reached_on_one_platform_is_reached_on_the_other_once(quiet, world):
    out_of_reach(world, "rafael")
    also_at(world, "PER-10", "newcomer at Halcyra", "ORG-HAL")
    elsewhere = world.as_("newcomer at Halcyra")
    world.as_("annika").say(LOGGED)
    assert [one for one in elsewhere.inbox if "NOR-ISS-008" in one] != []
    assert states(world, "PER-10", "issue.card") == ["passed", "delivered"]
    world.restart()
    world.settle()
    world.as_("tomasz").press("Acknowledge", card(world.as_("tomasz")))
    told = [one for one in elsewhere.inbox if "NOR-ISS-008" in one and "Acknowledged" in str(one)]
    assert (
        len([one for one in elsewhere.inbox if "NOR-ISS-008" in one and "acknowledged it" not in str(one)])
        == 1
    )
    assert len(told) <= 2
    assert checked(world) == []


def test_an_alarm_goes_to_whoever_stands_in_and_says_for_whom_it_was(quiet, world):
    out_of_reach(world, "marcus")
    world.as_("annika").say(LOGGED)
    priya, marcus = world.as_("priya"), world.as_("marcus")
    before = len(marcus.inbox)
    world.pass_business_days(1)
    told = saw(priya, HEADED)
    assert "moves from L1 to L2" in str(told)
    assert states(world, "PER-02", "issue.alarm") == ["failed"]
    (line,) = [one for one in checked(world) if "issue.alarm" in one]
    assert line.startswith("Marcus Adeyemi of Halcyra Therapeutics AG was not reached since")
    assert "TMF" not in line
    world.restart()
    world.settle()
    world.as_("tomasz").press("Acknowledge", card(world.as_("tomasz")))
    assert len([one for one in priya.inbox if "moves from L1 to L2" in str(one)]) == 1
    assert saw(priya, HEADED) is not None
    assert len(marcus.inbox) == before
    assert saw(world.as_("gareth"), "could not be reached") is None
    assert saw(world.as_("david"), "could not be reached") is None


def test_nobody_hears_in_anothers_place_what_they_may_not_see(quiet, world):
    world.rows_gone("UPDATE person SET backup = 'PER-06' WHERE id = 'PER-05'")
    out_of_reach(world, "elena")
    letter, wall = Letter("issue.alarm", "HAL-RST-K7Q2/1"), world.clock.wall()
    made = OutboxMessage("a restricted alarm", letter, Audience(person="PER-05"), wall, 1, live=True)
    with world.bot.store.writing() as archive:
        archive.promise(made)
    world.settle()
    assert states(world, "PER-05", "issue.alarm") == ["failed"]
    assert states(world, "PER-06", "issue.alarm") == []
    assert saw(world.as_("kenji"), "could not be reached") is None


def test_whoever_has_lost_the_lease_promises_nothing(quiet, world):
    letter, wall = Letter("issue.alarm", "NOR-ISS-002/1"), world.clock.wall()
    made = OutboxMessage("an alarm", letter, Audience(person="PER-02"), wall, 1, live=True)
    with world.bot.store.writing() as archive:
        archive.promise(made)
    row = world.rows("SELECT id FROM outbox WHERE key = 'an alarm'")[0][0]
    assert Desk(world.bot.store, world.clock).missed(
        Claimed(row, "somebody else's", made, 1, doubt=False), "failed", "gone", doubt=False
    )
    assert world.rows("SELECT count(*) FROM outbox WHERE substr(key, 1, 8) = 'instead:'")[0][0] == 0


def test_an_administrator_gives_somebody_a_second_account(world):
    david = world.as_("david")
    code = say(david, "setup account rafael").words.split("setup ")[1].split()[0]
    platform = world.rows("SELECT platform FROM organisation WHERE id = 'ORG-HAL'")[0][0]
    asked = Handle(platform, "another-home", "rafael-there")

    def said(speaker, key):
        place = Place(speaker.platform, speaker.tenant, "d", private=True)
        return str(
            Desk(world.bot.store, world.clock)
            .serve(Intent(speaker, place, key, f"setup {code}", reply=Reply.HERE))
            .view
        )

    theirs = world.rows("SELECT tenant FROM organisation WHERE id = 'ORG-HAL'")[0][0]
    assert "another company’s home" in said(Handle(platform, theirs, "nobody-known"), "1")
    assert "This account is Rafael Monteiro of Northmere Clinical Ltd" in said(asked, "2")
    assert "was used before" in said(Handle(platform, "another-home", "somebody-else"), "3")
    with world.bot.store.reading() as archive:
        assert archive.actor(asked).person == "PER-10"
        staff = {one.id: one.user for one in archive.staff(archive.person_actor("PER-08"))}
    assert staff["PER-10"] != "rafael-there"
    assert "Rafael Monteiro" not in str(say(world.as_("gareth"), "setup account rafael"))
