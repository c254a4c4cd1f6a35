"""What `check` finds in the record itself: each with its remedy, and nothing where nothing is missing."""

from datetime import timedelta

import pytest
from sqlalchemy import make_url

from bot.actors import CLOCK
from bot.clock import Clock
from bot.governance.issue import State
from bot.governance.partnership import Level
from bot.outbox import Audience, Letter, OutboxMessage
from bot.records import Installation
from storage import checkup, shortcomings
from storage.outbox import SqlLedger
from storage.told import Worker
from tests.storage.people import NOW, OTHERS, SPONSORS, issue


def said(store):
    with store.reading() as opened:
        opened.works(Worker.CHECKUP)
        return list(shortcomings.lines(opened))


def about(store, words):
    return [line for line in said(store) if words in line]


def test_an_empty_record_lacks_nothing_of_its_own(store):
    assert [line for line in said(store) if "role that owns" not in line] == []


def test_a_workspace_that_does_not_let_us_in_is_named_with_what_waits(world):
    with world.writing() as archive:
        platform, tenant, person = archive.connection.exec_driver_sql(
            "SELECT platform, tenant, person FROM identity"
        ).first()
        archive.lock_out(Installation(platform, tenant, "Northmere"), NOW)
        archive.promise(OutboxMessage("m", Letter("help"), Audience(person=person), NOW))
    (line,) = about(world, "locked out of")
    assert (
        f"locked out of Northmere on {platform.capitalize()} since {NOW:%Y-%m-%d %H:%M}Z, 1 messages" in line
    )
    with world.writing() as archive:
        archive.let_in(platform, tenant, NOW, NOW)
    assert about(world, "locked out of") == []


def test_messages_that_wait_for_a_reason_are_told_with_it(world):
    with world.writing() as archive:
        archive.promise(OutboxMessage("m", Letter("help"), Audience(person="P1"), NOW))
    ledger = SqlLedger(world)
    (claimed,) = ledger.claim_messages(NOW, 5, 30.0)
    ledger.suspend(claimed, NOW + timedelta(minutes=10), "no token for the workspace T9")
    (line,) = about(world, "messages wait since")
    assert "1 messages wait since" in line
    assert "(no token for the workspace T9): mend what the reason names" in line


def test_a_company_that_nobody_administers_is_named(world):
    with world.writing() as archive:
        archive.connection.exec_driver_sql("DELETE FROM role WHERE role = 'administrator'")
        names = archive.connection.exec_driver_sql("SELECT name FROM organisation").scalars().all()
    assert len(about(world, "nobody administers")) == len(names)
    assert "run ./parley invite" in about(world, f"nobody administers {names[0]}")[0]


@pytest.mark.postgres
def test_a_role_that_owns_the_tables_is_named(cluster):
    url = cluster.fresh()
    owners = cluster.url(make_url(url).database, "postgres")
    words = "DATABASE_URL uses a role that owns the tables or passes by their rights"
    named = {
        each: [line for fine, line in checkup.look(each, Clock(lambda: NOW)) if not fine]
        for each in (url, owners)
    }
    assert not any(words in line for line in named[url])
    assert any(words in line for line in named[owners])


def test_a_side_that_names_nobody_at_or_above_a_level_where_an_issue_stands_is_named(world):
    with world.writing() as archive:
        archive.add_issue(CLOCK, issue("i1"))
        archive.add_issue(CLOCK, issue("i2", level=Level.L3))
        archive.add_issue(CLOCK, issue("i3", level=Level.L4, state=State.CLOSED))
        archive.add_issue(CLOCK, issue("i4", OTHERS))
        archive.add_issue(CLOCK, issue("i5", SPONSORS, level=Level.L2))
    told = [line.partition(" (open")[0] for line in about(world, "answers for")]
    assert told == [
        "nobody of Halcyra answers for P-NOR at L3 or above",
        "nobody of Northmere answers for P-NOR at L3 or above",
        "nobody of Halcyra answers for P-QUI at L1 or above",
    ]
