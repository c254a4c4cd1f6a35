"""The import contracts of pyproject.toml can break: each is shown a small house with one wrong import."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.cli.suite import CHECKS
from tests.architecture.sources import ROOT

ROOMS = ("bot", "bot/governance", "bot/handlers", "adapters", "adapters/slack", "adapters/teams", "storage")


def verdict(house: Path, path: str, text: str) -> str:
    """What the contracts say of an empty house with this one file in it."""
    shutil.copy(ROOT / "pyproject.toml", house)
    for room in (*ROOMS, "schedules", "playground"):
        (house / room).mkdir(parents=True)
        (house / room / "__init__.py").touch()
    (house / path).write_text(text)
    done = subprocess.run([sys.executable, *CHECKS["imports"]], cwd=house, capture_output=True, text=True)
    assert (done.returncode == 0) == (" 0 broken." in done.stdout), done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("path", "text", "broken"),
    [
        ("bot/governance/issue.py", "import bot.handlers", "Inside bot, imports point downwards only"),
        ("bot/desk.py", "import storage", "Everything points at bot, and bot at nobody"),
        ("adapters/web.py", "import storage", "Adapters know bot and no other room"),
        ("adapters/web.py", "import adapters.slack", "A platform never sees another, and what they share"),
        (
            "adapters/teams/app.py",
            "import adapters.slack",
            "A platform never sees another, and what they share",
        ),
        ("storage/issues.py", "import adapters", "Storage knows bot and no other room"),
        ("schedules/post.py", "import storage", "Schedules know bot and no other room"),
        ("playground/teams.py", "import bot", "The playground knows only the wire"),
    ],
)
def test_a_wrong_import_breaks_its_contract(tmp_path: Path, path: str, text: str, broken: str) -> None:
    told = verdict(tmp_path, path, text)
    assert "1 broken." in told
    assert any(line.startswith(broken) and line.endswith("BROKEN") for line in told.splitlines())


def test_a_right_import_breaks_none(tmp_path: Path) -> None:
    assert " 0 broken." in verdict(tmp_path, "bot/desk.py", "import bot.handlers\nimport bot.governance\n")
