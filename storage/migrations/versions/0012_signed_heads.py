"""Heads signed each day; redactions; and the one change an audit line may see: that its content is erased."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.second_wall import administered, by_class, can_write, let_work, raise_wall
from storage.told import Worker

revision = "0012"
down_revision = "0011"

KEPT = (
    *("chain", "seq", "at", "person", "what", "record", "partnership", "visibility", "organisation"),
    *("version", "payload_hash", "previous", "hash"),
)
SAYS_NO = "the audit is append-only"


def upgrade() -> None:
    signed_head()
    redaction()
    content_alone_may_go()


def words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def signed_head() -> None:
    op.create_table(
        "signed_head",
        *words("chain"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        *words("hash", "mark", "key", "signature", "partnership", "visibility", "organisation", "record"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "day", "mark", name="pk_signed_head"),
    )
    own = f"(partnership = '' AND {administered('organisation')})"
    raise_wall("signed_head", f"{by_class('record')} OR {own}")
    let_work("signed_head", Worker.VERIFIER)
    let_work("signed_head", Worker.CLOCK, act="SELECT")


def redaction() -> None:
    """Who asked whose agreement to erase which lines; it holds none of their words."""
    op.create_table(
        "redaction",
        *words("id", "issue", "partnership", "visibility", "chain"),
        sa.Column("lines", sa.JSON(), nullable=False),
        *words("by", "organisation"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        *words("state", "answered_by"),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issue"], ["issue.id"], name="fk_redaction_issue"),
        sa.PrimaryKeyConstraint("id", name="pk_redaction"),
    )
    is_open = sa.text("state = 'open'")
    op.create_index(
        "uq_redaction_open",
        "redaction",
        ["issue", "visibility"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    raise_wall("redaction", by_class("issue"), can_write("issue"))
    let_work("redaction", Worker.CLOCK)


def content_alone_may_go() -> None:
    if op.get_bind().dialect.name == "sqlite":
        on_sqlite()
    else:
        on_postgresql()


def on_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SAYS_NO}'); END"
    op.execute("DROP TRIGGER audit_no_update")
    op.execute(f"CREATE TRIGGER audit_no_update BEFORE UPDATE OF {', '.join(KEPT)} ON audit {refuse}")
    filled = "NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL"
    op.execute(
        f"CREATE TRIGGER audit_only_erased BEFORE UPDATE OF payload, salt ON audit WHEN {filled} {refuse}"
    )
    # INSERT OR REPLACE would take a line away without any trigger against DELETE.
    there = "EXISTS (SELECT 1 FROM audit WHERE chain = NEW.chain AND seq = NEW.seq)"
    op.execute(f"CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN {there} {refuse}")


def on_postgresql() -> None:
    op.execute("DROP TRIGGER audit_no_update ON audit")
    op.execute(
        f"CREATE TRIGGER audit_no_update BEFORE UPDATE OF {', '.join(KEPT)} ON audit"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    )
    op.execute(
        "CREATE TRIGGER audit_only_erased BEFORE UPDATE ON audit FOR EACH ROW"
        " WHEN (NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL) EXECUTE FUNCTION audit_refuse()"
    )
    op.execute(f"CREATE POLICY audit_erasers ON audit FOR UPDATE USING ({by_class('record')})")
