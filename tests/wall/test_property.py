"""Nobody can tell what is hidden from them: for any history, with it and without it they see the same.

H is a history (typed commands, buttons, forms, time passing, loads); H' is H without every step that touches
only what is hidden from a reader. All that the reader has in front of them after every step, and every answer
to everything they can ask for, is the same in both, in the platform's own JSON: messages, cards, forms with
their choices and errors, numbers, counts, order, edits (one that changes nothing counts too), what needs
attention and the lines of the record.

A long search, for hours, with what it finds made as short as it goes:

    pytest tests/wall/test_property.py -x --hypothesis-profile=hunt

Normalised are platform ids and times, trigger ids, random ids, once-only keys, and delivery times with the
order of messages that came at one moment. Not compared are how long an answer takes, and when somebody is
free or busy in a calendar. A history ends where anything is opened up to the reader. That somebody took
records away is itself on the record, so it is no hidden step.
"""

from hypothesis import HealthCheck, Phase, assume, given, settings

from tests.wall.cast import PEOPLE
from tests.wall.comparing import difference
from tests.wall.conftest import HUNT
from tests.wall.histories import histories, readers
from tests.wall.known import EVERYTHING

FEW = settings(
    max_examples=1,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),  # making a failing history short takes minutes: hunt for it
    suppress_health_check=list(HealthCheck),
)
MIXED = 5  # kinds of steps in the one history that is always told
IS_HUNT = settings.get_current_profile_name() == HUNT
SEEN_BY = {"sqlite": "annika", "postgres": "kenji"}


def test_nobody_can_tell_what_is_hidden_from_them_where_everything_happens(opening, setting):
    found = difference(opening, EVERYTHING, (PEOPLE[SEEN_BY[setting[0]]],))
    assert not found, found


@(settings() if IS_HUNT else FEW)
@given(history=histories(3, 25) if IS_HUNT else histories(), seen_by=readers)
def test_nobody_can_tell_what_is_hidden_from_them(opening, history, seen_by):
    if not IS_HUNT:
        assume(len({type(step) for step in history}) > MIXED)
        seen_by = seen_by[:1]
    found = difference(opening, history, seen_by)
    assert not found, found
