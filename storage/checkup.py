"""What `check` says about the record: does it answer, does it fit, is a message stuck."""

from bot.clock import Clock
from bot.errors import Busy
from storage import endings, migrate, proof, retention, shortcomings, unattended, unreached, vouching
from storage.engines import WrongAddress
from storage.outbox import SqlLedger
from storage.store import SqlStore
from storage.told import Worker

Line = tuple[bool, str]

RECORD: Line = (True, "the database answers and stands at this version's schema")
NO_RECORD: Line = (
    False,
    "the database does not answer: look at DATABASE_URL and at the database itself",
)
NO_SCHEMA: Line = (False, "the database is not at this version's schema: run ./parley migrate")


class Unfit(Exception):
    """A database that must not be used like that; the message is one line for an operator."""


def fit(url: str) -> None:
    """Raises Unfit where the schema is not this version's."""
    if migrate.current(url) != migrate.head():
        raise Unfit("the database is not at this version's schema; run ./parley migrate")


def real(clock: Clock) -> None:
    """Raises Unfit where business time was ever moved."""
    if clock.offset:
        raise Unfit("this database belongs to a playground (its clock was moved); use another one")


def look(url: str, clock: Clock, mend: bool = False, keys: str = "", heads: str = "") -> tuple[Line, ...]:
    """Each line with whether it is fine, in the order in which somebody would mend them.

    `mend` sets the clocks that are missing, before anything is looked at. `keys` sign the chains' heads,
    which are kept in the file `heads` too.
    """
    try:
        if lacking := migrate.unfit(url):
            return ((False, lacking),)
        if migrate.current(url) != migrate.head():
            return (NO_SCHEMA,)
        store = SqlStore(url, clock)
        store.ready()
        store.load_clock()
        mended = _mended(proof.mend(store, clock)) if mend else ()
        troubles = ((False, one.line) for one in SqlLedger(store).troubles().rows if not one.person)
        silent = ((False, one) for one in proof.lines(proof.prove(store, clock)))
        with store.reading() as opened:
            opened.works(Worker.CHECKUP)
            found = (
                *shortcomings.lines(opened),
                *unattended.concerns(opened),
                *endings.lines(opened, clock.now()),
                *unreached.lines(opened),
            )
            missing = tuple((False, line) for line in found)
            kept = tuple((True, line) for line in retention.lines(opened, clock.now().date()))
        vouched = tuple(vouching.lines(store, clock.wall().date(), keys, heads))
        return (RECORD, _time(clock), *vouched, *kept, *mended, *missing, *silent, *troubles)
    except (Busy, WrongAddress):
        return (NO_RECORD,)


def _mended(clocks: int) -> tuple[Line, ...]:
    return ((True, f"clocks set anew: {clocks}; what is past rings as soon as ./parley serve runs"),)


def _time(clock: Clock) -> Line:
    """Whose record it is: a playground's clock was moved."""
    if clock.offset:
        return False, "this database belongs to a playground (its clock was moved): use another DATABASE_URL"
    return True, "business time is the machine's time"
