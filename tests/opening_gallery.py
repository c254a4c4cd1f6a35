"""What is shown where a record is opened up or closed down, and where somebody is tagged; the worst too."""

from dataclasses import replace

from bot.cards import blinding, issue_closing, issue_preview, issue_readers
from bot.cards.issue_preview import Seen, Shown
from bot.governance.blinding import Blinding
from bot.governance.visibility import Visibility
from bot.handlers.issue_share import WORDS, asked
from bot.views import Form
from tests.gallery_words import DESCRIPTION, LONG_TITLE, MARKUP, PEOPLE, WORST, Named
from tests.issue_gallery import FULL, HERE, RESTRICTED

OWN = replace(FULL, id="NORI-ISS-001", number="NORI-ISS-001", visibility=Visibility.CRO_INTERNAL)
THERE = HERE["Annika"]
NAMES = tuple(one.name for one in PEOPLE.values())
SEEN = Seen(
    (("Halcyra Therapeutics AG", NAMES), ("Northmere Clinical Ltd", NAMES[:2])), ("halcyra", "general")
)
NOBODY = Seen((("Halcyra Therapeutics AG", ()), ("Northmere Clinical Ltd", NAMES[:1])))
CROWD = Seen(
    (("Halcyra Therapeutics AG", tuple(f"Person {one} of many" for one in range(400))),), ("a",) * 20
)
KNOWN = dict.fromkeys(WORDS, "") | {"title": "TMF backlog", "severity": "major", "owner id": "PER-10"}
FILLED = KNOWN | {
    "due": "2026-11-27",
    "study": "HAL-301",
    "category": "data_integrity",
    "description": "Late.",
}


def previews() -> list[Named]:
    """Before a record is shared."""
    worst = {name: {**FILLED, "title": words[:200], "description": words} for name, words in WORST.items()}
    worst["long"] = {**FILLED, "title": LONG_TITLE[:200], "description": DESCRIPTION[:3000]}
    shown = {
        "as it comes": Shown("see-1", FILLED, SEEN),
        "bare": Shown("see-1", KNOWN, NOBODY),
        "moved on": Shown("see-1", FILLED, SEEN, moved=True),
        "a breach": Shown("see-1", FILLED, SEEN, breach=True),
        "a crowd": Shown("see-1", FILLED, CROWD),
        **{f"worst, {name}": Shown("see-1", words, SEEN) for name, words in worst.items()},
    }
    cards = [(f"issue.preview, {name}", issue_preview.share(OWN, THERE, one)) for name, one in shown.items()]
    return [*cards, ("issue.left", issue_preview.left(OWN))]


def cards() -> list[Named]:
    """Opened, closed, let in, taken off, tagged."""
    rooms = {"ROOM-1": "HAL x Northmere (Halcyra Therapeutics AG)", "ROOM-2": MARKUP[:60]}
    standing = issue_closing.Standing(rooms, {"ROOM-1": 1, "PER-04": 2, "PER-09": 3})
    new = issue_readers.NewReader("see-1", "PER-10", 4, 1)
    named = replace(RESTRICTED, title=MARKUP)
    tags = [(f"setup.tagged, {tag or 'none'}", blinding.tagged(tag, "David Okonkwo")) for tag in Blinding]
    return [
        *previews(),
        ("issue.unshared", issue_closing.unshared(FULL, OWN, THERE, standing)),
        ("issue.unshared, nowhere", issue_closing.unshared(OWN, named, THERE, issue_closing.Standing())),
        ("issue.readers", issue_readers.one_more(RESTRICTED, THERE, new)),
        ("issue.readers, worst", issue_readers.one_more(named, THERE, replace(new, person="PER-05"))),
        ("issue.readers, taken off", issue_readers.taken_off(RESTRICTED, THERE, "PER-10")),
        *tags,
        ("issue.unblinded", blinding.pointed(FULL)),
    ]


def _form(name: str, known: dict[str, str], error: str = "") -> tuple[str, Form]:
    fields = (replace(one, error=error) for one in asked(OWN, THERE, known, ("HAL-301", "HAL-202")))
    instead = issue_preview.left(OWN)
    drawn = Form("Share NORI-ISS-001", "issue.act_submit", tuple(fields), {"draft": "act-1"}, instead=instead)
    return f"share, {name}", drawn


FORMS = (
    _form("empty", KNOWN),
    _form("filled", FILLED),
    _form("wrong", FILLED, "“HAL-103” is not for Northmere Clinical Ltd to know; leave that out."),
    _form("worst", {**FILLED, "title": MARKUP[:200], "description": DESCRIPTION[:3000]}),
)
