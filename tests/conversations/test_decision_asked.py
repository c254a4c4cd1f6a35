"""Decisions asked for: who may see one, find it by its words, approve it; and when it is looked back at."""

from datetime import UTC, datetime

from tests.conversations.decisions import BOTH, NUMBER, chain, column, opened, say

INTERNAL = "decision record leave site 104, because it is late, deciders @annika and @rafael, internal"
OWN = "HAL-DEC-001"


def test_what_a_reader_may_not_see_reads_like_what_does_not_exist(world):
    for name in ("annika", "david", "gareth", "wei-ling"):
        asker = world.as_(name)
        nothing = say(asker, "decision show NOR-DEC-099", "direct").words.replace("NOR-DEC-099", "X")
        assert "There is no decision X" in nothing
        for hidden in (OWN,) if name in ("annika", "david") else (OWN, "NOR-DEC-001", "NOR-DEC-004"):
            for verb in ("show", "ratify", "dissent", "withdraw"):
                answer = say(asker, f"decision {verb} {hidden} x", "direct")
                assert answer.words.replace(hidden, "X") == nothing, (name, verb)
        seen = say(asker, "decision list", "direct").words + say(asker, "decision list rfi", "direct").words
        assert OWN not in seen
        assert "RFI in December" not in seen
        assert ("NOR-DEC-" in seen) is (name in ("annika", "david"))
    noor = world.as_("newcomer at Northmere")
    say(noor, "decision show NOR-DEC-001", "direct")
    say(noor, "decision list", "direct")
    assert not any("NOR-DEC" in one or "sites" in one for one in noor.inbox)
    assert "There is no decision" not in say(world.as_("marcus"), f"decision show {OWN}", "direct").words
    assert "Yes, RFI in December" in say(world.as_("ingrid"), "decision list RFI", "direct")


def test_one_sides_own_decision_leaves_no_trace_on_the_other(world):
    others = [world.as_(name) for name in ("tomasz", "marcus", "priya", "gareth")]
    before = [[one.words for one in voice.sight()] for voice in others]
    annika, rafael = world.as_("annika"), world.as_("rafael")
    recorded = say(annika, INTERNAL)
    assert "NORI-DEC-001" in recorded
    assert "Provisional: it waits for the approval of Northmere Clinical Ltd (Rafael Monteiro)." in recorded
    assert "so another decider approves it: Rafael" in say(annika, "decision ratify NORI-DEC-001")
    form = opened(annika, "decision record go on, because of x, deciders @annika and @tomasz, internal")
    assert (
        "Only Northmere Clinical Ltd sees it, so Tomasz Wierzbicki cannot decide it"
        in form.errors["deciders"]
    )
    annika.dismiss()
    rafael.press("Approve", next(one for one in rafael.inbox if "NORI-DEC-001" in one))
    assert column(world, "status", "NORI-DEC-001") == "final"
    assert [[one.words for one in voice.sight()] for voice in others] == before


def test_why_did_we_decide_that_is_found_by_its_words_and_told_with_the_reason_first(world):
    tomasz = world.as_("tomasz")
    found = say(tomasz, "decision list enrolment", "direct")
    assert "Decisions with “enrolment”: 1" in found
    assert "NOR-DEC-003" in found
    shown = tomasz.press("Details of NOR-DEC-003", found)
    assert shown.words.index("Gap of 18 points to plan") < shown.words.index("Recorded as final")
    assert "Decisions with “enrolment”: 1" in say(tomasz, "decision why enrolment", "direct")
    assert "NOR-DEC-004" in say(tomasz, "decision list provisional", "direct")
    assert "NOR-DEC-003" not in say(tomasz, "decision list provisional", "direct").words
    assert "none" in say(tomasz, "decision list mine withdrawn", "direct")
    assert "takes one status at a time" in say(tomasz, "decision list final provisional", "direct")
    every = say(world.as_("annika"), "decisions")
    assert "Decisions: 4" in every


