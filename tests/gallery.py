"""Every card of the product, built by its own builders, with everyday words and with the worst ones."""

import string
from dataclasses import replace
from datetime import date, timedelta

from bot import menu
from bot.actors import Actor, Role
from bot.cards import admission, general, installing
from bot.cards import issue as cards
from bot.errors import Refusal
from bot.governance.issue import Issue, State
from bot.governance.life import acknowledge, moved, unseen
from bot.governance.partnership import Level, Partnership, Person
from bot.governance.visibility import Side, Visibility, room_scopes, scopes
from bot.handlers.issue_ask import EmptyTitle
from bot.intents import Handle
from bot.outbox import Letter
from bot.ports import Admission, Installation, Opening
from bot.views import Button, Card
from tests import rooms_gallery, setup_gallery
from tests.governance.issues import ISSUE, LIMIT, RAISED

MARKUP = (
    "<!channel> <@U09> <at>All</at> & &lt;b&gt; *bold* _it_ ~no~ `code` > quoted :tada: "
    "[click](https://evil.example) <https://evil.example|here> {{DATE(2026-11-02T10:00Z, SHORT)}} ${x} # 1."
)
RTL = "تأخر الملفات في الموقع 104 \u2067שלום \u202eevil\u202c\u2069 TMF"
EMOJI = "👩\u200d🔬 backlog 🔥 ﷽ e\u0301 \u200bx"
LONG_TITLE = ("Zweihundertzeichentitel mit vielen langen Wörtern über die Ablage im Prüfzentrum " * 3)[:200]
LONG_WORD = "x" * 200
DESCRIPTION = ("Site 104 files late; the monitor has left and nobody was named in her place. " * 52)[:4000]
ASTRAL = ("😀" * 7 + " ") * 500
LINES = "line\n\n" * 666
WORST = {"markup": MARKUP, "right to left": RTL, "emoji": EMOJI, "200": LONG_TITLE, "one word": LONG_WORD}

NORTHMERE = Partnership(
    "P-NOR", "ORG-HAL", "ORG-NOR", "Halcyra Therapeutics AG", "Northmere Clinical Ltd", "CAL-EU", "ESC-1"
)


def person(id_: str, organisation: str, name: str) -> Person:
    return Person(id_, organisation, name, "", "Europe/London", "")


PEOPLE = {
    "PER-04": person("PER-04", "ORG-HAL", "Tomasz Wierzbicki"),
    "PER-05": person("PER-05", "ORG-HAL", MARKUP[:60]),
    "PER-09": person("PER-09", "ORG-NOR", "Annika Lindqvist"),
    "PER-10": person("PER-10", "ORG-NOR", "Rafael Okonkwo-Brandão"),
}
WORKS = frozenset({Role.STUDY_LEAD})
PARTNERSHIPS = frozenset({"P-NOR"})


def reader(id_: str, side: Side, zone: str) -> Actor:
    sees = scopes(PARTNERSHIPS, side)
    return Actor(id_, "", "", side, WORKS, PARTNERSHIPS, sees, zone)


TOMASZ = reader("PER-04", Side.SPONSOR, "Asia/Kathmandu")
ANNIKA = reader("PER-09", Side.CRO, "Europe/London")
ROOM = replace(TOMASZ, person="", room="R1", sees=room_scopes("P-NOR", Visibility.SHARED))
HERE = {name: cards.Setting(one, NORTHMERE, PEOPLE) for name, one in (("Tomasz", TOMASZ), ("Annika", ANNIKA))}
THERE = HERE["Tomasz"]

KNOWN = acknowledge(ISSUE, "PER-04", RAISED + timedelta(hours=3))
AT_L2 = moved(unseen(ISSUE, LIMIT + timedelta(days=1)), Level.L2, LIMIT)
AT_L3 = moved(unseen(AT_L2, None), Level.L3, LIMIT + timedelta(days=1))
STEP = cards.Step(LIMIT, Level.L1, Level.L2, LIMIT)
NEXT_STEP = cards.Step(LIMIT + timedelta(days=1), Level.L2, Level.L3, LIMIT + timedelta(days=1))
FULL = replace(ISSUE, study="HAL-301", category="data_integrity", due=date(2026, 11, 20))
RESTRICTED = replace(ISSUE, visibility=Visibility.RESTRICTED, readers=frozenset({"PER-05", "PER-04"}))
CLIMBED = replace(THERE, climbs=(STEP, NEXT_STEP))

LINK = (
    "https://northmere.example/archives/C0HALCYRA/p1794300000000100?thread_ts=1794300000.000100&cid=C0HALCYRA"
)
OPENER = Button("Fill in the form", "issue.form", {"draft": "d" * 20}, primary=True, opens=True)

Named = tuple[str, Card]


