"""The second wall: row-level security on PostgreSQL, behind the filters of storage.wall."""

from alembic import op

from storage.migrations.second_wall import (
    administered,
    by_class,
    can_write,
    define,
    let_work,
    listed,
    raise_wall,
    told,
)
from storage.told import Worker

revision = "0011"
down_revision = "0010"

RECORDS = {"issue": "id", "note": "issue", "restricted_reader": "record", "issue_link": "issue"}
QUEUES = ("outbox", "sent", "due")
LISTED = r"string_to_array(current_setting('parley.' || $1, true), E'\n')"
NAMED = "ARRAY(SELECT 'restricted:' || r.record FROM restricted_reader r WHERE {})"
OWN = f"r.person = {told('person')} AND r.person <> '' AND r.partnership = ANY ({listed('partnerships')})"
SCOPE_OF = "coalesce((SELECT i.{} FROM issue i WHERE i.id = $1), '')"


def upgrade() -> None:
    define("parley_told(name text)", "text[]", LISTED)
    op.create_index("ix_restricted_reader_person", "restricted_reader", ["person"])
    define("parley_named()", "text[]", NAMED.format(OWN), "DEFINER")
    for column in ("partnership", "visibility"):
        define(f"parley_{column}_of(record text)", "text", SCOPE_OF.format(column), "DEFINER")
    for table, record in RECORDS.items():
        raise_wall(table, by_class(record), can_write(record))
        let_work(table, Worker.CLOCK)
    let_work("issue", Worker.AUDITOR, Worker.CHECKUP, act="SELECT")
    audit()
    beside()
    queues()


def audit() -> None:
    """Lines are read inside the wall and added by the desk; heads of chains are its bookkeeping."""
    raise_wall("audit", f"{by_class('record')} OR (partnership = '' AND {administered('organisation')})")
    let_work("audit", Worker.CLOCK, Worker.VERIFIER, act="SELECT")
    let_work("audit", Worker.DESK, act="INSERT")
    raise_wall("audit_chain")
    let_work("audit_chain", Worker.DESK)
    let_work("audit_chain", Worker.VERIFIER, act="SELECT")


def beside() -> None:
    """What else belongs to a class, to a person, or to two companies' administrators."""
    raise_wall("series", by_class("''"), by_class("''"))
    let_work("series", Worker.CLOCK, Worker.RESTORER)
    mine = f"person = {told('person')} AND person <> ''"
    raise_wall("draft", mine, mine)
    let_work("draft", Worker.SWEEPER)
    ours = f"partnership = ANY ({listed('partnerships')}) AND {told('administers')} <> ''"
    raise_wall("proposal", ours, ours)
    let_work("proposal", Worker.CLOCK)


def queues() -> None:
    """Nobody reads what is promised and due: the desk adds to it, the post and the alarms take from it."""
    for table in QUEUES:
        raise_wall(table)
        let_work(table, Worker.DESK, Worker.POST, Worker.RESTORER)
        let_work(table, Worker.AUDITOR, Worker.CHECKUP, act="SELECT")
