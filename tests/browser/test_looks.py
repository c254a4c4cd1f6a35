"""How the page looks and reads: colours, sizes, names, roles, unread marks, exact words, the arrow keys."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

LOGGED = "issue TMF backlog at site 104, major, owner @rafael, due next Friday"
# As a renderer of markup would not: a time, an emoji's name, escapes, marks and a heading.
EXACT = "At 10:30:45 and 10:100:20 :wave: &amp; <b> *x* _y_ # 1"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


def broken(page: Page, axe: str) -> list[str]:
    """What axe finds wrong with the page as it stands, one line for each element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    run = "rules => axe.run({runOnly: rules, resultTypes: ['violations']})"
    found = page.evaluate(run, RULES)["violations"]
    return [f"{rule['id']}: {node['html'][:160]} {_why(node)}" for rule in found for node in rule["nodes"]]


def _why(node: dict) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return "; ".join(check["message"] for check in checks)[:200]


def test_nothing_on_the_page_is_unnamed_unreadable_or_out_of_order(playground, axe):
    annika, tomasz = Desk(playground, "Annika Lindqvist"), Desk(playground, "Tomasz Wierzbicki")
    annika.say(LOGGED)
    expect(tomasz.messages("NOR-ISS-008").last).to_be_visible()
    playground.get_by_role("button", name="Tour").click()
    playground.get_by_test_id("drawer-switch").click()
    for scheme in ("light", "dark"):
        playground.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert broken(playground, axe) == []
    playground.get_by_role("button", name="Close the drawer").click()
    tomasz.open("Parley")
    for person in (annika, tomasz):
        person.say("issue show NOR-ISS-007")
        expect(person.messages("Legal clock: 3 calendar days left").last).to_be_visible()
        person.say("issue")
    expect(playground.get_by_role("dialog")).to_be_visible()
    expect(tomasz.window.get_by_role("button", name="Log issue")).to_be_visible()
    for scheme in ("light", "dark"):
        playground.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert broken(playground, axe) == []
    for width in (1024, 1280, 1600):
        playground.set_viewport_size({"width": width, "height": 800})
        wide, high = playground.evaluate("[document.body.scrollWidth, document.documentElement.scrollHeight]")
        assert (wide, high) == (width, 800)


def test_the_page_is_dark_where_the_machine_is_until_somebody_chooses(lookout):
    def dark() -> bool:
        paint = "getComputedStyle(document.body).backgroundColor"
        return lookout.evaluate(paint) == "rgb(18, 18, 21)"

    switch = lookout.get_by_role("switch", name="Dark colours")
    expect(switch).to_have_attribute("aria-checked", "false")
    assert not dark()
    lookout.emulate_media(color_scheme="dark")
    expect(switch).to_have_attribute("aria-checked", "true")
    assert dark()
    switch.click()
    assert not dark()
    lookout.reload()
    expect(switch).to_have_attribute("aria-checked", "false")
    assert not dark()


def test_unread_marks_count_what_is_new_and_go_when_it_was_looked_at(playground):
    tomasz = Desk(playground, "Tomasz Wierzbicki")
    tomasz.composer.fill("Good morning")
    tomasz.composer.press("Enter")
    Desk(playground, "Annika Lindqvist").say(LOGGED)
    expect(tomasz.messages("NOR-ISS-008").last).to_be_visible()
    tomasz.open("general")
    Desk(playground, "Annika Lindqvist").say(LOGGED.replace("104", "105"))
    expect(tomasz.entry("HAL x Northmere")).to_contain_text("1 unread")
    expect(tomasz.entry("Parley")).to_contain_text("2 unread")
    tomasz.open("HAL x Northmere")
    expect(tomasz.window.get_by_text("New", exact=True)).to_be_visible()
    tomasz.open("Parley")
    for name in ("HAL x Northmere", "Parley"):
        expect(tomasz.entry(name)).not_to_contain_text("unread")


def test_words_are_drawn_exactly_as_they_were_written(lookout):
    annika, tomasz = Desk(lookout, "Annika Lindqvist"), Desk(lookout, "Tomasz Wierzbicki")
    annika.say(f"issue log {EXACT}, major, owner @rafael, due next Friday")
    for reader in (annika, tomasz):
        expect(reader.messages(EXACT).last).to_contain_text(f": {EXACT}")


