"""First steps in chat: invitations, emergency lines, absences, and what a company keeps of its people."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

WATCHED = ("study", "service", "contact", "absence")  # two of them new, two made anew
TOKEN = {"sqlite": "hex(randomblob(16))", "postgresql": "gen_random_uuid()::text"}


def upgrade() -> None:
    columns()
    studies()
    contact()
    absence()
    invitation()
    shown()
    dialect = op.get_bind().dialect.name
    for table in WATCHED:
        watch(dialect, table)


def words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def columns() -> None:
    """What is kept more of companies and people, and that there is one of each kind."""
    for table, names in (
        ("organisation", ["working_hours"]),
        ("person", ["email", "working_hours", "backup"]),
    ):
        for name in names:
            op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("organisation", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    at_home = sa.text("tenant != ''")
    op.create_index(
        "uq_organisation_platform_tenant",
        "organisation",
        ["platform", "tenant"],
        unique=True,
        sqlite_where=at_home,
        postgresql_where=at_home,
    )
    op.create_index("uq_partnership_sponsor_cro", "partnership", ["sponsor", "cro"], unique=True)


def studies() -> None:
    """A study's name is its sponsor's own: another sponsor may have one of the same name."""
    connection = op.get_bind()
    kept = {table: rows(connection, table) for table in ("study", "service")}
    op.drop_table("service")
    op.drop_table("study")
    owner = {row["id"]: row["organisation"] for row in kept["study"]}
    study = op.create_table(
        "study",
        *words("id", "organisation"),
        sa.PrimaryKeyConstraint("id", "organisation", name="pk_study"),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="fk_study_organisation"),
    )
    service = op.create_table(
        "service",
        *words("study", "partnership", "organisation"),
        sa.PrimaryKeyConstraint("study", "partnership", name="pk_service"),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_service_partnership"),
        sa.ForeignKeyConstraint(
            ["study", "organisation"],
            ["study.id", "study.organisation"],
            name="fk_service_study_organisation",
        ),
    )
    op.bulk_insert(study, kept["study"])
    op.bulk_insert(service, [{**row, "organisation": owner[row["study"]]} for row in kept["service"]])


def rows(connection: sa.Connection, table: str) -> list[dict[str, Any]]:
    found = connection.execute(sa.text(f"SELECT * FROM {table}"))  # noqa: S608 our own constant words
    return [dict(row) for row in found.mappings()]


def contact() -> None:
    op.create_table(
        "contact",
        *words("partnership", "line", "side", "name", "person", "phone", "email", "hours"),
        sa.PrimaryKeyConstraint("partnership", "line", "side", name="pk_contact"),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_contact_partnership"),
    )


def absence() -> None:
    op.create_table(
        "absence",
        *words("person"),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        *words("delegate"),
        sa.PrimaryKeyConstraint("person", name="pk_absence"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_absence_person"),
        sa.ForeignKeyConstraint(["delegate"], ["person.id"], name="fk_absence_delegate"),
    )


def invitation() -> None:
    op.create_table(
        "invitation",
        *words("id", "digest", "kind", "organisation", "person", "name"),
        sa.Column("side", sa.String(), nullable=True),
        *words("label"),
        sa.Column("terms", sa.JSON(), nullable=True),
        *words("partnership", "visibility"),
        sa.Column("place", sa.JSON(), nullable=True),
        *words("state", "taken_by"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("digest", name="uq_invitation_digest"),
    )
    op.create_index("ix_invitation_organisation", "invitation", ["organisation"])


def shown() -> None:
    op.create_table(
        "shown",
        *words("invitation", "platform", "tenant", "user"),
        sa.PrimaryKeyConstraint("invitation", "platform", "tenant", "user", name="pk_shown"),
        sa.ForeignKeyConstraint(["invitation"], ["invitation.id"], name="fk_shown_invitation"),
    )


def watch(dialect: str, table: str) -> None:
    """Every change to it makes a new edition of the directory."""
    if dialect == "sqlite":
        change = f"UPDATE edition SET token = {TOKEN[dialect]}"  # noqa: S608 our own constant words
        for act in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER edition_{table}_{act.lower()} AFTER {act} ON {table} BEGIN {change}; END"
            )
        return
    op.execute(
        f"CREATE TRIGGER edition_{table} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION edition_changed()"
    )
