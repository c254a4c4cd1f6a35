"""The forms of the verbs on an issue, as they come, filled with the worst words, and sent empty."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.cards import act as act_cards
from bot.cards import issue_thread
from bot.governance.issue import Capa, Issue, Plan, PlanStep, RootCause
from bot.governance.party import Party
from bot.governance.visibility import Side
from bot.handlers import issue_acts
from bot.handlers.acting import Act
from bot.handlers.issue_scene import ISSUES
from bot.handlers.scene import Scene
from bot.records import Draft
from bot.views import Choice, DateField, Form, TextField
from tests.gallery_words import DESCRIPTION, LONG_TITLE, MARKUP, OPENER, WORST, Named
from tests.governance.issues import RAISED
from tests.issue_gallery import FULL, HERE

ASK_THE_RECORD = ("share", "unshare", "redact")  # their forms hang in galleries of their own
NOW = RAISED + timedelta(days=1)
STEPS = (PlanStep("Hire two CRAs", "PER-10", date(2026, 11, 20)), PlanStep(MARKUP[:120]))
KNOWN = replace(
    FULL,
    title=LONG_TITLE,
    offer=Plan(date(2026, 11, 27), STEPS, "PER-09", Side.CRO, RAISED),
    root_cause=RootCause("a kind of its own", "5 whys", MARKUP[:120]),
    capa=Capa("CAPA-021", "", "", date(2027, 1, 29)),
)


def formed(act: Act, issue: Issue, words: str = "", sent: bool = False) -> Form:
    """The form of that act, with these words in every field that takes words."""
    here = HERE["Annika"]
    party = Party(here.reader.person, Side.CRO)
    begun = Scene(ISSUES, None, issue, party, here, NOW, {})  # type: ignore[arg-type]  # these forms ask no archive
    known = {one.name: _said(one.name, words) for one in act.fields(begun) if isinstance(one, TextField)}
    known |= {one.name: words for one in act.fields(begun) if isinstance(one, Choice | DateField) and sent}
    kept = {":act": act.verb, ":said": words} | ({":sent": "yes"} if sent else {})
    draft = Draft(f"act-{'d' * 20}", here.reader.person, kept, NOW)
    return issue_acts.VERBS.drawn(act, begun.saying(known if words or sent else {}), draft)


def _said(name: str, words: str) -> str:
    """No number of another issue is looked up without an archive."""
    return "" if name == "duplicate" else words


def forms() -> Iterator[tuple[str, Form]]:
    """Each act's that asks for something; the longest ones also filled with what stands already."""
    for act in issue_acts.ACTS.values():
        if act.verb not in ASK_THE_RECORD and formed(act, FULL).fields:
            yield f"{act.verb}, empty", formed(act, FULL)
            yield f"{act.verb}, worst", formed(act, KNOWN, MARKUP, sent=True)
    for verb in ("plan", "resolve"):
        yield f"{verb}, filled", formed(issue_acts.ACTS[verb], KNOWN)
        yield f"{verb}, sent empty", formed(issue_acts.ACTS[verb], FULL, sent=True)


FORMS = tuple(forms())


def cards() -> list[Named]:
    """What stands where such a form cannot be shown, and one's own note."""
    shown = [(f"issue.act, {name}", form.instead) for name, form in FORMS if name.startswith("plan,")]
    worst = {**WORST, "4,000": DESCRIPTION}
    for name, words in worst.items():
        shown.append((f"issue.act, {name}", act_cards.instead(words[:60], words, words, OPENER)))
        shown.append((f"issue.noted, {name}", issue_thread.noted(FULL, "Northmere Clinical Ltd", words)))
    return shown
