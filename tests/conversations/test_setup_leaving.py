"""Somebody is away for a while, or leaves for good: who stands in is known, and a gap is said."""

from tests.beginnings import add, at_once, begin, opened, partners, saw, say


def test_away_can_be_said_in_one_line(world):
    tomasz = world.as_("tomasz")
    answer = say(tomasz, "setup away from 1 Dec to 12 Dec, @Marcus Adeyemi")
    assert "Tomasz Wierzbicki is away from Tue 1 Dec 2026 to Sat 12 Dec 2026" in answer
    assert "Marcus Adeyemi stands in and is told with them." in answer
    kept = world.rows("SELECT person, delegate FROM absence")
    assert [tuple(one) for one in kept] == [("PER-04", "PER-02")]


def test_whoever_stands_in_is_told_what_the_other_would_hear(world):
    say(world.as_("tomasz"), "setup away from 10 Nov to 12 Nov, kenji")
    world.as_("annika").say("issue TMF backlog, major, owner @rafael")
    assert any("NOR-ISS-008" in one for one in world.as_("kenji").inbox)
    world.pass_business_days(1)
    assert any("moves from L1 to L2" in one for one in world.as_("kenji").inbox)
    world.pass_business_days(2)
    world.as_("annika").say("issue Late contracts, major, owner @rafael")
    assert not any("NOR-ISS-009" in one for one in world.as_("kenji").inbox)


def test_away_without_words_opens_a_form_that_says_what_is_missing(world):
    tomasz = world.as_("tomasz")
    opened(tomasz, "setup away")
    assert list(tomasz.form.fields["person"].options) == ["Tomasz Wierzbicki"]
    assert not any(name in tomasz.form.fields["delegate"].options for name in ("Annika Lindqvist",))
    tomasz.submit(first="2026-12-12", last="2026-12-01")
    assert "That is before the first day." in tomasz.form.errors["last"]
    assert "Choose who stands in" in tomasz.form.errors["delegate"]
    tomasz.submit(last="2026-12-20", delegate="Marcus Adeyemi")
    assert saw(tomasz, "Tomasz Wierzbicki is away from Sat 12 Dec 2026 to Sun 20 Dec 2026")
    assert say(world.as_("priya"), "setup people")


def test_somebody_who_is_back_says_so(world):
    tomasz = world.as_("tomasz")
    say(tomasz, "setup away from 1 Dec to 12 Dec, Marcus Adeyemi")
    opened(tomasz, "setup away")
    assert tomasz.form.fields["first"].value == "2026-12-01"
    tomasz.submit(first="", last="")
    assert saw(tomasz, "Tomasz Wierzbicki is here; nobody stands in.")
    assert world.rows("SELECT count(*) FROM absence")[0][0] == 0


def test_only_an_administrator_says_it_for_somebody_else(world):
    priya = world.as_("priya")
    opened(priya, "setup away")
    priya.submit(person="Tomasz Wierzbicki", first="2026-12-01", last="2026-12-02", delegate="Marcus Adeyemi")
    assert saw(priya, "Tomasz Wierzbicki is away")


def test_nobody_stands_in_for_the_other_company(world):
    assert "“annika” is nobody of your company" in say(
        world.as_("tomasz"), "setup away from 1 Dec to 12 Dec, annika"
    )


def test_who_leaves_can_do_nothing_and_their_back_up_takes_over(world):
    priya, marcus = world.as_("priya"), world.as_("marcus")
    sure = say(priya, "setup leave marcus")
    assert "Marcus Adeyemi leaves?" in sure
    assert "L2 with Northmere Clinical Ltd" in sure
    assert "Priya Raghunathan" in sure
    assert "Open issues" in say(marcus, "issue list")
    done = priya.press("End their access", sure)
    assert "Marcus Adeyemi can use Parley no longer." in done or saw(priya, "can use Parley no longer")
    assert "You are not in Parley’s directory" in say(marcus, "issue list")
    told = saw(world.as_("david"), "Marcus Adeyemi (Halcyra Therapeutics AG) has left")
    assert "Priya Raghunathan takes over: L2, NOR-DEC-004, Joint Operations Committee" in told
    assert saw(world.as_("gareth"), "Marcus") is None
    pair = world.rows("SELECT sponsor FROM counterpart WHERE partnership = 'P-NOR' AND level = 'L2'")
    assert pair[0][0] == "PER-03"


