"""The pages about installing say what the code does: permissions, settings, and what `check` would say."""

import re
from pathlib import Path

import pytest

from adapters.settings import Settings
from adapters.slack.scopes import EVENTS, SCOPES

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("install-slack.md", "install-teams.md")
CHECKS = (
    "adapters/cli/doctor.py",
    "adapters/slack/probe.py",
    "adapters/teams/probe.py",
    "storage/checkup.py",
    "storage/second_wall.py",
    "storage/shortcomings.py",
    "storage/troubles.py",
)
SETTING = re.compile(r"\b(?:SLACK|TEAMS|PARLEY|DATABASE)_[A-Z_]+\b")
LINK = re.compile(r"\]\(([\w/.-]+\.md)\)")


def page(name):
    return (ROOT / "docs" / name).read_text("utf-8")


def section(text, name):
    """What stands between two marks."""
    return text.split(f"<!-- {name} -->\n")[1].split(f"<!-- /{name} -->")[0]


def table(head, rows):
    """A table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def scopes():
    rows = [
        (f"`{one.name}`", "optional" if one.optional else "needed", one.why, one.without) for one in SCOPES
    ]
    return table(["scope", "", "to", "without it"], [[*row[:3], row[3] or "-"] for row in rows])


def events():
    rows = [(f"`{one.name}`", one.why, f"`{one.scope}`" if one.scope else "-") for one in EVENTS]
    return table(["event", "what comes of it", "needs"], rows)


@pytest.mark.parametrize(("name", "told"), [("scopes", scopes), ("events", events)])
def test_the_tables_of_permissions_are_those_of_the_code(name, told):
    assert section(page("install-slack.md"), name) == told()


@pytest.mark.parametrize("name", PAGES)
def test_every_setting_that_is_named_exists(name):
    known = {field.upper() for field in Settings.model_fields}
    assert set(SETTING.findall(page(name))) - known == set()


@pytest.mark.parametrize("name", PAGES)
def test_check_has_a_line_for_everything_the_page_warns_of(name):
    source = "".join((ROOT / path).read_text("utf-8") for path in CHECKS).replace('"\n            "', "")
    rows = page(name).split("what `./parley check` says |\n")[1].splitlines()[1:]
    cells = [row.rsplit("|", 2)[1].strip() for row in rows]
    assert len(cells) > 10
    for cell in cells:
        if not cell.startswith("- "):
            for words in re.findall(r"`([^`]+)`", cell):
                assert words in source, words


@pytest.mark.parametrize("name", PAGES)
def test_no_link_leads_nowhere(name):
    linked = LINK.findall(page(name))
    assert [target for target in linked if not (ROOT / "docs" / target).exists()] == []