def test_the_arrow_keys_move_in_the_list_of_conversations(lookout):
    annika = Desk(lookout, "Annika Lindqvist")
    annika.entry("halcyra-partnership").focus()
    lookout.keyboard.press("ArrowDown")
    expect(annika.entry("general")).to_be_focused()
    lookout.keyboard.press("End")
    expect(annika.entry("Parley")).to_be_focused()
    lookout.keyboard.press("Enter")
    expect(annika.composer).to_have_attribute("aria-label", "Message in Parley")
    stops = annika.window.get_by_role("navigation").locator("[tabindex='0']")
    expect(stops).to_have_count(1)


def test_what_arrives_is_said_aloud_once(lookout):
    tomasz = Desk(lookout, "Tomasz Wierzbicki")
    expect(tomasz.composer).to_be_visible()
    Desk(lookout, "Annika Lindqvist").say(LOGGED)
    aloud = tomasz.window.get_by_role("status").first
    expect(aloud).to_contain_text("Parley")
    expect(aloud).to_contain_text("TMF backlog at site 104")


def test_a_thread_on_slack_has_its_own_pane_and_gives_the_focus_back(lookout):
    annika = Desk(lookout, "Annika Lindqvist")
    annika.composer.fill("The plan is late")
    annika.composer.press("Enter")
    message = annika.messages("The plan is late")
    message.hover()
    message.get_by_role("button", name="Reply in thread").click()
    pane = annika.window.get_by_role("complementary", name="Thread of Annika Lindqvist")
    expect(pane.get_by_test_id("slack-thread-composer")).to_be_focused()
    lookout.keyboard.type("By how much?")
    lookout.keyboard.press("Enter")
    expect(pane.get_by_test_id("message").last).to_contain_text("By how much?")
    lookout.keyboard.press("Escape")
    expect(pane).to_have_count(0)
    expect(message.get_by_role("button", name="Reply in thread")).to_be_focused()
    expect(message.get_by_role("button", name="1 reply")).to_be_visible()


def test_trouble_is_ordered_in_the_drawer_and_seen_on_the_wire(playground, world):
    playground.get_by_test_id("drawer-switch").click()
    drawer = playground.get_by_role("region", name="The wire")
    drawer.get_by_label("Platform").select_option("teams messages")
    drawer.get_by_label("seconds").fill("1")
    drawer.get_by_role("button", name="Order").click()
    drawer.get_by_role("button", name="comes twice").click()
    expect(drawer).to_contain_text("teams messages: 429 with Retry-After, 1 more")
    Desk(playground, "Annika Lindqvist").say(LOGGED)
    card = Desk(playground, "Tomasz Wierzbicki").messages("NOR-ISS-008")
    expect(card.last).to_be_visible(timeout=20_000)
    expect(drawer.get_by_role("button", name="429").first).to_be_visible()
    expect(drawer).to_contain_text("Nothing is ordered.")
    asked = [one for one in world.playground.wire.exchanges() if one.path == "/slack/events"]
    assert len(asked) == 2
    assert len({one.body for one in asked}) == 1
    expect(card).to_have_count(1)
    drawer.get_by_role("button", name="/slack/events").last.click()
    shown = drawer.get_by_role("group", name="The request in full").locator("pre").first
    assert json.loads(shown.inner_text())["command"] == "/issue"


def test_a_team_without_parley_and_a_guest_are_a_tick_and_a_press_away(playground):
    playground.get_by_test_id("drawer-switch").click()
    drawer = playground.get_by_role("region", name="The wire")
    tick = drawer.get_by_role("checkbox", name="Northmere Clinical Ltd")
    tick.click()
    expect(tick).not_to_be_checked()
    annika = Desk(playground, "Annika Lindqvist")
    annika.say("issue list")
    expect(annika.messages("is not a valid command")).to_be_visible()
    tick.click()
    expect(tick).to_be_checked()
    guest = drawer.get_by_label("Guest and channel")
    guest.select_option(label="Robin Vale (Oakridge Advisory) in #halcyra-partnership")
    drawer.get_by_role("button", name="Let in").click()
    expect(drawer.get_by_role("button", name="Take out")).to_be_visible()
    robin = Desk(playground, "Robin Vale")
    robin.open("halcyra-partnership")
    robin.composer.fill("@Parley issue list")
    robin.composer.press("Enter")
    expect(robin.messages("issue list")).to_be_visible()
    expect(robin.window).not_to_contain_text("NOR-ISS")
