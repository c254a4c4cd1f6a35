"""Two bots on one PostgreSQL, all killed over and over: nothing lost or doubled, order and rate kept."""

import asyncio
import signal
import sys
from itertools import combinations

import pytest
import pytest_asyncio

from adapters.slack.app import Slack
from adapters.teams.app import Teams
from bot.clock import Clock, system_time
from playground.server import listen, playing
from storage.load.file import load
from storage.store import SqlStore
from tests import postgres
from tests.processes.replicas import Replicas, crash, wide
from tests.processes.town import Town
from tests.processes.wire_tap import Tap

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.thorough]

SEED = 20260302
ROOMS = 15  # on each side, besides the example's own
ISSUES = 14
SINGLE, DOUBLE = 5, 3  # blows that kill one bot, and both
SPAN = range(30, 450)  # arrivals after which a blow may fall; there are five hundred at least
REPEAT = "This may be a repeat"
TOLD = ("rafael", "tomasz", "marcus", "david")  # who hear of a major issue, besides every room
ALLOWANCE = 1  # a message may be under way for a moment after it was let go

PROMISED = (
    "SELECT title FROM issue JOIN (SELECT subject, min(id) AS first FROM outbox WHERE kind = 'issue.card'"
    " AND live GROUP BY subject) AS told ON told.subject = issue.id WHERE title LIKE 'Backlog %%'"
    " ORDER BY first"
)


@pytest.fixture
def cluster():
    """A PostgreSQL of its own, because it is going to die."""
    started = postgres.start()
    yield started
    started.stop()


@pytest_asyncio.fixture
async def town(cluster, tmp_path):
    url = cluster.fresh()
    store = SqlStore(url, Clock())
    load(store, wide(ROOMS), system_time())
    store.close()
    bound = listen()
    opened = Town(url, tmp_path, bound)
    opened.tap = opened.playground.app = Tap(opened.playground.app)
    async with playing(opened.playground, bound):
        yield opened
        await opened.close()


@pytest_asyncio.fixture
async def replicas(town):
    found = Replicas(town, SEED)
    await found.start()
    await town.playground.install_everywhere()
    await town.until(town.is_quiet)
    town.tap.arrivals.clear()
    town.settled = town.rows("SELECT max(id) AS last FROM outbox")[0].last or 0
    return found


def title(number):
    return f"Backlog {number:02d} at site 104"


async def drive(replicas, numbers, writer, reader):
    """One side logs, the other acknowledges every second; each new issue comes as the last ones arrive."""
    town = replicas.town
    for at, number in enumerate(numbers):
        await town.until(lambda at=at: len(town.tap.arrivals) >= (at - 1) * 2 * ROOMS * 2)
        logged = f"SELECT id FROM issue WHERE title = '{title(number)}'"  # noqa: S608 - our own words
        await replicas.say(writer, f"issue {title(number)}, major, owner @rafael, due next Friday", logged)
        if number % 2:
            ((issue,),) = await replicas.shows(logged)
            await replicas.say(reader, f"issue ack {issue}", f"{logged} AND state = 'acknowledged'")


async def strike(replicas, cluster):
    """Each blow once so many messages have arrived."""
    town, chance = replicas.town, replicas.chance
    blows = [replicas.kill_one] * SINGLE + [replicas.kill_both] * DOUBLE
    for how in (signal.SIGKILL, signal.SIGQUIT):
        blows.append(lambda how=how: asyncio.to_thread(crash, cluster, how))
    chance.shuffle(blows)
    for blow, after in zip(blows, sorted(chance.sample(SPAN, len(blows))), strict=True):
        await town.until(lambda after=after: len(town.tap.arrivals) >= after)
        await blow()


