"""The end of a partnership: named by one side, heard by both, and over at midnight; the record stays."""

from datetime import UTC, datetime

import pytest

from tests.beginnings import saw, say

LAST = "2026-11-27"
OVER = datetime(2026, 11, 28, 0, 1, tzinfo=UTC)
WHY = "The development programme ends"
LOG = "issue TMF backlog at site 104, major, owner @rafael, due 28 Nov 2026"


def card(voice, partner="Northmere Clinical Ltd"):
    shown = say(voice, "setup end")
    return voice.press(partner, shown) if "with which partner" in shown else shown


def preview(voice, day=LAST, why=WHY, label="Name its last day"):
    voice.press(label, card(voice))
    return voice.submit(day=day, why=why)


def named(voice, day=LAST, label="Name its last day", until="Fri 27 Nov 2026"):
    return voice.press(f"End it on {until}", preview(voice, day, label=label))


@pytest.mark.journey
def test_a_partnership_ends_at_midnight_and_each_side_keeps_its_record(world):
    priya, david, annika, elena = (world.as_(name) for name in ("priya", "david", "annika", "elena"))
    world.quiet()
    annika.say(LOG)
    sure = preview(priya)
    assert "End the partnership with Northmere Clinical Ltd on Fri 27 Nov 2026?" in sure
    assert "no new records, no clocks, no alarms, no messages" in sure
    assert "Mon 27 Nov 2051" in sure
    assert not saw(david, "is to end on")
    priya.press("End it on Fri 27 Nov 2026", sure)
    told = saw(david, "The partnership with Halcyra Therapeutics AG is to end on Fri 27 Nov 2026")
    assert WHY in told
    assert "Logged" in annika.say("issue CRA turnover, minor, owner @rafael, due 30 Nov 2026")
    world.restart()
    world.pass_to(OVER)
    for voice in (priya, david):
        assert len([one for one in voice.inbox if "has ended" in one]) == 1
    assert world.rows("SELECT count(*) FROM due WHERE partnership = 'P-NOR' AND state = 'open'")[0][0] == 0
    assert world.rows("SELECT count(*) FROM room WHERE partnership = 'P-NOR'")[0][0] == 0
    assert "There is no issue NOR-ISS-008" in say(annika, "issue show NOR-ISS-008")
    shown = say(elena, "issue show NOR-ISS-008")
    assert "The partnership ended on Fri 27 Nov 2026" in shown
    assert not set(shown.buttons) & {"Acknowledge", "Plan", "Update"}
    refused = say(elena, "issue update NOR-ISS-008 one more is filed")
    assert "has ended: its record can be read and exported" in refused
    assert saw(world.as_("gareth"), "ended") is None


def test_the_earlier_day_holds_and_each_side_takes_back_its_own(world):
    world.quiet()
    priya, david = world.as_("priya"), world.as_("david")
    named(priya)
    shown = card(david)
    assert "It ends on Fri 27 Nov 2026." in shown
    assert "Take it back" not in shown.buttons
    named(david, "2026-11-20", until="Fri 20 Nov 2026")
    assert "It ends on Fri 20 Nov 2026." in card(priya)
    assert saw(priya, "is to end on Fri 20 Nov 2026")
    david.press("Take it back", card(david))
    assert "It ends on Fri 27 Nov 2026." in saw(priya, "takes back the end")
    world.pass_to(datetime(2026, 11, 21, 1, tzinfo=UTC))
    assert world.rows("SELECT ended_on FROM partnership WHERE id = 'P-NOR'")[0][0] is None
    priya.press("Take it back", card(priya))
    world.pass_to(OVER)
    assert world.rows("SELECT ended_on FROM partnership WHERE id = 'P-NOR'")[0][0] is None
    assert "It goes on: nobody has named a last day." in card(david)


def test_it_ends_once_also_where_the_bot_was_down_and_named_readers_keep_what_is_theirs(world):
    world.quiet()
    david, annika = world.as_("david"), world.as_("annika")
    secret = "issue Possible misconduct, major, owner annika, due 28 Nov 2026, restricted, for Halcyra"
    number = say(annika, secret).words.split()[1].rstrip(":")
    named(david)
    world.bot.store.set_clock(datetime(2026, 12, 3, 9, tzinfo=UTC) - world.clock.wall())
    world.restart()
    world.settle()
    world.rows_gone("UPDATE due SET state = 'open' WHERE kind = 'partnership.ends'")
    world.settle()
    assert len([one for one in david.inbox if "has ended" in one]) == 1
    assert world.rows("SELECT count(*) FROM audit WHERE what = 'partnership.over'")[0][0] == 1
    assert "Possible misconduct" in say(annika, f"issue show {number}")
    assert "has ended" in say(annika, f"issue update {number} nothing new")
    assert "No open issues" not in say(annika, "issue list")
    assert "You are not part of a partnership" in say(annika, "issue CRA turnover, minor")
    assert "ended on Fri 27 Nov 2026" in say(david, "setup partner")
    for words in ("setup end", "setup counterparts", "setup policy", "setup calendar"):
        assert "You have no partner yet" in say(david, words)


def test_what_is_wrong_stands_at_its_field_and_only_administrators_name_it(world):
    priya, annika = world.as_("priya"), world.as_("annika")
    preview(priya, day="2026-11-01", why="…")
    assert "That day is past" in priya.form.errors["day"]
    assert "why" in priya.form.errors
    assert "Your role does not include that" in say(annika, "setup end")
    priya.submit(day=LAST, why="Subject 101-0007 withdrew")
    assert world.rows("SELECT count(*) FROM ending")[0][0] == 0


def test_who_keeps_the_record_still_exports_and_searches_it_and_others_do_not(world):
    world.quiet()
    named(world.as_("david"))
    world.pass_to(OVER)
    elena, annika = world.as_("elena"), world.as_("annika")
    assert "NOR-ISS-001" in say(elena, "export NOR-ISS-001")
    assert "NOR-ISS-001" not in (say(annika, "export NOR-ISS-002") or "")
    assert "The partnership ended" in say(elena, "audit")
