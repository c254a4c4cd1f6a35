"""J2, Friday evening: a possible serious breach is heard by both sides at once; its clock never stops."""

import re
from datetime import UTC, datetime

import pytest

from bot.handlers.issue_legal import aware_at

FRIDAY = datetime(2026, 11, 13, 17, 40, tzinfo=UTC)  # 18:40 in Zurich
SAID = "issue IRT let two sites dispense kits past expiry: possible serious breach"
HEARS = ("elena", "david", "ingrid", "charlotte", "marcus")
HEARD = "Named a possible serious breach by"
TIME = re.compile(r"\w{3} \d+ \w{3} \d{4}, \d\d:\d\d [A-Z0-9+-]+")


def heard(world, name):
    """What that person was told of a breach, without the times of their zone and a platform's emphasis."""
    told = [one.words for one in world.as_(name).inbox if HEARD in one]
    return [TIME.sub("then", one).replace("Alarm: ", "") for one in told]


def legal(world, number="NOR-ISS-008"):
    rows = world.rows("SELECT number, severity, level, category, legal FROM issue")
    return next((*row[1:4], str(row[4])) for row in rows if row[0] == number)  # JSON is text on one of them


@pytest.mark.parametrize(("writer", "owner"), [("annika", "tomasz"), ("tomasz", "annika")])
def test_friday_evening_a_possible_serious_breach(world, writer, owner):
    world.quiet()
    world.pass_to(FRIDAY)
    said, other = world.as_(writer), world.as_(owner)
    answer = said.say(SAID)
    assert "NOR-ISS-008" in answer
    assert "It is critical, as every possible serious breach is" in answer
    assert "Nobody was named without doubt, so you own it." in answer
    assert "+41 44 555 01 20" in answer
    assert said.form is None
    told = {name: heard(world, name) for name in HEARS}
    assert {name: len(one) for name, one in told.items()} == dict.fromkeys(HEARS, 1)
    openings = {one[0].partition("Quality line, Halcyra")[0].strip() for one in told.values()}
    assert len(openings) == 1
    assert HEARD in openings.pop()
    assert "7 calendar days left (due Fri 20 Nov 2026)" in told["elena"][0]
    assert "assessment pending, Elena Duarte (Halcyra Therapeutics AG) assesses" in told["charlotte"][0]
    assert "+44 20 7946 0110" in told["ingrid"][0]
    assert "NOR-ISS-008" in other.room()[-1]

    world.pass_to(datetime(2026, 11, 14, 17, 41, tzinfo=UTC))
    for name in ("david", "marcus"):
        assert len([one for one in world.as_(name).inbox if "moves from L2 to L3" in one]) == 1
    assert len([one for one in said.inbox if "Not contained by Sat 14 Nov 2026" in one]) == 1

    other.say("issue ack NOR-ISS-008")
    said.say("issue hold NOR-ISS-008 ethics committee, until 1 Dec")
    other.say("issue hold NOR-ISS-008 agree")
    assert world.rows("SELECT state FROM issue WHERE number = 'NOR-ISS-008'") == [("on_hold",)]
    world.pass_to(datetime(2026, 11, 17, 8, tzinfo=UTC))
    for name in ("elena", "charlotte"):
        alarms = [one for one in world.as_(name).inbox if "(EU CTR Art. 52): 3 calendar days left" in one]
        assert len(alarms) == 1
    assert "3 calendar days left (due Fri 20 Nov 2026)" in said.say("issue show NOR-ISS-008")
    assert "A legal clock of NOR-ISS-008 still runs" in said.say("issue close NOR-ISS-008 it is over")


