"""A promise or a decision is captured from the message in which it was made; nothing is guessed silently."""

import pytest

from playground.cast import Author
from tests.messages import edited, posted, used_too_late

CAPTURE, RECORD = "Capture commitment", "Record decision"
BOTH = "Both companies"
ANNIKA, RAFAEL = "Annika Lindqvist (Northmere Clinical Ltd)", "Rafael Monteiro (Northmere Clinical Ltd)"
TOMASZ = "Tomasz Wierzbicki (Halcyra Therapeutics AG)"
BACK, BEGAN = "The message it is about", "The message it began with"


def offered(form, name):
    """The labels on offer in a choice, in their order."""
    return [label for label, value in form.fields[name].options.items() if value not in ("", "(none)")]


def count(world):
    return world.rows("SELECT count(*) FROM commitment")[0][0]


def told(voice, words):
    """The newest thing said to them alone with these words."""
    return next((one for one in reversed(voice.private()) if words in one), None)


def captured(voice, text, label=CAPTURE, at="", thread=None):
    """Their own message, captured by themselves: the form that opens, if any."""
    said = voice.chat(text, at, thread)
    voice.shortcut(label, said)
    return voice.form


@pytest.mark.journey
def test_a_promise_is_captured_in_a_thread_and_accepted_on_its_owners_own_platform(world):
    annika, rafael, tomasz = (world.as_(name) for name in ("annika", "rafael", "tomasz"))
    for capturer, writer, owner, text, who in (
        (rafael, annika, tomasz, "Tomasz to send the forecast to Rafael by 27 Nov", TOMASZ),
        (tomasz, tomasz, annika, "Annika, could you send me the recovery plan by the 30th?", ANNIKA),
    ):
        root = writer.chat("Where are we?")
        said = writer.chat(text, thread=root.id)
        capturer.shortcut(CAPTURE, said)
        form = capturer.form
        assert text in form
        assert "Tue 10 Nov 2026" in form
        assert form.errors == {}
        assert form.fields["class"].value == "shared"
        assert {form.fields["owner id"].options[who]} == {form.fields["owner id"].value}
        capturer.submit()
        assert BACK in told(capturer, "Proposed NOR-CMT-0")
        asked = next(one for one in reversed(owner.sight()) if "Accept" in one.buttons)
        assert {"Accept", "Decline", "Another date"} <= asked.buttons.keys()
        assert BACK not in asked
        if owner is tomasz:
            owner.press("Accept", asked)
            continue
        owner.press("Another date", asked)
        owner.submit(due="2026-12-04", reason="two sites are missing")
        assert any("accepted it by Fri 4 Dec 2026, not by Mon 30 Nov 2026" in one for one in capturer.inbox)
    kept = "SELECT text, state, owner, receiver, first_due FROM commitment"
    rows = world.rows(f"{kept} WHERE number IN ('NOR-CMT-011', 'NOR-CMT-012')")
    assert sorted(str(one[4])[:10] for one in rows) == ["2026-11-27", "2026-12-04"]
    assert {one[1] for one in rows} == {"accepted"}
    assert {tuple(one[2:4]) for one in rows} == {("PER-04", "PER-10"), ("PER-09", "PER-04")}
    assert {one[0] for one in rows} == {"Send the forecast to Rafael", "Send me the recovery plan"}


def test_we_are_a_company_and_what_the_words_leave_open_is_asked_with_the_likely_ones_first(world):
    annika = world.as_("annika")
    form = captured(annika, "We will send the recovery plan before Friday. Rafael will file v4.")
    assert form.fields["text"].value == "Send the recovery plan"
    assert [form.fields[name].value for name in ("owner id", "receiver id", "due")] == ["", "", ""]
    assert offered(form, "owner id")[:2] == [ANNIKA, "Charlotte Beaumont (Northmere Clinical Ltd)"]
    assert "Which day is “before Friday”? Thu 12 Nov 2026 or Fri 13 Nov 2026" in form.errors["due"]
    assert "It seems to hold 1 more promise" in form
    before = count(world)
    annika.submit()
    assert "Who promises it?" in annika.form.errors["owner id"]
    assert "Who is it promised to?" in annika.form.errors["receiver id"]
    annika.submit(owner_id=ANNIKA, receiver_id=TOMASZ, due="2026-11-13")
    assert told(annika, "Promised NOR-CMT-011")
    assert count(world) == before + 1


