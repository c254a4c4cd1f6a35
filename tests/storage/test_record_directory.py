"""The directory: who somebody is, from our own book only."""

from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from bot.actors import CLOCK, Permission, Role
from bot.governance.partnership import Counterparts, Partnership
from bot.governance.visibility import Side
from bot.intents import Handle, Place
from storage.bound import table
from storage.tables import OrganisationRow, PersonRow
from tests.storage.people import (
    ANNIKA,
    CALENDAR,
    CROS,
    DAVID,
    HAL_CHANNEL,
    NOR_CHANNEL,
    OTHERS,
    POLICY,
    RESTRICTED,
    SHARED,
    SPONSORS,
    STRANGER,
    THREE,
    TOMASZ,
    WEILING,
)


@pytest.fixture
def archive(world):
    with world.writing() as archive:
        yield archive


def test_an_actor_has_their_side_roles_partnerships_and_zone(archive):
    annika = archive.actor(replace(ANNIKA, name="Somebody Else"))
    assert (annika.person, annika.name, annika.organisation) == ("PER-ANNIKA", "Annika", "ORG-NOR")
    assert (annika.side, annika.zone) == (Side.CRO, "America/Sao_Paulo")
    assert annika.roles == {Role.PROJECT_LEAD}
    assert annika.sees == {SHARED, THREE, CROS}
    assert archive.actor(TOMASZ).partnerships == {"P-NOR", "P-QUI"}
    assert archive.actor(TOMASZ).zone == "Europe/Zurich"
    assert archive.person_actor("PER-ANNIKA") == annika


def test_a_company_without_partnership_sees_nothing(archive):
    stranger = archive.actor(STRANGER)
    assert stranger.sees == frozenset()
    assert archive.partnerships(stranger) == ()


@pytest.mark.parametrize(
    "handle",
    [replace(ANNIKA, platform="teams"), replace(ANNIKA, tenant="T0ELSE"), replace(ANNIKA, user="u09")],
    ids=["platform", "tenant", "user"],
)
def test_the_same_name_elsewhere_is_somebody_else(archive, handle):
    assert archive.actor(handle) is None
    assert archive.person_at(handle) is None


def test_who_left_is_unknown_everywhere(archive):
    archive.run(update(table(PersonRow)).where(table(PersonRow).c.id == "PER-DAVID").values(active=False))
    assert archive.actor(DAVID) is None
    assert archive.person_actor("PER-DAVID") is None
    assert archive.person_at(DAVID) is None
    assert archive.administrators("ORG-NOR") == ()
    assert "PER-DAVID" not in {one.id for one in archive.people(CLOCK, "P-NOR")}


def test_an_administrator_administers_besides_their_other_role(archive):
    assert archive.administrators("ORG-NOR") == ("PER-DAVID",)
    assert archive.actor(DAVID).may(Permission.ADMINISTER)
    assert archive.actor(DAVID).may(Permission.LOG)
    assert not archive.actor(ANNIKA).may(Permission.ADMINISTER)


def test_a_workspace_routes_to_its_company_and_no_other_can_claim_it(archive):
    asker = Handle("slack", "T0NOR", "U-new")
    assert archive.organisation_of(asker).id == "ORG-NOR"
    assert archive.organisation_of(replace(asker, tenant="T0NOBODY")) is None
    assert archive.organisation_of(replace(asker, tenant="")) is None
    claimed = update(table(OrganisationRow)).where(table(OrganisationRow).c.id == "ORG-ELSE")
    with pytest.raises(IntegrityError):
        archive.run(claimed.values(tenant="T0NOR"))


def test_a_partnership_is_known_to_its_own_two_companies_only(archive):
    annika, weiling = archive.actor(ANNIKA), archive.actor(WEILING)
    nor = Partnership("P-NOR", "ORG-HAL", "ORG-NOR", "Halcyra", "Northmere", "CAL", "ESC-1")
    assert archive.partnership(annika, "P-NOR") == nor
    assert archive.partnership(weiling, "P-NOR") is None
    assert archive.partnerships(annika) == (nor,)
    assert [one.id for one in archive.partnerships(CLOCK)] == ["P-NOR", "P-QUI"]
    everyone = {"PER-TOMASZ", "PER-PRIYA", "PER-ANNIKA", "PER-DAVID"}
    assert {one.id for one in archive.people(annika, "P-NOR")} == everyone
    assert archive.people(weiling, "P-NOR") == ()
    assert archive.studies(annika, "P-NOR") == ("HAL-202", "HAL-301")
    assert archive.studies(weiling, "P-QUI") == ("HAL-301",)
    assert archive.studies(weiling, "P-NOR") == ()
    assert archive.counterparts(annika, "P-NOR") == (Counterparts("L1", "PER-TOMASZ", "PER-ANNIKA"),)
    assert archive.counterparts(weiling, "P-NOR") == ()


def test_people_come_with_the_zone_their_company_gives_them(archive):
    zones = {one.id: one.zone for one in archive.people(CLOCK, "P-NOR")}
    assert zones["PER-ANNIKA"] == archive.person_at(ANNIKA).zone == "America/Sao_Paulo"
    assert zones["PER-DAVID"] == "Europe/London"


def test_calendar_and_policy_come_back_as_they_were_agreed(archive):
    annika = archive.actor(ANNIKA)
    assert archive.calendar(annika, "P-NOR") == CALENDAR
    assert archive.policy(annika, "P-NOR") == POLICY
    for ask in (archive.calendar, archive.policy):
        with pytest.raises(LookupError):
            ask(annika, "P-QUI")
        with pytest.raises(LookupError):
            ask(CLOCK, "P-NONE")


def test_a_room_is_found_by_its_own_company_in_a_thread_too(archive):
    tomasz, annika = archive.actor(TOMASZ), archive.actor(ANNIKA)
    threaded = replace(HAL_CHANNEL, conversation=f"{HAL_CHANNEL.conversation};messageid=17")
    assert archive.room_at(tomasz, HAL_CHANNEL).id == archive.room_at(tomasz, threaded).id == "ROOM-HAL"
    assert archive.room_at(annika, HAL_CHANNEL) is None
    assert archive.room_at(annika, NOR_CHANNEL).id == "ROOM-NOR"
    assert archive.room_at(annika, Place("slack", "T0NOR", "C0NONE")) is None


def test_records_are_shown_in_the_rooms_of_their_own_class(archive):
    annika, weiling = archive.actor(ANNIKA), archive.actor(WEILING)
    assert [room.id for room in archive.rooms(annika, SHARED)] == ["ROOM-HAL", "ROOM-NOR"]
    assert [room.id for room in archive.rooms(annika, CROS)] == ["ROOM-NOR-OWN"]
    assert archive.rooms(annika, SPONSORS) == ()
    assert archive.rooms(weiling, SHARED) == ()
    assert [room.id for room in archive.rooms(CLOCK, OTHERS)] == ["ROOM-QUI"]
    assert archive.rooms(CLOCK, RESTRICTED) == ()
