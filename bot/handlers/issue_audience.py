"""Who would read a record that is opened up: the people of each company, and the rooms it would stand in."""

from bot.cards.issue_preview import Seen
from bot.cards.setting import Setting
from bot.governance.opening import Target
from bot.governance.visibility import Scope, Side, Visibility
from bot.ports import Archive


def who(archive: Archive, here: Setting, target: Target) -> Seen:
    """Everybody of the companies that would read it, as the directory stands now."""
    home = here.partnership
    companies = tuple((home.company(side), _people(here, side)) for side in (_across(here), here_side(here)))
    rooms = archive.rooms(here.reader, Scope(home.id, Visibility.SHARED))
    named = (f"{one.name or one.id} ({home.company(home.side_of(one.organisation))})" for one in rooms)
    thirds = archive.thirds(here.reader, home.id) if target.further else ()
    beside = next((one.name for one in thirds if one.organisation == target.further), "")
    return Seen(companies, tuple(sorted(named)), beside)


def here_side(here: Setting) -> Side:
    """The side of whoever looks."""
    return here.reader.side or Side.SPONSOR


def _across(here: Setting) -> Side:
    return here_side(here).other


def _people(here: Setting, side: Side) -> tuple[str, ...]:
    own = here.partnership.organisation(side)
    return tuple(sorted(one.name for one in here.people.values() if one.organisation == own))
