"""What is kept beside the issues: lines of the record, notes, drafts, admissions, installations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.governance.visibility import Scope, Visibility
from bot.intents import Handle

FROM_FILE = "taken from a file"  # in the `why` of a line that a load wrote; it may not say who did it


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record: who, what, why, before and after. `scope` None is a company's own directory.

    `what` is a code ("issue.log", "issue.climb", "refused"); `record` the record's id; `organisation` is set
    where `scope` is None. `erased`: its content was redacted, and only its version is left.
    """

    what: str
    person: str
    at: datetime
    scope: Scope | None = None
    organisation: str = ""
    record: str = ""
    why: str = ""
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """Something half said, kept for its writer until a question about it is answered."""

    id: str
    person: str
    fields: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody a platform knows and we do not, waiting for their company's administrator.

    `state` is "asked", "approved" or "refused".
    """

    id: str
    organisation: str
    handle: Handle
    state: str
    at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Installation:
    """Where we are installed since `at` (wall time): a workspace, or an organisation of them (`tenant`).

    `locked_out` is since when we are not let in, `let_in` when that last ended (business time). `secret` is
    what we speak with there, "" where the operator gave it to us in the settings or where no key opens it.
    """

    platform: str
    tenant: str
    name: str = ""
    secret: str = field(default="", repr=False)
    at: datetime | None = None
    locked_out: datetime | None = None
    let_in: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """Words beside an issue: an update in the issue's own class, or one side's internal note.

    An internal note is a record of its own; nothing about the issue shows that there is one. `link` is the
    address of the message it was taken from, for those of its writer's side only.
    """

    id: str
    issue: str
    partnership: str
    visibility: Visibility
    person: str
    at: datetime
    text: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class IssueFilter:
    """Which issues a list asks for; "" asks for any. `partnership` "" means all the reader may see.

    `read_in` is a partnership in whose rooms they are read: its own, and those it reads as the third company.
    `mine` is a person who owns it or stands for the other side of it; `late` is the instant at which a limit
    has run out; `since` is when it was raised at the earliest. `over_only` asks for those that have ended,
    `classes` for those classes alone. What has run out by `first_late` comes first, the longest late first.
    """

    partnership: str = ""
    read_in: str = ""
    open_only: bool = True
    over_only: bool = False
    classes: tuple[Visibility, ...] = ()
    mine: str = ""
    level: str = ""
    study: str = ""
    severity: str = ""
    state: str = ""
    late: datetime | None = None
    since: datetime | None = None
    first_late: datetime | None = None
    limit: int = 10
    offset: int = 0


@dataclass(frozen=True, slots=True)
class IssueTurn:
    """Open issues on which it may be the turn of `people`: who have a part in it, or decide at its level.

    `places` are partnerships and levels at which they decide, `law` partnerships in which they assess.
    """

    people: frozenset[str]
    places: frozenset[tuple[str, str]]
    law: frozenset[str]
    now: datetime
    limit: int = 500


@dataclass(frozen=True, slots=True)
class Search:
    """What a record must hold: each of the `words`, somewhere the reader may look.

    A word is found by its beginning, and a phrase by its words in that order; case does not matter. "" asks
    for any partnership or study, no `classes` for all of them, no `nouns` for every kind of record ("issue",
    "commit", "action", "decision", "session").
    """

    words: tuple[str, ...]
    partnership: str = ""
    study: str = ""
    classes: tuple[Visibility, ...] = ()
    nouns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that holds them all: its id, its kind and its number.

    Once it is quoted from, `title` is what it is about, and `places` is each place once with a short excerpt:
    a field of the record ("number", "title", "plan", "question"), "update", "note" (the reader's own side's)
    or "story" (a reason or an earlier wording).
    """

    record: str
    noun: str
    number: str
    title: str = ""
    places: tuple[tuple[str, str], ...] = ()
