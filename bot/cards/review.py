"""Who has access, in words: one's own people and the other side's, as setting up shows them anyway."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.cards import when
from bot.cards.setup import BACK, roles_of
from bot.governance.company import Member
from bot.governance.partnership import Partnership
from bot.governance.review import Review
from bot.views import Block, Button, Buttons, Card, Facts, Notice, Table, Text, Tone

PAGE = 20  # people on one card
NAMED = 15  # people of the other side named one by one
SHUT = {"guest": "a guest", "gone": "deactivated"}


@dataclass(frozen=True, slots=True)
class Partner:
    """One partnership: the company across the table and its people, by name."""

    home: Partnership
    other: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """Who of one company has access to what. `last` is when each last wrote something; by person."""

    company: str
    staff: tuple[Member, ...]
    last: Mapping[str, datetime]
    shut_out: tuple[tuple[str, str, str], ...]
    partners: tuple[Partner, ...]
    zone: str

    def written(self, person: str) -> str:
        """The day on which that person last wrote something."""
        at = self.last.get(person)
        return when.instant(at, self.zone).partition(",")[0] if at else "nothing yet"


def card(review: Review, access: Access, page: int = 0) -> Card:
    """Whom to look at, and two buttons: it is as it should be, or it is not."""
    title = f"Who has access for {access.company}, {review.quarter}"
    blocks: list[Block] = [_standing(review, access)]
    shown = access.staff[page * PAGE : (page + 1) * PAGE]
    rows = tuple((one.name, roles_of(one), access.written(one.id)) for one in shown)
    blocks.append(Table(("Name", "Roles", "Last wrote something"), rows))
    blocks.append(Facts(tuple(_facts(access))))
    blocks.append(Text(NOTHING, quiet=True))
    if review.by and page == 0:
        return Card(title, (*blocks, Buttons((_change(), *_further(review, access, page), BACK))), title)
    confirm = Button("Confirmed", "setup.review.confirm", {"review": review.id}, primary=True)
    return Card(title, (*blocks, Buttons((confirm, _change(), *_further(review, access, page)))), title)


NOTHING = "Named readers of restricted records are shown in those records alone."


def _change() -> Button:
    return Button("Change", "setup.people")


def _further(review: Review, access: Access, page: int) -> tuple[Button, ...]:
    if len(access.staff) <= (page + 1) * PAGE:
        return ()
    return (Button("Next page", "setup.review.page", {"review": review.id, "page": str(page + 1)}),)


def _standing(review: Review, access: Access) -> Notice:
    if not review.by:
        return Notice("Look through who has access, and confirm it or change it.", Tone.WARNING)
    names = {one.id: one.name for one in access.staff}
    by = names.get(review.by, "An administrator")
    at = when.instant(review.answered_at or review.at, access.zone)
    return Notice(f"{by} confirmed it, {at}.", Tone.GOOD)


def _facts(access: Access) -> list[tuple[str, str]]:
    everybody = "everybody above reads what is shared, and your own company’s internal records"
    found = [("Access to", _running(access) or "no partner yet"), ("Which means", everybody)]
    if past := [one for one in access.partners if one.home.ended_on]:
        names = ", ".join(one.other for one in past)
        found.append(("Ended", f"{names}: read by administrators, quality leads and general counsel alone"))
    if access.shut_out:
        told = ", ".join(f"{name} ({SHUT.get(why, why)})" for _, name, why in access.shut_out)
        found.append(("Kept out by their platform", told))
    found += [(one.other, _people(one)) for one in access.partners if not one.home.ended_on]
    return found


def _running(access: Access) -> str:
    return ", ".join(one.other for one in access.partners if not one.home.ended_on)


def _people(partner: Partner) -> str:
    shown = ", ".join(partner.people[:NAMED]) or "nobody"
    more = len(partner.people) - NAMED
    return f"{shown} and {more} more" if more > 0 else shown
