"""Where a promise could go wrong unseen: silence that nobody could break, half a yes, numbers of one side."""

from datetime import UTC, datetime

from tests.conversations.decisions import chain as decision_chain
from tests.conversations.decisions import column as decided
from tests.conversations.decisions import say
from tests.conversations.promises import NUMBER, card, chain, column, promised

WARNED = "It counts as confirmed at"


def said(voice, words):
    return sum(words in one for one in voice.inbox)


def day(number, hour=23):
    return datetime(2026, 11, number, hour, tzinfo=UTC)


def test_an_owner_who_wants_quiet_neither_hears_it_nor_silences_the_receiver(world, quiet):
    annika, marcus = promised(world, "commit “recovery plan” by 11 Nov to @marcus")
    annika.say(f"commit snooze {NUMBER} until 16 Nov")
    world.pass_to(day(13))
    late = "Overdue: it was due Wed 11 Nov 2026"
    assert (said(annika, late), said(marcus, late)) == (1, 2)  # the live card; of the receiver also the news
    world.pass_to(day(16))
    assert (said(annika, late), said(marcus, late)) == (2, 2)
    annika.say(f"commit snooze {NUMBER} until 18 Nov")
    annika.say(f"commit done {NUMBER}")
    world.pass_to(day(20, 18))
    assert said(marcus, WARNED) == 1
    world.pass_to(day(30))
    assert column(world, "state") == "confirmed"


def test_silence_confirms_nothing_while_nobody_could_have_said_a_word(world, quiet):
    annika, marcus = promised(world)
    annika.say(f"commit done {NUMBER}")
    world.clock.offset += day(18, 9) - world.now()
    world.restart()
    world.settle()
    assert column(world, "state") == "done"
    for voice in (annika, marcus):
        assert "Parley was not running as the five business days ended" in card(voice)
        assert "until Thu 19 Nov 2026" in card(voice)
    marcus.say(f"commit dispute {NUMBER} two sites are missing")
    assert chain(world) == ["make", "done", "wait", "dispute"]


def test_half_a_yes_and_half_a_number_are_asked_about(world, quiet):
    annika, marcus = promised(world)
    annika.opened(f"commit remind {NUMBER} 1 week before")
    annika.dismiss()
    annika.say(f"commit done {NUMBER}")
    half = marcus.say(f"commit confirm {NUMBER}, but two are missing")
    assert "NOR-CMT-011 is confirmed as it is or not at all" in half
    assert chain(world) == ["make", "done"]
    asked = annika.say("commit list of back-up sites by Friday to @marcus")
    assert "commit “list of back-up sites by Friday to @Marcus Adeyemi”" in asked or "“list of back" in asked


def test_what_comes_of_one_sides_own_action_item_does_not_tell_its_number_to_the_other(world, quiet):
    annika, rafael, marcus = (world.as_(name) for name in ("annika", "rafael", "marcus"))
    annika.say("action NOR-MTG-09 list the gaps, @rafael, internal", at="direct")
    annika.say("session close NOR-MTG-09 annika, tomasz", at="direct")
    rafael.press("Make it a commitment", next(one for one in reversed(rafael.inbox) if "NORI-ACT" in one))
    rafael.submit(**{"class": "shared", "due": "2026-11-27"})
    rafael.submit(**{"receiver id": "PER-02"})
    assert "list the gaps" in card(marcus)
    assert not any("NORI-" in one for one in marcus.sight())
    assert world.rows("SELECT became FROM action WHERE number = 'NORI-ACT-001'") == [(NUMBER,)]


def test_a_decision_that_was_superseded_brings_nothing_back_when_its_session_had_no_quorum(world, quiet):
    annika, rafael, kenji = (world.as_(name) for name in ("annika", "rafael", "kenji"))
    for number, more in (
        ("NOR-DEC-005", ""),
        ("NOR-DEC-006", ", supersedes NOR-DEC-005, session NOR-MTG-09"),
        ("NOR-DEC-007", ", supersedes NOR-DEC-006"),
    ):
        said_so = "because of a gap of 18 points, deciders @kenji and @rafael"
        say(rafael, f"decision record approve plan {number[-1]}, {said_so}{more}")
        say(kenji, f"decision ratify {number}")
    annika.say("session close NOR-MTG-09 annika", at="direct")
    assert decided(world, "superseded_by", "NOR-DEC-005") == "NOR-DEC-006"
    assert decision_chain(world, "NOR-DEC-005") == ["record", "ratify", "superseded"]
    assert decided(world, "rationale", "NOR-DEC-005") == "because of a gap of 18 points"


def test_of_two_decisions_that_supersede_the_same_one_only_the_first_counts(world, quiet):
    rafael, kenji = world.as_("rafael"), world.as_("kenji")
    for number, more in ((5, ""), (6, ", supersedes NOR-DEC-005"), (7, ", supersedes NOR-DEC-005")):
        said_so = "because the gap is 18 points, deciders @kenji and @rafael"
        say(rafael, f"decision record approve plan {number}, {said_so}{more}")
    say(kenji, "decision ratify NOR-DEC-005")
    say(kenji, "decision ratify NOR-DEC-006")
    refused = say(kenji, "decision ratify NOR-DEC-007")
    assert "NOR-DEC-005 was superseded by NOR-DEC-006 meanwhile, so NOR-DEC-007 cannot replace it" in refused
    assert decided(world, "status", "NOR-DEC-007") == "provisional"
    assert "can withdraw NOR-DEC-004, so nothing changed" in say(kenji, "decision withdraw NOR-DEC-004 no")


def test_a_claim_towards_somebody_who_has_left_is_told_to_their_side_before_silence_confirms_it(world, quiet):
    annika, marcus, priya = (world.as_(name) for name in ("annika", "marcus", "priya"))
    annika.say("commit “recovery plan” by 20 Nov to @tomasz")
    priya.press("End their access", priya.say("setup leave tomasz", at="direct"))
    annika.say(f"commit move {NUMBER} to 25 Nov because two sites are late")
    assert "was before NOR-CMT-011 was promised or last moved" in annika.say(f"commit done {NUMBER} on 1 Nov")
    annika.say(f"commit done {NUMBER}")
    assert said(marcus, "said it is done") == 1
    world.pass_to(day(17, 12))
    assert said(marcus, WARNED) == 1
    marcus.press("Dispute", next(one for one in reversed(marcus.inbox) if "Dispute" in one.buttons))
    marcus.submit(text="Two sites are missing in it.")
    assert column(world, "state") == "disputed"
