"""Closing a record down: it ends for both, goes on as one's own, and what cannot be unsent is said."""

from tests.conversations.issues import NUMBER, chain, clocks, known

OWN = "NORI-ISS-001"


def test_what_was_shared_by_mistake_is_taken_back_and_says_what_cannot_be_unsent(world):
    annika, rafael, tomasz = known(world)
    answer = annika.say(f"issue unshare {NUMBER} meant for our own team")
    for words in (
        f"{NUMBER} has ended and goes on as {OWN}",
        "What cannot be unsent",
        "Halcyra Therapeutics AG (6 people)",
        "HAL x Northmere (Halcyra Therapeutics AG): 1 message",
        "may still read and export it",
    ):
        assert words in answer, words
    shown = tomasz.say(f"issue show {NUMBER}")
    assert "Withdrawn by Annika Lindqvist" in shown
    assert "meant for our own team" in shown
    assert "NORI" not in " ".join(one.words for one in (shown, *tomasz.room(), *tomasz.inbox))
    assert chain(world) == ["log", "ack", "withdraw"]
    assert clocks(world) == set()
    own = rafael.say(f"issue show {OWN}", at="direct")
    for words in ("TMF backlog at site 104", f"it was {NUMBER}", "meant for our own team"):
        assert words in own, words
    first = world.rows(f"SELECT what, chain FROM audit WHERE record = '{OWN}'")  # noqa: S608 our own words only
    assert [tuple(one) for one in first] == [("issue.unshare", "P-NOR:cro_internal")]


def test_only_the_side_that_raised_it_takes_it_back_once_and_with_a_reason(world):
    annika, rafael, tomasz = known(world)
    assert "so only Northmere Clinical Ltd can take it back" in tomasz.say(f"issue unshare {NUMBER} ours")
    annika.opened(f"issue unshare {NUMBER}")
    annika.submit(reason="")
    assert "Say why it is taken back" in annika.form.errors["reason"]
    assert OWN in annika.submit(reason="wrong partner")
    assert "was withdrawn by" in rafael.say(f"issue unshare {NUMBER} once more")
    assert world.rows("SELECT count(*) FROM issue WHERE visibility = 'cro_internal'")[0][0] == 1


def test_a_legal_clock_holds_it_where_both_see_it(world):
    annika = world.as_("annika")
    annika.say("issue possible serious breach at site 104, owner @rafael")
    assert "A legal clock of NOR-ISS-008 still runs" in annika.say(f"issue unshare {NUMBER} not ours")


def test_an_owner_of_the_other_side_does_not_come_along(world):
    annika, _, tomasz = known(world, "issue Late answers, minor, owner @tomasz")
    assert OWN in annika.say(f"issue unshare {NUMBER} we look first")
    assert "Annika Lindqvist" in annika.say(f"issue show {OWN}", at="direct")
    assert "There is no issue" in tomasz.say(f"issue show {OWN}")


def test_ones_own_is_narrowed_to_named_people(world):
    annika, rafael = world.as_("annika"), world.as_("rafael")
    david = world.as_("david")
    annika.say("issue Conduct at site 104, major, owner @rafael, internal", at="direct")
    answer = annika.say(f"issue unshare {OWN} it concerns a person", at="direct")
    number = next(word for word in answer.words.split() if word.startswith("NOR-RST-"))
    assert "Conduct at site 104" in rafael.say(f"issue show {number}", at="direct")
    assert "There is no issue" in david.say(f"issue show {number}", at="direct")
    assert "is for named people alone already" in annika.say(f"issue unshare {number} more", at="direct")


def test_its_reason_tells_the_others_nothing_that_is_hidden_from_them(world):
    annika, _, _ = known(world)
    form = annika.opened(f"issue unshare {NUMBER} goes on in NORI-ISS-004")
    assert "“NORI-ISS-004” is not for Halcyra Therapeutics AG to know" in form
    assert chain(world) == ["log", "ack"]
