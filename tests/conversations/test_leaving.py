"""Journey J8: somebody leaves; all they held goes to their back-up, and the wall stands all the while."""

import pytest

from bot.actors import CLOCK
from bot.desk import Desk
from bot.governance.export import About
from bot.handlers.attention import Asked, look
from bot.handlers.export_gather import gather
from bot.intents import Handle, Intent, Place, Reply
from tests.beginnings import saw, say
from tests.conversations.issues import card
from tests.rooms import OpenWorld

INTERNAL = "issue Staffing gap in CEE, major, owner @rafael, internal"
MADE = "NOR-NOR-ISS-001"
GONE = "Rafael Monteiro (Northmere Clinical Ltd; has left)"


def leave(world, admin, name):
    """The administrator ends somebody's access; what they were shown before that."""
    voice = world.as_(admin)
    sure = say(voice, f"setup leave {name}")
    voice.press("End their access", sure)
    return " ".join(sure.words.split())


def owners(world, *numbers):
    """Who owns these issues now."""
    listed = ", ".join(f"'{one}'" for one in numbers)
    return dict(map(tuple, world.rows(f"SELECT number, owner FROM issue WHERE number IN ({listed})")))  # noqa: S608 our own words only


@pytest.mark.journey
def test_a_person_leaves_and_everything_goes_on_in_other_hands(quiet, world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    world.as_("rafael").say(INTERNAL, at="direct")
    world.as_("rafael").say("issue Late drug shipments, major, owner @rafael")
    own = world.rows("SELECT number FROM issue WHERE visibility = 'cro_internal'")[0][0]
    shown = leave(world, "david", "rafael")
    for part in ("NOR-ISS-002", "NOR-ISS-008", own, "NOR-CMT-01", "Annika Lindqvist"):
        assert part in shown
    assert set(owners(world, "NOR-ISS-002", "NOR-ISS-008", own).values()) == {"PER-09"}
    assert world.rows("SELECT owner FROM commitment WHERE number = 'NOR-CMT-01'")[0][0] == "PER-09"

    heir = saw(annika, "Rafael Monteiro (Northmere Clinical Ltd) has left")
    assert f"Annika Lindqvist takes over: NOR-ISS-002, NOR-ISS-008, {own}" in heir
    theirs = saw(tomasz, "Rafael Monteiro (Northmere Clinical Ltd) has left")
    assert "Annika Lindqvist takes over: NOR-ISS-002, NOR-ISS-008" in theirs
    assert own not in theirs
    assert "Waiting" not in theirs
    assert len([one for one in tomasz.inbox if "Clinical Ltd) has left" in one]) == 1
    assert saw(world.as_("gareth"), "Rafael") is None
    assert saw(world.as_("kenji"), "has left") is None

    OpenWorld.goes(world, world.as_("rafael"), annika)  # out of the room too
    assert "Annika Lindqvist (Northmere Clinical Ltd)" in card(annika)
    story = say(tomasz, "issue show NOR-ISS-002")
    assert f"the owner was {GONE} and is Annika Lindqvist (Northmere Clinical Ltd)" in story
    with world.bot.store.reading() as archive:
        dossier = gather(archive, archive.person_actor("PER-04"), About("NOR-ISS-002"))
    assert "Rafael Monteiro" in {one.name for one in dossier.people}
    tomasz.press("Acknowledge", card(tomasz))
    world.restart()
    assert "NOR-ISS-008" in say(annika, "issue list mine")
    assert len([one for one in annika.inbox if "Clinical Ltd) has left" in one]) == 1


def test_without_a_back_up_all_of_it_waits_until_somebody_is_named(quiet, world):
    david, marcus = world.as_("david"), world.as_("marcus")
    shown = leave(world, "david", "annika")
    assert "nobody: no back-up is named" in shown
    assert owners(world, "NOR-ISS-003")["NOR-ISS-003"] == "PER-09"
    theirs = saw(marcus, "Annika Lindqvist (Northmere Clinical Ltd) has left")
    assert "Waiting for somebody to take over: NOR-ISS-003" in theirs
    assert "Name who takes over" not in theirs.buttons
    assert "NOR-ISS-003 no_owner" in found(world, "PER-02")
    assert not any("no_owner" in one for one in found(world, "PER-12"))

    waiting = saw(david, "Annika Lindqvist can use Parley no longer.") or saw(
        david, "Annika Lindqvist has left"
    )
    david.press("Name who takes over", waiting)
    david.submit(heir="Rafael Monteiro")
    assert saw(david, "Rafael Monteiro has taken over from Annika Lindqvist.")
    assert owners(world, "NOR-ISS-003")["NOR-ISS-003"] == "PER-10"
    assert "Rafael Monteiro takes over: NOR-ISS-003" in saw(marcus, "Rafael Monteiro takes over")
    assert not any("no_owner" in one for one in found(world, "PER-02"))
    david.press("Name who takes over", waiting)
    assert saw(david, "Nothing of theirs waits any more")


def found(world, person):
    """What needs attention in the eyes of that person: "NOR-ISS-003 no_owner"."""
    report = look(world.bot.store, Asked(person, "to see"), world.now())
    return {f"{one.entity} {one.code}" for one in report.findings}


def test_nobody_else_names_who_takes_over_and_quillon_learns_nothing(quiet, world):
    leave(world, "david", "annika")
    fields = {"person": "PER-09"}
    for name in ("gareth", "marcus", "rafael"):
        answer = pressed(world, name, "setup.heir", fields)
        assert "Only an administrator or an alliance manager of their company" in answer
        assert "NOR-" not in answer
        answer = pressed(world, name, "setup.heir.save", fields | {"heir": "PER-10"})
        assert "Only an administrator or an alliance manager of their company" in answer
    assert "Choose who takes over" in pressed(world, "david", "setup.heir.save", fields | {"heir": "PER-12"})
    assert owners(world, "NOR-ISS-003")["NOR-ISS-003"] == "PER-09"


def pressed(world, name, verb, fields):
    """What somebody sees who sends that request by hand."""
    face = world.as_(name).face
    statement = f"SELECT platform, tenant FROM identity WHERE \"user\" = '{face.id}'"  # noqa: S608 our own words only
    home = tuple(world.rows(statement)[0])
    place, key = Place(*home, face.direct, private=True), f"{verb}:{name}:{sorted(fields.items())}"
    intent = Intent(Handle(*home, face.id), place, key, verb=verb, fields=fields, reply=Reply.HERE)
    return str(Desk(world.bot.store, world.clock).serve(intent).view)


def test_roles_go_over_only_where_the_administrator_says_so(quiet, world):
    priya = world.as_("priya")
    sure = say(priya, "setup leave marcus")
    assert "JOC co-chair: Priya Raghunathan gets them only if you say so below" in sure
    priya.press("End it, hand over the roles", sure)
    assert saw(priya, "Priya Raghunathan has their roles now: JOC co-chair.")
    roles = {one for (one,) in world.rows("SELECT role FROM role WHERE person = 'PER-03'")}
    assert roles == {"alliance_manager", "administrator", "joc_co_chair"}
    seats = world.rows("SELECT sponsor_chair FROM committee WHERE id = 'NOR-JOC'")
    assert seats[0][0] == "PER-03"
    assert "PER-03" in world.rows("SELECT deciders FROM decision WHERE number = 'NOR-DEC-004'")[0][0]


def test_a_restricted_record_follows_its_own_rule_and_is_told_to_nobody(quiet, world):
    shown = leave(world, "priya", "elena")
    told = [one for name in ("priya", "marcus", "david") for one in world.as_(name).private()]
    assert not any("HAL-RST" in one for one in (shown, *told))
    with world.bot.store.reading() as archive:
        assert archive.issue(CLOCK, "HAL-RST-K7Q2").readers == {"PER-01"}


def test_who_is_away_is_shown_wherever_their_name_stands_to_both_sides(quiet, world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    annika.say("issue TMF backlog at site 104, major, owner @rafael")
    say(world.as_("rafael"), "setup away from 10 Nov to 12 Dec, annika")
    away = "Rafael Monteiro (Northmere Clinical Ltd; away until Sat 12 Dec, Annika Lindqvist stands in)"
    assert away in str(say(tomasz, "issue show NOR-ISS-008"))
    assert "Rafael Monteiro (Northmere Clinical Ltd; away)" in say(tomasz, "issue list")
    assert "Rafael Monteiro (Northmere Clinical Ltd; away)" in say(annika, "issue list")
    tomasz.press("Acknowledge", card(tomasz))
    assert away in card(annika)
    assert "Rafael" not in say(world.as_("gareth"), "issue list")


def test_who_stands_in_for_a_stand_in_is_asked_and_may_do_it(quiet, world):
    say(world.as_("marcus"), "setup away from 10 Nov to 12 Dec, priya")
    say(world.as_("priya"), "setup away from 10 Nov to 12 Dec, kenji")
    kenji = world.as_("kenji")
    asked = say(kenji, "home")
    assert "Approve it, or say why not, for Marcus Adeyemi, who is away" in asked
    kenji.press("Approve", asked)
    approvals = "SELECT approvals FROM decision WHERE number = 'NOR-DEC-004'"
    assert "PER-06" in str(world.rows(approvals))


def test_whoever_stands_in_hears_of_a_leaver_what_the_other_would(quiet, world):
    say(world.as_("marcus"), "setup away from 10 Nov to 12 Dec, kenji")
    leave(world, "david", "annika")
    told = saw(world.as_("kenji"), "Annika Lindqvist (Northmere Clinical Ltd) has left")
    assert "Waiting for somebody to take over: NOR-ISS-003" in told
    assert "QUI-" not in told
