"""The browser of the browser tests itself works, on a machine where nothing was installed for it."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_chromium_draws_a_page_and_presses_its_button(page: Page) -> None:
    page.set_content("<button onclick=\"this.textContent = 'acknowledged'\">Acknowledge</button>")
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_role("button")).to_have_text("acknowledged")
