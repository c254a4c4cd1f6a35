"""Modals and shortcuts of the small Slack: opened, filled in, answered and refused as Slack would."""

import json

import pytest
from a_cast import ANNIKA, PIA
from starlette.responses import JSONResponse, Response
from test_small_slack import ROOM, form, refused

from playground.slack_inputs import REQUIRED
from playground.slack_views import TROUBLE


def plain(text):
    return {"type": "plain_text", "text": text}


def options(*values):
    return [{"text": plain(value.title()), "value": value} for value in values]


def asked(block_id, element, optional=False):
    element = {"action_id": "value", **element}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "element": element,
        "optional": optional,
    }


TITLE = asked("title", {"type": "plain_text_input"})
SEVERITY = asked("severity", {"type": "static_select", "options": options("major", "minor")})
READERS = asked("readers", {"type": "multi_static_select", "options": options("ann", "ben")}, True)
DUE = asked("due", {"type": "datepicker", "initial_date": "2026-11-20"}, True)
OWNER = asked("owner", {"type": "users_select"}, True)


def modal(*blocks, **more):
    usual = {"type": "modal", "callback_id": "c", "title": plain("Log an issue"), "submit": plain("Save")}
    return usual | {"blocks": list(blocks)} | more


def state(kind, **value):
    return {"value": {"type": kind, **value}}


def typed(text):
    return {"title": state("plain_text_input", value=text)}


@pytest.fixture
def opened(bot, playground, web):
    """Opens a modal in front of Annika and gives it as she has it."""

    async def open_(*blocks, **more):
        await playground.slack.say(ANNIKA.id, ROOM, "/issue")
        await web.views_open(trigger_id=form(bot)["trigger_id"], view=modal(*blocks, **more))
        return playground.slack.views(ANNIKA.id)[-1]

    return open_


def sent(bot):
    return json.loads(form(bot)["payload"])


async def test_a_form_opens_once_for_its_trigger(bot, playground, web, opened):
    view = await opened(TITLE)
    assert (view["for"], view["workspace"], view["errors"]) == (ANNIKA.id, "T1NORTH", {})
    assert playground.slack.views(PIA.id) == []
    again = web.views_open(trigger_id=form(bot)["trigger_id"], view=modal(TITLE))
    assert await refused(again) == "exchanged_trigger_id"


@pytest.mark.parametrize(
    "view",
    [
        modal(TITLE, submit=None),
        modal(TITLE, title=plain("x" * 25)),
        modal(TITLE, private_metadata="x" * 3001),
        modal(*({"type": "divider"},) * 101),
        modal(TITLE, TITLE),
        modal(asked("a", {"type": "plain_text_input", "initial_value": "x" * 3001})),
        modal(asked("a", {"type": "plain_text_input", "max_length": 5, "initial_value": "longer"})),
        modal(asked("a", {"type": "static_select", "options": []})),
        modal(asked("a", {"type": "static_select", "options": options(*map(str, range(101)))})),
        modal(asked("a", {"type": "static_select", "options": options("x" * 151)})),
        modal(asked("a", {"type": "static_select", "options": [{"text": plain("none"), "value": ""}]})),
        modal(
            asked("a", {"type": "static_select", "options": options("a"), "initial_option": options("b")[0]})
        ),
        modal(asked("a", {"type": "multi_static_select", "options": options("a"), "initial_options": []})),
        modal(asked("a", {"type": "datepicker", "initial_date": "20 Nov"})),
        modal(asked("a", {"type": "users_select", "initial_user": "Annika"})),
    ],
)
async def test_a_view_beyond_a_limit_is_refused(bot, playground, web, view):
    await playground.slack.say(ANNIKA.id, ROOM, "/issue")
    trigger = form(bot)["trigger_id"]
    assert await refused(web.views_open(trigger_id=trigger, view=view)) == "invalid_arguments"


async def test_a_hundred_and_fifty_options_go_in_groups(opened):
    groups = [{"label": plain("A"), "options": options(*map(str, range(100)))}]
    groups += [{"label": plain("B"), "options": options(*map(str, range(100, 150)))}]
    assert await opened(asked("a", {"type": "static_select", "option_groups": groups}))


