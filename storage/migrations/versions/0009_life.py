"""An issue's whole life: what both sides said and agreed about it, its notes, and which alarm comes first."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

WORDS = (
    "policy",
    "counterpart",
    "contained_by",
    "containment",
    "resolved_by",
    "resolution",
    "verified_by",
    "closed_by",
    "reason",
    "duplicate_of",
)
LISTS = ("grades", "views", "stops")
OBJECTS = ("linked", "rang")
MAYBE = ("plan", "offer", "root_cause", "capa", "hold", "dispute", "legal")
INSTANTS = (
    "contained_at",
    "resolved_at",
    "verified_at",
    "closed_at",
    "reopened_at",
    "moved_at",
    "alarmed_at",
    "late_at",
)
OWNER_SIDE = """
UPDATE issue SET owner_side = COALESCE((
  SELECT organisation.side FROM person JOIN organisation ON organisation.id = person.organisation
  WHERE person.id = issue.owner), raised_side)
"""
RANKS = ("critical", "major", "minor")


def upgrade() -> None:
    op.add_column("policy", sa.Column("ladder", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("policy", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.drop_column("policy", "body")  # not in a batch: a copied table would lose its triggers
    with op.batch_alter_table("issue") as issue:
        for column in _columns():
            issue.add_column(column)
    _freeze()
    op.execute(OWNER_SIDE)
    with op.batch_alter_table("issue") as issue:
        issue.drop_column("rule")
        issue.create_index("ix_issue_late_at", ["late_at"])
    op.add_column("due", sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
    for rank, severity in enumerate(RANKS):
        of = sa.text(
            "UPDATE due SET rank = :rank WHERE subject IN (SELECT id FROM issue WHERE severity = :of)"
        )
        op.get_bind().execute(of, {"rank": rank, "of": severity})
    _in_order()
    op.create_index("ix_sent_message", "sent", ["conversation", "message"])
    _notes()


def _in_order() -> None:
    """The open ones in the order in which they ring: the gravest first, then the soonest."""
    op.drop_index("ix_due_open", "due")
    is_open = sa.text("state = 'open'")
    columns = ["rank", "at", "id"]
    op.create_index("ix_due_open", "due", columns, sqlite_where=is_open, postgresql_where=is_open)


def _columns() -> Iterator[sa.Column[Any]]:
    yield sa.Column("rules", sa.JSON(), nullable=False, server_default="{}")
    yield sa.Column("owner_side", sa.String(), nullable=False, server_default="")
    yield sa.Column("raised_against", sa.String(), nullable=True)
    yield sa.Column("plan_climbed", sa.Date(), nullable=True)
    yield from (sa.Column(name, sa.String(), nullable=False, server_default="") for name in WORDS)
    yield from (sa.Column(name, sa.JSON(), nullable=False, server_default="[]") for name in LISTS)
    yield from (sa.Column(name, sa.JSON(), nullable=False, server_default="{}") for name in OBJECTS)
    yield from (sa.Column(name, sa.JSON(), nullable=True) for name in MAYBE)
    yield from (sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in INSTANTS)


def _freeze() -> None:
    """Each open issue keeps the policy of its partnership as it is now, and its own rule as it was."""
    record = op.get_bind()
    policies = {
        row.id: _told(row.rules)
        for row in record.execute(
            sa.text("SELECT p.id, policy.rules FROM partnership p JOIN policy ON policy.id = p.policy")
        )
    }
    every = sa.text("SELECT id, partnership, severity, raised_at, acknowledged_at, rule FROM issue")
    for row in record.execute(every).all():
        rules = {**policies.get(row.partnership, {}), row.severity: _told(row.rule)}
        grades = [{"at": _instant(row.raised_at), "severity": row.severity, "by": "", "reason": ""}]
        frozen = sa.text(
            "UPDATE issue SET rules = :rules, grades = :grades, moved_at = :moved WHERE id = :id"
        )
        moved = row.acknowledged_at or row.raised_at
        told = {"rules": json.dumps(rules), "grades": json.dumps(grades), "moved": moved, "id": row.id}
        record.execute(frozen, told)


def _told(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _instant(value: Any) -> str:
    """As the mapper writes it; SQLite hands out the words it keeps, which are in UTC."""
    return f"{value}+00:00".replace(" ", "T") if isinstance(value, str) else str(value.isoformat())


def _notes() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("issue", sa.String(), nullable=False),
        sa.Column("partnership", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issue"], ["issue.id"], name="fk_note_issue"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_issue_at", "note", ["issue", "at"])
