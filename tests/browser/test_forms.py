"""Forms on the page: opened, filled and sent without a mouse, wrong at a field, and left again."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

TITLE = "Monitoring reports late at site 211"


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus, as somebody without a mouse does."""
    for _ in range(60):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("Tab never came there")


def fill(page: Page, form: Locator, label: str, words: str) -> None:
    tab_to(page, form.get_by_role("combobox", name=label))
    page.keyboard.type(words)


def test_a_form_on_slack_is_filled_and_sent_by_keyboard_alone(playground):
    keys, annika = playground.keyboard, Desk(playground, "Annika Lindqvist")
    annika.composer.focus()
    keys.type("/issue")
    keys.press("Enter")
    form = annika.window.get_by_role("dialog", name="Log an issue")
    expect(form.get_by_label("Title")).to_be_focused()
    keys.type(TITLE)
    fill(playground, form, "Severity", "Maj")
    fill(playground, form, "Owner", "Rafael")
    tab_to(playground, form.get_by_role("button", name="Log issue"))
    keys.press("Enter")
    expect(form).to_have_count(0)
    expect(annika.messages("Logged NOR-ISS-008").last).to_contain_text(TITLE)
    expect(annika.composer).to_be_focused()
    expect(Desk(playground, "Tomasz Wierzbicki").messages("NOR-ISS-008").last).to_contain_text(TITLE)


def test_a_message_on_teams_becomes_an_issue_by_keyboard_alone(playground):
    keys, tomasz = playground.keyboard, Desk(playground, "Tomasz Wierzbicki")
    tomasz.composer.focus()
    keys.type(TITLE)
    keys.press("Enter")
    message = tomasz.messages(TITLE)
    expect(message).to_be_visible()
    playground.get_by_test_id("teams-log").focus()
    keys.press("ArrowDown")
    expect(message).to_be_focused()
    tab_to(playground, message.get_by_role("button", name="More actions"))
    keys.press("Enter")
    expect(tomasz.window.get_by_role("menuitem", name="Log as issue")).to_be_focused()
    keys.press("Enter")
    form = tomasz.window.get_by_role("dialog", name="Log an issue")
    expect(form.get_by_label("Title").first).to_have_value(TITLE)
    tab_to(playground, form.get_by_role("radio", name="Critical"))
    keys.press("ArrowUp")
    expect(form.get_by_role("radio", name="Minor")).to_be_checked()
    fill(playground, form, "Owner", "Marcus Adeyemi (Halcyra Therapeutics AG)")
    tab_to(playground, form.get_by_role("button", name="Log issue"))
    keys.press("Enter")
    expect(form).to_have_count(0)
    expect(Desk(playground, "Annika Lindqvist").messages("NOR-ISS-008").last).to_contain_text(TITLE)


def test_what_is_wrong_is_said_at_its_field_and_nothing_that_was_typed_is_lost(lookout):
    keys, annika = lookout.keyboard, Desk(lookout, "Annika Lindqvist")
    annika.composer.fill("/issue")
    annika.composer.press("Enter")
    form = annika.window.get_by_role("dialog")
    form.get_by_label("Description").fill("Since March")
    form.get_by_role("button", name="Log issue").click()
    expect(form.get_by_label("Title")).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_label("Title")).to_be_focused()
    expect(form.get_by_label("Description")).to_have_value("Since March")
    keys.press("Shift+Tab")
    keys.press("Shift+Tab")
    expect(form.get_by_role("button", name="Log issue")).to_be_focused()
    keys.press("Tab")
    expect(form.get_by_role("button", name="Close the form")).to_be_focused()
    expect(Desk(lookout, "Tomasz Wierzbicki").composer).to_be_enabled()
    keys.press("Escape")
    expect(form).to_have_count(0)
    expect(annika.composer).to_be_focused()
