"""Parley as a process of its own: started as a person starts it, listened to, stopped or killed."""

import asyncio
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import parley
from tests.processes import nursery

ROOT = parley.ROOT
SERVE = (str(ROOT / "parley.py"), "serve")
PATIENCE = 60  # seconds, on a busy machine
KEPT = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH")


def environment(settings: dict[str, str]) -> dict[str, str]:
    """These settings and nothing else that this machine may have set."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | settings


def command(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """What a command says that ends by itself, given in this folder with these settings."""
    whole = [str(ROOT / "parley.py"), *words]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        with nursery.born(whole, folder, environment(settings), out.fileno(), err.fileno()) as line:
            line.settimeout(PATIENCE)
            *_, code = line.makefile().read().split()
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(whole, int(code), out.read(), err.read())


class Forked:
    """A process of the nursery, as asyncio would show one of its own."""

    def __init__(
        self,
        pid: int,
        line: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        stdout: asyncio.StreamReader,
    ) -> None:
        self.pid = pid
        self.stdout = stdout
        self.returncode: int | None = None
        self._line = line  # both ends are kept: a forgotten writer closes it

    @classmethod
    async def start(cls, words: tuple[str, ...], folder: Path, whole: dict[str, str]) -> "Forked":
        """Python with these words; stdout and stderr are one."""
        loop, stdout = asyncio.get_running_loop(), asyncio.StreamReader()
        ours, theirs = os.pipe()
        heard = os.fdopen(ours, "rb")
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stdout), heard)
        born = nursery.born(list(words), folder, whole, theirs, theirs)
        os.close(theirs)
        line = await asyncio.open_connection(sock=born)
        return cls(int(await line[0].readline()), line, stdout)

    def send_signal(self, how: signal.Signals) -> None:
        with suppress(ProcessLookupError):  # it has ended by itself
            os.kill(self.pid, how)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Its exit code, once it has ended."""
        if self.returncode is None:
            self.returncode = int(await self._line[0].readline())
            self._line[1].close()
        return self.returncode


class Running:
    """A process that runs on; what it says is read all the time, so that it never waits for us."""

    def __init__(self, process: asyncio.subprocess.Process | Forked) -> None:
        self.process = process
        self.said = ""
        self._fresh = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, words: tuple[str, ...], folder: Path, settings: dict[str, str]) -> "Running":
        """Python with these words; stdout and stderr are one."""
        return cls(await Forked.start(words, folder, environment(settings)))

    @classmethod
    async def begin(cls, words: Iterable[str], folder: Path, whole: dict[str, str]) -> "Running":
        """Any words, in this whole environment."""
        process = await asyncio.create_subprocess_exec(
            *words,
            cwd=folder,
            env=whole,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return cls(process)

    async def says(self, words: str) -> None:
        """Wait until it says that; fails, with all it said, where it ends first."""
        async with asyncio.timeout(PATIENCE):
            while words not in self.said:
                assert not self._reading.done(), self.said
                await self._fresh.wait()

    async def kill(self) -> None:
        """kill -9: it has no time to put anything away."""
        await self._end(signal.SIGKILL)

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, and wait for it; its exit code."""
        return await self._end(how)

    async def _end(self, how: signal.Signals) -> int:
        if self.process.returncode is None:
            self.process.send_signal(how)
        async with asyncio.timeout(PATIENCE):
            await self._reading
            return await self.process.wait()

    async def _read(self) -> None:
        while told := await self.process.stdout.read(4096):
            self.said += told.decode()
            self._wake()
        self._wake()

    def _wake(self) -> None:
        self._fresh.set()
        self._fresh = asyncio.Event()
