"""Digests: how often each reader gets one, and what finds the lines of one quickly."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    words = [sa.Column(name, sa.String(), nullable=False) for name in ("reader", "person", "room", "rhythm")]
    op.create_table(
        "digest",
        *words,
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("quiet", "chosen")),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("reader", name="pk_digest"),
    )
    op.create_index("ix_digest_person", "digest", ["person"])
    op.create_index("ix_audit_partnership_at", "audit", ["partnership", "at"])
    op.create_index("ix_commitment_partnership_state", "commitment", ["partnership", "state", "due"])
    op.create_index("ix_issue_partnership_late", "issue", ["partnership", "late_at"])
    op.create_index("ix_issue_partnership_due", "issue", ["partnership", "due"])
    op.create_index("ix_issue_partnership_level", "issue", ["partnership", "level", "state"])
    for column in ("owner", "counterpart", "raised_by"):
        op.create_index(f"ix_issue_{column}_state", "issue", [column, "state"])
    op.create_index("ix_decision_status", "decision", ["status", "partnership", "visibility"])
    has_legal = sa.text("CAST(legal AS TEXT) <> 'null'")
    op.create_index(
        "ix_issue_legal", "issue", ["partnership"], sqlite_where=has_legal, postgresql_where=has_legal
    )
