"""Both manifests: made from the menu, drawn, written, and refused in one sentence."""

import io
import json
import re
import struct
import zipfile
import zlib
from contextlib import chdir
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.cli import commands
from adapters.manifest import NoManifest, Wish
from adapters.slack import manifest as slack
from adapters.slack import people
from adapters.slack.scopes import EVENTS, SCOPES
from adapters.teams import icons
from adapters.teams import manifest as teams
from bot import menu
from playground import state

ROOT = Path(__file__).resolve().parents[2]
REFEREES = Path(__file__).resolve().parent / "referees"
APP_ID = "00000000-0000-4000-8000-00000000b07a"
URL = "https://parley.example"
LISTENS = r'event\("([a-z_]+)"\)'
WISH = Wish(url=URL, app_id=APP_ID)
LONGEST = {
    "display_information.name": 35,
    "display_information.description": 140,
    "display_information.long_description": 4000,
    "features.bot_user.display_name": 80,
    "features.shortcuts.*.name": 24,
    "features.shortcuts.*.description": 150,
    "features.slash_commands.*.command": 32,
    "features.slash_commands.*.usage_hint": 1000,
    "oauth_config.scopes.bot.*": 50,
}


def values(told, path):
    """Everything that stands at "a.*.b"."""
    first, _, rest = path.partition(".")
    found = told if first == "*" else [told[first]]
    return found if not rest else [value for one in found for value in values(one, rest)]


@pytest.mark.parametrize("path", LONGEST)
def test_no_word_in_slacks_manifest_is_too_long(path):
    for value in values(slack.manifest(WISH), path):
        assert 1 <= len(value) <= LONGEST[path]
    assert len(slack.MORE) >= 175
    assert re.fullmatch(r"[a-z0-9_.-]+", "parley")


