"""Where an issue began: the address of a message, kept for one side only."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "issue_link",
        sa.Column("issue", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("partnership", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["issue"], ["issue.id"], name="fk_issue_link_issue"),
        sa.PrimaryKeyConstraint("issue", "side", name="pk_issue_link"),
    )
