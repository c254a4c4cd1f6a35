"""A promise as it is typed."""

from datetime import date

import pytest

from bot import commit_words
from bot.grammar import Vocabulary

KNOWN = Vocabulary(("HAL-301",), ("Halcyra Therapeutics AG",), date(2026, 11, 10))
SAID = {
    "“recovery plan” by 28 Nov to @marcus, owner @annika lind, for Halcyra, internal": (
        "recovery plan",
        {
            "receiver": "@marcus",
            "owner": "@annika lind",
            "due": "28 Nov",
            "partner": "Halcyra Therapeutics AG",
            "visibility": "internal",
        },
    ),
    "recovery plan by 28 Nov to <@U123>": ("recovery plan", {"receiver": "<@U123>", "due": "28 Nov"}),
    "send plan to site 104 by 28 Nov, 2026, to @Maria del Carmen Ruiz": (
        "send plan to site 104",
        {"receiver": "@Maria del Carmen Ruiz", "due": "28 Nov, 2026"},
    ),
    "file it by hand by next Friday to @marcus": (
        "file it by hand",
        {"receiver": "@marcus", "due": "next Friday"},
    ),
    '"Plan, revised" by soon to <at>Marcus Adeyemi</at>': (
        "Plan, revised",
        {"receiver": "<at>Marcus Adeyemi</at>", "due": "soon"},
    ),
    "to @tomasz: the plan, due 28 Nov, HAL-301": (
        "the plan",
        {"receiver": "@tomasz", "due": "28 Nov", "study": "HAL-301"},
    ),
    "@rafael, list of sites, by 3/12, shared": (
        "list of sites",
        {"owner": "@rafael", "due": "3/12", "visibility": "shared"},
    ),
    "plan by Friday to @marcus by Monday": (
        "plan",
        {"receiver": "@marcus", "due words": "by Friday … by Monday", "due days": "2026-11-13\n2026-11-16"},
    ),
    "recovery plan by hand": ("recovery plan by hand", {}),
    "": ("", {}),
}


@pytest.mark.parametrize("said", SAID)
def test_what_is_promised_by_whom_to_whom_and_by_when_is_told_apart(said):
    found = commit_words.promise(said, KNOWN)
    assert (found.title, dict(found.fields)) == SAID[said]


def test_further_lines_and_words_beside_a_quoted_promise_are_kept():
    assert commit_words.promise("“plan” as agreed, by 28 Nov\nwith all sites", KNOWN).description == (
        "as agreed\nwith all sites"
    )
