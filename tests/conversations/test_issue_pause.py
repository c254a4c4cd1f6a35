"""A hold: asked by one side, agreed by the other; the clocks stand still until either resumes it."""

from datetime import UTC, datetime

import pytest

from tests.conversations.issues import NUMBER, card, chain, clocks, column, known

pytestmark = pytest.mark.usefixtures("quiet")


def test_the_clocks_stand_still_once_both_sides_consent_and_run_again_when_one_resumes(world):
    annika, _, tomasz = known(world)
    annika.say(f"issue hold {NUMBER} the ethics committee of Spain, until 19 Nov")
    assert column(world, "state") == "acknowledged"
    assert "level" in clocks(world)
    asked = card(tomasz)
    assert "the ethics committee of Spain" in asked
    assert "Thu 19 Nov 2026" in asked
    assert "Northmere Clinical Ltd asks for that hold" in annika.say(f"issue hold {NUMBER} agree")
    tomasz.press("Agree to the hold", asked)
    assert column(world, "state") == "on_hold"
    assert clocks(world) == {"resume"}
    for voice in (annika, tomasz):
        assert "on hold" in card(voice).words.lower()
    answer = annika.say(f"issue plan {NUMBER} hire two, due 4 Dec")
    assert "is on hold, so nothing changed" in answer
    world.pass_to(datetime(2026, 11, 12, 9, tzinfo=UTC))
    tomasz.say(f"issue resume {NUMBER} the answer has come")
    assert column(world, "state") == "acknowledged"
    assert "level" in clocks(world)
    assert any("the answer has come" in one for one in annika.inbox)
    assert chain(world)[-3:] == ["hold", "hold_agree", "resume"]
    assert "is not on hold" in tomasz.say(f"issue resume {NUMBER}")


def test_a_hold_ends_by_itself_on_its_restart_date_and_the_days_do_not_count(world):
    annika, _, tomasz = known(world)
    before = world.rows(f"SELECT at FROM due WHERE key = 'issue.level:{NUMBER}' AND state = 'open'")  # noqa: S608 our own words only
    tomasz.say(f"issue hold {NUMBER} until 13 Nov, the authority")
    annika.say(f"issue hold {NUMBER} agree")
    world.pass_to(datetime(2026, 11, 13, 6, 59, tzinfo=UTC))
    assert column(world, "state") == "on_hold"
    world.pass_to(datetime(2026, 11, 13, 7, 1, tzinfo=UTC))
    assert column(world, "state") == "acknowledged"
    assert chain(world)[-1] == "resume"
    after = world.rows(f"SELECT at FROM due WHERE key = 'issue.level:{NUMBER}' AND state = 'open'")  # noqa: S608 our own words only
    assert [str(one.at)[:10] for one in (*before, *after)] == ["2026-11-17", "2026-11-19"]


def test_a_hold_that_is_declined_changes_nothing(world):
    annika, _, tomasz = known(world)
    before = clocks(world)
    tomasz.say(f"issue hold {NUMBER} until 19 Nov, the authority")
    annika.press("Decline the hold", card(annika))
    annika.submit(reason="We can work on it meanwhile.")
    assert clocks(world) == before
    assert any("We can work on it meanwhile." in one for one in tomasz.inbox)
    assert "Nobody asks for a hold" in annika.say(f"issue hold {NUMBER} agree")


def test_a_hold_needs_a_wait_and_a_day_to_come(world):
    annika, *_ = known(world)
    annika.press("Hold", annika.press("More", card(annika)))
    assert annika.form.title == f"Hold {NUMBER}"
    annika.submit(until="2026-11-10")
    assert "Say what outside both companies is waited for" in annika.form.errors["reason"]
    assert "A hold lasts until tomorrow at least" in annika.form.errors["until"]
    annika.submit(reason="the authority", until="2026-11-20")
    assert column(world, "state") == "acknowledged"
    assert "the authority" in card(annika)


def test_what_nobody_has_acknowledged_is_not_held(world):
    annika = world.as_("annika")
    annika.say("issue TMF backlog at site 104, major, owner @rafael")
    assert "is not acknowledged yet" in annika.say(f"issue hold {NUMBER} the authority, until 20 Nov")
