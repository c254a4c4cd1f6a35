"""The stock Teams echo: botbuilder's own cloud adapter, token check and connector client, unmended."""

import sys
from http import HTTPStatus

import uvicorn
from botbuilder.core import ActivityHandler, MessageFactory, TurnContext
from botbuilder.core.cloud_adapter_base import CloudAdapterBase
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AppCredentials,
    AuthenticationConstants,
    BotFrameworkAuthenticationFactory,
    ServiceClientCredentialsFactory,
)
from fastapi import FastAPI, Request, Response

from benchmarks.rig.world import APP_ID, HOST, ISSUER


class Echo(ActivityHandler):  # type: ignore[misc]  # the SDK ships no types
    """Says what it hears."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(MessageFactory.text(turn_context.activity.text))


class Credentials(AppCredentials):  # type: ignore[misc]  # the SDK ships no types
    """Has its token at hand: Microsoft's sign-in is not here, and not asking favours the echo."""

    def get_access_token(self, force_refresh: bool = False) -> str:
        return "taken.on.trust"


class Factory(ServiceClientCredentialsFactory):  # type: ignore[misc]  # the SDK ships no types
    """Knows one app."""

    async def is_valid_app_id(self, app_id: str) -> bool:
        return app_id == APP_ID

    async def is_authentication_disabled(self) -> bool:
        return False

    async def create_credentials(
        self, app_id: str, oauth_scope: str, login_endpoint: str, validate_authority: bool
    ) -> AppCredentials:
        return Credentials(app_id, oauth_scope=oauth_scope)


def app(outside: str) -> FastAPI:
    """Checks the token, runs the turn, and sends the echo within it, as the SDK does."""
    adapter = CloudAdapterBase(
        BotFrameworkAuthenticationFactory.create(
            to_channel_from_bot_login_url=f"{outside}/teams/login/",
            to_channel_from_bot_oauth_scope=AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE,
            to_bot_from_channel_token_issuer=ISSUER,
            oauth_url=AuthenticationConstants.OAUTH_URL,
            to_bot_from_channel_open_id_metadata_url=f"{outside}/teams/openid",
            to_bot_from_emulator_open_id_metadata_url=f"{outside}/teams/openid",
            credential_factory=Factory(),
        )
    )
    bot, api = Echo(), FastAPI()

    @api.post("/api/messages")
    async def messages(request: Request) -> Response:
        activity = Activity().deserialize(await request.json())
        await adapter.process_activity(request.headers["authorization"], activity, bot.on_turn)
        return Response(status_code=HTTPStatus.OK)

    return api


def main() -> None:
    """Arguments: port, address of the world outside."""
    uvicorn.run(app(sys.argv[2]), host=HOST, port=int(sys.argv[1]), log_level="warning")


if __name__ == "__main__":
    main()
