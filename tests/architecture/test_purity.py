"""The core knows no platform, one file knows the time, one the environment; no test pretends or waits."""

import pytest

from tests.architecture import purity
from tests.architecture.sources import Source, expect_none, inside, python


def planted(text: str, path: str = "bot/planted.py") -> Source:
    return Source(path, text)


def test_the_core_names_no_platform() -> None:
    expect_none(purity.platform_names, inside("bot"))


@pytest.mark.parametrize(
    "text",
    ['x = "Slack"', "slack_id = 1", "class TeamsCard: ...", "# as TEAMS wants it", "def inSlack(): ..."],
)
def test_a_platform_named_in_the_core_is_found(text: str) -> None:
    assert len(list(purity.platform_names(planted(text)))) == 1


@pytest.mark.parametrize("text", ["platform = 1", "the study team", "slacken", "steams ahead"])
def test_words_that_only_look_alike_are_no_platform(text: str) -> None:
    assert list(purity.platform_names(planted(text))) == []


def test_no_conversation_decides_on_the_platform() -> None:
    assert [
        found for source in inside("tests/conversations") for found in purity.platform_branches(source)
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "if platform: ...",
        "if chat.platform == 'a': ...",
        "x = 1 if on_platform() else 2",
        "match chat.platform:\n    case _: ...",
        "[c for c in chats if c.platform]",
    ],
)
def test_a_decision_on_the_platform_is_found(text: str) -> None:
    assert list(purity.platform_branches(planted(text))) != []


def test_only_the_clocks_tell_the_time() -> None:
    expect_none(purity.wall_clocks, python())


@pytest.mark.parametrize(
    "text",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "dt = datetime.today",
        "date.today()",
        "time.time()",
        "from time import time",
    ],
)
def test_another_clock_is_found(text: str) -> None:
    assert len(list(purity.wall_clocks(planted(text)))) == 1
    assert list(purity.wall_clocks(planted(text, "bot/clock.py"))) == []


def test_a_clock_that_only_measures_is_allowed() -> None:
    assert (
        list(purity.wall_clocks(planted("from time import monotonic\nclock.now()\ntime.monotonic()"))) == []
    )


def test_only_the_settings_read_the_environment() -> None:
    expect_none(purity.environment_reads, python())


@pytest.mark.parametrize("text", ["os.environ['A']", "os.getenv('A')", "from os import environ"])
def test_another_reader_of_the_environment_is_found(text: str) -> None:
    assert len(list(purity.environment_reads(planted(text)))) == 1
    assert list(purity.environment_reads(planted(text, "adapters/settings.py"))) == []


def test_no_test_pretends() -> None:
    expect_none(purity.fakery, inside("tests"))


@pytest.mark.parametrize(
    "text",
    [
        "from unittest import mock",
        "from unittest.mock import Mock",
        "import pytest_mock",
        "def test_it(monkeypatch): ...",
        "def test_it(mocker): ...",
        "pytest.MonkeyPatch()",
    ],
)
def test_a_pretence_is_found(text: str) -> None:
    assert len(list(purity.fakery(planted(text)))) == 1


def test_no_test_waits_by_the_clock() -> None:
    expect_none(purity.sleeps, inside("tests"))


@pytest.mark.parametrize(
    "text",
    [
        "time.sleep(1)",
        "from time import sleep",
        "await asyncio.sleep(0.1)",
        "asyncio.sleep(delay)",
        "time.sleep(0)",
    ],
)
def test_a_wait_by_the_clock_is_found(text: str) -> None:
    assert len(list(purity.sleeps(planted(text)))) == 1


def test_letting_others_go_first_is_no_wait() -> None:
    assert list(purity.sleeps(planted("await asyncio.sleep(0)"))) == []
