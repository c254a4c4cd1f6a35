"""The lines of a digest on both databases: who may read them, how many questions they take, and its dues."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from bot.actors import CLOCK
from bot.governance.digest import DUE, DigestSetting, Rhythm
from bot.handlers import digest_made, digest_set
from bot.intents import Handle, Intent, Place
from bot.outbox import Audience, Letter, OutboxMessage
from bot.ports import Opening, Request
from bot.records import Entry
from bot.views import Facts
from storage.load.file import load
from storage.outbox import SqlLedger
from storage.queues import due, outbox
from storage.told import Worker
from tests.world import AS_OF, example

MORNING = datetime(2026, 11, 11, 7, 30, tzinfo=UTC)
SINCE = {"since": AS_OF.isoformat(), "sent since": AS_OF.isoformat(), "quiet": "yes"}
ANNIKA = "PER-09"


@pytest.fixture
def record(store):
    load(store, example(), AS_OF)
    return store


def digest(archive, person, **facts):
    letter = Letter(digest_set.MADE, f"person:{person}", {**SINCE, **facts})
    built = digest_made.made(Opening(archive, archive.person_actor(person), letter, MORNING))
    return built[0] if built else None


def flood(store, count):
    """So many issues that wait for Annika, changed by others, run out soon, and were told to nobody."""
    with store.writing() as archive:
        like = archive.issue(CLOCK, "NOR-ISS-007")
        scope = next(one for one in archive.person_actor(ANNIKA).sees if one.visibility.value == "shared")
        scope = replace(scope, partnership=like.partnership)
        for number in range(count):
            name = f"X-ISS-{number:03}"
            soon = MORNING + timedelta(hours=number % 20 + 1)
            made = replace(like, id=name, number=name, late_at=soon, title=f"Flood {number}")
            archive.add_issue(CLOCK, made)
            after = {"version": 2}
            archive.record(
                Entry("issue.update", "PER-04", MORNING, scope, record=name, why="new", after=after)
            )
            letter = Letter("issue.news", f"{name}/2")
            archive.promise(OutboxMessage(f"lost:{name}", letter, Audience(person="PER-04"), MORNING))
    lose(store)


def lose(store, state="failed"):
    """Nothing that was promised arrived."""
    with store.writing() as archive:
        archive.works(Worker.DESK)
        archive.run(outbox.update().values(state=state, at=MORNING))


def asked(store, person):
    """How many statements a digest takes, in memory what the directory holds."""
    with store.reading() as archive:
        digest(archive, person)
    with store.reading() as archive:
        said = []
        event.listen(archive.connection, "before_cursor_execute", lambda *of: said.append(of[2]))
        shown = digest(archive, person)
    return len(said), shown


def test_a_digest_takes_as_many_questions_for_sixty_items_as_for_five(record):
    flood(record, 5)
    few, _ = asked(record, ANNIKA)
    flood_more(record)
    many, shown = asked(record, ANNIKA)
    assert few == many <= 25
    assert "65 waiting for you" in shown.summary or "6" in shown.summary
    assert len(shown.blocks) <= 40


def flood_more(store):
    with store.writing() as archive:
        like = archive.issue(CLOCK, "X-ISS-000")
        for number in range(100, 160):
            made = replace(like, id=f"X-ISS-{number}", number=f"X-ISS-{number}")
            archive.add_issue(CLOCK, made)


def test_what_did_not_arrive_is_told_to_whoever_may_see_the_record_and_to_nobody_else(record):
    flood(record, 1)
    with record.reading() as archive:
        told = [block for block in digest(archive, ANNIKA).blocks if isinstance(block, Facts)][-1]
        assert told.pairs[0][0] == "X-ISS-000"
        assert "its news did not reach Tomasz Wierzbicki (Halcyra Therapeutics AG)" in told.pairs[0][1]
        quillon = archive.person_actor("PER-12")
        assert not archive.unreached(quillon, AS_OF, 50)
        assert "X-ISS" not in str(digest(archive, "PER-12"))
        assert archive.unreached(archive.person_actor("PER-04"), AS_OF, 50)
        assert not archive.unreached(archive.person_actor("PER-04"), MORNING, 50)


def test_a_restricted_record_is_named_to_its_readers_alone(record):
    secret = "HAL-RST-K7Q2"
    with record.writing() as archive:
        told = OutboxMessage("lost", Letter("issue.card", secret), Audience(person="PER-05"), MORNING)
        archive.promise(told)
    lose(record, "held")
    with record.reading() as archive:
        seen = {
            person: [one.record.id for one in archive.unreached(archive.person_actor(person), AS_OF, 50)]
            for person in ("PER-05", "PER-04", ANNIKA)
        }
        assert seen == {"PER-05": [secret], "PER-04": [], ANNIKA: []}
        changed = archive.changed(archive.person_actor("PER-04"), AS_OF - timedelta(days=30), 50)
        assert changed.total
        assert secret not in {one.record.id for one in changed.rows}


def test_nobody_reads_anybody_elses_digest_and_a_quiet_day_takes_one_line_or_none(record):
    with record.reading() as archive:
        letter = Letter(digest_set.MADE, "person:PER-12", SINCE)
        assert digest_made.made(Opening(archive, archive.person_actor(ANNIKA), letter, MORNING)) is None
        for person in ("PER-06", "PER-11"):
            assert digest(archive, person).title.startswith("Your digest, ")


def test_everybody_loaded_has_the_setting_of_their_role_and_its_due(record):
    with record.reading() as archive:
        settings = {one.person: one.rhythm for one in archive.digests()}
        archive.works(Worker.DESK)
        rows = list(archive.run(due.select().where(due.c.kind == DUE)))
    assert settings["PER-01"] is Rhythm.WEEKLY
    assert settings["PER-04"] is Rhythm.DAILY
    assert {row.subject for row in rows} == {f"person:{one}" for one in settings}
    assert all(row.at > AS_OF for row in rows)


def request(archive, now):
    return Request(archive, CLOCK, Intent(Handle("", "", ""), Place("", "", ""), ""), now, now)


def test_a_ring_promises_one_letter_for_the_day_and_sets_the_next_due(record):
    for now in (MORNING, MORNING + timedelta(hours=1)):
        with record.writing() as archive:
            digest_set.came(request(archive, now), f"person:{ANNIKA}")
    with record.reading() as archive:
        archive.works(Worker.DESK)
        letters = list(archive.run(outbox.select().where(outbox.c.kind == digest_set.MADE)))
        following = archive.run(
            due.select().where(due.c.key == f"digest:person:{ANNIKA}", due.c.state == "open")
        )
        assert [row.key for row in letters] == [f"digest:person:{ANNIKA}:2026-11-11"]
        assert archive.digest(ANNIKA).told_at == MORNING, "the next one tells from there on"
        assert [row.at for row in following] == [datetime(2026, 11, 12, 7, 30, tzinfo=UTC)]


def test_two_replicas_that_ring_together_send_one(record):
    ledger, now = SqlLedger(record), datetime(2026, 11, 11, 12, tzinfo=UTC)
    first = ledger.claim_dues(now, now, 100, 60.0)
    second = ledger.claim_dues(now, now, 100, 60.0)
    digests = [one.due.subject for one in (*first, *second) if one.due.kind == DUE]
    assert len(digests) == len(set(digests)) == 10


def test_a_setting_is_saved_against_the_version_that_was_read(record):
    with record.reading() as archive:
        before = archive.digest(ANNIKA)
    with record.writing() as archive:
        archive.save_digest(replace(before, quiet=False, version=before.version + 1))
    with record.reading() as archive:
        assert not archive.digest(ANNIKA).quiet
        assert archive.digest(room="ROOM-1") is None
    with record.writing() as archive:
        archive.save_digest(DigestSetting(room="ROOM-1"))
        assert archive.digest(room="ROOM-1").reader == "room:ROOM-1"
