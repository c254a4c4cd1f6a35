"""Where we are installed, with what we speak with there, encrypted; and one-time states that were used."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "installation",
        *words("platform", "tenant", "name", "key"),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_out", sa.DateTime(timezone=True), nullable=True),
        sa.Column("let_in", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "tenant", name="pk_installation"),
    )
    op.create_table(
        "belonging",
        *words("platform", "tenant", "organisation"),
        sa.PrimaryKeyConstraint("platform", "tenant", name="pk_belonging"),
    )
    op.create_index("ix_belonging_platform_organisation", "belonging", ["platform", "organisation"])
    op.create_table(
        "install_state",
        *words("digest"),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_install_state"),
    )


def words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]
