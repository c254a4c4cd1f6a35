"""Links by which a person's own browser fetches what they take away."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    words = [sa.Column(name, sa.String(), nullable=False) for name in WORDS]
    op.create_table(
        "export_link",
        *words,
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("browsers", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_export_link_person"),
        sa.PrimaryKeyConstraint("id", name="pk_export_link"),
    )
    op.create_index("ix_export_link_digest", "export_link", ["digest"], unique=True)
    op.create_index("ix_export_link_until", "export_link", ["until"])


WORDS = ("id", "digest", "person", "format", "state", "cookie", "code")
