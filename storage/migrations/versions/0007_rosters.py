"""Who is in each room, and accounts that their platforms bar; both are part of the directory's edition."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

WATCHED = ("roster", "occupant")
TOKEN = {"sqlite": "hex(randomblob(16))", "postgresql": "gen_random_uuid()::text"}


def upgrade() -> None:
    op.add_column("identity", sa.Column("barred", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "roster",
        *words("room", "organisation", "partnership", "name", "tenant", "state"),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *decision(),
        sa.PrimaryKeyConstraint("room", name="pk_roster"),
    )
    op.create_table(
        "occupant",
        *words("room", "platform", "tenant", "user", "name", "kind", "standing"),
        *decision(),
        sa.ForeignKeyConstraint(["room"], ["roster.room"], name="fk_occupant_room"),
        sa.PrimaryKeyConstraint("room", "platform", "tenant", "user", name="pk_occupant"),
    )
    op.create_index("ix_occupant_platform_tenant_user", "occupant", ["platform", "tenant", "user"])
    for table in WATCHED:
        watch(op.get_bind().dialect.name, table)


def words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def decision() -> tuple[sa.Column[str], sa.Column[object]]:
    at: sa.Column[object] = sa.Column("at", sa.DateTime(timezone=True), nullable=True)
    return sa.Column("by", sa.String(), nullable=False), at


def watch(dialect: str, table: str) -> None:
    """Every change to it makes a new edition."""
    if dialect == "sqlite":
        change = f"UPDATE edition SET token = {TOKEN[dialect]}"  # noqa: S608 our own constant words
        for act in ("INSERT", "UPDATE", "DELETE"):
            name = f"edition_{table}_{act.lower()}"
            op.execute(f"CREATE TRIGGER {name} AFTER {act} ON {table} BEGIN {change}; END")
    else:
        op.execute(
            f"CREATE TRIGGER edition_{table} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION edition_changed()"
        )
