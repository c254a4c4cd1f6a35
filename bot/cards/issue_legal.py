"""A possible serious breach in words: the line with its countdown, what both sides hear, whom to call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC

from bot.cards import when
from bot.cards.issue_facts import DECIDES, headline
from bot.cards.setting import Setting
from bot.governance.issue import Assessment, Issue, LegalClock
from bot.records import Entry
from bot.views import Block, Button, Buttons, Card, Facts, Notice, Text, Tone

NO_CHANNEL = "Parley is no way to report it, and nobody was told for you."
ASSUMED = {
    "title": "It got a title of Parley’s; press Change for a better one.",
    "severity": "It is critical, as every possible serious breach is until it is assessed.",
    "owner id": "Nobody was named without doubt, so you own it.",
    "due": "Its due date was left out, because it could not be read.",
    "study": "Its study was left out, because it is none of this partnership’s.",
}
TITLES = {
    "safety": "Call the safety line now",
    "quality": "Call the quality line now",
}
LOOKS = {
    "safety": "What you wrote looks like an adverse event.",
    "quality": "What you wrote looks like a possible serious breach.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One emergency line: whose it is, and who answers it, how and when; "" where nobody does."""

    whose: str
    answers: str

    @property
    def pair(self) -> tuple[str, str]:
        """As a label and its value."""
        return self.whose, self.answers or "nobody is named; ask for somebody at that company now"


def legal_line(issue: Issue, here: Setting) -> str:
    """ "EU CTR Art. 52: 3 calendar days left (due Fri 13 Nov 2026); assessment pending, … assesses".

    "" where there is no legal clock.
    """
    legal = issue.legal
    if legal is None:
        return ""
    if not legal.runs:
        why = f": {legal.reason}" if legal.reason else ""
        told = (
            "the authority was told" if legal.assessment is Assessment.NOTIFIED else "assessed, not a breach"
        )
        return f"{legal.rule}: {told}{why}"
    who = here.name(legal.owner) if legal.owner else "the sponsor’s quality line"
    left = f"{_left(legal, here)}due {when.day(legal.due)}{')' if here.now else ''}"
    if legal.assessment is Assessment.CONFIRMED:
        return f"{legal.rule}: {left}; confirmed, {who} sees that the authority is told"
    return f"{legal.rule}: {left}; assessment pending, {who} assesses"


def _left(legal: LegalClock, here: Setting) -> str:
    """How many calendar days, where the time is known."""
    if here.now is None:
        return ""
    days = legal.days_left(here.now.astimezone(UTC).date())
    counted = f"{abs(days)} calendar day{'s' if abs(days) != 1 else ''}"
    return f"{counted} left (" if days > 0 else "ends today (" if days == 0 else f"{counted} late ("


def breach(issue: Issue, here: Setting, named: Entry | None, shown: Card, lines: Iterable[Line]) -> Card:
    """What both sides hear at once, in the same words: fact, effect, ask, and whom to call."""
    by = f" by {here.name(named.person)} on {here.time(named.at)}" if named else ""
    fact = f"Named a possible serious breach{by}."
    blocks: list[Block] = [Notice(fact, Tone.ALARM), Text(f"{legal_line(issue, here)}.")]
    blocks += [Text(_effect(issue, here)), Facts(tuple(line.pair for line in lines))]
    return Card(headline(issue), (*blocks, *shown.blocks), f"{fact} {issue.title}")


def _effect(issue: Issue, here: Setting) -> str:
    decides = DECIDES[issue.level]
    aware = f" Aware since {here.time(issue.legal.aware_at)}." if issue.legal else ""
    owner = f" {here.name(issue.owner)} owns it." if issue.owner else ""
    graded = f"It is {issue.severity}, at {issue.level}: {decides}."
    return f"{graded}{owner}{aware} A legal clock is never put on hold."


def logged(shown: Card, assumed: Iterable[str]) -> Card:
    """The same for the one who said it, with all that was assumed so that it did not wait."""
    said = tuple(Text(ASSUMED[one]) for one in assumed if one in ASSUMED)
    return Card(shown.title, (*said, *shown.blocks), shown.summary) if said else shown


def call(line: str, lines: Iterable[Line], at: str, press: Button | None = None) -> Card:
    """Privately, at once: who answers the safety or the quality line, and when it was written (`at`)."""
    words = f"{LOOKS[line]} {NO_CHANNEL}"
    asked = f"You wrote it on {at}. Say that time when you call: a legal clock may count from it."
    row = (Buttons((press,)),) if press else ()
    facts = Facts(tuple(one.pair for one in lines))
    return Card(
        TITLES[line], (Notice(words, Tone.ALARM), facts, Text(asked), *row), f"{TITLES[line]}. {words}"
    )
