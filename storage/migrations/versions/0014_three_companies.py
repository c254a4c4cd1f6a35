"""Tri-party issues: the third company that reads one, and the door in the second wall for it alone."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.second_wall import by_class, can_write, define, let_work, listed, raise_wall, told
from storage.told import Worker

revision = "0014"
down_revision = "0013"

# As it was, and: a third company reads what names it, for as long as it is the sponsor's partner.
NAMED = f"""ARRAY(
  SELECT 'restricted:' || r.record FROM restricted_reader r
  WHERE r.person = {told("person")} AND r.partnership = ANY ({listed("partnerships")}) AND r.person <> ''
  AND NOT r.barred
UNION ALL
  SELECT 'tri_party:' || p.record FROM issue_party p
  WHERE p.organisation = {told("organisation")} AND p.organisation <> ''
  AND p.through || ':shared' = ANY ({listed("sees")}))
"""  # noqa: S608 our own constant words only


def upgrade() -> None:
    op.add_column("issue", sa.Column("third", sa.String(), nullable=False, server_default=""))
    words = ("record", "organisation", "through", "partnership", "visibility")
    op.create_table(
        "issue_party",
        *(sa.Column(name, sa.String(), nullable=False) for name in words),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="fk_issue_party_organisation"),
        sa.ForeignKeyConstraint(["through"], ["partnership.id"], name="fk_issue_party_through"),
        sa.PrimaryKeyConstraint("record", "organisation", name="pk_issue_party"),
    )
    op.create_index("ix_issue_party_through", "issue_party", ["through"])
    define("parley_named()", "text[]", NAMED, "DEFINER")
    raise_wall("issue_party", by_class("record"), can_write("record"))
    let_work("issue_party", Worker.CLOCK)