def test_without_a_quorum_the_chairs_approve_it_and_nobody_else(world):
    marcus, david, rafael = (world.as_(name) for name in ("marcus", "david", "rafael"))
    shown = say(marcus, "decision show NOR-DEC-004", "direct")
    assert "Provisional: its session had no quorum, so it waits for the approval of" in shown
    assert "not enough of both sides came, so the chairs approve it" in shown
    assert "NOR-DEC-004 for Northmere Clinical Ltd" in say(rafael, "decision approve NOR-DEC-004", "direct")
    marcus.press("Approve", shown)
    assert column(world, "status", "NOR-DEC-004") == "provisional"
    assert "approved NOR-DEC-004 for Halcyra Therapeutics AG on" in say(
        marcus, "decision approve dec-4", "direct"
    )
    david.say("decision approve NOR-DEC-004", at="direct")
    assert column(world, "status", "NOR-DEC-004") == "final"
    assert chain(world, "NOR-DEC-004")[-2:] == ["ratify", "ratify"]


def test_what_a_file_calls_final_without_a_quorum_waits_for_the_chairs_too(world):
    ingrid, charlotte = world.as_("ingrid"), world.as_("charlotte")
    assert "Recorded as final, but its session had no quorum" in say(ingrid, "decision show dec-3", "direct")
    assert "NOR-DEC-003" in say(ingrid, "mine decisions", "direct")
    ingrid.say("decision approve NOR-DEC-003", at="direct")
    approved = charlotte.say("decision approve NOR-DEC-003", at="direct")
    assert "Final: both sides approved it." in approved
    assert "is final, so it stays as it is" in say(ingrid, "decision approve NOR-DEC-003", "direct")


def test_whoever_stands_in_approves_and_where_a_decider_left_the_counterpart_or_who_manages_the_alliance(
    world,
):
    annika, kenji = world.as_("annika"), world.as_("kenji")
    say(world.as_("tomasz"), "setup away from 10 Nov to 12 Nov, kenji", "direct")
    say(annika, BOTH)
    kenji.press("Approve", next(one for one in kenji.inbox if NUMBER in one))
    assert column(world, "status") == "final"
    say(annika, "decision record keep both, because of x, deciders @kenji and @annika")
    world.rows_gone("UPDATE person SET active = false WHERE id = 'PER-06'")
    say(world.as_("priya"), "decision approve NOR-DEC-006", "direct")
    assert column(world, "status", "NOR-DEC-006") == "final"


def test_on_the_day_of_follow_up_each_one_is_reminded_once_at_nine_where_they_are(world, quiet):
    annika = world.as_("annika")
    say(annika, f"{BOTH.replace('@annika', '@annika and @rafael')}, follow-up 14 Nov")
    rafael, tomasz = world.as_("rafael"), world.as_("tomasz")

    def told():
        return [
            sum("Follow up on NOR-DEC-005" in one for one in voice.inbox)
            for voice in (tomasz, annika, rafael)
        ]

    world.pass_to(datetime(2026, 11, 16, 7, 59, tzinfo=UTC))
    assert told() == [0, 0, 0]
    world.pass_to(datetime(2026, 11, 16, 8, 1, tzinfo=UTC))
    assert told() == [1, 0, 0], "nine in Zurich, on the Monday after the Saturday"
    world.pass_to(datetime(2026, 11, 16, 9, 1, tzinfo=UTC))
    assert told() == [1, 1, 0], "nine in London"
    world.pass_to(datetime(2026, 11, 16, 12, 1, tzinfo=UTC))
    world.restart()
    world.pass_to(datetime(2026, 11, 18, 12, 1, tzinfo=UTC))
    assert told() == [1, 1, 1]


def test_a_decision_that_was_withdrawn_is_not_looked_back_at(world, quiet):
    annika = world.as_("annika")
    say(annika, f"{BOTH}, follow-up 12 Nov")
    say(annika, f"decision withdraw {NUMBER} recorded twice")
    world.pass_to(datetime(2026, 11, 13, 12, tzinfo=UTC))
    assert not any("Follow up on" in one for one in annika.inbox)