def test_two_people_of_one_name_are_both_asked_about_and_stand_first(world):
    world.rows_gone("UPDATE person SET name = 'Marcus Webb' WHERE id = 'PER-06'")
    tomasz = world.as_("tomasz")
    form = captured(tomasz, "@Annika, Marcus will send you the numbers tomorrow")
    assert form.fields["owner id"].value == ""
    assert [one.partition(" (")[0] for one in offered(form, "owner id")[:2]] == [
        "Marcus Adeyemi",
        "Marcus Webb",
    ]
    assert form.fields["due"].value == "2026-11-11"


def test_days_count_from_the_day_of_the_message_where_its_writer_is(world):
    annika, rafael = world.as_("annika"), world.as_("rafael")
    world.run(world.playground.clock._ask())
    old = annika.chat("I'll get Tomasz the list tomorrow")
    world.pass_hours(15)  # midnight in London, where it is Wednesday now; in São Paulo it is Tuesday still
    world.run(world.playground.clock._ask())
    late = [(annika, "2026-11-12"), (rafael, "2026-11-11")]
    for writer, day in late:
        annika.shortcut(CAPTURE, writer.chat("I'll call Tomasz tomorrow"))
        assert (annika.form.fields["due"].value, annika.form.errors) == (day, {})
        annika.dismiss()
    world.pass_hours(48)
    world.run(world.playground.clock._ask())
    rafael.shortcut(CAPTURE, old)
    assert "Annika Lindqvist, Tue 10 Nov 2026: “I'll get Tomasz the list tomorrow”" in rafael.form
    assert "Wed 11 Nov 2026 is in the past" in rafael.form.errors["due"]
    rafael.submit(due="2026-11-20")
    assert told(rafael, "Proposed")


def test_a_message_captured_twice_is_shown_and_another_one_is_asked_about(world):
    annika, rafael, tomasz = (world.as_(name) for name in ("annika", "rafael", "tomasz"))
    said = annika.chat("I'll send Tomasz v4 by 27 Nov")
    annika.shortcut(CAPTURE, said)
    rafael.shortcut(CAPTURE, said)
    annika.submit()
    assert told(annika, "Promised NOR-CMT-011")
    rafael.submit()
    assert "has made NOR-CMT-011 of that message meanwhile" in rafael.form.errors["text"]
    rafael.dismiss()
    shown = rafael.shortcut(CAPTURE, said)
    assert "captured before" in shown
    assert "NOR-CMT-011" in shown
    rafael.press("Capture it again", shown)
    rafael.submit(text="Send the appendix of v4")
    assert told(rafael, "Proposed NOR-CMT-012")
    rafael.shortcut(RECORD, said)
    assert rafael.form.title == "Record a decision"
    assert not any("captured before" in one for one in tomasz.sight())


def test_what_was_said_in_a_partners_room_stays_with_that_partner(world):
    tomasz, annika = world.as_("tomasz"), world.as_("annika")
    said = tomasz.chat("I'll send Wei-Ling the queries by 27 Nov", at="second")
    tomasz.shortcut(CAPTURE, said)
    form = tomasz.form
    assert form.fields["partnership"].value == "P-QUI"
    assert len(offered(form, "partnership")) == 1
    assert not [one for one in offered(form, "owner id") if "Northmere" in one]
    tomasz.submit()
    assert told(tomasz, "Promised QUI-CMT-0")
    assert not any("queries by" in one or "Send Wei-Ling" in one for one in annika.sight())
    tomasz.shortcut(RECORD, said)
    tomasz.submit(partnership="P-NOR", outcome="Send it", rationale="it is late")
    assert "so it is recorded for them alone" in tomasz.form.errors["class"]
    assert world.rows("SELECT count(*) FROM decision WHERE outcome = 'Send it'")[0][0] == 0


def test_whoever_is_of_another_partnership_is_nobody_in_its_words(world):
    weiling = world.as_("wei-ling")
    form = captured(weiling, "@Rafael and Annika will send Tomasz the kits by 27 Nov")
    shown = [label for name in ("owner id", "receiver id") for label in offered(form, name)]
    assert not [one for one in shown if "Northmere" in one]
    assert (form.fields["owner id"].value, form.fields["receiver id"].value) == ("", "PER-04")


def test_a_channel_of_a_partnership_that_is_not_ones_own_gives_nothing(world):
    annika = world.as_("annika")
    said = annika.chat("I'll send it by 27 Nov")
    world.rows_gone("UPDATE room SET partnership = 'P-QUI', organisation = 'ORG-QUI' WHERE id = 'ROOM-2'")
    answer = annika.shortcut(CAPTURE, said)
    assert annika.form is None
    assert "partnership that you are not part of, so nothing was captured" in answer


