"""Installing from a browser: once, in time, by whoever began it; tokens of workspaces and organisations."""

import json

import pytest
from pydantic import SecretStr

from bot.errors import LockedOut
from tests.contracts.slack_house import WIDE
from tests.contracts.slack_wire import Line


async def test_a_browser_is_sent_to_slack_with_everything_we_ask_for(house):
    asked = await house.begin()
    assert asked["client_id"] == ["1.2"]
    assert asked["redirect_uri"] == ["https://parley.example/slack/oauth_redirect"]
    assert {"chat:write", "commands", "channels:history"} <= set(asked["scope"][0].split(","))
    assert house.rows() == []


async def test_the_token_of_an_install_speaks_in_its_workspace(house):
    page = await house.install()
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert "Parley is installed in Northmere" in page.text
    assert "script" not in page.text
    await house.send("T1")
    assert house.api.calls[-1][:2] == ("chat.postMessage", "xoxb-new")
    assert "xoxb-new" not in str(house.rows())


async def test_a_state_is_good_once(house):
    state = (await house.begin())["state"][0]
    assert (await house.finish(state)).status_code == 200
    again = await house.finish(state, code="another code")
    assert again.status_code == 401
    assert (
        "is done already. Nothing was saved; begin again at https://parley.example/slack/install"
        in again.text
    )
    assert len([one for one in house.api.calls if one[0] == "oauth.v2.access"]) == 1


async def test_a_state_ends_after_ten_minutes(house):
    state = (await house.begin())["state"][0]
    house.watch.push(minutes=10, seconds=1)
    assert (await house.finish(state)).status_code == 401
    assert house.rows() == []


@pytest.mark.parametrize("forged", ["", "forged", "gAAAAA" + "x" * 150, "é"])
async def test_a_forged_state_saves_nothing(house, forged):
    page = await house.finish(forged, cookie=forged.encode("ascii", "replace").decode())
    assert page.status_code in (400, 401)
    assert "Nothing was saved" in page.text
    assert house.rows() == []
    assert house.api.calls == []


async def test_an_install_begun_in_another_browser_saves_nothing(house):
    state = (await house.begin())["state"][0]
    page = await house.finish(state, cookie="another")
    assert (page.status_code, house.rows()) == (400, [])
    assert "was not begun in this browser" in page.text


async def test_a_person_who_declines_is_told_how_to_begin_again(house):
    page = await house.http.get("/slack/oauth_redirect", params={"error": "access_denied"})
    assert page.status_code == 400
    assert "You chose not to install Parley." in page.text


@pytest.mark.parametrize("query", [{"code": "wrong"}])
async def test_a_code_that_slack_does_not_take_saves_nothing(house, query):
    page = await house.finish((await house.begin())["state"][0], **query)
    assert (page.status_code, house.rows()) == (401, [])
    assert "Slack did not accept the code" in page.text


async def test_slack_out_of_reach_saves_nothing(made):
    house = made(slack_api_url="http://127.0.0.1:9/api/")
    page = await house.finish((await house.begin())["state"][0])
    assert (page.status_code, house.rows()) == (502, [])
    assert "Slack did not go through with it." in page.text


async def test_what_slack_says_is_never_markup(house):
    page = await house.install(**WIDE)
    assert "Halcyra &lt;b&gt;Group&lt;/b&gt;" in page.text


async def test_an_organisation_is_reached_through_each_workspace_that_named_it(house):
    await house.install(**WIDE)
    with pytest.raises(LockedOut, match="no token for the workspace T7"):
        await house.send("T7")
    body = json.dumps(
        {
            "type": "event_callback",
            "team_id": "T7",
            "enterprise_id": "E1",
            "authorizations": [{"enterprise_id": "E1", "team_id": None, "is_enterprise_install": True}],
            "event": {"type": "reaction_added"},
        }
    ).encode()
    line = Line(house.slack, house.office, house.watch)
    signed = line.stamped(body) | {"content-type": "application/json"}
    assert (await house.http.post("/slack/events", content=body, headers=signed)).status_code == 200
    await house.send("T7")
    assert house.api.calls[-1][1] == "xoxb-wide"


async def test_who_merely_lives_in_an_organisation_is_not_reached_through_it(house):
    await house.install(**WIDE)
    body = json.dumps(
        {
            "type": "event_callback",
            "team_id": "T7",
            "enterprise_id": "E1",
            "authorizations": [{"enterprise_id": "E1", "team_id": "T7", "is_enterprise_install": False}],
            "event": {"type": "reaction_added"},
        }
    ).encode()
    line = Line(house.slack, house.office, house.watch)
    signed = line.stamped(body) | {"content-type": "application/json"}
    await house.http.post("/slack/events", content=body, headers=signed)
    with pytest.raises(LockedOut):
        await house.send("T7")


async def test_the_operators_own_token_serves_its_own_workspace_beside_the_installed_ones(made):
    house = made(slack_bot_token=SecretStr("xoxb-own"))
    house.api.teams = {"xoxb-own": "T0OWN"}
    await house.install()
    for tenant, token in (("T0OWN", "xoxb-own"), ("T1", "xoxb-new")):
        await house.send(tenant)
        assert house.api.calls[-1][1] == token
    with pytest.raises(LockedOut):
        await house.send("T2")


async def test_a_single_token_answers_for_every_workspace(made):
    house = made(slack_bot_token=SecretStr("xoxb-own"), slack_client_id="")
    for tenant in ("T1", "T2"):
        await house.send(tenant)
        assert house.api.calls[-1][1] == "xoxb-own"
    assert (await house.http.get("/slack/install")).status_code == 404


async def test_a_second_process_takes_the_new_token_by_itself(made):
    one, other = made(), made()
    await one.install()
    await other.send("T1")
    one.api.good = {"xoxb-newer"}
    await one.install(access_token="xoxb-newer")
    await other.send("T1")
    assert other.api.calls[-1][1] == "xoxb-newer"
    assert [row["locked_out"] for row in one.rows()] == [None]


async def test_a_token_under_a_key_we_do_not_have_holds_messages_back(made):
    await made().install()
    other = made(parley_secret_key=SecretStr("quite another key than the first one"))
    with pytest.raises(LockedOut):
        await other.send("T1")
    assert [line for fine, line in await other.slack.probe() if not fine and "none of the keys" in line]


async def test_a_revoked_token_is_marked_and_the_next_good_one_unmarks_it(house):
    await house.install()
    house.api.good = set()
    with pytest.raises(LockedOut):
        await house.send("T1")
    assert house.rows()[0]["locked_out"] is not None
    house.api.good = {"xoxb-new"}
    await house.send("T1")
    assert house.rows()[0]["locked_out"] is None


async def test_an_old_event_of_an_app_that_is_in_again_locks_nobody_out(house):
    await house.install()
    body = json.dumps(
        {"type": "event_callback", "team_id": "T1", "event": {"type": "app_uninstalled"}, "event_time": 1}
    ).encode()
    line = Line(house.slack, house.office, house.watch)
    signed = line.stamped(body) | {"content-type": "application/json"}
    assert (await house.http.post("/slack/events", content=body, headers=signed)).status_code == 200
    assert house.rows()[0]["locked_out"] is None
