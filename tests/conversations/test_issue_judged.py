"""What one side says of an issue the other side judges: severity, level, resolution; in both directions."""

import pytest

pytestmark = pytest.mark.usefixtures("quiet")

RAISERS = ("annika", "tomasz")  # one of each side, each the owner of what they log
OTHERS = {"annika": "tomasz", "tomasz": "annika"}
FIRST, SECOND = "NOR-ISS-008", "NOR-ISS-009"


def logged(world, words="TMF backlog", severity="major"):
    """An issue of each side, raised and owned by one person and seen by the other side."""
    for number, name in zip((FIRST, SECOND), RAISERS, strict=True):
        world.as_(name).say(f"issue {words}, {severity}, owner @{name}")
        world.as_(OTHERS[name]).say(f"issue ack {number}")
        yield number, world.as_(name), world.as_(OTHERS[name])


def card(voice, number=FIRST):
    """The live card in their room as it stands."""
    return next(one for one in reversed(voice.room()) if f"{number}:" in one)


def told(world, words):
    """Who has these words in their own messages, and how often."""
    counted = {name: sum(words in one for one in world.as_(name).inbox) for name in world.people}
    return {name: count for name, count in counted.items() if count}


ROWS = "SELECT number, severity, level, state, duplicate_of, closed_at FROM issue"


def kept(world, number):
    """Its severity, level and state; what it is a duplicate of; since when it is over."""
    return next(tuple(row)[1:] for row in world.rows(ROWS) if row[0] == number)


def test_two_sides_disagree_on_the_severity_until_one_click_agrees(world):
    for number, raiser, other in logged(world):
        other.say(f"issue severity {number} critical, dosing error at two sites")
        assert kept(world, number)[:3] == ("critical", "L2", "acknowledged")
        heard = told(world, f"{number}: TMF backlog")
        assert {"marcus", "david", "ingrid", "charlotte", "elena"} <= heard.keys()
        assert "is asked for its view; critical, the higher, applies" in card(raiser, number)
        raiser.say(f"issue severity {number} major, nobody was dosed")
        for voice in (raiser, other):
            shown = card(voice, number)
            assert (
                "The two sides grade it differently: critical, the higher, applies until they agree" in shown
            )
            assert "dosing error at two sites" in shown
            assert "nobody was dosed" in shown
        other.press("Agree to the severity", card(other, number))
        for voice in (raiser, other):
            assert "agreed to the severity, major from now on: nobody was dosed" in card(voice, number)
            assert "grade it differently" not in card(voice, number)
        assert kept(world, number)[:3] == ("major", "L2", "acknowledged")
    agreed = world.rows("SELECT person FROM audit WHERE what = 'issue.severity_agree'")
    assert {one[0] for one in agreed} == {"PER-04", "PER-09"}


def test_a_severity_that_both_call_lower_is_asked_for_in_a_form_and_agreed_in_words(world):
    number, raiser, other = next(logged(world))
    form = other.opened(f"issue severity {number} minor")
    assert form.fields["severity"].value == "minor"
    other.submit(reason="")
    assert "Say why" in other.form.errors["reason"]
    other.submit(reason="one binder only")
    assert kept(world, number)[0] == "major"
    assert "is asked for its view; major, the higher, applies" in card(raiser, number)
    raiser.say(f"issue severity {number} agree")
    assert kept(world, number)[0] == "minor"


def test_either_side_escalates_and_whoever_is_passed_over_is_copied(world):
    for number, raiser, other in logged(world):
        before = {name: len(world.as_(name).inbox) for name in world.people}
        other.say(f"issue escalate {number} L3, contract at stake")
        heard = {name: world.as_(name).inbox[count:] for name, count in before.items()}
        told_now = {
            name for name, fresh in heard.items() if any("escalated it from L1 to L3" in one for one in fresh)
        }
        author = other.face.name.split()[0].lower()
        assert told_now - {author} == {"annika", "tomasz", "marcus", "david", "ingrid", "charlotte"} - {
            author
        }
        assert all(len(fresh) <= 1 for fresh in heard.values())
        for voice in (raiser, other):
            assert "L3: the executives decide" in card(voice, number)
        raiser.opened(f"issue deescalate {number}")
        raiser.submit(level="L1", reason="the plan holds")
        assert kept(world, number)[1] == "L1"


def test_safety_and_integrity_go_straight_up_and_copy_nobody(world):
    number, _, other = next(logged(world, "Late case, category safety_reporting"))
    before = len(world.as_("marcus").inbox)
    other.say(f"issue escalate {number} L3, the study may stop")
    assert len(world.as_("marcus").inbox) == before
    assert "escalated it from L1 to L3" in world.as_("ingrid").inbox[-1]


