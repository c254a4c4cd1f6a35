"""J6: the digest at 07:30 where its reader is, made for them alone, once, and acted on in place."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.conversations.test_unreached import out_of_reach

pytestmark = pytest.mark.usefixtures("quiet")

AWAKE = "UPDATE due SET state = 'open' WHERE kind = 'digest.due'"
EUROPE = ("marcus", "priya", "elena", "kenji", "tomasz", "david", "annika", "gareth")


def digests(voice):
    """What they were sent as digests, the oldest first."""
    return [one for one in voice.inbox if one.words.startswith("Your digest, ")]


def at(*when):
    return datetime(2026, *when, tzinfo=UTC)


@pytest.mark.journey
def test_a_digest_says_what_waits_what_changed_and_what_runs_out_and_is_acted_on_in_place(world):
    world.rows_gone(AWAKE)
    world.as_("annika").say("issue TMF backlog at site 104, major, owner @annika, due next Friday")
    world.pass_to(at(11, 11, 6, 29))
    assert not any(digests(world.as_(name)) for name in EUROPE)
    world.pass_to(at(11, 11, 6, 31))
    tomasz, annika = world.as_("tomasz"), world.as_("annika")
    assert not digests(annika), "it is 06:31 in London"
    seen = digests(tomasz)[-1]
    assert "Wed 11 Nov 2026, 07:30 CET" in seen
    parts = ("Waits for you", "TMF backlog at site 104", "Acknowledge it by", "Changed", "About to run out")
    places = [seen.words.index(part) for part in parts]
    assert places == sorted(places)
    assert "Annika Lindqvist (Northmere Clinical Ltd) raised it as major, at L1." in seen
    assert "Legal clock: 2 calendar days left" in seen
    assert seen.words.index("NOR-ISS-007", places[-1]) < seen.words.index("NOR-ISS-008", places[-1])
    pressed = tomasz.press("Acknowledge", seen)
    assert "Acknowledged by Tomasz" in pressed
    world.pass_to(at(11, 11, 7, 31))
    told = digests(annika)[-1]
    assert "Tomasz Wierzbicki (Halcyra Therapeutics AG) acknowledged it" in told
    assert "NOR-ISS-008" in tomasz.press("NOR-ISS-008", seen)


def test_one_day_brings_one_digest_whatever_happens_to_the_process(world):
    world.rows_gone(AWAKE)
    world.pass_to(at(11, 11, 7, 31))
    world.restart()
    world.settle()
    world.as_("tomasz").say("digest when daily 09:00", at="direct")
    world.pass_to(at(11, 11, 18))
    assert len(digests(world.as_("tomasz"))) == len(digests(world.as_("annika"))) == 1
    world.clock.offset += timedelta(days=1)  # nobody rings for a day
    world.restart()
    world.settle()
    world.pass_to(at(11, 13, 12))
    for name in ("tomasz", "annika"):
        told = digests(world.as_(name))
        assert len(told) == 3
        assert "Since Wed 11 Nov 2026, 07:30" in told[1]
    assert not digests(world.as_("ingrid")), "executives hear on Monday"
    world.pass_to(at(11, 16, 7))
    assert len(digests(world.as_("ingrid"))) == 1
    assert not any(
        one.startswith("Your digest, Sat") for one in (seen.words for seen in digests(world.as_("priya")))
    )


def test_northmere_and_quillon_read_nothing_of_each_other(world):
    world.rows_gone(AWAKE)
    world.as_("annika").say("issue Late site contracts, major, owner @annika")
    world.as_("gareth").say("issue Queries pile up, major, owner @gareth")
    world.pass_to(at(11, 11, 9))
    for name, other in (("annika", "QUI-"), ("david", "QUI-"), ("gareth", "NOR-")):
        told = digests(world.as_(name))[-1]
        assert other not in told.words
    for name, hidden in (("annika", "Queries pile up"), ("gareth", "Late site contracts")):
        assert hidden not in world.as_(name).say("digest now", at="direct")


def test_when_it_comes_is_said_in_words_or_in_a_form_and_what_cannot_be_is_refused(world):
    tomasz = world.as_("tomasz")
    for words, answer in {
        "digest": "You get a digest every day at 07:30 (Europe/Zurich).",
        "digest when weekly Monday 08:00": "The next one comes Mon 16 Nov 2026, 08:00 CET",
        "digest when daily 02:30": "On Sun 28 Mar 2027 the clocks go forward and there is no 02:30",
        "digest when daily 07:30 Europe/Zurch": "“Europe/Zurch” is not a time zone; yours is Europe/Zurich",
        "digest when daily 07:30 Asia/Tokyo": "Digests come by your own clock, which is Europe/Zurich",
        "digest when daily 25:00": "“25:00” is no time of day",
        "digest when sometimes": "does not say when",
        "digest pause": "Say until when",
        "digest pause until 3 Nov": "is not ahead",
        "digest pause until 3 Dec": "Paused until Thu 3 Dec 2026. The next one comes Thu 3 Dec 2026",
        "digest resume": "The next one comes Wed 11 Nov 2026, 02:30 CET",
        "digest when never": "You get no digest.",
        "digest wen": "There is no “digest wen”",
    }.items():
        assert answer in tomasz.say(words, at="direct"), words
    shown = tomasz.say("digest when 09:15", at="direct")
    assert "every day at 09:15" in shown
    tomasz.press("Change", shown)
    tomasz.submit(at="noon")
    assert "is no time of day" in str(tomasz.form)
    saved = tomasz.submit(rhythm="Weekly", weekday="Thursday", at="17:00")
    assert "every Thursday at 17:00" in saved


def test_a_channel_gets_one_once_somebody_asks_and_it_shows_what_the_channel_may(world):
    annika, marcus = world.as_("annika"), world.as_("marcus")
    assert "This channel gets no digest" in annika.say("digest")
    annika.say("digest when daily 08:00 silent")
    marcus.say("issue Late site contracts, major, owner @annika")
    marcus.say("issue Ask for a discount", at="second")
    world.pass_to(at(11, 11, 8, 1))
    told = [one for one in annika.room() if one.words.startswith("Digest of")]
    assert len(told) == 1
    assert "Late site contracts" in told[0]
    assert "Ask for a discount" not in told[0]
    assert "Waits for you" not in told[0]
    assert not [one for one in marcus.room() if one.words.startswith("Digest of")], "theirs was not asked for"


def test_days_off_are_left_in_peace_unless_something_cannot_wait(world):
    world.rows_gone(AWAKE)
    kenji = world.as_("kenji")
    kenji.say("setup away from 11 Nov to 13 Nov, @Priya", at="direct")
    world.pass_to(at(11, 13, 18))
    assert not digests(kenji)
    assert len(digests(world.as_("priya"))) == 3
    world.pass_to(at(11, 16, 7))
    assert len(digests(kenji)) == 1
    assert "Since" in digests(kenji)[0]
    assert all("Sun 15 Nov" not in one for one in digests(world.as_("priya"))), "nothing of hers is urgent"


def test_whoever_leaves_gets_none_and_whoever_comes_gets_the_usual_one(world):
    priya = world.as_("priya")
    sure = priya.say("setup leave kenji", at="direct")
    priya.press("End their access", sure)
    left = world.rows("SELECT rhythm FROM digest WHERE reader = 'person:PER-06'")
    assert left == [("none",)]


def test_a_pause_that_is_over_is_told_no_more_and_the_next_one_comes_on_a_day_at_work(world):
    tomasz = world.as_("tomasz")
    assert "Paused until Fri 13 Nov 2026" in tomasz.say("digest pause until 13 Nov", at="direct")
    assert "paused until" in tomasz.say("home", at="direct")
    world.pass_to(at(11, 14, 12))
    shown = tomasz.say("digest", at="direct")
    assert "The next one comes Mon 16 Nov 2026, 07:30 CET" in shown
    assert "Resume" not in shown.buttons
    assert "paused" not in tomasz.say("home", at="direct")


def test_all_that_did_not_arrive_is_a_press_away(world):
    out_of_reach(world, "marcus")
    for number in range(6):
        world.as_("annika").say(f"issue Samples lost at depot {number}, critical, owner @annika")
    seen = world.as_("tomasz").say("digest now", at="direct")
    assert "Not delivered: 6 (the first 5)" in seen
    whole = world.as_("tomasz").press("All 6", seen)
    assert "Not delivered: 6" in whole
    assert whole.words.count("did not reach Marcus Adeyemi") == 6
    assert "Samples" not in world.as_("gareth").say("digest now", at="direct")
