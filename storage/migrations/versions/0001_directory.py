"""The two companies' directory and what they agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    organisation()
    person()
    identity()
    role()
    calendar()
    policy()
    partnership()
    room()
    counterpart()
    study()
    service()
    admission()


def words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def organisation() -> None:
    op.create_table(
        "organisation",
        *words("id", "side", "name", "zone", "platform", "tenant"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
    )


def person() -> None:
    op.create_table(
        "person",
        *words("id", "organisation", "name", "title", "zone", "handle"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="fk_person_organisation"),
    )
    op.create_index("ix_person_organisation", "person", ["organisation"])


def identity() -> None:
    op.create_table(
        "identity",
        *words("platform", "tenant", "user", "person", "organisation"),
        sa.PrimaryKeyConstraint("platform", "tenant", "user", name="pk_identity"),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="fk_identity_organisation"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_identity_person"),
    )
    op.create_index("ix_identity_person", "identity", ["person"])


def role() -> None:
    op.create_table(
        "role",
        *words("person", "role", "organisation"),
        sa.PrimaryKeyConstraint("person", "role", name="pk_role"),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="fk_role_organisation"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_role_person"),
    )


def calendar() -> None:
    op.create_table(
        "calendar",
        *words("id"),
        sa.Column("work_week", sa.JSON(), nullable=False),
        sa.Column("holidays", sa.JSON(), nullable=False),
        sa.Column("day_ends_at", sa.Time(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calendar"),
    )


def policy() -> None:
    op.create_table(
        "policy",
        *words("id"),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_policy"),
    )


def partnership() -> None:
    op.create_table(
        "partnership",
        *words("id", "code", "sponsor", "cro", "calendar", "policy"),
        sa.PrimaryKeyConstraint("id", name="pk_partnership"),
        sa.ForeignKeyConstraint(["calendar"], ["calendar.id"], name="fk_partnership_calendar"),
        sa.ForeignKeyConstraint(["cro"], ["organisation.id"], name="fk_partnership_cro"),
        sa.ForeignKeyConstraint(["policy"], ["policy.id"], name="fk_partnership_policy"),
        sa.ForeignKeyConstraint(["sponsor"], ["organisation.id"], name="fk_partnership_sponsor"),
        sa.UniqueConstraint("code", name="uq_partnership_code"),
    )
    op.create_index("ix_partnership_cro", "partnership", ["cro"])
    op.create_index("ix_partnership_sponsor", "partnership", ["sponsor"])


def room() -> None:
    op.create_table(
        "room",
        *words(
            "id", "organisation", "partnership", "visibility", "name", "platform", "tenant", "conversation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_room"),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="fk_room_organisation"),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_room_partnership"),
        sa.UniqueConstraint(
            "platform", "tenant", "conversation", name="uq_room_platform_tenant_conversation"
        ),
    )
    op.create_index("ix_room_partnership", "room", ["partnership"])


def counterpart() -> None:
    op.create_table(
        "counterpart",
        *words("partnership", "level", "sponsor", "cro"),
        sa.PrimaryKeyConstraint("partnership", "level", name="pk_counterpart"),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_counterpart_partnership"),
    )


def study() -> None:
    op.create_table(
        "study",
        *words("id", "organisation"),
        sa.PrimaryKeyConstraint("id", name="pk_study"),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="fk_study_organisation"),
    )


def service() -> None:
    op.create_table(
        "service",
        *words("study", "partnership"),
        sa.PrimaryKeyConstraint("study", "partnership", name="pk_service"),
        sa.ForeignKeyConstraint(["partnership"], ["partnership.id"], name="fk_service_partnership"),
        sa.ForeignKeyConstraint(["study"], ["study.id"], name="fk_service_study"),
    )


def admission() -> None:
    op.create_table(
        "admission",
        *words("id", "organisation", "platform", "tenant", "user", "name", "state"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *words("decided_by"),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_admission"),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="fk_admission_organisation"),
        sa.UniqueConstraint("platform", "tenant", "user", name="uq_admission_platform_tenant_user"),
    )
    op.create_index("ix_admission_organisation", "admission", ["organisation"])
