"""The only reader of the environment: every setting, its default and what it is for."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Settings(BaseSettings):
    """PRODUCT.md 7; names are the environment variables in lower case."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite:///parley.db"
    database_owner_url: str = ""
    database_role: str = ""
    parley_host: str = "127.0.0.1"
    parley_port: int = 3978

    slack_signing_secret: SecretStr = SecretStr("")
    slack_bot_token: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"

    teams_app_id: str = ""
    teams_app_password: SecretStr = SecretStr("")
    teams_app_tenant_id: str = ""
    teams_tenants: str = ""
    teams_openid_metadata_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    teams_login_url: str = "https://login.microsoftonline.com/"
    teams_service_urls: str = ""

    parley_dangerously_allow_anonymous_teams: bool = False
    parley_secret_key: SecretStr = SecretStr("")

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
    def speaks_slack(self) -> bool:
        """Whether Slack is set up."""
        return bool(self.slack_signing_secret.get_secret_value())

    @property
    def speaks_teams(self) -> bool:
        """Whether Teams is set up."""
        return bool(self.teams_app_id)

    @property
    def hindrance(self) -> str:
        """Why the bot must not start with these settings, with the remedy; empty where nothing does."""
        if not (self.speaks_slack or self.speaks_teams):
            return "neither Slack nor Teams is set up; set SLACK_SIGNING_SECRET or TEAMS_APP_ID"
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
