"""Takes a port first and serves on it then, until a signal says to stop; what is said goes to stderr."""

import logging
import signal
import socket

import uvicorn
from starlette.types import ASGIApp

from adapters.cli.failed import Failed

LOG = logging.getLogger("parley")
TALKATIVE = ("apscheduler", "httpx", "uvicorn")  # each tells of everything it does
LEAVES_WITHIN = 10  # seconds for requests that are under way when it is told to stop


def take(host: str, port: int, remedy: str) -> socket.socket:
    """The port, ours from now on. Raises Failed, with the remedy, where it cannot be had."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as why:
        # Python adds the address to the system's words in brackets; it stands there already.
        reason = (getattr(why, "strerror", None) or str(why)).partition(" (")[0]
        raise Failed(f"port {port} of {host} cannot be had ({reason}); {remedy}") from None


def log() -> None:
    """What an operator should read, on stderr."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def serve(app: ASGIApp, bound: socket.socket) -> None:
    """Run until SIGINT or SIGTERM, finish what is under way, and return."""
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=LEAVES_WITHIN)
    end_as_on_ctrl_c()
    try:
        _Server(config).run(sockets=[bound])
    except KeyboardInterrupt:
        LOG.info("stopped")


def end_as_on_ctrl_c() -> None:
    """From now on SIGTERM ends the process as Ctrl-C does: what must be put away is put away."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


class _Server(uvicorn.Server):
    """Says when it listens."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for bound in sockets or ():
            host, port = bound.getsockname()[:2]
            LOG.info("listening on %s port %s", host, port)
