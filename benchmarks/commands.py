"""What a signed command and a Teams turn cost, beside a bare echo on the same SDK; prints JSON."""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rig import load, report, world
from benchmarks.rig.record import DATABASES, NoDatabase, Record, record, run
from benchmarks.rig.servers import Server, free_port, get, start
from benchmarks.rig.signed import Slack, Teams

LOG = "TMF backlog at site 104 ({n}), major, owner @annika, due next Friday"
MOST = 4_000  # requests a second that nobody here answers
STARTS = 3
FEW = 32  # requests of each, before anything is counted


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that is asked, of one server, and which answer is the right one."""

    server: Server
    requests: Callable[[int], Iterator[bytes]]
    is_right: load.Judge


@dataclass(frozen=True, slots=True)
class Pair:
    """The bot beside a named base."""

    base: str
    echo: Case
    bot: Case


@dataclass(frozen=True, slots=True)
class Rig:
    """Everything that runs."""

    outside: Server
    bot: Server
    slack_echo: Server
    teams_echo: Server
    startups: tuple[float, ...]

    @property
    def measured(self) -> list[Server]:
        return [self.bot, self.slack_echo, self.teams_echo]


def main() -> int:
    """Everything, bounded in time: about a minute and a half."""
    asked = _arguments()
    try:
        with ExitStack() as stack:
            print(json.dumps(_measured(stack, asked), indent=2))  # noqa: T201 # printing is its work
    except NoDatabase as missing:
        print(f"bench commands: {missing}", file=sys.stderr)  # noqa: T201 # the remedy, for people
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    told = argparse.ArgumentParser(prog="bench commands", description=__doc__)
    told.add_argument("--database", choices=DATABASES, default="sqlite")
    told.add_argument("--rounds", type=int, default=5)
    told.add_argument("--seconds", type=float, default=2.5, help="counted, for each side in each round")
    return told.parse_args()


def _measured(stack: ExitStack, asked: argparse.Namespace) -> report.Json:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parley-bench-")))
    kept = stack.enter_context(record(asked.database, folder))
    port = free_port()
    slack, teams = Slack(), Teams(f"http://{world.HOST}:{port}")
    (folder / "keys.json").write_text(json.dumps(teams.keys))
    rig = _rig(stack, folder, kept, port)
    pairs = _pairs(rig, slack, teams)
    for pair in reversed(pairs.values()):  # in Teams first: from then on it is known where to write to
        _asked(pair.echo, rig, 1.0, FEW), _asked(pair.bot, rig, 1.0, FEW)
    before = kept.counts()
    compared = {name: _compared(pair, rig, asked) for name, pair in pairs.items()}
    memory, taken = rig.bot.memory, json.loads(get(rig.outside.port, "/taken"))
    return report.whole(report.Run(vars(asked), compared, memory, rig.startups, before, kept.counts(), taken))


def _compared(pair: Pair, rig: Rig, asked: argparse.Namespace) -> report.Compared:
    """Turn by turn, so that both have the same neighbours on the machine."""
    rounds = [
        (_asked(pair.echo, rig, asked.seconds), _asked(pair.bot, rig, asked.seconds))
        for _ in range(asked.rounds)
    ]
    return report.Compared(pair.base, rounds)


def _rig(stack: ExitStack, folder: Path, kept: Record, port: int) -> Rig:
    """Every server, each in a process of its own."""
    outside, own = f"http://{world.HOST}:{port}", free_port()
    env = {**os.environ, **_settings(kept, outside, own)}
    run(folder, env, "migrate")
    run(folder, env, "load", str(world.EXAMPLE))

    def started(words: list[str], at: int) -> Server:
        server = start(words, at, folder, env)
        stack.callback(server.stop)
        return server

    sink = started(["-m", "benchmarks.rig.outside", str(port), str(folder / "keys.json")], port)
    serve = [str(world.ROOT / "parley.py"), "serve"]
    startups = []
    for _ in range(STARTS - 1):
        tried = start(serve, own, folder, env)
        tried.stop()
        startups.append(tried.startup)
    bot = started(serve, own)

    def echo(name: str) -> Server:
        at = free_port()
        return started(["-m", f"benchmarks.rig.{name}", str(at), outside], at)

    return Rig(sink, bot, echo("slack_echo"), echo("teams_echo"), (*startups, bot.startup))


def _settings(kept: Record, outside: str, own: int) -> dict[str, str]:
    """The bot as anybody would serve it, but for where the world outside is."""
    return {
        **kept.settings,
        "PYTHONPATH": str(world.ROOT),
        "PARLEY_HOST": world.HOST,
        "PARLEY_PORT": str(own),
        "PARLEY_SECRET_KEY": world.SECRET_KEY,
        "SLACK_SIGNING_SECRET": world.SLACK_SECRET,
        "SLACK_BOT_TOKEN": "xoxb-benchmark",
        "SLACK_API_URL": f"{outside}/slack/api/",
        "TEAMS_APP_ID": world.APP_ID,
        "TEAMS_APP_PASSWORD": world.APP_PASSWORD,
        "TEAMS_APP_TENANT_ID": world.TENANT,
        "TEAMS_TENANTS": world.TENANT,
        "TEAMS_OPENID_METADATA_URL": f"{outside}/teams/openid",
        "TEAMS_LOGIN_URL": f"{outside}/teams/login/",
        "TEAMS_SERVICE_URLS": world.service_url(outside),
    }


def _pairs(rig: Rig, slack: Slack, teams: Teams) -> dict[str, Pair]:
    """What is asked, each beside what it is compared to; what fills the record comes last."""

    def echo(text: str) -> Case:
        return Case(rig.slack_echo, lambda n: slack.commands(text, n), _says(text[:24].encode()))

    def bot(text: str, words: bytes) -> Case:
        return Case(rig.bot, lambda n: slack.commands(text, n), _says(words))

    def said(server: Server) -> Case:
        return Case(server, lambda n: teams.messages("issue list", n), _empty)

    return {
        "issue_list": Pair("slack_echo", echo("list"), bot("list", b"Open issues")),
        "issue_log": Pair("slack_echo", echo(LOG), bot(LOG, b"Logged NOR-ISS-")),
        "teams_turn": Pair("teams_echo", said(rig.teams_echo), said(rig.bot)),
    }


def _says(words: bytes) -> load.Judge:
    return lambda status, body: status == 200 and words in body


def _empty(status: int, body: bytes) -> bool:
    return status == 200 and not body


def _asked(case: Case, rig: Rig, seconds: float, count: int = 0) -> load.Tally:
    requests = case.requests(count or int((load.WARM_UP + seconds) * MOST))
    with case.server.alone(rig.measured):
        before = case.server.cpu
        tally = asyncio.run(load.press(case.server.port, requests, case.is_right, seconds))
        tally.cpu = case.server.cpu - before
    return tally


if __name__ == "__main__":
    sys.exit(main())
