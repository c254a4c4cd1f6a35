"""The only reader of the environment: every setting, its default and what it is for."""

import os
import re
from typing import Literal

from pydantic import SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

HOST = r"(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?"
SERVICE = re.compile(rf"https?://{HOST}(?:/[\w.~-]*)*|{HOST}", re.ASCII)
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Settings(BaseSettings):
    """PRODUCT.md 7; names are the environment variables in lower case."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite:///parley.db"
    database_owner_url: str = ""
    database_role: str = ""
    parley_host: str = "127.0.0.1"
    parley_port: int = 3978
    parley_url: str = ""
    parley_log: Literal["", "plain", "json"] = ""
    parley_metrics_host: str = "127.0.0.1"
    parley_metrics_port: int = 0

    slack_signing_secret: SecretStr = SecretStr("")
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_client_id: str = ""
    slack_client_secret: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"

    teams_app_id: str = ""
    teams_app_password: SecretStr = SecretStr("")
    teams_app_tenant_id: str = ""
    teams_tenants: str = ""
    teams_openid_metadata_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    teams_login_url: str = "https://login.microsoftonline.com/"
    teams_service_urls: str = ""
    teams_channel_url: str = "https://api.botframework.com"

    parley_dangerously_allow_anonymous_teams: bool = False
    parley_secret_key: SecretStr = SecretStr("")
    parley_heads_file: str = ""

    @field_validator("teams_service_urls")
    @classmethod
    def _names_services(cls, listed: str) -> str:
        wrong = [one for one in listed.split(",") if one.strip() and not SERVICE.fullmatch(one.strip())]
        if wrong:
            raise ValueError(f"“{wrong[0].strip()[:80]}” is no host name or address; write https://host/path")
        return listed

    @property
    def tenants(self) -> frozenset[str]:
        """The Teams tenants that may speak to us: the allow-list, else our own."""
        named = self.teams_tenants or self.teams_app_tenant_id
        return frozenset(part.strip() for part in named.split(",") if part.strip())

    @property
    def service_urls(self) -> tuple[str, ...]:
        """Further service addresses that may be answered, for a test or sovereign cloud."""
        return tuple(part.strip() for part in self.teams_service_urls.split(",") if part.strip())

    @property
    def keys(self) -> str:
        """What secrets are kept under: "new", or "new,old" while some are still under the old one."""
        return self.parley_secret_key.get_secret_value()

    @property
    def public_url(self) -> str:
        """Where the world reaches us, without a slash at the end; "" where nobody has said."""
        return self.parley_url.strip().rstrip("/")

    @property
    def address(self) -> str:
        """Where a browser reaches us: as was said, else on this machine; "" where nobody knows."""
        own = self.parley_host in LOOPBACK and self.parley_port
        host = f"[{self.parley_host}]" if ":" in self.parley_host else self.parley_host
        return self.public_url or (f"http://{host}:{self.parley_port}" if own else "")

    @property
    def installs_slack(self) -> bool:
        """Whether Slack workspaces are installed from a browser, each with a token of its own."""
        told = self.slack_client_id, self.slack_client_secret.get_secret_value(), self.public_url
        return all(told) and bool(self.keys)

    @property
    def speaks_slack(self) -> bool:
        """Whether Slack is set up."""
        return bool(self.slack_signing_secret.get_secret_value() or self.slack_app_token.get_secret_value())

    @property
    def speaks_teams(self) -> bool:
        """Whether Teams is set up."""
        return bool(self.teams_app_id)

    @property
    def hindrance(self) -> str:
        """Why the bot must not start with these settings, with the remedy; empty where nothing does."""
        if not (self.speaks_slack or self.speaks_teams):
            return "neither Slack nor Teams is set up; set SLACK_SIGNING_SECRET or TEAMS_APP_ID"
        answers = self.slack_bot_token.get_secret_value() or self.installs_slack
        if self.slack_app_token.get_secret_value() and not answers:
            return "SLACK_APP_TOKEN only lets Slack speak to us; set SLACK_BOT_TOKEN, so that we can answer"
        if not self.parley_secret_key.get_secret_value():
            return "PARLEY_SECRET_KEY is not set; make one with `openssl rand -base64 32`"
        if not self.parley_dangerously_allow_anonymous_teams:
            return ""
        if self.teams_app_password.get_secret_value() or self.parley_host not in LOOPBACK:
            return (
                "unsigned Teams activities are let in beside a real password or off this machine; "
                "unset PARLEY_DANGEROUSLY_ALLOW_ANONYMOUS_TEAMS"
            )
        return ""


def count_together(folder: str) -> None:
    """Processes started from now on count into this folder: their metrics library reads it on loading."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
