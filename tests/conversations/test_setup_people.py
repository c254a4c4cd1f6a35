"""An administrator adds and changes people; who they are is suggested, their roles are chosen."""

import pytest

from tests.beginnings import add, begin, opened, saw, say
from tests.rooms import OpenWorld


@pytest.fixture
def rooms(database):
    """A world in which accounts change."""
    opened_world = OpenWorld(database)
    yield opened_world
    opened_world.close()


def test_somebody_is_added_from_the_platforms_own_list(empty):
    priya, tomasz = begin(empty, "priya"), empty.as_("tomasz")
    opened(priya, "setup people", "Add somebody")
    priya.submit(account="Tomasz Wierzbicki")
    form = priya.form
    assert form.fields["roles"].value == ""
    assert form.fields["backup"].value == ""
    told = {"name": "Tomasz Wierzbicki", "title": "Clinical Trial Lead"}
    priya.submit(roles="Study lead", backup="Priya Raghunathan", **told)
    assert "Roles: Study lead. Back-up: Priya Raghunathan." in saw(priya, "Tomasz Wierzbicki was added.")
    assert "Priya Raghunathan has added you to Parley for Halcyra Therapeutics AG" in saw(
        tomasz, "You are in"
    )
    assert "What Parley can do" in say(tomasz, "help")
    shown = say(priya, "setup people")
    assert "Halcyra Therapeutics AG: 2 people" in shown
    assert "Study lead" in shown
    entry = empty.rows("SELECT person, payload FROM audit WHERE what = 'person.add' ORDER BY seq")[-1]
    assert "study_lead" in entry[1]
    assert "Tomasz" not in entry[1]  # the record knows people by id


def test_adding_can_be_left_and_gone_on_with_after_a_restart(empty):
    priya = begin(empty, "priya")
    opened(priya, "setup people", "Add somebody")
    priya.submit(account="Tomasz Wierzbicki")
    priya.dismiss()
    empty.restart()
    add(priya, "Tomasz Wierzbicki", roles="Study lead")
    assert "Halcyra Therapeutics AG: 2 people" in say(priya, "setup people")


def test_a_role_is_never_inferred(empty):
    priya = begin(empty, "priya")
    opened(priya, "setup people", "Add somebody")
    priya.submit(account="Tomasz Wierzbicki")
    priya.submit(name="", zone="Mars", hours="9 to 5")
    assert set(priya.form.errors) == {"name", "roles", "zone", "hours"}
    assert "Choose a role." in priya.form.errors["roles"]
    assert empty.rows("SELECT count(*) FROM person")[0][0] == 1


def test_who_they_are_is_suggested_where_the_platform_tells(world):
    for name, newcomer in (("priya", "Noor Haddad"), ("david", "Noor Haddad")):
        administrator = world.as_(name)
        opened(administrator, "setup people", "Add somebody")
        administrator.submit(account=newcomer)
        assert administrator.form.fields["name"].value == newcomer
        assert administrator.form.fields["roles"].value == ""


@pytest.mark.parametrize("name", ["priya", "david"])
def test_a_guest_is_not_added(rooms, name):
    world = rooms
    home = {"priya": "Halcyra", "david": "Northmere"}[name]
    administrator, noor = world.as_(name), world.as_(f"newcomer at {home}")
    world.turns(noor, "guest")
    opened(administrator, "setup people", "Add somebody")
    form = administrator.form
    administrator.submit(form, account="Noor Haddad")
    count = world.rows("SELECT count(*) FROM person WHERE name = 'Noor Haddad'")
    assert count[0][0] == 0
    assert administrator.form is None or "Guests, apps and deactivated accounts" in administrator.form


def test_nobody_chosen_is_said_at_the_field(empty):
    priya = begin(empty, "priya")
    opened(priya, "setup people", "Add somebody")
    priya.submit()
    assert "Choose somebody." in priya.form.errors["account"]


def test_somebody_who_is_in_already_is_changed_instead(empty):
    priya = begin(empty, "priya")
    add(priya, "Tomasz Wierzbicki", roles="Study lead")
    opened(priya, "setup people", "Add somebody")
    priya.submit(account="Tomasz Wierzbicki")
    assert priya.form.title == "Change somebody"
    assert priya.form.fields["roles"].value == "study_lead"
    priya.submit(roles="Study lead\nAdministrator", zone="Asia/Kathmandu")
    assert "Tomasz Wierzbicki was changed." in saw(priya, "Roles: Study lead, Administrator")
    assert empty.rows("SELECT count(*) FROM person")[0][0] == 2


