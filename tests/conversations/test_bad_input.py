"""Bad input gets one clear sentence with the remedy, changes nothing and loses nothing."""

import pytest

from bot import menu

BAD = {
    "a wrong verb": ("issue lst", "Parley does not know “issue lst”; did you mean: issue list"),
    "a wrong noun": ("isue list", "did you mean: issue list"),
    "a wrong noun that stands alone": ("mne", "did you mean: mine promises"),
    "a wrong noun before a name": ("wo tomasz", "did you mean: who @name"),
    "a wrong verb of a promise": ("promise lst", "did you mean: commit list overdue"),
    "no word at all": ("qqqq zzzz", "did you mean: help"),
    "an empty title": ("issue , major, owner @rafael", "An issue needs a title"),
    "a date in the past": ("issue Late, major, owner @rafael, due 1 Nov", "Sun 1 Nov 2026 is in the past"),
    "words that are no date": (
        "issue Late, major, owner @rafael, due soonish",
        "“soonish” cannot be read as a day",
    ),
    "an owner nobody knows": ("issue Late, major, owner @nobody", "“nobody” is nobody who can own this"),
    "an owner outside the partnership": (
        "issue Late, major, owner @weiling",
        "“weiling” is nobody who can own this",
    ),
    "an unknown severity": ("issue Late, severity huge, owner @rafael", "“huge” is not a severity"),
    "an unknown study": (
        "issue Late, major, owner @rafael, study HAL-999",
        "There is no study “HAL-999” here",
    ),
    "a number that is not there": ("issue show NOR-ISS-099", "There is no issue NOR-ISS-099"),
    "no number": ("issue ack", "Say which issue, for example: issue ack NOR-ISS-007"),
    "a long title": (f"issue {'x' * 201}, major, owner @rafael", "at most 200 characters"),
    "a long description": (f"issue Late, major, owner @rafael\n{'x' * 3001}", "at most 3,000 characters"),
    "too many characters": (f"issue {'x' * 4001}", "A message has at most 4,000 characters"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_answered_with_its_remedy_and_saves_nothing(world, case):
    text, remedy = BAD[case]
    answer = world.as_("annika").say(text, mention=True)
    assert remedy in answer
    assert answer.private
    assert world.rows("SELECT count(*) FROM issue")[0][0] == 10
    assert not any(one.by_bot for one in world.as_("tomasz").room())


def test_a_hidden_study_is_refused_in_the_words_for_one_that_does_not_exist(world):
    hidden = world.as_("annika").opened("issue Late, major, owner @rafael, study HAL-103").errors["study"]
    unknown = world.as_("annika").opened("issue Late, major, owner @rafael, study HAL-999").errors["study"]
    assert hidden.replace("HAL-103", "X") == unknown.replace("HAL-999", "X")
    assert "HAL-202" in hidden


def test_help_names_every_noun_and_of_one_of_them_every_command_with_an_example(world):
    annika = world.as_("annika")
    answer = annika.say("help", mention=True)
    for noun in sorted(set(menu.NOUNS.values())):
        assert noun in answer
    for noun in ("issue", "commit", "action", "decision", "session", "digest"):
        assert f"help {noun}" in answer
        shown = annika.say(f"help {noun}s", mention=True)
        for command in menu.COMMANDS:
            if command.says and command.verb.startswith(f"{noun}."):
                assert command.example in shown
                assert command.says in shown


def test_a_refusal_is_kept_as_evidence_without_its_words(world):
    world.as_("annika").say("issue show NOR-ISS-099")
    told = world.rows("SELECT person, payload FROM audit WHERE what = 'refused'")
    assert len(told) == 1
    assert told[0][0] == "PER-09"
    assert "NoSuchIssue" in told[0][1]
    assert "099" not in told[0][1]
