"""Who Slack says is in a channel, what it says of an account, and what it tells unasked."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.platform import Office
from adapters.slack.app import Slack
from adapters.slack.calls import Calls
from adapters.slack.roster import REMEMBERED, Roster
from adapters.slack.tokens import Tokens
from bot.errors import Absent, Again, LockedOut, Permanent
from bot.intents import Account, Handle, Kind, Place
from bot.outbox import Address
from tests.contracts import slack_wire
from tests.contracts.slack_wire import US, Api, Line, Watch, settings

ROOM = Address("slack", "T1", "C7")
ANN = {"id": "U09", "team_id": "T1", "real_name": "Ann", "tz": "Europe/London", "deleted": False}
ANN |= {"profile": {"real_name": "Ann L.", "title": "Lead", "email": "ann@example.com"}}
PEOPLE: dict[str, Any] = {
    "U09": ANN,
    "U10": {"id": "U10", "team_id": "T2", "name": "otto", "is_stranger": True},
    "U11": {"id": "U11", "team_id": "T1", "name": "gus", "is_restricted": True},
    "U12": {"id": "U12", "team_id": "T1", "name": "una", "is_ultra_restricted": True, "is_restricted": True},
    "U13": {"id": "U13", "team_id": "T1", "name": "poll", "is_bot": True},
    "U14": {"id": "U14", "team_id": "T1", "name": "ex", "deleted": True, "is_restricted": True},
}


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def told(said: dict[str, Any]) -> dict[str, Any]:
    found = PEOPLE.get(said["user"])
    return {"ok": True, "user": found} if found else {"ok": False, "error": "user_not_visible"}


def pages(*pages: list[str]) -> Any:
    """Members by pages; the cursor is the next page's number."""

    def page(said: dict[str, Any]) -> dict[str, Any]:
        number = int(said.get("cursor") or 0)
        following = str(number + 1) if number + 1 < len(pages) else ""
        cursor = {"response_metadata": {"next_cursor": following}}
        return {"ok": True, "members": pages[number], **cursor}

    return page


@pytest.fixture
def api() -> Api:
    everybody = pages([*PEOPLE, US])
    script = {
        "auth.test": {"ok": True, "user_id": US},
        "users.info": told,
        "conversations.members": everybody,
    }
    return Api(script)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def roster(api, clock) -> AsyncIterator[Roster]:
    async with slack_wire.serve(api) as server:
        calls = Calls(Tokens("xoxb-1"), str(server.make_url("/api")))
        yield Roster(calls, clock)
        await calls.close()


async def test_everybody_is_listed_as_what_they_are_and_we_are_not(roster):
    found = {one.handle.user: one for one in await roster.members(ROOM)}
    assert found["U09"] == Account(
        Handle("slack", "T1", "U09", "Ann L."), Kind.MEMBER, "Lead", "ann@example.com", "Europe/London"
    )
    assert found["U10"].handle == Handle("slack", "T2", "U10", "otto")
    kinds = {user: one.kind.value for user, one in found.items()}
    assert kinds == {
        **{"U09": "member", "U10": "member", "U11": "guest"},
        **{"U12": "guest", "U13": "app", "U14": "gone"},
    }


async def test_every_page_is_read(api, roster):
    api.script["conversations.members"] = pages(["U09"], ["U10", US], ["U11"])
    assert [one.handle.user for one in await roster.members(ROOM)] == ["U09", "U10", "U11"]
    assert len(api.calls["conversations.members"]) == 3


async def test_somebody_slack_does_not_tell_of_is_nobody_we_know(api, roster):
    api.script["conversations.members"] = pages(["U99", US])
    assert await roster.members(ROOM) == (Account(Handle("slack", "", "U99")),)


async def test_accounts_are_remembered_for_a_while_and_who_is_there_is_not(api, roster, clock):
    for _ in range(2):
        await roster.members(ROOM)
    assert len(api.calls["conversations.members"]) == 2
    assert len(api.calls["users.info"]) == len(PEOPLE)
    clock.at = REMEMBERED
    await roster.members(ROOM)
    assert len(api.calls["users.info"]) == 2 * len(PEOPLE)


async def test_what_an_event_says_stands_at_once(api, roster):
    await roster.members(ROOM)
    assert roster.learn("T1", ANN | {"is_restricted": True}).kind is Kind.GUEST
    found = {one.handle.user: one.kind for one in await roster.members(ROOM)}
    assert found["U09"] is Kind.GUEST


async def test_one_account_is_asked_about_anew_each_time(api, roster):
    for _ in range(2):
        assert (await roster.account(Handle("slack", "T1", "U09"))).handle.name == "Ann L."
    assert len(api.calls["users.info"]) == 2


