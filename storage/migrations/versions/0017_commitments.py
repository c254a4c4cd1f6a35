"""Commitments; and where any record began, which only issues had until now."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.second_wall import by_class, can_write, let_work, raise_wall
from storage.told import Worker

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    commitment()
    record_link()


def words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def instant(name: str, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def kept(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.JSON(), nullable=False) for name in names]


def commitment() -> None:
    """Read by class alone: no commitment names readers of its own."""
    op.create_table(
        "commitment",
        *words("id", "number", "partnership", "visibility"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("counter", "version", "moved_before")),
        sa.Column("text", sa.Text(), nullable=False),
        *words("owner", "owner_side", "receiver", "made_by"),
        instant("made_at", nullable=False),
        instant("changed_at"),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("first_due", "due")),
        *words("state", "accepted_by", "done_by", "confirmed_by", "reason", "source", "study"),
        *(instant(name) for name in ("accepted_at", "done_at", "confirm_by", "confirmed_at")),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("done_on", "snoozed_until")),
        *kept("moves", "claims", "evidence", "linked", "remind", "rang"),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_commitment_partnership"),
        sa.PrimaryKeyConstraint("id", name="pk_commitment"),
        sa.UniqueConstraint(
            "partnership", "visibility", "number", name="uq_commitment_partnership_visibility_number"
        ),
    )
    for columns in (("partnership", "visibility", "due"), ("due", "counter", "number")):
        op.create_index(f"ix_commitment_{'_'.join(columns)}", "commitment", list(columns))
    for column in ("owner", "receiver", "changed_at"):
        op.create_index(f"ix_commitment_{column}", "commitment", [column])
    raise_wall("commitment", by_class("''"), by_class("''"))
    let_work("commitment", Worker.CLOCK)
    let_work("commitment", Worker.AUDITOR, Worker.CHECKUP, act="SELECT")


def record_link() -> None:
    """The same rows under a name that is true of every record."""
    op.create_table(
        "record_link",
        *words("record", "side", "partnership", "visibility"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record", "side", name="pk_record_link"),
    )
    op.create_index("ix_record_link_url", "record_link", ["url"])
    raise_wall("record_link", by_class("record"), can_write("record"))
    let_work("record_link", Worker.CLOCK)
    op.execute(
        "INSERT INTO record_link (record, side, partnership, visibility, version, url)"
        " SELECT issue, side, partnership, visibility, version, url FROM issue_link"
    )
    op.drop_table("issue_link")
