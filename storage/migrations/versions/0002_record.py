"""Issues, drafts, numbers, once-only keys, the audit and its triggers, addresses and the clock."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    issue()
    restricted_reader()
    series()
    draft()
    once()
    audit()
    audit_chain()
    reach()
    clock()
    taken()
    append_only()


def words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def issue() -> None:
    op.create_table(
        "issue",
        *words("id", "number"),
        sa.Column("counter", sa.Integer(), nullable=False),
        *words("partnership", "visibility"),
        sa.Column("version", sa.Integer(), nullable=False),
        *words("title", "severity", "state", "level"),
        sa.Column("level_entered_at", sa.DateTime(timezone=True), nullable=False),
        *words("raised_by", "raised_side"),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        *words("owner"),
        sa.Column("rule", sa.JSON(), nullable=False),
        *words("study", "category", "description"),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        *words("acknowledged_by"),
        sa.Column("ack_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issue"),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_issue_partnership"),
        sa.UniqueConstraint(
            "partnership", "visibility", "number", name="uq_issue_partnership_visibility_number"
        ),
    )
    op.create_index(
        "ix_issue_partnership_visibility_raised_at", "issue", ["partnership", "visibility", "raised_at"]
    )


def restricted_reader() -> None:
    op.create_table(
        "restricted_reader",
        *words("record", "person", "partnership", "visibility"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("record", "person", name="pk_restricted_reader"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_restricted_reader_person"),
    )


def series() -> None:
    op.create_table(
        "series",
        *words("partnership", "visibility", "noun", "prefix"),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("partnership", "visibility", "noun", name="pk_series"),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_series_partnership"),
    )


def draft() -> None:
    op.create_table(
        "draft",
        *words("id", "person", "partnership", "visibility"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_draft_person"),
    )
    op.create_index("ix_draft_at", "draft", ["at"])


def once() -> None:
    op.create_table(
        "once",
        *words("key", "kind", "subject"),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_once"),
    )
    op.create_index("ix_once_at", "once", ["at"])


def audit() -> None:
    op.create_table(
        "audit",
        *words("chain"),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *words("person", "what", "record", "partnership", "visibility", "organisation"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("salt", sa.String(), nullable=True),
        *words("payload_hash", "previous", "hash"),
        sa.PrimaryKeyConstraint("chain", "seq", name="pk_audit"),
    )
    op.create_index("ix_audit_record", "audit", ["record"])


def audit_chain() -> None:
    op.create_table(
        "audit_chain",
        *words("chain"),
        sa.Column("seq", sa.Integer(), nullable=False),
        *words("hash"),
        sa.PrimaryKeyConstraint("chain", name="pk_audit_chain"),
    )


def reach() -> None:
    op.create_table(
        "reach",
        *words("key", "platform", "tenant", "conversation", "user"),
        sa.Column("private", sa.Boolean(), nullable=False),
        *words("service"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_reach"),
    )
    op.create_index("ix_reach_platform_tenant", "reach", ["platform", "tenant"])


def clock() -> None:
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offset_seconds", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_clock"),
    )


def taken() -> None:
    op.create_table(
        "taken",
        *words("digest"),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_taken"),
    )


def append_only() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            refuse = "SELECT RAISE(ABORT, 'the audit is append-only');"
            op.execute(f"CREATE TRIGGER audit_no_{act.lower()} BEFORE {act} ON audit BEGIN {refuse} END")
        return
    op.execute(
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$"
    )
    for act in ("UPDATE", "DELETE", "TRUNCATE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{act.lower()} BEFORE {act} ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )
