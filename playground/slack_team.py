"""A workspace takes the app out, and puts it in again, as Slack tells it."""

import secrets

from playground.cast import Json, Workspace
from playground.clock import wall_time
from playground.slack import SlackSide
from playground.slack_shapes import APP_ID
from playground.wire import Answer


async def uninstall(side: SlackSide, workspace: str) -> tuple[Answer, ...]:
    """From now on the bot's calls get account_inactive and it hears nothing; LookupError if unknown."""
    home = _home(side, workspace)
    side.record.uninstalled.add(home.id)
    side.record.changed()
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [home.bot_user]}}
    told = [await _tell(side, home, revoked), await _tell(side, home, {"type": "app_uninstalled"})]
    return tuple(told)


def install(side: SlackSide, workspace: str) -> tuple[Answer, ...]:
    """As before; Slack itself tells a bot nothing of it. LookupError if unknown."""
    side.record.uninstalled.discard(_home(side, workspace).id)
    side.record.changed()
    return ()


def _home(side: SlackSide, workspace: str) -> Workspace:
    found = side.record.workspaces.get(workspace)
    if found is None:
        raise LookupError(f"There is no workspace {workspace}.")
    return found


async def _tell(side: SlackSide, home: Workspace, event: Json) -> Answer:
    callback = {
        "token": secrets.token_hex(8),
        "team_id": home.id,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(wall_time()),
    }
    return await side.tell(callback)
