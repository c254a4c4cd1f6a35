"""The guided tour: it walks the first journey to its end, waits for the real thing, and can be left."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

STEPS = (
    "Log an issue",
    "in the other chat",
    "Nobody answers",
    "Both counterparts",
    "answers",
    "first card knows",
)


@pytest.fixture
def toured() -> bool:
    return True


@pytest.mark.parametrize("swapped", [False, True], ids=["as given", "changed over"])
def test_the_tour_walks_the_first_journey_to_its_end(playground, swapped):
    tour = playground.get_by_test_id("tour")
    onward = tour.get_by_role("button", name="Next")
    tour.get_by_role("button", name="Start the tour").click()
    for title in STEPS[:-1]:
        expect(tour).to_contain_text(title)
        walk(playground)
        onward.click()
    expect(tour).to_contain_text(STEPS[-1])
    annika = Desk(playground, "Annika Lindqvist")
    expect(annika.messages("Acknowledged by Marcus Adeyemi").last).to_be_visible()
    tour.get_by_role("button", name="Finish").click()
    expect(tour).to_have_count(0)


def walk(page: Page) -> None:
    """Let the tour do the step, as often as it offers to."""
    tour = page.get_by_test_id("tour")
    offer, onward = tour.get_by_role("button", name="Do it for me"), tour.get_by_role("button", name="Next")
    for _ in range(5):
        expect(offer.or_(onward)).to_be_visible()
        if onward.is_visible():
            return
        offer.click()
        expect(tour.get_by_role("button", name="One moment")).to_have_count(0, timeout=30_000)
    expect(onward).to_be_visible()


def test_a_step_is_done_by_doing_it_oneself(playground):
    tour, annika = playground.get_by_test_id("tour"), Desk(playground, "Annika Lindqvist")
    tour.get_by_role("button", name="Start the tour").click()
    expect(tour.get_by_role("button", name="Next")).to_have_count(0)
    annika.say("issue TMF backlog at site 104, major, owner @rafael, due next Friday")
    expect(tour.get_by_role("button", name="Next")).to_be_visible()
    tour.get_by_role("button", name="Next").click()
    expect(tour).to_contain_text("NOR-ISS-008 is a live card")


def test_the_tour_is_left_with_escape_remembered_and_started_again(lookout):
    tour = lookout.get_by_test_id("tour")
    expect(tour).to_contain_text("One record, two faces")
    lookout.keyboard.press("Escape")
    expect(tour).to_have_count(0)
    expect(lookout.get_by_role("button", name="Tour")).to_be_focused()
    lookout.reload()
    expect(lookout.get_by_test_id("slack-composer")).to_be_visible()
    expect(tour).to_have_count(0)
    lookout.get_by_role("button", name="Tour").click()
    expect(tour).to_contain_text("One record, two faces")
