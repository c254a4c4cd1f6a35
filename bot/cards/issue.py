"""An issue in words: its card, its alarm, its confirmation, lists of issues, and questions about one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.actors import Actor, Permission
from bot.cards import when
from bot.governance.escalation import SeverityRule
from bot.governance.issue import Issue
from bot.governance.life import may_acknowledge, may_change
from bot.governance.partnership import Level, Partnership, Person
from bot.governance.visibility import Side, Visibility
from bot.ports import Entry
from bot.views import Block, Button, Buttons, Card, Facts, Link, Notice, Table, Text, Tone

CLIMB = "issue.climb"
HEADLINE = 120  # characters that are read at a glance; a longer title is also shown in full below
DECIDES = {
    "L1": "the study team decides",
    "L2": "operations decide",
    "L3": "the executives decide",
    "L4": "the contract’s dispute clause decides",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One climb for want of acknowledgement: when, from and to which level, and the limit that ran out."""

    at: datetime
    was: Level
    now: Level
    limit: datetime

    @classmethod
    def of(cls, entry: Entry) -> "Step":
        """From its line in the record."""
        before, after = entry.before or {}, entry.after or {}
        limit = datetime.fromisoformat(str(before["ack_due"]))
        return cls(entry.at, Level(str(before["level"])), Level(str(after["level"])), limit)

    @classmethod
    def read(cls, facts: Mapping[str, str]) -> "Step":
        """From the strings a letter or an audit line holds."""
        moment = datetime.fromisoformat
        return cls(moment(facts["at"]), Level(facts["was"]), Level(facts["now"]), moment(facts["limit"]))

    @property
    def facts(self) -> dict[str, str]:
        """As strings, for a letter."""
        return {"at": self.at.isoformat(), "was": self.was, "now": self.now, "limit": self.limit.isoformat()}


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of a list this is, how long pages are, and how many rows there are in all."""

    number: int
    size: int
    total: int
    partnership: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a card needs besides the issue: who reads it, the partnership, its people by id, what happened.

    `link` is the address of the message it began with, where this reader may have it.
    """

    reader: Actor
    partnership: Partnership
    people: Mapping[str, Person]
    climbs: tuple["Step", ...] = ()
    link: str = ""

    def name(self, person: str) -> str:
        """ "Annika Lindqvist (Northmere Clinical Ltd)"."""
        if person not in self.people:
            return "somebody who has left"
        found = self.people[person]
        side = Side.SPONSOR if found.organisation == self.partnership.sponsor else Side.CRO
        return f"{found.name} ({self.partnership.company(side)})"

    def time(self, at: datetime) -> str:
        """In the reader's zone."""
        return when.instant(at, self.reader.zone)


def card(issue: Issue, here: Setting) -> Card:
    """The live card: what it is, who has it, what it waits for, what happened so far."""
    title = (("Title", issue.title),) if len(headline(issue)) > HEADLINE else ()
    blocks: list[Block] = [*_standing(issue, here), Facts((*title, *_facts(issue, here)))]
    if issue.description:
        blocks.append(Text(issue.description))
    blocks += _link(here)
    blocks += [Text(line, quiet=True) for line in _happened(here)]
    if buttons := _buttons(issue, here):
        blocks.append(Buttons(buttons))
    return Card(headline(issue), tuple(blocks), f"{headline(issue)} ({issue.severity}, {issue.state.words})")


def with_climbs(here: Setting, history: tuple[Entry, ...]) -> Setting:
    """The same setting, with the climbs that the record tells of."""
    return replace(here, climbs=tuple(Step.of(entry) for entry in history if entry.what == CLIMB))


def alarm(issue: Issue, here: Setting, step: Step) -> Card:
    """Nobody acknowledged in time: fact, effect, ask; the same words to both sides."""
    fact = f"Not acknowledged by {here.time(step.limit)}. {issue.number} moves from {step.was} to {step.now}."
    shown = card(issue, here)
    blocks = (Notice(fact, Tone.ALARM), Text(_effect(issue, here, step)), *shown.blocks[1:])
    return Card(shown.title, blocks, f"{fact} {issue.title}")