def test_slack_is_given_every_address_and_asks_for_every_scope_once():
    told = slack.manifest(WISH)
    assert told["settings"]["event_subscriptions"]["request_url"] == f"{URL}/slack/events"
    assert told["settings"]["interactivity"]["request_url"] == f"{URL}/slack/events"
    assert told["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]
    assert {one["url"] for one in told["features"]["slash_commands"]} == {f"{URL}/slack/events"}
    scopes = told["oauth_config"]["scopes"]
    assert len(set(scopes["bot"])) == len(scopes["bot"]) == len(SCOPES)
    assert {"channels:history", "groups:history"} <= set(scopes["bot_optional"]) < set(scopes["bot"])


def test_a_socket_needs_no_address():
    told = slack.manifest(Wish(socket=True))
    assert "http" not in json.dumps(told)
    assert told["settings"]["socket_mode_enabled"]


def test_the_menu_makes_slacks_commands_and_shortcuts():
    told = slack.manifest(WISH)["features"]
    assert [one["command"] for one in told["slash_commands"]] == list(menu.SLASHES)
    assert [one["callback_id"] for one in told["shortcuts"]] == [one.verb for one in menu.SHORTCUTS]
    short = slack.manifest(replace(WISH, short=False))["features"]
    assert [one["command"] for one in short["slash_commands"]] == [menu.SLASHES[0]]


def test_a_home_is_asked_for_and_told_of():
    told = slack.manifest(WISH)
    assert told["features"]["app_home"]["home_tab_enabled"]
    assert "app_home_opened" in told["settings"]["event_subscriptions"]["bot_events"]
    (commands,) = teams.manifest(WISH)["bots"][0]["commandLists"]
    assert "home" in [one["title"] for one in commands["commands"]]


def test_every_event_has_the_scope_it_needs_and_somebody_who_listens():
    named = {scope.name for scope in SCOPES}
    assert {event.scope for event in EVENTS} - {""} <= named
    listened = {
        name
        for source in (ROOT / "adapters" / "slack").glob("*.py")
        for name in re.findall(LISTENS, source.read_text("utf-8"))
    }
    listened |= {*people.ACCOUNTS, *people.MOVES}
    assert {event.name.split(".")[0] for event in EVENTS} == listened


def test_the_menu_makes_the_commands_and_actions_of_teams():
    told = teams.manifest(WISH)
    (commands_of_bot,) = told["bots"][0]["commandLists"]
    titles = [one["title"] for one in commands_of_bot["commands"]]
    assert len(titles) == len(set(titles)) == len(menu.LISTED) == teams.MOST_COMMANDS
    for title in titles:
        assert menu.route("", title)
    (extension,) = told["composeExtensions"]
    for action, shortcut in zip(extension["commands"], menu.SHORTCUTS, strict=True):
        assert (action["id"], action["title"]) == (shortcut.verb, shortcut.says)
        assert (action["type"], action["context"], action["fetchTask"]) == ("action", ["message"], True)


def test_the_playground_offers_on_a_message_what_both_manifests_do():
    offered = [(one["command"], one["label"]) for one in state.SHORTCUTS]
    assert offered == [(one.verb, one.says) for one in menu.SHORTCUTS]
    assert len(offered) <= 5  # of Slack's message shortcuts


def test_teams_is_not_asked_for_group_chats_nor_for_what_people_write():
    told = teams.manifest(WISH)
    assert told["bots"][0]["scopes"] == ["team", "personal"]
    assert not {"authorization", "webApplicationInfo", "permissions"} & set(told)
    assert told["validDomains"] == ["parley.example"]


def test_the_version_is_the_projects():
    assert f'version = "{teams.VERSION}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_the_package_holds_the_manifest_and_both_icons_and_is_always_the_same():
    packed = teams.write(WISH)
    assert packed == teams.write(WISH)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert json.loads(archive.read("manifest.json")) == teams.manifest(WISH)
        assert size(archive.read("color.png")) == (192, 192)
        assert size(archive.read("outline.png")) == (32, 32)


def size(png):
    return struct.unpack(">II", png[16:24])


def pixels(png):
    """Every pixel of one of our own PNGs, as (red, green, blue, opacity)."""
    width, height = size(png)
    start = png.index(b"IDAT")
    length = struct.unpack(">I", png[start - 4 : start])[0]
    rows = zlib.decompress(png[start + 4 : start + 4 + length])
    line = 4 * width + 1
    return [
        tuple(rows[y * line + 1 + 4 * x : y * line + 5 + 4 * x]) for y in range(height) for x in range(width)
    ]


def test_the_outline_is_white_on_nothing_and_the_mark_is_there():
    drawn = pixels(icons.outline())
    assert {pixel[:3] for pixel in drawn} == {(255, 255, 255)}
    assert drawn[0][3] == 0
    assert 100 < sum(pixel[3] > 200 for pixel in drawn) < 500


def test_the_colour_icon_has_three_colours_on_a_full_ground():
    drawn = pixels(icons.colour())
    assert {pixel[3] for pixel in drawn} == {255}
    common = {colour for colour in set(drawn) if drawn.count(colour) > 300}
    assert len(common) == 4


def ask(*words):
    """The command line itself."""
    writers = {"slack": slack.write, "teams": teams.write}
    return CliRunner().invoke(commands.build(None, writers), ["manifest", *words])


@pytest.fixture
def alone(tmp_path):
    """A folder without settings, to stand in."""
    with chdir(tmp_path):
        yield tmp_path


def test_the_command_prints_slacks_manifest_or_saves_it(alone):
    printed = ask("slack", "--url", URL)
    assert json.loads(printed.stdout) == slack.manifest(WISH)
    saved = ask("slack", "--socket", "--no-short", "--no-org", "--out", "slack.json")
    assert saved.stdout == "Wrote slack.json.\n"
    told = json.loads(Path("slack.json").read_text("utf-8"))
    assert told == slack.manifest(Wish(socket=True, short=False, whole_organisation=False))


def test_the_command_takes_address_and_bot_from_the_settings(alone):
    (alone / ".env").write_text(f"PARLEY_URL={URL}/\nTEAMS_APP_ID={APP_ID}\n")
    assert json.loads(ask("slack").stdout) == slack.manifest(WISH)
    assert ask("teams").exit_code == 0
    assert (alone / "parley-teams.zip").read_bytes() == teams.write(WISH)


def test_own_icons_are_taken(alone):
    (alone / ".env").write_text(f"TEAMS_APP_ID={APP_ID}\n")
    (alone / "color.png").write_bytes(icons.colour())
    (alone / "outline.png").write_bytes(icons.outline())
    assert ask("teams", "--url", URL, "--icons", ".").exit_code == 0


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"url": ""}, "nobody has said where Parley is reached: add --url https://…, or set PARLEY_URL"),
        ({"url": "http://parley.example"}, "--url must be an address that begins with https://"),
        ({"url": "parley.example"}, "“parley.example” does not"),
        ({"url": f"{URL}/bot"}, "--url must be https:// and a host, without a path"),
        ({"url": f"{URL}?a=1#b"}, "--url must be https:// and a host, without a path"),
        ({"url": "https://me:word@parley.example"}, "--url must be https:// and a host"),
        ({"url": f"https://{'a' * 300}.example"}, "--url must be https:// and a host"),
        ({"app_id": ""}, "set TEAMS_APP_ID to its application id"),
        ({"app_id": "parley"}, "TEAMS_APP_ID must be the bot's application id"),
        ({"privacy_url": "ftp://x.y"}, "--privacy-url must be an address"),
        ({"icons": Path("/nowhere")}, r"/nowhere/color.png cannot be read \(No such file or directory\)"),
    ],
)
def test_what_is_missing_is_said_with_its_remedy(wish, words):
    with pytest.raises(NoManifest, match=words):
        teams.write(replace(WISH, **wish))


def test_a_missing_or_wrong_icon_is_refused_and_nothing_is_written(alone):
    (alone / ".env").write_text(f"TEAMS_APP_ID={APP_ID}\n")
    (alone / "color.png").write_bytes(icons.colour())
    cases = {None: "outline.png cannot be read", b"GIF89a": "is not a PNG", icons.colour(): "has 192 by 192"}
    for content, words in cases.items():
        if content is not None:
            (alone / "outline.png").write_bytes(content)
        refused = ask("teams", "--url", URL, "--icons", ".")
        assert words in str(refused.exception)
        assert "put a PNG of 32 by 32 pixels there" in str(refused.exception)
        assert str(refused.exception).endswith("; nothing was written")
        assert not (alone / "parley-teams.zip").exists()


def test_a_folder_that_cannot_be_written_to_is_said(alone):
    refused = ask("slack", "--url", URL, "--out", "no/such/folder.json")
    assert "no/such/folder.json cannot be written (No such file or directory)" in str(refused.exception)
