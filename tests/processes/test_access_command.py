"""`./parley access` as an operator meets it: who has access, and that it was looked up is on the record."""

import csv
import io
import json
import shutil

import pytest

from adapters.cli import access
from bot.handlers.access_operator import Granted
from tests.processes.running import command
from tests.processes.test_commands import ask, refused

pytestmark = pytest.mark.slow

WHY = ("--reason", "annual audit")


@pytest.fixture
def folder(sqlite_world, tmp_path):
    """A folder with the example world in its database."""
    shutil.copy(sqlite_world, tmp_path / "parley.db")
    return tmp_path


def test_it_lists_who_has_access_and_says_so_to_both_companies(folder):
    done = command(folder, "access", "--as", "PER-08", *WHY)
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {one["company"] for one in rows} == {"Northmere Clinical Ltd", "Halcyra Therapeutics AG"}
    assert {one["partnership"] for one in rows} == {"P-NOR"}
    annika = next(one for one in rows if one["name"] == "Annika Lindqvist")
    assert (annika["account"], annika["state"]) == ("let in", "goes on")
    marcus = next(one for one in rows if one["name"] == "Marcus Adeyemi")
    assert (marcus["roles"], marcus["account"], marcus["last_entry"]) == ("L2", "", "")
    told = json.loads(command(folder, "access", "--as", "david.okonkwo", *WHY, "--json").stdout)
    assert [list(one.values()) for one in told] == [list(one.values()) for one in rows]
    looked = ask(folder, "SELECT chain FROM audit WHERE what = 'operator.access' ORDER BY chain")
    assert [one for (one,) in looked] == ["org:ORG-NOR"] * 2 + ["read:P-NOR:shared"] * 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (WHY, "say through whose eyes you look: --as PERSON"),
        (("--as", "PER-08"), "Say why you look: --reason TEXT"),
        (("--as", "PER-09", *WHY), "Annika Lindqvist administers no company"),
        (("--as", "PER-99", *WHY), "Nobody here is called “PER-99”"),
    ],
)
def test_what_it_cannot_do_is_one_line(folder, words, said):
    assert said in refused(command(folder, "access", *words))
    assert ask(folder, "SELECT count(*) FROM audit WHERE what = 'operator.access'") == [(0,)]


def test_no_cell_of_it_is_a_formula():
    row = Granted("=1+1", "@a", "-b", "+c", "P-NOR", "goes on")
    assert "'=1+1,'@a,'-b,'+c,P-NOR" in access.table([row])
