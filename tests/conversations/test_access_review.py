"""The review of who has access: each quarter to each company's administrators, confirmed once."""

from datetime import UTC, datetime

from bot.handlers import access_operator
from bot.handlers.attention import Asked
from tests.beginnings import say


def set_up(world):
    world.quiet()
    world.run(world.bot.clockwork.sweeping.turn())


def cards(voice):
    return [one for one in voice.inbox if "Who has access for" in one]


def open_ones(voice):
    return [one for one in cards(voice) if "Confirmed" in one.buttons]


def test_each_quarter_begins_with_a_card_for_each_companys_administrators(world):
    set_up(world)
    priya, david = world.as_("priya"), world.as_("david")
    world.pass_to(datetime(2027, 1, 3, 12, tzinfo=UTC))
    assert not cards(priya)
    world.pass_to(datetime(2027, 1, 4, 12, tzinfo=UTC))
    (shown,) = cards(priya)
    assert "Who has access for Halcyra Therapeutics AG, 2027-Q1" in shown
    assert "Marcus Adeyemi" in shown
    assert "Northmere Clinical Ltd, Quillon Data Sciences SL" in shown
    assert "Quillon" not in cards(david)[0]
    priya.press("Confirmed", shown)
    assert "Priya Raghunathan confirmed it" in priya.again(shown)
    world.pass_to(datetime(2027, 1, 19, 12, tzinfo=UTC))
    assert len(open_ones(priya)) == 0
    assert len(open_ones(david)) == 2
    world.restart()
    world.pass_to(datetime(2027, 3, 30, 12, tzinfo=UTC))
    assert len(open_ones(david)) == 2
    world.pass_to(datetime(2027, 4, 2, 12, tzinfo=UTC))
    assert any("2027-Q2" in one for one in cards(priya))
    kept = world.rows("SELECT organisation, person FROM audit WHERE what = 'access.confirm'")
    assert [tuple(one) for one in kept] == [("ORG-HAL", "PER-03")]


def test_it_can_be_asked_for_at_any_time_and_leads_to_what_is_to_be_changed(world):
    david = world.as_("david")
    shown = say(david, "setup review")
    assert "2026-Q4" in shown
    assert "Annika Lindqvist" in david.press("Change", shown)
    twin = say(david, "setup review")
    david.press("Confirmed", shown)
    again = say(david, "setup review")
    assert "David Okonkwo confirmed it" in again
    assert "Confirmed" not in again.buttons
    assert "has confirmed this quarter’s review before" in david.press("Confirmed", twin)
    assert "Your role does not include that" in say(world.as_("annika"), "setup review")


def test_of_two_people_of_one_name_only_the_one_who_is_kept_out_is_said_to_be(world):
    world.rows_gone("UPDATE person SET name = 'Kenji Morimoto' WHERE name = 'Marcus Adeyemi'")
    world.rows_gone("UPDATE identity SET barred = 'guest' WHERE person = 'PER-02'")
    taken = access_operator.take(world.bot.store, Asked("Priya Raghunathan", "quarterly review"), world.now())
    accounts = [one.account for one in taken if one.name == "Kenji Morimoto" and one.partnership == "P-NOR"]
    assert sorted(accounts) == ["a guest", "let in"]
