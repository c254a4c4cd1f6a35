"""The kinds of record that an export can hold: those that are asked for, and what each says in words."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from bot.actors import Actor
from bot.cards import export_facts as facts
from bot.cards.setting import Setting
from bot.dossier import Kept
from bot.governance.decision import Decision
from bot.governance.export import About
from bot.governance.issue import Issue
from bot.governance.session import Session
from bot.handlers.decision import matter
from bot.joint import ActionFilter, CommitmentFilter, DecisionFilter
from bot.ports import Archive
from bot.records import IssueFilter, Search

T = TypeVar("T")
PAGE = 500  # records read at a time


def chosen(archive: Archive, reader: Actor, about: About) -> tuple[Kept, ...]:
    """The records it is about, as far as the reader may see them; ended ones too, the oldest first."""
    found = _one(archive, reader, about.record) if about.record else _many(archive, reader, about)
    if about.words:
        held = _held(archive, reader, about)
        found = (one for one in found if one.id in held)
    return tuple(sorted(found, key=_place))


def anything(archive: Archive, reader: Actor, about: About) -> bool:
    """Whether there is a record it is about."""
    if about.record or about.words or about.committee:
        return bool(chosen(archive, reader, about))
    which = IssueFilter(read_in=about.partnership, open_only=False, study=about.study)
    return archive.count_issues(reader, which) > 0 or bool(chosen(archive, reader, about))


def worded(archive: Archive, reader: Actor, record: Kept, here: Setting) -> tuple[str, facts.Pairs]:
    """Its first line, and pairs of a label and its value."""
    if isinstance(record, Decision):
        return facts.of_decision(matter(archive, reader, record), here)
    if isinstance(record, Session):
        return facts.of_session(record, archive.committee(reader, record.committee), here)
    return facts.of(record, here)


def _place(record: Kept) -> tuple[Any, ...]:
    """By partnership and kind, the oldest first."""
    return record.partnership, facts.kind(record), facts.since(record), record.number, record.id


def _one(archive: Archive, reader: Actor, record: str) -> Iterator[Kept]:
    """Ids are the numbers people say, so they are of one kind each."""
    readers: tuple[Callable[[Actor, str], Kept | None], ...] = (
        *(archive.issue, archive.decision, archive.commitment),
        *(archive.action, archive.meeting),
    )
    yield from (found for read in readers if (found := read(reader, record)))


def _many(archive: Archive, reader: Actor, about: About) -> Iterator[Kept]:
    """Of a committee what came of its sessions, of a study what names it, else everything."""
    meetings = tuple(_meetings(archive, reader, about))
    if about.committee:
        yield from _of_sessions(archive, reader, about, meetings)
        return
    yield from _issues(archive, reader, about)
    for one in _joint(archive, reader, about):
        if _fits(one, about):
            yield one
    if not about.study:
        yield from meetings


def _fits(record: Kept, about: About) -> bool:
    """What names no study is part of one only where it holds the words that are looked for."""
    named = getattr(record, "study", "")
    return not about.study or named == about.study or (not named and bool(about.words))


def _of_sessions(
    archive: Archive, reader: Actor, about: About, meetings: Collection[Session]
) -> Iterator[Kept]:
    """The sessions, what was decided in them, promised in them, and to be done."""
    within = {one.id for one in meetings}
    yield from meetings
    for one in _joint(archive, reader, replace(about, committee="")):
        if within & {getattr(one, "session", ""), getattr(one, "source", "")}:
            yield one


def _joint(archive: Archive, reader: Actor, about: About) -> Iterator[Kept]:
    """All that the two sides keep together beside issues, in the partnerships where that study is served."""
    for home in _homes(archive, reader, about):
        yield from _pages(archive.decisions, reader, DecisionFilter(partnership=home))
        yield from _pages(archive.commitments, reader, CommitmentFilter(partnership=home, open_only=False))
        yield from _pages(archive.actions, reader, ActionFilter(partnership=home, open_only=False))


def _homes(archive: Archive, reader: Actor, about: About) -> Iterator[str]:
    for home in archive.known_partnerships(reader):
        fits = about.partnership in ("", home.id)
        if fits and (not about.study or about.study in archive.studies(reader, home.id)):
            yield home.id


def _meetings(archive: Archive, reader: Actor, about: About) -> Iterator[Session]:
    for home in archive.known_partnerships(reader):
        if about.partnership in ("", home.id):
            every = archive.meetings(reader, home.id)
            yield from (one for one in every if about.committee in ("", one.committee))


def _issues(archive: Archive, reader: Actor, about: About) -> Iterable[Issue]:
    return _pages(
        archive.issues, reader, IssueFilter(read_in=about.partnership, open_only=False, study=about.study)
    )


def _pages(read: Callable[[Actor, Any], tuple[T, ...]], reader: Actor, which: Any) -> Iterator[T]:
    """All pages of a list, one after the other."""
    which, more = replace(which, limit=PAGE), True
    while more:
        page = read(reader, which)
        yield from page
        which, more = replace(which, offset=which.offset + PAGE), len(page) == PAGE


def _held(archive: Archive, reader: Actor, about: About) -> set[str]:
    """The ids of those that hold the words; of other kinds than issues also those that name no study."""
    wanted = Search(about.words, about.partnership)
    return {hit.record for hit in archive.search(reader, wanted)}
