"""What is shown of a message that was captured: what became of it before, and its promise for another day."""

from dataclasses import replace
from datetime import date

from bot.cards import capture
from bot.cards import commit as cards
from bot.governance import promise as rules
from bot.governance.change import difference
from bot.governance.commitment import State
from bot.governance.visibility import Scope
from bot.handlers.capture import ANOTHER
from bot.records import Entry
from bot.views import Button
from tests import commit_gallery, decision_gallery
from tests.gallery_words import MARKUP, Named
from tests.governance.promises import ANNIKA, NOW
from tests.issue_gallery import EVERYBODY

AGAIN = Button("Capture it again", ANOTHER, {"draft": "d" * 20}, opens=True)


def everything() -> list[Named]:
    """Each record it may have become, and a promise accepted for a day of its owner's own."""
    promises = [
        (f"promise, {name}", cards.card(one, commit_gallery.here("Annika", one, what)))
        for name, what, one in commit_gallery.LIVES
    ]
    decisions = [
        (f"decision, {name}", decision_gallery.cards.card(about, EVERYBODY["Annika"]))
        for name, about in decision_gallery.matters().items()
    ]
    twice = [(f"capture.twice, {name}", capture.twice(card, AGAIN)) for name, card in (*promises, *decisions)]
    return [*twice, *accepted()]


def accepted() -> list[Named]:
    """With the day that was asked for, and why it is another one."""
    asked = replace(commit_gallery.OWN, state=State.PROPOSED, accepted_by="", made_by="PER-04")
    own = replace(rules.accept_for(asked, ANNIKA, date(2026, 12, 4), NOW), version=2)
    scope, change = Scope(own.partnership, own.visibility), difference(asked, own)
    line = Entry("commit.another_date", own.owner, NOW, scope, "", own.id, MARKUP, *change)
    here = replace(commit_gallery.here("Tomasz", own, "make"), history=(line,))
    return [("commit.news, another day", cards.news(own, here, line))]
