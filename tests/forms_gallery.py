"""Forms for the referees: every kind of field, as it comes, filled, wrong, and with the worst words."""

from datetime import date

from bot.views import AccountField, Card, Choice, DateField, Field, Form, Notice, TextField, Tone
from tests import (
    access_gallery,
    acts_gallery,
    commit_gallery,
    leaving_gallery,
    opening_gallery,
    session_gallery,
    setup_gallery,
    terms_gallery,
)
from tests.gallery_words import DESCRIPTION, LONG_TITLE, LONG_WORD, MARKUP, RTL

SHORT = (("minor", "Minor: not expected to"), ("major", "Major: might do so"))
WRONG = "Which mo? Kenji Morimoto (Halcyra Therapeutics AG) or Rafael Monteiro (Northmere Clinical Ltd)"


def many(count: int, words: str) -> tuple[tuple[str, str], ...]:
    """That many people to choose from."""
    return tuple((f"PER-{one:03}", f"{one:03} {words}") for one in range(count))


def fields(error: str = "", words: str = "TMF backlog", value: str = "major") -> tuple[Field, ...]:
    """One of each kind."""
    return (
        TextField("title", "Title", words, hint="In a few words", error=error),
        Choice("severity", "Severity", SHORT, value, error=error),
        Choice("roles", "Roles", SHORT, f"{value}\nminor", error=error, many=True),
        DateField("due", "Due", date(2026, 11, 20), error=error, optional=True),
        AccountField("account", "Who", error=error),
        TextField("description", "Description", words, error=error, optional=True, long=True),
    )


def form(name: str, *shown: Field, **more: object) -> tuple[str, Form]:
    """Under its name."""
    instead = Card("Almost", ())
    return name, Form("Log an issue", "issue.submit", shown, {"draft": "d" * 20}, instead=instead, **more)  # type: ignore[arg-type]  # only its own fields come


FORMS: tuple[tuple[str, Form], ...] = (
    *setup_gallery.FORMS,
    *terms_gallery.FORMS,
    *access_gallery.FORMS,
    *acts_gallery.FORMS,
    *commit_gallery.FORMS,
    *leaving_gallery.FORMS,
    *opening_gallery.FORMS,
    *session_gallery.FORMS,
    form("empty", TextField("title", "Title"), Choice("severity", "Severity", SHORT)),
    form("filled", *fields(), send="Log issue"),
    form("wrong", *fields(WRONG)),
    form("with a notice", *fields(), notice=Notice("Nothing is saved yet.", Tone.WARNING)),
    form("a hundred people", Choice("owner id", "Owner", many(100, "Kenji Morimoto (Halcyra)"), "PER-007")),
    form("many people", Choice("owner id", "Owner", many(450, "Kenji Morimoto (Halcyra)"), "PER-444")),
    form("nobody to choose", Choice("study", "Study", (), optional=True)),
    form("a value that is gone", Choice("study", "Study", SHORT, "HAL-999", error="There is no such study.")),
    *(
        form(f"worst, {name}", *fields(words, words), notice=Notice(words), send=words[:20])
        for name, words in (("markup", MARKUP), ("right to left", RTL), ("one word", LONG_WORD))
    ),
    form("a long title", *fields(words=LONG_TITLE)),
    form("4,000 characters", *fields(words=DESCRIPTION)),
    form(
        "long labels", Choice("owner id", "Owner", many(30, LONG_TITLE), "PER-007", error=DESCRIPTION[:200])
    ),
)
