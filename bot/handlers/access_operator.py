"""Who has access, written down by whoever runs Parley as one administrator sees it; recorded before that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.actors import Actor, Permission
from bot.cards.review import SHUT
from bot.cards.setup import roles_of
from bot.errors import Refusal
from bot.governance.partnership import Partnership, named
from bot.governance.visibility import Scope, Side, Visibility
from bot.handlers.attention import Asked, judge, read_as
from bot.ports import Archive, Store
from bot.records import Entry

CODE = "operator.access"
LEVELS = ("L1", "L2", "L3", "L4", "quality", "safety")


class NoAdministrator(Refusal):
    """{name} administers no company, so there is nothing to review; say an administrator: --as PERSON"""


@dataclass(frozen=True, slots=True)
class Granted:
    """One person's access to one partnership. `roles` of the other side are the levels they stand on.

    `account` is "let in", "a guest" or "deactivated", and `last` when they last wrote something: both only
    of one's own people.
    """

    company: str
    name: str
    title: str
    roles: str
    partnership: str
    state: str
    account: str = ""
    last: datetime | None = None


def take(store: Store, asked: Asked, now: datetime) -> tuple[Granted, ...]:
    """A line for each person and partnership. Raises Refusal."""
    judge(asked.reason)
    with store.writing() as archive:
        reader = read_as(archive, asked.who)
        if not reader.may(Permission.ADMINISTER):
            raise NoAdministrator(name=reader.name)
        rows = tuple(_rows(archive, reader))
        for entry in _lines(archive, reader, asked.reason, now):
            archive.record(entry)
    return rows


def _rows(archive: Archive, reader: Actor) -> Iterator[Granted]:
    for home in archive.known_partnerships(reader):
        state = f"ended {home.ended_on}" if home.ended_on else "goes on"
        yield from _own(archive, reader, home, state)
        if not home.ended_on:
            yield from _theirs(archive, reader, home, state)


def _own(archive: Archive, reader: Actor, home: Partnership, state: str) -> Iterator[Granted]:
    company, last = archive.company(reader).name, archive.last_entries(reader)
    barred = {person: why for person, _, why in archive.shut_out(reader)}
    for one in archive.staff(reader):
        account = SHUT.get(barred.get(one.id, ""), "let in")
        roles, seen = roles_of(one), last.get(one.id)
        yield Granted(company, one.name, one.title, roles, home.id, state, account, seen)


def _theirs(archive: Archive, reader: Actor, home: Partnership, state: str) -> Iterator[Granted]:
    side = (reader.side or Side.SPONSOR).other
    pairs = archive.counterparts(reader, home.id)
    for one in archive.people(reader, home.id):
        if one.organisation == home.organisation(side):
            levels = ", ".join(level for level in LEVELS if named(pairs, level, side) == one.id)
            yield Granted(home.company(side), one.name, one.title, levels, home.id, state)


def _lines(archive: Archive, reader: Actor, reason: str, now: datetime) -> Iterator[Entry]:
    """For both companies of each partnership, and in the company's own chain."""
    told = {"read_as": reader.person}
    for home in archive.known_partnerships(reader):
        yield Entry(CODE, "", now, Scope(home.id, Visibility.SHARED), "", home.id, reason, None, told)
    yield Entry(CODE, "", now, None, reader.organisation, reader.person, reason, None, told)
