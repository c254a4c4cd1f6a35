"""What goes out to Teams, and how each answer or silence of the channel is sorted."""

import asyncio
import json
from dataclasses import replace

import httpx
import pytest

from adapters.teams.deliver import BREATH, LONGEST_WAIT, POINTER, NotThere
from bot.errors import Again, Ambiguous, Permanent
from bot.outbox import Receipt
from tests.contracts.signing import APP_ID, TENANT
from tests.contracts.teams_referee import judge, words
from tests.contracts.teams_wire import (
    CHANNEL,
    CHAT,
    PERSON,
    POST,
    POST_CHAT,
    PRIVATE,
    ROOM,
    TOKEN,
    no,
    ok,
    out,
    parcel,
)


async def test_a_message_to_a_channel_is_one_card_with_a_line_for_the_notification():
    o = out()
    assert await o.carrier.send(parcel(ROOM)) == Receipt(CHANNEL, "1")
    said = o.wire.sent(POST)[0]
    assert (said["type"], said["summary"]) == ("message", "ISS-7 climbed")
    assert said["attachments"][0]["contentType"] == "application/vnd.microsoft.card.adaptive"
    judge(said["attachments"][0]["content"])


async def test_an_answer_in_a_thread_goes_to_its_root():
    o = out({f"POST /emea/v3/conversations/{CHANNEL};messageid=17/activities": [ok({"id": "3"})]})
    receipt = await o.carrier.send(parcel(replace(ROOM, thread="17")))
    assert receipt == Receipt(f"{CHANNEL};messageid=17", "3")


async def test_an_edit_puts_the_card_where_the_first_one_stands():
    line = f"PUT /emea/v3/conversations/{CHANNEL}/activities/9"
    o = out({line: [ok({"id": "9"})]})
    assert await o.carrier.send(parcel(ROOM, Receipt(CHANNEL, "9"))) == Receipt(CHANNEL, "9")
    assert o.wire.lines == [TOKEN, line]


async def test_a_person_is_reached_in_the_personal_chat_which_is_asked_for_once():
    o = out()
    assert await o.carrier.send(parcel(PERSON)) == Receipt("a:m-1", "2")
    assert await o.carrier.send(parcel(PRIVATE)) == Receipt("a:m-1", "2")
    assert o.wire.lines == [TOKEN, CHAT, POST_CHAT, POST_CHAT]
    assert o.wire.sent(CHAT) == [
        {
            "bot": {"id": f"28:{APP_ID}"},
            "members": [{"id": "m-1"}],
            "tenantId": TENANT,
            "channelData": {"tenant": {"id": TENANT}},
            "isGroup": False,
        }
    ]


@pytest.mark.parametrize(
    "refused",
    [
        {CHAT: [no(403, "Forbidden")]},
        {POST_CHAT: [no(403, "BotNotInConversationRoster")]},
        {POST_CHAT: [no(404)]},
        {POST_CHAT: [ok({})]},
    ],
    ids=["no chat", "taken out", "gone", "thrown away with 200"],
)
async def test_where_the_app_is_not_installed_the_channel_only_says_to_open_it(refused):
    line = f"POST /emea/v3/conversations/{CHANNEL};messageid=17/activities"
    o = out({**refused, line: [ok({"id": "4"})]})
    assert await o.carrier.send(parcel(PRIVATE)) == Receipt(f"{CHANNEL};messageid=17", "4")
    shown = o.wire.sent(line)[0]
    assert words(shown["attachments"][0]["content"]) == ["Open Parley", *(b.text for b in POINTER.blocks)]
    assert "ISS-7" not in json.dumps(shown)


async def test_what_stands_in_the_channel_is_never_edited_into_a_private_answer():
    o = out()
    receipt = await o.carrier.send(parcel(PRIVATE, Receipt(f"{CHANNEL};messageid=17", "4")))
    assert receipt == Receipt("a:m-1", "2")
    assert not any(CHANNEL in line for line in o.wire.lines)


async def test_a_private_answer_is_edited_in_the_personal_chat():
    line = "PUT /emea/v3/conversations/a:m-1/activities/2"
    o = out({line: [ok({"id": "2"})]})
    assert await o.carrier.send(parcel(PRIVATE, Receipt("a:m-1", "2"))) == Receipt("a:m-1", "2")
    assert o.wire.lines == [TOKEN, CHAT, line]


async def test_nothing_further_is_posted_where_an_edit_is_private_and_the_app_is_gone():
    o = out({CHAT: [no(403)]})
    with pytest.raises(NotThere):
        await o.carrier.send(parcel(PRIVATE, Receipt(f"{CHANNEL};messageid=17", "4")))
    assert o.wire.lines == [TOKEN, CHAT]


