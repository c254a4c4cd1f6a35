"""`./parley export` as an operator meets it: one person's view in a file, and first on the record."""

import json
import shutil

import pytest
from typer.testing import CliRunner

import parley
from adapters.cli import commands
from adapters.cli.failed import Failed
from tests.processes.running import command
from tests.processes.test_commands import ask, refused

pytestmark = pytest.mark.slow

KEY = {"PARLEY_SECRET_KEY": "a secret of this test, long enough"}
WHY = ("--reason", "inspection on Monday")
TAKEN = "SELECT chain, record FROM audit WHERE what = 'operator.export' ORDER BY chain, record"


@pytest.fixture
def folder(sqlite_world, tmp_path):
    """A folder with the example world in its database."""
    shutil.copy(sqlite_world, tmp_path / "parley.db")
    return tmp_path


def export(folder, *words, **settings):
    return command(folder, "export", *words, **(KEY | settings))


def numbers(text):
    return [issue["number"] for issue in json.loads(text)["issues"]]


def test_it_writes_what_that_person_may_see_and_records_it_for_both(folder):
    done = export(folder, "HAL-301", "enrolment", "--as", "PER-09", "--out", "-", *WHY)
    assert (done.returncode, done.stderr) == (0, "")
    assert "NOR-ISS-003" in numbers(done.stdout)
    assert ask(folder, TAKEN) == [("read:P-NOR:shared", "P-NOR")]
    payload = ask(folder, "SELECT payload FROM audit WHERE what = 'operator.export'")[0][0]
    assert json.loads(payload)["why"] == "inspection on Monday"
    assert json.loads(payload)["after"] == {"format": "json", "read_as": "PER-09", "study": "HAL-301"}


def test_taking_it_twice_gives_the_same_bytes_in_every_format(folder):
    for kind in ("json", "pdf"):
        for name in ("first", "second"):
            done = export(folder, "--as", "annika", "--format", kind, "--out", f"{name}.{kind}", *WHY)
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        first, second = ((folder / f"{name}.{kind}").read_bytes() for name in ("first", "second"))
        assert first == second
        assert (folder / f"first.{kind}").stat().st_mode & 0o077 == 0


def test_what_both_read_does_not_say_that_it_was_a_hidden_record(folder):
    ((record, number),) = ask(folder, "SELECT id, number FROM issue WHERE visibility = 'restricted'")
    done = export(folder, number, "--as", "PER-01", "--out", "-", *WHY)
    assert numbers(done.stdout) == [number]
    assert ask(folder, TAKEN) == [
        (f"read:P-NOR:restricted:{record}", record),
        ("read:P-NOR:shared", "P-NOR"),
    ]


def test_a_file_that_is_there_is_left_as_it_is_unless_told(folder):
    (folder / "mine.json").write_text("precious")
    kept = export(folder, "--as", "PER-09", "--out", "mine.json", *WHY)
    assert "mine.json is there already and was left as it is" in refused(kept)
    assert (folder / "mine.json").read_text() == "precious"
    assert ask(folder, TAKEN) == []
    done = export(folder, "--as", "PER-09", "--out", "mine.json", "--force", *WHY)
    assert done.returncode == 0
    assert numbers((folder / "mine.json").read_text())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--as", "PER-09"), "Say why you look: --reason TEXT"),
        (("--as", "PER-99", *WHY), "Nobody here is called “PER-99”"),
        (("QUI-ISS-001", "--as", "PER-09", *WHY), "There is nothing to export there that you may see"),
        (("NOR-ISS-999", "--as", "PER-09", *WHY), "There is nothing to export there that you may see"),
    ],
)
def test_what_it_cannot_do_is_one_line_and_writes_nothing(folder, words, told):
    assert told in refused(export(folder, *words, "--out", "none.json"))
    assert not (folder / "none.json").exists()
    assert ask(folder, TAKEN) == []


def test_what_was_mistyped_is_said_before_anything_is_opened(tmp_path):
    mistyped = {
        "say through whose eyes: --as PERSON, for example --as PER-09": ("--out", "-", *WHY),
        "say where it goes: --out FILE, or --out - for the standard output": ("--as", "PER-09", *WHY),
        f"{tmp_path} is a folder; name a file in it": ("--as", "PER-09", "--out", str(tmp_path)),
        f"there is no folder {tmp_path}/no; make it first": ("--as", "PER-09", "--out", f"{tmp_path}/no/a"),
    }
    cli = commands.build(parley.House())
    for reason, words in mistyped.items():
        told = CliRunner().invoke(cli, ["export", *words])
        assert isinstance(told.exception, Failed)
        assert str(told.exception) == reason


@pytest.mark.postgres
def test_it_writes_the_same_on_postgresql(cluster, postgres_world, tmp_path):
    done = export(
        tmp_path,
        "NOR-ISS-003",
        "--as",
        "PER-09",
        "--out",
        "-",
        *WHY,
        DATABASE_URL=cluster.fresh(postgres_world),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert numbers(done.stdout) == ["NOR-ISS-003"]