def test_without_a_back_up_the_gap_is_said_to_both_sides(world):
    priya = world.as_("priya")
    sure = say(priya, "setup leave elena")
    assert "nobody: no back-up is named, so these fall empty" in sure
    assert "the quality line with Northmere Clinical Ltd" in sure
    priya.press("End their access", sure)
    assert "Nobody is named any more: quality, the quality line." in saw(
        world.as_("david"), "Elena Duarte (Halcyra Therapeutics AG) has left"
    )
    assert "Nobody is named any more: the quality line." in saw(world.as_("gareth"), "Elena Duarte")
    assert "Missing: quality for Northmere Clinical Ltd" in say(priya, "setup")
    assert world.rows("SELECT count(*) FROM contact WHERE person = 'PER-05'")[0][0] == 0


def test_nothing_ends_before_it_is_confirmed(world):
    priya = world.as_("priya")
    opened(priya, "setup leave")
    priya.submit(person="Kenji Morimoto")
    sure = saw(priya, "Kenji Morimoto leaves?")
    world.restart()
    assert "Open issues" in say(world.as_("kenji"), "issue list")
    priya.press("Keep them", sure)
    assert world.rows("SELECT count(*) FROM person WHERE NOT active")[0][0] == 0


def test_the_last_administrator_cannot_leave(empty):
    priya = begin(empty, "priya")
    priya.press("End their access", say(priya, "setup leave priya"))
    assert "Setting up Halcyra Therapeutics AG" in say(priya, "setup")
    add(priya, "Tomasz Wierzbicki", roles="Study lead\nAdministrator")
    priya.press("End their access", say(priya, "setup leave priya"))
    assert "You are not in Parley’s directory" in say(priya, "setup")
    assert "Setting up Halcyra Therapeutics AG" in say(empty.as_("tomasz"), "setup")


def test_of_two_administrators_who_end_each_others_access_one_stays(empty):
    priya = begin(empty, "priya")
    add(priya, "Tomasz Wierzbicki", roles="Study lead\nAdministrator")
    tomasz = empty.as_("tomasz")
    hers, his = say(priya, "setup leave tomasz"), say(tomasz, "setup leave priya")
    priya.press("End their access", hers)
    tomasz.press("End their access", his)
    assert "Setting up Halcyra Therapeutics AG" in say(priya, "setup")
    assert "You are not in Parley’s directory" in say(tomasz, "setup")


def test_also_where_both_do_it_at_the_same_moment(empty):
    priya = begin(empty, "priya")
    add(priya, "Tomasz Wierzbicki", roles="Study lead\nAdministrator")
    tomasz = empty.as_("tomasz")
    presses = []
    for voice, other in ((priya, "tomasz"), (tomasz, "priya")):
        seen = say(voice, f"setup leave {other}")
        presses.append(voice.face.click(seen, seen.buttons["End their access"]))
    at_once(empty, *presses)
    assert empty.rows("SELECT count(*) FROM person WHERE active")[0][0] == 1
    assert empty.rows("SELECT count(*) FROM role WHERE role = 'administrator'")[0][0] == 1


def test_who_left_can_be_added_again(empty):
    priya, _ = partners(empty)
    add(priya, "Tomasz Wierzbicki", roles="Study lead")
    priya.press("End their access", say(priya, "setup leave tomasz"))
    add(priya, "Tomasz Wierzbicki", roles="Observer")
    assert "No open issues" in say(empty.as_("tomasz"), "issue list")
