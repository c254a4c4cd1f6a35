"""The whole picture of an issue, all one can do with it, and the news of what was just done."""

from bot.cards import issue as cards
from bot.cards import issue_buttons, issue_whole
from bot.cards.setting import line_of
from bot.governance.redaction import REDACTED
from bot.handlers.issue import find, furnished, opened
from bot.handlers.listing import page_of
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.views import Card

WHOLE = "issue.whole"
MORE = "issue.more"


def show(request: Request, words: str) -> Letter:
    """One issue with its clocks and its story; a press says which page of the story."""
    page = page_of(request.intent.fields, "earlier")
    return Letter(WHOLE, find(request, words, "show").id, {"page": page})


def more(request: Request, words: str) -> Letter:
    """Everything the asker can do with it now."""
    return Letter(MORE, find(request, words, "show").id)


def whole(opening: Opening) -> tuple[Card, int] | None:
    """Everything there is to see for this reader."""
    issue = opened(opening)
    if issue is None:
        return None
    here = furnished(opening, issue)
    internal = {str((one.after or {}).get("note")) for one in here.history if one.what == "issue.note"}
    told = opening.archive.notes(opening.reader, issue.id)
    gone = {one.id for one in told if one.text == REDACTED and one.visibility is not issue.visibility}
    notes = (note for note in told if note.id in internal | gone)
    story = issue_whole.Story(min(int(opening.letter.facts.get("page", "0")), 999), tuple(notes))
    return issue_whole.whole(issue, here, story), 0


def choices(opening: Opening) -> tuple[Card, int] | None:
    """The verbs this reader may use now."""
    issue = opened(opening)
    return (issue_buttons.more(issue, furnished(opening, issue)), 0) if issue else None


def news(opening: Opening) -> tuple[Card, int] | None:
    """What somebody did: the line of the record that has the version the letter names."""
    issue = opened(opening)
    if issue is None:
        return None
    here = furnished(opening, issue)
    said = line_of(here.history, opening.letter.subject.partition("/")[2])
    return (cards.news(issue, here, said) if said else cards.card(issue, here)), issue.version
