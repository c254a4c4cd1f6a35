"""The nine rules of confidentiality, each by name; DOMAIN.md 8.5."""

import pytest

from bot.governance.visibility import Visibility
from tests.wall.cast import PEOPLE
from tests.wall.test_quillon_asks import leaked

SECRET = "issue Exit plan, major, owner @tomasz, for Northmere, internal"


@pytest.fixture
def calm(world):
    world.quiet()
    return world


def test_1_by_default_nothing_is_shown_and_the_class_is_set_at_birth(calm):
    """Opening and closing: tests/conversations/test_issue_share.py and test_issue_unshare.py."""
    marcus = calm.as_("marcus")
    assert "Logged HAL-NOR-ISS-001" in marcus.say(SECRET, at="direct")
    assert "There is no issue HAL-NOR-ISS-001" in calm.as_("annika").say("issue show HAL-NOR-ISS-001")
    form = marcus.opened("issue", at="direct")
    offered = {one.partition("/")[0] for one in form.fields["class"].options.values()}
    assert offered == {str(one) for one in Visibility if one is not Visibility.CRO_INTERNAL}
    marcus.dismiss()
    marcus.press("Change")
    assert "class" not in marcus.form.fields


def test_2_a_cro_sees_nothing_of_another_cro_and_no_benchmark_of_it(calm):
    """Rates, scores, ranks and benchmarks are records of a later issue. In HAL-301, which both serve, each
    may know the other's name (an issue there can be opened to it), and nothing beyond that.
    """
    gareth, annika = calm.as_("gareth"), calm.as_("annika")
    for voice, name, other in ((gareth, "gareth", "Northmere"), (annika, "annika", "Quillon")):
        for words in (
            "issue list all",
            "help",
            "setup",
            "issue show 1",
            "issue list HAL-301",
            "search HAL-301",
        ):
            voice.say(words, at="direct")
        assert not any(other in one for one in voice.inbox)
        voice.say("issue", at="direct")
        assert leaked(calm, PEOPLE[name]) == []


def test_3_a_shared_issue_with_internal_notes_shows_no_sign_of_them(calm):
    """The example's NOR-ISS-003 has a note of either side; each side reads its own."""
    seen = {
        name: calm.as_(name).say("issue show NOR-ISS-003", at="direct")
        for name in ("annika", "tomasz", "david")
    }
    assert "second CRO" in seen["tomasz"]
    assert "Margin" in seen["david"]
    assert "Margin" not in seen["tomasz"]
    assert "second CRO" not in seen["annika"]
    room = calm.as_("annika").say("issue show NOR-ISS-003")
    calm.as_("marcus").say("issue note NOR-ISS-003 and ask their rival", at="direct")
    assert calm.as_("annika").say("issue show NOR-ISS-003").words == room.words


def test_4_there_is_no_side_channel_in_numbers_counts_errors_or_names(calm):
    """The property looks for every other one; exports and file names belong to the export's own tests."""
    annika, marcus = calm.as_("annika"), calm.as_("marcus")
    before = annika.say("issue list all").words, len(annika.sight())
    for _ in range(3):
        marcus.say(SECRET, at="direct")
    assert annika.say("issue list all").words == before[0]
    nothing = annika.say("issue ack HAL-NOR-ISS-777").words
    assert annika.say("issue ack HAL-NOR-ISS-002").words == nothing.replace("777", "002")
    assert "Logged NOR-ISS-008" in annika.say("issue Late, minor, owner @rafael")
    assert "nobody who can own this" in annika.opened("issue Late, minor, owner @gareth").errors["owner id"]


def test_5_a_room_shows_what_its_least_entitled_member_may_see(calm):
    """Strangers, guests and third companies in a room are held in tests/conversations/test_rooms.py."""
    tomasz, elena = calm.as_("tomasz"), calm.as_("elena")
    elena.say("issue Paper shredded, major, owner @marcus, for Northmere, restricted", at="direct")
    calm.as_("marcus").say(SECRET, at="direct")
    shared, own = tomasz.room(tomasz.face.channels[0]), tomasz.room(tomasz.face.channels[2])
    assert not any("Exit plan" in one or "Paper shredded" in one for one in shared)
    assert any("Exit plan" in one for one in own)
    assert not any("Paper shredded" in one for one in own)


def test_6_administrators_see_only_what_their_own_side_sees(calm):
    """What an operator reads is recorded for both: tests/processes/test_findings_command.py."""
    calm.as_("david").say("issue Margin is thin, major, owner @rafael, internal", at="direct")
    calm.as_("marcus").say(SECRET, at="direct")
    priya, david = calm.as_("priya"), calm.as_("david")
    assert "There is no issue NORI-ISS-001" in priya.say("issue show NORI-ISS-001", at="direct")
    assert "There is no issue HAL-NOR-ISS-001" in david.say("issue show HAL-NOR-ISS-001", at="direct")
    assert "There is no issue HAL-RST-K7Q2" in priya.say("issue show HAL-RST-K7Q2", at="direct")
    assert "Margin is thin" not in priya.say("issue list all", at="direct")


def test_7_confidentiality_gives_way_to_safety(calm):
    """Whatever the class, whoever writes of harm hears at once whom to call; nothing waits for an opening."""
    elena = calm.as_("elena")
    elena.say("issue A site reported a SUSAR, major, owner @elena, for Northmere, restricted", at="direct")
    assert any("+41 44 555 01 10" in one for one in elena.inbox)
    david = calm.as_("david")
    david.say("issue Possible serious breach at site 104, major, owner @rafael, internal", at="direct")
    assert any("+44 20 7946 0110" in one or "+41 44 555 01 20" in one for one in david.inbox)


def test_8_who_has_left_sees_nothing_more_and_each_side_keeps_its_own(calm):
    """The end of a whole partnership is held in tests/conversations/test_ending.py."""
    calm.as_("david").say("setup leave rafael", at="direct")
    calm.as_("david").press("End their access")
    assert "NOR-ISS" not in calm.as_("rafael").say("issue list", at="direct").words
    assert "NOR-ISS-001" in calm.as_("annika").say("issue list all", at="direct")


def test_9_audit_reports_are_not_held(calm):
    """Reference and status of an audit are records of a later issue; a file's own fields are left out now."""
    tables = " ".join(name for (name,) in calm.rows(TABLES[calm.settings.database_url.split(":")[0][:6]]))
    assert "report" not in tables


TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgr": "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
}
