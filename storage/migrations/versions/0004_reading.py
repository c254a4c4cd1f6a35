"""What makes reading fast: issues by age, and the directory's edition, by which it may be kept in memory."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WATCHED = (
    "organisation",
    "person",
    "identity",
    "role",
    "calendar",
    "policy",
    "partnership",
    "room",
    "counterpart",
    "study",
    "service",
)
# Random, not counted: a number given in a transaction that is rolled back would be given again.
TOKEN = {"sqlite": "hex(randomblob(16))", "postgresql": "gen_random_uuid()::text"}


def upgrade() -> None:
    op.create_index("ix_issue_raised_at_counter_number", "issue", ["raised_at", "counter", "number"])
    edition()


def edition() -> None:
    """Every change to the directory, by whomever, makes a new one."""
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
    )
    dialect = op.get_bind().dialect.name
    op.execute(f"INSERT INTO edition (id, token) VALUES (1, {TOKEN[dialect]})")  # noqa: S608 our own constant words
    change = f"UPDATE edition SET token = {TOKEN[dialect]}"  # noqa: S608 our own constant words
    if dialect == "sqlite":
        watch_rows(change)
    else:
        watch_statements(change)


def watch_rows(change: str) -> None:
    for table in WATCHED:
        for act in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER edition_{table}_{act.lower()} AFTER {act} ON {table} BEGIN {change}; END"
            )


def watch_statements(change: str) -> None:
    op.execute(
        "CREATE FUNCTION edition_changed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {change}; RETURN NULL; END $$"
    )
    for table in WATCHED:
        op.execute(
            f"CREATE TRIGGER edition_{table} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION edition_changed()"
        )