async def test_a_sent_form_carries_every_input_and_closes(bot, playground, opened):
    view = await opened(TITLE, SEVERITY, READERS, DUE, OWNER, private_metadata="m")
    values = typed("Late") | {"severity": state("static_select", selected_option={"value": "minor"})}
    await playground.slack.submit(ANNIKA.id, view["id"], values)
    payload = sent(bot)
    told = payload["view"]["state"]["values"]
    assert (payload["type"], payload["user"]["team_id"]) == ("view_submission", "T1NORTH")
    assert (payload["view"]["id"], payload["view"]["private_metadata"]) == (view["id"], "m")
    assert not {"for", "workspace", "errors"} & set(payload["view"])
    assert told["title"]["value"]["value"] == "Late"
    assert told["severity"]["value"]["selected_option"] == options("minor")[0]
    assert told["readers"]["value"]["selected_options"] == []
    assert told["due"]["value"]["selected_date"] == "2026-11-20"
    assert told["owner"]["value"]["selected_user"] is None
    assert playground.slack.views(ANNIKA.id) == []


async def test_a_required_input_that_is_empty_is_told_by_the_client(bot, playground, opened):
    view = await opened(TITLE, SEVERITY)
    heard = len(bot.heard)
    await playground.slack.submit(ANNIKA.id, view["id"], typed("Late"))
    (left,) = playground.slack.views(ANNIKA.id)
    assert left["errors"] == {"severity": REQUIRED}
    assert left["state"]["values"]["title"]["value"]["value"] == "Late"
    assert len(bot.heard) == heard


@pytest.mark.parametrize(
    "values",
    [
        {"nobody": state("plain_text_input", value="x")},
        {"title": state("datepicker", selected_date="2026-11-20")},
        {"title": {"other": {"type": "plain_text_input", "value": "x"}}},
        {"title": state("plain_text_input", value="two\nlines")},
        {"title": state("plain_text_input", value="x" * 3001)},
        {"severity": state("static_select", selected_option={"value": "huge"})},
        {"due": state("datepicker", selected_date="soon")},
        {"owner": state("users_select", selected_user="U9NOBODY")},
    ],
)
async def test_what_no_client_could_send_is_refused(playground, opened, values):
    view = await opened(TITLE, SEVERITY, DUE, OWNER)
    with pytest.raises(ValueError, match=r"\w"):
        await playground.slack.submit(ANNIKA.id, view["id"], values)


async def test_errors_keep_the_form_open_with_all_that_was_typed(bot, playground, opened):
    view = await opened(TITLE, DUE)
    before = view["hash"]
    bot.answers = [JSONResponse({"response_action": "errors", "errors": {"title": "Say more."}})]
    await playground.slack.submit(ANNIKA.id, view["id"], typed("Late"))
    (left,) = playground.slack.views(ANNIKA.id)
    assert left["errors"] == {"title": "Say more."}
    assert left["state"]["values"]["title"]["value"]["value"] == "Late"
    assert left["hash"] == before


@pytest.mark.parametrize(
    "answer",
    [
        Response(status_code=500),
        JSONResponse({"response_action": "errors", "errors": {"nobody": "x"}}),
        JSONResponse({"response_action": "errors", "errors": {}}),
        JSONResponse({"response_action": "update", "view": modal({"type": "sektion"})}),
        JSONResponse({"response_action": "dance"}),
        JSONResponse("no"),
        None,
    ],
)
async def test_an_answer_that_slack_cannot_follow_keeps_the_form_open(bot, playground, opened, answer):
    view = await opened(TITLE)
    bot.answers = [answer]
    await playground.slack.submit(ANNIKA.id, view["id"], typed("Late"))
    (left,) = playground.slack.views(ANNIKA.id)
    assert left["errors"] == {"": TROUBLE}
    assert left["state"]["values"]["title"]["value"]["value"] == "Late"


async def test_an_update_keeps_what_was_typed_where_the_block_is_the_same(bot, playground, opened):
    view = await opened(TITLE, DUE)
    before = view["hash"]
    drawn = asked("title~1", {"type": "plain_text_input", "initial_value": "new"})
    other = asked("title", {"type": "plain_text_input", "initial_value": "drawn anew"})
    bot.answers = [JSONResponse({"response_action": "update", "view": modal(other, drawn)})]
    await playground.slack.submit(ANNIKA.id, view["id"], typed("typed"))
    (left,) = playground.slack.views(ANNIKA.id)
    values = left["state"]["values"]
    assert [values[name]["value"]["value"] for name in ("title", "title~1")] == ["typed", "new"]
    assert left["hash"] != before