def test_a_resolution_is_disputed_resolved_again_verified_by_the_other_side_and_closed_by_it(world):
    cause = "cause process: no second check"
    for number, raiser, other in logged(world):
        raiser.say(f"issue resolve {number} all 14 are filed, {cause}")
        for mine in ("Verify", "Dispute", "Close"):
            assert mine not in card(raiser, number).buttons
        other.say(f"issue dispute {number} two of them are empty")
        for voice in (raiser, other):
            assert "the two sides’ versions differ" in card(voice, number)
            assert "all 14 are filed" in card(voice, number)
            assert "two of them are empty" in card(voice, number)
        raiser.say(f"issue resolve {number} the two are filled, {cause}")
        other.press("Verify", card(other, number))
        assert kept(world, number)[2] == "verified"
        assert "only" in raiser.say(f"issue close {number} done")
        other.press("Close", card(other, number))
        other.submit(reason="seen in the file")
        for voice in (raiser, other):
            assert "Closed by" in card(voice, number)
            assert "seen in the file" in card(voice, number)
        raiser.say(f"issue reopen {number} three are late again")
        assert kept(world, number)[2] == "reopened"
        assert kept(world, number)[4] is None


def test_a_rejected_duplicate_is_told_to_its_raiser_who_may_dispute_that(world):
    for number, raiser, other in logged(world):
        other.say(f"issue reject {number} duplicate of NOR-ISS-002")
        assert kept(world, number)[2:4] == ("rejected", "NOR-ISS-002")
        assert "duplicate of NOR-ISS-002" in raiser.inbox[-1]
        raiser.say(f"issue dispute {number} another site")
        assert "another site" in card(other, number)
        assert "duplicate of NOR-ISS-002" in card(other, number)
        assert "disputed" in other.say(f"issue withdraw {number} it is none")
        raiser.say(f"issue close {number} so be it")
        assert kept(world, number)[2] == "withdrawn"


def test_words_that_contradict_a_claim_never_verify_it(world):
    number, raiser, other = next(logged(world))
    raiser.say(f"issue resolve {number} all are filed, cause process: no second check")
    for words in ("no", "no, two are missing", "not yet", "is that so?"):
        assert "does not confirm it" in other.say(f"issue verify {number} {words}")
    assert kept(world, number)[2] == "resolved"
    other.say(f"issue verify {number} no empty file is left")
    assert kept(world, number)[2] == "verified"


def test_an_issue_whose_owner_has_left_is_resolved_by_a_colleague(world):
    world.as_("annika").say("issue TMF backlog, major, owner @rafael")
    world.as_("tomasz").say(f"issue ack {FIRST}")
    with world.bot.store.writing() as archive:
        archive.connection.exec_driver_sql("UPDATE person SET active = false WHERE id = 'PER-10'")
        archive.forget()
    claim = f"issue resolve {FIRST} all are filed, cause process: no second check"
    assert "its owner, Rafael Monteiro (Northmere Clinical Ltd; has left)" in world.as_("tomasz").say(claim)
    world.as_("annika").say(claim)
    assert kept(world, FIRST)[2] == "resolved"
    assert "Verify" not in card(world.as_("annika")).buttons
    assert "Verify" in card(world.as_("tomasz")).buttons


def test_a_duplicate_of_what_the_other_side_cannot_see_is_asked_about_again(world):
    number, _, other = next(logged(world))
    for wrong, why in (("NOR-ISS-099", "There is no issue NOR-ISS-099"), (number, "a duplicate of itself")):
        form = other.opened(f"issue reject {number} duplicate of {wrong}")
        assert why in form.errors["duplicate"]
        other.dismiss()
    other.say("issue Ours, minor, owner @tomasz, internal")
    form = other.opened(f"issue reject {number} duplicate of HAL-NOR-ISS-001")
    assert "Not everybody who sees" in form.errors["duplicate"]
    assert kept(world, number)[2] == "acknowledged"
    other.dismiss()
    other.say("issue Ours too, minor, owner @tomasz, internal")
    form = other.opened("issue reject HAL-NOR-ISS-001 duplicate of 2")
    assert "2 could be HAL-NOR-ISS-002 or NOR-ISS-002" in form.errors["duplicate"]
    other.dismiss()
    other.say(f"issue reject {number} duplicate of 2")  # only one of the two can be named there
    assert kept(world, number)[2:4] == ("rejected", "NOR-ISS-002")


def test_a_check_of_the_effect_has_a_result_before_it_is_closed(world):
    number, raiser, other = next(logged(world))
    cause = "cause process: no second check, capa CAPA-021, check 30 Jan 2027"
    raiser.say(f"issue resolve {number} all are filed, {cause}")
    other.press("Verify", card(other, number))
    assert kept(world, number)[2] == "effectiveness_check"
    form = other.opened(f"issue close {number} the table is corrected")
    assert "what the check of its effect showed" in form or form.fields["result"].value == ""
    other.dismiss()
    other.say(f"issue close {number} result effective, 9 of 9 on time; the table is corrected")
    assert kept(world, number)[2] == "closed"
    assert "the table is corrected" in card(raiser, number)


def test_nothing_ends_before_a_legal_clock_has(world):
    for name, verb in (("tomasz", "reject"), ("annika", "withdraw"), ("annika", "close")):
        answer = world.as_(name).say(f"issue {verb} NOR-ISS-007 it is none")
        assert "A legal clock of NOR-ISS-007 still runs" in answer
