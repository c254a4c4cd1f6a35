"""Decisions: what was asked, decided and approved, each in the class of its partnership."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.second_wall import by_class, let_work, name_scopes, raise_wall
from storage.told import Worker

revision = "0018"
down_revision = "0017"

WORDS = ("id", "number", "partnership", "visibility", "status", "recorded_by", "quorum")
MORE = ("supersedes", "superseded_by", "session", "study")
TEXTS = ("question", "outcome", "rationale", "note", "reason")
LISTS = ("options", "evidence", "deciders", "dissent", "approvals")


def upgrade() -> None:
    op.create_table(
        "decision",
        *(sa.Column(name, sa.String(), nullable=False) for name in (*WORDS, *MORE)),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in LISTS),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("follow_up", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_decision_partnership"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.UniqueConstraint(
            "partnership", "visibility", "number", name="uq_decision_partnership_visibility_number"
        ),
    )
    op.create_index(
        "ix_decision_partnership_visibility_decided_on",
        "decision",
        ["partnership", "visibility", "decided_on"],
    )
    op.create_index("ix_decision_session", "decision", ["session"])
    raise_wall("decision", by_class("''"), by_class("''"))
    let_work("decision", Worker.CLOCK)
    name_scopes()
