"""What a message says was decided is proposed from its own words, and nothing where it decides nothing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decided_words import Decided, decided


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            "We agreed to close site 104, because it is late.",
            Decided("Close site 104", "It is late"),
        ),
        ("Decision: keep two CRAs in CEE", Decided("Keep two CRAs in CEE")),
        (
            "Do we keep site 104?\nWe have decided that it stays, as it enrols.",
            Decided("It stays", "It enrols", "Do we keep site 104?"),
        ),
        ("It was agreed on 3 Nov to stop the shipment", Decided("Stop the shipment")),
        ("Agreed: v4 it is. Also decided: no v5.", Decided("V4 it is", others=1)),
        ("Nothing decided: we meet again", Decided()),
        ("This is still to be decided: who pays", Decided()),
        ("Was it agreed to stop?", Decided()),
        ("I agreed with Marcus", Decided()),
        ("„We decided to stop“, says Marcus", Decided()),
        ("> We decided to stop", Decided()),
        ("", Decided()),
    ],
)
def test_what_was_decided_is_what_the_words_say(words, found):
    assert decided(words) == found


@given(st.lists(st.sampled_from(["decided", "that", "to", ":", "because", "X", "?", ".", "“", "”", "not"])))
def test_nothing_is_proposed_that_the_message_does_not_have(pieces):
    found = decided(" ".join(pieces))
    for words in (found.outcome, found.why, found.question):
        assert set(words.lower().split()) <= set(" ".join(pieces).lower().split())


@pytest.mark.parametrize("unit", ["decided ", " agreed,", ", as ", "decision on ", "decided: a. "])
def test_a_hostile_message_takes_no_time(unit):
    started = time.perf_counter()
    decided(unit * (40_000 // len(unit)))
    assert time.perf_counter() - started < 0.5
