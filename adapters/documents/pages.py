"""The few pages a browser sees on its way to an export: plain HTML without scripts, kept by nobody.

Every address in them is relative, so that a proxy may put them under a path of its own.
"""

import html
from dataclasses import dataclass

from fastapi import Response
from fastapi.responses import HTMLResponse

AGAIN = 4  # seconds between two looks of a page that waits
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
{refresh}<title>{title} · Parley</title>
<style>
body {{ font: 1.1rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 16vh auto; padding: 0 1.5rem }}
h1 {{ font-size: 1.5rem; line-height: 1.3 }}
.code {{ font: 600 2.6rem/1.2 ui-monospace, monospace; letter-spacing: .06em }}
button {{ font: inherit; padding: .6rem 1.2rem; cursor: pointer }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}</main>
</body>
</html>
"""
SAFE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


@dataclass(frozen=True, slots=True)
class Page:
    """`words` are paragraphs, `code` stands large after the first one, `button` sends the form.

    `link` is (text, address). `refresh` is after how many seconds a browser goes where, "4" for here again.
    """

    title: str
    words: tuple[str, ...]
    status: int = 200
    code: str = ""
    button: str = ""
    link: tuple[str, str] = ("", "")
    refresh: str = ""


GONE = Page(
    "This link leads nowhere any more",
    (
        "An export’s link works once, for 15 minutes, and in one browser.",
        "Ask Parley for a new one in chat: write “export” and what you want.",
    ),
    404,
)
CLOSED = Page(
    "An export from Parley",
    (
        "Press the button if it is you who asked Parley for it. Parley then asks you in chat whether this is "
        "your browser.",
    ),
    button="Open it in this browser",
)
LATER = "Nothing is lost. Load this page again in a minute."
UNREACHABLE = Page("The record cannot be reached", (LATER,), 503)
TOO_OFTEN = Page("Too many requests", ("Wait a minute, then load this page again.",), 429)
ELSEWHERE = Page("This did not come from here", ("Open the link itself and press the button there.",), 403)


def waiting(token: str, code: str) -> Page:
    """Until its person said yes in chat."""
    words = (
        "Parley has asked you, in your own chat with it, whether the browser with this code is yours.",
        "Say yes there and the file comes here. This page looks again by itself every few seconds.",
    )
    return Page("Is this your browser?", words, code=code, link=("Look again now", token), refresh=f"{AGAIN}")


def ready(token: str, kind: str) -> Page:
    """The file is asked for by the page itself, once."""
    words = (f"Your browser fetches the {kind} now. It can be fetched once; you may close this page then.",)
    file = f"{token}/file"
    link = ("Fetch it, if it does not come", file)
    return Page("Here is your file", words, link=link, refresh=f"1; url={file}")


def not_made(sentence: str) -> Page:
    """The file could not be written, for a reason that is told."""
    return Page("The file could not be made", (sentence,), 409)


def answer(page: Page) -> Response:
    """The page as a browser gets it."""
    refresh = f'<meta http-equiv="refresh" content="{html.escape(page.refresh)}">\n' if page.refresh else ""
    body = refresh, html.escape(page.title), "".join(_body(page))
    told = PAGE.format(**dict(zip(("refresh", "title", "body"), body, strict=True)))
    return HTMLResponse(told, page.status, SAFE | ({"Retry-After": "60"} if page.status == 429 else {}))


def _body(page: Page) -> list[str]:
    first, *rest = (f"<p>{html.escape(words)}</p>\n" for words in page.words)
    code = [f'<p class="code" role="status">{html.escape(page.code)}</p>\n'] if page.code else []
    words, where = page.link
    link = [f'<p><a href="{html.escape(where)}">{html.escape(words)}</a></p>\n'] if words else []
    pressed = f"<button>{html.escape(page.button)}</button>"
    button = f'<form method="post">{pressed}</form>\n'
    return [first, *code, *rest, *link, *([button] if page.button else [])]
