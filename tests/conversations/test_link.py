"""A channel is linked to one partnership and one class; a shared one with a code from the other room."""

from datetime import timedelta

import pytest

from tests.beginnings import begin, code_in, invited, partners, saw, say

SHARED = "What both companies share"
LOGGED = "issue TMF backlog, major, owner Priya Raghunathan"


def asked(voice, at=""):
    """The form that comes of saying “link” in a channel."""
    voice.say("link", at=at, mention=True)
    if voice.form is None:
        voice.press("Choose")
    return voice.form


def link(voice, what=SHARED, at="", **more):
    """The same, filled in."""
    asked(voice, at)
    return voice.submit(**{"class": what}, **more)


def code_for(voice, **more):
    """The code for the partner's channel."""
    return code_in(saw_or(link(voice, **more), voice))


def saw_or(seen, voice):
    return seen if seen and "link " in seen else saw(voice, "administrator says: link")


@pytest.mark.parametrize("first", ["priya", "david"])
def test_a_code_from_one_channel_links_both_at_once(empty, first):
    partners(empty)
    one, other = empty.as_(first), empty.as_("david" if first == "priya" else "priya")
    offer = link(one, name="our channel")
    assert empty.rows("SELECT count(*) FROM room")[0][0] == 0
    code = code_in(saw_or(offer, one))
    empty.restart()
    done = other.say(f"link {code}", mention=True)
    assert "Halcyra Therapeutics AG and Northmere Clinical Ltd" in (done or saw(other, "is linked"))
    for voice in (one, other):
        assert "This channel is linked" in voice.room()[-1]
        assert "Halcyra Therapeutics AG and Northmere Clinical Ltd" in voice.room()[-1]
    assert empty.rows("SELECT count(*) FROM room WHERE visibility = 'shared'")[0][0] == 2
    assert "2 channels" not in say(one, "setup")
    assert "our channel" in say(one, "setup rooms")
    other.say(LOGGED)
    for voice in (one, other):
        assert "TMF backlog" in voice.room()[-1]
    told = empty.rows("SELECT visibility, partnership <> '' FROM audit WHERE what = 'room.link'")
    assert [(row[0], bool(row[1])) for row in told] == [("shared", True)] * 2


def test_an_internal_channel_is_linked_at_once_and_shows_the_other_side_nothing(empty):
    priya, david = partners(empty)
    link(priya, "What only Halcyra Therapeutics AG may see", at="general")
    assert "Halcyra Therapeutics AG only, about Northmere Clinical Ltd" in priya.room("general")[-1]
    before = [one.words for one in david.sight()]
    priya.say("issue Think about site 104, minor, owner Priya Raghunathan", at="general")
    assert "Think about site 104" in priya.room("general")[-1]
    assert [one.words for one in david.sight()] == before
    assert empty.rows("SELECT visibility FROM room") == [("sponsor_internal",)]


def test_a_linked_channel_is_not_linked_twice(empty):
    priya, david = partners(empty)
    david.say(f"link {code_for(priya)}", mention=True)
    for voice in (priya, david):
        answer = voice.say("link", mention=True)
        assert "This channel is linked already (Halcyra Therapeutics AG and Northmere Clinical Ltd)" in answer
        assert "say “link end” first" in answer
    assert empty.rows("SELECT count(*) FROM room")[0][0] == 2


def test_a_code_works_once(empty):
    priya, david = partners(empty)
    code = code_for(priya)
    david.say(f"link {code}", mention=True)
    assert "That code was used before" in david.say(f"link {code}", at="general", mention=True)
    assert empty.rows("SELECT count(*) FROM room")[0][0] == 2


def test_a_code_ends_after_a_day(empty):
    priya, david = partners(empty)
    code = code_for(priya)
    empty.pass_to(empty.now() + timedelta(days=1, minutes=1))
    assert "That code is no longer good" in david.say(f"link {code}", mention=True)


