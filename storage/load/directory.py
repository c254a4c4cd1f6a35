"""Who is who: companies, people, partnerships, rooms, counterparts and studies of a file, as rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlmodel import SQLModel

from bot.actors import Role
from bot.governance.blinding import Blinding
from bot.governance.company import HOURS, LINES
from bot.governance.visibility import Side, Visibility
from storage import agreed, tables
from storage.load.lines import Node
from storage.numbers import code

PLATFORMS = ("slack", "teams")


@dataclass(slots=True)
class Known:
    """What the file has said so far, by id."""

    organisations: dict[str, tables.OrganisationRow] = field(default_factory=dict)
    people: dict[str, tables.PersonRow] = field(default_factory=dict)
    partnerships: dict[str, tables.PartnershipRow] = field(default_factory=dict)
    studies: dict[str, agreed.StudyRow] = field(default_factory=dict)
    services: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def person_of(self, node: Node, organisations: tuple[str, ...]) -> str:
        """A person of one of these companies."""
        person = node.id_in(dict(self.people))
        if self.people[person].organisation not in organisations:
            raise node.wrong(f"is “{person}”, who belongs to neither company of this partnership")
        return person

    def both(self, partnership: str) -> tuple[str, str]:
        """The two companies of a partnership, sponsor first."""
        row = self.partnerships[partnership]
        return row.sponsor, row.cro

    def serving(self, study: str) -> frozenset[str]:
        """The CROs that serve that study."""
        return frozenset(self.partnerships[one].cro for one in self.services.get(study, ()))

    def through(self, partnership: str, third: str) -> str:
        """A third company's own partnership with the same sponsor; "" where there is none."""
        sponsor = self.partnerships[partnership].sponsor
        own = (row.id for row in self.partnerships.values() if (row.sponsor, row.cro) == (sponsor, third))
        return next(own, "")


def organisations(section: Node, known: Known) -> Iterator[SQLModel]:
    """Companies, each on one side."""
    seen: set[str] = set()
    for item in section:
        row = tables.OrganisationRow(
            id=item.need("id").new_id(seen),
            side=item.need("side").one_of(Side).value,
            name=item.need("name").text,
            zone=item.need("zone").zone,
            platform=_platform(item.need("chat_platform")),
            tenant=item.maybe("tenant") or item.need("workspace").text,
            working_hours=_hours(item),
        )
        known.organisations[row.id] = row
        yield row


def people(section: Node, known: Known) -> Iterator[SQLModel]:
    """People with their one company, role and chat identity."""
    seen: set[str] = set()
    for item in section:
        organisation = item.need("org").id_in(dict(known.organisations))
        row = tables.PersonRow(
            id=item.need("id").new_id(seen),
            organisation=organisation,
            name=item.need("name").text,
            title=item.maybe("title"),
            zone=zone.zone if (zone := item.get("zone")) else "",
            handle=item.maybe("email").partition("@")[0],
            email=item.maybe("email"),
            working_hours=_hours(item),
            backup=item.maybe("backup"),
            blinding=_blinding(item),
        )
        known.people[row.id] = row
        yield row
        yield tables.RoleRow(
            person=row.id, role=item.need("role").one_of(Role).value, organisation=organisation
        )
        yield _identity(item.need("chat"), row, known.organisations[organisation])


def backups(section: Node, known: Known) -> None:
    """Whoever stands in for somebody is of the same company; the rows are there by now."""
    for item in section:
        person = known.people[item.need("id").text]
        if backup := item.get("backup"):
            known.person_of(backup, (person.organisation,))


def _blinding(item: Node) -> str:
    """Whether they are kept from unblinding information, where it is said."""
    found = item.get("blinded")
    if found and found.text not in ("true", "false"):
        raise found.wrong(f"is “{found.text}”; it must be true or false")
    tags = {"true": Blinding.BLINDED, "false": Blinding.UNBLINDED}
    return tags[found.text].value if found else Blinding.NOT_SAID.value


def _hours(item: Node) -> str:
    """ "09:00-17:30", where it is said."""
    found = item.get("working_hours")
    if found and not HOURS.fullmatch(found.text):
        raise found.wrong(f"is “{found.text}”, not hours like 09:00-17:30")
    return found.text if found else ""


def _identity(chat: Node, person: tables.PersonRow, company: tables.OrganisationRow) -> SQLModel:
    return tables.IdentityRow(
        platform=_platform(chat.need("platform")),
        tenant=company.tenant,
        user=chat.need("user_id").text,
        person=person.id,
        organisation=company.id,
    )


def administrators(section: Node, known: Known) -> Iterator[SQLModel]:
    """Who administers a company's directory: people of that company."""
    for item in section:
        listed = item.get("administrators")
        for person in listed or ():
            organisation = item.need("id").text
            yield tables.RoleRow(
                person=known.person_of(person, (organisation,)),
                role=Role.ADMINISTRATOR.value,
                organisation=organisation,
            )


