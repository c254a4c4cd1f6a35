"""Chains for the tests of the record: written, signed, and changed as whoever owns the database can."""

import asyncio
from datetime import timedelta

from sqlalchemy import text

from bot.actors import CLOCK
from bot.clock import Clock
from bot.records import Entry
from storage.inspector import Inspector
from storage.notary import Notary
from tests.postgres import beside
from tests.storage.people import NOW, SHARED

CHAIN = "P-NOR:shared"
KEY, NEW = "an old key of some length", "a new key of some length"


def write(store, *whys, scope=SHARED, record="i1", at=NOW):
    with store.writing() as archive:
        for why in whys:
            archive.record(Entry("issue.log", "PER-ANNIKA", at, scope, record=record, why=why))


def sign(store, setting=KEY, file="", days=0):
    clock = Clock(lambda: NOW + timedelta(days=days))
    return asyncio.run(Notary(store, clock, setting, str(file)).run())


def signed(store, chain=CHAIN):
    with store.reading() as archive:
        return archive.signed_heads(CLOCK, [chain])


def tamper(store, *statements):
    """As whoever owns the database can: past every trigger."""
    with beside(store) as connection:
        if connection.dialect.name == "sqlite":
            found = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in connection.execute(text(found)).scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))


def found(store, setting=KEY, file="", against=None):
    """What an inspector says is broken, in words; "" where nothing is."""
    return "; ".join(one.words for one in Inspector(store, setting, str(file)).inspect(against).broken)


def changed(what, seq):
    """A statement that changes one line of the shared chain."""
    return f"UPDATE audit SET {what} WHERE chain = 'P-NOR:shared' AND seq = {seq}"  # noqa: S608 our own words only


def gone(seq):
    """A statement that takes one line out of it."""
    return f"DELETE FROM audit WHERE chain = 'P-NOR:shared' AND seq = {seq}"  # noqa: S608 our own words only


def head_at(seq, line=""):
    """A statement that puts its head elsewhere."""
    became = f"seq = {seq}" + (f", hash = '{line}'" if line else "")
    return f"UPDATE audit_chain SET {became} WHERE chain = 'P-NOR:shared'"  # noqa: S608 our own words only