def test_a_newer_code_for_the_same_channel_replaces_the_older(empty):
    priya, david = partners(empty)
    old, new = code_for(priya), code_for(priya)
    assert "That invitation was withdrawn" in david.say(f"link {old}", mention=True)
    david.say(f"link {new}", mention=True)
    assert empty.rows("SELECT count(*) FROM room")[0][0] == 2


def test_a_code_is_for_the_partner_and_for_a_channel(empty):
    priya, david = partners(empty)
    code = code_for(priya)
    assert "Your own company made that code" in priya.say(f"link {code}", at="general", mention=True)
    assert "A direct message cannot be linked" in say(david, f"link {code}")
    assert "That code links a channel" in say(david, f"setup {code}")
    assert "A direct message cannot be linked" in say(priya, "link")
    assert "“our room” is no code" in david.say("link our room", mention=True)


def test_a_third_companys_administrator_learns_nothing_from_a_code(empty):
    priya, _ = partners(empty)
    gareth = begin(empty, "gareth")
    code = code_for(priya)
    wrong = gareth.say("link 7K3M-Q0ZD-94TB", mention=True).words
    assert gareth.say(f"link {code}", mention=True).words == wrong
    assert say(gareth, f"setup {code}").words == wrong
    assert "That code is not valid" in wrong


def test_a_stranger_learns_nothing_from_a_code(empty):
    priya, _ = partners(empty)
    code = code_for(priya)
    noor = empty.as_("newcomer at Northmere")
    assert "You are not in Parley’s directory" in say(noor, f"link {code}")
    assert "That code is not valid" in say(noor, f"setup {code}")


def test_a_link_ends_and_can_be_made_again(empty):
    priya, david = partners(empty)
    david.say(f"link {code_for(priya)}", mention=True)
    answer = priya.say("link end", mention=True)
    assert "The link has ended" in (answer or saw(priya, "The link has ended"))
    assert "This channel is no longer linked" in priya.room()[-1]
    david.say("issue Late, minor, owner David Okonkwo")
    assert "Late" not in priya.room()[-1]
    assert "This channel is not linked" in priya.say("link end", mention=True)
    assert "a channel for Northmere Clinical Ltd" in say(priya, "setup")
    david.say(f"link {code_for(priya)}", mention=True)
    assert empty.rows("SELECT count(*) FROM room")[0][0] == 2
    assert "This channel is linked" in priya.room()[-1]


def test_what_is_not_chosen_stands_at_its_field(empty):
    priya, _ = partners(empty)
    link(priya, "")
    assert "Choose what it shows." in priya.form.errors["class"]
    priya.submit(**{"class": "What only Halcyra Therapeutics AG may see"})
    assert empty.rows("SELECT count(*) FROM room")[0][0] == 1


def test_only_an_administrator_links(world):
    answer = world.as_("tomasz").say("link", at="general", mention=True)
    assert "Only an administrator of your company sets it up; ask Priya Raghunathan." in answer
    assert "Only an administrator" in world.as_("annika").say("link end", mention=True)
    assert world.rows("SELECT count(*) FROM room")[0][0] == 4


def test_several_partners_are_asked_about(empty):
    priya, _ = partners(empty)
    gareth = begin(empty, "gareth")
    gareth.press("Accept", say(gareth, f"setup {invited(priya, 'Quillon')}"))
    partner = asked(priya).fields["partnership"]
    assert partner.value == ""
    assert set(partner.options) == {"Northmere Clinical Ltd", "Quillon Data Sciences SL"}
    assert list(asked(gareth).fields["partnership"].options) == ["Halcyra Therapeutics AG"]
    missing = "Missing: a channel for Northmere Clinical Ltd and Quillon Data Sciences SL."
    assert missing in say(priya, "setup rooms")


def test_a_code_ends_where_its_channel_is_linked_to_something_else(empty):
    priya, david = partners(empty)
    code = code_for(priya)
    link(priya, "What only Halcyra Therapeutics AG may see")
    assert "That invitation was withdrawn" in david.say(f"link {code}", mention=True)
    assert empty.rows("SELECT count(*) FROM room")[0][0] == 1
