"""The cards of decisions in every state, to both sides and to a room, with the worst words too."""

from dataclasses import replace
from datetime import date, timedelta

from bot.cards import act, decision_list
from bot.cards import decision as cards
from bot.governance import deciding
from bot.governance.commitment import Evidence
from bot.governance.deciding import Matter, Table
from bot.governance.decision import Decision, Dissent, Quorum, Status
from bot.governance.party import Party
from bot.governance.session import Committee
from bot.governance.visibility import Scope, Side, Visibility
from bot.records import Entry, Hit
from bot.views import Button
from tests.gallery_words import ASTRAL, DESCRIPTION, LINES, LINK, LONG_TITLE, MARKUP, RTL, Named
from tests.governance.issues import RAISED
from tests.issue_gallery import EVERYBODY
from tests.issue_life import CALENDAR

SIDES = {"PER-04": Side.SPONSOR, "PER-05": Side.SPONSOR, "PER-09": Side.CRO, "PER-10": Side.CRO}
JOC = Committee("NOR-JOC", "P-NOR", "Joint Operations Committee", 2, "monthly", "PER-04", "PER-09", ())
DECISION = Decision(
    *("NOR-DEC-005", "NOR-DEC-005", "P-NOR", Visibility.SHARED, "Approve plan v2?", "Approve"),
    Status.PROVISIONAL,
    recorded_by="PER-09",
    recorded_at=RAISED,
    decided_on=RAISED.date(),
    rationale="Gap of 18 points",
    deciders=("PER-04", "PER-09"),
)
FULL = replace(
    DECISION,
    options=("Approve", "Reject"),
    evidence=(Evidence("https://northmere.example/plan-v2.pdf"), Evidence("binder 4, tab 2")),
    dissent=(Dissent("PER-05", "The gap is seasonal.", RAISED),),
    follow_up=date(2026, 11, 28),
    supersedes="NOR-DEC-003",
    session="NOR-MTG-06",
    study="HAL-301",
    note="one CRO member",
)
WORDS = {
    "markup": MARKUP,
    "right to left": RTL,
    "wide": ASTRAL[:3000],
    "long": DESCRIPTION[:3000],
    "lines": LINES,
}
SHARED = Scope("P-NOR", Visibility.SHARED)
OPENER = Button("Fill in the form", "decision.form", {"draft": "dec-" + "d" * 20}, primary=True, opens=True)


def matters() -> dict[str, Matter]:
    """From its birth to its end."""
    born = Matter(DECISION, Table(SIDES))
    full = Matter(FULL, Table(SIDES))
    once = deciding.recorded(full, Party("PER-09", Side.CRO), RAISED)
    twice = deciding.ratify(once, Party("PER-04", Side.SPONSOR), RAISED + timedelta(hours=1))
    return {
        "new": born,
        "everything said": full,
        "one side approved": once,
        "final": twice,
        "final before Parley": replace(born, decision=replace(DECISION, status=Status.FINAL, recorded_by="")),
        "without a quorum": Matter(FULL, Table(SIDES, Quorum.NOT_QUORATE, JOC)),
        "quorate": Matter(FULL, Table(SIDES, Quorum.QUORATE, JOC)),
        "nobody there": Matter(replace(FULL, deciders=("PER-99",)), Table({})),
        "withdrawn": deciding.withdraw(born, "twice"),
        "superseded": replace(twice, decision=replace(twice.decision, superseded_by="NOR-DEC-006")),
        "sponsor only": replace(born, decision=replace(DECISION, visibility=Visibility.SPONSOR_INTERNAL)),
        "CRO only": replace(born, decision=replace(DECISION, visibility=Visibility.CRO_INTERNAL)),
    } | {f"worst, {name}": worst(words) for name, words in WORDS.items()}


def worst(words: str) -> Matter:
    """As much of it as can be kept."""
    many = tuple(words[:200] for _ in range(20))
    said = replace(
        FULL,
        question=words[:200],
        outcome=words,
        rationale=words,
        options=many,
        evidence=tuple(Evidence(f"https://{one}.example/{words[:100]}") for one in range(20)),
        dissent=tuple(Dissent("PER-05", words, RAISED) for _ in range(8)),
        note=words,
    )
    return Matter(said, Table(SIDES))


def lines() -> tuple[Entry, ...]:
    """One of each kind."""
    codes = (
        "record",
        "load",
        "ratify",
        "dissent",
        "withdraw",
        "superseded",
        "restored",
        "quorum",
        "unheard_of",
    )
    after = {"version": 1, "status": "final", "approvals": [1], "superseded_by": "NOR-DEC-006"}
    found = [
        Entry(f"decision.{one}", "PER-04", RAISED, SHARED, "", "NOR-DEC-005", MARKUP, None, after)
        for one in codes
    ]
    return (*found, replace(found[0], person="", why=""))


def shown() -> list[Named]:
    """The live card, the whole of it, its confirmation and its reminder, to whoever reads them."""
    told: list[Named] = []
    for reader, bare in EVERYBODY.items():
        here = replace(bare, calendar=CALENDAR, history=lines(), link=LINK)
        for name, about in matters().items():
            told += [
                (f"decision.card, {name}, to {reader}", cards.card(about, here)),
                (f"decision.whole, {name}, to {reader}", cards.whole(about, here)),
                (f"decision.recorded, {name}, to {reader}", cards.recorded(about, here)),
                (f"decision.follow_up, {name}, to {reader}", cards.follow_up(about, here)),
            ]
        for line in lines():
            for name in ("new", "worst, markup"):
                about = matters()[name]
                card = cards.news(about, here, line)
                told.append((f"decision.news, {line.what} by {line.person}, {name}, to {reader}", card))
        gone_on = replace(DECISION, version=3)
        told.append(
            (
                f"decision.news, gone on, to {reader}",
                cards.news(Matter(gone_on, Table(SIDES)), here, lines()[0]),
            )
        )
    return told


def lists() -> list[Named]:
    """Empty, narrowed, found by words, and with the worst ones."""
    one, bad = matters()["final"].decision, matters()["worst, markup"].decision
    old = replace(one, superseded_by="NOR-DEC-006")
    hit = Hit(one.id, "decision", one.number, one.title, (("rationale", f"… {MARKUP} …"),))
    asked = {"status": "provisional", "mine": "yes", "study": "HAL-301", "words": MARKUP[:60]}
    page = decision_list.Page
    pages = {
        "none": ((), page(0, 10, 0)),
        "none so": ((), page(0, 10, 0, asked)),
        "gone": ((), page(3, 10, 12)),
        "some": (((one, None), (old, None), (bad, None)), page(0, 10, 3)),
        "found": (((one, hit), (bad, None)), page(1, 10, 25, asked)),
        "full": (((replace(bad, question=LONG_TITLE), None),) * 10, page(0, 10, 40)),
    }
    return [(f"decision.list, {name}", decision_list.listing(rows, at)) for name, (rows, at) in pages.items()]


def forms() -> list[Named]:
    """What stands where a form cannot be shown."""
    told = {"": "", "said": "decision record approve", "worst": MARKUP}
    return [
        (f"decision.{kind}, {name}", act.instead("Record a decision", "Say why.", words, OPENER))
        for kind in ("form", "act")
        for name, words in told.items()
    ]


def everything() -> list[Named]:
    """All of them."""
    return [*shown(), *lists(), *forms()]
