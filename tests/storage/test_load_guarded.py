"""A file with data about a participant is refused whole, with its line and without its words."""

import pytest

from storage.load.file import load
from storage.load.guarded import sweep
from storage.load.lines import WrongFile, read
from tests.postgres import beside
from tests.world import AS_OF, example

TEXTS = {
    "a title": ("title: Enrolment 18 points under plan", "title: Subject 101-0007 withdrew"),
    "a note": ("[Consider moving 15 sites", "[The patient is a 54-year-old man. Consider moving 15 sites"),
    "a section that is not taken": (
        "contingency: Open LATAM sites",
        "contingency: DOB 12.03.1962, open LATAM sites",
    ),
}


@pytest.mark.parametrize("case", TEXTS)
def test_it_is_refused_at_its_line_and_not_quoted(store, case):
    before, after = TEXTS[case]
    text = example().replace(before, after, 1)
    line = next(number for number, words in enumerate(text.splitlines(), 1) if after in words)
    with pytest.raises(WrongFile, match="looks like data about a participant") as wrong:
        load(store, text, AS_OF)
    assert wrong.value.line == line
    assert not any(word in str(wrong.value) for word in ("0007", "54", "1962"))
    with beside(store, writes=False) as record:
        assert list(record.exec_driver_sql("SELECT * FROM issue")) == []


def test_aliases_of_aliases_are_looked_at_once():
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 30))
    sweep(read(f"l0: &l0 [TMF backlog]\n{levels}\n"))
