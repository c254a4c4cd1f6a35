"""Blinded and unblinded people are tagged, and an unblinded topic is for unblinded named people alone."""

from tests.beginnings import opened

SAID = "issue Kit return at depot, major, owner @elena, unblinded, for Northmere"


def tag(world, name, person, value):
    """Their administrator tags them."""
    administrator = world.as_(name)
    opened(administrator, f"setup people {person}")
    administrator.submit(blinding=value)


def unblinded(world, *people):
    for person in people:
        world.rows_gone(f"UPDATE person SET blinding = 'unblinded' WHERE name = '{person}'")  # noqa: S608 our own words only
    world.rows_gone("UPDATE edition SET token = 'tagged'")


def test_an_administrator_tags_people_and_they_hear_of_it(world):
    elena = world.as_("elena")
    tag(world, "priya", "elena", "Unblinded: may read unblinded topics")
    assert "You are tagged as unblinded" in elena.inbox[-1]
    assert "Elena Duarte (unblinded)" in world.as_("priya").say("setup people", at="direct")
    line = world.rows("SELECT payload FROM audit WHERE what = 'person.change' ORDER BY seq")[-1][0]
    assert '"blinding":"unblinded"' in line


def test_an_unblinded_topic_is_restricted_and_never_shared(world):
    unblinded(world, "Elena Duarte", "Ingrid Solheim")
    ingrid, elena, tomasz = (world.as_(name) for name in ("ingrid", "elena", "tomasz"))
    answer = ingrid.say(SAID, at="direct")
    number = next(word for word in answer.words.split() if word.startswith("HAL-RST-"))
    assert "unblinded: only people tagged as unblinded read it" in answer
    assert "is an unblinded topic, so it is never shared" in ingrid.say(
        f"issue share {number} they must know", at="direct"
    )
    assert "Tomasz Wierzbicki (Halcyra Therapeutics AG) is not tagged as unblinded" in elena.opened(
        f"issue readers {number} @tomasz, he asks", at="direct"
    )
    tag(world, "priya", "ingrid", "Blinded: kept from unblinding information")
    assert "You are tagged as blinded" in ingrid.inbox[-1]
    assert "There is no issue" in ingrid.say(f"issue show {number}", at="direct")
    assert "reads it no longer" in elena.say(f"issue show {number}", at="direct")
    tag(world, "priya", "ingrid", "Unblinded: may read unblinded topics")
    assert "Kit return" in ingrid.say(f"issue show {number}", at="direct")
    assert "There is no issue" in tomasz.say(f"issue show {number}", at="direct")


def test_only_unblinded_people_log_one_and_own_one(world):
    unblinded(world, "Elena Duarte")
    elena, ingrid = world.as_("elena"), world.as_("ingrid")
    assert "You are not tagged as unblinded" in ingrid.opened(SAID, at="direct")
    form = elena.opened(SAID.replace("@elena", "@tomasz"), at="direct")
    assert "Tomasz Wierzbicki is not tagged as unblinded" in form.errors["owner id"]
    assert world.rows("SELECT count(*) FROM issue WHERE unblinded")[0][0] == 0


def test_words_that_read_like_one_are_asked_about_before_many_see_them(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    before = len(tomasz.room())
    form = annika.opened("issue The randomisation list went to the site, major, owner @rafael")
    assert "reads like an unblinded topic" in form
    assert len(tomasz.room()) == before
    assert "Logged NOR-ISS-008" in annika.submit(form, unblinded="No")


def test_an_unblinded_topic_is_never_put_before_both_companies(world):
    unblinded(world, "Elena Duarte")
    elena = world.as_("elena")
    form = elena.opened("issue Kit return at depot, unblinded, for Northmere", at="direct")
    elena.submit(
        form, **{"class": "Both companies", "severity": "Major: might do so, or endangers a milestone"}
    )
    assert "choose “Only you and the owner”" in elena.form.errors["class"]
    assert world.rows("SELECT count(*) FROM issue WHERE unblinded")[0][0] == 0


def test_words_that_read_like_one_are_pointed_on_where_they_were_written_for_many(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    annika.say("issue update NOR-ISS-002 the randomisation list went to the site")
    assert any("Is this an unblinded topic?" in one for one in annika.private())
    assert not any("Is this an unblinded topic?" in one for one in (*tomasz.private(), *tomasz.room()))


def test_nobody_learns_another_companys_tags_by_naming_owners(world):
    unblinded(world, "Elena Duarte")
    annika = world.as_("annika")
    told = []
    for name in ("Elena Duarte", "Tomasz Wierzbicki"):
        form = annika.opened(f"issue Kit return, major, owner {name}, unblinded", at="direct")
        annika.submit(form, owner_id=f"{name} (Halcyra Therapeutics AG)")
        told.append(dict(annika.form.errors))
    assert "You are not tagged as unblinded" in str(told[0])
    assert told[0] == told[1]
