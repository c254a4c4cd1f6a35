"""The working calendar of a running partnership: its closed days end, both sides hear it and add more."""

from datetime import UTC, datetime, timedelta

from tests.beginnings import partners, saw, say

LOG = "issue TMF backlog at site 104, major, owner @rafael, due 28 Nov 2026"


def calendar(voice):
    shown = say(voice, "setup calendar")
    return voice.press("Northmere Clinical Ltd", shown) if "with which partner" in shown else shown


def filled(voice, **values):
    voice.press("Change it", calendar(voice))
    return voice.submit(**values)


def proposed(voice, why="Our offices close", **values):
    voice.press("Propose", filled(voice, **values))
    return voice.submit(why=why)


def test_a_closed_day_both_sides_agree_on_moves_the_limits_of_open_issues_and_nothing_past(world):
    david, priya = world.as_("david"), world.as_("priya")
    world.as_("annika").say(LOG)
    limit = "SELECT ack_due, late_at FROM issue WHERE number = 'NOR-ISS-008'"
    assert "2026-11-11 17:00" in str(world.rows(limit)[0][0])[:16]
    shown = calendar(david)
    assert "In force: CAL-EU." in shown
    assert "no closed day is known after Fri 1 Jan 2027" in shown
    kept = filled(david, closures="11 Nov 2026, 24 Dec 2026, 2027-03-26", countries="United Kingdom")
    assert "Closed days added" in kept
    assert "Wed 11 Nov 2026" in kept
    david.press("Propose", kept)
    david.submit(why="Our offices close on Wednesday")
    card = saw(priya, "proposes another working calendar")
    assert "Our offices close on Wednesday" in card
    priya.press("Agree", card)
    assert saw(david, "agreed to the change of the working calendar")
    assert "2026-11-12 17:00" in str(world.rows(limit)[0][0])[:16]
    assert "2026-11-12 17:00" in str(world.rows(limit)[0][1])[:16]
    due = "SELECT at FROM due WHERE key = 'issue.ack:NOR-ISS-008' AND state = 'open'"
    assert "2026-11-12 17:00" in str(world.rows(due)[0][0])
    for room in (world.as_("annika").room(), world.as_("tomasz").room()):
        assert any("Thu 12 Nov 2026" in one for one in room if "TMF backlog" in one)
    assert "In force: CAL-EU, version 2." in calendar(priya)
    used = world.rows(
        "SELECT partnership.id, name, version FROM calendar JOIN partnership ON calendar = calendar.id"
    )
    assert sorted(tuple(one) for one in used) == [("P-NOR", "CAL-EU", 2), ("P-QUI", "", 1)]


def test_a_calendar_that_ends_is_told_to_both_sides_administrators_once_and_again_only_after_a_change(empty):
    priya, david = partners(empty)
    first = "Your working calendar with {} has no closed days"
    assert not saw(priya, first.format("Northmere Clinical Ltd"))
    empty.pass_hours(72)
    assert saw(priya, first.format("Northmere Clinical Ltd"))
    told = saw(david, first.format("Halcyra Therapeutics AG"))
    empty.restart()
    empty.pass_hours(72)
    assert len([one for one in david.inbox if "has no closed days" in one]) == 1
    david.press("Change it", told)
    near = (empty.now() + timedelta(days=70)).date()
    proposed(david, closures=near.isoformat())
    priya.press("Agree", saw(priya, "proposes another working calendar"))
    empty.pass_hours(24 * 8)
    assert not saw(priya, "ends soon")
    empty.pass_to(datetime(near.year, near.month, near.day, 7, 1, tzinfo=UTC) - timedelta(days=60))
    for voice in (priya, david):
        assert len([one for one in voice.inbox if "ends soon" in one]) == 1


def test_what_is_wrong_with_a_calendar_stands_at_its_field(world):
    david = world.as_("david")
    filled(david, week="", close="5pm", countries="Atlantis", closures="one fine day")
    assert set(david.form.errors) == {"week", "close", "countries", "closures"}
    assert "no country Parley knows" in david.form.errors["countries"]
    unchanged = david.submit(
        week="Monday\nTuesday\nWednesday\nThursday\nFriday",
        close="17:00",
        countries="",
        closures="24 Dec 2026, 25 Dec 2026, 28 Dec 2026, 1 Jan 2027",
    )
    assert "Propose" not in unchanged.buttons
    assert world.rows("SELECT count(*) FROM proposal")[0][0] == 0
