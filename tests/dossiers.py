"""Dossiers for a test: of the example world, with the chains as they were written, and made-up ones."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.dossier import Dossier, Item, Link
from bot.governance.visibility import Scope, Visibility
from bot.records import Entry, IssueFilter
from storage import audit, mapper
from storage.audit import chain_of
from storage.signing import Signer
from storage.store import SqlStore

SIGNER = Signer("a secret of this test, long enough")
NOBODY = Signer("")


@contextmanager
def opened(path):
    """The record in that file, to read."""
    store = SqlStore(f"sqlite:///{path}", Clock())
    with store.reading() as archive:
        yield archive
    store.close()


def example(archive, person="PER-09", about="HAL-301"):
    """All that somebody may see, signed the day it was last written to."""
    reader = archive.person_actor(person)
    issues = archive.issues(reader, IssueFilter(open_only=False, limit=500))
    items = tuple(Item(one, archive.notes(reader, one.id), archive.history(reader, one.id)) for one in issues)
    partnerships = archive.partnerships(reader)
    people = {one.id: one for home in partnerships for one in archive.people(reader, home.id)}
    lines = chains(archive, {chain_of(entry) for item in items for entry in item.story})
    companies = {(home.sponsor, home.sponsor_name) for home in partnerships}
    companies |= {(home.cro, home.cro_name) for home in partnerships}
    return Dossier(
        about=about,
        reader=people[person],
        company=archive.company(reader).name,
        partnerships=partnerships,
        as_of=max(line.at for line in lines),
        items=items,
        people=tuple(sorted(people.values(), key=lambda one: one.id)),
        companies=tuple(sorted(companies)),
        links=lines,
        heads=heads(lines),
    )


def chains(archive, names):
    """These chains whole."""
    lines = (line for chain in sorted(names) for line in archive.chain(chain))
    return tuple(mapper.built(Link, mapper.columns(line)) for line in lines)


def heads(links):
    """The head of each chain, signed."""
    last = {link.chain: link for link in links}
    return tuple(
        SIGNER.sign(chain, link.seq, link.hash, link.at.astimezone(UTC).date())
        for chain, link in sorted(last.items())
    )


def followed(dossier, what, after):
    """The same with one more line at the end of the shared chain, as the record would write it."""
    last = max((link for link in dossier.links if link.chain == "P-NOR:shared"), key=lambda link: link.seq)
    entry = Entry(
        what, "PER-01", last.at, Scope("P-NOR", Visibility.SHARED), "", last.record, "", None, after
    )
    line = audit._line(entry, last.chain, last.seq + 1, last.hash)
    links = (*dossier.links, mapper.built(Link, mapper.columns(line)))
    return replace(dossier, links=links, heads=heads(links))


def saying(dossier, **words):
    """The same with other words in its first issue."""
    first, *rest = dossier.items
    return replace(dossier, items=(replace(first, issue=replace(first.issue, **words)), *rest))


def long(dossier, lines, each=50, why="because the site has not answered since Monday"):
    """A dossier with that many lines of story, `each` to an issue; its chains tell them too."""
    item = next(one for one in dossier.items if len(one.story) > 1)
    entries = tuple(_entry(item, number, why) for number in range(each))
    items = tuple(_again(item, number, entries) for number in range(lines // each))
    links = tuple(_link(dossier, number) for number in range(lines))
    return replace(dossier, items=items, links=links, heads=heads(links))


def _entry(item, number, why):
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)
    told = {"severity": ("major", "critical"), "level": ("L1", "L2"), "version": (number, number + 1)}
    before, after = ({name: pair[side] for name, pair in told.items()} for side in (0, 1))
    scope = item.story[0].scope
    return Entry("issue.severity", "PER-09", at, scope, "", item.issue.id, f"{why} {number}", before, after)


def _again(item, number, entries):
    issue = replace(item.issue, id=f"NOR-ISS-{number:05}", number=f"NOR-ISS-{number:05}")
    return Item(issue, item.notes, tuple(replace(entry, record=issue.id) for entry in entries))


def _link(dossier, number):
    return replace(dossier.links[0], seq=number + 1, record=f"NOR-ISS-{number // 50:05}")
