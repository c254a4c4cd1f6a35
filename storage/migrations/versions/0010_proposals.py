"""Changing what was agreed: proposals, and the versions of calendars and policies."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    for table in ("calendar", "policy"):
        op.add_column(table, sa.Column("name", sa.String(), nullable=False, server_default=""))
    for name in ("countries", "earlier"):
        op.add_column("calendar", sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("calendar", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    words = [sa.Column(name, sa.String(), nullable=False) for name in WORDS]
    op.create_table(
        "proposal",
        *words,
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=True),
        sa.Column("calendar", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_proposal_partnership"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
    )
    is_open = sa.text("state = 'open'")
    op.create_index(
        "uq_proposal_open",
        "proposal",
        ["partnership", "kind"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


WORDS = ("id", "partnership", "kind", "replaces", "by", "side")
