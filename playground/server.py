"""Runs the playground as a process of its own, or any ASGI app inside a test."""

import argparse
import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TextIO

import uvicorn
from starlette.types import ASGIApp

from playground.cast import Cast
from playground.playground import Playground

HOST = "127.0.0.1"
PORT = 3979
ASK_AGAIN = 0.2
TICK = 0.1  # seconds; uvicorn's own


class _Server(uvicorn.Server):
    """Says when it listens, and lets streams and hanging calls go before it waits for them to end."""

    def __init__(self, app: ASGIApp, playground: Playground | None = None) -> None:
        config = uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=2)
        super().__init__(config)
        self.up = asyncio.Event()
        self._leaving = asyncio.Event()
        self._playground = playground

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    async def main_loop(self) -> None:
        """As uvicorn's, but whoever leaves does not wait for the next look at the clock."""
        counter = 0
        while not await self.on_tick(counter):
            counter += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._leaving.wait(), TICK)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._playground:
            self._playground.release()
        await super().shutdown(sockets)

    def leave(self) -> None:
        """As a signal would ask."""
        self.should_exit = True
        self._leaving.set()


def listen(host: str = HOST, port: int = 0) -> socket.socket:
    """A bound socket, on a free port unless told; OSError when the port is taken."""
    bound = socket.create_server((host, port))
    bound.set_inheritable(True)
    return bound


def url(bound: socket.socket) -> str:
    """The address of a bound socket."""
    host, port = bound.getsockname()[:2]
    return f"http://{host}:{port}"


@asynccontextmanager
async def listening(app: ASGIApp, bound: socket.socket) -> AsyncIterator[str]:
    """Serve any ASGI app on a bound socket in this event loop while the block runs; gives its address."""
    address = url(bound)
    async with _running(_Server(app), bound):
        yield address


@asynccontextmanager
async def playing(playground: Playground, bound: socket.socket) -> AsyncIterator[Playground]:
    """Serve a playground on a bound socket in this event loop while the block runs, then close it."""
    async with _running(_Server(playground.app, playground), bound):
        try:
            yield playground
        finally:
            await playground.close()


@asynccontextmanager
async def _running(server: _Server, bound: socket.socket) -> AsyncIterator[None]:
    task = asyncio.create_task(server.serve(sockets=[bound]))
    up = asyncio.create_task(server.up.wait())
    await asyncio.wait({task, up}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        up.cancel()
        server.leave()
        await task


async def serve(playground: Playground, bound: socket.socket, parent: TextIO | None = None) -> None:
    """Run until a signal, or the end of `parent`, ends it; once the bot is healthy, install it everywhere."""
    server = _Server(playground.app, playground)
    if parent:
        asyncio.get_running_loop().add_reader(parent.fileno(), server.leave)
    installing = asyncio.create_task(_install(playground))
    try:
        await server.serve(sockets=[bound])
    finally:
        installing.cancel()
        await playground.close()


async def _install(playground: Playground) -> None:
    while not (await playground.line.get("/healthz", 1.0)).ok:
        await asyncio.sleep(ASK_AGAIN)
    await playground.install_everywhere()


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="playground.server", description=__doc__)
    cast = (
        "JSON file that says who is in the play; - is the first line of stdin, whose end then ends the play"
    )
    parser.add_argument("--cast", required=True, help=cast)
    parser.add_argument("--bot", default="http://127.0.0.1:3978", help="address of the bot")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--descriptor", type=int, help="a socket that listens already, instead of a port")
    parser.add_argument("--secret", required=True, help="Slack signing secret")
    parser.add_argument("--app-id", required=True, help="Teams app id of the bot")
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """0 after a clean stop, 1 with one line on stderr when the cast or the port cannot be had."""
    asked = _asked(words)
    parent = sys.stdin if asked.cast == "-" else None
    try:
        told = parent.readline() if parent else Path(asked.cast).read_text("utf-8")
        if not told:
            return 0  # the parent went away before anybody was told who plays
        bound = (
            listen(HOST, asked.port) if asked.descriptor is None else socket.socket(fileno=asked.descriptor)
        )
        playground = Playground(
            Cast.from_json(json.loads(told)), asked.bot, url(bound), asked.secret, asked.app_id
        )
        asyncio.run(serve(playground, bound, parent))
    except (OSError, ValueError, KeyError, TypeError) as why:
        sys.stderr.write(f"The playground cannot start: {why}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
