"""Conversations without the filters: what the database itself holds is enough, and nobody notices."""

import pytest

from tests.conversations import test_wall as held
from tests.world import World

CONVERSATIONS = (
    held.test_the_other_partnership_is_not_in_lists_nor_in_counts,
    held.test_a_hidden_number_gets_the_words_of_one_that_does_not_exist,
    held.test_a_restricted_issue_is_for_the_people_it_names,
    held.test_one_sides_own_issue_leaves_no_trace_on_the_other,
    held.test_one_sides_own_issue_climbs_on_its_own_side,
)

pytestmark = pytest.mark.postgres


@pytest.fixture
def unfiltered(cluster, postgres_worlds):
    opened = World(cluster.fresh(postgres_worlds["changed over"]), filters=False)
    assert not opened.bot.store.filtered
    yield opened
    opened.close()


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda one: one.__name__.removeprefix("test_"))
def test_it_is_held_as_with_them(unfiltered, conversation):
    conversation(unfiltered)
