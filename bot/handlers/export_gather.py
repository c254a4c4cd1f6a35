"""Gathering a dossier: one reader's lawful view of an issue, a study or a partnership, with its proof."""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from bot.actors import Actor
from bot.dossier import Dossier, Item, Link
from bot.errors import Refusal
from bot.governance.export import About
from bot.governance.issue import Issue
from bot.governance.partnership import Partnership, Person
from bot.governance.visibility import Scope, Side, Visibility
from bot.ports import Archive
from bot.records import Entry, IssueFilter, Search

PAGE = 500  # issues read at a time
READ = "read:"  # begins the chains of who looked: reading changes nothing of what is read
QUOTED = re.compile(r"""['"]([\w-]{1,40})['"]""")  # an id, in JSON and in what Python shows of a value
DIRECTORY = "org:"  # begins a company's own chain


class NothingToExport(Refusal):
    """There is nothing to export there that you may see; say the number of an issue, a study, a partner, or
    other words."""


def gather(archive: Archive, reader: Actor, about: About) -> Dossier:
    """The reader's own view. Raises NothingToExport where there is nothing. Reads only; no time in it."""
    issues = chosen(archive, reader, about)
    if not issues:
        raise NothingToExport
    chains = chains_of(archive, reader, issues)
    links, heads = archive.links(reader, chains), archive.signed_heads(reader, chains)
    own = tuple(_stripped(links, {one.id for one in issues}))
    items = _items(archive, reader, issues, own)
    partnerships = _homes(archive, reader, issues)
    people = _people(archive, reader, items, own)
    faults = archive.broken(reader, links, heads)
    return Dossier(
        about=titled(archive, reader, about, issues),
        reader=_reader(archive, reader),
        company=archive.company(reader).name,
        partnerships=partnerships,
        as_of=max((link.at for link in links), default=None),
        items=items,
        people=people,
        companies=_companies(archive, reader, partnerships, issues),
        links=own,
        heads=heads,
        broken="".join(_fault(*fault) for fault in faults[:1]),
    )


def chosen(archive: Archive, reader: Actor, about: About) -> tuple[Issue, ...]:
    """The issues it is about, as far as the reader may see them; ended ones too, the oldest first."""
    if about.issue:
        one = archive.issue(reader, about.issue)
        found: Iterable[Issue] = (one,) if one else ()
    else:
        found = _pages(archive, reader, about)
    if about.words:
        wanted = Search(about.words, about.partnership, about.study)
        held = {hit.issue for hit in archive.search(reader, wanted)}
        found = (one for one in found if one.id in held)
    return tuple(sorted(found, key=lambda one: (one.partnership, one.raised_at, one.number, one.id)))


def anything(archive: Archive, reader: Actor, about: About) -> bool:
    """Whether there is an issue it is about."""
    if about.issue or about.words:
        return bool(chosen(archive, reader, about))
    which = IssueFilter(read_in=about.partnership, open_only=False, study=about.study)
    return archive.count_issues(reader, which) > 0


def _pages(archive: Archive, reader: Actor, about: About) -> Iterator[Issue]:
    which = IssueFilter(read_in=about.partnership, open_only=False, study=about.study, limit=PAGE)
    more = True
    while more:
        page = archive.issues(reader, which)
        yield from page
        which, more = replace(which, offset=which.offset + PAGE), len(page) == PAGE


def chains_of(archive: Archive, reader: Actor, issues: Collection[Issue]) -> tuple[str, ...]:
    """The chains of the record that the issues, and the reader's own side's notes on them, lie in."""
    ids, found = sorted(one.id for one in issues), set[str]()
    for start in range(0, len(ids), PAGE):
        found |= set(archive.chains_of(reader, ids[start : start + PAGE]))
    return tuple(sorted(one for one in found if not one.startswith((READ, DIRECTORY))))


def titled(archive: Archive, reader: Actor, about: About, issues: Collection[Issue]) -> str:
    """What it is about, in words: "NOR-ISS-008 TMF backlog", "HAL-301, with “enrolment”"."""
    if about.issue:
        told = " and ".join(f"{one.number} {one.title}" for one in issues)
    else:
        home = archive.partnership(reader, about.partnership) if about.partnership else None
        companies = f"{home.sponsor_name} and {home.cro_name}" if home else ""
        told = ", ".join(part for part in (about.study, companies) if part) or "everything you may see"
    words = " and ".join(f"“{word}”" for word in about.words)
    return f"{told}, with {words}" if words else told


