"""Committees, their sessions, and the action items of a session or a thread."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.second_wall import by_class, let_work, name_scopes, raise_wall
from storage.told import Worker

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    committee()
    meeting()
    action()
    for table in ("committee", "meeting", "action"):
        raise_wall(table, by_class("''"), by_class("''"))
        let_work(table, Worker.CLOCK)
    name_scopes()


def words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def whole(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def listed(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.JSON(), nullable=False) for name in names]


def instant(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def committee() -> None:
    op.create_table(
        "committee",
        *words("id", "partnership", "visibility", "name"),
        *whole("tier"),
        *words("cadence", "sponsor_chair", "cro_chair"),
        *listed("members"),
        *whole("per_side"),
        sa.Column("needs_chairs", sa.Boolean(), nullable=False),
        *words("escalates_to"),
        *listed("delegates"),
        *whole("pack_due_bd", "minutes_due_bd", "version"),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_committee_partnership"),
        sa.PrimaryKeyConstraint("id", name="pk_committee"),
    )
    op.create_index("ix_committee_partnership", "committee", ["partnership"])


def meeting() -> None:
    op.create_table(
        "meeting",
        *words("id", "committee", "partnership", "visibility"),
        sa.Column("day", sa.Date(), nullable=False),
        *words("state"),
        *listed("attended", "sides", "chaired"),
        sa.Column("minutes_issued", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        *words("closed_by"),
        instant("closed_at", nullable=True),
        *whole("version"),
        sa.ForeignKeyConstraint(["committee"], ["committee.id"], name="fk_meeting_committee"),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_meeting_partnership"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
    )
    op.create_index("ix_meeting_partnership_day", "meeting", ["partnership", "day"])


def action() -> None:
    op.create_table(
        "action",
        *words("id", "number"),
        *whole("counter"),
        *words("partnership", "visibility"),
        sa.Column("text", sa.Text(), nullable=False),
        *words("owner", "owner_side", "made_by"),
        instant("made_at"),
        *words("state", "session", "thread"),
        sa.Column("due", sa.Date(), nullable=True),
        instant("done_at", nullable=True),
        *words("done_by", "became"),
        *whole("version"),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_action_partnership"),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
        sa.UniqueConstraint(
            "partnership", "visibility", "number", name="uq_action_partnership_visibility_number"
        ),
    )
    for column in ("thread", "session", "owner"):
        op.create_index(f"ix_action_{column}", "action", [column])
