"""The comparison finds a leak that was planted: in the series, a count, an error, a time, a choice."""

import pytest

from tests.wall import known, leaks
from tests.wall.cast import PEOPLE
from tests.wall.comparing import difference
from tests.wall.histories import SET_UPS
from tests.wall.steps import Act, Log, Say

ANNIKA = (PEOPLE["annika"],)
LOGGED = Log("annika", "", matter=known.SHARED, owner="rafael")
SECRET = Log("marcus", matter=known.SPONSORS, owner="tomasz")
AGAIN = Log("annika", "", matter=known.LATER, owner="rafael")
NOTE = Act("marcus", matter=known.SHARED, text="issue note {n} ask for a discount", only_own=True)
HIRED = (Say("newcomer at Quillon", "general", text="issue list"), SET_UPS[6])
PLANTED = {
    "one series for two classes": (leaks.Numbering, (SECRET, SECRET, AGAIN), "NOR-ISS-010"),
    "a count of everything": (leaks.Counting, (SECRET,), "Open issues"),
    "another error for what is hidden": (leaks.Finding, (SECRET,), "issue show HAL-NOR-ISS-001"),
    "a time of last change": (leaks.Touching, (LOGGED, NOTE), "version"),
    "a choice of everybody": (leaks.Offering, HIRED, "Noor Haddad"),
}
QUESTIONS = ("issue list", "issue show HAL-NOR-ISS-001", "issue show NOR-ISS-008", "issue")
ASKED = tuple(("direct", words) for words in QUESTIONS)


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_leak_is_found(opening, planted):
    kind, history, told = PLANTED[planted]
    found = difference(_whole(opening, made=leaks.Leaky, kind=kind), history, ANNIKA, ASKED)
    assert told in found
    assert "hidden from annika" in found


def test_the_same_histories_without_a_leak_are_told_by_nothing(opening):
    assert difference(_whole(opening), (LOGGED, SECRET, NOTE, AGAIN, *HIRED), ANNIKA, ASKED) == ""


def _whole(opening, **more):
    """Opens worlds that begin alike for everybody."""
    return lambda group="": opening(**more)
