"""Promises that are spoken of by themselves: reminded of, late, past their limit; each person once."""

from datetime import UTC, datetime

from tests.beginnings import saw, say
from tests.conversations.promises import NUMBER, card, chain, column, dues, promised


def said(voice, words):
    return sum(words in one for one in voice.inbox)


def day(number, hour=23, month=11):
    return datetime(2026, month, number, hour, tzinfo=UTC)


def test_a_promise_is_reminded_of_told_late_and_told_to_both_counterparts_past_its_limit(world, quiet):
    rafael, kenji, annika, tomasz, david = (
        world.as_(name) for name in ("rafael", "kenji", "annika", "tomasz", "david")
    )
    rafael.say("commit “12 back-up sites” by 20 Nov to @kenji", at="")
    for _ in range(2):
        world.pass_to(day(18, 8))  # five in the morning in Sao Paulo
        assert said(rafael, "promised this by Fri 20 Nov 2026") == 0
    world.pass_to(day(18, 13))
    assert said(rafael, "promised this by Fri 20 Nov 2026") == 1
    world.restart()
    world.pass_to(day(20))
    assert said(rafael, "promised this by Fri 20 Nov 2026") == 2
    assert said(kenji, "promised this by") == 0
    world.pass_to(day(23))
    for voice in (rafael, kenji):
        assert said(voice, "Overdue: it was due Fri 20 Nov 2026") >= 1
    assert "Overdue: it was due Fri 20 Nov 2026" in card(annika)
    assert "Overdue: it was due Fri 20 Nov 2026" in card(tomasz)
    assert [said(one, NUMBER) for one in (annika, tomasz, david)] == [0, 0, 0]
    world.pass_to(day(30, 18))
    told = "More than five business days overdue: it was due Fri 20 Nov 2026"
    for voice in (rafael, kenji, annika, tomasz):
        assert said(voice, told) >= 1
    assert said(tomasz, told) == said(annika, told) == 1
    assert said(david, NUMBER) == 0
    assert chain(world) == ["make", "late", "limit"]
    rafael.say(f"commit move {NUMBER} to 4 Dec, two sites closed", at="direct")
    assert "More than five" not in card(annika)
    assert dues(world) == ["remind"]


def test_its_owner_chooses_when_and_snoozes_within_limits(world, quiet):
    annika, marcus = promised(world)
    answer = marcus.say(f"commit remind {NUMBER} 5")
    assert "Parley reminds Annika Lindqvist (Northmere Clinical Ltd) of NOR-CMT-011" in answer
    annika.say(f"commit remind {NUMBER} 5 and the morning")
    assert column(world, "remind") in ("[5, 0]", [5, 0])
    assert "7" in annika.opened(f"commit remind {NUMBER} 7").errors["before"]
    annika.submit(before="1\n0")
    annika.say(f"commit snooze {NUMBER} until 1 Dec")
    assert "at most 10 business days" in annika.private()[-1]
    world.pass_to(day(25, 12))
    annika.say(f"commit snooze {NUMBER} until Monday")
    world.pass_to(day(27))
    assert said(annika, "promised this by") == 0
    world.pass_to(day(30))
    assert said(annika, "Overdue") == said(marcus, "Overdue") == 2  # told so, and on the live card
    assert chain(world) == ["make", "remind", "remind", "snooze", "late"]
    assert "is reminded" in annika.say(f"commit show {NUMBER}")


def test_a_holiday_is_said_and_kept_and_a_calendar_that_changes_moves_the_mornings(world, quiet):
    annika, marcus = promised(world, "commit “recovery plan” by 25 Dec 2026 to @marcus")
    for voice in (annika, marcus):
        assert "Fri 25 Dec 2026, which is a holiday of this partnership and stays the date" in card(voice)
    assert str(column(world, "due")) == "2026-12-25"
    assert next_at(world) == "2026-12-22"  # two business days before it
    david, priya = world.as_("david"), world.as_("priya")
    closed(david, "2026-12-22, 2027-03-26")  # and no longer the 24th
    priya.press("Agree", saw(priya, "proposes another working calendar"))
    assert next_at(world) == "2026-12-23"
    assert chain(world) == ["make"]


def next_at(world):
    wanted = f"SELECT at FROM due WHERE key = 'commit.remind:{NUMBER}' AND state = 'open'"  # noqa: S608 our own words only
    return str(world.rows(wanted)[0][0])[:10]


def closed(voice, days):
    """Its company proposes that these days are closed."""
    shown = say(voice, "setup calendar")
    shown = voice.press("Northmere Clinical Ltd", shown) if "with which partner" in shown else shown
    voice.press("Change it", shown)
    voice.press("Propose", voice.submit(closures=days))
    voice.submit(why="Our offices close")
