"""`./parley demo` as two real processes: both windows, the clock, and nothing left behind however it ends."""

import signal
import socket

import httpx
import pytest
import pytest_asyncio

from adapters.cli import page
from playground.server import listen
from tests.processes.running import ROOT, Running, command
from tests.processes.town import free_port

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def built_page():
    """The page is built before, so that every start is a second one."""
    page.ensure(ROOT)


@pytest.fixture
def ports():
    return free_port(), free_port()


def words(ports):
    return "demo", "--port", str(ports[0]), "--bot-port", str(ports[1])


@pytest_asyncio.fixture
async def demo(ports, tmp_path):
    """Running, and said where; with its temporary folder in ours and no browser of this machine."""
    surroundings = {"TMPDIR": str(tmp_path), "BROWSER": "true"}
    started = await Running.start((str(ROOT / "parley.py"), *words(ports)), tmp_path, surroundings)
    await started.says(f"The playground is at http://127.0.0.1:{ports[0]}")
    yield started
    await started.kill()


@pytest_asyncio.fixture
async def browser(ports):
    """Who asks what the page asks."""
    asks = httpx.AsyncClient(base_url=f"http://127.0.0.1:{ports[0]}", trust_env=False, timeout=60)
    async with asks:
        yield asks


def is_silent(port):
    """Whether nobody listens there any more."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) != 0


async def test_it_shows_the_page_and_both_windows_of_the_example_world(demo, browser):
    shown = await browser.get("/")
    assert (shown.status_code, "<script" in shown.text) == (200, True)
    state = (await browser.get("/control/state")).json()
    assert [one["name"] for one in state["slack"]["workspaces"]] == ["Northmere Clinical Ltd"]
    assert "Halcyra Therapeutics AG" in [one["name"] for one in state["teams"]["tenants"]]


async def test_what_is_typed_is_answered_and_its_clock_is_the_worlds_own_and_can_be_pushed(demo, browser):
    pushed = (await browser.post("/control/clock", json={"push": "business_day"})).json()
    assert pushed["now"].startswith("2026-11-11T09:0")
    workspace = (await browser.get("/control/state")).json()["slack"]["workspaces"][0]
    asked = {"user": workspace["people"][0]["id"], "channel": workspace["channels"][0]["id"]}
    answer = (await browser.post("/control/slack/say", json=asked | {"text": "/issue list"})).json()
    assert answer["status"] == 200
    assert "NOR-ISS-" in str(answer["body"])


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_it_ends_cleanly_with_both_processes_and_leaves_no_folder(demo, ports, how, tmp_path):
    async with httpx.AsyncClient(trust_env=False, timeout=60) as asks:  # it serves by now
        assert (await asks.get(f"http://127.0.0.1:{ports[1]}/healthz")).status_code == 200
    assert await demo.stop(how) == 0
    assert "Traceback" not in demo.said
    assert [is_silent(port) for port in ports] == [True, True]
    assert list(tmp_path.iterdir()) == []


async def test_killed_it_takes_the_other_process_with_it(demo, ports):
    await demo.kill()  # which waits until nobody holds its output any more
    assert [is_silent(port) for port in ports] == [True, True]


def test_a_port_that_is_taken_is_said_in_one_line_with_the_choice(ports, tmp_path):
    with listen() as taken:
        port = taken.getsockname()[1]
        for chosen, option in (((port, ports[1]), "--port"), ((ports[0], port), "--bot-port")):
            told = command(tmp_path, *words(chosen))
            assert (told.returncode, told.stdout, told.stderr.count("\n")) == (1, "", 1)
            assert f"port {port} of 127.0.0.1 cannot be had (Address already in use)" in told.stderr
            assert f"choose with {option}\n" in told.stderr