def test_the_sponsor_alone_assesses_and_both_sides_hear_of_it(world):
    annika, elena, david = world.as_("annika"), world.as_("elena"), world.as_("david")
    assert "is assessed by Halcyra Therapeutics AG" in annika.say(
        "issue assess NOR-ISS-007 not a breach, no harm"
    )
    tomasz = world.as_("tomasz")
    answer = tomasz.say("issue assess NOR-ISS-007 confirmed, kits were dispensed")
    assert "The sponsor assesses NOR-ISS-007: Elena Duarte (Halcyra Therapeutics AG)" in answer
    elena.say("issue assess NOR-ISS-007 confirmed")
    assert "Say why" in elena.submit().words if elena.form is None else elena.form
    elena.submit(reason="Two kits past expiry reached participants.")
    assert "confirmed" in legal(world, "NOR-ISS-007")[3]
    assert any("Two kits past expiry reached participants" in one for one in david.inbox)
    assert "confirmed, Elena Duarte (Halcyra Therapeutics AG) sees that the authority is told" in elena.say(
        "issue show NOR-ISS-007"
    )
    assert "still runs" in annika.say("issue withdraw NOR-ISS-007 it was nothing")
    assert "is named a possible serious breach already" in annika.say("issue breach NOR-ISS-007")
    elena.say("issue assess NOR-ISS-007 notified, by the portal of the member state")
    assert world.rows(
        "SELECT count(*) FROM due WHERE key = 'issue.legal:NOR-ISS-007' AND state = 'open'"
    ) == [(0,)]
    assert "The authority was told of NOR-ISS-007" in annika.say("issue breach NOR-ISS-007")


def test_an_open_issue_is_named_a_breach_with_one_press_or_typed(world):
    marcus = world.as_("marcus")
    answer = world.as_("annika").say("issue breach NOR-ISS-006 aware since 08:15")
    assert "Aware since Tue 10 Nov 2026, 08:15 GMT" in answer
    assert legal(world, "NOR-ISS-006")[:3] == ("critical", "L2", "serious_breach_candidate")
    assert len(heard(world, "marcus")) == 1
    assert "NOR-ISS-006" in marcus.inbox[-1]
    again = marcus.say("issue breach NOR-ISS-006")
    assert "named a possible serious breach already; its assessment is pending" in again
    marcus.say("issue aware NOR-ISS-006 since 9 Nov 22:00, the monitor wrote then")
    assert "2026-11-09T21:00:00" in legal(world, "NOR-ISS-006")[3]
    later = marcus.say("issue aware NOR-ISS-006 since 10 Nov 08:00, so it seems")
    assert "it can only be moved to an earlier moment" in later


def test_where_the_partner_is_open_it_is_asked_with_the_quality_lines_beside_it(world):
    tomasz = world.as_("tomasz")
    tomasz.opened("issue Possible serious breach at site 104", at="direct")
    assert world.rows("SELECT count(*) FROM issue")[0][0] == 10
    assert any("+44 20 7946 0110" in one and "Call the quality line now" in one for one in tomasz.inbox)
    done = tomasz.submit(partnership="P-NOR", **{"class": "Both companies"})
    assert "Named a possible serious breach by Tomasz Wierzbicki" in done
    assert legal(world)[0] == "critical"


def test_words_in_an_update_lead_to_the_quality_line_and_to_one_press(world):
    annika = world.as_("annika")
    annika.say("issue update NOR-ISS-003 this may be a serious breach of GCP")
    told = next(one for one in reversed(annika.private()) if "Call the quality line now" in one)
    annika.press("Possible serious breach", told)
    assert legal(world, "NOR-ISS-003")[0] == "critical"
    assert len(heard(world, "elena")) == 1


def test_a_cros_own_issue_starts_no_clock_that_the_sponsor_cannot_see(world):
    annika = world.as_("annika")
    annika.say("issue Possible serious breach at site 104, internal, owner annika")
    kept = world.rows("SELECT number, severity, category FROM issue WHERE visibility = 'cro_internal'")
    assert [one[1:] for one in kept] == [("critical", "serious_breach_candidate")]
    assert legal(world, kept[0][0])[3] in ("None", "null")
    assert any("Call the quality line now" in one for one in annika.private())


