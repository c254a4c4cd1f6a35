"""Each room uses its own libraries only, and each query knows who asks."""

import pytest

from tests.architecture import borders
from tests.architecture.sources import Source, expect_none, inside


def test_each_room_uses_its_own_libraries_only() -> None:
    rooms = inside("bot", "adapters", "storage", "schedules", "playground")
    expect_none(borders.strange_libraries, rooms)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("bot/desk.py", "import sqlalchemy"),
        ("bot/handlers/issue.py", "def f():\n    from slack_sdk import WebClient"),
        ("adapters/slack/app.py", "from botbuilder.core import TurnContext"),
        ("adapters/teams/app.py", "import slack_bolt"),
        ("storage/issues.py", "import yaml"),
        ("schedules/post.py", "import httpx"),
        ("playground/teams.py", "import botbuilder"),
    ],
)
def test_a_library_of_another_room_is_found(path: str, text: str) -> None:
    assert len(list(borders.strange_libraries(Source(path, text)))) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("bot/grammar.py", "import json\nfrom bot.errors import Refusal"),
        ("adapters/teams/guard.py", "import jwt\nimport httpx"),
        ("storage/load/reading.py", "import yaml\nfrom sqlmodel import SQLModel"),
    ],
)
def test_a_library_of_the_room_stands(path: str, text: str) -> None:
    assert list(borders.strange_libraries(Source(path, text))) == []


def test_every_query_knows_who_asks_or_has_its_reason() -> None:
    expect_none(borders.questions_of_nobody, inside("storage"))


@pytest.mark.parametrize(
    "text",
    [
        "def issue(number): ...",
        "def issue(session, number, actor): ...",
        "class Issues:\n    def issue(self, number): ...",
        "async def issue(): ...",
    ],
)
def test_a_question_of_nobody_is_found(text: str) -> None:
    assert len(list(borders.questions_of_nobody(Source("storage/issues.py", text)))) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("storage/issues.py", "def issue(actor, number): ..."),
        ("storage/issues.py", "class Issues:\n    def issue(self, reader, number): ..."),
        ("storage/issues.py", "def _row(number): ..."),
        ("storage/outbox.py", "def claim(limit): ..."),
        ("storage/load/reading.py", "def read(file): ..."),
    ],
)
def test_a_question_of_somebody_stands(path: str, text: str) -> None:
    assert list(borders.questions_of_nobody(Source(path, text))) == []


def test_every_excuse_is_for_a_query_that_exists() -> None:
    known = {
        f"{source.room.removeprefix('storage.')}.{function.name}"
        for source in inside("storage")
        for function in borders.public_functions(source.tree)
    }
    assert set(borders.EXCUSED) - known == set()
    assert all(len(reason.split()) >= 3 for reason in borders.EXCUSED.values())
