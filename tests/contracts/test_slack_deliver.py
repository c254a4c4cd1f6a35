"""What becomes of a message on its way to Slack: arrived, again, for good, or nobody knows."""

import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.slack.calls import Calls
from adapters.slack.deliver import Deliveries, opaque
from adapters.slack.tokens import Tokens
from bot.errors import Again, Ambiguous, LockedOut, Permanent
from bot.outbox import Address, Parcel, Receipt
from bot.views import Card, Text
from tests.contracts import slack_wire
from tests.contracts.slack_wire import Api

CARD = Card("ISS-1", (Text("Backlog"),))
ROOM = Address("slack", "T1", "C7")
THREAD = Address("slack", "T1", "C7", thread="4.4")
PERSON = Address("slack", "T1", "", "U09")
WHISPER = Address("slack", "T1", "C7", "U09", "4.4", private=True)
LIVE = Receipt("C7", "5.1")
OPENED = {"ok": True, "channel": {"id": "D3"}}


def parcel(address: Address = ROOM, existing: Receipt | None = None) -> Parcel:
    return Parcel("issue.card:8", address, CARD, existing)


def held(key: str = "issue.card:8", **mark: Any) -> dict[str, Any]:
    """A message as history shows it, with our mark on it."""
    payload = {"event_type": "parley_message", "event_payload": {"key": opaque(key)}}
    return {"ts": "6.6", "text": "x", "metadata": payload | mark}


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
async def out(api) -> AsyncIterator[Deliveries]:
    async with slack_wire.serve(api) as server:
        calls = Calls(Tokens("xoxb-1"), str(server.make_url("/api")))
        yield Deliveries(calls)
        await calls.close()


async def test_a_room_gets_the_card_under_a_key_that_tells_nothing(api, out):
    assert await out.send(parcel()) == Receipt("C7", "7.1")
    (posted,) = api.calls["chat.postMessage"]
    assert posted["metadata"]["event_payload"] == {"key": opaque("issue.card:8")}
    assert "issue" not in str(posted["metadata"])
    assert (posted["text"], posted["mrkdwn"], posted["unfurl_links"]) == ("ISS-1", False, False)
    assert "thread_ts" not in posted


async def test_an_answer_in_a_thread_stays_in_it(api, out):
    await out.send(parcel(THREAD))
    assert api.calls["chat.postMessage"][0]["thread_ts"] == "4.4"


async def test_a_person_is_written_to_directly_and_the_conversation_is_opened_once(api, out):
    api.script["conversations.open"] = OPENED
    assert await out.send(parcel(PERSON)) == Receipt("D3", "7.1")
    await out.send(parcel(PERSON))
    assert api.calls["conversations.open"] == [{"users": "U09"}]


async def test_a_private_answer_is_shown_to_one_user_in_the_thread(api, out):
    api.script["chat.postEphemeral"] = {"ok": True, "message_ts": "8.8"}
    assert await out.send(parcel(WHISPER)) == Receipt("C7", "8.8")
    (told,) = api.calls["chat.postEphemeral"]
    assert (told["channel"], told["user"], told["thread_ts"]) == ("C7", "U09", "4.4")


async def test_a_private_answer_in_a_direct_conversation_is_a_message_that_lasts(api, out):
    await out.send(parcel(Address("slack", "T1", "D3", "U09", private=True)))
    assert list(api.calls) == ["chat.postMessage"]


async def test_a_live_card_is_edited_in_place(api, out):
    assert await out.send(parcel(existing=LIVE)) == Receipt("C7", "7.1")
    (edited,) = api.calls["chat.update"]
    assert (edited["channel"], edited["ts"], edited["blocks"][0]["type"]) == ("C7", "5.1", "header")


def failing(word: str) -> dict[str, Any]:
    return {"ok": False, "error": word}


LOCKED_OUT = ("account_inactive", "invalid_auth", "token_revoked", "token_expired", "not_authed")
PERMANENT = (
    "channel_not_found",
    "not_in_channel",
    "is_archived",
    "missing_scope",
    "user_not_in_channel",
    "invalid_blocks",
    "something_new",
)
DOUBTFUL = {
    **{word: failing(word) for word in ("internal_error", "fatal_error", "service_unavailable")},
    "request_timeout": failing("request_timeout"),
    "HTTP 500": (500, "", {}),
    "HTTP 503": (503, "<html>", {"content-type": "text/html"}),
    "HTTP 502": (502, "{", {"content-type": "application/json"}),
    "AttributeError": (200, "fine", {"content-type": "text/plain"}),
    "HTTP 200": (200, "<html>", {"content-type": "text/html"}),
    "ServerDisconnectedError": "hang up",
}


