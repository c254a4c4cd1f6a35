"""Opening up and blinding: the tag on a person, unblinded topics, and named readers who lost them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("person", sa.Column("blinding", sa.String(), nullable=False, server_default=""))
    for table, name in (("issue", "unblinded"), ("restricted_reader", "barred")):
        op.add_column(table, sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
