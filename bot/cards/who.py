"""Who is who in a partnership: its pairs level by level, everybody else, and one person alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.cards import when
from bot.cards.setting import Setting
from bot.governance.company import PAIRED, Member
from bot.governance.partnership import Counterparts, Partnership, Person
from bot.governance.visibility import Side
from bot.views import Block, Button, Buttons, Card, Facts, Notice, Table, Text

WHO = "who"
SIZE = 20  # people on a page


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one partnership as its reader knows them; `own` are what their own company keeps, by id.

    `others` are the reader's other partnerships; `page` is which page of the people is shown.
    """

    here: Setting
    pairs: tuple[Counterparts, ...]
    own: Mapping[str, Member] = field(default_factory=dict)
    others: tuple[Partnership, ...] = ()
    page: int = 0


def card(cast: Cast) -> Card:
    """The pairs, then everybody by name."""
    home = cast.here.partnership
    title = f"Who is who: {home.sponsor_name} and {home.cro_name}"
    return Card(title, (*_pairs(cast), *_everybody(cast), *_elsewhere(cast)))


def _pairs(cast: Cast) -> tuple[Block, ...]:
    if cast.page:
        return ()
    home = cast.here.partnership
    known = {one.level: one for one in cast.pairs}
    levels = (*(one for one in PAIRED if one in known), *(one for one in known if one not in PAIRED))
    rows = tuple(
        (level(one), " · ".join(_seat(known[one].of(side), cast.here) for side in Side)) for one in levels
    )
    if not rows:
        return (Notice("Nobody is named as a counterpart yet."),)
    return (Notice(f"Who decides: {home.sponsor_name} · {home.cro_name}"), Facts(rows))


def level(name: str) -> str:
    """ "L2", "Quality"."""
    return name if name.startswith("L") else name.capitalize()


def _seat(person: str, here: Setting) -> str:
    if not person:
        return "nobody"
    away = absent(person, here)
    return f"{here.called(person)}{f' (away {away})' if away else ''}"


def absent(person: str, here: Setting) -> str:
    """ "until Fri 12 Dec, Rafael Monteiro stands in"; "" for somebody who is there."""
    absence = here.away.get(person)
    if absence is None:
        return ""
    who = f", {here.called(absence.delegate)} stands in" if absence.delegate in here.people else ""
    return f"until {when.short_day(absence.last)}{who}"


def _everybody(cast: Cast) -> tuple[Block, ...]:
    """Company by company; their own first."""
    own = cast.here.reader.organisation
    everyone = sorted(cast.here.people.values(), key=lambda one: (one.organisation != own, one.name, one.id))
    shown = everyone[cast.page * SIZE : (cast.page + 1) * SIZE]
    if not shown:
        return (Text("Nobody on this page."),)
    blocks: list[Block] = []
    for organisation, people in groupby(shown, key=lambda one: one.organisation):
        company = cast.here.company(cast.here.partnership.side_of(organisation))
        count = sum(one.organisation == organisation for one in everyone)
        blocks += [Notice(f"{company} ({count})"), _table(tuple(people), cast)]
    return (*blocks, *_paging(cast, cast.page * SIZE + len(shown), len(everyone)))


def _table(people: tuple[Person, ...], cast: Cast) -> Table:
    return Table(("Name", "What they do"), tuple((_name(one, cast.here), _does(one, cast)) for one in people))


def _does(person: Person, cast: Cast) -> str:
    """ "VP Clinical Operations; back-up: Priya Raghunathan"."""
    deputy = _deputy(person, cast)
    return f"{does(person, cast.own)}; {deputy}" if deputy else does(person, cast.own)


def _name(person: Person, here: Setting) -> str:
    return f"{person.name}{' (away)' if person.id in here.away else ''}"


def does(person: Person, own: Mapping[str, Member]) -> str:
    """The title; without one, the roles, which only their own company is told."""
    return person.title or roles(person, own) or "–"


def roles(person: Person, own: Mapping[str, Member]) -> str:
    """ "alliance manager, administrator"; "" for somebody of another company."""
    known = own.get(person.id)
    return ", ".join(sorted(one.replace("_", " ") for one in known.roles)) if known else ""


def _deputy(person: Person, cast: Cast) -> str:
    """Who stands in today, else the back-up, which only their own company is told."""
    absence = cast.here.away.get(person.id)
    if absence and absence.delegate in cast.here.people:
        return f"{cast.here.called(absence.delegate)} stands in"
    known = cast.own.get(person.id)
    backup = cast.own.get(known.backup) if known else None
    return f"back-up: {backup.name}" if backup else ""


def _paging(cast: Cast, last: int, total: int) -> tuple[Buttons, ...]:
    fields = {"partnership": cast.here.partnership.id}
    after = (Button("Next page", WHO, fields | {"page": str(cast.page + 1)}),) if last < total else ()
    before = (Button("Previous page", WHO, fields | {"page": str(cast.page - 1)}),) if cast.page else ()
    return (Buttons((*after, *before)),) if after or before else ()


def _elsewhere(cast: Cast) -> tuple[Buttons, ...]:
    """The reader's other partnerships."""
    side = cast.here.reader.side
    ways = tuple(
        Button(f"With {home.company(side.other)}"[:75], WHO, {"partnership": home.id})
        for home in cast.others[:5]
        if side
    )
    return (Buttons(ways),) if ways else ()


@dataclass(frozen=True, slots=True)
class Portrait:
    """One person: `company` by name, `places` are the levels at which they answer, with whom.

    `away` says until when and who stands in; `member` is what their company keeps, for its own people alone.
    """

    person: Person
    company: str
    now: datetime
    places: tuple[str, ...] = ()
    away: str = ""
    member: Member | None = None
    backup: str = ""


def portrait(told: Portrait) -> Card:
    """Title, company, where they answer, their time of day, and whether they are there."""
    person, member = told.person, told.member
    there = told.now.astimezone(ZoneInfo(person.zone))
    names = ", ".join(sorted(one.replace("_", " ") for one in member.roles)) if member else ""
    pairs = (
        ("Title", person.title),
        ("Company", told.company),
        ("Roles", names),
        ("Decides at", "\n".join(told.places)),
        ("Where they are", f"{when.short_day(there.date())}, {there:%H:%M} ({person.zone})"),
        ("Away", told.away or "no"),
        ("Back-up", told.backup),
        ("Works", member.working_hours if member else ""),
    )
    return Card(person.name, (Facts(tuple((label, value) for label, value in pairs if value)),))


def which(said: str, people: tuple[tuple[Person, str], ...]) -> Card:
    """Several are called so; `people` with their companies."""
    ways = tuple(
        Button(f"{one.name} ({company})"[:75], WHO, {"person": one.id}) for one, company in people[:5]
    )
    return Card(f"Which {said}?", (Buttons(ways),))
