"""The thread under an issue's card: updates stand there, and a reply there is about that issue."""

import pytest

from bot.desk import Desk
from bot.intents import Account, Handle, Intent, Place, Reply
from tests.conversations.issues import LOGGED, NUMBER, card, chain, column, known, refusals

SAID = "We hired two monitors.\nBoth begin on Monday."
TAKE = "Take as update"


def beneath(voice):
    """What stands under the card of their room."""
    return [one for one in voice.room() if one.thread and one.thread == card(voice).id]


def channel(voice):
    """What the bot says in their room itself."""
    return [one for one in voice.room() if one.by_bot and not one.thread]


def notes(world):
    return world.rows(f"SELECT person, visibility, text FROM note WHERE issue = '{NUMBER}'")  # noqa: S608 our own words only


def links(world):
    """For whom the way back to a message is kept."""
    told = world.rows(f"SELECT visibility FROM audit WHERE record = '{NUMBER}' AND what = 'issue.link'")  # noqa: S608 our own words only
    return [visibility for (visibility,) in told]


def test_an_update_stands_under_the_card_in_both_companies_rooms(world):
    annika, _, tomasz = known(world)
    before = [len(channel(voice)) for voice in (annika, tomasz)]
    annika.say(f"issue update {NUMBER} nine of 14 are filed")
    for voice, when in ((annika, "09:00 GMT"), (tomasz, "10:00 CET")):
        (posted,) = beneath(voice)
        assert "nine of 14 are filed" in posted
        assert "Annika Lindqvist (Northmere Clinical Ltd)" in posted
        assert when in posted
        assert not posted.buttons
    assert [len(channel(voice)) for voice in (annika, tomasz)] == before
    tomasz.press("Update", card(tomasz))
    tomasz.submit(text="Thank you.\nWe count again on Friday.")
    assert [len(beneath(voice)) for voice in (annika, tomasz)] == [2, 2]
    assert "We count again on Friday." in beneath(annika)[-1]


def test_an_update_comes_after_the_card_it_stands_under_and_is_never_held_up_by_one_that_is_gone(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    world.is_locked = True  # nothing is sent for now
    annika.say(LOGGED)
    annika.say(f"issue update {NUMBER} nine of 14 are filed")
    assert not [one for one in tomasz.room() if one.by_bot]
    world.is_locked = False
    world.settle()
    assert len(beneath(annika)) == len(beneath(tomasz)) == 1
    world.rows_gone("DELETE FROM sent")
    annika.say(f"issue update {NUMBER} ten of 14 are filed")
    plain = next(one for one in annika.room() if "ten of 14 are filed" in one and "Update on" in one)
    assert plain.thread in ("", card(annika).id)


@pytest.mark.parametrize("side", [0, 2], ids=["annika", "tomasz"])
def test_a_reply_is_taken_as_an_update_with_one_click_and_only_once(world, side):
    people = known(world)
    clicker, other = people[side], people[2 - side]
    colleague = world.as_("rafael" if side == 0 else "marcus")
    reply = colleague.chat(SAID, thread=card(clicker).id)
    told = clicker.shortcut(TAKE, reply)
    assert f"Taken as your update on {NUMBER}" in told
    for voice in (clicker, other):
        posted = beneath(voice)[-1]
        assert f"{colleague.face.name} (" in posted
        assert "wrote: We hired two monitors. Both begin on Monday." in posted
        assert clicker.face.name in posted
    for voice in (colleague, clicker):
        assert f"was taken as an update on {NUMBER} before" in voice.shortcut(TAKE, reply)
    ((person, visibility, text),) = notes(world)
    assert visibility == "shared"
    assert person == world.rows(f"SELECT id FROM person WHERE name = '{clicker.face.name}'")[0][0]  # noqa: S608 our own words only
    assert text.endswith(f"wrote: {SAID}")
    assert chain(world).count("update") == 1
    assert links(world) == ["cro_internal" if side == 0 else "sponsor_internal"]


def test_ones_own_reply_is_taken_in_ones_own_words(world):
    annika, _, tomasz = known(world)
    annika.shortcut(TAKE, annika.chat(SAID, thread=card(annika).id))
    assert "wrote:" not in beneath(tomasz)[-1]
    assert "We hired two monitors. Both begin on Monday." in beneath(tomasz)[-1]


def test_elsewhere_there_is_nothing_to_take_and_that_is_said_with_the_remedy(world):
    annika, _, tomasz = known(world)
    annika.say(f"issue update {NUMBER} nine of 14 are filed")
    refused = refusals(world)
    for seen in (annika.chat(SAID, at="general"), annika.chat(SAID)):
        assert "say “issue update” with the issue’s number" in annika.shortcut(TAKE, seen)
    stray = annika.chat(SAID, thread=annika.chat("Coffee?").id)
    assert "say “issue update” with the issue’s number" in annika.shortcut(TAKE, stray)
    assert "Only what a person wrote" in annika.shortcut(TAKE, beneath(annika)[-1])
    world.rows_gone("UPDATE role SET role = 'observer' WHERE person = 'PER-09'")
    told = annika.shortcut(TAKE, annika.chat(SAID, thread=card(annika).id))
    assert "Your role does not include that" in told
    assert refusals(world) == refused + 5
    assert len(notes(world)) == 1
    assert len(beneath(tomasz)) == 1


@pytest.mark.parametrize("asker", ["annika", "gareth"])
def test_a_guest_in_the_other_companys_channel_takes_nothing_from_under_its_card(world, asker):
    known(world)
    guest, there = world.as_(asker), card(world.as_("tomasz"))
    who = f"SELECT platform, tenant FROM identity WHERE \"user\" = '{guest.face.id}'"  # noqa: S608 our own words only
    room = f"SELECT platform, tenant FROM room WHERE conversation = '{there.place}'"  # noqa: S608 our own words only
    speaker = Handle(*world.rows(who)[0], guest.face.id)
    place = Place(*world.rows(room)[0], there.place, thread=there.id)
    writer = (Account(Handle(place.platform, place.tenant, "U0")),)
    desk = Desk(world.bot.store, world.clock)
    fields = {"words": SAID, "link": "", "message": "1"}
    taking = Intent(speaker, place, "k1", "", "issue.take_update", fields, (), Reply.HERE, writer)
    answer = desk.serve(taking)
    assert answer.refused
    assert "not under an issue’s card in your company’s channel" in answer.view.line
    saying = Intent(speaker, place, "k2", "update nothing at all", reply=Reply.HERE)
    assert "Parley does not know" in desk.serve(saying).view.line
    assert not notes(world)


def test_under_a_card_a_verb_needs_no_number(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    annika.say(LOGGED)
    tomasz.say("ack", thread=card(tomasz).id)
    assert column(world, "state") == "acknowledged"
    annika.say("update we hired two", thread=card(annika).id)
    assert "we hired two" in beneath(tomasz)[-1]
    assert chain(world)[-2:] == ["ack", "update"]
    asked = tomasz.say("issue plan for site 104 is late", thread=card(tomasz).id)
    assert "Is that a new issue" in asked
    before = chain(world)
    for thread in (None, tomasz.chat("Coffee?").id):
        assert "Parley does not know" in tomasz.say("update we hired two", thread=thread, mention=True)
    assert chain(world) == before
    answer = tomasz.say("issue update", thread=card(tomasz).id)
    assert f"Update {NUMBER}" in answer
