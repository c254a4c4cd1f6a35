"""Legal holds: one side's own, unknown to the other, and stronger than any time that is over."""

from tests.beginnings import saw, say
from tests.conversations.test_redaction import asked, slipped, waiting


def hold(voice, issue="NOR-ISS-007", why="Litigation of the sponsor", partner="Northmere Clinical Ltd"):
    voice.press("Hold something", say(voice, "setup hold"))
    return voice.submit(partnership=partner, issue=issue, why=why)


def test_a_hold_is_set_seen_and_released_by_its_own_side_alone(world):
    elena, david = world.as_("elena"), world.as_("david")
    held = hold(elena)
    assert "NOR-ISS-007 is held." in held
    assert "Litigation of the sponsor" in say(world.as_("priya"), "setup holds")
    assert "Your company holds nothing." in say(david, "setup hold")
    assert saw(david, "Litigation") is None
    with world.bot.store.reading() as archive:
        assert archive.held("P-NOR", "NOR-ISS-007")
        assert not archive.held("P-NOR", "NOR-ISS-006")
    elena.press("Release NOR-ISS-007", say(elena, "setup hold"))
    elena.submit(why="…")
    assert "why" in elena.form.errors
    assert "NOR-ISS-007 is held no longer." in elena.submit(why="Settled")
    with world.bot.store.reading() as archive:
        assert not archive.held("P-NOR", "NOR-ISS-007")
    kept = world.rows(
        "SELECT what, visibility FROM audit WHERE what IN ('hold.set', 'hold.release') ORDER BY at"
    )
    assert [tuple(one) for one in kept] == [
        ("hold.set", "sponsor_internal"),
        ("hold.release", "sponsor_internal"),
    ]


def test_everything_with_a_partner_can_be_held(world):
    david = world.as_("david")
    david.press("Hold something", say(david, "setup hold"))
    assert "Everything with Halcyra Therapeutics AG is held." in david.submit(why="A claim")
    again = say(david, "setup hold")
    david.press("Hold something", again)
    david.submit(why="A claim")
    assert "Your company holds that already" in david.form.errors["issue"]
    with world.bot.store.reading() as archive:
        assert archive.held("P-NOR", "NOR-ISS-001")
        assert not archive.held("P-QUI", "QUI-ISS-001")


def test_an_issue_that_was_named_is_held_alone_and_not_everything(world):
    david = world.as_("david")
    david.opened("setup hold NOR-ISS-006", at="direct")
    assert "NOR-ISS-006 is held." in david.submit(why="A claim")
    with world.bot.store.reading() as archive:
        assert not archive.held("P-NOR", "NOR-ISS-007")


def test_what_is_wrong_stands_at_its_field_and_others_are_refused(world):
    elena, annika = world.as_("elena"), world.as_("annika")
    hold(elena, issue="QUI-ISS-001", why="…")
    assert "There is no issue QUI-ISS-001 with that partner" in elena.form.errors["issue"]
    assert "why" in elena.form.errors
    assert "Your role does not include that" in say(annika, "setup hold")
    assert world.rows("SELECT count(*) FROM legal_hold")[0][0] == 0


def test_what_the_holder_wanted_redacted_is_taken_back_without_a_word_of_the_hold(world):
    _, elena, david = slipped(world)
    asked(elena)
    assert "Agree" in waiting(david).buttons
    assert "NOR-ISS-008 is held." in hold(elena, issue="NOR-ISS-008")
    assert "Agree" not in waiting(david).buttons
    assert not any("held" in one or "legal hold" in one for one in david.inbox)


def test_what_is_held_with_a_whole_partner_takes_back_what_was_to_be_redacted_of_it_too(world):
    _, elena, david = slipped(world)
    asked(elena)
    assert "Everything with Northmere Clinical Ltd is held." in hold(elena, issue="")
    assert "Agree" not in waiting(david).buttons
    assert not any("held" in one or "legal hold" in one for one in david.inbox)


def test_what_another_company_asked_for_waits_on_and_a_held_restricted_issue_is_not_asked_about(world):
    _, elena, david = slipped(world)
    asked(david)
    assert "is held." in hold(elena, issue="NOR-ISS-008")
    assert "Your company holds NOR-ISS-008" in elena.press("Agree", waiting(elena))
    assert "is held." in hold(elena, issue="HAL-RST-K7Q2")
    assert "Your company holds HAL-RST-K7Q2" in elena.say("issue redact HAL-RST-K7Q2 too plain", at="direct")