def issue_cards() -> list[Named]:
    """The live card through an issue's life, and what it says to whom."""
    states = {
        "new": ISSUE,
        "everything said": replace(FULL, description="Fourteen reports.\n\nThe monitor has left."),
        "acknowledged": KNOWN,
        "acknowledged before Parley": replace(KNOWN, acknowledged_by=""),
        "no limit": replace(ISSUE, ack_due=None),
        "ran out before Parley": replace(ISSUE, ack_due=None, missed=True),
        "closed": replace(ISSUE, state=State.CLOSED),
        "restricted": RESTRICTED,
        "restricted, readers gone": replace(RESTRICTED, readers=frozenset()),
        "sponsor only": replace(ISSUE, visibility=Visibility.SPONSOR_INTERNAL, raised_side=Side.SPONSOR),
        "CRO only": replace(ISSUE, visibility=Visibility.CRO_INTERNAL),
        "people gone": replace(ISSUE, owner="PER-99", raised_by="PER-98"),
        "no owner": replace(ISSUE, owner=""),
        "hostile owner": replace(KNOWN, owner="PER-05", acknowledged_by="PER-05"),
    }
    shown = [(f"issue.card, {name}", cards.card(state, THERE)) for name, state in states.items()]
    shown += [(f"issue.card, to {name}", cards.card(FULL, here)) for name, here in HERE.items()]
    shown += [("issue.card, in a room", cards.card(FULL, replace(THERE, reader=ROOM)))]
    shown += [("issue.card, climbed", cards.card(AT_L2, replace(CLIMBED, climbs=(STEP,))))]
    return [*shown, ("issue.card, climbed to the top", cards.card(AT_L3, CLIMBED))]


def worst_issues() -> list[Named]:
    """The same card with the worst words there are."""
    texts = {"4,000": DESCRIPTION, "4,000 wide signs": ASTRAL, "many lines": LINES}
    long = [(name, replace(FULL, title=LONG_TITLE, description=text)) for name, text in texts.items()]
    odd = [
        (name, replace(FULL, title=text, description=f"{text}\n{text}", category=text[:60]))
        for name, text in WORST.items()
    ]
    return [(f"issue.card, worst, {name}", cards.card(issue, CLIMBED)) for name, issue in (*long, *odd)]


def alarms() -> list[Named]:
    """Before and after somebody acknowledged, climbed further or closed it."""
    told = {
        "missed": (AT_L2, STEP),
        "missed again": (AT_L3, NEXT_STEP),
        "moved on since": (AT_L3, STEP),
        "acknowledged since": (acknowledge(AT_L2, "PER-04", LIMIT + timedelta(hours=1)), STEP),
        "acknowledged by nobody we know": (replace(KNOWN, acknowledged_by=""), STEP),
        "closed since": (replace(AT_L2, state=State.WITHDRAWN), STEP),
        "internal": (replace(AT_L2, visibility=Visibility.CRO_INTERNAL), STEP),
        "worst": (replace(AT_L2, title=MARKUP, description=DESCRIPTION), STEP),
    }
    return [(f"issue.alarm, {name}", cards.alarm(issue, THERE, step)) for name, (issue, step) in told.items()]


def numbered(count: int, title: str) -> tuple[Issue, ...]:
    states = (ISSUE, KNOWN, AT_L2, replace(ISSUE, state=State.ON_HOLD), RESTRICTED)
    return tuple(
        replace(states[at % 5], number=f"NOR-ISS-{at:03}", title=f"{at} {title}"[:200]) for at in range(count)
    )


def lists() -> list[Named]:
    """Empty, short, a page of ten, and pages of ten bad titles."""
    here = {"P-NOR": THERE}
    shown = [
        ("issue.list, nothing open", cards.listing((), here, cards.Page(0, 10, 0))),
        ("issue.list, a page that emptied", cards.listing((), here, cards.Page(3, 10, 27, "P-NOR"))),
        ("issue.list, one", cards.listing((ISSUE,), here, cards.Page(0, 10, 1))),
        (
            "issue.list, a page",
            cards.listing(numbered(10, ISSUE.title), here, cards.Page(1, 10, 37, "P-NOR")),
        ),
    ]
    for name, title in WORST.items():
        page = cards.Page(0, 10, 10)
        shown.append((f"issue.list, worst, {name}", cards.listing(numbered(10, title), here, page)))
    return shown


def asked(count: int, words: str, said: str) -> Card:
    buttons = tuple(
        Button(f"{one} {words}"[:75], "issue.answer", {"draft": "d" * 20, "owner id": f"PER-{one}"})
        for one in range(count)
    )
    return cards.question(f"Which {words}?", said, buttons, "Or say the full name: …, owner Ada Lovelace")