async def test_a_person_without_the_app_and_without_a_channel_is_not_reached():
    with pytest.raises(NotThere):
        await out({CHAT: [no(403)]}).carrier.send(parcel(PERSON))


async def test_a_personal_chat_that_is_gone_is_asked_for_again_the_next_time():
    o = out({POST_CHAT: [no(404), ok({"id": "5"})]})
    with pytest.raises(NotThere):
        await o.carrier.send(parcel(PERSON))
    assert await o.carrier.send(parcel(PERSON)) == Receipt("a:m-1", "5")
    assert o.wire.lines.count(CHAT) == 2


@pytest.mark.parametrize(
    "service",
    [
        "",
        "https://evil.example/",
        "http://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net@evil/",
        "https://smba.trafficmanager.net.evil.example/",
        "file:///etc/passwd",
        "https://[::1]/",
    ],
)
async def test_nothing_and_above_all_no_token_goes_to_an_address_that_is_not_on_the_list(service):
    o = out()
    with pytest.raises(Permanent):
        await o.carrier.send(parcel(replace(ROOM, service=service)))
    assert o.wire.got == []


async def test_a_private_message_for_nobody_is_not_sent():
    o = out()
    with pytest.raises(Permanent):
        await o.carrier.send(parcel(replace(PRIVATE, user="")))
    assert o.wire.got == []


CUT_OFF = httpx.ReadTimeout("slow")


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (no(429), Again),
        (no(412), Again),
        (httpx.ConnectError("refused"), Again),
        (httpx.ConnectTimeout("slow"), Again),
        (httpx.PoolTimeout("busy"), Again),
        (CUT_OFF, Ambiguous),
        (httpx.WriteTimeout("slow"), Ambiguous),
        (httpx.RemoteProtocolError("hung up"), Ambiguous),
        (no(408), Ambiguous),
        (no(500), Ambiguous),
        (no(502), Ambiguous),
        (httpx.Response(504, content=b"<h1>Gateway</h1>"), Ambiguous),
        (no(400, "BadSyntax"), Permanent),
        (no(403, "BotNotInConversationRoster"), Permanent),
        (no(404, "ConversationNotFound"), Permanent),
        (no(413, "MessageSizeTooBig"), Permanent),
        (httpx.Response(302, headers={"Location": "https://evil.example/"}), Permanent),
        (httpx.Response(202), Permanent),
        (ok([1]), Permanent),
        (ok({"id": 7}), Permanent),
    ],
    ids=lambda case: case.__name__ if isinstance(case, type) else repr(case)[:40],
)
async def test_each_failure_of_a_post_says_what_to_do_next(answer, outcome):
    o = out({POST: [answer]})
    with pytest.raises((Again, Ambiguous, Permanent)) as caught:
        await o.carrier.send(parcel(ROOM))
    assert isinstance(caught.value, outcome)
    assert o.wire.lines.count(POST) == 1
    assert "Only for you" not in str(caught.value)


@pytest.mark.parametrize("answer", [CUT_OFF, no(500), no(504), httpx.RemoteProtocolError("hung up")])
async def test_an_edit_and_a_look_for_a_chat_may_be_repeated_after_silence(answer):
    line = f"PUT /emea/v3/conversations/{CHANNEL}/activities/9"
    with pytest.raises(Again):
        await out({line: [answer]}).carrier.send(parcel(ROOM, Receipt(CHANNEL, "9")))
    with pytest.raises(Again):
        await out({CHAT: [answer]}).carrier.send(parcel(PERSON))


async def test_a_channel_that_never_ends_its_answer_is_left_in_time():
    async def never() -> None:
        await asyncio.Event().wait()

    with pytest.raises(Ambiguous):
        await out({POST: [never]}, patience=0.01).carrier.send(parcel(ROOM))


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        ("Mon, 02 Nov 2026 10:01:30 GMT", 90.0),
        ("Mon, 02 Nov 2026 09:00:00 GMT", 0.0),
        ("-3", 0.0),
        ("1e9", LONGEST_WAIT),
        ("inf", LONGEST_WAIT),
        ("nan", BREATH),
        ("soon", BREATH),
        ("", BREATH),
    ],
)
async def test_how_long_to_wait_is_what_the_channel_says_within_reason(said, seconds):
    with pytest.raises(Again) as caught:
        await out({POST: [no(429, "TooManyRequests", **{"Retry-After": said})]}).carrier.send(parcel(ROOM))
    assert caught.value.after == seconds


async def test_nobody_can_look_up_what_was_sent():
    with pytest.raises(Ambiguous):
        await out().carrier.find(parcel(ROOM))


async def test_a_possible_repeat_says_so_in_the_message():
    o = out()
    await o.carrier.send(parcel(ROOM, repeat=True))
    shown = words(o.wire.sent(POST)[0]["attachments"][0]["content"])
    assert shown[0].startswith("This may be a repeat")
