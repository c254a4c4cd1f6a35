"""App Home: what each person sees who opens the app itself, as the bot last published it."""

import secrets
from collections.abc import Callable

from playground.cast import Json, SlackPerson, Workspace
from playground.slack_limits import broken_view
from playground.slack_record import SlackError, dm_id
from playground.slack_shapes import APP_ID, domain
from playground.slack_views import told, whole

VERIFICATION = "the-old-verification-token"


class Homes:
    """One for each person, nothing before the bot has published it; `changed` wakes the watchers."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._published: dict[str, Json] = {}

    def of(self, user: str) -> Json | None:
        """What stands in a person's home."""
        return self._published.get(user)

    def publish(self, workspace: Workspace, asked: Json) -> Json:
        """views.publish: for somebody of the workspace; an old hash is refused."""
        if found := broken_view(asked.get("view")):
            raise SlackError("invalid_arguments", response_metadata={"messages": found})
        view: Json = asked["view"]
        user = str(asked.get("user_id") or "")
        if view["type"] != "home":
            raise SlackError("view_type_not_supported")
        if user not in {person.id for person in workspace.people}:
            raise SlackError("user_not_found")
        old = self._published.get(user)
        if old and asked.get("hash", old["hash"]) != old["hash"]:
            raise SlackError("hash_conflict")
        new = whole(view, workspace.id, user)
        if old:
            new |= {"id": old["id"], "root_view_id": old["id"]}
        self._published[user] = new
        self._changed()
        return {"view": told(new)}


def opened(workspace: Workspace, user: str, view: Json | None, moment: str) -> Json:
    """The callback for somebody who opens the app's home."""
    number = secrets.token_hex(5).upper()
    event: Json = {"type": "app_home_opened", "user": user, "channel": dm_id(user), "tab": "home"}
    event |= {"event_ts": moment} | ({"view": told(view)} if view else {})
    installed = {"enterprise_id": None, "team_id": workspace.id, "user_id": workspace.bot_user}
    return {
        "token": VERIFICATION,
        "team_id": workspace.id,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number}",
        "event_time": int(float(moment)),
        "authorizations": [installed | {"is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{number}",
    }


def click(workspace: Workspace, person: SlackPerson, view: Json, action: Json) -> Json:
    """The payload of a click in a home or a modal, still without trigger id."""
    user = {"id": person.id, "username": person.handle, "name": person.handle, "team_id": workspace.id}
    return {
        "type": "block_actions",
        "user": user,
        "api_app_id": APP_ID,
        "token": VERIFICATION,
        "container": {"type": "view", "view_id": view["id"]},
        "team": {"id": workspace.id, "domain": domain(workspace)},
        "enterprise": None,
        "is_enterprise_install": False,
        "view": told(view),
        "state": {"values": {}},
        "actions": [action],
    }
