"""Setting up behind the wall: administrators change their own company and their own side, and no more."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from alembic import command
from sqlalchemy import text

from bot.errors import Conflict
from bot.governance.calendar import WorkCalendar
from bot.governance.company import Absence, Company, Contact, Member, Study
from bot.governance.invitation import Invitation, Kind, State
from bot.governance.partnership import Room
from bot.governance.terms import STANDARD_POLICY, Terms
from bot.governance.visibility import Side, Visibility
from bot.intents import Handle, Place
from storage import migrate
from storage.engines import owner
from storage.store import SqlStore
from tests.storage.people import ANNIKA, DAVID, NOW, PRIYA, TOMASZ, WEILING

TERMS = Terms(WorkCalendar("", frozenset({"mon"}), frozenset({date(2026, 5, 1)}), time(17)), STANDARD_POLICY)
OFFER = Invitation(
    "i1",
    Kind.PARTNER,
    NOW,
    NOW + timedelta(days=7),
    "ORG-HAL",
    "PER-PRIYA",
    "Halcyra",
    Side.SPONSOR,
    "Elsewhere",
    TERMS,
)


def actors(archive, *handles):
    return tuple(archive.actor(handle) for handle in handles)


def test_an_invitation_is_read_by_who_made_it_and_by_who_has_shown_its_code(world):
    with world.writing() as archive:
        priya, tomasz, david = actors(archive, PRIYA, TOMASZ, DAVID)
        code = archive.invite(OFFER)
        assert archive.invitation_of(code) == OFFER
        assert archive.invitation_of(code.lower()) == OFFER
        assert archive.invitation_of("7K3M-Q0ZD-94TB") is None
        assert archive.invitation_of("") is None
        assert archive.invitations(priya) == (OFFER,)
        assert archive.code(priya, "i1") == code
        for other in (tomasz, david):
            assert archive.invitation(other, "i1") is None
            assert archive.invitations(other) == ()
            assert archive.code(other, "i1") == ""
        assert archive.shown(DAVID, "i1") is None
        archive.show(DAVID, OFFER)
        archive.show(DAVID, OFFER)
        assert archive.shown(DAVID, "i1") == archive.invitation(david, "i1") == OFFER
        assert archive.code(david, "i1") == ""
        archive.show(ANNIKA, OFFER)
        assert archive.invitation(archive.actor(ANNIKA), "i1") is None


def test_the_code_itself_is_in_no_row_and_needs_the_secret(world_url, world):
    with SqlStore(world_url, world.clock, "new,old").writing() as archive:
        code = archive.invite(OFFER)
        assert code not in str(archive.connection.execute(text("SELECT * FROM invitation")).all())
    for secret, shown in (("new", code), ("newer, new", code), ("old", "")):
        with SqlStore(world_url, world.clock, secret).reading() as archive:
            assert archive.code(archive.actor(PRIYA), "i1") == shown


def test_an_invitation_is_settled_once(world):
    with world.writing() as archive:
        archive.invite(OFFER)
        archive.settle(OFFER.settled(State.ACCEPTED, "ORG-ELSE"))
        with pytest.raises(Conflict):
            archive.settle(OFFER.settled(State.REFUSED, ""))


def test_only_administrators_change_a_company_and_only_their_own(world):
    newcomer = Member("PER-NEW", "New", user="aad-new", roles=frozenset({"member"}))
    with world.writing() as archive:
        priya, tomasz, david = actors(archive, PRIYA, TOMASZ, DAVID)
        with pytest.raises(PermissionError):
            archive.add_staff(tomasz, newcomer)
        archive.add_staff(priya, newcomer)
        assert newcomer in archive.staff(priya)
        assert newcomer not in archive.staff(david)
        assert archive.actor(Handle("teams", "t-hal", "aad-new")).organisation == "ORG-HAL"
        with pytest.raises(Conflict):
            archive.change_staff(david, newcomer)
        with pytest.raises(Conflict):
            archive.end_access(david, "PER-NEW")
        with pytest.raises(PermissionError):
            archive.end_access(tomasz, "PER-NEW")


def test_an_account_is_one_person(world):
    with world.writing() as archive, pytest.raises(Conflict):
        archive.add_staff(archive.actor(PRIYA), Member("PER-NEW", "New", user=TOMASZ.user))


def test_who_left_is_no_actor_and_nobodys_back_up(world):
    with world.writing() as archive:
        priya = archive.actor(PRIYA)
        own = next(one for one in archive.staff(priya) if one.id == "PER-PRIYA")
        archive.change_staff(priya, replace(own, backup="PER-TOMASZ"))
        archive.set_absence(priya, Absence("PER-PRIYA", NOW.date(), NOW.date(), "PER-TOMASZ"))
        assert archive.stand_in("PER-PRIYA", NOW.date()) == "PER-TOMASZ"
        archive.end_access(priya, "PER-TOMASZ")
        assert archive.actor(TOMASZ) is None
        assert archive.person_actor("PER-TOMASZ") is None
        assert archive.stand_in("PER-PRIYA", NOW.date()) == ""
        assert [one.backup for one in archive.staff(priya)] == [""]


def test_an_absence_is_ones_own_or_an_administrators(world):
    day = NOW.date()
    with world.writing() as archive:
        priya, tomasz, david = actors(archive, PRIYA, TOMASZ, DAVID)
        archive.set_absence(tomasz, Absence("PER-TOMASZ", day, day, "PER-PRIYA"))
        archive.set_absence(priya, Absence("PER-TOMASZ", day, day + timedelta(days=2), "PER-PRIYA"))
        assert [one.last for one in archive.absences(tomasz)] == [day + timedelta(days=2)]
        assert archive.absences(david) == ()
        for actor, delegate in ((tomasz, "PER-DAVID"), (david, "PER-PRIYA")):
            with pytest.raises(PermissionError):
                archive.set_absence(actor, Absence("PER-TOMASZ", day, day, delegate))
        assert archive.stand_in("PER-TOMASZ", day + timedelta(days=3)) == ""


def test_whoever_stands_in_for_a_stand_in_stands_in_for_both_and_a_ring_of_them_ends(world):
    day, third = NOW.date(), Member("PER-THIRD", "Third", user="U-THIRD", roles=frozenset({"observer"}))
    with world.writing() as archive:
        priya = archive.actor(PRIYA)
        archive.add_staff(priya, third)
        archive.set_absence(priya, Absence("PER-TOMASZ", day, day, "PER-PRIYA"))
        archive.set_absence(priya, Absence("PER-PRIYA", day, day, "PER-THIRD"))
        assert archive.stands_for("PER-THIRD", day) == {"PER-PRIYA", "PER-TOMASZ"}
        archive.set_absence(priya, Absence("PER-THIRD", day, day, "PER-TOMASZ"))
        assert archive.stands_for("PER-THIRD", day) == {"PER-PRIYA", "PER-TOMASZ"}
        assert archive.stands_for("PER-THIRD", day + timedelta(days=1)) == frozenset()


def test_two_companies_are_partners_once(world):
    with world.writing() as archive:
        priya = archive.actor(PRIYA)
        made = archive.agree(priya, "ORG-ELSE", TERMS)
        assert (made.sponsor, made.cro) == ("ORG-HAL", "ORG-ELSE")
        now = archive.actor(PRIYA)
        assert archive.calendar(now, made.id).holidays == TERMS.calendar.holidays
        assert archive.policy(now, made.id).rules == STANDARD_POLICY.rules
        with pytest.raises(Conflict):
            archive.agree(now, "ORG-ELSE", TERMS)


def test_each_side_names_its_own_and_reads_both(world):
    with world.writing() as archive:
        priya, tomasz, david, weiling = actors(archive, PRIYA, TOMASZ, DAVID, WEILING)
        archive.name_counterpart(priya, "P-NOR", "L2", "PER-PRIYA")
        archive.name_counterpart(david, "P-NOR", "L2", "PER-DAVID")
        pair = next(one for one in archive.counterparts(david, "P-NOR") if one.level == "L2")
        assert (pair.sponsor, pair.cro) == ("PER-PRIYA", "PER-DAVID")
        line = Contact("P-NOR", "quality", Side.CRO, person="PER-DAVID", phone="+44 20")
        archive.set_contact(david, line)
        assert archive.contacts(priya, "P-NOR") == archive.contacts(tomasz, "P-NOR") == (line,)
        assert archive.contacts(weiling, "P-NOR") == ()
        with pytest.raises(PermissionError):
            archive.set_contact(priya, line)
        for actor in (tomasz, weiling):
            with pytest.raises(PermissionError):
                archive.name_counterpart(actor, "P-NOR", "L2", "")
        archive.drop_contact(david, line)
        assert archive.contacts(priya, "P-NOR") == ()


def test_two_sponsors_may_have_a_study_of_the_same_name(store):
    with store.writing() as archive:
        for code in ("ONE", "TWO"):
            company = Company("", Side.SPONSOR, f"{code} AG", "UTC", "teams", f"t-{code}")
            first = Member(f"PER-{code}", code, user=f"aad-{code}", roles=frozenset({"administrator"}))
            archive.found(company, first)
            actor = archive.person_actor(first.id)
            archive.set_study(actor, Study("STUDY-1", ()))
            assert archive.own_studies(actor) == (Study("STUDY-1", ()),)


def test_one_workspace_or_tenant_is_one_company(world):
    company = Company("", Side.CRO, "Another", "UTC", PRIYA.platform, PRIYA.tenant)
    with world.writing() as archive, pytest.raises(Conflict):
        archive.found(company, Member("PER-NEW", "New", user="aad-new"))


def test_a_channel_is_linked_once_and_the_others_only_to_what_both_see(world):
    place = Place("slack", "T0NOR", "C0NEW")
    own = Room("ROOM-NEW", "ORG-NOR", "P-NOR", Visibility.CRO_INTERNAL, "")
    with world.writing() as archive:
        priya, david, weiling = actors(archive, PRIYA, DAVID, WEILING)
        for actor in (priya, weiling):
            with pytest.raises(PermissionError):
                archive.link_room(actor, own, place)
        archive.link_room(david, own, place)
        assert archive.room_at(david, place) == own
        assert own in archive.own_rooms(david)
        assert own not in archive.own_rooms(priya)
        with pytest.raises(Conflict):
            archive.link_room(david, replace(own, id="ROOM-OTHER"), place)
        with pytest.raises(Conflict):
            archive.end_link(priya, own.id)
        archive.end_link(david, own.id)
        assert archive.room_at(david, place) is None


def test_a_stranger_begins_a_company_and_nothing_else(store):
    handle = Handle("slack", "T0NEW", "U1")
    company = Company("", Side.CRO, "Ünïque Größe Ltd", "UTC", "slack", "T0NEW")
    with store.writing() as archive:
        founded = archive.found(
            company, Member("PER-1", "One", user="U1", roles=frozenset({"administrator"}))
        )
        assert founded.id.startswith("ORG-U")
        assert len(founded.id) == 7
        actor = archive.actor(handle)
        assert actor.organisation == founded.id
        assert archive.company(actor) == founded


def test_short_names_are_drawn_and_run_out_late(store):
    with store.writing() as archive:
        ids = set()
        for number in range(40):
            company = Company("", Side.CRO, "Abc", "UTC", "slack", f"T{number}")
            ids.add(archive.found(company, Member(f"PER-{number}", "One", user="U1")).id)
    assert len(ids) == 40


def test_studies_from_before_keep_their_partnerships(tmp_path):
    url = f"sqlite:///{tmp_path}/old.db"
    engine = owner(url)
    with engine.begin() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        for statement in OLD:
            connection.execute(text(statement))
        command.upgrade(config, "head")
        studies = connection.execute(text("SELECT study, partnership, organisation FROM service")).all()
        token = connection.execute(text("SELECT token FROM edition")).scalar()
        connection.execute(text("DELETE FROM service"))
        after = connection.execute(text("SELECT token FROM edition")).scalar()
    assert [tuple(one) for one in studies] == [("HAL-301", "P-NOR", "ORG-HAL")]
    assert token != after
    engine.dispose()


OLD = (
    "INSERT INTO organisation VALUES ('ORG-HAL', 'sponsor', 'Halcyra', 'UTC', 'teams', 't')",
    "INSERT INTO organisation VALUES ('ORG-NOR', 'cro', 'Northmere', 'UTC', 'slack', 'T')",
    "INSERT INTO calendar VALUES ('CAL', '[]', '[]', '17:00:00')",
    "INSERT INTO policy VALUES ('ESC', '{}', '{}')",
    "INSERT INTO partnership VALUES ('P-NOR', 'NOR', 'ORG-HAL', 'ORG-NOR', 'CAL', 'ESC')",
    "INSERT INTO study VALUES ('HAL-301', 'ORG-HAL')",
    "INSERT INTO service VALUES ('HAL-301', 'P-NOR')",
)
