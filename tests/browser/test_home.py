"""The app's home in the page: opened by its tab, pressed there, and drawn again after what was done."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.browser.test_looks import broken

pytestmark = pytest.mark.browser


def test_what_waits_is_done_in_the_home_tab_and_is_gone_from_it(playground: Page, axe: str) -> None:
    tomasz, annika = Desk(playground, "Tomasz Wierzbicki"), Desk(playground, "Annika Lindqvist")
    tomasz.say("issue Freezer alarm at site 104, major, owner @tomasz, due 30 Nov")
    annika.open("Parley")
    annika.window.get_by_role("button", name="Home", exact=True).click()
    home = annika.window.get_by_test_id("slack-home")
    expect(home).to_contain_text("Freezer alarm at site 104")
    home.get_by_role("button", name="Acknowledge", exact=True).click()
    sheet = annika.window.get_by_role("dialog")
    expect(sheet).to_contain_text("Acknowledged by Annika Lindqvist")
    assert broken(playground, axe) == []
    sheet.get_by_role("button", name="Close", exact=True).click()
    expect(home.get_by_role("button", name="Acknowledge", exact=True)).to_have_count(0)
    assert broken(playground, axe) == []
    for width in (1280, 400):
        playground.set_viewport_size({"width": width, "height": 900})
        assert playground.evaluate("document.documentElement.scrollWidth") <= width