def _effect(issue: Issue, here: Setting, step: Step) -> str:
    if issue.acknowledged_at:
        by = f" by {here.name(issue.acknowledged_by)}" if issue.acknowledged_by else ""
        return f"It has since been acknowledged{by}."
    if issue.state.over:
        return f"It is {issue.state.words} now."
    since = "" if issue.level == step.now else f"It has since moved to {issue.level}. "
    decides = since + DECIDES[issue.level][0].upper() + DECIDES[issue.level][1:]
    asked = here.partnership.company(issue.waits_for) if issue.waits_for else "its owner"
    return f"{decides} now. {here.name(issue.owner)} stays the owner. {asked} is asked to acknowledge it."


def logged(issue: Issue, here: Setting, done: str = "Logged") -> Card:
    """What was saved, for the one who said it: the date, the severity, the owner, who can see it."""
    limit = (("Acknowledge by", _acknowledge_by(issue, here)),) if issue.ack_due else ()
    told = tuple(pair for pair in _facts(issue, here) if pair[0] not in ("Level", "Raised"))
    facts = Facts((("Title", issue.title), *told, *limit))
    change = Button("Change", "issue.change", {"issue": issue.id}, opens=True)
    row = (Buttons((change,)),) if may_change(issue, here.reader.person) else ()
    return Card(f"{done} {issue.number}", (facts, *_link(here), *row), f"{done} {headline(issue)}")


def _link(here: Setting) -> tuple[Link, ...]:
    """Back to the message it began with, for those of that message's own company."""
    return (Link("The message it is about", here.link),) if here.link else ()


def listing(issues: tuple[Issue, ...], here: Mapping[str, Setting], page: Page) -> Card:
    """One page of open issues; `here` by partnership."""
    if not issues:
        return _no_rows(page)
    rows = tuple(
        (
            issue.number,
            issue.title,
            str(issue.severity),
            str(issue.level),
            here[issue.partnership].name(issue.owner),
            _state(issue),
        )
        for issue in issues
    )
    first = page.number * page.size + 1
    last = first + len(issues) - 1
    counted = f"{first} to {last} of {page.total}" if page.total > page.size else str(page.total)
    blocks: list[Block] = [Table(("Issue", "Title", "Severity", "Level", "Owner", "State"), rows)]
    if last < page.total:
        further = {"page": str(page.number + 1), "partnership": page.partnership}
        blocks.append(Buttons((Button("Next page", "issue.list", further),)))
    return Card(f"Open issues, {counted}", tuple(blocks))


def _no_rows(page: Page) -> Card:
    """Nothing is open, or what was on this page has been closed since."""
    if page.total:
        first = Button("First page", "issue.list", {"page": "0", "partnership": page.partnership})
        return Card("Nothing on this page any more", (Buttons((first,)),))
    return Card(
        "No open issues",
        (Text("To log one: issue TMF backlog at site 104, major, owner @name, due next Friday"),),
    )


def headline(issue: Issue) -> str:
    """ "NOR-ISS-008: TMF backlog at site 104"."""
    return f"{issue.number}: {issue.title}"


def who_sees(visibility: Visibility, partnership: Partnership, readers: tuple[str, ...] = ()) -> str:
    """The people behind a class, in words."""
    match visibility:
        case Visibility.SHARED:
            return f"{partnership.sponsor_name} and {partnership.cro_name}"
        case Visibility.SPONSOR_INTERNAL:
            return f"{partnership.sponsor_name} only"
        case Visibility.CRO_INTERNAL:
            return f"{partnership.cro_name} only"
        case Visibility.RESTRICTED:
            return f"only {' and '.join(readers)}" if readers else "only the people it names"


