"""The app's home on the small Slack: opened, published, refused and pressed as Slack would."""

import json

import pytest
from a_cast import ANNIKA, PIA
from test_small_slack import button, form, refused


def home(*blocks, **more):
    return {"type": "home", "blocks": list(blocks)} | more


async def test_opening_it_tells_the_bot_who_looks_and_what_they_see(bot, playground, web):
    assert (await playground.slack.open_home(ANNIKA.id)).ok
    first = json.loads(bot.heard[-1].body)
    assert (first["type"], first["team_id"]) == ("event_callback", "T1NORTH")
    assert (first["event"]["type"], first["event"]["tab"]) == ("app_home_opened", "home")
    assert first["event"]["user"] == ANNIKA.id
    assert "view" not in first["event"]
    assert {"x-slack-signature", "x-slack-request-timestamp"} <= set(bot.heard[-1].headers)
    await web.views_publish(user_id=ANNIKA.id, view=home(*button()))
    await playground.slack.open_home(ANNIKA.id)
    assert json.loads(bot.heard[-1].body)["event"]["view"]["type"] == "home"


async def test_what_is_published_is_seen_by_one_person_and_drawn_over(playground, web):
    first = await web.views_publish(user_id=ANNIKA.id, view=home(*button()))
    assert playground.slack.home(PIA.id) is None
    second = await web.views_publish(user_id=ANNIKA.id, view=home({"type": "divider"}))
    assert first["view"]["id"] == second["view"]["id"] == playground.slack.home(ANNIKA.id)["id"]
    late = web.views_publish(user_id=ANNIKA.id, view=home(), hash=first["view"]["hash"])
    assert await refused(late) == "hash_conflict"


@pytest.mark.parametrize(
    ("user", "view", "why"),
    [
        (ANNIKA.id, home(*({"type": "divider"},) * 101), "invalid_arguments"),
        (ANNIKA.id, {"type": "sheet", "blocks": []}, "invalid_arguments"),
        (ANNIKA.id, home(type="modal", title={"type": "plain_text", "text": "x"}), "view_type_not_supported"),
        ("U0NOBODY", home(), "user_not_found"),
    ],
)
async def test_what_slack_would_not_publish_is_refused(web, user, view, why):
    assert await refused(web.views_publish(user_id=user, view=view)) == why


async def test_a_click_in_a_home_names_the_view_and_opens_a_form(bot, playground, web, page):
    await web.views_publish(user_id=ANNIKA.id, view=home(*button()))
    shown = (await page.get("/control/state")).json()["slack"]["homes"]
    (view,) = shown
    clicked = {"user": ANNIKA.id, "view": view["id"], "action_id": "ack"}
    assert (await page.post("/control/slack/press_view", json=clicked)).status_code == 200
    payload = json.loads(form(bot)["payload"])
    assert payload["container"] == {"type": "view", "view_id": view["id"]}
    assert (payload["type"], payload["view"]["type"]) == ("block_actions", "home")
    assert not {"channel", "message", "response_url"} & set(payload)
    sheet = {"type": "modal", "title": {"type": "plain_text", "text": "It"}, "blocks": button("8", "Next")}
    await web.views_open(trigger_id=payload["trigger_id"], view=sheet)
    (opened,) = playground.slack.views(ANNIKA.id)
    await playground.slack.press_view(ANNIKA.id, opened["id"], "ack")
    assert json.loads(form(bot)["payload"])["view"]["id"] == opened["id"]
    assert (
        await page.post("/control/slack/press_view", json=clicked | {"action_id": "no"})
    ).status_code == 404
    assert (await page.post("/control/slack/home", json={"user": ANNIKA.id})).status_code == 200