@pytest.mark.parametrize("word", PERMANENT)
async def test_a_refusal_is_for_good_under_slacks_own_word(api, out, word):
    api.script["chat.postMessage"] = failing(word)
    with pytest.raises(Permanent, match=f"^{word}$"):
        await out.send(parcel())


@pytest.mark.parametrize("word", LOCKED_OUT)
async def test_a_token_that_is_not_accepted_holds_messages_back_and_loses_none(api, out, word):
    api.script["chat.postMessage"] = failing(word)
    with pytest.raises(LockedOut, match=f"^{word}$") as held:
        await out.send(parcel())
    assert held.value.after == 600


@pytest.mark.parametrize("reason", DOUBTFUL)
async def test_a_post_that_broke_off_may_have_arrived(api, out, reason):
    api.script["chat.postMessage"] = DOUBTFUL[reason]
    with pytest.raises(Ambiguous, match=reason):
        await out.send(parcel())


@pytest.mark.parametrize("reason", DOUBTFUL)
async def test_an_edit_that_broke_off_may_be_made_again(api, out, reason):
    api.script["chat.update"] = DOUBTFUL[reason]
    with pytest.raises(Again):
        await out.send(parcel(existing=LIVE))


async def test_a_conversation_that_did_not_open_sent_nothing(api, out):
    api.script["conversations.open"] = (500, "", {})
    with pytest.raises(Again):
        await out.send(parcel(PERSON))
    assert "chat.postMessage" not in api.calls


@pytest.mark.parametrize(
    ("asked", "wait"), [("17", 17.0), ("0", 1.0), ("soon", 30.0), ("inf", 3600.0), ("nan", 1.0), (None, 30.0)]
)
async def test_too_many_messages_wait_as_long_as_slack_asks(api, out, asked, wait):
    headers = {"content-type": "application/json"} | ({"Retry-After": asked} if asked else {})
    api.script["chat.postMessage"] = (429, '{"ok": false, "error": "ratelimited"}', headers)
    with pytest.raises(Again) as told:
        await out.send(parcel())
    assert told.value.after == wait


async def test_no_connection_means_not_sent():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        calls = Calls(Tokens("xoxb-1"), f"http://127.0.0.1:{taken.getsockname()[1]}/api/")
        with pytest.raises(Again, match="no connection"):
            await Deliveries(calls).send(parcel())
        await calls.close()


async def test_a_deleted_live_message_is_reported_as_deleted(api, out):
    api.script["chat.update"] = failing("message_not_found")
    with pytest.raises(Permanent, match="message was deleted"):
        await out.send(parcel(existing=LIVE))


@pytest.mark.parametrize("address", [ROOM, THREAD, PERSON])
async def test_a_message_is_found_under_its_key(api, out, address):
    api.script["conversations.open"] = OPENED
    page = {"ok": True, "messages": [{"ts": "1.1"}, held("other"), held()], "has_more": True}
    api.script["conversations.replies" if address.thread else "conversations.history"] = page
    channel = address.conversation or "D3"
    assert await out.find(parcel(address)) == Receipt(channel, "6.6")


async def test_a_conversation_read_to_its_end_without_it_does_not_hold_it(api, out):
    api.script["conversations.history"] = {"ok": True, "messages": [held("other")], "has_more": False}
    assert await out.find(parcel()) is None
    asked = api.calls["conversations.history"][0]
    assert (asked["include_all_metadata"], asked["limit"]) == ("1", "100")


UNKNOWN = {
    "a truncated page": {"ok": True, "messages": [held("other")], "has_more": True},
    "no messages at all": {"ok": True},
    "a missing scope": failing("missing_scope"),
    "a room we are not in": failing("not_in_channel"),
    "a rate limit": (429, '{"ok": false}', {"content-type": "application/json"}),
    "an error": (500, "", {}),
}


@pytest.mark.parametrize("case", UNKNOWN)
async def test_where_history_is_out_of_reach_nobody_knows(api, out, case):
    api.script["conversations.history"] = UNKNOWN[case]
    with pytest.raises(Ambiguous):
        await out.find(parcel())


async def test_a_private_answer_leaves_no_trace_and_an_edit_needs_none(api, out):
    with pytest.raises(Ambiguous):
        await out.find(parcel(WHISPER))
    assert await out.find(parcel(existing=LIVE)) is None
    assert api.calls == {}


async def test_a_mark_that_another_app_left_is_not_ours(api, out):
    page = {"ok": True, "messages": [held(event_type="other"), {"ts": "1", "metadata": {}}]}
    api.script["conversations.history"] = page
    assert await out.find(parcel()) is None
