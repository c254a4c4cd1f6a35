"""`./parley audit` as an operator meets it: figures where the record holds, one line where it does not."""

import asyncio
import json
import shutil

import pytest

from bot.clock import Clock
from storage.notary import Notary
from storage.store import SqlStore
from tests.processes.running import command
from tests.processes.test_commands import ask, refused

pytestmark = pytest.mark.slow

KEY = "0123456789abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def folder(sqlite_world, tmp_path):
    """A folder with the example world in its database, its heads signed and kept outside it."""
    shutil.copy(sqlite_world, tmp_path / "parley.db")
    store = SqlStore(f"sqlite:///{tmp_path}/parley.db", Clock())
    assert asyncio.run(Notary(store, store.clock, KEY, str(tmp_path / "heads.jsonl")).run()) > 0
    store.close()
    return tmp_path


def audit(folder, *words):
    return command(folder, "audit", *words, PARLEY_SECRET_KEY=KEY, PARLEY_HEADS_FILE="heads.jsonl")


def test_it_proves_prints_the_heads_and_the_key_and_names_the_line_that_breaks(folder):
    whole = audit(folder, "verify")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert " lines hold; 0 lines are redacted; " in whole.stdout
    assert len(whole.stdout.splitlines()) == 1
    heads = audit(folder, "heads").stdout
    assert heads == (folder / "heads.jsonl").read_text()
    assert audit(folder, "key").stdout.strip().endswith(f"(mark {json.loads(heads.splitlines()[0])['mark']})")
    (folder / "kept.jsonl").write_text(heads)
    assert audit(folder, "verify", "--against", "kept.jsonl").returncode == 0
    ask(folder, "DROP TRIGGER audit_no_update")
    ask(folder, "UPDATE audit SET person = 'PER-01' WHERE chain = 'P-NOR:shared' AND seq = 3")
    told = refused(audit(folder, "verify"))
    assert told.strip() == "parley: the record does not hold: P-NOR:shared line 3 was changed"


def test_what_it_cannot_do_is_one_line(folder):
    assert "cannot be read" in refused(audit(folder, "verify", "--against", "none.jsonl"))
    (folder / "heads.jsonl").unlink()
    assert "which is not there" in refused(audit(folder, "verify"))
    assert "PARLEY_SECRET_KEY is not set" in refused(command(folder, "audit", "key"))
    assert "run ./parley migrate" in refused(
        command(folder, "audit", "heads", DATABASE_URL="sqlite:///no.db")
    )
