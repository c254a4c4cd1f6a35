"""Tri-party issues: the names that their three companies read of each other, and who of the third is told."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.actors import CLOCK, Actor
from bot.cards.setting import Setting
from bot.errors import Refusal
from bot.governance.calendar import WorkCalendar
from bot.governance.change import difference, texts
from bot.governance.issue import Issue
from bot.governance.partnership import Level, Partnership, Person, named
from bot.governance.visibility import Scope, Side, Visibility
from bot.ports import Archive
from bot.records import Entry

CARD = "issue.card"
RULES = "issue.rules"  # which policy a tri-party issue began under, for the two companies alone
AGREED = ("rules", "policy")
MAY = frozenset({"show", "update", "export", "search"})  # what a third company's people do with an issue


class OnlyReads(Refusal):
    """{number} is between {sponsor} and {cro}; you can read it and add updates."""


def keep_out(archive: Archive, reader: Actor, issue: Issue, verb: str) -> None:
    """Refuses a third company's people whatever the two companies do with it."""
    if verb in MAY or not issue.read_as_third(reader.organisation):
        return
    home = home_of(archive, reader, issue)
    facts = {"sponsor": home.sponsor_name, "cro": home.cro_name}
    raise OnlyReads(number=issue.number, **facts).showing(CARD, issue.id)


def home_of(archive: Archive, reader: Actor, issue: Issue) -> Partnership:
    """The two companies that act on it; a third one's people read their names and nothing else of them."""
    if issue.read_as_third(reader.organisation):
        found = archive.home(reader, issue.id)
    else:
        found = archive.partnership(reader, issue.partnership)
    assert found is not None  # noqa: S101 the issue itself was visible
    return found


def calendar_of(archive: Archive, reader: Actor, issue: Issue) -> WorkCalendar:
    """The one its clocks run by: they are on its card, whoever reads that; the calendar itself is not."""
    asked = CLOCK if issue.read_as_third(reader.organisation) else reader
    return archive.calendar(asked, issue.partnership)


def setting(archive: Archive, reader: Actor, issue: Issue) -> Setting:
    """What the cards of a tri-party issue need: who of the third company had a part in it has a name too."""
    only_reads = issue.read_as_third(reader.organisation)
    people = {} if only_reads else {one.id: one for one in archive.people(reader, issue.partnership)}
    people |= {one.id: one for one in _acquainted(archive, reader, issue) if one.id not in people}
    return Setting(
        reader,
        home_of(archive, reader, issue),
        people,
        gone=frozenset({issue.owner} - people.keys() - {""}),
        third=archive.third(reader, issue.id),
        only_reads=only_reads,
    )


def _acquainted(archive: Archive, reader: Actor, issue: Issue) -> tuple[Person, ...]:
    """Whoever is named in it or in its record; whom that may be is asked of the directory."""
    lines = archive.history(reader, issue.id)
    told = {line.person for line in lines}
    told |= {word for line in lines for state in (line.before, line.after) for word in _words(state)}
    return archive.acquainted(reader, issue.id, {one for one in (*told, *_words(issue)) if _may_be_id(one)})


def _may_be_id(word: str) -> bool:
    return 0 < len(word) <= 40 and " " not in word


def _words(state: object) -> Iterator[str]:
    return (word for _, word in texts(state))


def first_line(issue: Issue) -> Mapping[str, object]:
    """What the line of its birth says; how long each limit is, a third company is not told."""
    told = difference(None, issue)[1]
    return {name: value for name, value in told.items() if not issue.third or name not in AGREED}


def agreed_line(issue: Issue, entry: Entry) -> tuple[Entry, ...]:
    """For the two companies, the rules it began under: a line of their own chain where a third reads it."""
    if not issue.third:
        return ()
    told = difference(None, issue)[1]
    kept = {name: told[name] for name in AGREED if name in told}
    return (replace(entry, what=RULES, scope=Scope(issue.partnership, Visibility.SHARED), after=kept),)


def told_of_third(archive: Archive, issue: Issue) -> tuple[str, ...]:
    """Whom the third company names for its own partnership at that level, else at the next one it fills."""
    third = archive.third(CLOCK, issue.id) if issue.third else None
    if third is None:
        return ()
    pairs, ladder = archive.counterparts(CLOCK, third.through), list(Level)
    step = ladder.index(issue.level)
    nearest = (*ladder[step:], *reversed(ladder[:step]))
    found = next(filter(None, (named(pairs, level, Side.CRO) for level in nearest)), "")
    return (found,) if found else ()


def rooms_of(archive: Archive, issue: Issue) -> tuple[str, ...]:
    """The rooms in which its live card stands; of the third company those that are its own."""
    if issue.visibility is not Visibility.TRI_PARTY:
        return tuple(one.id for one in archive.rooms(CLOCK, Scope(issue.partnership, issue.visibility)))
    home = archive.rooms(CLOCK, Scope(issue.partnership, Visibility.SHARED))
    third = archive.third(CLOCK, issue.id)
    beside = archive.rooms(CLOCK, Scope(third.through, Visibility.SHARED)) if third else ()
    return tuple(one.id for one in (*home, *(one for one in beside if one.organisation == issue.third)))
