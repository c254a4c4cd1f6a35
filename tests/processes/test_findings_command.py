"""`./parley findings` as an operator meets it: what one person may see, and one line where it cannot be."""

import json
import shutil

import pytest
from typer.testing import CliRunner

import parley
from adapters.cli import commands
from adapters.cli.failed import Failed
from tests.governance.example import EXAMPLE
from tests.governance.oracle import CODES
from tests.processes.running import command
from tests.processes.test_commands import ask, refused

pytestmark = pytest.mark.slow

THEN = ("--at", EXAMPLE["meta"]["as_of"])
WHY = ("--reason", "inspection on Monday")
REFUSED = {
    "Say why you look: --reason TEXT": ("--as", "PER-09"),
    "Nobody here is called “PER-99”": ("--as", "PER-99", *WHY),
}
MISTYPED = {
    "say through whose eyes you look: --as PERSON, for example --as PER-09": (*WHY,),
    "--at is “soon”, not a time like 2026-11-10T09:00:00Z": ("--as", "PER-09", "--at", "soon", *WHY),
    "--at is “2026-11-10T09:00:00”, which lacks its zone; end it with Z or +01:00": (
        *("--as", "PER-09", "--at", "2026-11-10T09:00:00", *WHY),
    ),
    "--at is in the year 9999; it must be from 2000 to 2099": (
        *("--as", "PER-09", "--at", "9999-12-31T23:59:59-12:00", *WHY),
    ),
}


@pytest.fixture
def folder(sqlite_world, tmp_path):
    """A folder with the example world in its database."""
    shutil.copy(sqlite_world, tmp_path / "parley.db")
    return tmp_path


def listed(folder, person, **settings):
    """What is printed as JSON, as the file writes it."""
    done = command(folder, "findings", "--as", person, *THEN, *WHY, "--json", **settings)
    assert (done.returncode, done.stderr) == (0, "")
    return sorted(json.loads(done.stdout), key=str)


def wanted(*own):
    """What the file says those may see."""
    found = (one for one in EXAMPLE["expected"]["findings"] if one["code"] in CODES)
    return sorted((one for one in found if {*one["visible_to"]} & {*own}), key=str)


def test_it_prints_what_is_expected_and_first_records_that_somebody_looked(folder):
    assert listed(folder, "PER-01") == wanted("sponsor", "PER-01")
    assert listed(folder, "weiling.tan") == wanted("P-QUI")
    looked = ask(folder, "SELECT chain FROM audit WHERE what = 'operator.findings' ORDER BY chain")
    assert [one for (one,) in looked] == [
        "read:P-NOR:restricted:HAL-RST-K7Q2",
        *("read:P-NOR:shared", "read:P-QUI:shared", "read:P-QUI:shared"),
    ]


@pytest.mark.postgres
def test_it_says_the_same_on_postgresql(cluster, postgres_world, tmp_path):
    database = cluster.fresh(postgres_world)
    assert listed(tmp_path, "PER-10", DATABASE_URL=database) == wanted("P-NOR")


def test_it_reads_like_words_without_json(folder):
    done = command(folder, "findings", "--as", "Annika Lindqvist", *THEN, *WHY)
    assert (done.returncode, done.stderr) == (0, "")
    head, blank, *lines = done.stdout.splitlines()
    assert head == "As Annika Lindqvist (Northmere Clinical Ltd) may see it on Tue 10 Nov 2026, 09:00 GMT:"
    assert blank == ""
    assert len(lines) == len(wanted("P-NOR"))
    assert lines[0].split("  ")[0] == "NOR-ISS-007"


@pytest.mark.parametrize("reason", REFUSED)
def test_what_it_cannot_do_is_one_line(folder, reason):
    assert reason in refused(command(folder, "findings", *REFUSED[reason]))
    assert ask(folder, "SELECT count(*) FROM audit WHERE what = 'operator.findings'") == [(0,)]


def test_what_was_mistyped_is_said_before_anything_is_opened():
    cli = commands.build(parley.House())
    for reason, words in MISTYPED.items():
        told = CliRunner().invoke(cli, ["findings", *words])
        assert isinstance(told.exception, Failed)
        assert str(told.exception) == reason


def test_somebody_who_left_and_a_database_that_is_none_are_said_in_one_line(folder):
    with_left = ask(folder, "UPDATE person SET active = 0 WHERE id = 'PER-09' RETURNING id")
    assert with_left == [("PER-09",)]
    left = refused(command(folder, "findings", "--as", "PER-09", *WHY))
    assert "Annika Lindqvist (PER-09) has no access any more" in left
    none = refused(command(folder, "findings", "--as", "PER-09", *WHY, DATABASE_URL="sqlite:///none.db"))
    assert "run ./parley migrate" in none
