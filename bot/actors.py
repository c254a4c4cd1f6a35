"""Who is asking, and what they may do: side and roles come from our own directory only."""

from dataclasses import dataclass
from enum import StrEnum

from bot.governance.visibility import Scope, Side


class Permission(StrEnum):
    """What a command asks of its speaker."""

    READ = "read"
    LOG = "log"
    ACKNOWLEDGE = "acknowledge"
    ADMINISTER = "administer"
    HOLD = "hold"


class Role(StrEnum):
    """The field's roles (DOMAIN.md 1.2), and the administrator of a company's own directory."""

    EXECUTIVE_SPONSOR = "executive_sponsor"
    JOC_CO_CHAIR = "joc_co_chair"
    ALLIANCE_MANAGER = "alliance_manager"
    STUDY_LEAD = "study_lead"
    PROJECT_LEAD = "project_lead"
    CLINOPS_LEAD = "clinops_lead"
    FUNCTIONAL_LEAD = "functional_lead"
    QUALITY_LEAD = "quality_lead"
    FINANCE_LEAD = "finance_lead"
    ACCOUNT_EXECUTIVE = "account_executive"
    GENERAL_COUNSEL = "general_counsel"
    MEMBER = "member"
    OBSERVER = "observer"
    ADMINISTRATOR = "administrator"


WORKING = frozenset({Permission.READ, Permission.LOG, Permission.ACKNOWLEDGE})
GRANTS: dict[Role, frozenset[Permission]] = {
    role: WORKING for role in Role if role not in (Role.OBSERVER, Role.ADMINISTRATOR)
} | {
    Role.OBSERVER: frozenset({Permission.READ}),
    Role.ADMINISTRATOR: frozenset({Permission.ADMINISTER, Permission.HOLD}),
    Role.QUALITY_LEAD: WORKING | {Permission.HOLD},
    Role.GENERAL_COUNSEL: WORKING | {Permission.HOLD},
}
# Who still reads the record of a partnership that has ended: whoever has to answer for it.
KEEPERS = frozenset({Role.QUALITY_LEAD, Role.GENERAL_COUNSEL, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Actor:
    """A reader: a person, a room (which counts as its least-entitled member) or the clock.

    `sees` is everything they may read except restricted records, which name their readers by `person`.
    `ended` are those of the `partnerships` in which nothing is written any more.
    """

    person: str
    name: str
    organisation: str
    side: Side | None
    roles: frozenset[Role]
    partnerships: frozenset[str]
    sees: frozenset[Scope]
    zone: str = "UTC"
    room: str = ""
    ended: frozenset[str] = frozenset()

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles grants it."""
        return any(permission in GRANTS[role] for role in self.roles)

    @property
    def is_clock(self) -> bool:
        """The clock acts for nobody; it passes the wall and is never shown anything."""
        return self is CLOCK


CLOCK = Actor("", "Parley", "", None, frozenset(), frozenset(), frozenset())
