"""Servers as processes of their own: started, timed, quietened while another is measured, weighed, ended."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.rig.world import HOST

STARTS_WITHIN = 30.0  # seconds
LEAVES_WITHIN = 10.0
LOOK = 0.005


class NotUp(Exception):
    """A server did not come up; the message ends with its own last words."""


class Server:
    """One running process that listens on a port of this machine."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, startup: float) -> None:
        self.process = process
        self.port = port
        self.startup = startup

    @contextmanager
    def alone(self, others: "list[Server]") -> Iterator[None]:
        """While this one is measured, the others do not run at all."""
        quiet = [one for one in others if one is not self]
        for one in quiet:
            one.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            for one in quiet:
                one.process.send_signal(signal.SIGCONT)

    @property
    def memory(self) -> float | None:
        """Resident megabytes (of a million bytes); None where this system does not tell."""
        file = Path(f"/proc/{self.process.pid}/status")
        found = re.search(r"VmRSS:\s+(\d+) kB", file.read_text()) if file.is_file() else None
        return int(found[1]) * 1024 / 1e6 if found else None

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far, all threads; 0.0 where this system does not tell."""
        file = Path(f"/proc/{self.process.pid}/stat")
        if not file.is_file():
            return 0.0
        fields = file.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End it, kindly first."""
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        try:
            self.process.wait(LEAVES_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(words: list[str], port: int, folder: Path, env: Mapping[str, str]) -> Server:
    """Start a Python process in a folder and wait until it answers on its port. Raises NotUp."""
    begun = time.perf_counter()
    log = folder / f"{port}.log"
    with log.open("ab") as kept:
        process = subprocess.Popen(  # noqa: S603 # our own programs, fixed words
            [sys.executable, *words], cwd=folder, env=env, stdout=kept, stderr=kept
        )
    while time.perf_counter() - begun < STARTS_WITHIN and process.poll() is None:
        if answers(port):
            return Server(process, port, time.perf_counter() - begun)
        time.sleep(LOOK)
    process.kill()
    process.wait()
    raise NotUp(f"{' '.join(words)}: {log.read_text()[-2000:]}")


def answers(port: int) -> bool:
    """Whether anything answers /healthz; a bare echo answers that it has no such page."""
    try:
        get(port, "/healthz")
    except OSError:
        return False
    return True


def get(port: int, path: str) -> bytes:
    """The body of an answer, whatever its status. Raises OSError where nobody listens."""
    line = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        line.request("GET", path)
        return line.getresponse().read()
    finally:
        line.close()


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as held:
        held.bind((HOST, 0))
        port: int = held.getsockname()[1]
        return port
