"""Slack's installs: codes that people were given, the tokens they are exchanged for, and their end."""

import base64
import secrets
from dataclasses import dataclass, field

from playground.cast import Json, Workspace
from playground.slack_record import SlackError, SlackRecord

SCOPES = (
    "app_mentions:read,channels:history,channels:read,chat:write,commands,groups:history,groups:read,"
    "im:history,im:write,users:read,users:read.email"
)


@dataclass(frozen=True, slots=True)
class Approval:
    """What an administrator approved: one workspace, or a whole `organisation` with its workspaces."""

    workspaces: tuple[str, ...]
    organisation: str = ""
    scopes: str = SCOPES


@dataclass(slots=True)
class OAuth:
    """Everything that was installed from a browser. `client` is the app's id and secret."""

    record: SlackRecord
    client: tuple[str, str] = ("1.2", "a client secret")
    tokens: dict[str, Approval] = field(default_factory=dict)
    _codes: dict[str, Approval] = field(default_factory=dict)
    _dead: set[str] = field(default_factory=set)

    def code(self, approval: Approval) -> str:
        """What Slack adds to the way back once somebody has approved; good once."""
        code = secrets.token_hex(8)
        self._codes[code] = approval
        return code

    def access(self, authorization: str, asked: Json) -> Json:
        """A code for a token; an older token of the same workspaces is no longer taken."""
        if self._client(authorization, asked) != self.client:
            raise SlackError("bad_client_secret" if asked.get("client_id") else "invalid_client_id")
        approval = self._codes.pop(str(asked.get("code")), None)
        if approval is None:
            raise SlackError("invalid_code")
        for token in [one for one, held in self.tokens.items() if held.workspaces == approval.workspaces]:
            self.end(token)
        token = f"xoxb-{secrets.token_hex(12)}"
        self.tokens[token] = approval
        self.record.uninstalled -= set(approval.workspaces)
        home = self.record.workspaces[approval.workspaces[0]]
        above = {"id": approval.organisation, "name": f"{home.name} Group"} if approval.organisation else None
        return {
            "app_id": "A0PARLEY",
            "access_token": token,
            "token_type": "bot",
            "scope": approval.scopes,
            "bot_user_id": home.bot_user,
            "authed_user": {"id": home.people[0].id},
            "enterprise": above,
            "is_enterprise_install": above is not None,
            "team": None if above else {"id": home.id, "name": home.name},
        }

    def end(self, token: str) -> None:
        """The token is revoked."""
        self.tokens.pop(token, None)
        self._dead.add(token)

    def workspace(self, token: str, asked: Json) -> Workspace | None:
        """Where a call with that token happens: for an organisation's, where its channel or person is."""
        if token in self._dead:
            raise SlackError("token_revoked")
        approval = self.tokens.get(token)
        if approval is None:
            return None
        homes = [self.record.workspaces[one] for one in approval.workspaces]
        return next((home for home in homes if self._holds(home, asked)), homes[0])

    def headers(self, token: str) -> dict[str, str]:
        """What Slack says beside every answer."""
        approval = self.tokens.get(token)
        return {"x-oauth-scopes": approval.scopes} if approval else {}

    def _holds(self, home: Workspace, asked: Json) -> bool:
        people = {person.id for person in home.people}
        named = {str(asked.get(name)) for name in ("channel", "user", "users")}
        return bool(named & (people | {room.id for room in self.record.rooms(home)}))

    def _client(self, authorization: str, asked: Json) -> tuple[str, str]:
        if not authorization.startswith("Basic "):
            return str(asked.get("client_id")), str(asked.get("client_secret"))
        name, _, secret = base64.b64decode(authorization[6:]).decode().partition(":")
        return name, secret
