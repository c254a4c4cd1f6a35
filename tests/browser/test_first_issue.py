"""J1, first half, on the page: an issue is logged, seen live on the other side, acknowledged, or climbs."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

BACKLOG = "TMF backlog at site 104"
LOGGED = f"issue {BACKLOG}, major, owner @rafael, due next Friday"
CONTRACTS = "Late site contracts"
ASKED_HER = f"issue {CONTRACTS}, major, owner @annika"
both_ways = pytest.mark.parametrize("swapped", [False, True], ids=["as given", "changed over"])


@both_ways
def test_the_cro_logs_the_sponsor_acknowledges_and_both_windows_show_it(playground):
    annika, marcus = Desk(playground, "Annika Lindqvist"), Desk(playground, "Marcus Adeyemi")
    annika.say(LOGGED)
    card = marcus.messages(f"NOR-ISS-008: {BACKLOG}")
    expect(card).to_contain_text("Halcyra Therapeutics AG is asked to acknowledge it by Wed 11 Nov 2026")
    expect(card).to_contain_text("Rafael Monteiro (Northmere Clinical Ltd)")
    expect(card).to_contain_text("Fri 20 Nov 2026")
    marcus.press("Acknowledge")
    for reader in (marcus, annika):
        shown = reader.messages(f"NOR-ISS-008: {BACKLOG}")
        expect(shown).to_contain_text("Acknowledged by Marcus Adeyemi (Halcyra Therapeutics AG)")
        expect(shown).to_contain_text("(edited)")
        expect(shown.get_by_role("button", name="Acknowledge")).to_have_count(0)


@both_ways
def test_the_sponsor_logs_the_cro_acknowledges_and_the_other_window_changes(playground):
    tomasz, annika = Desk(playground, "Tomasz Wierzbicki"), Desk(playground, "Annika Lindqvist")
    tomasz.say(ASKED_HER)
    expect(annika.messages(f"NOR-ISS-008: {CONTRACTS}")).to_contain_text("Northmere Clinical Ltd is asked")
    annika.press("Acknowledge")
    for reader in (annika, tomasz):
        card = reader.messages(f"NOR-ISS-008: {CONTRACTS}")
        expect(card).to_contain_text("Acknowledged by Annika Lindqvist (Northmere Clinical Ltd)")


@both_ways
def test_nobody_acknowledges_and_both_sides_hear_the_same_sentence_once(playground):
    Desk(playground, "Annika Lindqvist").say(LOGGED)
    push(playground, "+1 business day", "Wed 11 Nov 2026")
    push(playground, "+1 business day", "Thu 12 Nov 2026")
    heard = set()
    for name in ("Annika Lindqvist", "Tomasz Wierzbicki", "Marcus Adeyemi", "David Okonkwo"):
        person = Desk(playground, name)
        person.open("Parley")
        alarm = person.messages("NOR-ISS-008 moves from L1 to L2")
        expect(alarm).to_have_count(1)
        heard.add(sentence(alarm))
    assert heard == {"Not acknowledged by Wed 11 Nov 2026, 17:00 GMT. NOR-ISS-008 moves from L1 to L2."}


def push(page: Page, label: str, day: str) -> None:
    page.get_by_role("button", name=label).click()
    expect(page.get_by_test_id("clock")).to_contain_text(day)
    expect(page.get_by_role("button", name=label)).to_be_enabled()


def sentence(alarm: Locator) -> str:
    """Its first sentence; the one moment in it is told in each reader's zone."""
    found = re.search(r"Not acknowledged by .* to L2\.", alarm.inner_text())
    assert found
    return found[0].replace("18:00 CET", "17:00 GMT")


@pytest.mark.parametrize(
    ("company", "administrator"),
    [("Northmere", "David Okonkwo"), ("Halcyra", "Priya Raghunathan")],
    ids=["on Slack", "on Teams"],
)
def test_a_newcomer_learns_nothing_until_their_administrator_lets_them_in(playground, company, administrator):
    noor, boss = Desk(playground, "Noor Haddad", company), Desk(playground, administrator)
    for _ in range(2):
        noor.say("issue list")
    noor.look_for_answer()
    expect(noor.messages("You are not in Parley’s directory").first).to_be_visible()
    expect(noor.window).not_to_contain_text("-ISS-")
    boss.open("Parley")
    card = boss.messages("asks to use Parley")
    expect(card).to_have_count(1)
    boss.press("Approve as a member")
    expect(card).to_contain_text(f"Approved by {administrator}")
    noor.open("Parley")
    expect(noor.messages("You are in").last).to_be_visible()
    noor.say("issue list")
    expect(noor.messages("Open issues").last).to_contain_text("NOR-ISS-007")


def test_one_issue_goes_there_and_back_by_keyboard_alone(playground):
    keys = playground.keyboard
    expect(playground.get_by_test_id("slack-composer")).to_be_visible()
    tab_to(playground, playground.get_by_test_id("slack-composer"))
    keys.type(f"/{LOGGED}")
    keys.press("Enter")
    button = playground.get_by_test_id("teams-window").get_by_role("button", name="Acknowledge")
    expect(button).to_be_visible()
    tab_to(playground, playground.get_by_test_id("teams-me"))
    keys.type("Marcus")
    expect(playground.get_by_test_id("teams-me")).to_have_value("aad-02")
    tab_to(playground, button)
    keys.press("Enter")
    for name in ("slack", "teams"):
        window = playground.get_by_test_id(f"{name}-window")
        expect(window.get_by_test_id("message").last).to_contain_text("Acknowledged by Marcus Adeyemi")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus, as somebody without a mouse does."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    pytest.fail("Tab never came there")