def test_a_change_of_role_holds_at_once(empty):
    priya, tomasz = begin(empty, "priya"), empty.as_("tomasz")
    add(priya, "Tomasz Wierzbicki", roles="Study lead")
    assert "Only an administrator of your company sets it up; ask Priya Raghunathan." in say(tomasz, "setup")
    assert "Your role does not include that" in say(tomasz, "setup people")
    opened(priya, "setup role tomasz")
    priya.submit(roles="Study lead\nAdministrator")
    assert "Setting up Halcyra Therapeutics AG" in say(tomasz, "setup")
    entry = empty.rows("SELECT payload FROM audit WHERE what = 'person.change'")[0][0]
    assert "administrator" in entry


def test_a_colleague_is_found_by_name_or_refused(empty):
    priya = begin(empty, "priya")
    add(priya, "Tomasz Wierzbicki", roles="Study lead")
    assert "“ingrid” is nobody of your company in Parley" in say(priya, "setup role ingrid")
    opened(priya, "setup role tom")
    assert priya.form.fields["name"].value == "Tomasz Wierzbicki"


def test_whom_to_change_can_be_chosen(empty):
    priya = begin(empty, "priya")
    add(priya, "Tomasz Wierzbicki", roles="Study lead")
    opened(priya, "setup role")
    priya.submit(person="Tomasz Wierzbicki")
    assert priya.form.fields["name"].value == "Tomasz Wierzbicki"


def test_the_last_administrator_keeps_the_role(empty):
    priya = begin(empty, "priya")
    opened(priya, "setup role priya")
    form = priya.form
    priya.submit(form, roles="Alliance manager")
    assert [one[0] for one in empty.rows("SELECT role FROM role ORDER BY role")] == [
        "administrator",
        "alliance_manager",
    ]
    add(priya, "Tomasz Wierzbicki", roles="Study lead\nAdministrator")
    opened(priya, "setup role priya")
    priya.submit(roles="Alliance manager")
    assert "Only an administrator of your company sets it up; ask Tomasz Wierzbicki." in say(priya, "setup")


def test_two_administrators_at_once_lose_nothing(empty):
    priya, tomasz = begin(empty, "priya"), empty.as_("tomasz")
    add(priya, "Tomasz Wierzbicki", roles="Study lead\nAdministrator")
    add(priya, "Marcus Adeyemi", roles="JOC co-chair")
    opened(priya, "setup role marcus")
    hers = priya.form
    opened(tomasz, "setup role marcus")
    tomasz.submit(title="VP Clinical Operations", backup="Tomasz Wierzbicki")
    priya.submit(hers, title="Vice President", zone="Europe/Oslo")
    form = priya.form
    assert "Marcus Adeyemi was changed by somebody else meanwhile, so nothing was saved yet" in form
    assert form.fields["title"].value == "Vice President"
    assert (
        empty.rows("SELECT title FROM person WHERE name = 'Marcus Adeyemi'")[0][0] == "VP Clinical Operations"
    )
    priya.submit()
    assert empty.rows("SELECT title FROM person WHERE name = 'Marcus Adeyemi'")[0][0] == "Vice President"


def test_an_approved_newcomer_is_given_a_role(world):
    noor, david = world.as_("newcomer at Northmere"), world.as_("david")
    noor.say("issue list", at="direct")
    david.press("Approve as a member")
    david.press("Choose their role", david.inbox[-1])
    assert david.form.fields["name"].value == "Noor Haddad"
    assert david.form.fields["roles"].value == "member"
    david.submit(roles="Observer")
    assert saw(david, "Noor Haddad was changed.")
    assert "Your role does not include that" in noor.say("issue Late, minor, owner @rafael")


def test_another_companys_people_are_out_of_reach(world):
    gareth = world.as_("gareth")
    shown = say(gareth, "setup people")
    assert "Quillon Data Sciences SL: 2 people" in shown
    for name in ("Tomasz", "Annika", "PER-04"):
        assert f"“{name}” is nobody of your company" in say(gareth, f"setup role {name}")
    opened(gareth, "setup role Wei-Ling")
    offered = " ".join(gareth.form.fields["backup"].options)
    assert "Gareth Pugh" in offered
    assert "Wierzbicki" not in offered