async def test_a_pushed_form_lies_on_top_until_it_is_closed(bot, playground, opened):
    below = await opened(TITLE)
    bot.answers = [JSONResponse({"response_action": "push", "view": modal(DUE)})]
    await playground.slack.submit(ANNIKA.id, below["id"], typed("Late"))
    top = playground.slack.views(ANNIKA.id)[-1]
    assert top["previous_view_id"] == below["id"]
    playground.slack.dismiss(ANNIKA.id, top["id"])
    assert [view["id"] for view in playground.slack.views(ANNIKA.id)] == [below["id"]]


async def test_clear_closes_the_whole_stack(bot, playground, opened):
    below = await opened(TITLE)
    bot.answers = [JSONResponse({"response_action": "push", "view": modal(DUE)})]
    await playground.slack.submit(ANNIKA.id, below["id"], typed("Late"))
    bot.answers = [JSONResponse({"response_action": "clear"})]
    await playground.slack.submit(ANNIKA.id, playground.slack.views(ANNIKA.id)[-1]["id"], {})
    assert playground.slack.views(ANNIKA.id) == []


async def test_a_bot_may_update_a_form_it_still_knows(playground, web, opened):
    view = await opened(TITLE)
    old = view["hash"]
    await web.views_update(view_id=view["id"], hash=old, view=modal(TITLE, DUE))
    assert len(playground.slack.views(ANNIKA.id)[0]["blocks"]) == 2
    assert await refused(web.views_update(view_id=view["id"], hash=old, view=modal(TITLE))) == "hash_conflict"
    assert await refused(web.views_update(view_id="V0", view=modal(TITLE))) == "not_found"


async def test_a_form_that_is_not_there_cannot_be_sent(playground, opened):
    view = await opened(TITLE)
    with pytest.raises(LookupError):
        await playground.slack.submit(PIA.id, view["id"], typed("x"))
    playground.slack.dismiss(ANNIKA.id, view["id"])
    with pytest.raises(LookupError):
        playground.slack.dismiss(ANNIKA.id, view["id"])


async def test_a_shortcut_carries_the_message_and_a_trigger(bot, playground, web):
    await playground.slack.say(PIA.id, ROOM, "The courier lost two kits & more")
    message = playground.slack.messages(PIA.id, ROOM)[-1]
    await playground.slack.shortcut(ANNIKA.id, ROOM, message.ts, "issue.from_message")
    payload = sent(bot)
    assert (payload["type"], payload["callback_id"]) == ("message_action", "issue.from_message")
    assert (payload["user"]["id"], payload["message"]["user"]) == (ANNIKA.id, PIA.id)
    assert payload["message"]["text"] == "The courier lost two kits &amp; more"
    assert (payload["message_ts"], payload["team"]["domain"]) == (message.ts, "northmere")
    assert await web.views_open(trigger_id=payload["trigger_id"], view=modal(TITLE))


async def test_a_message_that_only_one_person_sees_has_no_shortcuts(playground, web):
    await web.chat_postEphemeral(channel=ROOM, user=ANNIKA.id, text="Only you")
    message = playground.slack.messages(ANNIKA.id, ROOM)[-1]
    with pytest.raises(LookupError):
        await playground.slack.shortcut(ANNIKA.id, ROOM, message.ts, "issue.from_message")


async def test_the_page_fills_in_a_form(bot, playground, page, opened):
    view = await opened(TITLE)
    shown = (await page.get("/control/state")).json()["slack"]["views"]
    assert [one["id"] for one in shown] == [view["id"]]
    order = {"user": ANNIKA.id, "view": view["id"], "values": typed("Late")}
    wrong = {"nobody": state("plain_text_input", value="x")}
    assert (await page.post("/control/slack/submit", json=order | {"values": wrong})).status_code == 400
    assert (await page.post("/control/slack/submit", json=order)).json()["status"] == 200
    gone = await page.post("/control/slack/dismiss", json={"user": ANNIKA.id, "view": view["id"]})
    assert gone.status_code == 404
