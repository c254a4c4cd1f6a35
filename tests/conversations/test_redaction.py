"""Words that should never have been written: asked for by one quality lead, erased when the other agrees."""

from dataclasses import replace

import pytest

from bot.governance.hold import Hold
from bot.governance.visibility import Side, Visibility
from storage.inspector import Inspector
from tests.conversations.issues import NUMBER, card, chain, known, refusals

pytestmark = pytest.mark.usefixtures("quiet")

SLIP = "nurse Margarethe Olufsen left the binder open"
KEPT = ("issue", "note", "audit", "outbox", "draft", "once", "redaction")


def slipped(world, verb="update"):
    """An issue with words that should not stand there; who wrote them, and both quality leads."""
    known(world)
    annika, elena, david = (world.as_(name) for name in ("annika", "elena", "david"))
    annika.say(f"issue {verb} {NUMBER} {SLIP}")
    return annika, elena, david


def asked(voice, which=SLIP, reason="names a nurse"):
    """A redaction of the lines that hold those words, asked for in its form; the answer."""
    form = voice.opened(f"issue redact {NUMBER} {reason}")
    chosen = [label for label in form.fields["lines"].options if which[:20] in label]
    return voice.submit(lines="\n".join(chosen))


def waiting(voice):
    """The card of the redaction in their own messages, as it stands."""
    return next(
        one for one in reversed(voice.inbox) if f"Redaction of {NUMBER}" in one and "asked for" not in one
    )


def everywhere(world):
    """Everything that is kept, as text."""
    tables = (world.rows(f"SELECT * FROM {name}") for name in KEPT)  # noqa: S608 our own words only
    return "\n".join(str(tuple(row)) for rows in tables for row in rows)


def test_words_are_erased_wherever_they_stand_when_the_other_quality_lead_agrees(world):
    annika, elena, david = slipped(world)
    tomasz = world.as_("tomasz")
    assert SLIP in everywhere(world)
    assert any(SLIP in one for one in tomasz.room())
    asked(elena)
    assert "It waits for David Okonkwo" in waiting(elena)
    for voice in (elena, david):
        assert SLIP in waiting(voice)
        assert "names a nurse" in waiting(voice)
    david.press("Agree", waiting(david))
    assert SLIP not in everywhere(world)
    for voice in (annika, tomasz, elena, david):
        assert not any(SLIP in one for one in voice.sight() if one.by_bot and not one.private)
        shown = voice.say(f"issue show {NUMBER}", at="direct")
        assert "Annika Lindqvist (Northmere Clinical Ltd) gave an update. The words were redacted." in shown
        assert "agreed to redact 1 line of its story, whose words are gone: names a nurse" in shown
    for voice in (elena, david):
        assert "Redacted: David Okonkwo" in waiting(voice)
        assert "cannot be taken back" in waiting(voice)
        assert not waiting(voice).buttons
    assert chain(world)[-2:] == ["redact.asked", "redact"]
    assert Inspector(world.bot.store, "").inspect().broken == []


def test_words_of_its_title_go_from_the_issue_its_cards_and_every_line_that_repeats_them(world):
    annika = world.as_("annika")
    annika.say("issue nurse Olufsen left a binder, major, owner @rafael, due 30 Nov")
    annika.press("Change")
    annika.submit(title="a binder was left", why="names a nurse")
    elena, david = world.as_("elena"), world.as_("david")
    form = david.opened(f"issue redact {NUMBER} names a nurse")
    david.submit(lines=list(form.fields["lines"].options)[-1])
    assert "1 more that say the same words again" in waiting(elena)
    elena.press("Agree", waiting(elena))
    assert "nurse Olufsen" not in everywhere(world)
    assert "a binder was left" in card(annika)
    assert Inspector(world.bot.store, "").inspect().broken == []


def test_only_a_quality_lead_asks_and_only_the_other_side_agrees(world):
    annika, elena, david = slipped(world)
    before = refusals(world)
    said = annika.say(f"issue redact {NUMBER} names a nurse")
    assert "your company’s can ask for it: David Okonkwo" in said
    asked(elena)
    assert "Agree" not in waiting(elena).buttons
    assert "Take back" not in waiting(david).buttons
    said = david.opened(f"issue redact {NUMBER} again")
    david.submit(lines=next(iter(said.fields["lines"].options)))
    assert "Elena Duarte has asked for a redaction of NOR-ISS-008 already" in david.form.errors["lines"]
    assert SLIP in everywhere(world)
    assert refusals(world) == before + 1