def test_from_an_unlinked_channel_the_partner_is_asked_and_nothing_is_shared_unasked(world):
    tomasz = world.as_("tomasz")
    form = captured(tomasz, "I'll send Priya the numbers by 27 Nov", at="general")
    assert form.fields["partnership"].value == ""
    assert form.fields["class"].value == "sponsor_internal"
    tomasz.submit(partnership="Northmere Clinical Ltd")
    assert told(tomasz, "Promised")
    (row,) = world.rows("SELECT visibility, receiver FROM commitment WHERE text = 'Send Priya the numbers'")
    assert tuple(row) == ("sponsor_internal", "PER-03")


def test_an_edited_message_is_taken_as_it_reads_now_and_an_empty_one_is_refused(world):
    annika = world.as_("annika")
    said = annika.chat("I'll send Tomasz v4 by 27 Nov")
    said = edited(annika, said, "I'll send Tomasz v5 by 30 Nov")
    annika.shortcut(CAPTURE, said)
    assert "It was edited since, and this is how it reads now." in annika.form
    assert annika.form.fields["text"].value == "Send Tomasz v5"
    assert annika.form.fields["due"].value == "2026-11-30"
    annika.dismiss()
    answer = annika.shortcut(CAPTURE, edited(annika, said, "…!"))
    assert "There are no words in that message, so nothing was captured" in answer
    answer = annika.shortcut(RECORD, said)
    assert "say it yourself: decision record approve" in answer


def test_a_deleted_message_is_refused(world):
    annika = world.as_("annika")
    used_too_late(annika, annika.chat("I'll send Tomasz v4 by 27 Nov"), "commit.capture")
    assert annika.form is None
    assert any("That message was deleted, so nothing was captured" in one for one in annika.private())


def test_a_message_of_40_000_characters_is_cut_and_said_to_be(world):
    annika = world.as_("annika")
    form = captured(annika, "I'll send Tomasz v4 by 27 Nov. " + "word " * 8_000)
    assert "It is long: only its first 4,000 characters were read." in form
    assert form.fields["text"].value == "Send Tomasz v4"
    annika.submit()
    assert told(annika, "Promised NOR-CMT-011")


def test_in_the_words_of_an_app_or_of_somebody_unknown_i_is_nobody(world):
    annika, newcomer = world.as_("annika"), world.as_("newcomer at Northmere")
    for author, words in (
        (Author("B0OTHER", "Other app", bot=True), "No person wrote it, but an app."),
        (Author(newcomer.face.id, newcomer.face.name), "Whoever wrote it is not in Parley’s directory."),
    ):
        annika.shortcut(CAPTURE, posted(annika, author, "I'll send Tomasz v4 by 27 Nov"))
        assert words in annika.form
        fields = annika.form.fields
        assert (fields["owner id"].value, fields["receiver id"].value) == ("", "PER-04")
        assert "Who promises it?" not in annika.form.errors.values()
        annika.dismiss()


def test_data_about_a_participant_opens_no_form_and_is_kept_nowhere(world):
    rafael = world.as_("rafael")
    for label in (CAPTURE, RECORD):
        answer = rafael.shortcut(
            label, rafael.chat("I'll call subject 104-0012 by Friday; agreed: we visit.")
        )
        assert rafael.form is None
        assert "looks like data about a participant" in answer
    assert "104-0012" not in str(world.rows("SELECT fields FROM draft"))


def test_a_decision_is_recorded_from_the_message_that_made_it(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    form = captured(annika, "Do we keep site 104? We agreed to close it, because it does not enrol.", RECORD)
    values = {name: form.fields[name].value for name in ("question", "outcome", "rationale", "decided_on")}
    assert values == {
        "question": "Do we keep site 104?",
        "outcome": "Close it",
        "rationale": "It does not enrol",
        "decided_on": "2026-11-10",
    }
    assert "Annika Lindqvist, Tue 10 Nov 2026: “Do we keep site 104?" in form
    done = annika.submit()
    assert "Recorded NOR-DEC-005" in done
    assert BEGAN in annika.say("decision show NOR-DEC-005", mention=True)
    shown = tomasz.say("decision show NOR-DEC-005", mention=True)
    assert "Close it" in shown
    assert BEGAN not in shown


def test_who_may_not_make_a_record_captures_nothing(world):
    world.rows_gone("UPDATE role SET role = 'observer' WHERE person = 'PER-09'")
    annika = world.as_("annika")
    answer = annika.shortcut(CAPTURE, annika.chat("I'll send it by 27 Nov"))
    assert annika.form is None
    assert "Your role does not include that" in answer
