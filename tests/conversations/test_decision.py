"""A decision is recorded on one platform, approved on the other, and tells whoever asks why it was made."""

import pytest

from tests.conversations.decisions import (
    BOTH,
    NUMBER,
    WORDS,
    card,
    chain,
    column,
    counted,
    opened,
    say,
    uncounted,
)


@pytest.mark.journey
def test_a_decision_is_final_once_both_sides_approved_it_and_says_why(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    form = opened(annika, f"{WORDS}, follow-up 28 Nov")
    assert form.fields["outcome"].value == "approve recovery plan v3"
    assert form.fields["rationale"].value == "the gap is 18 points"
    chosen = form.fields["deciders"].value
    assert {"PER-09", "PER-04"} == set(chosen.split("\n")), "who records it, and their counterpart"
    annika.submit(
        question="Approve enrolment recovery plan v3?",
        options="Approve\nReject",
        evidence="https://northmere.example/plan-v3.pdf",
        study="HAL-301",
    )
    for voice in (annika, tomasz):
        shown = card(voice)
        assert f"{NUMBER}: Approve enrolment recovery plan v3?" in shown
        assert (
            "Provisional: it waits for the approval of Halcyra Therapeutics AG (Tomasz Wierzbicki)." in shown
        )
        assert "Northmere Clinical Ltd: Annika Lindqvist, Tue 10 Nov 2026" in shown
        assert "Halcyra Therapeutics AG: not yet" in shown
        assert "https://northmere.example/plan-v3.pdf" in shown
        assert "Sat 28 Nov 2026" in shown
        assert "signed" not in shown.words
    assert any(NUMBER in one and "Approve" in one.buttons for one in tomasz.inbox)
    tomasz.press("Approve", card(tomasz))
    for voice in (annika, tomasz):
        shown = card(voice)
        assert "Final: both sides approved it." in shown
        assert "Halcyra Therapeutics AG: Tomasz Wierzbicki, Tue 10 Nov 2026" in shown
        assert "Approve" not in shown.buttons
        assert "Withdraw" not in shown.buttons
    assert any("approved it. It is final." in one for one in annika.inbox)
    answer = say(annika, "decision show 5")
    assert answer.words.index("the gap is 18 points") < answer.words.index("approve recovery plan v3")
    assert chain(world) == ["record", "ratify"]


def test_what_says_everything_is_recorded_at_once_and_a_form_sent_twice_once(world):
    annika = world.as_("annika")
    before = counted(world)
    assert "Recorded NOR-DEC-005" in say(annika, f"{BOTH}, HAL-301")
    assert column(world, "visibility") == "shared"
    assert "approve recovery plan v3" in card(annika)
    opened(annika, WORDS)
    annika.send_twice()
    assert counted(world) == before + 2
    tomasz = world.as_("tomasz")
    seen = card(tomasz)
    tomasz.press("Approve", seen)
    tomasz.press("Approve", seen)
    assert chain(world).count("ratify") == 1


def test_each_thing_that_is_wrong_is_said_at_its_field_and_every_word_is_kept(world):
    annika = world.as_("annika")
    before = counted(world)
    form = opened(
        annika,
        "decision record stop, follow-up soon, session mtg-99, supersedes NOR-DEC-099, deciders @nobody",
    )
    assert "“soon” cannot be read as a day" in form.errors["follow_up"]
    assert form.fields["outcome"].value == "stop"
    annika.submit(
        outcome="", rationale="", deciders="Annika Lindqvist (Northmere Clinical Ltd)", follow_up="2026-11-02"
    )
    errors = annika.form.errors
    assert "Say what was decided" in errors["outcome"]
    assert "Say why it was decided" in errors["rationale"]
    assert "Nobody of Halcyra Therapeutics AG decides it" in errors["deciders"]
    assert "Mon 2 Nov 2026 is in the past" in errors["follow_up"]
    both = "Annika Lindqvist (Northmere Clinical Ltd)\nTomasz Wierzbicki (Halcyra Therapeutics AG)"
    later = {"outcome": "stop", "rationale": "it is late", "deciders": both, "follow_up": "2026-11-20"}
    annika.submit(**later, decided_on="2026-11-20", options="\n".join(f"option {one}" for one in range(21)))
    assert "Fri 20 Nov 2026 is still to come" in annika.form.errors["decided_on"]
    assert "There can be 20 of them and these are 21" in annika.form.errors["options"]
    assert annika.form.fields["rationale"].value == "it is late"
    assert counted(world) == before
    annika.submit(decided_on="2026-11-09", options="yes\nno")
    assert column(world, "outcome") == "stop"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("decision show NOR-DEC-099", "There is no decision NOR-DEC-099; “decision list” shows them."),
        ("decision ratify", "Say which decision, for example: decision ratify NOR-DEC-00"),
        ("decision approve plan v3", "There is no decision PLAN"),
        ("decision we keep two CRAs", "say “decision record we keep two CRAs”"),
        (f"{WORDS}, restricted", "Only issues are restricted"),
        (f"decision record {'long ' * 700}", "That has at most 3,000 characters"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(world, said, sentence):
    annika = world.as_("annika")
    answer = say(annika, said)
    shown = annika.form if annika.form and not answer else answer
    assert sentence in shown


def test_a_dissent_stays_beside_the_decision_in_its_own_words(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    say(annika, BOTH)
    tomasz.press("I think otherwise", card(tomasz))
    tomasz.submit(words="")
    assert "Say what you think instead" in tomasz.form.errors["words"]
    tomasz.submit(words="The gap is seasonal.")
    for voice in (annika, tomasz):
        assert "Tomasz Wierzbicki (Halcyra Therapeutics AG): The gap is seasonal." in card(voice)
    assert any("thinks otherwise: “The gap is seasonal.”" in one for one in annika.inbox)
    assert "only those who decide" in say(world.as_("rafael"), f"decision dissent {NUMBER} no").words.lower()
    refused = say(tomasz, f"decision approve {NUMBER} but only until May")
    assert "NOR-DEC-005 is approved as it is or not at all, so nothing changed" in refused
    assert column(world, "status") == "provisional"
    say(tomasz, f"decision approve {NUMBER} because we agreed to go on")
    assert column(world, "status") == "final"
    assert "The gap is seasonal." in card(annika)


def test_before_it_is_final_its_recorder_withdraws_it_and_an_old_card_changes_nothing(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    say(annika, BOTH)
    stale = card(tomasz)
    said = say(tomasz, f"decision withdraw {NUMBER} no")
    assert "Annika Lindqvist (Northmere Clinical Ltd) recorded NOR-DEC-005, so Northmere" in said
    annika.press("Withdraw", card(annika))
    annika.submit(reason="Recorded twice.")
    assert "Withdrawn: Recorded twice." in card(tomasz)
    assert "was withdrawn, so nothing can be done with it" in tomasz.press("Approve", stale)
    assert chain(world) == ["record", "withdraw"]
    say(annika, BOTH)
    stale = card(tomasz, "NOR-DEC-006")
    say(tomasz, "decision dissent NOR-DEC-006 the gap is seasonal")
    assert "That card was out of date, so nothing changed" in tomasz.press("Approve", stale)
    assert column(world, "status", "NOR-DEC-006") == "provisional"


def test_a_final_decision_supersedes_an_earlier_one_and_both_cards_say_so(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    say(annika, BOTH)
    tomasz.press("Approve", card(tomasz))
    say(annika, f"{BOTH}, supersedes {NUMBER}")
    assert f"Until then {NUMBER} counts." in card(tomasz, "NOR-DEC-006")
    assert "Final" in card(annika)
    tomasz.press("Approve", card(tomasz, "NOR-DEC-006"))
    assert "Superseded by NOR-DEC-006: that one counts." in card(annika)
    assert "superseded" in say(annika, "decision list")
    assert "was superseded by NOR-DEC-006" in say(tomasz, f"decision ratify {NUMBER}")
    form = opened(annika, f"{BOTH}, supersedes {NUMBER}")
    assert "was superseded by NOR-DEC-006" in form.errors["supersedes"]
    assert any("NOR-DEC-006 superseded it." in one for one in annika.inbox)
    uncounted(world, "NOR-DEC-006")
    assert "Superseded" not in card(annika)
    assert "Final: both sides approved it." in card(annika)
    assert f"Until then {NUMBER} counts." in card(tomasz, "NOR-DEC-006")
    assert chain(world)[-2:] == ["superseded", "restored"]
