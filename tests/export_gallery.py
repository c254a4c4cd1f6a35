"""The cards of searching and taking away, with everyday words and with the worst ones."""

from dataclasses import replace

from bot.cards import export, search
from bot.cards.issue_facts import headline
from bot.dossier import Dossier, Item, Link
from bot.governance.export import About, ExportLink, Format, State
from bot.records import Hit
from tests.gallery_words import (
    ASTRAL,
    DESCRIPTION,
    LONG_TITLE,
    LONG_WORD,
    MARKUP,
    NORTHMERE,
    PEOPLE,
    RTL,
    Named,
)
from tests.governance.issues import LIMIT, RAISED
from tests.issue_gallery import FULL

LINE = Link(
    *("P-NOR:shared", 1, RAISED, "PER-04", "issue.log", FULL.id, "P-NOR", "shared", "", 1),
    *("{}", "salt", "a" * 64, "", "b" * 64),
)
COMPANIES = (("ORG-HAL", NORTHMERE.sponsor_name), ("ORG-NOR", NORTHMERE.cro_name))
DOSSIER = Dossier(
    "HAL-301, with “enrolment”",
    *(PEOPLE["PER-09"], NORTHMERE.cro_name, (NORTHMERE,), RAISED),
    (Item(FULL, headline(FULL), (), ()),),
    *(tuple(PEOPLE.values()), COMPANIES, (LINE,), ()),
)
WAY = export.Way({"study": "HAL-301", "words": "enrolment"}, open=True)
LINK = ExportLink(
    "e" * 20, "PER-09", About(study="HAL-301"), Format.PDF, LIMIT, State.ASKED, "c", "K7-42", 1, 2
)
ADDRESS = "https://parley.example/export/" + "a" * 40
WORDS = {"short": "HAL-301", "markup": MARKUP, "long": LONG_TITLE, "wide": ASTRAL[:400], "right to left": RTL}


def everything() -> list[Named]:
    """What is asked, shown and said while something is searched for and taken away."""
    return [*_summaries(), *_links(), *_found()]


def _summaries() -> list[Named]:
    broken = replace(DOSSIER, broken="Line 12 of the chain P-NOR:shared was changed.")
    before = replace(
        WAY, before=(f"{MARKUP}, Tue 10 Nov 2026, 09:00 GMT", "whoever runs Parley, Tue 10 Nov 2026")
    )
    closed = replace(WAY, open=False)
    shown = [("plain", DOSSIER, WAY), ("broken", broken, before), ("closed", DOSSIER, closed)]
    shown += [(name, replace(DOSSIER, about=words, company=words), before) for name, words in WORDS.items()]
    some = tuple((NORTHMERE, name) for name in ("Northmere", MARKUP, *["Quillon Data Sciences SL"] * 9))
    told = [(f"export.summary, {name}", export.summary(one, way)) for name, one, way in shown]
    return [*told, ("export.which", export.which(some[:2])), ("export.which, many", export.which(some))]


def _links() -> list[Named]:
    states = [replace(LINK, state=state) for state in State if state is not State.MADE]
    asked = [(f"export.asked, {one.state}", export.asked(one, "HAL-301")) for one in states]
    asked += [(f"export.asked, {name}", export.asked(LINK, words)) for name, words in WORDS.items()]
    made = [(f"export.made, {name}", export.made(LINK, words, ADDRESS)) for name, words in WORDS.items()]
    tried = export.made(LINK, "HAL-301", "http://127.0.0.1:3978/export/" + "a" * 40)
    return [
        *asked,
        *made,
        ("export.made, tried out", tried),
        ("export.made, nowhere", export.made(LINK, "x", "")),
    ]


def _found() -> list[Named]:
    places = (("title", "Enrolment 18 points under plan"), ("note", "…if it is below 82%. Do not share."))
    row = (Hit(FULL.id, "issue", FULL.number, FULL.title, places), "in progress")
    decided = (Hit("NOR-DEC-001", "decision", "NOR-DEC-001", "A third site?", places[:1]), "final")
    done = (Hit("NOR-ACT-001", "action", "NOR-ACT-001", MARKUP, (("text", MARKUP),)), "open")
    told = (("story", MARKUP), ("update", DESCRIPTION[:120]))
    worst = (Hit(FULL.id, "issue", FULL.number, LONG_TITLE, told), "acknowledged")
    page = search.Found(("enrolment", "HAL-301"), 0, 10, 2, {"words": "enrolment\nHAL-301"})
    many = replace(page, number=1, total=35, words=(LONG_WORD[:60], MARKUP[:60], RTL, ASTRAL[:60]))
    shown = {"three": ((row, decided, done), page), "many": ((worst,) * 10, many), "gone": ((), many)}
    nothing = replace(page, total=0)
    shown |= {"none": ((), nothing), "none, worst": ((), replace(nothing, words=many.words))}
    return [(f"search.found, {name}", search.found(rows, one)) for name, (rows, one) in shown.items()]
