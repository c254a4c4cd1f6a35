"""The form of an issue: filled with what was said, and what is wrong stands beside its field."""

from collections.abc import Iterable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from bot import dates
from bot.cards import issue as cards
from bot.governance.escalation import Severity
from bot.governance.visibility import Side, Visibility, internal
from bot.handlers import asked
from bot.handlers import issue_beside as beside
from bot.handlers import issue_blinding as blinding
from bot.handlers.issue_ask import EmptyTitle, understood
from bot.handlers.issue_said import Said, studies_of
from bot.ports import Opening
from bot.records import Draft
from bot.views import Choice, DateField, Field, Form, TextField

FORM = "issue.form"
FILLED = (
    *("title", "partnership", "class", "severity", "owner id", "due", "study", "category", "description"),
    "why",
    blinding.FIELD,
)
BORN = ("partnership", "class", blinding.FIELD)  # settled at an issue’s birth, whatever a form says later
TYPED = ("partner", "visibility", "with", "owner", "due day")  # words that give way to what the form says
WHY = "Needed where the severity or the due date changes"
SEVERITIES = {
    Severity.CRITICAL: "Critical: harms participants or data, or stops a study",
    Severity.MAJOR: "Major: might do so, or endangers a milestone",
    Severity.MINOR: "Minor: not expected to",
}


def filled(draft: Draft, sent: Mapping[str, str]) -> Mapping[str, str]:
    """The draft with what was filled in over it; empty there means empty."""
    return asked.over(draft, sent, open_to(draft, FILLED), TYPED)


def open_to(draft: Draft, names: Iterable[str]) -> tuple[str, ...]:
    """Those fields that an answer to this draft may still settle."""
    return tuple(name for name in names if name not in BORN or "changes" not in draft.fields)


def form(opening: Opening) -> tuple[Form, int] | None:
    """A draft as a form, for its writer only; None once it became an issue."""
    draft = opening.archive.draft(opening.reader, opening.letter.subject)
    if draft is None or "logged" in draft.fields:
        return None
    today = opening.now.astimezone(ZoneInfo(opening.reader.zone)).date()
    found = understood(Said(opening.archive, opening.reader, today, draft.fields))
    said = Said(opening.archive, opening.reader, today, found.known)
    changes = draft.fields.get("changes", "")
    drawn = Form(
        f"Change {changes}"[:24] if changes else "Log an issue",
        "issue.submit",
        asked.with_errors(said, found, _fields(said, bool(changes)), EmptyTitle),
        {"draft": draft.id},
        send="Save" if changes else "Log issue",
        instead=asked.instead(draft, found, "issue", cards.empty(asked.opener("issue", draft.id))),
    )
    return drawn, 0


def _fields(said: Said, is_change: bool) -> tuple[Field, ...]:
    """Every field of an issue; partner and class are settled at its birth."""
    known = said.known.get
    born = () if is_change else (asked.partner(said), _class(said), *blinding.field(said))
    return (
        TextField("title", "Title", known("title", "")),
        *born,
        Choice(
            "severity",
            "Severity",
            tuple((str(one), words) for one, words in SEVERITIES.items()),
            _severe(said),
        ),
        Choice("owner id", "Owner", asked.people(said), known("owner id", "")),
        DateField("due", "Due", day(said), optional=True),
        Choice(
            "study", "Study", tuple((one, one) for one in studies_of(said)), known("study", ""), optional=True
        ),
        TextField("category", "Category", known("category", ""), "For example monitoring", optional=True),
        TextField("description", "Description", known("description", ""), optional=True, long=True),
        *((TextField("why", "Why", known("why", ""), WHY, optional=True, long=True),) if is_change else ()),
    )


def _class(said: Said) -> Choice:
    """Who may see it; from a channel that is linked to nothing it is one's own unless somebody says more."""
    own = internal(said.actor.side or Side.SPONSOR)
    company = said.archive.partnerships(said.actor)[0].company(said.actor.side or Side.SPONSOR)
    options = (
        (Visibility.SHARED.value, "Both companies"),
        (own.value, f"Only {company}"),
        (Visibility.RESTRICTED.value, "Only you and the owner"),
        *beside.choices(said),
    )
    words = {"shared": Visibility.SHARED, "internal": own, "restricted": Visibility.RESTRICTED}
    asked = beside.said_class(said) or words.get(said.known.get("visibility", ""), "")
    here = said.known.get("room class") or ("" if said.known.get("private") else own.value)
    return Choice("class", "Who may see it", options, str(said.known.get("class") or asked or here))


def _severe(said: Said) -> str:
    return said.known.get("severity", "").lower()


def day(said: Said) -> date | None:
    """The due day so far, where its words are one."""
    found = dates.read(said.known.get("due", ""), said.today)
    return found if isinstance(found, date) else None
