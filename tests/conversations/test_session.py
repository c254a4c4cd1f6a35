"""Sessions: who is asked, who came, what that means for decisions, and what becomes of what is left."""

from tests.conversations.decisions import card as decision_card
from tests.conversations.decisions import column
from tests.conversations.test_action import session_card, typed

SOM = "NOR-MTG-09"


def closed(voice, *people):
    """Close the session of today with these people there; what they see."""
    answer = voice.say(f"session close {SOM}", at="direct")
    if answer and "Fill in the form" in answer.buttons:
        voice.press("Fill in the form", answer)
    return voice.submit(attended="\n".join(people))


def state(world, name="state"):
    return world.rows(f"SELECT {name} FROM meeting WHERE id = '{SOM}'")[0][0]  # noqa: S608 our own words only


def test_sessions_are_listed_and_shown_with_who_came_quorum_and_decisions(world):
    annika, gareth = world.as_("annika"), world.as_("gareth")
    listed = annika.say("session list", at="direct")
    assert "NOR-MTG-09" in listed
    assert "NOR-MTG-01" not in listed
    assert "NOR-MTG-01" in annika.press("All of them", listed)
    assert "held without a quorum" in annika.say("meetings held", at="direct")
    shown = annika.say("session show mtg-6", at="direct")
    assert "Joint Operations Committee, Wed 21 Oct 2026" in shown
    assert "only 1 of Northmere Clinical Ltd came, of the 2 it needs" in shown
    assert "NOR-DEC-004 (provisional): Accept MVR limit of 12 business days" in shown
    assert "2 of each side, with each side’s chair" in shown
    absent = annika.say("session show NOR-MTG-05", at="direct")
    assert (
        "the chair of Northmere Clinical Ltd was not there, nor a delegate whom the charter names" in absent
    )
    planned = annika.say(f"session show {SOM}", at="direct")
    assert "Asked" in planned
    assert "Close the session" in planned.buttons
    words = "There is no session NOR-MTG-09; “session list” shows them."
    assert words in gareth.say(f"session show {SOM}", at="direct")
    assert words.replace("09", "99") in gareth.say("session show NOR-MTG-99", at="direct")
    assert "No sessions" in gareth.say("session list", at="direct")


def test_closing_tells_both_rooms_and_offers_what_is_left_to_its_owners_on_their_own_platform(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    typed(annika, f"action {SOM} send the roster, @tomasz, due 20 Nov")
    typed(annika, f"action {SOM} book the room, me")
    annika.press("Done: NOR-ACT-002", session_card(annika))
    closed(annika, "PER-04", "PER-09")
    assert state(world) == "held"
    for voice in (annika, tomasz):
        assert "Held, with a quorum" in session_card(voice)
        assert "Tomasz Wierzbicki (Halcyra Therapeutics AG), Annika Lindqvist" in session_card(voice)
        assert "Close the session" not in session_card(voice).buttons
    told = [one for one in tomasz.inbox if "closed this session" in one]
    assert len(told) == 1
    offered = tomasz.inbox[-1]
    assert f"This was not done when {SOM} was closed" in offered
    tomasz.press("Make it a commitment", offered)
    assert "send the roster (Tomasz Wierzbicki: became NOR-CMT-011)" in session_card(annika)
    rows = world.rows("SELECT source, owner, receiver, state FROM commitment WHERE number = 'NOR-CMT-011'")
    assert rows == [(SOM, "PER-04", "PER-09", "accepted")]


def test_it_is_closed_by_its_committee_once_and_not_before_its_day(world):
    annika, david, tomasz = world.as_("annika"), world.as_("david"), world.as_("tomasz")
    refused = david.say(f"session close {SOM}", at="direct")
    assert "which its chairs and members close" in refused
    early = annika.say("session close NOR-MTG-10", at="direct")
    assert "NOR-MTG-10 is on Wed 18 Nov 2026" in early
    assert "“zelda” is nobody of the two companies" in annika.say(f"session close {SOM} zelda", at="direct")
    annika.opened(f"session close {SOM}", at="direct")
    annika.submit(attended="")
    assert annika.form is not None
    assert state(world) == "planned"
    annika.submit(attended="PER-09\nPER-04")
    assert state(world) == "held"
    assert "was closed already" in tomasz.say(f"session close {SOM}", at="direct")


def test_without_a_quorum_what_the_session_decided_is_provisional_until_both_chairs_approve(world):
    annika, rafael, tomasz = (world.as_(name) for name in ("annika", "rafael", "tomasz"))
    words = f"decision record weekly calls, because of drift, session {SOM}, deciders @rafael and @tomasz"
    typed(tomasz, words)
    rafael.press("Approve", decision_card(rafael))
    assert column(world, "status") == "final"
    closed(annika, "PER-09", "PER-10")
    assert "nobody of Halcyra Therapeutics AG came, of the 1 it needs" in session_card(tomasz)
    assert "NOR-DEC-005 (provisional)" in session_card(tomasz)
    assert (column(world, "status"), column(world, "quorum")) == ("provisional", "not_quorate")
    assert "its session had no quorum" in decision_card(tomasz)
    annika.press("Approve", decision_card(annika))
    assert column(world, "status") == "final"
    assert "NOR-DEC-005 (final)" in annika.say(f"session show {SOM}", at="direct")
