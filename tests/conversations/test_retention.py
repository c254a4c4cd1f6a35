"""How long things are kept: a record that is over goes, what is held stays, and every chain still holds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from bot.governance import retention
from storage import retention as erasing
from storage.audit import Walk
from tests.beginnings import say
from tests.conversations.test_ending import OVER, named
from tests.conversations.test_holds import hold

LATER = datetime(2052, 12, 1, 9, tzinfo=UTC)


def move(world, to):
    world.bot.store.set_clock(to - world.clock.wall())


def day(world):
    """What is done once a day."""
    world.run(world.bot.clockwork.sweeping.turn())


def ended(world):
    world.quiet()
    named(world.as_("david"))
    world.pass_to(OVER)


def faults(world):
    """By chain: what does not hold in it."""
    found = {}
    with world.bot.store.reading() as archive:
        heads = archive.heads()
        for chain, head in heads.items():
            walk = Walk()
            wrong = [walk.fault(line) for line in archive.chain(chain)]
            if any(wrong) or walk.unexcused() or (walk.seq, walk.hash) != head:
                found[chain] = wrong
    return found


def counted(world, table, where="1 = 1"):
    return world.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0]  # noqa: S608 words of this test only


@pytest.mark.journey
def test_after_25_years_the_record_goes_and_the_chain_still_holds(world):
    elena = world.as_("elena")
    say(elena, "issue note NOR-ISS-007 ask for a discount")
    ended(world)
    hold(elena, issue="NOR-ISS-007")
    move(world, datetime(2051, 11, 27, 23, tzinfo=UTC))
    day(world)
    assert counted(world, "issue", "partnership = 'P-NOR'") > 5
    move(world, LATER)
    day(world)
    assert [one[0] for one in world.rows("SELECT id FROM issue WHERE partnership = 'P-NOR'")] == [
        "NOR-ISS-007"
    ]
    assert counted(world, "note", "issue = 'NOR-ISS-007'") >= 1
    assert counted(world, "issue", "partnership = 'P-QUI'") > 0
    assert counted(world, "outbox", "subject = 'NOR-ISS-001'") == 0
    assert faults(world) == {}
    told = world.rows("SELECT chain, payload FROM audit WHERE what = 'retention.erase'")
    assert len(told) >= 2
    assert all("2051-11-27" in one[1] and "PER-" not in one[1] for one in told)
    assert (
        counted(world, "audit", "partnership = 'P-NOR' AND record = 'NOR-ISS-001' AND payload IS NOT NULL")
        == 0
    )
    assert counted(world, "audit", "record = 'NOR-ISS-007' AND payload IS NULL") == 0
    before = counted(world, "audit")
    day(world)
    move(world, LATER + timedelta(days=2))
    day(world)
    assert counted(world, "audit") == before
    elena.press("Release NOR-ISS-007", say(elena, "setup hold"))
    elena.submit(why="Settled")
    move(world, LATER + timedelta(days=4))
    day(world)
    assert counted(world, "issue", "partnership = 'P-NOR'") == 0
    assert faults(world) == {}


def test_what_is_held_whole_stays_whole_and_check_says_what_goes_next(world):
    david = world.as_("david")
    ended(world)
    david.press("Hold something", say(david, "setup hold"))
    david.submit(partnership="Halcyra Therapeutics AG", why="A claim")
    issues = counted(world, "issue", "partnership = 'P-NOR'")
    with world.bot.store.reading() as archive:
        (line,) = erasing.lines(archive, date(2030, 1, 1))
    assert line == "the record of P-NOR, which ended on 2026-11-27, is kept until 2051-11-27"
    move(world, LATER)
    day(world)
    assert counted(world, "issue", "partnership = 'P-NOR'") == issues
    assert counted(world, "audit", "what = 'retention.erase'") == 0


def test_words_of_what_was_sent_go_after_30_days_and_cards_still_follow(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    annika.say("issue TMF backlog, major, owner @rafael, due 28 Nov 2026")
    assert counted(world, "outbox", "state = 'delivered'") > 0
    world.rows_gone("UPDATE outbox SET facts = '{\"words\": \"secret\"}', at = '2020-01-01 00:00:00+00:00'")
    day(world)
    assert counted(world, "outbox", "CAST(facts AS TEXT) <> '{}'") == 0
    tomasz.say("issue ack NOR-ISS-008")
    assert any(
        "Acknowledged" in one or "acknowledged" in one for one in annika.room() if "TMF backlog" in one
    )


def test_what_fails_half_way_has_erased_nothing_and_is_done_once_afterwards(world):
    ended(world)
    move(world, LATER)
    before = [counted(world, name) for name in ("issue", "note", "outbox", "audit")]
    world.rows_gone("ALTER TABLE contact RENAME TO contact_away")  # the last of what is deleted
    with pytest.raises(DBAPIError):
        day(world)
    assert [counted(world, name) for name in ("issue", "note", "outbox", "audit")] == before
    assert counted(world, "audit", "payload IS NULL") == 0
    world.rows_gone("ALTER TABLE contact_away RENAME TO contact")
    world.restart()
    day(world)
    day(world)
    assert counted(world, "issue", "partnership = 'P-NOR'") == 0
    chains = [one for (one,) in world.rows("SELECT chain FROM audit WHERE what = 'retention.erase'")]
    assert len(chains) == len(set(chains)) >= 2
    assert faults(world) == {}


@pytest.mark.parametrize("keep", retention.TABLE, ids=lambda one: one.code)
def test_every_class_has_a_period_and_words(keep):
    assert (keep.years > 0) != (keep.days > 0)
    assert keep.period in ("25 years", "30 days", "90 days", "1 days")
    assert keep.what
    assert keep.until(date(2028, 2, 29)) > date(2028, 2, 29)
