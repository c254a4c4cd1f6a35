"""An issue in words: its live card, its confirmation, and questions about one that is being logged."""

from datetime import UTC

from bot.cards import issue_buttons, issue_facts, issue_story, when
from bot.cards.issue_facts import HEADLINE, headline
from bot.cards.issue_legal import legal_line
from bot.cards.issue_standing import differing, standing
from bot.cards.setting import SHORT, Setting, short, version_of
from bot.governance.issue import Issue
from bot.governance.life import may_change
from bot.records import Entry
from bot.views import Block, Button, Buttons, Card, Facts, Link, Notice, Text, Tone

BIRTH = ("issue.log", "issue.load", "issue.open", "issue.unshare")
ENDS = ("issue.close", "issue.withdraw", "issue.reject")
LAST = 3  # lines of its story that stand on the card; the whole of it is one press away
LINE = 400  # characters of such a line


def card(issue: Issue, here: Setting) -> Card:
    """The live card: what it waits for and from whom, what it is, what happened last, what one can do."""
    first, rest = parts(issue, here, SHORT)
    blocks = (*first, *rest, *_happened(issue, here), *issue_buttons.row(issue, here))
    return Card(headline(issue), blocks, summary(issue))


def _over(here: Setting) -> tuple[Notice, ...]:
    """Its partnership has ended, and nothing goes on."""
    day = here.partnership.ended_on
    words = f"The partnership ended on {when.day(day)}: this is only read." if day else ""
    return (Notice(words, Tone.WARNING),) if words else ()


def parts(issue: Issue, here: Setting, longest: int) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """What it waits for, and what it is; of each text at most `longest` characters."""
    title = (("Title", issue.title),) if len(headline(issue)) > HEADLINE else ()
    described = (Text(_cut(issue.description, 3 * longest)),) if issue.description else ()
    facts = Facts((*title, *_legal(issue, here), *issue_facts.facts(issue, here, longest)))
    return (*_over(here), *standing(issue, here), *differing(issue, here)), (facts, *described, *_link(here))


def _cut(words: str, longest: int) -> str:
    """With its lines, as it was written."""
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def _legal(issue: Issue, here: Setting) -> tuple[tuple[str, str], ...]:
    """The clock of law; a card may be read days later, so it says when its days were counted."""
    if issue.legal is None:
        return ()
    counted = f", counted on {when.day(here.now.astimezone(UTC).date())}" if here.now else ""
    aware = f"Aware since {here.time(issue.legal.aware_at)}{counted if issue.legal.runs else ''}."
    return (("Legal clock", f"{legal_line(issue, here)}. {aware}"),)


def summary(issue: Issue) -> str:
    """The one line a notification shows."""
    return f"{headline(issue)} ({issue.severity}, {issue.state.words})"


def news(issue: Issue, here: Setting, entry: Entry) -> Card:
    """What somebody just did, and the card with its buttons; once it has gone on, only what was done."""
    told = issue_story.line(entry, here)
    title, line = headline(issue), f"{issue.number}: {issue_story.sentence(entry, here)}"
    if version_of(entry) == str(issue.version):
        first, rest = parts(issue, here, SHORT)
        return Card(title, (Notice(told), *first, *rest, *issue_buttons.row(issue, here)), line)
    *_, last = (entry, *issue_story.told(here.history))
    since = Text(f"Since then: {issue_story.line(last, here)}")
    details = Button("Details", "issue.show", {"issue": issue.id}, opens=True)
    return Card(title, (Notice(told), since, Buttons((details,))), line)


def logged(issue: Issue, here: Setting, done: str = "Logged") -> Card:
    """What was saved, for the one who said it: the date, the severity, the owner, who can see it."""
    limit = (("Acknowledge by", _acknowledge_by(issue, here)),) if issue.ack_due else ()
    told = tuple(pair for pair in issue_facts.facts(issue, here) if pair[0] not in ("Level", "Raised"))
    facts = Facts((("Title", issue.title), *told, *limit))
    change = Button("Change", "issue.change", {"issue": issue.id}, opens=True)
    row = (Buttons((change,)),) if may_change(issue, here.reader.person) else ()
    return Card(f"{done} {issue.number}", (facts, *_link(here), *row), f"{done} {headline(issue)}")


def _link(here: Setting) -> tuple[Link, ...]:
    """Back to the message it began with, for those of that message's own company."""
    return (Link("The message it is about", here.link),) if here.link else ()


def _acknowledge_by(issue: Issue, here: Setting) -> str:
    if issue.ack_due is None or issue.acknowledged_at or issue.rule.ack is None:
        return ""
    return f"{here.time(issue.ack_due)} ({issue.rule.ack.words})"


def _happened(issue: Issue, here: Setting) -> tuple[Text, ...]:
    """The last lines of its story, but for those that the card says anyway."""
    said = (*BIRTH, *(ENDS if issue.state.over else ()), *(() if issue.plan else ("issue.ack",)))
    lines = [one for one in issue_story.told(here.history) if one.what not in said][-LAST:]
    return tuple(Text(short(issue_story.line(one, here), LINE), quiet=True) for one in lines)


def unfit(sentence: str, said: str, opener: Button) -> Card:
    """What was said cannot be saved as it is: why, and the form with everything else in it."""
    kept = (Text("Nothing is saved yet. You said:", quiet=True), Text(said, quiet=True))
    return Card("Almost", (Notice(sentence, Tone.WARNING), *kept, Buttons((opener,))), sentence)


def empty(opener: Button) -> Card:
    """Nothing was said about the issue yet."""
    words = "Fill in the form, or say it in one line: issue TMF backlog, major, owner @name, due Friday"
    return Card("Log an issue", (Text(words), Buttons((opener,))), words)


def question(words: str, said: str, buttons: tuple[Button, ...], hint: str) -> Card:
    """One thing that is missing or unclear, with answers to press and a way to type it."""
    rows = tuple(Buttons(buttons[start : start + 5]) for start in range(0, len(buttons), 5))
    footing = (
        Text("Nothing is saved yet. You said:", quiet=True),
        Text(said, quiet=True),
        Text(hint, quiet=True),
    )
    return Card("One question first", (Text(words), *rows, *footing), words)