def general_cards() -> list[Named]:
    """Questions, confirmations, and what belongs to no noun."""
    built = menu.open_letter(Opening(None, TOMASZ, Letter("help"), RAISED))  # type: ignore[arg-type]  # help asks no archive
    assert built is not None
    return [
        ("issue.logged", cards.logged(FULL, HERE["Annika"])),
        ("issue.logged, acknowledged", cards.logged(KNOWN, HERE["Annika"])),
        ("issue.logged, worst", cards.logged(replace(FULL, title=MARKUP), HERE["Annika"])),
        ("issue.logged, changed", cards.logged(FULL, HERE["Annika"], "Changed")),
        ("issue.logged, from a message", cards.logged(FULL, replace(HERE["Annika"], link=LINK))),
        ("issue.form, unfit", cards.unfit(EmptyTitle().sentence, DESCRIPTION, OPENER)),
        ("issue.form, empty", cards.empty(OPENER)),
        ("issue.form, three answers", asked(3, "Annika", "issue TMF backlog, owner annika")),
        ("issue.form, ten answers", asked(10, "Maria", DESCRIPTION)),
        ("issue.form, no answers", asked(0, "Maria", "late")),
        ("issue.form, worst", asked(10, MARKUP, ASTRAL)),
        ("help", built[0]),
        ("nothing saved", general.NOTHING_SAVED),
        ("not confirmed", general.NOT_CONFIRMED),
        ("fault", general.fault("4f9c2a71")),
    ]


def admissions() -> list[Named]:
    """What a stranger hears, and what their administrator sees."""
    handles = [Handle("slack", "T0NORTHMERE", "U0NEW", "Zoë Núñez"), Handle("teams", "t", "aad-77", "")]
    handles += [Handle("slack", "T0NORTHMERE", "U0BAD", MARKUP)]
    shown = [("admission.unknown", admission.UNKNOWN), ("admission.welcome", admission.WELCOME)]
    for handle in handles:
        for state in ("asked", "approved", "refused"):
            one = Admission("a" * 20, "ORG-NOR", handle, state, RAISED)
            name = f"admission.asked, {state}, {handle.user}"
            shown.append((name, admission.asked(one, ANNIKA, "David Mensah")))
    return shown


SAID = {
    **{"number": "NOR-ISS-008", "choices": "NOR-ISS-008 or QUI-ISS-008", "example": "issue list"},
    **{"name": PEOPLE["PER-04"].name, "when": "Tue 10 Nov 2026, 09:00 GMT", "day": "Fri 6 Nov 2026"},
    **{"owner": PEOPLE["PER-10"].name},
    **{"raiser": NORTHMERE.cro_name, "other": NORTHMERE.sponsor_name, "state": "closed", "verb": "ack"},
    **{"count": "4,001", "studies": "HAL-301, HAL-202", "meant": "acknowledge", "words": "soon"},
    **{"companies": f"{NORTHMERE.sponsor_name} and {NORTHMERE.cro_name}", "said": "plan for site 104"},
}


def installs() -> list[Named]:
    """Locked out of a workspace, let in again, and the operator's test message."""
    out = Installation("slack", "T0NORTHMERE", "Northmere", locked_out=RAISED, let_in=LIMIT)
    shown = {
        "locked out": installing.locked_out(out, 12, "https://parley.example/slack/install", "Europe/London"),
        "one waits": installing.locked_out(replace(out, name="", locked_out=None), 1, "", "Europe/London"),
        "worst": installing.locked_out(replace(out, name=MARKUP[:60]), 12_000, LINK, "Asia/Kathmandu"),
        "let in": installing.let_in(out, "Europe/London"),
    }
    told = [(f"install.locked_out, {name}", card) for name, card in shown.items()]
    return [*told, ("check.hello", installing.HELLO)]


def refusals() -> list[Named]:
    """Every way of saying no, alone; with the worst words; and with the record beside it."""
    shown = []
    for name, kind in sorted(Refusal.known.items()):
        wanted = {part[1] for part in string.Formatter().parse(kind.__doc__ or "") if part[1]}
        plain = {fact: SAID.get(fact, f"the {fact}") for fact in wanted}
        worst = dict.fromkeys(wanted, MARKUP)
        shown.append((f"refusal, {name}", general.refusal(kind(**plain).sentence, None)))
        shown.append((f"refusal, {name}, worst", general.refusal(kind(**worst).sentence, None)))
    beside = cards.card(replace(KNOWN, title=LONG_TITLE, description=DESCRIPTION), CLIMBED)
    sentence = Refusal.again("AlreadyAcknowledged", SAID).sentence
    return [*shown, ("refusal, with the record beside it", general.refusal(sentence, beside))]


GALLERY: tuple[Named, ...] = tuple(
    named
    for wall in (
        *(issue_cards, worst_issues, alarms, lists, general_cards),
        *(admissions, installs, refusals, rooms_gallery.rooms, setup_gallery.cards),
    )
    for named in wall()
)
