"""When a partnership ends, what may not be deleted meanwhile, and who looked at who has access."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.second_wall import by_class, can_write, let_work, listed, raise_wall, told
from storage.told import Worker

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("partnership", sa.Column("ended_on", sa.Date(), nullable=True))
    ending()
    legal_hold()
    access_review()
    sweeping()


def words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def instant(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def ending() -> None:
    """The last day that each side has named; read by both sides' administrators."""
    op.create_table(
        "ending",
        *words("partnership", "side"),
        sa.Column("day", sa.Date(), nullable=False),
        *words("by"),
        instant("at"),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_ending_partnership"),
        sa.PrimaryKeyConstraint("partnership", "side", name="pk_ending"),
    )
    ours = f"partnership = ANY ({listed('partnerships')}) AND {told('administers')} <> ''"
    raise_wall("ending", ours, ours)
    let_work("ending", Worker.CLOCK)


def legal_hold() -> None:
    """A hold is its side's own: an internal record, or a restricted one where what it holds is restricted."""
    op.create_table(
        "legal_hold",
        *words("id", "partnership", "visibility", "issue", "side", "by"),
        instant("at"),
        sa.Column("why", sa.Text(), nullable=False),
        *words("released_by"),
        instant("released_at", nullable=True),
        sa.Column("release_why", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_legal_hold_partnership"),
        sa.PrimaryKeyConstraint("id", name="pk_legal_hold"),
    )
    op.create_index("ix_legal_hold_partnership", "legal_hold", ["partnership"])
    raise_wall("legal_hold", by_class("issue"), can_write("issue"))
    let_work("legal_hold", Worker.CLOCK)


def access_review() -> None:
    """One for each company and quarter; it names no partnership and no record."""
    op.create_table(
        "access_review",
        *words("id", "organisation", "quarter"),
        instant("at"),
        *words("by"),
        instant("answered_at", nullable=True),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="fk_access_review_organisation"),
        sa.PrimaryKeyConstraint("id", name="pk_access_review"),
        sa.UniqueConstraint("organisation", "quarter", name="uq_access_review_organisation_quarter"),
    )


def sweeping() -> None:
    """What the retention table says may go: facts of what was sent, and the content of audit lines."""
    let_work("restricted_reader", Worker.CHECKUP, act="SELECT")
    let_work("outbox", Worker.SWEEPER)
    let_work("audit", Worker.SWEEPER, act="SELECT")
    let_work("audit", Worker.SWEEPER, act="UPDATE")
