"""The form of a promise: filled with what was said, and what is wrong stands beside its field."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.cards import commit as cards
from bot.governance.visibility import Side, Visibility, internal
from bot.handlers import asked, captured
from bot.handlers.commit_ask import EmptyPromise, understood
from bot.handlers.issue_form import day
from bot.handlers.issue_said import Said, studies_of
from bot.ports import Opening
from bot.records import Draft
from bot.views import Choice, DateField, Field, Form, TextField

FORM = "commit.form"
NEW = ":commit"  # in every draft of one: it is no draft of an issue
FILLED = ("text", "partnership", "class", "owner id", "receiver id", "due", "study")
BORN = ("partnership", "class", "owner id")  # settled at its birth, whatever a form says later
TYPED = ("partner", "visibility", "owner", "receiver", "due day")  # give way to what the form says


def open_to(draft: Draft) -> tuple[str, ...]:
    """Those fields that an answer to this draft may still settle."""
    return tuple(name for name in FILLED if name not in BORN or "changes" not in draft.fields)


def filled(draft: Draft, sent: Mapping[str, str]) -> Mapping[str, str]:
    """The draft with what was filled in over it."""
    return asked.over(draft, sent, open_to(draft), TYPED)


def form(opening: Opening) -> tuple[Form, int] | None:
    """A draft as a form, for its writer only; None once it became a commitment."""
    draft = opening.archive.draft(opening.reader, opening.letter.subject)
    if draft is None or NEW not in draft.fields or "made" in draft.fields:
        return None
    today = opening.now.astimezone(ZoneInfo(opening.reader.zone)).date()
    found = understood(Said(opening.archive, opening.reader, today, draft.fields))
    said = Said(opening.archive, opening.reader, today, found.known)
    changes = draft.fields.get("changes", "")
    drawn = Form(
        f"Change {changes}"[:24] if changes else "Make a commitment",
        "commit.submit",
        asked.with_errors(said, found, _fields(said, bool(changes)), EmptyPromise),
        {"draft": draft.id},
        send="Save" if changes else "Commit",
        notice=captured.notice(draft.fields),
        instead=asked.instead(draft, found, "commit", cards.empty(asked.opener("commit", draft.id))),
    )
    return drawn, 0


def _fields(said: Said, is_change: bool) -> tuple[Field, ...]:
    """Partner, class and owner are settled at its birth."""
    known, people = said.known.get, asked.people(said)
    studies = tuple((one, one) for one in studies_of(said))
    promising = captured.likely_first(said.known, "owner", people)
    owner = Choice("owner id", "Who promises it", promising, known("owner id", ""))
    expecting = captured.likely_first(said.known, "receiver", people)
    born = () if is_change else (asked.partner(said), _class(said), owner)
    return (
        TextField("text", "What is promised", known("text", "")),
        *born,
        Choice("receiver id", "To whom", expecting, known("receiver id", "")),
        DateField("due", "By when", day(said), "Kept as the first date for ever, also where it is moved"),
        Choice("study", "Study", studies, known("study", ""), optional=True),
    )


def _class(said: Said) -> Choice:
    """Who may see it; from a channel that is linked to nothing it is one's own unless somebody says more."""
    side = said.actor.side or Side.SPONSOR
    own, company = internal(side).value, said.archive.partnerships(said.actor)[0].company(side)
    options = ((Visibility.SHARED.value, "Both companies"), (own, f"Only {company}"))
    worded = {"shared": Visibility.SHARED.value, "internal": own}.get(said.known.get("visibility", ""), "")
    here = said.known.get("room class") or ("" if said.known.get("private") else own)
    return Choice("class", "Who may see it", options, said.known.get("class") or worded or here)
