"""What is one's own: home, mine, overdue, who; on every platform, and nothing of what one may not see."""

import pytest

from tests.conversations.issues import LOGGED, NUMBER


@pytest.mark.journey
def test_what_waits_stands_in_ones_home_until_it_is_done_there(world):
    tomasz, rafael = world.as_("tomasz"), world.as_("rafael")
    assert NUMBER not in tomasz.home()
    world.as_("annika").say(LOGGED)
    home = tomasz.home()
    assert "2 things wait for you" in home
    assert "TMF backlog at site 104 Acknowledge it by" in home
    assert f"Acknowledged by {tomasz.face.name}" in tomasz.press("Acknowledge", home)
    assert "Acknowledge it" not in tomasz.home()
    assert "TMF backlog at site 104 Propose a plan" in rafael.home()
    form = rafael.press("Plan", rafael.home()) or rafael.form
    assert form


def test_home_shows_promises_issues_sessions_and_settings_and_whom_one_stands_in_for(world):
    rafael, annika = world.as_("rafael"), world.as_("annika")
    home = rafael.home()
    assert "Fill four CRA vacancies in CEE Keep it, or move its date, it was due Sat 31 Oct 2026" in home
    assert "Your promise" in home
    assert "Your issue" in home
    assert "HAL-301 Study Operations Meeting" in home
    assert "every day at 07:30" in home
    assert "America/Sao_Paulo" in home
    assert "NOR-CMT-01" not in annika.home()
    assert "NOR-CMT-01" in rafael.press("Done", home)
    assert "Confirm it, or dispute it" in world.as_("tomasz").home()
    rafael.say("setup away from 10 Nov to 13 Nov, @annika", "direct")
    assert (
        "You are away from Tue 10 Nov 2026 to Fri 13 Nov 2026; Annika Lindqvist stands in." in rafael.home()
    )
    instead = annika.home()
    assert "for Rafael Monteiro, who is away" in instead
    assert "4 things wait for you" in instead


def test_a_longer_list_has_a_way_to_all_of_it(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    for number in range(7):
        annika.say(f"issue Late shipment {number}, minor, owner rafael, study HAL-202")
    home = tomasz.home()
    assert "8 things wait for you" in home
    assert home.words.count("Acknowledge it") == 5
    whole = tomasz.press("All 8", home)
    assert whole.words.count("Acknowledge it") == 7
    assert "Late shipment 6" in whole


def test_mine_shows_one_kind_at_a_time_and_counts_the_others(world):
    rafael = world.as_("rafael")
    issues = rafael.say("mine", "direct")
    assert "Issues: 1" in issues
    assert "NOR-ISS-002" in issues
    promises = rafael.press("Your promises (1)", issues)
    assert "NOR-CMT-01" in promises
    assert "Tomasz Wierzbicki (Halcyra Therapeutics AG)" in promises
    assert "Promised to you: 2" in world.as_("tomasz").say("mine promised", "direct")
    assert "Decisions to approve: 1" in world.as_("marcus").say("mine decisions", "direct")
    assert "Action items: none" in rafael.say("mine actions", "direct")
    assert "and not “shoes”; try: mine promises" in rafael.say("mine shoes", "direct")


def test_overdue_has_ones_own_first_and_in_a_room_what_that_room_may_show(world):
    rafael, elena, wei = world.as_("rafael"), world.as_("elena"), world.as_("wei-ling")
    mine = rafael.say("overdue", "direct")
    assert "Overdue, 4" in mine
    words = mine.words
    assert (
        words.index("Yours (2)")
        < words.index("NOR-CMT-01")
        < words.index("Others’ (2)")
        < words.index("NOR-ISS-005")
    )
    assert "QUI-" not in mine
    alone = elena.say("overdue", "direct")
    assert "HAL-RST-K7Q2" in alone
    assert "QUI-ISS-001" in alone
    there = elena.say("overdue")
    assert "Overdue, 4" in there
    assert "HAL-RST" not in there
    assert "QUI-" not in there
    assert "NOR-" not in wei.say("overdue", "direct")


def test_who_tells_of_the_people_one_works_with_and_of_nobody_else(world):
    wei, marcus, rafael = world.as_("wei-ling"), world.as_("marcus"), world.as_("rafael")
    known = marcus.say("who", "direct")
    assert "Who is who: Halcyra Therapeutics AG and Northmere Clinical Ltd" in known
    assert "Northmere Clinical Ltd (4)" in known
    assert "Wei-Ling" not in known
    assert "Wei-Ling Tan" in marcus.press("With Quillon Data Sciences SL", known)
    one = marcus.say("who annika", "direct")
    assert "L1, opposite Tomasz Wierzbicki (Halcyra Therapeutics AG)" in one
    assert "09:00 (Europe/London)" in one
    assert "project lead" not in one
    assert "project lead" in rafael.say("who @Annika Lindqvist", "direct")
    rafael.say("setup away from 10 Nov to 13 Nov, @annika", "direct")
    assert "until Fri 13 Nov, Annika Lindqvist stands in" in marcus.say("who Rafael", "direct")
    hidden = wei.say("who Annika Lindqvist", "direct")
    missing = wei.say("who Ada Lovelace", "direct")
    assert hidden.words.replace("Annika Lindqvist", "X") == missing.words.replace("Ada Lovelace", "X")
    assert "nobody called “Ada Lovelace”" in missing


def test_a_stranger_who_opens_a_home_learns_nothing(world):
    home = world.as_("newcomer at Northmere").home() or world.as_("newcomer at Northmere").inbox[-1]
    assert "You are not in Parley’s directory" in home
    assert "NOR-" not in home
