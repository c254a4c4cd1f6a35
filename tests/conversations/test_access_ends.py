"""Whose access ends: who leaves, who asks again, and what they alone could read."""

from tests.beginnings import add, opened, partners, saw, say

SECRET = (
    "issue Possible misconduct at site 104, major, owner annika, due 28 Nov 2026, restricted, for Halcyra"
)
GONE = "You are not in Parley’s directory"


def test_who_was_let_in_and_has_left_is_asked_about_again(world):
    noor, david = world.as_("newcomer at Northmere"), world.as_("david")
    noor.say("issue list")
    david.press("Approve as a member")
    assert "Open issues" in noor.say("issue list")
    david.press("End their access", say(david, "setup leave noor"))
    assert GONE in noor.say("issue list")
    assert GONE in noor.say("issue list")
    cards = [one for one in david.inbox if "Noor Haddad asks to use Parley" in one]
    assert len(cards) == 2
    assert "Approved by" in cards[0]
    david.press("Approve as a member", cards[1])
    assert "Open issues" in noor.say("issue list")


def test_what_the_leaver_alone_could_read_goes_to_who_answers_for_such_records(world):
    david, annika = world.as_("david"), world.as_("annika")
    number = say(annika, SECRET).words.split()[1].rstrip(":")
    readers = "SELECT person FROM restricted_reader WHERE record = '{}'"
    assert [one[0] for one in world.rows(readers.format(number))] == ["PER-09"]
    david.press("End their access", say(david, "setup leave annika"))
    assert saw(david, "Possible misconduct") is None
    assert [one[0] for one in world.rows(readers.format(number))] == ["PER-09"]
    assert "There is no issue" in say(david, f"issue show {number}")
    opened(david, "setup role rafael")
    david.submit(roles="Quality lead")
    rafael = world.as_("rafael")
    assert "Possible misconduct" in say(rafael, f"issue show {number}")
    assert saw(rafael, "Possible misconduct")
    assert saw(david, "Possible misconduct") is None


def test_of_two_readers_the_one_who_stays_hears_of_it(world):
    priya, elena = world.as_("priya"), world.as_("elena")
    said = "issue Enquiry into site 104, major, owner marcus, due 28 Nov 2026, restricted, for Northmere"
    number = say(elena, said).words.split()[1].rstrip(":")
    priya.press("End their access", say(priya, "setup leave marcus"))
    assert "Marcus Adeyemi has left" in saw(elena, number)
    assert "There is no issue" in say(priya, f"issue show {number}")


def test_what_was_begun_before_somebody_left_comes_to_nothing(empty):
    priya, _ = partners(empty)
    add(priya, "Tomasz Wierzbicki", roles="Study lead\nAdministrator")
    tomasz = empty.as_("tomasz")
    shown = say(tomasz, "setup end")
    form = opened(tomasz, "setup hold", "Hold something")
    priya.press("End their access", say(priya, "setup leave tomasz"))
    tomasz.press("Name its last day", shown)
    tomasz.submit(form, why="A claim")
    assert GONE in say(tomasz, "setup")
    assert empty.rows("SELECT count(*) FROM ending")[0][0] == 0
    assert empty.rows("SELECT count(*) FROM legal_hold")[0][0] == 0
