"""The command line as a person meets it: what it does, its exit codes, and one line where it cannot."""

import signal
import sqlite3
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import parley
from adapters.cli import commands
from playground.server import listen
from tests.processes.running import ROOT, Running, command
from tests.world import EXAMPLE

pytestmark = pytest.mark.slow

COMMANDS = ("demo", "serve", "load", "invite", "migrate", "restored", "check", "rotate", "manifest")
COMMANDS += ("findings", "audit", "test", "bench")
KEY = {"PARLEY_SECRET_KEY": "a key"}
SLACK = {"SLACK_SIGNING_SECRET": "a signing secret", "SLACK_BOT_TOKEN": "xoxb-none"}
SET_UP = SLACK | KEY
NOWHERE = {"SLACK_API_URL": "http://127.0.0.1:9/"}
UNKNOWN_DATABASES = (
    ("serve", "nonsense"),
    ("migrate", "mysql://host/parley"),
    ("migrate", "sqlite://"),
    ("serve", "postgresql://me:a-password@[::1/x"),
)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A folder with a migrated, empty database."""
    folder = tmp_path_factory.mktemp("migrated")
    assert command(folder, "migrate").returncode == 0
    return folder


@pytest.fixture
def folder(migrated, tmp_path):
    """A folder of its own with a migrated, empty database and the example file."""
    with sqlite3.connect(migrated / "parley.db") as source, sqlite3.connect(tmp_path / "parley.db") as copy:
        source.backup(copy)
    (tmp_path / "example.yaml").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def refused(done):
    """The one line on stderr of a command that failed and said nothing else."""
    assert (done.returncode, done.stdout) == (1, ""), done
    assert done.stderr.startswith("parley: ")
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def ask(folder, statement):
    """What SQL has to say."""
    with sqlite3.connect(folder / "parley.db") as connection:
        return connection.execute(statement).fetchall()


def test_help_names_every_command(tmp_path):
    told = command(tmp_path, "--help")
    assert (told.returncode, told.stderr) == (0, "")
    assert [name for name in COMMANDS if f"\n  {name} " not in told.stdout] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name):
    told = CliRunner().invoke(commands.build(parley.House()), [name, "--help"], prog_name="parley")
    assert told.exit_code == 0
    assert f"Usage: parley {name} " in told.output


def test_an_unknown_word_is_answered_with_the_way_to_help(tmp_path):
    told = command(tmp_path, "lod")
    assert told.returncode == 2
    assert "No such command 'lod'" in told.stderr
    assert "--help" in told.stderr


def test_migrating_makes_the_database_once(tmp_path):
    first, second = command(tmp_path, "migrate"), command(tmp_path, "migrate")
    assert first.returncode == second.returncode == 0
    assert first.stdout == second.stdout
    assert "The database is at revision " in first.stdout


def test_inviting_prints_a_code_that_is_not_kept_and_what_to_do_with_it(folder):
    done = command(folder, "invite", **KEY)
    code = done.stdout.splitlines()[0]
    assert (done.returncode, [len(part) for part in code.split("-")]) == (0, [4, 4, 4])
    assert f"they say “setup {code}” in a direct message to Parley" in done.stdout
    assert code.replace("-", "").encode() not in (folder / "parley.db").read_bytes()
    assert ask(folder, "SELECT kind, state FROM invitation") == [("company", "open")]
    assert "run ./parley migrate" in refused(command(folder / "..", "invite"))


def test_checking_names_the_emergency_lines_that_nobody_answers(folder):
    assert command(folder, "load", "example.yaml").returncode == 0
    assert "line of" not in command(folder, "check").stdout
    with sqlite3.connect(folder / "parley.db") as record:
        record.execute("DELETE FROM contact WHERE partnership = 'P-NOR' AND line = 'safety'")
    looked = command(folder, "check")
    missing = "nobody answers the safety line of Halcyra Therapeutics AG for P-NOR: let an administrator"
    assert f"MEND   {missing}" in looked.stdout
    assert looked.returncode == 1


def test_a_file_named_from_where_the_person_stands_is_loaded_once(folder):
    first, second = command(folder, "load", "example.yaml"), command(folder, "load", "./example.yaml")
    assert first.returncode == second.returncode == 0
    assert "Loaded 12 people, 10 issues, 12 commitments, 5 decisions and 11 sessions." in first.stdout
    assert "Not known yet and left out: kpis" in first.stdout
    assert second.stdout == "That file is in the record already; nothing changed.\n"
    assert ask(folder, "SELECT count(*) FROM issue") == [(10,)]
    assert ask(folder, "SELECT count(*) FROM outbox") == [(0,)]


def test_a_wrong_file_is_refused_whole_with_line_and_reason(folder):
    text = EXAMPLE.read_text(encoding="utf-8")
    line = next(at for at, one in enumerate(text.splitlines(), 1) if "severity: minor" in one)
    (folder / "wrong.yaml").write_text(text.replace("severity: minor", "severity: tiny", 1), encoding="utf-8")
    said = refused(command(folder, "load", "wrong.yaml"))
    assert f"wrong.yaml, line {line}: severity is “tiny”; it must be one of critical, major, minor" in said
    assert said.endswith("; nothing was loaded\n")
    assert ask(folder, "SELECT count(*) FROM person") == ask(folder, "SELECT count(*) FROM issue") == [(0,)]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("none.yaml", None, "none.yaml cannot be read (No such file or directory)"),
        (".", None, ". cannot be read (Is a directory)"),
        ("latin.yaml", b"name: Qu\xe9bec\n", "latin.yaml is not UTF-8 text"),
        ("open.yaml", b"people: [1\n", "open.yaml, line 2: not YAML"),
        ("empty.yaml", b"", "empty.yaml, line 1: the file is empty"),
    ],
)
def test_what_is_no_such_file_is_refused_in_one_line(folder, name, content, reason):
    if content is not None:
        (folder / name).write_bytes(content)
    assert reason in refused(command(folder, "load", name))


def test_serving_needs_a_database_at_this_schema(tmp_path):
    assert "run ./parley migrate" in refused(command(tmp_path, "serve", **SET_UP))
    assert not (tmp_path / "parley.db").exists()


def test_serving_needs_a_platform(folder):
    assert "set SLACK_SIGNING_SECRET or TEAMS_APP_ID" in refused(command(folder, "serve", **KEY))


def test_serving_needs_a_secret_key(folder):
    assert "PARLEY_SECRET_KEY is not set; make one with" in refused(command(folder, "serve", **SLACK))


def test_serving_needs_a_clock_that_nobody_moved(folder):
    with sqlite3.connect(folder / "parley.db") as connection:
        connection.execute("INSERT INTO clock (id, offset_seconds) VALUES (1, 3600)")
    assert "this database belongs to a playground" in refused(command(folder, "serve", **SET_UP))
    assert "MEND   this database belongs to a playground" in command(folder, "check").stdout


def test_serving_needs_a_port_of_its_own(folder):
    with listen() as taken:
        port = taken.getsockname()[1]
        said = refused(command(folder, "serve", PARLEY_PORT=str(port), **SET_UP))
    assert f"port {port} of 127.0.0.1 cannot be had (Address already in use)" in said
    assert "PARLEY_PORT" in said


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_serving_ends_cleanly_when_it_is_told_to(folder, how):
    serving = await Running.start((str(ROOT / "parley.py"), "serve"), folder, SET_UP | {"PARLEY_PORT": "0"})
    await serving.says("listening on 127.0.0.1 port ")
    assert await serving.stop(how) == 0
    assert "Traceback" not in serving.said


@pytest.mark.parametrize(("name", "database"), UNKNOWN_DATABASES)
def test_an_unknown_database_is_said_in_one_line_without_its_password(folder, name, database):
    said = refused(command(folder, name, DATABASE_URL=database, **SET_UP))
    assert "DATABASE_URL leads to no database that Parley knows; write it like sqlite:///" in said
    assert "a-password" not in said


@pytest.mark.parametrize("database", ["postgresql://me:a-password@127.0.0.1:9/x", "sqlite:///example.yaml"])
def test_a_database_that_cannot_be_reached_is_said_in_one_line(folder, database):
    for name in ("serve", "migrate"):
        said = refused(command(folder, name, DATABASE_URL=database, **SET_UP))
        assert "the database cannot be reached or is locked (" in said
        assert "look at DATABASE_URL" in said
        assert "a-password" not in said
    looked = command(folder, "check", DATABASE_URL=database)
    assert "MEND   the database does not answer: look at DATABASE_URL" in looked.stdout
    assert (looked.returncode, looked.stderr) == (1, "")


def test_a_locked_database_loads_nothing_and_says_so(folder):
    with sqlite3.connect(folder / "parley.db") as other:
        other.execute("BEGIN IMMEDIATE")
        assert "cannot be reached or is locked" in refused(command(folder, "load", "example.yaml"))
    assert ask(folder, "SELECT count(*) FROM person") == [(0,)]


def test_a_database_of_a_newer_version_is_left_alone(folder):
    with sqlite3.connect(folder / "parley.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "another version of Parley" in refused(command(folder, "migrate"))


def test_a_setting_that_cannot_be_read_is_named(tmp_path):
    assert "PARLEY_PORT is wrong: " in refused(command(tmp_path, "check", PARLEY_PORT="many"))


def test_checking_says_what_is_right_and_what_to_mend_and_fails_until_all_is_right(folder):
    looked = command(folder, "check", **SLACK, **NOWHERE)
    assert (looked.returncode, looked.stderr) == (1, "")
    lines = looked.stdout.splitlines()
    assert "ok     the database answers and stands at this version's schema" in lines
    assert "ok     business time is the machine's time" in lines
    assert "MEND   PARLEY_SECRET_KEY is not set: make one with `openssl rand -base64 32`" in lines
    assert [line for line in lines if line.startswith("MEND   SLACK_BOT_TOKEN: no clear answer (")]


def test_checking_an_empty_folder_says_where_to_begin(tmp_path):
    looked = command(tmp_path, "check")
    assert looked.returncode == 1
    assert "MEND   the database is not at this version's schema: run ./parley migrate" in looked.stdout
    assert "MEND   no platform is set up: set SLACK_SIGNING_SECRET or TEAMS_APP_ID" in looked.stdout
    assert list(tmp_path.iterdir()) == []


def test_half_a_platform_is_not_taken_for_none(folder):
    looked = command(folder, "check", SLACK_BOT_TOKEN="xoxb-none", TEAMS_APP_PASSWORD="a password")
    assert "MEND   SLACK_BOT_TOKEN is set but SLACK_SIGNING_SECRET is not: set both" in looked.stdout
    assert "MEND   TEAMS_APP_PASSWORD is set but TEAMS_APP_ID is not: set both" in looked.stdout


def test_an_unknown_benchmark_is_refused_with_the_known_ones(tmp_path):
    assert "say one of clocks, commands" in refused(command(tmp_path, "bench", "nothing"))


def test_a_fault_of_our_own_is_one_line_with_its_place_and_none_of_its_words():
    program = (
        "from adapters.cli import commands\n"
        "class House:\n"
        "    def migrate(self):\n"
        "        secret = 'a-password'\n"
        "        raise LookupError(secret)\n"
        "raise SystemExit(commands.run(House()))\n"
    )
    words = [sys.executable, "-c", program, "migrate"]
    said = refused(subprocess.run(words, cwd=ROOT, capture_output=True, text=True))
    assert "a fault of Parley's own: LookupError at <string>:5; please report it" in said
