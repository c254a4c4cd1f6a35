"""What is promised and when: outbox, live messages, rate-limit buckets and dues."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBERED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHILE_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    outbox()
    sent()
    bucket()
    due()


def words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", NUMBERED, nullable=False, autoincrement=True),
        *words("key", "kind", "subject"),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *words("partnership", "visibility", "room", "person", "user"),
        sa.Column("place", sa.JSON(), nullable=True),
        *words("queue"),
        sa.Column("live", sa.Boolean(), nullable=False),
        *words("state"),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease", sa.String(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("began", sa.Boolean(), nullable=False),
        sa.Column("doubt", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        *words("reason", "conversation", "message"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_due", "outbox", ["due"], sqlite_where=WHILE_OPEN, postgresql_where=WHILE_OPEN)
    op.create_index(
        "ix_outbox_open", "outbox", ["queue", "id"], sqlite_where=WHILE_OPEN, postgresql_where=WHILE_OPEN
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "at"])
    op.create_index("ix_outbox_subject", "outbox", ["subject", "kind"])


def sent() -> None:
    op.create_table(
        "sent",
        *words("kind", "subject", "queue", "conversation", "message"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "queue", name="pk_sent"),
    )


def bucket() -> None:
    op.create_table(
        "bucket",
        *words("name"),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_bucket"),
    )


def due() -> None:
    op.create_table(
        "due",
        sa.Column("id", NUMBERED, nullable=False, autoincrement=True),
        *words("key"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *words("kind", "subject", "partnership", "visibility", "state"),
        sa.Column("lease", sa.String(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_due"),
    )
    op.create_index("ix_due_open", "due", ["at"], sqlite_where=WHILE_OPEN, postgresql_where=WHILE_OPEN)
    op.create_index(
        "uq_due_key_open", "due", ["key"], unique=True, sqlite_where=WHILE_OPEN, postgresql_where=WHILE_OPEN
    )
