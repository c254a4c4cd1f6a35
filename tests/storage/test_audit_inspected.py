"""The inspector follows every chain and names what does not hold, whatever was done to it."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.actors import CLOCK
from bot.records import Entry
from storage import headfile, notary, vouching
from storage.inspector import DoesNotHold, Inspector
from tests.postgres import beside
from tests.storage.chains import CHAIN, KEY, changed, found, gone, head_at, sign, signed, tamper, write
from tests.storage.people import CROS, NOW, SHARED, TOMASZ

COLUMNS = {
    "chain": "'P-NOR:other'",
    "seq": "9",
    "at": "'2025-01-01 00:00:00.000000'",
    "person": "'PER-DAVID'",
    "what": "'issue.close'",
    "record": "'i2'",
    "partnership": "'P-QUI'",
    "visibility": "'cro_internal'",
    "organisation": "'ORG-NOR'",
    "version": "7",
    "payload": "'{}'",
    "salt": "'00'",
    "payload_hash": "'00'",
    "previous": "'00'",
    "hash": "'00'",
}
TOLD = {"chain": "is missing", "seq": "is missing", "payload": "other words", "salt": "other words"}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_line_is_named_whatever_column_was_changed(world, column):
    write(world, "one", "two", "three")
    tamper(world, changed(f"{column} = {COLUMNS[column]}", 2))
    told = found(world)
    assert f"{CHAIN} line 2 " in told
    assert TOLD.get(column, "was changed") in told


def test_content_that_is_gone_without_a_redaction_is_named(world):
    write(world, "one", "two", "three")
    tamper(world, changed("payload = NULL, salt = NULL", 2))
    assert found(world) == f"{CHAIN} line 2 has lost its content, and no redaction says so"


def test_a_line_that_was_taken_out_cut_off_or_added_is_named(world):
    write(world, "one", "two", "three", "four")
    tamper(world, gone(4))
    assert found(world) == f"{CHAIN} line 4 is missing: the chain was cut off"
    tamper(world, gone(2))
    assert found(world) == f"{CHAIN} line 2 is missing"


def test_a_line_added_behind_the_head_is_named(world):
    write(world, "one", "two")
    tamper(world, head_at(1))
    assert found(world) == f"{CHAIN} line 2 was added past the chain's head"


def test_a_chain_that_was_cut_off_with_its_head_is_noticed_by_what_was_signed(world):
    write(world, "one", "two", "three")
    with world.reading() as archive:
        second = archive.chain(CHAIN)[1]
    sign(world)
    tamper(
        world,
        gone(3),
        head_at(2, second.hash),
    )
    told = "line 3 is missing, and was signed on 2026-03-02: the record is older than that"
    assert found(world) == f"{CHAIN} {told}"


def test_a_signature_that_is_wrong_is_named(world):
    write(world, "one")
    sign(world)
    tamper(world, "UPDATE signed_head SET day = '2026-02-01'")
    assert found(world) == f"{CHAIN} line 1 has a signed head of 2026-02-01 whose signature is wrong"


def test_a_chain_that_was_written_anew_whole_is_noticed_outside_the_database(world, tmp_path):
    file = tmp_path / "heads.jsonl"
    write(world, "one", "two")
    sign(world, file=file)
    tamper(world, "DELETE FROM audit", "DELETE FROM audit_chain", "DELETE FROM signed_head")
    write(world, "another", "story")
    sign(world)
    assert found(world) == ""
    assert found(world, file=file) == f"{CHAIN} line 2 is not the line that was signed on 2026-03-02"


def test_a_restored_old_backup_is_noticed_by_verify_and_by_check(world, tmp_path):
    file = tmp_path / "heads.jsonl"
    write(world, "one")
    sign(world)
    kept = [one.hash for one in signed(world)]
    write(world, "two")
    sign(world, file=file, days=1)
    tamper(
        world,
        gone(2),
        head_at(1, kept[0]),
        "DELETE FROM signed_head WHERE seq = 2",
    )
    assert found(world) == ""
    assert found(world, file=file) == (
        f"{CHAIN} line 2 is missing, and was signed on 2026-03-03: the record is older than that"
    )
    fine, line = next(iter(vouching.lines(world, NOW.date(), KEY, str(file))))
    assert not fine
    assert "is not the one that was signed on 2026-03-03" in line


def test_the_file_holds_each_head_once_and_is_made_whole_again(world, tmp_path):
    file = tmp_path / "heads.jsonl"
    write(world, "one")
    sign(world, file=file)
    sign(world, file=file)
    assert len(file.read_text().splitlines()) == 1
    file.write_text(file.read_text()[:-1])
    write(world, "two")
    sign(world, file=file, days=1)
    assert [json.loads(line)["seq"] for line in file.read_text().splitlines()] == [1, 2]
    file.unlink()
    sign(world, file=file, days=1)
    assert file.read_text().splitlines() == list(Inspector(world, KEY).heads())


def test_a_line_of_the_file_that_was_cut_by_a_kill_is_written_again(world, tmp_path):
    file = tmp_path / "heads.jsonl"
    write(world, "one")
    sign(world, file=file)
    whole = file.read_text()
    for half in (whole[:4], whole[:-9], whole + whole[:30]):
        file.write_text(half)
        sign(world, file=file)
        assert file.read_text() == whole
        assert found(world, file=file) == ""
    file.write_text("somebody else's notes")
    sign(world, file=file)
    assert file.read_text() == "somebody else's notes"


def test_heads_reach_the_file_also_after_a_clock_that_was_far_ahead(world, tmp_path):
    file = tmp_path / "heads.jsonl"
    write(world, "one")
    sign(world, file=file, days=400)
    for day in (0, 1):
        write(world, "more")
        sign(world, file=file, days=day)
    assert [json.loads(line)["seq"] for line in file.read_text().splitlines()] == [1, 2, 3]
    assert found(world, file=file) == ""


def test_processes_that_write_at_once_leave_each_head_in_the_file_once(world, tmp_path):
    file = tmp_path / "heads.jsonl"
    write(world, "one")
    sign(world)
    file.touch()
    both = Barrier(2)

    def slowly(since):
        with suppress(BrokenBarrierError):  # whoever is let in alone waits for nobody
            both.wait(0.3)
        return notary.heads(world, since)

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(headfile.append, file, slowly, NOW.date()) for _ in range(2)]
    assert sorted(one.result() for one in done) == [0, 1]
    assert len(file.read_text().splitlines()) == 1


def test_a_file_of_heads_that_is_gone_or_is_none_is_said_in_one_line(world, tmp_path):
    write(world, "one")
    sign(world)
    with pytest.raises(headfile.Unreadable, match="is not there"):
        found(world, file=tmp_path / "none.jsonl")
    odd = tmp_path / "odd.jsonl"
    for words in ("no json", '{"chain": "x"}\n', "[]"):
        odd.write_text(words)
        with pytest.raises(headfile.Unreadable, match="neither a file of signed heads nor an export"):
            found(world, against=odd)
    odd.write_text("\n".join([*Inspector(world, KEY).heads(), "half a li"]))
    with pytest.raises(headfile.Unreadable, match=r"line 2 of .* is no signed head"):
        found(world, against=odd)
    with pytest.raises(headfile.Unreadable, match="cannot be read"):
        found(world, against=tmp_path)
    told = [line for fine, line in vouching.lines(world, NOW.date(), KEY, str(odd)) if not fine]
    assert "mend PARLEY_HEADS_FILE" in told[0]


def test_the_record_is_compared_with_an_export(world, tmp_path):
    write(world, "one", "two")
    sign(world)
    with world.reading() as archive:
        links, heads = archive.links(CLOCK, [CHAIN]), archive.signed_heads(CLOCK, [CHAIN])
    lines = [{"seq": one.seq, "hash": one.hash} for one in links]
    heads = [json.loads(headfile.line(one)) for one in heads]
    told = {"chains": [{"chain": CHAIN, "lines": lines, "heads": heads}]}
    file = tmp_path / "export.json"
    file.write_text(json.dumps(told))
    assert found(world, against=file) == ""
    lines[0]["hash"] = "00"
    file.write_text(json.dumps(told))
    assert found(world, against=file) == f"{CHAIN} line 1 is not the line that was in the export"


def test_of_several_broken_chains_the_first_line_of_each_is_found_and_the_first_is_named(world):
    write(world, "one", "two")
    write(world, "own", scope=CROS)
    tamper(world, "UPDATE audit SET person = 'x' WHERE seq = 1")
    told = "hold: P-NOR:cro_internal line 1 was changed; of 2 broken chains this is the first"
    with pytest.raises(DoesNotHold, match=told):
        Inspector(world, KEY).verify()


@pytest.mark.parametrize(
    "statement",
    [
        changed("payload = '{}', salt = NULL", 2),
        changed("payload = NULL, salt = 'x'", 2),
        changed("payload = NULL, salt = NULL, person = 'x'", 2),
        changed("payload = NULL, salt = NULL, hash = 'x'", 2),
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 2",
    ],
)
def test_the_database_lets_content_go_and_nothing_else(world, statement):
    write(world, "one", "two", "three")
    with pytest.raises(DBAPIError), beside(world) as connection:
        connection.execute(text(statement))
    assert found(world) == ""


def test_erased_content_that_a_later_line_names_is_no_fault(world):
    write(world, "one", "two")
    with world.writing() as archive:
        archive.erase_lines(archive.actor(TOMASZ), CHAIN, [1])
        told = Entry("issue.redact", "PER-ANNIKA", NOW, SHARED, record="i1", after={"lines": [1]})
        archive.record(told)
    assert found(world) == ""
    with world.reading() as archive:
        assert [one.payload is None for one in archive.chain(CHAIN)] == [True, False, False]
        assert archive.history(CLOCK, "i1")[0].erased
