"""The cards and forms of a promise through its life, to both sides and a room, with the worst words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from bot.cards import commit as cards
from bot.cards import commit_buttons, commit_list
from bot.cards.setting import Setting
from bot.governance import promise as rules
from bot.governance.change import difference
from bot.governance.commitment import Claim, Commitment, Evidence, State
from bot.governance.party import Party
from bot.governance.reminders import Event
from bot.governance.visibility import Scope, Side, Visibility
from bot.handlers import commit_acts
from bot.handlers.acting import Act
from bot.handlers.commit import COMMITMENTS
from bot.handlers.scene import Scene
from bot.records import Draft, Entry
from bot.views import Choice, DateField, Form, TextField
from tests.gallery_words import LINK, LONG_TITLE, MARKUP, OPENER, WORST, Named
from tests.governance.promises import ACCEPTED, ANNIKA, CALENDAR, NOW
from tests.issue_gallery import EVERYBODY

TOMASZ = Party("PER-04", Side.SPONSOR)
OWN = replace(ACCEPTED, receiver="PER-04", study="HAL-301", linked={"kpi": "NOR-KPI-03"})
LATER = date(2026, 12, 4)


def lived() -> Iterator[tuple[str, str, Commitment]]:
    """Its name, what was done, and how it stands then."""
    yield "accepted", "make", OWN
    yield "proposed", "make", replace(OWN, state=State.PROPOSED, made_by="PER-04", accepted_by="")
    yield "declined", "decline", rules.decline(OWN, MARKUP)
    yield "withdrawn", "withdraw", rules.withdraw(OWN, "The study has ended.")
    yield "late", "late", replace(OWN, rang={"late": OWN.due.isoformat()})
    yield "past its limit", "limit", replace(OWN, rang={"limit": OWN.due.isoformat()})
    moved = OWN
    for count in range(5):
        moved = rules.move(moved, ANNIKA, LATER + timedelta(count), f"{count}: {MARKUP}", NOW)
    yield "moved five times", "move", moved
    done = rules.done(moved, ANNIKA, Claim(Side.CRO, MARKUP, "PER-09", NOW), NOW.date(), CALENDAR)
    yield "done", "done", done
    shown = rules.show(rules.show(done, Evidence(LINK, "PER-09", NOW)), Evidence(MARKUP, "PER-05", NOW))
    yield "shown", "evidence", shown
    disputed = rules.dispute(shown, Claim(Side.SPONSOR, "Two are missing.", "PER-04", NOW))
    yield "disputed", "dispute", disputed
    yield "disputed, never claimed", "dispute", rules.dispute(OWN, Claim(Side.SPONSOR, "", "PER-05"))
    yield "confirmed", "confirm", rules.confirm(disputed, TOMASZ, NOW)
    yield "silence", "confirm", rules.fall_silent(shown)
    yield "internal", "make", replace(OWN, visibility=Visibility.CRO_INTERNAL, receiver="PER-10")
    yield "people gone", "make", replace(OWN, owner="PER-99", receiver="PER-98", made_by="")
    yield "on a holiday", "make", replace(OWN, due=date(2026, 11, 26))
    for name, words in WORST.items():
        yield name, "make", replace(OWN, text=words)
    full = replace(shown, evidence=tuple(Evidence(f"{LINK}&n={one}") for one in range(20)), text=LONG_TITLE)
    yield "full", "evidence", full


LIVES = tuple(lived())


def told(promise: Commitment, what: str) -> Entry:
    scope = Scope(promise.partnership, promise.visibility)
    change = difference(None, replace(promise, version=promise.version))
    return Entry(f"commit.{what}", promise.owner, NOW, scope, "", promise.id, "", *change)


def here(name: str, promise: Commitment, what: str) -> Setting:
    return replace(EVERYBODY[name], now=NOW, calendar=CALENDAR, history=(told(promise, what),), link=LINK)


def everything() -> list[Named]:
    """Each state as each reader's live card, and as one of them reads it otherwise."""
    shown: list[Named] = []
    for name, what, one in LIVES:
        shown += [
            (f"commit.card, {name}, to {who}", cards.card(one, here(who, one, what))) for who in EVERYBODY
        ]
        there = here("Tomasz", one, what)
        shown += [
            (f"commit.made, {name}", cards.made(one, there, "Promised")),
            (f"commit.whole, {name}", cards.whole(one, there)),
            (f"commit.more, {name}", commit_buttons.more(one, there)),
            (f"commit.news, {name}", cards.news(one, there, told(one, what))),
        ]
    return [*shown, *reminders(), *lists(), *((f"commit.act, {name}", one.instead) for name, one in FORMS)]


def reminders() -> list[Named]:
    """What is said on each morning."""
    done = next(one for name, _, one in LIVES if name == "done")
    shown = [(event, done if event is Event.CLAIM else OWN) for event in Event]
    return [
        (f"commit.reminder, {event}", cards.reminder(one, here("Annika", one, "make"), event))
        for event, one in shown
    ]


def lists() -> list[Named]:
    """A full page, and none."""
    every = tuple(replace(one, id=f"{at}") for at, (_, _, one) in enumerate(islice(LIVES, 10)))
    settings = {OWN.partnership: here("Annika", OWN, "make")}
    asked = {"mine": "yes", "late": "yes", "study": "HAL-301", "page": "0"}
    pages = {
        "full": commit_list.Page(1, 10, 42, asked, "3/8"),
        "all": commit_list.Page(0, 10, 10, {"which": "all"}),
    }
    shown = [
        (f"commit.list, {name}", commit_list.listing(every, settings, page)) for name, page in pages.items()
    ]
    none = {"empty": commit_list.Page(0, 10, 0), "narrowed": commit_list.Page(0, 10, 0, asked)}
    none["gone"] = commit_list.Page(3, 10, 12)
    shown += [(f"commit.list, {name}", commit_list.listing((), {}, page)) for name, page in none.items()]
    return [*shown, ("commit.form, empty", cards.empty(OPENER))]


def formed(act: Act[Commitment], words: str = "") -> Form:
    """The form of that act, with these words in every field that takes words."""
    promise = LIVES[0][2]
    begun = Scene(COMMITMENTS, None, promise, ANNIKA, here("Annika", promise, "make"), NOW, {})  # type: ignore[arg-type]  # these forms ask no archive
    known = {one.name: words for one in act.fields(begun) if isinstance(one, TextField | Choice | DateField)}
    kept = {":act": act.verb, ":said": words} | ({":sent": "yes"} if words else {})
    draft = Draft(f"act-{'d' * 20}", "PER-09", kept, NOW)
    return commit_acts.VERBS.drawn(act, begun.saying(known if words else {}), draft)


FORMS = tuple(
    (f"{act.verb}, {'worst' if words else 'empty'}", formed(act, words))
    for act in commit_acts.ACTS.values()
    if act.verb not in ("accept", "snooze")  # no form, and one that asks the record
    for words in ("", MARKUP)
)
