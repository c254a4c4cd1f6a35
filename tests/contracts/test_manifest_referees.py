"""Both manifests before the platforms' own referees: Slack's types, and Microsoft's JSON schema."""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.cli import node
from adapters.manifest import Wish
from adapters.slack import manifest as slack
from adapters.teams import manifest as teams

pytestmark = pytest.mark.thorough
ROOT = Path(__file__).resolve().parents[2]
REFEREES = Path(__file__).resolve().parent / "referees"
APP_ID = "00000000-0000-4000-8000-00000000b07a"
URL = "https://parley.example"
WISH = Wish(url=URL, app_id=APP_ID)
WISHES = {
    "over HTTP": WISH,
    "on a socket": Wish(socket=True),
    "on a socket, installed from a browser": replace(WISH, socket=True),
    "without short forms": replace(WISH, short=False, whole_organisation=False),
}


@pytest.fixture(scope="module")
def referees():
    """The folder with Microsoft's schemas and Slack's types, and a Node.js to read those."""
    try:
        return node.packages(ROOT, REFEREES)
    except node.NodeFailed as failed:
        pytest.fail(str(failed), pytrace=False)


def test_slacks_own_types_accept_every_manifest(referees, tmp_path):
    assert compiled(referees, [slack.manifest(wish) for wish in WISHES.values()], tmp_path) == []


def test_slacks_own_types_refuse_what_is_misspelt(referees, tmp_path):
    spoilt = {
        "chat:wirte": {"oauth_config": {"scopes": {"bot": ["chat:wirte"]}}},
        "app_mentioned": {"settings": {"event_subscriptions": {"bot_events": ["app_mentioned"]}}},
        "socket_mode": {"settings": {"socket_mode": True}},
        "callback_id": {"features": {"shortcuts": [{"type": "message", "name": "Log"}]}},
    }
    told = [slack.manifest(WISH) | part for part in spoilt.values()]
    complaints = compiled(referees, told, tmp_path)
    assert [word for word, line in zip(spoilt, complaints, strict=True) if word not in line] == []


def compiled(referees, manifests, folder):
    """What TypeScript says of the manifests as values of Slack's own type, a line for each that is wrong."""
    shutil.copy(REFEREES / "package.json", folder)
    (folder / "node_modules").symlink_to(REFEREES / "node_modules")
    # Slack's type is open at the top only; inside, a name it does not know is an error.
    lines = [
        'import type { AppsManifestCreateArguments } from "@slack/web-api";',
        'type Manifest = AppsManifestCreateArguments["manifest"];',
        *(f"export const m{number}: Manifest = {json.dumps(told)};" for number, told in enumerate(manifests)),
    ]
    (folder / "manifest.ts").write_text("\n".join(lines), encoding="utf-8")
    compiler = REFEREES / "node_modules" / "typescript" / "bin" / "tsc"
    flags = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext"]
    words = [referees.folder / "node", compiler, *flags, "manifest.ts"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=folder)
    assert done.stderr == ""
    return [line for line in done.stdout.splitlines() if not line.startswith(" ")]


@pytest.mark.parametrize("name", ["as it is", "with own pages"])
def test_microsofts_schema_accepts_the_manifest(referees, name):
    more = {"privacy_url": f"{URL}/privacy", "terms_url": f"{URL}/terms"} if name != "as it is" else {}
    assert judged(referees, teams.manifest(replace(WISH, **more))) == ""


@pytest.mark.parametrize(
    ("spoilt", "complaint"),
    [
        ({"bots": [{"botId": "no-guid", "scopes": ["team"]}]}, "botId must match pattern"),
        ({"bots": [{"botId": APP_ID, "scopes": ["teem"]}]}, "scopes/0 must be equal to one of"),
        ({"unknown": 1}, "must NOT have additional properties"),
        ({"icons": {}}, "must have required property"),
    ],
)
def test_microsofts_schema_refuses_what_is_wrong(referees, spoilt, complaint):
    assert complaint in judged(referees, teams.manifest(WISH) | spoilt)


def judged(referees, told):
    """What Microsoft's schema has against the manifest; "" where it has nothing."""
    folder = REFEREES / "node_modules" / "@microsoft" / "app-manifest" / "build" / "json-schemas" / "teams"
    schema = folder / f"v{teams.SCHEMA}" / "MicrosoftTeams.schema.json"
    words = [referees.folder / "node", REFEREES / "teams.mjs", schema]
    done = subprocess.run(words, input=json.dumps(told), capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout
