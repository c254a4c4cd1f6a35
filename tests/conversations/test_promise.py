"""Journey J3: a promise is made, accepted, moved, said to be done, and confirmed or disputed."""

from datetime import timedelta

import pytest

from tests.conversations.promises import NUMBER, card, chain, column, dues, promised

pytestmark = pytest.mark.journey


def test_a_promise_is_moved_claimed_disputed_and_confirmed_and_keeps_its_first_date_for_ever(world, quiet):
    annika, marcus = promised(world)
    made_and_moved(world, annika, marcus)
    annika.press("Done", card(annika))
    until = "until Marcus Adeyemi (Halcyra Therapeutics AG) confirms it or until Tue 17 Nov 2026"
    for voice in (annika, marcus):
        assert f"That stays a claim {until}" in card(voice)
    assert "Nobody confirms or disputes their own claim" in annika.say(f"commit confirm {NUMBER}")
    world.restart()
    marcus.press("Dispute", card(marcus))
    marcus.submit(text="Two sites are missing in it.")
    annika.say(f"commit done {NUMBER} all nine sites are in it, https://northmere.example/plan")
    world.pass_hours(24 * 9)  # no silence settles it
    assert column(world, "state") == "disputed"
    for voice in (annika, marcus):
        assert "Disputed: the two sides state different outcomes." in card(voice)
        assert "Two sites are missing in it." in card(voice)
        assert "all nine sites are in it" in card(voice)
    marcus.press("Confirm", card(marcus))
    for voice in (annika, marcus):
        assert "Done, confirmed by Marcus Adeyemi" in card(voice)
        assert "Dispute" not in card(voice).buttons
    assert str(column(world, "first_due")) == "2026-11-27"
    assert dues(world) == []
    assert chain(world) == ["make", "move", "move", "done", "dispute", "done", "confirm"]


def made_and_moved(world, annika, marcus):
    """It is promised at once, shown alike to both, and moved twice with its reasons."""
    assert column(world, "state") == "accepted"
    answer = next(one for one in annika.private() if "Promised NOR-CMT-011" in one)
    assert "Fri 27 Nov 2026" in answer
    assert "Change" in answer.buttons
    for voice in (annika, marcus):
        assert "Annika Lindqvist (Northmere Clinical Ltd) does it by Fri 27 Nov 2026." in card(voice)
    assert any(NUMBER in one for one in marcus.inbox)
    annika.say(f"commit move {NUMBER} to 4 Dec because the vendor is late")
    annika.press("Move", card(annika))
    annika.submit(due="2026-11-09", reason="")
    assert "is in the past" in annika.form.errors["due"]
    assert "Say why it is moved" in annika.form.errors["reason"]
    annika.submit(due="2026-12-11", reason="Two sites more.")
    for voice in (annika, marcus):
        assert "First date" in card(voice)
        assert "Fri 11 Dec 2026, moved twice" in card(voice)
        assert "Fri 27 Nov 2026 to Fri 4 Dec 2026: the vendor is late" in card(voice)
        assert "Fri 4 Dec 2026 to Fri 11 Dec 2026: Two sites more." in card(voice)
    assert any(
        "moved it from Fri 4 Dec 2026 to Fri 11 Dec 2026: Two sites more." in one for one in marcus.inbox
    )


def test_a_promise_for_somebody_else_waits_and_silence_confirms_what_is_done(world, quiet):
    marcus, annika, rafael = (world.as_(name) for name in ("marcus", "annika", "rafael"))
    marcus.say("commit “list of 12 back-up sites”, owner @rafael, by 27 Nov, to @marcus")
    assert column(world, "state") == "proposed"
    assert "is asked to accept it; until then it is no promise" in card(annika)
    assert f"{NUMBER} is asked of Rafael Monteiro" in annika.say(f"commit accept {NUMBER}")
    asked = next(one for one in reversed(rafael.inbox) if "Accept" in one.buttons)
    rafael.press("Accept", asked)
    assert column(world, "state") == "accepted"
    again = rafael.say(f"commit accept {NUMBER}", at="direct")
    assert "Rafael Monteiro (Northmere Clinical Ltd) accepted NOR-CMT-011 on" in again
    form = rafael.opened(f"commit done {NUMBER} on 30 Nov", at="direct")
    assert "That day is still to come" in form.errors["on"]
    rafael.submit(on="2026-11-10", text="Feasibility of all twelve is in.")
    assert str(column(world, "done_on")) == "2026-11-10"
    assert dues(world) == ["confirm_due", "remind"]
    world.restart()
    world.pass_to(world.now() + timedelta(days=9))
    assert column(world, "state") == "confirmed"
    assert column(world, "confirmed_by") == ""
    for voice in (marcus, annika):
        assert "confirmed by five business days without a word against it" in card(voice)
    assert sum("It counts as confirmed at" in one for one in marcus.inbox) == 1
    assert chain(world) == ["make", "accept", "done", "confirm"]
