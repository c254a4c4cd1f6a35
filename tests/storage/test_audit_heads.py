"""Heads signed each day: once, by whom, and who may read them."""

import asyncio
from datetime import timedelta

import pytest

from bot.actors import CLOCK
from bot.clock import Clock
from bot.dossier import Link
from storage import vouching
from storage.audit import verify
from storage.inspector import Inspector, NoKey
from storage.notary import Notary
from storage.signing import holds
from tests.storage.chains import CHAIN, KEY, NEW, changed, found, sign, signed, tamper, write
from tests.storage.people import CROS, NOW, PRIYA, RESTRICTED, TOMASZ, WEILING


def test_a_head_is_signed_once_a_day_and_not_on_a_day_without_new_lines(world):
    write(world, "one", "two")
    assert sign(world) == 1
    write(world, "three")
    assert [sign(world, days=day) for day in (0, 1, 1, 2)] == [0, 1, 0, 0]
    first, second = signed(world)
    assert (first.seq, second.seq) == (2, 3)
    assert (first.day, second.day) == (NOW.date(), NOW.date() + timedelta(days=1))
    assert holds(first)
    assert holds(second)


def test_two_processes_that_sign_at_once_leave_one_head(world):
    write(world, "one")

    async def both():
        clock = Clock(lambda: NOW)
        return await asyncio.gather(*(Notary(world, clock, KEY).run() for _ in range(4)))

    assert sum(asyncio.run(both())) == 1
    assert len(signed(world)) == 1


def test_a_clock_that_went_back_overwrites_no_head_and_the_record_goes_on(world):
    write(world, "one")
    sign(world, days=3)
    before = signed(world)
    write(world, "two", at=NOW - timedelta(days=9))
    assert sign(world, days=3) == 0
    assert sign(world, days=1) == 1
    assert before[0] in signed(world)
    inspected = Inspector(world, KEY).inspect()
    assert inspected.broken == []
    assert "the clock went back before 1 of the lines" in inspected.words


def test_after_the_key_was_changed_every_chain_is_signed_with_the_new_one_and_old_heads_still_hold(world):
    write(world, "one")
    sign(world)
    assert sign(world, f"{NEW},{KEY}") == 1
    assert len({one.mark for one in signed(world)}) == 2
    assert found(world, f"{NEW},{KEY}") == found(world, NEW) == ""


def test_a_head_signed_with_a_key_that_is_none_of_ours_is_named(world):
    write(world, "one")
    sign(world, NEW)
    assert found(world, KEY).startswith(f"{CHAIN} line 1 is signed on 2026-03-02 with key ")
    assert found(world, "") == ""


def test_without_a_key_nothing_is_signed_and_the_key_command_says_what_to_do(world):
    write(world, "one")
    assert sign(world, "") == 0
    with pytest.raises(NoKey, match="PARLEY_SECRET_KEY is not set"):
        Inspector(world, "").key()


def test_a_head_whose_line_does_not_hold_is_not_signed(world):
    write(world, "one", "two")
    sign(world)
    write(world, "three")
    tamper(world, changed("person = 'x'", 3))
    assert sign(world, days=1) == 0


def test_check_tells_when_nobody_signs_any_more(world):
    write(world, "one")
    sign(world)
    write(world, "two")
    told = dict(reversed(line) for line in vouching.lines(world, NOW.date() + timedelta(days=9), KEY, ""))
    assert [line for line in told if line.startswith("no head was signed since 2026-03-02")]


def test_a_chain_and_its_heads_are_for_those_who_may_read_what_it_is_about(world):
    write(world, "one")
    write(world, "own", scope=CROS)
    write(world, "secret", scope=RESTRICTED, record="r1")
    sign(world)
    with world.reading() as archive:
        every = archive.chains_of(CLOCK, ("i1", "r1"))
        assert every == ("P-NOR:cro_internal", "P-NOR:restricted:r1", CHAIN)
        seen = {}
        for handle in (TOMASZ, WEILING):
            actor = archive.actor(handle)
            links, heads = archive.links(actor, every), archive.signed_heads(actor, every)
            assert {one.chain for one in links} == {one.chain for one in heads}
            assert set(archive.chains_of(actor, ("i1", "r1"))) == {one.chain for one in links}
            assert set(archive.chains_in(actor, "P-NOR")) == {one.chain for one in links}
            seen[handle] = {one.chain for one in links}
    assert seen == {TOMASZ: {CHAIN}, WEILING: set()}


def test_links_are_whole_chains_that_verify(world):
    write(world, "one", "two")
    with world.reading() as archive:
        links = archive.links(archive.actor(PRIYA), [CHAIN])
        lines = archive.chain(CHAIN)
    assert all(isinstance(one, Link) for one in links)
    assert verify(links) is None
    assert [one.hash for one in links] == [one.hash for one in lines]
