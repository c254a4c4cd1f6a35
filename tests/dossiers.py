"""Dossiers for a test: of the example world, with the chains as they were written, and made-up ones."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.cards.issue_facts import headline
from bot.clock import Clock
from bot.dossier import entry_of
from bot.governance.export import About
from bot.governance.visibility import Scope, Visibility
from bot.handlers.export_gather import gather
from bot.records import Entry
from storage import audit
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
    dossier = gather(archive, archive.person_actor(person), About())
    return replace(dossier, about=about, heads=heads(dossier.links))


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
    links = (*dossier.links, line)
    return replace(dossier, links=links, heads=heads(links))


def saying(dossier, **words):
    """The same with other words in its first issue."""
    first, *rest = dossier.items
    said = replace(first.record, **words)
    told = replace(first, record=said, heading=headline(said), facts=facts(said, words))
    return replace(dossier, items=(told, *rest))


def facts(issue, words):
    """What its facts would say of these words."""
    return tuple((name.capitalize(), str(value)) for name, value in words.items())


def long(dossier, lines, each=50, why="because the site has not answered since Monday"):
    """A dossier with that many lines of story, `each` to an issue; its chains tell them too."""
    item = next(one for one in dossier.items if len(one.story) > 1)
    entries = tuple(_entry(item, number, why) for number in range(each))
    links = tuple(_link(dossier, number, entries[number % each], each) for number in range(lines))
    items = tuple(_again(item, number, links[number * each :][:each]) for number in range(lines // each))
    return replace(dossier, items=items, links=links, heads=heads(links))


def _entry(item, number, why):
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)
    told = {"severity": ("major", "critical"), "level": ("L1", "L2"), "version": (number, number + 1)}
    before, after = ({name: pair[side] for name, pair in told.items()} for side in (0, 1))
    scope = entry_of(item.story[0]).scope
    return Entry("issue.severity", "PER-09", at, scope, "", item.record.id, f"{why} {number}", before, after)


def _again(item, number, story):
    issue = replace(item.record, id=f"NOR-ISS-{number:05}", number=f"NOR-ISS-{number:05}")
    return replace(item, record=issue, story=story)


def _link(dossier, number, entry, each):
    told = replace(entry, record=f"NOR-ISS-{number // each:05}")
    return audit._line(told, dossier.links[0].chain, number + 1, "")
