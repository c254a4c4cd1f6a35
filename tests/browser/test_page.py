"""The page as a newcomer treats it: wrong words, old cards, switching, a bot that is away."""

import json

import pytest
from playwright.sync_api import Route, expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

LOGGED = "issue TMF backlog at site 104, major, owner @rafael, due next Friday"
CARD = "NOR-ISS-008: TMF backlog at site 104"


@pytest.mark.parametrize("name", ["Annika Lindqvist", "Tomasz Wierzbicki"], ids=["on Slack", "on Teams"])
def test_a_wrong_word_gets_the_nearest_command(lookout, name):
    person = Desk(lookout, name)
    person.open("Parley")
    person.say("isue list")
    expect(person.messages("did you mean: issue list")).to_be_visible()


def test_pressing_twice_in_haste_is_pressing_once(playground):
    Desk(playground, "Annika Lindqvist").say(LOGGED)
    marcus = Desk(playground, "Marcus Adeyemi")
    marcus.window.get_by_role("button", name="Acknowledge").last.dblclick()
    expect(marcus.messages(CARD)).to_contain_text("Acknowledged by Marcus Adeyemi")
    expect(marcus.window).not_to_contain_text("already acknowledged")
    expect(playground.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(
    ("logs", "first", "second"),
    [
        ("Annika Lindqvist", "Marcus Adeyemi", "Tomasz Wierzbicki"),
        ("Tomasz Wierzbicki", "David Okonkwo", "Annika Lindqvist"),
    ],
    ids=["on Teams", "on Slack"],
)
def test_an_old_card_that_is_pressed_again_says_why_nothing_changed(playground, logs, first, second):
    Desk(playground, logs).say(LOGGED)
    stale = playground.context.new_page()
    stale.goto(playground.url)
    late = Desk(stale, second)
    expect(late.messages(CARD).last).to_be_visible()
    stale.route("**/control/state", lambda route: route.abort())
    Desk(playground, first).press("Acknowledge")
    # whoever pressed sees their answer at once; the card itself is edited after that, and would wipe a notice
    expect(Desk(playground, second).messages(CARD)).to_contain_text(f"Acknowledged by {first}")
    late.press("Acknowledge")
    told = Desk(playground, second).messages(f"NOR-ISS-008 was already acknowledged by {first}")
    expect(told.last).to_contain_text("so nothing changed")
    expect(told.get_by_role("button", name="Acknowledge")).to_have_count(0)


def test_the_switch_shows_each_person_their_own_places_zone_and_private_answers(playground):
    annika, rafael = Desk(playground, "Annika Lindqvist"), Desk(playground, "Rafael Monteiro")
    annika.say(LOGGED)
    expect(annika.messages("Only visible to you")).to_contain_text("Logged NOR-ISS-008")
    expect(annika.window).to_contain_text("Times in London")
    expect(rafael.window).to_contain_text("Times in Sao Paulo")
    expect(rafael.messages("Only visible to you")).to_have_count(0)
    rafael.open("Parley")
    expect(rafael.messages(CARD)).to_contain_text("06:00 UTC-3")
    wei = Desk(playground, "Wei-Ling Tan")
    expect(wei.window).to_contain_text("Quillon Data Sciences SL")
    expect(wei.window).not_to_contain_text("NOR-")


def test_a_dot_marks_what_was_not_read_and_goes_when_it_is(playground):
    tomasz = Desk(playground, "Tomasz Wierzbicki")
    expect(tomasz.entry("Parley")).not_to_contain_text("unread")
    Desk(playground, "Annika Lindqvist").say(LOGGED)
    expect(tomasz.entry("Parley")).to_contain_text("1 unread")
    expect(playground.get_by_test_id("slack-others-news")).to_contain_text("Rafael Monteiro")
    tomasz.open("Parley")
    expect(tomasz.messages(CARD)).to_be_visible()
    tomasz.open("HAL x Quillon")
    expect(tomasz.entry("Parley")).not_to_contain_text("unread")


def test_the_newest_message_stays_in_view_also_in_a_small_window(playground):
    annika = Desk(playground, "Annika Lindqvist")
    for number in range(3):
        annika.say(LOGGED.replace("site 104", f"site {number}"))
    newest = annika.messages("NOR-ISS-010: ").last.get_by_text("Seen by")
    expect(newest).to_be_in_viewport()
    playground.set_viewport_size({"width": 1280, "height": 620})
    expect(newest).to_be_in_viewport()


def test_a_list_of_issues_is_drawn_on_both_sides(lookout):
    for name in ("Annika Lindqvist", "Tomasz Wierzbicki"):
        person = Desk(lookout, name)
        person.say("issue list")
        person.look_for_answer()
        expect(person.messages("Open issues")).to_contain_text("NOR-ISS-007")
        expect(person.window).not_to_contain_text("does not draw")


def test_what_parley_cannot_hear_is_said_before_it_is_sent(lookout):
    for name in ("Annika Lindqvist", "Tomasz Wierzbicki"):
        person = Desk(lookout, name)
        person.composer.fill("issue list")
        expect(person.window).to_contain_text("Parley hears what begins with @Parley")


def test_a_bot_that_starts_again_is_met_again(playground, world):
    annika, marcus = Desk(playground, "Annika Lindqvist"), Desk(playground, "Marcus Adeyemi")
    annika.say(LOGGED)
    expect(marcus.messages(CARD)).to_be_visible()
    world.restart()
    marcus.press("Acknowledge")
    expect(annika.messages(CARD)).to_contain_text("Acknowledged by Marcus Adeyemi")
    expect(playground.get_by_role("button", name="+1 hour")).to_be_enabled()


@pytest.mark.parametrize(("status", "words"), [(500, "could not answer (500)"), (0, "did not answer")])
def test_a_bot_that_fails_is_named_and_what_was_typed_is_kept(lookout, status, words):
    annika = Desk(lookout, "Annika Lindqvist")
    lookout.route("**/control/slack/say", lambda route: answered(route, {"status": status, "body": None}))
    annika.composer.fill("/issue list")
    annika.composer.press("Enter")
    expect(lookout.get_by_role("alert")).to_contain_text(words)
    expect(annika.composer).to_have_value("/issue list")


def test_a_world_with_nobody_in_it_is_a_page_all_the_same(page, standing):
    nobody = {"slack": {"workspaces": [], "views": []}, "teams": {"tenants": [], "dialogs": []}}
    quiet = {"faults": [], "orders": [], "held": 0, "uninstalled": [], "stranger": None}
    empty = {"now": None, "shortcuts": [], "trouble": quiet} | nobody
    page.route("**/control/state", lambda route: answered(route, empty))
    page.goto(standing.playground.own_url)
    expect(page.get_by_text("Nobody is here yet.")).to_have_count(2)
    expect(page.get_by_test_id("clock")).to_contain_text("No time yet")


def answered(route: Route, body: object) -> None:
    route.fulfill(status=200, content_type="application/json", body=json.dumps(body))