@pytest.mark.parametrize("word", ["not_in_channel", "channel_not_found", "is_archived"])
async def test_where_we_are_not_in_the_channel_that_is_said(api, roster, word):
    api.script["conversations.members"] = {"ok": False, "error": word}
    with pytest.raises(Absent, match=word):
        await roster.members(ROOM)


async def test_a_public_channel_that_lists_us_not_is_one_we_are_not_in(api, roster):
    api.script["conversations.members"] = pages(["U09"])
    with pytest.raises(Absent):
        await roster.members(ROOM)


async def test_a_new_bot_user_of_ours_is_known_again(api, roster):
    await roster.members(ROOM)
    api.script |= {
        "auth.test": {"ok": True, "user_id": "UNEW"},
        "conversations.members": pages(["U09", "UNEW"]),
    }
    assert [one.handle.user for one in await roster.members(ROOM)] == ["U09"]


@pytest.mark.parametrize("method", ["conversations.members", "users.info", "auth.test"])
async def test_without_the_permission_it_waits_until_somebody_grants_it(api, roster, method):
    api.script[method] = {"ok": False, "error": "missing_scope"}
    with pytest.raises(LockedOut, match="channels:read, groups:read and users:read"):
        await roster.members(ROOM)


@pytest.mark.parametrize(
    "trouble",
    [(429, "", {"Retry-After": "7"}), (500, "", {}), "hang up", {"ok": False, "error": "fatal_error"}],
)
async def test_whatever_else_goes_wrong_is_tried_again(api, roster, trouble):
    api.script["conversations.members"] = trouble
    with pytest.raises(Again):
        await roster.members(ROOM)


async def test_we_leave_as_far_as_we_may(api, roster):
    await roster.leave(ROOM)
    assert api.calls["conversations.leave"] == [{"channel": "C7"}]
    for word in ("missing_scope", "last_member", "cant_leave_general", "not_in_channel"):
        api.script["conversations.leave"] = {"ok": False, "error": word}
        await roster.leave(ROOM)
    api.script["conversations.leave"] = (429, "", {"Retry-After": "7"})
    with pytest.raises(Again):
        await roster.leave(ROOM)


async def test_an_account_nobody_has_is_refused_for_good_where_it_was_asked_for(api, roster):
    api.script["users.info"] = {"ok": False, "error": "user_is_bot"}
    with pytest.raises(Permanent):
        await roster.account(Handle("slack", "T1", "U98"))


class Front(Office):
    """An office that writes down what it is told, and fails once where it is told to."""

    def __init__(self) -> None:
        self.accounts: list[Account] = []
        self.places: list[tuple[Place, str]] = []
        self.fails = False

    async def account(self, account: Account) -> None:
        if self.fails:
            raise TimeoutError
        self.accounts.append(account)

    async def gathered(self, place: Place, key: str) -> None:
        self.places.append((place, key))


@pytest.fixture
def line() -> Line:
    watch = Watch()
    return Line(Slack(settings(), watch.wall), Front(), watch)


def event(kind: str, **more: Any) -> bytes:
    outer = {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{kind}"}
    return json.dumps(outer | {"event": {"type": kind, **more}}).encode()


@pytest.mark.parametrize("kind", ["user_change", "team_join"])
async def test_an_account_that_changed_is_told_to_the_office(line, kind):
    answer = await line.post(event(kind, user=ANN | {"deleted": True}))
    assert answer.status_code == 200
    (told,) = line.front.accounts
    assert (told.handle.tenant, told.handle.user, told.kind) == ("T1", "U09", Kind.GONE)


@pytest.mark.parametrize(
    "kind", ["member_joined_channel", "member_left_channel", "channel_left", "group_left"]
)
async def test_who_comes_and_goes_is_told_to_the_office_under_the_events_own_key(line, kind):
    assert (await line.post(event(kind, channel="C7", user="U10", team="T2"))).status_code == 200
    assert line.front.places == [(Place("slack", "T1", "C7"), f"slack:Ev{kind}")]


async def test_what_could_not_be_kept_is_not_acknowledged_so_that_slack_says_it_again(line):
    line.front.fails = True
    assert (await line.post(event("user_change", user=ANN))).status_code == 500


@pytest.mark.parametrize("broken", [{"user": "U09"}, {"user": None}, {}])
async def test_an_event_without_an_account_is_acknowledged_and_left(line, broken):
    assert (await line.post(event("user_change", **broken))).status_code == 200
    assert line.front.accounts == []
