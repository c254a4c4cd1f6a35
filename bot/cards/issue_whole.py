"""The whole picture of an issue: what it waits for, its clocks, its story, and one's own side's notes."""

from dataclasses import dataclass

from bot.cards import issue_buttons, issue_clocks, issue_story
from bot.cards.issue import parts, summary
from bot.cards.issue_facts import WHOLE, headline
from bot.cards.setting import Setting
from bot.governance.issue import Issue
from bot.records import Note
from bot.views import Block, Button, Buttons, Card, Facts, Notice

LINES, SIGNS = 15, 6000  # of the story on one page: a card can hold no more of both


@dataclass(frozen=True, slots=True)
class Story:
    """A page of the story: 0 is the newest. `notes` are the internal ones of the reader's own side."""

    page: int = 0
    notes: tuple[Note, ...] = ()


def whole(issue: Issue, here: Setting, story: Story) -> Card:
    """Everything there is, or on the pages before only what happened then."""
    title = headline(issue)
    if story.page:
        return Card(f"{title}, earlier", (*_timeline(here, story.page), _ways(issue, here, story.page)))
    first, rest = parts(issue, here, WHOLE)
    blocks = (*first, *issue_clocks.picture(issue, here), *rest, *_timeline(here), *_notes(here, story.notes))
    rows = issue_buttons.row(issue, here, details=False)
    return Card(title, (*blocks, *rows, *_earlier(issue, here)), summary(issue))


def _pages(here: Setting) -> list[list[tuple[str, str]]]:
    """The story in pages, the newest page first; on each the oldest line first."""
    pages: list[list[tuple[str, str]]] = [[]]
    for entry in reversed(issue_story.told(here.history)):
        line = (here.time(entry.at), issue_story.sentence(entry, here))
        signs = sum(len(told) for _, told in pages[-1]) + len(line[1])
        if pages[-1] and (len(pages[-1]) == LINES or signs > SIGNS):
            pages.append([])
        pages[-1].insert(0, line)
    return pages


def _timeline(here: Setting, page: int = 0) -> tuple[Block, ...]:
    """The lines of that page, the oldest first; nothing where there is no such page."""
    pages = _pages(here)
    shown = pages[page] if page < len(pages) else []
    return (Notice("What happened"), Facts(tuple(shown))) if shown else ()


def _notes(here: Setting, notes: tuple[Note, ...]) -> tuple[Block, ...]:
    if not notes or here.reader.side is None:
        return ()
    pairs = tuple((_written(one, here), one.text) for one in notes)
    return (Notice(f"Notes that only {here.company(here.reader.side)} sees"), Facts(pairs))


def _written(note: Note, here: Setting) -> str:
    """When and by whom; one that came from a file may not say."""
    return f"{here.time(note.at)}, {here.called(note.person)}" if note.person else here.time(note.at)


def _earlier(issue: Issue, here: Setting, page: int = 0) -> tuple[Buttons, ...]:
    if page + 1 >= len(_pages(here)):
        return ()
    return (Buttons((_page("What happened earlier", issue, page + 1),)),)


def _ways(issue: Issue, here: Setting, page: int) -> Buttons:
    """To the page before, and to the one after it."""
    before = tuple(one for row in _earlier(issue, here, page) for one in row.buttons)
    return Buttons((*before, _page("What happened later", issue, page - 1)))


def _page(label: str, issue: Issue, page: int) -> Button:
    return Button(label, "issue.show", {"issue": issue.id, "earlier": str(page)}, opens=True)