def _standing(issue: Issue, here: Setting) -> tuple[Notice]:
    """What it waits for now, first."""
    if issue.acknowledged_at:
        by = f" by {here.name(issue.acknowledged_by)}" if issue.acknowledged_by else ""
        return (Notice(f"Acknowledged{by}, {here.time(issue.acknowledged_at)}.", Tone.GOOD),)
    if issue.state.over:
        return (Notice(issue.state.words.capitalize() + "."),)
    waits = here.partnership.company(issue.waits_for) if issue.waits_for else "Its owner"
    tone = Tone.ALARM if issue.missed else Tone.WARNING
    again = "Not acknowledged. " if issue.missed else ""
    by = f" by {here.time(issue.ack_due)}" if issue.ack_due else " now" if issue.missed else ""
    return (Notice(f"{again}{waits} is asked to acknowledge it{by}.", tone),)


def _facts(issue: Issue, here: Setting) -> tuple[tuple[str, str], ...]:
    readers = tuple(sorted(here.people[person].name for person in issue.readers if person in here.people))
    pairs = (
        ("Severity", str(issue.severity)),
        ("Level", f"{issue.level}: {DECIDES[issue.level]}"),
        ("Owner", here.name(issue.owner) if issue.owner else "nobody yet"),
        ("Due", when.day(issue.due) if issue.due else ""),
        ("Study", issue.study),
        ("Category", issue.category.replace("_", " ")),
        ("Raised", f"{here.name(issue.raised_by)}, {here.time(issue.raised_at)}"),
        ("Seen by", who_sees(issue.visibility, here.partnership, readers)),
    )
    return tuple((label, value) for label, value in pairs if value)


def _acknowledge_by(issue: Issue, here: Setting) -> str:
    if issue.ack_due is None or issue.acknowledged_at or issue.rule.ack is None:
        return ""
    return f"{here.time(issue.ack_due)} ({_kind_of_limit(issue.rule)})"


def _kind_of_limit(rule: SeverityRule) -> str:
    return rule.ack.words if rule.ack else ""


def _happened(here: Setting) -> tuple[str, ...]:
    return tuple(
        f"{here.time(one.at)}: nobody had acknowledged it, so it moved from {one.was} to {one.now}."
        for one in here.climbs
    )


def _buttons(issue: Issue, here: Setting) -> tuple[Button, ...]:
    """Acknowledge, for a reader on the side that is asked to; a room shows what its people may press."""
    reader = here.reader
    allowed = bool(reader.room) or reader.may(Permission.ACKNOWLEDGE)
    if (
        issue.acknowledged_at
        or issue.state.over
        or not allowed
        or not may_acknowledge(issue, reader.person, reader.side)
    ):
        return ()
    return (
        Button("Acknowledge", "issue.ack", {"issue": issue.id, "version": str(issue.version)}, primary=True),
    )


def _state(issue: Issue) -> str:
    return "not acknowledged" if not issue.acknowledged_at and not issue.state.over else issue.state.words


def unfit(sentence: str, said: str, opener: Button) -> Card:
    """What was said cannot be saved as it is: why, and the form with everything else in it."""
    kept = (Text("Nothing is saved yet. You said:", quiet=True), Text(said, quiet=True))
    return Card("Almost", (Notice(sentence, Tone.WARNING), *kept, Buttons((opener,))), sentence)


def empty(opener: Button) -> Card:
    """Nothing was said about the issue yet."""
    words = "Fill in the form, or say it in one line: issue TMF backlog, major, owner @name, due Friday"
    return Card("Log an issue", (Text(words), Buttons((opener,))), words)


def question(words: str, said: str, buttons: tuple[Button, ...], hint: str) -> Card:
    """One thing that is missing or unclear, with answers to press and a way to type it."""
    rows = tuple(Buttons(buttons[start : start + 5]) for start in range(0, len(buttons), 5))
    footing = (
        Text("Nothing is saved yet. You said:", quiet=True),
        Text(said, quiet=True),
        Text(hint, quiet=True),
    )
    return Card("One question first", (Text(words), *rows, *footing), words)
