"""The third company of a tri-party record: who may be one, who is one, and the names its people may read."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, literal, select

from bot.actors import Actor
from bot.governance.issue import Issue
from bot.governance.parting import PartnershipEnded
from bot.governance.partnership import Partnership, Person, Third
from bot.governance.visibility import Scope, Visibility
from storage import mapper, wall
from storage.agreed import ServiceRow
from storage.bound import table
from storage.issue_rows import IssuePartyRow, IssueRow
from storage.memory import Remembering, remembered
from storage.partnerships import NAMED, PAST
from storage.tables import OrganisationRow, PartnershipRow, PersonRow

ISSUE = table(IssueRow)
ORGANISATION = table(OrganisationRow)
PARTNERSHIP = table(PartnershipRow)
PARTY = table(IssuePartyRow)
PERSON = table(PersonRow)
SERVICE = table(ServiceRow)
OURS, THEIRS = SERVICE.alias("ours"), SERVICE.alias("theirs")

# Another partnership of the same sponsor that serves a study which this one serves too.
BESIDE = (
    select(
        ORGANISATION.c.id.label("organisation"),
        ORGANISATION.c.name,
        PARTNERSHIP.c.id.label("through"),
        PARTNERSHIP.c.code,
        OURS.c.study,
    )
    .join(THEIRS, and_(OURS.c.study == THEIRS.c.study, OURS.c.organisation == THEIRS.c.organisation))
    .join(PARTNERSHIP, PARTNERSHIP.c.id == THEIRS.c.partnership)
    .join(ORGANISATION, ORGANISATION.c.id == PARTNERSHIP.c.cro)
    .where(OURS.c.partnership == bindparam("partnership"), THEIRS.c.partnership != OURS.c.partnership)
    .where(PARTNERSHIP.c.ended_on.is_(None))
    .where(PARTNERSHIP.c.id.not_in(PAST))
    .order_by(ORGANISATION.c.name, ORGANISATION.c.id, OURS.c.study)
)
ON_STUDY = BESIDE.where(OURS.c.study == bindparam("study"), ORGANISATION.c.id == bindparam("third"))
OVER_NOW = select(PARTNERSHIP.c.id).where(
    PARTNERSHIP.c.id == bindparam("partnership"), PARTNERSHIP.c.id.in_(PAST)
)
WITH = BESIDE.where(ORGANISATION.c.id == bindparam("third"))


class Parties(Remembering):
    """Two CROs know of each other only where both serve one study of the same sponsor."""

    @remembered
    def thirds(self, actor: Actor, partnership: str) -> tuple[Third, ...]:
        """Whom a record of that partnership could be opened to as well, with the studies that both serve."""
        if not _inside(actor, partnership):
            return ()
        found: dict[str, Third] = {}
        for row in self.run(BESIDE, partnership=partnership):
            studies = found[row.organisation].studies if row.organisation in found else ()
            found[row.organisation] = Third(row.organisation, row.name, row.through, (*studies, row.study))
        return tuple(found.values())

    def third(self, actor: Actor, record: str) -> Third | None:
        """Who reads that record besides the two companies; None where nobody does or it is out of sight."""
        row = self.run(_third(self.passes(actor)), record=record, **wall.sight(actor)).first()
        return Third(row.organisation, row.name, row.through) if row else None

    def home(self, actor: Actor, record: str) -> Partnership | None:
        """Whose tri-party record it is: the names of both companies, and nothing of what they agreed."""
        row = self.run(_home(self.passes(actor)), record=record, **wall.sight(actor)).mappings().first()
        return mapper.built(Partnership, row, calendar="", policy="") if row else None

    def acquainted(self, actor: Actor, record: str, people: Collection[str]) -> tuple[Person, ...]:
        """Those of these active people who are of the record's three companies; of each the name only."""
        home, third = self.home(actor, record), self.third(actor, record)
        if home is None or third is None or not people:
            return ()
        companies = [home.sponsor, home.cro, third.organisation]
        rows = self.run(ACQUAINTED, people=sorted(people), companies=companies).mappings()
        return tuple(mapper.built(Person, row) for row in rows)

    def beside(self, actor: Actor, partnership: str, third: str) -> tuple[str, str] | None:
        """That company's own partnership with the same sponsor, and its code; None if they share no study."""
        row = self.run(WITH, partnership=partnership, third=third).first()
        return (row.through, row.code) if row and _inside(actor, partnership) else None

    def goes_on(self, actor: Actor, partnership: str) -> None:
        """Raises PartnershipEnded where it is over, which a third company's actor does not know."""
        if not _inside(actor, partnership) and self.run(OVER_NOW, partnership=partnership).first():
            raise PartnershipEnded

    def admit(self, actor: Actor, issue: Issue) -> None:
        """Names the third company. Raises PermissionError unless it serves the issue's study too."""
        asked = {"partnership": issue.partnership, "study": issue.study, "third": issue.third}
        row = self.run(ON_STUDY, **asked).first() if issue.visibility is Visibility.TRI_PARTY else None
        if row is None or not _inside(actor, issue.partnership):
            raise PermissionError("that company does not serve the same study of the same sponsor")
        named = {"record": issue.id, "organisation": issue.third, "through": row.through, "version": 1}
        self.put(PARTY, named | mapper.columns(Scope(issue.partnership, issue.visibility)))


def _inside(actor: Actor, partnership: str) -> bool:
    return actor.is_clock or partnership in actor.partnerships


ACQUAINTED = select(
    PERSON.c.id,
    PERSON.c.organisation,
    PERSON.c.name,
    literal("").label("title"),
    literal("UTC").label("zone"),
    literal("").label("handle"),
).where(
    PERSON.c.active,
    PERSON.c.id.in_(bindparam("people", expanding=True)),
    PERSON.c.organisation.in_(bindparam("companies", expanding=True)),
)


@cache
def _third(clock: bool) -> Select[Any]:
    named = select(PARTY.c.organisation, PARTY.c.through, ORGANISATION.c.name)
    inside = wall.inside(clock, PARTY, PARTY.c.record)
    return named.join(ORGANISATION).where(PARTY.c.record == bindparam("record"), inside)


@cache
def _home(clock: bool) -> Select[Any]:
    here = ISSUE.c.id == bindparam("record"), ISSUE.c.visibility == Visibility.TRI_PARTY.value
    inside = wall.inside(clock, ISSUE, ISSUE.c.id)
    return NAMED.where(ISSUE.c.partnership == PARTNERSHIP.c.id, *here, inside)
