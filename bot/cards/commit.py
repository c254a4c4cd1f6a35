"""A promise in words: its live card, its confirmation, what is new, the whole of it, and a reminder of it."""

from bot.cards import commit_buttons, commit_story, when
from bot.cards.commit_facts import evidence, facts, headline, reminding
from bot.cards.commit_standing import standing
from bot.cards.issue_facts import WHOLE
from bot.cards.setting import SHORT, Setting, short, version_of
from bot.governance.commitment import Commitment
from bot.governance.reminders import Event
from bot.records import Entry
from bot.views import Block, Button, Buttons, Card, Facts, Link, Notice, Text, Tone

LAST, LINE = 3, 400  # lines of its story that stand on the card, and characters of such a line
LINES = 15  # of the story on the whole picture
SAID = (
    "commit.make",
    "commit.load",
    "commit.move",
    "commit.late",
    "commit.limit",
)  # the card says them anyway
EXAMPLE = "commit “recovery plan” by 28 Nov to @name"


def card(promise: Commitment, here: Setting) -> Card:
    """The live card: how it stands, what was promised by when, what happened last, what one can do."""
    lines = [one for one in commit_story.told(here.history) if one.what not in SAID][-LAST:]
    happened = tuple(Text(short(commit_story.line(one, here), LINE), quiet=True) for one in lines)
    blocks = (*parts(promise, here, SHORT), *happened, *commit_buttons.row(promise, here))
    return Card(headline(promise), blocks, summary(promise))


def parts(promise: Commitment, here: Setting, longest: int) -> tuple[Block, ...]:
    """How it stands, what is known, what shows it, and where it began."""
    day = here.partnership.ended_on
    words = f"The partnership ended on {when.day(day)}: this is only read." if day else ""
    over = (Notice(words, Tone.WARNING),) if words else ()
    known = (facts(promise, here, longest), *evidence(promise, longest), *_link(here))
    return (*over, *standing(promise, here, longest), *known)


def summary(promise: Commitment) -> str:
    """The one line a notification shows."""
    return f"{headline(promise)} (by {when.day(promise.due)}, {promise.state.words})"


def _link(here: Setting) -> tuple[Link, ...]:
    """Back to the message it began with, for those of that message's own company."""
    return (Link("The message it is about", here.link),) if here.link else ()


def news(promise: Commitment, here: Setting, entry: Entry) -> Card:
    """What somebody just did, and the card with its buttons; once it has gone on, only what was done."""
    told, line = commit_story.line(entry, here), f"{promise.number}: {commit_story.sentence(entry, here)}"
    if version_of(entry) == str(promise.version):
        blocks = (Notice(told), *parts(promise, here, SHORT), *commit_buttons.row(promise, here))
        return Card(headline(promise), blocks, line)
    details = Button("Details", "commit.show", {"commit": promise.id}, opens=True)
    return Card(headline(promise), (Notice(told), Buttons((details,))), line)


def made(promise: Commitment, here: Setting, done: str) -> Card:
    """What was saved, for the one who said it: the absolute date, from whom to whom, who can see it."""
    title = f"{done} {promise.number}"
    text = Facts((("Promise", promise.text),))
    blocks = (text, *parts(promise, here, SHORT))
    change = Button("Change", "commit.change", {"commit": promise.id}, opens=True)
    row = (Buttons((change,)),) if promise.version == 1 and promise.made_by == here.reader.person else ()
    return Card(title, (*blocks, *row), f"{title}: {promise.text}")


def whole(promise: Commitment, here: Setting) -> Card:
    """Everything there is, with its story."""
    story = commit_story.told(here.history)[-LINES:]
    lines = tuple((here.time(one.at), commit_story.sentence(one, here)) for one in story)
    reminded = reminding(promise)
    extra = (Facts((("Its owner is reminded", reminded),)),) if reminded else ()
    happened: tuple[Block, ...] = (Notice("What happened"), Facts(lines)) if lines else ()
    buttons = commit_buttons.row(promise, here, details=False)
    blocks = (*parts(promise, here, WHOLE), *extra, *happened, *buttons)
    return Card(headline(promise), blocks, summary(promise))


def reminder(promise: Commitment, here: Setting, event: Event) -> Card:
    """Why it is spoken of this morning, and the card with its buttons."""
    words = _reminding(promise, here, event)
    loud = Tone.ALARM if event in (Event.LATE, Event.STILL, Event.LIMIT) else Tone.WARNING
    blocks = (Notice(words, loud), *parts(promise, here, SHORT)[1:], *commit_buttons.row(promise, here))
    return Card(headline(promise), blocks, f"{promise.number}: {words}")


def _reminding(promise: Commitment, here: Setting, event: Event) -> str:
    owner, day = here.name(promise.owner), when.day(promise.due)
    match event:
        case Event.ASKED:
            return f"{owner} has not answered yet whether it can be done by {day}."
        case Event.AHEAD:
            return f"{owner} promised this by {day}."
        case Event.LATE | Event.STILL:
            return f"Overdue: it was due {day}. {owner} is asked to do it or to move it."
        case Event.LIMIT:
            return f"More than five business days overdue: it was due {day}, and {owner} has not moved it."
        case Event.CLAIM:
            until = here.time(promise.confirm_by) if promise.confirm_by else "the end of the day"
            return f"It counts as confirmed at {until}, unless {here.name(promise.receiver)} disputes it."


def empty(opener: Button) -> Card:
    """Nothing was said about the promise yet."""
    words = f"Fill in the form, or say it in one line: {EXAMPLE}"
    return Card("Make a commitment", (Text(words), Buttons((opener,))), words)
