"""A backup of a living record, taken and restored by the very commands of docs/operate.md."""

import re
import subprocess
from datetime import timedelta

import pytest
from sqlalchemy import make_url

from storage import engines
from tests.postgres import owners
from tests.processes.running import PATIENCE, ROOT, command, environment
from tests.processes.test_killed import (
    ALARM,
    CLIMBED,
    PEOPLE,
    REPEAT,
    SLACK,
    TEAMS,
    URGENT,
    numbers,
    once,
    places,
)
from tests.processes.town import MOVED

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

BEFORE = "issue Consent form outdated, major, owner @rafael, due next Friday"
DURING = "issue TMF backlog at site 104, major, owner @rafael, due next Friday"
AFTER = "issue Freezer alarm at depot 3, major, owner @rafael, due next Friday"
LEFT_OUT = 100


def documented(title: str) -> str:
    """The commands under that heading, for the shell."""
    text = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    section = text.partition(f"\n### {title}\n")[2]
    assert section, title
    return re.search(r"```sh\n(.*?)```", section, re.S)[1]


def obey(title: str, cluster=None, **names: str) -> None:
    """Run them as they stand; only the names they use are ours."""
    around = environment(names)
    if cluster:
        around["PATH"] = f"{cluster.server.bin_path}:{around['PATH']}"
    words = ["sh", "-euc", documented(title)]
    done = subprocess.run(words, env=around, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr


class Safe:
    """Where the backup of a town's record lies, and how it comes back as another database."""

    def __init__(self, town, cluster) -> None:
        self.town, self.cluster = town, cluster
        self.kept = str(town.folder / "backup")

    def put(self) -> None:
        """The bot goes on meanwhile."""
        if self.cluster:
            owner = self.cluster.server.get_uri(make_url(self.town.database).database)
            obey("Back up PostgreSQL", self.cluster, DATABASE_OWNER_URL=owner, BACKUP=self.kept)
        else:
            obey("Back up SQLite", RECORD=make_url(self.town.database).database, BACKUP=self.kept)

    async def take_out(self) -> str:
        """The town goes on with what was kept; what `restored` says."""
        if self.cluster:
            name = f"{make_url(self.town.database).database}_restored"
            server, there = self.cluster.server.get_uri(), self.cluster.server.get_uri(name)
            self.cluster.run(f"CREATE DATABASE {name}")
            obey("Restore PostgreSQL", self.cluster, RESTORED_URL=there, BACKUP=self.kept, SERVER=server)
            url = self.cluster.url(name, make_url(self.town.database).username)
        else:
            file = str(self.town.folder / "restored.db")
            obey("Restore SQLite", RECORD=file, BACKUP=self.kept)
            url = f"sqlite:///{file}"
        self.town.engine.dispose()
        self.town.database, self.town.engine = url, engines.owner(owners(url))
        self.town.settings["DATABASE_URL"] = url
        told = command(self.town.folder, "restored", **self.town.settings)
        assert (told.returncode, told.stderr) == (0, "")
        return told.stdout


@pytest.fixture
def safe(town, database, request):
    shared = make_url(database).get_backend_name() == "postgresql"
    return Safe(town, request.getfixturevalue("cluster") if shared else None)


async def test_nothing_is_lost_or_said_twice_after_a_backup_is_restored(town, safe):
    bot = await town.open()
    await town.type("annika", BEFORE)
    await town.until(town.is_quiet)
    town.fail("429", SLACK, TEAMS, retry_after=1)
    await town.type("annika", DURING)
    there = places(town, PEOPLE)
    await town.until(lambda: all(row.reason for row in town.still_open()))
    safe.put()
    town.faults.clear()
    await town.until(town.is_quiet)
    assert numbers(town.copies("NOR-ISS-009: ")) == once(there)
    await bot.kill()
    assert f"{len(there)} messages may have been sent since the backup" in await safe.take_out()
    await town.start()
    await town.until(town.is_quiet)
    assert numbers(town.copies("NOR-ISS-008: ")) == once(there)
    said_once_or_marked(town, "NOR-ISS-009: ", there)
    await town.type("annika", AFTER)
    await town.until(town.is_quiet)
    assert numbers(town.copies(f"NOR-ISS-{9 + LEFT_OUT + 1}: ")) == once(there)
    await town.press("marcus", "Acknowledge")
    await town.until(town.is_quiet)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_an_alarm_that_rang_after_the_backup_does_not_ring_again(town, safe):
    bot = await town.open()
    await town.type("annika", URGENT)
    await town.until(town.is_quiet)
    await bot.kill()
    town.set_clock(timedelta(hours=5))
    safe.put()
    bot = await town.start(MOVED)
    there = places(town, CLIMBED, rooms=False)
    await town.until(lambda: numbers(town.copies(ALARM)) == once(there) and town.is_quiet())
    await bot.kill()
    await safe.take_out()
    await town.start(MOVED)
    await town.until(town.is_quiet)
    said_once_or_marked(town, ALARM, there)


def said_once_or_marked(town, words, there):
    """Slack is asked and says it is there; Teams cannot be asked, so a second copy says what it is."""
    found = town.copies(words)
    assert numbers(found) == {place: 1 if slack else 2 for place, slack in there.items()}
    for place, seen in found.items():
        assert [REPEAT in one for one in seen] == [False, True][: len(seen)], place
