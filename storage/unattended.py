"""What waits for an administrator: silent rooms, and companies whose last administrator is barred."""

from collections.abc import Iterator

from sqlalchemy import exists, select

from bot.actors import Role
from bot.governance.roster import State
from storage.bound import Bound, table
from storage.occupants import RosterRow
from storage.tables import IdentityRow, OrganisationRow, PersonRow, RoleRow, RoomRow

IDENTITY = table(IdentityRow)
ORGANISATION = table(OrganisationRow)
PERSON = table(PersonRow)
ROLE = table(RoleRow)
ROOM = table(RoomRow)
ROSTER = table(RosterRow)

SILENT = (
    select(ROOM.c.name, ORGANISATION.c.name.label("company"), ROSTER.c.state)
    .where(ROSTER.c.room == ROOM.c.id, ROOM.c.organisation == ORGANISATION.c.id)
    .where(ROSTER.c.state.in_((State.MUTED.value, State.ABSENT.value)))
    .order_by(ORGANISATION.c.name, ROOM.c.name)
)
KEEPERS = (
    select(PERSON.c.id)
    .where(PERSON.c.organisation == ORGANISATION.c.id, PERSON.c.active)
    .where(ROLE.c.person == PERSON.c.id, ROLE.c.role == Role.ADMINISTRATOR.value)
    .correlate(ORGANISATION)
)
BARRED = IDENTITY.c.person == PERSON.c.id, IDENTITY.c.barred != ""
LET_IN = KEEPERS.where(~exists().where(*BARRED).correlate(PERSON))
KEPT_OUT = select(ORGANISATION.c.name).where(exists(KEEPERS), ~exists(LET_IN)).order_by(ORGANISATION.c.name)


def concerns(opened: Bound) -> Iterator[str]:
    """One line and one remedy each, for ./parley check."""
    for row in opened.run(SILENT):
        if row.state == State.MUTED.value:
            yield (
                f"somebody unknown is in the room {row.name} of {row.company}, so it shows nothing:"
                " their administrator has a card to approve or leave"
            )
        else:
            yield f"Parley is not in the room {row.name} of {row.company}: add it there, or unlink the room"
    for name in opened.run(KEPT_OUT).scalars():
        yield (
            f"no administrator of {name} has an account that may use Parley (guest, or deactivated):"
            " make somebody else one"
        )
