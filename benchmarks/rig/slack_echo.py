"""The bare Slack echo: slack-bolt as its own guide sets it up, on FastAPI, answering with the same text."""

import sys

import uvicorn
from fastapi import FastAPI, Request, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.rig.world import HOST, SLACK_SECRET


def app(outside: str) -> FastAPI:
    """Checks the signature, and echoes."""
    client = AsyncWebClient("xoxb-benchmark", base_url=f"{outside}/slack/api/")
    bolt = AsyncApp(signing_secret=SLACK_SECRET, client=client)
    handler = AsyncSlackRequestHandler(bolt)
    api = FastAPI()

    @bolt.command("/issue")
    async def echo(ack: AsyncAck, command: dict[str, str]) -> None:
        await ack(command["text"])

    @api.post("/slack/events")
    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return api


def main() -> None:
    """Arguments: port, address of the world outside."""
    uvicorn.run(app(sys.argv[2]), host=HOST, port=int(sys.argv[1]), log_level="warning")


if __name__ == "__main__":
    main()