def _homes(archive: Archive, reader: Actor, issues: Collection[Issue]) -> tuple[Partnership, ...]:
    """Whose issues these are; of what the reader's company reads as the third one, both companies' names."""
    ours = {one.id: one for one in archive.known_partnerships(reader)}
    beside = (archive.home(reader, one.id) for one in issues if one.read_as_third(reader.organisation))
    known = ours | {one.id: one for one in beside if one}
    return tuple(known[one] for one in sorted({one.partnership for one in issues}) if one in known)


def _items(
    archive: Archive, reader: Actor, issues: Iterable[Issue], links: Iterable[Link]
) -> tuple[Item, ...]:
    issues = tuple(issues)
    stories: dict[str, list[Entry]] = {one.id: [] for one in issues}
    for link in links:
        if link.record in stories:
            stories[link.record].append(_entry(link))
    return tuple(
        Item(
            _as_read(one, reader),
            archive.notes(reader, one.id),
            tuple(sorted(stories[one.id], key=lambda line: line.at)),
        )
        for one in issues
    )


def _as_read(issue: Issue, reader: Actor) -> Issue:
    """Without the two companies' policy, where the reader's is the third."""
    return replace(issue, rules={}, policy="") if issue.read_as_third(reader.organisation) else issue


def _entry(link: Link) -> Entry:
    scope = Scope(link.partnership, Visibility(link.visibility))
    told = json.loads(link.payload or "{}")
    said = (told.get("why", ""), told.get("before"), told.get("after"))
    return Entry(link.what, link.person, link.at, scope, link.organisation, link.record, *said)


def _stripped(links: Iterable[Link], records: Collection[str]) -> Iterator[Link]:
    """Of lines about other records only what proves the chain."""
    for link in links:
        yield link if link.record in records else replace(link, payload=None, salt=None)


def _people(
    archive: Archive, reader: Actor, items: Iterable[Item], links: Iterable[Link]
) -> tuple[Person, ...]:
    """Everybody who did something in it or is named in it, those who have left too; by id."""
    items = tuple(items)
    homes = archive.known_partnerships(reader)
    active = {one.id: one for home in homes for one in archive.people(reader, home.id)}
    ours = {home.organisation(side) for home in homes for side in Side} | {reader.organisation}
    links = tuple(links)
    acted = {link.person for link in links}
    acted |= {who for item in items for who in _parties(item.issue)}
    named = acted | set(_named(items, links))
    return tuple(
        active.get(one.id, one) if one.organisation in ours else replace(one, title="", handle="", zone="UTC")
        for one in archive.everyone()
        # Whoever writes somebody's id into a text must not learn their name by it.
        if one.id in named and (one.organisation in ours or one.id in acted)
    )


def _parties(issue: Issue) -> tuple[str, ...]:
    return issue.owner, issue.counterpart, issue.raised_by


def _named(items: Iterable[Item], links: Iterable[Link]) -> Iterator[str]:
    """Every short word that may be somebody's id, in the issues and in what happened to them."""
    for item in items:
        yield from QUOTED.findall(repr(item.issue))
        yield from (note.person for note in item.notes)
    for link in links:
        yield from QUOTED.findall(link.payload or "")


def _companies(
    archive: Archive, reader: Actor, partnerships: Iterable[Partnership], issues: Iterable[Issue]
) -> tuple[tuple[str, str], ...]:
    named = {one.organisation(side): one.company(side) for one in partnerships for side in Side}
    thirds = (archive.third(reader, one.id) for one in issues if one.third)
    named |= {one.organisation: one.name for one in thirds if one}
    own = archive.company(reader)
    return tuple(sorted({**named, own.id: own.name}.items()))


def _reader(archive: Archive, reader: Actor) -> Person:
    found = next(one for one in archive.everyone() if one.id == reader.person)
    return replace(found, zone=reader.zone)


def _fault(chain: str, seq: int, why: str) -> str:
    return f"Line {seq} of the chain {chain} {why}."
