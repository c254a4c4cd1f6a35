"""What every process of a benchmark knows: the secret, the app, the people of the example who speak."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "domain" / "example-partnership.yaml"

HOST = "127.0.0.1"
SLACK_SECRET = "signed by a benchmark"  # noqa: S105 # it protects nothing anywhere
SECRET_KEY = "A" * 43 + "="  # it protects nothing anywhere
WORKSPACE, CHANNEL = "T0NORTHMERE", "C0HALCYRA"
SLACK_PEOPLE = ("U07", "U08", "U09", "U10")

APP_ID = "00000000-0000-4000-8000-00000000be2c"
APP_PASSWORD = "nobody checks it here"  # noqa: S105 # it protects nothing anywhere
ISSUER = "https://api.botframework.com"
KEY_ID = "benchmark-1"
TENANT = "11111111-aaaa-4aaa-8aaa-000000000001"
TEAMS_PEOPLE = ("aad-01", "aad-02", "aad-03", "aad-04", "aad-05", "aad-06")


def service_url(outside: str) -> str:
    """Where Teams takes answers, for that address of the process that plays the world outside."""
    return f"{outside}/teams/"
