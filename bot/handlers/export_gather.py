"""Gathering a dossier: one reader's lawful view of a record, a study or a partnership, with its proof."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from bot.actors import Actor
from bot.cards.export_facts import parties, title
from bot.cards.setting import Setting
from bot.dossier import DIRECTORY, READ, Dossier, Item, Kept, Link
from bot.errors import Refusal
from bot.governance.export import About
from bot.governance.issue import Issue
from bot.governance.partnership import Partnership, Person
from bot.governance.visibility import Side
from bot.handlers.export_records import chosen, worded
from bot.ports import Archive

PAGE = 500  # records asked about at once
QUOTED = re.compile(r"""['"]([\w-]{1,40})['"]""")  # an id, in JSON and in what Python shows of a value


class NothingToExport(Refusal):
    """There is nothing to export there that you may see; say the number of an issue, a study, a partner, or
    other words."""


def gather(archive: Archive, reader: Actor, about: About) -> Dossier:
    """The reader's own view. Raises NothingToExport where there is nothing. Reads only; no time in it."""
    records = tuple(_as_read(one, reader) for one in chosen(archive, reader, about))
    if not records:
        raise NothingToExport
    chains = chains_of(archive, reader, records)
    links, heads = archive.links(reader, chains), archive.signed_heads(reader, chains)
    own = tuple(_stripped(links, {one.id for one in records}))
    partnerships = _homes(archive, reader, records)
    notes = {one.id: archive.notes(reader, one.id) for one in records if isinstance(one, Issue)}
    writers = {note.person for said in notes.values() for note in said}
    people = _people(archive, reader, records, own, writers)
    items = _items(archive, reader, records, own, people)
    faults = archive.broken(reader, links, heads)
    return Dossier(
        about=titled(archive, reader, about, records),
        reader=_reader(archive, reader),
        company=archive.company(reader).name,
        partnerships=partnerships,
        as_of=max((link.at for link in links), default=None),
        items=tuple(replace(one, notes=notes.get(one.record.id, ())) for one in items),
        people=people,
        companies=_companies(archive, reader, partnerships, records),
        links=own,
        heads=heads,
        broken="".join(_fault(*fault) for fault in faults[:1]),
    )


def chains_of(archive: Archive, reader: Actor, records: Collection[Kept]) -> tuple[str, ...]:
    """The chains of the record that these, and the reader's own side's notes on them, lie in."""
    ids, found = sorted(one.id for one in records), set[str]()
    for start in range(0, len(ids), PAGE):
        found |= set(archive.chains_of(reader, ids[start : start + PAGE]))
    return tuple(sorted(one for one in found if not one.startswith((READ, DIRECTORY))))


def titled(archive: Archive, reader: Actor, about: About, records: Collection[Kept]) -> str:
    """What it is about, in words: "NOR-ISS-008 TMF backlog", "HAL-301, with “enrolment”"."""
    if about.record:
        told = " and ".join(f"{one.number} {title(one)}" for one in records)
    elif about.committee:
        committee = archive.committee(reader, about.committee)
        told = committee.name if committee else about.committee
    else:
        home = archive.partnership(reader, about.partnership) if about.partnership else None
        companies = f"{home.sponsor_name} and {home.cro_name}" if home else ""
        told = ", ".join(part for part in (about.study, companies) if part) or "everything you may see"
    words = " and ".join(f"“{word}”" for word in about.words)
    return f"{told}, with {words}" if words else told


def _homes(archive: Archive, reader: Actor, records: Collection[Kept]) -> tuple[Partnership, ...]:
    """Whose records these are; of what the reader's company reads as the third one, both companies' names."""
    ours = {one.id: one for one in archive.known_partnerships(reader)}
    beside = (archive.home(reader, one.id) for one in records if _is_third(one, reader))
    known = ours | {one.id: one for one in beside if one}
    return tuple(known[one] for one in sorted({one.partnership for one in records}) if one in known)


def _items(
    archive: Archive,
    reader: Actor,
    records: Iterable[Kept],
    links: Iterable[Link],
    people: Iterable[Person],
) -> Iterator[Item]:
    """Each as it stands, with the lines about it; times in UTC."""
    stories: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        stories[link.record].append(link)
    known = {one.id: one for one in people}
    for one in records:
        story = tuple(sorted(stories[one.id], key=lambda link: link.at))
        heading, facts = worded(archive, reader, one, _setting(archive, reader, one, known))
        yield Item(one, heading, facts, story)


def _setting(archive: Archive, reader: Actor, record: Kept, people: Mapping[str, Person]) -> Setting:
    home = archive.home(reader, record.id) if _is_third(record, reader) else None
    home = home or archive.partnership(reader, record.partnership)
    assert home is not None  # noqa: S101 the record itself was visible
    third = archive.third(reader, record.id) if isinstance(record, Issue) and record.third else None
    return Setting(replace(reader, zone="UTC"), home, people, third=third)


def _is_third(record: Kept, reader: Actor) -> bool:
    return isinstance(record, Issue) and record.read_as_third(reader.organisation)


def _as_read(record: Kept, reader: Actor) -> Kept:
    """Without the two companies' policy, where the reader's is the third."""
    return (
        replace(record, rules={}, policy="")
        if isinstance(record, Issue) and _is_third(record, reader)
        else record
    )


def _stripped(links: Iterable[Link], records: Collection[str]) -> Iterator[Link]:
    """Of lines about other records only what proves the chain."""
    for link in links:
        yield link if link.record in records else replace(link, payload=None, salt=None)


def _people(
    archive: Archive,
    reader: Actor,
    records: Collection[Kept],
    links: Collection[Link],
    writers: Collection[str],
) -> tuple[Person, ...]:
    """Everybody who did something in it or is named in it, those who have left too; by id."""
    homes = archive.known_partnerships(reader)
    active = {one.id: one for home in homes for one in archive.people(reader, home.id)}
    ours = {home.organisation(side) for home in homes for side in Side} | {reader.organisation}
    acted = {link.person for link in links} | {who for one in records for who in parties(one)}
    named = acted | set(writers) | set(_named(records, links))
    return tuple(
        active.get(one.id, one) if one.organisation in ours else replace(one, title="", handle="", zone="UTC")
        for one in archive.everyone()
        # Whoever writes somebody's id into a text must not learn their name by it.
        if one.id in named and (one.organisation in ours or one.id in acted)
    )


def _named(records: Iterable[Kept], links: Iterable[Link]) -> Iterator[str]:
    """Every short word that may be somebody's id, in the records and in what happened to them."""
    for one in records:
        yield from QUOTED.findall(repr(one))
    for link in links:
        yield from QUOTED.findall(link.payload or "")


def _companies(
    archive: Archive, reader: Actor, partnerships: Iterable[Partnership], records: Iterable[Kept]
) -> tuple[tuple[str, str], ...]:
    named = {one.organisation(side): one.company(side) for one in partnerships for side in Side}
    thirds = (archive.third(reader, one.id) for one in records if isinstance(one, Issue) and one.third)
    named |= {one.organisation: one.name for one in thirds if one}
    own = archive.company(reader)
    return tuple(sorted({**named, own.id: own.name}.items()))


def _reader(archive: Archive, reader: Actor) -> Person:
    found = next(one for one in archive.everyone() if one.id == reader.person)
    return replace(found, zone=reader.zone)


def _fault(chain: str, seq: int, why: str) -> str:
    return f"Line {seq} of the chain {chain} {why}."
