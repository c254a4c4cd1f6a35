"""Who comes to a channel, who goes and what they are, as both emulators tell of it."""

import json

import pytest
from a_cast import ANNIKA, MARCUS, PIA, ROOM, RUTH
from slack_sdk.errors import SlackApiError

from playground import slack_people, teams_people

CHANNEL = "C1HAL"


def events(bot):
    """What Slack told the bot."""
    return [json.loads(heard.body)["event"] for heard in bot.heard if heard.path == "/slack/events"]


async def test_slack_lists_a_channel_by_pages_with_apps_and_the_bot_itself(playground, web):
    app = await slack_people.add_app(playground.slack, CHANNEL, "Poll")
    first = await web.conversations_members(channel=CHANNEL, limit=3)
    assert first["members"] == [ANNIKA.id, PIA.id, app]
    cursor = first["response_metadata"]["next_cursor"]
    rest = await web.conversations_members(channel=CHANNEL, limit=3, cursor=cursor)
    assert rest["members"] == ["U0PARLEY"]
    assert rest["response_metadata"]["next_cursor"] == ""
    assert (await web.users_info(user=app))["user"]["is_bot"]


async def test_slack_tells_who_comes_and_goes_and_what_becomes_of_an_account(playground, bot, web):
    await slack_people.leave(playground.slack, PIA.id, CHANNEL)
    await slack_people.join(playground.slack, PIA.id, CHANNEL)
    await slack_people.turn(playground.slack, PIA.id, "guest")
    told = [(one["type"], one["user"]) for one in events(bot)]
    assert told[:2] == [("member_left_channel", PIA.id), ("member_joined_channel", PIA.id)]
    assert events(bot)[2]["user"]["is_restricted"]
    assert (await web.users_info(user=PIA.id))["user"]["is_restricted"]
    await slack_people.turn(playground.slack, PIA.id, "gone")
    assert (await web.users_info(user=PIA.id))["user"]["deleted"]
    assert PIA.id not in (await web.conversations_members(channel=CHANNEL))["members"]


async def test_slack_says_it_when_the_bot_is_taken_out_and_the_bot_can_leave_by_itself(playground, bot, web):
    await slack_people.remove_bot(playground.slack, CHANNEL)
    assert events(bot)[-1] == {"type": "channel_left", "channel": CHANNEL, "event_ts": "1"}
    with pytest.raises(SlackApiError):
        await web.chat_postMessage(channel=CHANNEL, text="hello")
    await slack_people.invite_bot(playground.slack, CHANNEL)
    assert events(bot)[-1]["user"] == "U0PARLEY"
    await web.conversations_leave(channel=CHANNEL)
    assert (await web.conversations_leave(channel=CHANNEL))["not_in_channel"]


async def test_teams_lists_a_channel_by_pages_and_says_what_somebody_is(playground, connector):
    await playground.install_everywhere()
    await teams_people.turn(playground.teams, RUTH.id, "guest")
    page = (await connector.get(f"/v3/conversations/{ROOM}/pagedmembers")).json()
    roles = {one["aadObjectId"]: one["userRole"] for one in page["members"]}
    assert roles == {MARCUS.id: "user", RUTH.id: "guest"}
    assert "continuationToken" not in page
    guest = (await connector.get(f"/v3/conversations/{ROOM}/members/{RUTH.id}")).json()
    assert "#EXT#" in guest["userPrincipalName"]
    there = playground.teams.record.resolve(ROOM)[0]
    there.members.extend([MARCUS.id] * 60)
    first = (await connector.get(f"/v3/conversations/{ROOM}/pagedmembers?pageSize=1")).json()
    assert (len(first["members"]), first["continuationToken"]) == (50, "50")
    token = first["continuationToken"]
    rest = await connector.get(f"/v3/conversations/{ROOM}/pagedmembers?pageSize=50&continuationToken={token}")
    assert len(rest.json()["members"]) == 12
    wrong = await connector.get(f"/v3/conversations/{ROOM}/pagedmembers?continuationToken=x")
    assert wrong.status_code == 400


async def test_teams_tells_of_a_team_who_comes_and_goes(playground, sent):
    await playground.install_everywhere()
    await teams_people.leave(playground.teams, RUTH.id, ROOM)
    await teams_people.join(playground.teams, RUTH.id, ROOM)
    left, joined = sent()[-2:]
    assert left["channelData"]["eventType"] == "teamMemberRemoved"
    assert [one["aadObjectId"] for one in left["membersRemoved"]] == [RUTH.id]
    assert [one["aadObjectId"] for one in joined["membersAdded"]] == [RUTH.id]
    assert joined["conversation"]["id"] != ROOM
