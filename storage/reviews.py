"""Reviews of access: kept for each company, and what they are made of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select, update

from bot.actors import Actor, Permission
from bot.errors import Conflict
from bot.governance.review import DUE, Review
from storage import mapper, wall
from storage.access_rows import ReviewRow
from storage.audit import AUDIT, own_directory
from storage.bound import Bound, table
from storage.queues import OPEN, due
from storage.tables import IdentityRow, OrganisationRow, PersonRow, RoleRow
from storage.told import Worker

IDENTITY = table(IdentityRow)
ORGANISATION = table(OrganisationRow)
PERSON = table(PersonRow)
REVIEW = table(ReviewRow)
ROLE = table(RoleRow)
OF_QUARTER = select(REVIEW).where(
    REVIEW.c.organisation == bindparam("organisation"), REVIEW.c.quarter == bindparam("quarter")
)
BY_ID = select(REVIEW).where(REVIEW.c.id == bindparam("id"))
SHUT_OUT = (
    select(PERSON.c.id, PERSON.c.name, IDENTITY.c.barred)
    .where(IDENTITY.c.organisation == bindparam("organisation"), IDENTITY.c.barred != "")
    .where(IDENTITY.c.person == PERSON.c.id, PERSON.c.active)
    .order_by(PERSON.c.name)
)
COMPANIES = (
    select(PERSON.c.organisation)
    .where(PERSON.c.active, ROLE.c.person == PERSON.c.id, ROLE.c.role == "administrator")
    .distinct()
    .order_by(PERSON.c.organisation)
)


class Reviews(Bound):
    """Read and confirmed by the administrators of the company alone."""

    def review_of(self, organisation: str, quarter: str) -> Review | None:
        """That company's of that quarter, for the clock and the company itself."""
        row = self.run(OF_QUARTER, organisation=organisation, quarter=quarter).mappings().first()
        return mapper.built(Review, row) if row else None

    def review(self, actor: Actor, review: str) -> Review | None:
        """One of the company that the actor administers."""
        row = self.run(BY_ID, id=review).mappings().first()
        mine = row and (actor.is_clock or row["organisation"] == actor.organisation)
        may = actor.is_clock or actor.may(Permission.ADMINISTER)
        return mapper.built(Review, row) if row and mine and may else None

    def begin_review(self, review: Review) -> None:
        """A new one. Raises Conflict where that quarter has one by now."""
        if not self.put_new(REVIEW, mapper.columns(review)):
            raise Conflict(review.id)

    def save_review(self, review: Review) -> None:
        """The next version. Raises Conflict where another was first."""
        unchanged = REVIEW.c.id == review.id, REVIEW.c.version == review.version - 1
        values = mapper.columns(review, "id", "organisation", "quarter")
        if self.run(update(REVIEW).where(*unchanged).values(**values)).rowcount != 1:
            raise Conflict(review.id)

    def reviewed(self) -> tuple[str, ...]:
        """Every company that somebody administers."""
        return tuple(self.run(COMPANIES).scalars())

    def unscheduled(self, organisation: str) -> bool:
        """Whether nothing is due that begins that company's next review."""
        self.works(Worker.DESK)
        key = f"{DUE}:{organisation}"
        return self.run(select(due.c.id).where(due.c.key == key, due.c.state == OPEN)).first() is None

    def shut_out(self, actor: Actor) -> tuple[tuple[str, str, str], ...]:
        """Those of the actor's own company whom their platform keeps out: id, name, "guest" or "gone"."""
        found = self.run(SHUT_OUT, organisation=actor.organisation)
        return tuple((row.id, row.name, row.barred) for row in found)

    def last_entries(self, actor: Actor) -> Mapping[str, datetime]:
        """When each person last wrote what the actor may read as well; a refusal is nothing written.

        So what nobody else may know of shows in no date.
        """
        found = self.run(_last(self.passes(actor), actor), **wall.sight(actor))
        return {row.person: row.at for row in found}


def _last(clock: bool, actor: Actor) -> Select[Any]:
    seen = or_(wall.inside(clock, AUDIT, AUDIT.c.record), own_directory(actor, AUDIT))
    told = select(AUDIT.c.person, func.max(AUDIT.c.at).label("at"))
    return told.where(seen, AUDIT.c.person != "", AUDIT.c.what != "refused").group_by(AUDIT.c.person)
