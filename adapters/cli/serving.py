"""Takes a port first and serves on it then, in one process or in several, until a signal says to stop."""

import logging
import multiprocessing
import os
import signal
import socket
import threading

import uvicorn
from starlette.types import ASGIApp
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from adapters.cli import logs
from adapters.cli.failed import Failed

LOG = logging.getLogger("parley")
LEAVES_WITHIN = 10  # seconds for requests that are under way when it is told to stop
ONE_WORKER = (
    "SQLite has one writer, so it is served by one process; leave --workers out, or set DATABASE_URL to a"
    " PostgreSQL database"
)
STARTS_WITHIN = 60.0  # seconds for a worker, on a busy machine


def take(host: str, port: int, remedy: str) -> socket.socket:
    """The port, ours from now on. Raises Failed, with the remedy, where it cannot be had."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as why:
        raise not_had(host, port, why, remedy) from None


def not_had(host: str, port: int, why: Exception, remedy: str) -> Failed:
    """The one line about a port that cannot be had."""
    # Python adds the address to the system's words in brackets; it stands there already.
    reason = (getattr(why, "strerror", None) or str(why)).partition(" (")[0]
    return Failed(f"port {port} of {host} cannot be had ({reason}); {remedy}")


def serve(app: ASGIApp | str, bound: socket.socket, workers: int = 1) -> None:
    """Run until SIGINT or SIGTERM, finish what is under way, and return.

    With several workers one that dies is replaced, and `app` names what makes an application in each
    ("module:function"). Raises Failed where they cannot start.
    """
    config = uvicorn.Config(
        app,
        factory=workers > 1,
        workers=workers,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=LEAVES_WITHIN,
    )
    try:
        if workers > 1:
            _Several(config, [bound]).run()
        else:
            end_as_on_ctrl_c()
            _Server(config).run(sockets=[bound])
    except KeyboardInterrupt:
        pass
    LOG.info("stopped")


def end_as_on_ctrl_c() -> None:
    """From now on SIGTERM ends the process as Ctrl-C does: what must be put away is put away."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def join_in(form: logs.Form) -> None:
    """The first thing that a worker does: it logs like the process that started it, and ends with it."""
    logs.start(form)
    # Also where that process was killed: nobody would end the worker then.
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_outlive, args=[parent], daemon=True).start()


def _outlive(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


class _Server(uvicorn.Server):
    """Says when it listens."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for bound in sockets or ():
            LOG.info("listening on %s port %s", *bound.getsockname()[:2])


class _Several(Multiprocess):
    """Says when all of them listen, and whether they ended because none could start."""

    def init_processes(self) -> None:
        super().init_processes()
        if all(one.wait_until_ready(STARTS_WITHIN) for one in self.processes):
            for bound in self.sockets:
                told = (*bound.getsockname()[:2], len(self.processes))
                LOG.info("listening on %s port %s with %s workers", *told)

    def run(self) -> None:
        super().run()
        if any(one.exitcode == STARTUP_FAILURE for one in self.processes):
            raise Failed("the workers could not start; the log says why")
