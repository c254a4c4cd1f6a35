"""Who Teams says is in a channel, and what it says of an account."""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from adapters.teams.roster import Roster
from bot.errors import Absent, Again, Permanent
from bot.intents import Account, Handle, Kind
from tests.contracts.signing import APP_ID, TENANT
from tests.contracts.teams_wire import CHANNEL, ROOM, no, ok, out

BASE = f"GET /emea/v3/conversations/{CHANNEL}"
ANN = {"id": "29:ann", "aadObjectId": "m-1", "name": "Ann L.", "tenantId": TENANT, "userRole": "user"}
ANN |= {"email": "ann@example.com", "userPrincipalName": "ann@example.com"}


def person(**told: Any) -> dict[str, Any]:
    return ANN | told


def roster(*pages: Any, **more: Any) -> tuple[Any, Roster]:
    there = out({f"{BASE}/pagedmembers": list(pages), **more})
    return there, Roster(there.carrier, APP_ID)


async def test_everybody_is_listed_as_what_they_are_and_we_are_not():
    everybody = [
        ANN,
        person(aadObjectId="m-2", tenantId="t-other"),
        person(aadObjectId="m-3", userRole="Guest"),
        person(aadObjectId="m-4", userPrincipalName="eve_out.example#EXT#@ours.example"),
        person(aadObjectId="m-5", userRole="anonymous"),
        {"id": f"28:{APP_ID}", "name": "Parley"},
        {"id": "28:other", "name": "Poll"},
    ]
    _, asked = roster(ok({"members": everybody}))
    found = await asked.members(ROOM)
    assert found[0] == Account(Handle("teams", TENANT, "m-1", "Ann L."), email="ann@example.com")
    assert found[1].handle.tenant == "t-other"
    assert [one.kind.value for one in found] == ["member", "member", "guest", "guest", "guest", "app"]
    assert found[-1].handle.user == "28:other"


async def test_every_page_is_read():
    there, asked = roster(ok({"members": [ANN], "continuationToken": "n=2&x"}), ok({"members": [ANN]}))
    assert len(await asked.members(ROOM)) == 2
    assert there.wire.lines.count(f"{BASE}/pagedmembers") == 2


async def test_somebody_without_an_object_id_is_nobody_we_know():
    _, asked = roster(ok({"members": [{"id": "29:x", "name": "X"}, "odd"]}))
    assert await asked.members(ROOM) == (Account(Handle("teams", TENANT, "29:x", "X")),)


@pytest.mark.parametrize("status", [403, 404])
async def test_where_we_are_not_installed_that_is_said(status):
    _, asked = roster(no(status, "BotNotInConversationRoster"))
    with pytest.raises(Absent):
        await asked.members(ROOM)


async def test_where_we_were_never_met_that_is_said_too_and_nobody_else_is_asked():
    there, asked = roster()
    with pytest.raises(Absent):
        await asked.members(replace(ROOM, service=""))
    with pytest.raises(Permanent):
        await asked.members(replace(ROOM, service="https://evil.example/"))
    assert there.wire.lines == []


@pytest.mark.parametrize("trouble", [no(429), no(503), no(412), httpx.ReadTimeout("late")])
async def test_whatever_else_goes_wrong_is_tried_again(trouble):
    _, asked = roster(trouble)
    with pytest.raises(Again):
        await asked.members(ROOM)


async def test_one_account_is_asked_about_where_it_takes_part():
    _, asked = roster(**{f"{BASE}/members/m-1": [ok(person(userRole="guest")), no(404)]})
    assert (await asked.account(Handle("teams", TENANT, "m-1"), ROOM)).kind is Kind.GUEST
    with pytest.raises(Permanent):
        await asked.account(Handle("teams", TENANT, "m-1"), ROOM)
    with pytest.raises(Permanent):
        await asked.account(Handle("teams", TENANT, "m-1"))


async def test_a_bot_cannot_leave_by_itself():
    there, asked = roster()
    await asked.leave(ROOM)
    assert there.wire.lines == []
