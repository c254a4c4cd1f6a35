"""No method touches what stands behind the second wall without saying who reads."""

from collections.abc import Iterator

from sqlmodel import SQLModel

from storage import migrate, second_wall
from tests.architecture import telling
from tests.architecture.sources import Source, inside

NOTES = """
NOTE = table(NoteRow)
NEWEST = select(NOTE)

class Notes(Bound):
    def notes(self, actor):
        {}
        return self._all()

    def _all(self):
        return self.run(_page())

def _page():
    return NEWEST.limit(1)
"""


def rows(of: type[SQLModel] = SQLModel) -> Iterator[tuple[str, str]]:
    """The classes whose tables stand behind the wall; migrate has loaded them all."""
    for row in of.__subclasses__():
        yield from rows(row)
        if getattr(row, "__tablename__", "") in second_wall.behind():
            yield row.__name__, str(row.__tablename__)


def untold(*sources: Source) -> list[str]:
    names = telling.known(sources, dict(rows()))
    return [line for source in sources for line in telling.untold(source, names)]


def test_every_method_says_who_reads() -> None:
    assert migrate.ROWS
    assert untold(*inside("storage")) == []


def test_one_that_forgot_is_found() -> None:
    (line,) = untold(Source("storage/notes.py", NOTES.format("pass")))
    assert "Notes.notes touches ['note'] and tells nobody" in line


def test_one_that_says_so_stands() -> None:
    assert untold(Source("storage/notes.py", NOTES.format("self.passes(actor)"))) == []


def test_every_excuse_is_for_a_method_that_exists() -> None:
    words = " ".join(source.text for source in inside("storage"))
    for name in telling.EXCUSED:
        kind, method = name.split(".")
        assert f"class {kind}" in words
        assert f"def {method}(" in words