def test_a_redaction_is_declined_with_a_reason_or_taken_back_and_nothing_goes(world):
    _, elena, david = slipped(world)
    asked(elena)
    david.press("Decline", waiting(david))
    david.submit(reason="")
    assert david.form.errors
    david.submit(reason="it is a role and no name")
    assert "it is a role and no name" in waiting(elena)
    asked(david)
    david.press("Take back", waiting(david))
    assert "Taken back" in waiting(elena)
    assert SLIP in everywhere(world)
    assert chain(world)[-4:] == ["redact.asked", "redact.declined", "redact.asked", "redact.withdrawn"]


def test_of_ones_own_note_a_second_person_of_the_same_company_agrees_and_the_other_side_sees_nothing(world):
    annika, _, david = slipped(world, "note")
    tomasz = world.as_("tomasz")
    seen = [one.words for one in tomasz.sight()]
    form = david.opened(f"issue redact {NUMBER} names a nurse")
    label = next(one for one in form.fields["lines"].options if "note, " in one)
    david.submit(lines=label)
    assert "nobody" in david.form.errors["lines"].lower()
    rafael = world.as_("rafael")
    with world.bot.store.writing() as archive:
        actor = archive.person_actor("PER-08")
        member = next(one for one in archive.staff(actor) if one.id == "PER-10")
        archive.change_staff(actor, replace(member, roles=member.roles | {"quality_lead"}))
    david.submit(lines=label, reason="it names a nurse")
    rafael.press("Agree", waiting(rafael))
    assert SLIP not in everywhere(world)
    assert [one.words for one in tomasz.sight()] == seen
    assert "redact" not in tomasz.say(f"issue show {NUMBER}", at="direct")
    assert Inspector(world.bot.store, "").inspect().broken == []
    assert "[redacted]" in annika.say(f"issue show {NUMBER}", at="direct")


def test_an_answer_to_a_redaction_that_has_ended_changes_nothing(world):
    _, elena, david = slipped(world)
    asked(elena)
    old = waiting(david)
    david.press("Agree", old)
    david.press("Agree", old)
    david.press("Decline", old)
    assert chain(world)[-1] == "redact"
    assert world.rows("SELECT state FROM redaction") == [("agreed",)]


def test_of_a_restricted_record_one_named_reader_asks_and_another_agrees(world):
    elena, ingrid, number = world.as_("elena"), world.as_("ingrid"), "HAL-RST-K7Q2"
    title = world.rows("SELECT title FROM issue WHERE number = 'HAL-RST-K7Q2'")[0][0]
    form = elena.opened(f"issue redact {number} too plain", at="direct")
    elena.submit(lines="\n".join(form.fields["lines"].options))
    waits = next(one for one in reversed(ingrid.inbox) if f"Redaction of {number}" in one)
    ingrid.press("Agree", waits)
    assert world.rows("SELECT title FROM issue WHERE number = 'HAL-RST-K7Q2'") == [("[redacted]",)]
    assert title not in everywhere(world)
    assert "There is no issue" in world.as_("david").say(f"issue redact {number} too plain", at="direct")
    assert Inspector(world.bot.store, "").inspect().broken == []


def test_a_redaction_that_fails_half_way_has_taken_nothing_and_is_done_when_agreed_again(world):
    _, elena, david = slipped(world)
    asked(elena)
    before = everywhere(world)
    world.rows_gone("ALTER TABLE draft RENAME TO draft_away")  # after the lines and the notes
    david.press("Agree", waiting(david))
    world.rows_gone("ALTER TABLE draft_away RENAME TO draft")
    assert everywhere(world) == before
    world.restart()
    david.press("Agree", waiting(david))
    assert SLIP not in everywhere(world)
    assert chain(world).count("redact") == 1
    assert Inspector(world.bot.store, "").inspect().broken == []


def test_under_a_legal_hold_of_either_side_nothing_goes_and_the_other_side_does_not_learn_of_it(world):
    _, elena, david = slipped(world)
    asked(elena)
    with world.bot.store.writing() as archive:
        actor = archive.person_actor("PER-05")
        made = Hold(
            *("hold-1", "P-NOR", Visibility.SPONSOR_INTERNAL, NUMBER, Side.SPONSOR, "PER-05", world.now()),
            why="a dispute",
        )
        archive.set_hold(actor, made)
    answer = david.press("Agree", waiting(david))
    assert "Halcyra Therapeutics AG cannot have NOR-ISS-008 redacted at present" in answer
    assert "hold" not in answer
    assert "Agree" in waiting(david).buttons
    assert SLIP in everywhere(world)
    said = elena.say(f"issue redact {NUMBER} names a nurse", at="direct")
    assert "Your company holds NOR-ISS-008" in said
