"""What is said of a possible serious breach, and whom to call about it or about an adverse event."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.cards import issue as issues
from bot.cards import issue_legal as cards
from bot.governance.issue import Assessment, Issue
from bot.governance.legal import assessed, named_breach
from bot.records import Entry
from bot.views import Button, Card
from tests.gallery_words import DESCRIPTION, LONG_TITLE, MARKUP, Named
from tests.governance.issues import RAISED
from tests.issue_gallery import EVERYBODY, FULL, HERE

NOW = RAISED + timedelta(days=1)
CALLED = (
    cards.Line("Quality line, Halcyra Therapeutics AG", "Elena Duarte, +41 44 555 01 20, 24x7"),
    cards.Line("Quality line, Northmere Clinical Ltd", ""),
)
NAMING = Entry("issue.legal", "PER-09", RAISED)
PRESS = Button("Possible serious breach", "issue.breach", {"issue": FULL.id, "answered": "yes"}, primary=True)
BREACH = named_breach(FULL, "PER-09", "PER-04", RAISED, RAISED)
STATES = {
    "pending": BREACH,
    "nobody assesses": named_breach(FULL, "PER-09", "", RAISED - timedelta(days=6), RAISED),
    "due today": named_breach(FULL, "PER-09", "PER-04", NOW - timedelta(days=7), RAISED),
    "late": named_breach(FULL, "PER-09", "PER-04", RAISED - timedelta(days=20), RAISED),
    "confirmed": assessed(BREACH, Assessment.CONFIRMED, "Two kits were dispensed."),
    "notified": assessed(BREACH, Assessment.NOTIFIED, "by the portal of the member state"),
    "not a breach": assessed(BREACH, Assessment.NOT_A_BREACH, MARKUP),
}


def everything() -> Iterator[Named]:
    """To both sides and a room, in every state of its assessment; and the private ones."""
    for name, issue in STATES.items():
        for reader in EVERYBODY:
            yield f"issue.breach, {name}, to {reader}", _told(issue, reader)
    worst = replace(BREACH, title=LONG_TITLE, description=DESCRIPTION)
    yield "issue.breach, worst", _told(worst, "Tomasz")
    yield "issue.breach, all assumed", cards.logged(_told(BREACH, "Annika"), cards.ASSUMED)
    at = "Tue 10 Nov 2026, 09:00 GMT"
    many = tuple(cards.Line(f"Safety line, {MARKUP[:60]} {one}", MARKUP) for one in range(12))
    yield "safety.line", cards.call("safety", CALLED[:1], at)
    yield "safety.line, many partners", cards.call("safety", many, at)
    yield "quality.line", cards.call("quality", CALLED, at)
    yield "quality.line, about an issue", cards.call("quality", CALLED, at, PRESS)


def _told(issue: Issue, reader: str) -> Card:
    here = replace(HERE.get(reader, EVERYBODY[reader]), now=NOW)
    return cards.breach(issue, here, NAMING, issues.card(issue, here), CALLED)
