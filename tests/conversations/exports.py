"""A browser, for whoever fetches what they asked for in chat."""

import re

import httpx

ADDRESS = re.compile(r"/export/[0-9a-f]+")
CODE = re.compile(r"[A-Z]\d-\d\d")


class Browser:
    """It keeps its cookies, as browsers do."""

    def __init__(self, world):
        self.world = world
        self.client = httpx.Client(base_url=world.url, follow_redirects=True)

    def open(self, seen):
        """Follow the link of a card and press the page's button; the code it shows."""
        self.path = ADDRESS.search(seen.words)[0]
        assert "Open it in this browser" in self.client.get(self.path).text
        page = self.client.post(self.path).text
        self.world.settle()
        found = CODE.search(page)
        return found[0] if found else page

    def fetch(self):
        """The file's bytes; None where there is none."""
        got = self.client.get(f"{self.path}/file")
        self.world.settle()
        return got.content if got.headers.get("content-disposition") else None


def asked_for(voice, words, kind="JSON", at="direct"):
    """The card with the link."""
    return voice.press(kind, voice.say(f"export {words}".strip(), at=at))


def taken(voice, words, kind="JSON", at="direct"):
    """The whole way: asked for, opened, said to be theirs, fetched."""
    browser = Browser(voice.world)
    code = browser.open(asked_for(voice, words, kind, at))
    question = voice.inbox[-1]
    assert f"shows the code {code}. Is that your browser?" in question
    voice.press("Yes, that is mine", question)
    return browser.fetch()
