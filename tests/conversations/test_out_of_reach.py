"""The record is locked or gone: people hear in time that nothing was saved, and /readyz says so."""

import httpx


def test_a_locked_record_is_told_in_time_and_nothing_is_saved(world):
    assert httpx.get(f"{world.url}/readyz").status_code == 200
    with world.locked():
        answer = world.as_("annika").say("issue Late, major, owner rafael")
        assert "Nothing was saved" in answer
        assert httpx.get(f"{world.url}/readyz").status_code == 503
        assert httpx.get(f"{world.url}/healthz").status_code == 200
    world.settle()
    assert world.rows("SELECT count(*) FROM issue")[0][0] == 10
    assert httpx.get(f"{world.url}/readyz").status_code == 200
    assert "Logged NOR-ISS-008" in world.as_("annika").say("issue Late, major, owner rafael")


def test_a_body_that_is_too_large_is_turned_away(world):
    for path in ("/slack/events", "/api/messages"):
        assert httpx.post(f"{world.url}{path}", content=b"x" * 300_000).status_code == 413
        assert httpx.post(f"{world.url}{path}", content=iter([b"x" * 200_000] * 2)).status_code == 413
        assert httpx.post(f"{world.url}{path}", content=b"{}").status_code == 401