def partnerships(section: Node, known: Known, terms: dict[str, tuple[str, str]]) -> Iterator[SQLModel]:
    """One sponsor x one CRO each, with calendar and policy (`terms` by partnership)."""
    seen: set[str] = set()
    for item in section:
        name = item.need("id").new_id(seen)
        if name not in terms:
            raise item.wrong(f"“{name}” is in no escalation policy; add it to escalation_policy.partnerships")
        calendar, policy = terms[name]
        row = tables.PartnershipRow(
            id=name,
            code=code(name),
            sponsor=_of_side(item.need("sponsor"), Side.SPONSOR, known),
            cro=_of_side(item.need("cro"), Side.CRO, known),
            calendar=calendar,
            policy=policy,
        )
        known.partnerships[name] = row
        yield row


def _of_side(node: Node, side: Side, known: Known) -> str:
    found = node.id_in(dict(known.organisations))
    if known.organisations[found].side != side.value:
        raise node.wrong(f"is “{found}”, which is not a {side.value}")
    return found


def rooms(section: Node, known: Known) -> Iterator[SQLModel]:
    """Channels: one company's face of one partnership, in one class."""
    seen: set[str] = set()
    for item in section:
        partnership = item.need("partnership").id_in(dict(known.partnerships))
        organisation = item.need("organisation")
        if organisation.text not in known.both(partnership):
            raise organisation.wrong(f"is “{organisation.text}”, which is not in {partnership}")
        visibility = item.need("visibility").one_of(Visibility)
        company = known.organisations[organisation.text]
        if visibility.names_readers or visibility.side not in (None, Side(company.side)):
            raise item.need("visibility").wrong("must be shared, or internal to the company the room is in")
        yield tables.RoomRow(
            id=item.need("id").new_id(seen),
            organisation=company.id,
            partnership=partnership,
            visibility=visibility.value,
            name=item.maybe("name"),
            platform=_platform(item.need("platform")),
            tenant=company.tenant,
            conversation=item.need("conversation").text,
        )


def counterparts(section: Node, known: Known) -> Iterator[SQLModel]:
    """The pair of people at each level; a side may be empty, which is a gap and no error."""
    seen: set[str] = set()
    for item in section:
        partnership = item.need("partnership").id_in(dict(known.partnerships))
        sponsor, cro = known.both(partnership)
        level = item.need("level")
        if level.text not in ("L1", "L2", "L3", "L4", "quality", "safety"):
            raise level.wrong(f"is “{level.text}”; it must be L1 to L4, quality or safety")
        if f"{partnership}/{level.text}" in seen:
            raise level.wrong(f"“{level.text}” of {partnership} is there twice")
        seen.add(f"{partnership}/{level.text}")
        yield agreed.CounterpartRow(
            partnership=partnership,
            level=level.text,
            sponsor=known.person_of(one, (sponsor,)) if (one := item.get("sponsor")) else "",
            cro=known.person_of(one, (cro,)) if (one := item.get("cro")) else "",
        )


def contacts(section: Iterable[Node], known: Known) -> Iterator[SQLModel]:
    """Who answers the safety and quality lines: somebody of that side, or a desk's name."""
    seen: set[tuple[str, str, str]] = set()
    for item in section:
        partnership = item.need("partnership").id_in(dict(known.partnerships))
        side, line = item.need("side").one_of(Side), item.need("line")
        if line.text not in LINES[side]:
            raise line.wrong(f"is “{line.text}”; a {side} has {' and '.join(LINES[side])}")
        if (partnership, line.text, side) in seen:
            raise line.wrong(f"“{line.text}” of {partnership} is there twice")
        seen.add((partnership, line.text, side))
        company = known.both(partnership)[0 if side is Side.SPONSOR else 1]
        person = item.get("person")
        yield agreed.ContactRow(
            partnership=partnership,
            line=line.text,
            side=side.value,
            name=item.maybe("name") if person else item.need("name").text,
            person=known.person_of(person, (company,)) if person else "",
            phone=item.need("phone").text,
            email=item.maybe("email"),
            hours=item.maybe("hours"),
        )


def studies(section: Node, known: Known) -> Iterator[SQLModel]:
    """Studies, and which partnerships serve them."""
    seen: set[str] = set()
    for item in section:
        name = item.need("id").new_id(seen)
        served = [
            one.need("partnership").id_in(dict(known.partnerships)) for one in item.get("services") or ()
        ]
        sponsors = {known.partnerships[one].sponsor for one in served}
        if len(sponsors) != 1:
            raise item.wrong(f"“{name}” needs services of partnerships of one sponsor")
        row = agreed.StudyRow(id=name, organisation=sponsors.pop())
        known.studies[name], known.services[name] = row, tuple(served)
        yield row
        home = {"study": name, "organisation": row.organisation}
        yield from (agreed.ServiceRow(partnership=one, **home) for one in dict.fromkeys(served))


def _platform(node: Node) -> str:
    if node.text not in PLATFORMS:
        raise node.wrong(f"is “{node.text}”; it must be one of {', '.join(PLATFORMS)}")
    return node.text
