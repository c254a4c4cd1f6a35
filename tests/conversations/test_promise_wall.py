"""Whoever may not see a promise learns nothing of it; what is asked twice is done once; people leave."""

from bot.menu import ALARMS, BY_VERB
from tests.conversations.promises import MADE, NUMBER, card, chain, column, promised

VERBS = ("show", "accept", "move", "done", "confirm", "dispute", "withdraw", "evidence", "remind", "snooze")


def test_others_read_of_it_what_they_read_of_what_is_not_there(world, quiet):
    """Quillon's staff, Halcyra's room with them, and a stranger."""
    promised(world)
    gareth, stranger = world.as_("gareth"), world.as_("newcomer at Northmere")
    for verb in VERBS:
        told = gareth.say(f"commit {verb} {NUMBER}", at="direct")
        same = gareth.say(f"commit {verb} NOR-CMT-099", at="direct")
        assert told.words.replace(NUMBER, "N") == same.words.replace("NOR-CMT-099", "N")
    for words in ("commit list", "commit list all"):
        assert "recovery" not in gareth.say(words, at="direct")
    assert "3/8" not in gareth.say("commit list all", at="direct")
    before = len(stranger.inbox)
    stranger.say(f"commit show {NUMBER}", at="direct")
    assert not any("recovery plan" in one for one in stranger.inbox[before:])
    for voice in (gareth, stranger):
        assert not any("recovery plan" in one for one in voice.sight())
    assert chain(world) == ["make"]


def test_lists_are_narrowed_paged_and_say_how_much_was_kept_on_time(world, quiet):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    for number in range(8):
        annika.say(f"commit “plan {number}” by 27 Nov to @marcus")
    first = annika.say("commit list")
    assert "1 to 10 of" in first
    assert "Kept on time, by the first date: 3/7" in first
    assert "plan 7" in annika.press("Next page", first)
    mine = annika.say("commit list mine all")
    assert "plan 0" in mine
    assert "Sign NOR-CO-003" not in mine
    assert "Kept on time, by the first date: 3/8" in tomasz.say("commit list", at="direct")  # as expected
    overdue = tomasz.say("promises list overdue")
    assert "Sign NOR-CO-003" in overdue
    assert "overdue" in overdue
    assert "plan 0" not in overdue
    assert "all or a study (HAL-202), not “soonish”" in annika.say("commit list soonish")


def test_the_same_request_twice_and_two_devices_change_it_once(world, quiet):
    marcus, rafael = world.as_("marcus"), world.as_("rafael")
    answers = marcus.send("commit “back-up sites”, owner @rafael, by 27 Nov, to @marcus", times=3)
    assert len(answers) == 3
    assert chain(world) == ["make"]
    asked = [one for one in rafael.sight() if "Accept" in one.buttons]
    assert len(asked) >= 2  # in the room, and in direct messages: two devices
    rafael.press("Accept", asked[0])
    told = rafael.press("Accept", asked[-1])
    assert chain(world) == ["make", "accept"]
    assert "nothing changed" in told or "accepted NOR-CMT-011 on" in told or "Accept" not in told.buttons


def test_an_old_card_changes_nothing_and_shows_how_it_stands(world, quiet):
    annika, marcus = promised(world)
    old = card(annika)
    annika.say(f"commit evidence {NUMBER} https://northmere.example/plan")
    told = annika.press("Done", old)
    assert column(world, "state") in ("accepted", "done")
    assert "out of date" in told or column(world, "state") == "done"
    assert "northmere.example" in card(marcus)


def test_what_an_owner_who_has_left_promised_is_in_their_sides_hands(world, quiet):
    annika, marcus, david = world.as_("annika"), world.as_("marcus"), world.as_("david")
    rafael = world.as_("rafael")
    rafael.say("commit “back-up sites” by 27 Nov to @marcus")
    world.rows_gone("UPDATE person SET active = false WHERE id = 'PER-10'")
    world.restart()
    form = annika.opened("commit “another list” by 27 Nov to @marcus, owner @rafael")
    assert "“rafael” is nobody who can promise this" in form.errors["owner id"]
    assert "only they move it" in marcus.say(f"commit move {NUMBER} to 4 Dec, late")
    david.say(f"commit move {NUMBER} to 4 Dec, he has left", at="direct")
    assert "he has left" in card(marcus)


def test_every_clock_of_a_promise_has_somebody_who_hears_it():
    assert {"commit.remind", "commit.confirm_due", "commit.tell"} <= set(ALARMS)
    assert {f"commit.{verb}" for verb in VERBS} <= set(BY_VERB)
    assert MADE.startswith("commit ")