async def test_two_replicas_that_die_lose_and_double_nothing_and_keep_order_and_rate(replicas, cluster):
    town = replicas.town
    sys.stdout.write(f"seed {SEED}\n")
    half = ISSUES // 2
    await asyncio.gather(
        drive(replicas, range(1, half + 1), "annika", "priya"),
        drive(replicas, range(half + 1, ISSUES + 1), "priya", "annika"),
        strike(replicas, cluster),
    )
    await replicas.kill_both()
    await town.until(town.is_quiet)
    sys.stdout.write(tally(town, replicas))
    assert replicas.kills >= 11
    nothing_is_lost(town)
    nothing_is_doubled(town)
    order_is_kept(town)
    rates_are_kept(town)


def tally(town, replicas):
    """What happened, for whoever reads the log of the tests."""
    states = town.rows("SELECT state, count(*) AS rows FROM outbox GROUP BY state ORDER BY state")
    told = ", ".join(f"{row.rows} {row.state}" for row in states)
    return f"{replicas.kills} kills, {len(town.tap.arrivals)} arrivals; messages: {told}\n"


def nothing_is_lost(town):
    """Every issue is there once; every promise was kept, or is one that is held where nobody can look."""
    titles = [row.title for row in town.rows("SELECT title FROM issue WHERE title LIKE 'Backlog %%'")]
    assert sorted(titles) == [title(number) for number in range(1, ISSUES + 1)]
    delivered = town.rows("SELECT count(*) AS rows FROM outbox WHERE state = 'delivered'")[0].rows
    assert delivered >= 500
    for row in town.rows("SELECT * FROM outbox WHERE state != 'delivered' ORDER BY id"):
        if row.id <= town.settled:
            continue
        if row.state == "dropped":  # an edit that a newer one had overtaken, or a question that shows nothing
            assert row.live or row.kind == "room.roll", row
        else:  # an answer that is not said twice, where nobody can look whether it was said
            assert (row.state, row.kind, row.queue[:11]) == ("held", "issue.logged", "place:teams"), row
    for place, cards in first_cards(town).items():
        assert len(set(cards)) == ISSUES, place


def nothing_is_doubled(town):
    """A second copy exists only where the platform cannot be asked, and says of itself what it is."""
    for place in places(town):
        arrived = [one for one in town.tap.by_conversation()[place] if one.is_new]
        for number in range(1, ISSUES + 1):
            copies = [one for one in arrived if title(number) in one.words]
            assert not [one for one in copies[1:] if one.on_slack], (place, number)
            assert [one for one in copies[1:] if REPEAT not in one.words] == [], (place, number)


def order_is_kept(town):
    """In each conversation, as it was promised; and the last word stands."""
    promised = [row.title for row in town.rows(PROMISED)]
    for place, cards in first_cards(town).items():
        assert cards == promised, place
    for number in range(1, ISSUES + 1, 2):
        for place, seen in town.copies(title(number)).items():
            if place in places(town):
                assert "Acknowledged by" in seen[-1], (place, number)


def rates_are_kept(town):
    """However many bots: no stretch of time holds more than the platform's burst and its rate allow."""
    for place, arrived in town.tap.by_conversation().items():
        rate, burst = Slack.rate if arrived[0].on_slack else Teams.rate
        times = [one.at for one in arrived]
        for (first, began), (last, ended) in combinations(enumerate(times), 2):
            assert last - first + 1 <= burst + rate * (ended - began) + ALLOWANCE, place


def places(town):
    """Every room, and those who hear of every issue; the speakers have answers of their own besides."""
    annika, priya = town.people["annika"], town.people["priya"]
    own = [place for one in (annika, priya) for place in one.channels if "general" not in place.lower()]
    rooms = [place for place in own if "quillon" not in place]
    return {*rooms, *(town.people[name].direct for name in TOLD)}


def first_cards(town):
    """Which issue each conversation heard of, in order, repeats aside."""
    titles = [title(number) for number in range(1, ISSUES + 1)]
    found = {}
    for place in places(town):
        arrived = [one.words for one in town.tap.by_conversation().get(place, []) if one.is_new]
        named = [next(one for one in titles if one in words) for words in arrived]
        found[place] = list(dict.fromkeys(named))
    return found
