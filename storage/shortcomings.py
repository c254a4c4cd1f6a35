"""What is missing in the record itself, or stands in its way: one line and one remedy each, for `check`."""

from collections.abc import Iterator

from sqlalchemy import and_, func, select

from bot.actors import Role
from bot.governance.partnership import Level
from bot.governance.visibility import Side, Visibility
from storage import second_wall
from storage.access import WAITING
from storage.agreed import CounterpartRow
from storage.agreements import uncovered
from storage.bound import Bound, table
from storage.installations import installation
from storage.issues import ISSUE, READER, WANTED
from storage.queues import OPEN, outbox
from storage.tables import OrganisationRow, PartnershipRow, PersonRow, RoleRow

COUNTERPART = table(CounterpartRow)
PARTNERSHIP = table(PartnershipRow)
ORGANISATION = table(OrganisationRow)
SPONSOR, CRO = ORGANISATION.alias("sponsor_company"), ORGANISATION.alias("cro_company")
PERSON = table(PersonRow)
ROLE = table(RoleRow)
PACING = "pacing"  # the reason of a message that only waits for its turn
MOST = 20  # reasons shown

OUT = select(installation).where(installation.c.locked_out.is_not(None)).order_by(installation.c.tenant)
ADMINISTERED = (
    select(PERSON.c.organisation)
    .join(ROLE, (ROLE.c.person == PERSON.c.id) & (ROLE.c.role == Role.ADMINISTRATOR.value))
    .where(PERSON.c.active)
)
UNADMINISTERED = (
    select(ORGANISATION.c.name).where(ORGANISATION.c.id.not_in(ADMINISTERED)).order_by(ORGANISATION.c.name)
)
STUCK = (
    select(outbox.c.reason, func.count().label("rows"), func.min(outbox.c.due).label("since"))
    .where(outbox.c.state == OPEN, outbox.c.reason.not_in(("", PACING)))
    .group_by(outbox.c.reason)
    .order_by(func.min(outbox.c.due))
    .limit(MOST)
)
NAMED = select(COUNTERPART)
DECIDED = (
    select(
        ISSUE.c.partnership,
        ISSUE.c.level,
        SPONSOR.c.name.label("sponsor"),
        CRO.c.name.label("cro"),
        func.count().label("rows"),
    )
    .where(WANTED["open"], ISSUE.c.visibility.in_([one.value for one in Visibility if one.both_sides]))
    .where(PARTNERSHIP.c.id == ISSUE.c.partnership, PARTNERSHIP.c.ended_on.is_(None))
    .where(SPONSOR.c.id == PARTNERSHIP.c.sponsor, CRO.c.id == PARTNERSHIP.c.cro)
    .group_by(ISSUE.c.partnership, ISSUE.c.level, SPONSOR.c.name, CRO.c.name)
    .order_by(ISSUE.c.partnership, ISSUE.c.level)
)

HERE = PERSON.alias("here")
READS = and_(READER.c.record == ISSUE.c.id, READER.c.person == PERSON.c.id)
UNREAD = (
    select(ORGANISATION.c.name, func.count(ISSUE.c.id.distinct()).label("rows"))
    .where(READS, PERSON.c.organisation == ORGANISATION.c.id)
    .where(ISSUE.c.id.not_in(select(READER.c.record).where(READER.c.person == HERE.c.id, HERE.c.active)))
    .group_by(ORGANISATION.c.name)
    .order_by(ORGANISATION.c.name)
)


def lines(opened: Bound) -> Iterator[str]:
    """Each with its remedy; none where nothing is wrong."""
    yield from _locked_out(opened)
    yield from _stuck(opened)
    yield from _unadministered(opened)
    yield from without_contacts(opened)
    yield from _nobody_decides(opened)
    yield from _nobody_reads(opened)
    yield from second_wall.gaps(opened)


def without_contacts(opened: Bound) -> Iterator[str]:
    """Partnerships that name no safety or no quality contact."""
    for line in uncovered(opened):
        yield (
            f"nobody answers the {line.name} line of {line.company} for {line.partnership}:"
            " let an administrator of that company say “setup contacts”"
        )


def _nobody_decides(opened: Bound) -> Iterator[str]:
    """Levels at which shared issues stand and for which a side names nobody, there or above."""
    pairs = {(row.partnership, row.level): row for row in opened.run(NAMED)}
    for row in opened.run(DECIDED):
        above = [pairs.get((row.partnership, level)) for level in Level if level >= row.level]
        for side, company in ((Side.SPONSOR, row.sponsor), (Side.CRO, row.cro)):
            if not any(one and getattr(one, side.value) for one in above):
                yield (
                    f"nobody of {company} answers for {row.partnership} at {row.level} or above (open issues"
                    f" there: {row.rows}): let an administrator of that company say “setup counterparts”"
                )


def _nobody_reads(opened: Bound) -> Iterator[str]:
    """Restricted records whose readers have all left: how many, and nothing else of them."""
    for row in opened.run(UNREAD):
        yield (
            f"restricted records that nobody of {row.name} can read any more: {row.rows}; let an"
            " administrator there make somebody general counsel or quality lead, and they go to that person"
        )


def _locked_out(opened: Bound) -> Iterator[str]:
    for row in opened.run(OUT).mappings():
        named = {"of_platform": row["platform"], "of_tenant": row["tenant"]}
        waiting = opened.run(WAITING, **named).scalar_one()
        where = f"{row['name'] or row['tenant']} on {row['platform'].capitalize()}"
        since = f"{row['locked_out']:%Y-%m-%d %H:%M}Z"
        yield (
            f"locked out of {where} since {since}, {waiting} messages wait: install Parley there again,"
            " or set its token anew"
        )


def _stuck(opened: Bound) -> Iterator[str]:
    for row in opened.run(STUCK):
        yield (
            f"{row.rows} messages wait since {row.since:%Y-%m-%d %H:%M}Z ({row.reason}):"
            " mend what the reason names; they go by themselves then"
        )


def _unadministered(opened: Bound) -> Iterator[str]:
    for name in opened.run(UNADMINISTERED).scalars():
        yield f"nobody administers {name}: run ./parley invite and let somebody there say “setup CODE”"
