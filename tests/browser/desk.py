"""A person at their window of the playground's page: they find, type and press as anybody would."""

from playwright.sync_api import Locator, Page, expect


class Desk:
    """One person, on whichever platform they are; whatever they do, the window is switched to them first."""

    def __init__(self, page: Page, name: str, company: str = "") -> None:
        group = f"optgroup[label*='{company}']" if company else "optgroup"
        option = page.locator(f"{group} option").filter(has_text=name)
        option.wait_for(state="attached")
        self.id = option.get_attribute("value")
        self.switch = option.locator("xpath=ancestor::select")
        self.side = (self.switch.get_attribute("data-testid") or "").removesuffix("-me")
        self.page = page

    @property
    def window(self) -> Locator:
        """Their window, with them in it."""
        self.switch.select_option(self.id)
        return self.page.get_by_test_id(f"{self.side}-window")

    @property
    def composer(self) -> Locator:
        return self.window.get_by_test_id(f"{self.side}-composer")

    def say(self, text: str) -> None:
        """Type it to Parley and send it with Enter: each platform, and a direct message, has its own way."""
        box = self.composer
        direct = box.get_attribute("aria-label") == "Message in Parley"
        begins = {"slack": "/", "teams": "@Parley "}[self.side]
        box.fill(text if direct else f"{begins}{text}")
        box.press("Enter")
        expect(box).to_have_value("")

    def open(self, conversation: str) -> None:
        """Go to a channel by its name, or to "Parley" for the direct message."""
        self.entry(conversation).click()
        expect(self.composer).to_have_attribute("aria-label", f"Message in {conversation}")

    def entry(self, conversation: str) -> Locator:
        """Its line in the side bar."""
        return self.window.get_by_title(conversation, exact=True)

    def look_for_answer(self) -> None:
        """A private answer stands where one asked on Slack, and in the personal chat on Teams."""
        if self.side == "teams":
            self.open("Parley")

    def messages(self, words: str) -> Locator:
        """Those in the open conversation that say this."""
        return self.window.get_by_test_id("message").filter(has_text=words)

    def press(self, label: str) -> None:
        """The newest such button in sight."""
        self.window.get_by_role("button", name=label, exact=True).last.click()