def test_the_button_of_a_rooms_card_names_it_at_once_and_only_once(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    annika.say("issue Kits past expiry were dispensed, minor, owner @rafael")
    card = tomasz.room()[-1]
    shown = tomasz.press("More", card)
    tomasz.press("Possible serious breach", shown)
    assert legal(world)[:2] == ("critical", "L2")
    assert [len(heard(world, name)) for name in ("elena", "david", "ingrid", "charlotte")] == [1, 1, 1, 1]
    assert "EU CTR Art. 52" in annika.room()[-1]
    assert "Possible serious breach" not in tomasz.press("More", tomasz.room()[-1]).buttons
    assert world.rows("SELECT count(*) FROM audit WHERE what = 'issue.legal'")[0][0] == 1


def test_every_question_of_a_breach_is_answered_for_its_writer_and_said(world):
    annika = world.as_("annika")
    said = "issue Serious breach of GCP, aware since 08:15, minor, owner @mo, due soonish, study HAL-999"
    answer = annika.say(said)
    assert "Named a possible serious breach" in answer
    for said in (
        "It is critical, as every",
        "so you own it",
        "Its due date was left out",
        "Its study was left out",
    ):
        assert said in answer
    assert "Aware since Tue 10 Nov 2026, 08:15 GMT" in answer
    kept = world.rows("SELECT owner, due, study FROM issue WHERE number = 'NOR-ISS-008'")
    assert kept == [("PER-09", None, "")]
    annika.press("Change", annika.press("More", annika.say("issue show NOR-ISS-008")))
    annika.submit(severity="minor", why="graded too high")
    assert legal(world)[0] == "critical"


def test_what_was_said_to_be_no_breach_can_be_named_one_again(world):
    elena, annika = world.as_("elena"), world.as_("annika")
    elena.say("issue assess NOR-ISS-007 not a breach, the kits were never dispensed")
    assert "assessed, not a breach: the kits were never dispensed" in annika.say("issue show NOR-ISS-007")
    assert "Named a possible serious breach" in annika.say("issue breach NOR-ISS-007")
    assert len(heard(world, "elena")) == 1


def test_an_assessment_needs_its_reason_and_its_verdict(world):
    elena = world.as_("elena")
    elena.opened("issue assess NOR-ISS-007", at="direct")
    elena.submit(assessment="Not a breach")
    assert "Say why; both sides read it" in elena.form.errors["reason"]
    elena.submit(reason="No kit past expiry was dispensed.")
    assert "not_a_breach" in legal(world, "NOR-ISS-007")[3]


def test_an_earlier_awareness_is_filled_in_with_its_day_and_time(world):
    annika = world.as_("annika")
    annika.opened("issue aware NOR-ISS-007")
    annika.submit(day="2026-11-05", time="late")
    assert "“late” is no time of day" in annika.form.errors["time"]
    annika.submit(day="2026-11-05", time="16:40")
    assert "Say how it is known" in annika.form.errors["reason"]
    annika.submit(reason="the courier’s mail of that day")
    assert "2026-11-12" in legal(world, "NOR-ISS-007")[3]


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ("since 30 Dec 16:40", "2026-12-30T15:40"),  # without its year: the last one, not the next
        ("since Friday 16:40", "2027-01-01T15:40"),
        ("since last Wednesday at 09:00", "2026-12-30T08:00"),
        ("since 16:40 yesterday", "2027-01-01T15:40"),
        ("since 08:15 on 30 Dec", "2026-12-30T07:15"),
        ("at 23:30", "2027-01-01T22:30"),  # said in the morning
        ("since 30.12. 16:40", "2026-12-30T15:40"),
        ("since 10:05", "2027-01-02T09:00"),  # a clock that is five minutes ahead
        ("since 30 Dec 2027 16:40", "2027-01-02T09:00"),
    ],
)
def test_nobody_was_aware_in_the_future_so_a_time_or_day_is_the_last_that_is_past(said, since):
    found = aware_at(f"kits past expiry, aware {said}", datetime(2027, 1, 2, 9, tzinfo=UTC), "Europe/Zurich")
    assert found.astimezone(UTC).isoformat()[:16] == since
