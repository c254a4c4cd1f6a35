"""Processes that have imported Parley already: forked from one that did, so that a start takes no seconds.

Each is a process of its own with its own folder, environment, output and end; only the imports are shared.
"""

import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 100_000  # bytes of one order: words, folder and environment


@cache
def _address() -> str:
    """Where this process's own nursery takes orders; it ends with the pipe whose other end we hold."""
    address = str(Path(tempfile.mkdtemp(prefix="parley-nursery-")) / "orders")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen(64)
    subprocess.Popen(
        [sys.executable, "-m", "tests.processes.nursery", str(listening.fileno())],
        cwd=ROOT,
        pass_fds=[listening.fileno()],
        stdin=subprocess.PIPE,
    )
    listening.close()
    return address


def born(words: list[str], folder: Path, environment: dict[str, str], out: int, err: int) -> socket.socket:
    """Python with these words in a new process; its id comes back at once, and in the end its exit code."""
    line = socket.socket(socket.AF_UNIX)
    line.connect(_address())
    order = json.dumps([words, str(folder), environment]).encode()
    socket.send_fds(line, [order], [out, err])
    line.shutdown(socket.SHUT_WR)
    return line


def _take(listening: socket.socket) -> None:
    """One fork for each order, which forks again and waits, until whoever gives the orders has ended."""
    os.set_blocking(0, False)
    listening.settimeout(1)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while _is_wanted():
        try:
            line, _ = listening.accept()
        except TimeoutError:
            continue
        if os.fork() == 0:
            listening.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            return _mind(line)
        line.close()
    return None


def _is_wanted() -> bool:
    try:
        return os.read(0, 1) != b""
    except BlockingIOError:
        return True


def _mind(line: socket.socket) -> None:
    """Bear the process, say its id, wait for its end and say that."""
    order, (out, err), *_ = socket.recv_fds(line, LONGEST, 2)
    while more := line.recv(LONGEST):
        order += more
    words, folder, environment = json.loads(order)
    child = os.fork()
    if child == 0:
        line.close()
        return _live(words, folder, environment, out, err)
    line.sendall(f"{child}\n".encode())
    os.close(out)
    os.close(err)
    _, status = os.waitpid(child, 0)
    with suppress(BrokenPipeError):  # nobody wants to know any more
        line.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def _live(words: list[str], folder: str, environment: dict[str, str], out: int, err: int) -> None:
    """As `python WORDS` would, from here on."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.closerange(3, 64)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = words[1:] if words[0] == "-m" else words
    if words[0] == "-m":
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(words[0], run_name="__main__")


if __name__ == "__main__":
    import parley  # noqa: F401 what all of them would import

    _take(socket.socket(fileno=int(sys.argv[1])))
