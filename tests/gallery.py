"""Every card of the product, built by its own builders, with everyday words and with the worst ones."""

import string
from dataclasses import replace

from bot import menu
from bot.cards import admission, general, installing
from bot.cards import issue as cards
from bot.errors import Refusal
from bot.handlers.issue_ask import EmptyTitle
from bot.intents import Handle
from bot.outbox import Letter
from bot.ports import Opening
from bot.records import Admission, Installation
from bot.views import Button, Card
from tests import (
    access_gallery,
    acts_gallery,
    alarm_gallery,
    capture_gallery,
    commit_gallery,
    decision_gallery,
    digest_gallery,
    export_gallery,
    home_gallery,
    issue_gallery,
    leaving_gallery,
    legal_gallery,
    opening_gallery,
    record_gallery,
    rooms_gallery,
    session_gallery,
    setup_gallery,
    terms_gallery,
    third_gallery,
    thread_gallery,
)
from tests.gallery_words import (
    ANNIKA,
    ASTRAL,
    DESCRIPTION,
    LINK,
    LONG_TITLE,
    MARKUP,
    NORTHMERE,
    OPENER,
    PEOPLE,
    TOMASZ,
    Named,
)
from tests.governance.issues import LIMIT, RAISED
from tests.issue_gallery import FULL, HERE, KNOWN, LIVED


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
    beside = cards.card(
        replace(KNOWN, title=LONG_TITLE, description=DESCRIPTION), LIVED.seen_in(HERE["Tomasz"])
    )
    sentence = Refusal.again("AlreadyAcknowledged", SAID).sentence
    return [*shown, ("refusal, with the record beside it", general.refusal(sentence, beside))]


GALLERY: tuple[Named, ...] = tuple(
    named
    for wall in (
        *(
            issue_gallery.everything,
            third_gallery.everything,
            alarm_gallery.alarms,
            acts_gallery.cards,
            thread_gallery.threads,
            legal_gallery.everything,
            opening_gallery.cards,
            general_cards,
        ),
        export_gallery.everything,
        record_gallery.everything,
        commit_gallery.everything,
        capture_gallery.everything,
        decision_gallery.everything,
        session_gallery.everything,
        *(admissions, installs, refusals, rooms_gallery.rooms, setup_gallery.cards, terms_gallery.cards),
        access_gallery.cards,
        digest_gallery.everything,
        home_gallery.everything,
        leaving_gallery.everything,
    )
    for named in wall()
)
