"""What we speak with elsewhere: encrypted, found again, put under a new key; states are good once."""

from datetime import timedelta

import pytest

from bot.outbox import Audience, Letter, OutboxMessage
from bot.records import Installation
from storage import keyring
from storage.vault import Keys, SqlVault, UnknownKey
from tests.postgres import beside
from tests.storage.people import NOW

OLD, NEW = "an old key of the operator's", "a new key of the operator's"
TOKEN = "xoxb-0123456789-abcdef"
HOME = Installation("slack", "T1", "Northmere", TOKEN, NOW)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def vault(store):
    return SqlVault(store, Keys(OLD))


def raw(store):
    with store.reading() as opened:
        return opened.connection.exec_driver_sql("SELECT * FROM installation").mappings().all()


async def test_a_token_is_found_again_and_stands_nowhere_in_the_database(vault, store):
    await vault.keep(HOME)
    found = await vault.find("slack", "T1")
    assert (found.secret, found.name, found.at) == (TOKEN, "Northmere", NOW)
    assert TOKEN not in str(raw(store))
    assert raw(store)[0]["key"] == vault.keys.name
    assert TOKEN not in repr(found)
    assert await vault.find("slack", "T2") is None
    assert await vault.find("teams", "T1") is None


async def test_a_second_install_replaces_the_token_and_says_nothing_of_being_let_in(vault, store):
    await vault.keep(HOME)
    with store.writing() as archive:
        assert archive.lock_out(HOME, LATER)
    await vault.keep(Installation("slack", "T1", "Northmere Clinical", "xoxb-2", LATER))
    found = await vault.find("slack", "T1")
    assert (found.secret, found.name, found.locked_out) == ("xoxb-2", "Northmere Clinical", LATER)


async def test_a_workspace_is_reached_through_its_organisation_unless_it_has_its_own(vault):
    await vault.keep(Installation("slack", "E1", "Halcyra Group", "xoxb-org", NOW))
    await vault.belongs("slack", "T7", "E1")
    await vault.belongs("slack", "T7", "E1")
    assert (await vault.find("slack", "T7")).secret == "xoxb-org"
    await vault.keep(Installation("slack", "T7", "Halcyra", "xoxb-own", NOW))
    assert (await vault.find("slack", "T7")).secret == "xoxb-own"
    assert [one.tenant for one in await vault.every("slack")] == ["E1", "T7"]


async def test_a_new_key_takes_over_and_the_old_one_may_go(vault, store):
    await vault.keep(HOME)
    assert keyring.rotate(store, f"{NEW}, {OLD}").startswith("1 token is encrypted under the first key")
    assert (await SqlVault(store, Keys(NEW)).find("slack", "T1")).secret == TOKEN
    assert raw(store)[0]["key"] == Keys(NEW).name
    assert (await vault.find("slack", "T1")).secret == ""


async def test_nothing_is_rotated_that_no_key_opens(vault, store):
    await vault.keep(HOME)
    before = raw(store)
    with pytest.raises(UnknownKey, match=r"^1$"):
        SqlVault(store, Keys(NEW)).rotate()
    with pytest.raises(keyring.NotRotated, match="put the old key behind the new one"):
        keyring.rotate(store, NEW)
    with pytest.raises(keyring.NotRotated, match="PARLEY_SECRET_KEY is not set"):
        keyring.rotate(store, " , ")
    assert raw(store) == before


async def test_without_a_key_nothing_is_kept(store):
    with pytest.raises(ValueError, match="without a key"):
        await SqlVault(store, Keys("")).keep(HOME)
    assert raw(store) == []


async def test_a_state_is_good_once(vault):
    state = vault.issue(LATER)
    assert await vault.consume(state, NOW)
    assert not await vault.consume(state, NOW)


async def test_a_state_that_is_over_forged_or_another_secret_is_no_state(vault, store):
    assert not await vault.consume(vault.issue(NOW), NOW + timedelta(seconds=1))
    assert not await vault.consume(SqlVault(store, Keys(NEW)).issue(LATER), NOW)
    for forged in ("", "a", "é", vault.issue(LATER)[:-2], vault.keys.seal(TOKEN), "x" * 5000):
        assert not await vault.consume(forged, NOW)
    with store.reading() as opened:
        assert opened.connection.exec_driver_sql("SELECT count(*) FROM install_state").scalar() == 0


async def test_used_states_are_forgotten_once_they_are_over(vault, store):
    assert await vault.consume(vault.issue(LATER), NOW)
    assert await vault.consume(vault.issue(LATER + timedelta(days=1)), LATER + timedelta(hours=1))
    with store.reading() as opened:
        assert opened.connection.exec_driver_sql("SELECT count(*) FROM install_state").scalar() == 1


def test_one_is_locked_out_once_and_let_in_once(world):
    with world.writing() as archive:
        assert archive.lock_out(HOME, NOW)
        assert not archive.lock_out(HOME, LATER)
    with world.writing() as archive:
        assert archive.let_in("slack", "T1", LATER, LATER)
        assert not archive.let_in("slack", "T1", LATER, LATER)
        found = archive.installation("slack", "T1")
    assert (found.locked_out, found.let_in, found.version) == (None, LATER, 2)


def test_what_waited_for_somebody_there_goes_and_nothing_else(world):
    with world.writing() as archive:
        there, elsewhere = _tenants(archive)
        for name, person in (("there", there[1]), ("elsewhere", elsewhere[1])):
            archive.promise(OutboxMessage(name, Letter("help"), Audience(person=person), NOW))
    with beside(world) as record:
        record.exec_driver_sql("UPDATE outbox SET not_before = '2099-01-01 00:00:00+00:00'")
    with world.writing() as archive:
        assert archive.waiting(*there[0]) == 1
        archive.let_in(*there[0], NOW, NOW)
    with beside(world, writes=False) as record:
        rows = record.exec_driver_sql("SELECT key, not_before FROM outbox ORDER BY id").all()
    assert [(key, str(at)[:4]) for key, at in rows] == [("there", str(NOW.year)), ("elsewhere", "2099")]


def _tenants(archive):
    """Two homes of different tenants, each with one of its people."""
    rows = archive.connection.exec_driver_sql("SELECT platform, tenant, person FROM identity").all()
    first = rows[0]
    other = next(row for row in rows if row[1] != first[1])
    return ((first[0], first[1]), first[2]), ((other[0], other[1]), other[2])
