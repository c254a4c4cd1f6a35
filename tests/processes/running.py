"""Parley as a process of its own: started as a person starts it, listened to, stopped or killed."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import parley

ROOT = parley.ROOT
SERVE = (str(ROOT / "parley.py"), "serve")
PATIENCE = 60  # seconds, on a busy machine
KEPT = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH")


def environment(settings: dict[str, str]) -> dict[str, str]:
    """These settings and nothing else that this machine may have set."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | settings


def command(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """What a command says that ends by itself, given in this folder with these settings."""
    return subprocess.run(
        [sys.executable, ROOT / "parley.py", *words],
        cwd=folder,
        env=environment(settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


class Running:
    """A process that runs on; what it says is read all the time, so that it never waits for us."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said = ""
        self._fresh = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, words: tuple[str, ...], folder: Path, settings: dict[str, str]) -> "Running":
        """Python with these words; stdout and stderr are one."""
        return await cls.begin((sys.executable, *words), folder, environment(settings))

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
