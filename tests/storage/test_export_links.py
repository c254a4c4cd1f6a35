"""A link for one person: opened, said to be theirs, fetched once; whatever happens at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.clock import Clock
from bot.counter import Counter, Progress
from bot.errors import Conflict
from bot.governance.export import LASTS, About, ExportLink, Format, State
from storage.load.file import load
from tests.postgres import beside
from tests.storage.conftest import NOW
from tests.storage.test_load import AS_OF
from tests.world import example

TAKEN = "SELECT chain FROM audit WHERE what = 'export.made' ORDER BY chain"
ME, OTHER = "my browser's own secret", "another browser's secret"
PERSON = "PER-04"


@pytest.fixture
def loaded(store):
    load(store, example(), AS_OF)
    return store


@pytest.fixture
def counter(loaded):
    return Counter(loaded, Clock(lambda: NOW))


def made(store, **changes):
    """A link's token; the link is PER-04's."""
    link = ExportLink("L1", PERSON, About(record="NOR-ISS-003"), Format.JSON, NOW + LASTS)
    with store.writing() as archive:
        actor = archive.person_actor(PERSON)
        archive.keep_export_link(actor, replace(link, **changes))
        return archive.export_token(actor, link)


def say(store, state, person=PERSON):
    with store.writing() as archive:
        actor = archive.person_actor(person)
        archive.save_export_link(actor, archive.export_link(actor, "L1").became(state))


def rows(store, statement):
    with beside(store, writes=False) as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def questions(store):
    return rows(store, "SELECT version FROM outbox WHERE kind = 'export.asked' ORDER BY version")


def test_the_whole_way_once(loaded, counter):
    token = made(loaded)
    assert counter.see_link(token, "").progress is Progress.CLOSED
    assert questions(loaded) == [], "looking opens nothing"
    opened = counter.open_link(token, ME)
    assert (opened.progress, len(opened.code)) == (Progress.WAITING, 5)
    assert counter.open_link(token, ME) == counter.see_link(token, ME) == opened
    assert questions(loaded) == [(2,)]
    assert counter.fetch_link(token, ME) is None
    assert counter.hand_over(token, ME) is False
    say(loaded, State.GRANTED)
    assert counter.see_link(token, ME).progress is Progress.READY
    assert counter.see_link(token, OTHER).progress is Progress.GONE
    assert counter.fetch_link(token, OTHER) is None
    assert counter.hand_over(token, OTHER) is False
    first, again = counter.fetch_link(token, ME), counter.fetch_link(token, ME)
    assert first == again, "what is interrupted before it was handed over is not lost"
    assert first.dossier.reader.id == PERSON
    assert counter.hand_over(token, ME) is True
    assert counter.hand_over(token, ME) is False
    assert counter.fetch_link(token, ME) is None
    assert counter.see_link(token, ME).progress is Progress.GONE


@pytest.mark.parametrize(
    ("words", "classes"),
    [
        (("enrolment",), ("shared", "sponsor_internal")),
        (("enrolment", "below"), ("sponsor_internal",)),  # only the sponsor's own note holds both
    ],
)
def test_it_is_recorded_in_each_class_that_holds_the_words_and_nothing_else_is_said(
    loaded, counter, words, classes
):
    token = made(loaded, about=About(study="HAL-301", words=words))
    counter.open_link(token, ME)
    say(loaded, State.GRANTED)
    assert counter.hand_over(token, ME)
    told = rows(
        loaded, "SELECT chain, record, person, payload FROM audit WHERE what = 'export.made' ORDER BY chain"
    )
    assert [one[:3] for one in told] == [(f"read:P-NOR:{one}", "P-NOR", PERSON) for one in classes]
    assert told[0][3] == '{"after":{"format":"json","study":"HAL-301"},"before":null,"why":""}'


def test_of_two_requests_at_the_same_moment_one_gets_the_file(loaded, counter):
    token = made(loaded)
    counter.open_link(token, ME)
    say(loaded, State.GRANTED)
    with ThreadPoolExecutor(4) as threads:
        given = list(threads.map(lambda _: counter.hand_over(token, ME), range(4)))
    assert sorted(given) == [False, False, False, True]
    assert rows(loaded, TAKEN) == [("read:P-NOR:shared",), ("read:P-NOR:sponsor_internal",)]


def test_another_browser_asks_anew_and_three_are_enough(loaded, counter):
    token = made(loaded)
    first = counter.open_link(token, ME)
    second = counter.open_link(token, OTHER)
    assert first.code != second.code
    assert counter.see_link(token, ME).progress is Progress.CLOSED
    assert counter.open_link(token, ME).progress is Progress.WAITING
    assert counter.open_link(token, OTHER).progress is Progress.GONE
    assert questions(loaded) == [(2,), (3,), (4,)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person SET active = false WHERE id = 'PER-04'",
        "UPDATE identity SET barred = 'guest' WHERE person = 'PER-04'",
        "DELETE FROM role WHERE person = 'PER-04'",
        "UPDATE export_link SET state = 'refused'",
        "UPDATE export_link SET until = '2020-01-01 00:00:00+00:00'",
    ],
)
def test_whoever_lost_the_right_meanwhile_gets_nothing(loaded, counter, statement):
    token = made(loaded)
    counter.open_link(token, ME)
    say(loaded, State.GRANTED)
    with beside(loaded) as connection:
        connection.execute(text(statement))
    loaded._memory = type(loaded._memory)()
    assert counter.see_link(token, ME).progress is Progress.GONE
    assert counter.fetch_link(token, ME) is None
    assert counter.hand_over(token, ME) is False
    assert counter.open_link(token, ME).progress is Progress.GONE


def test_what_it_is_about_was_closed_to_them_meanwhile(loaded, counter):
    token = made(loaded)
    counter.open_link(token, ME)
    say(loaded, State.GRANTED)
    with beside(loaded) as connection:
        connection.execute(text("UPDATE issue SET visibility = 'cro_internal' WHERE id = 'NOR-ISS-003'"))
    assert counter.fetch_link(token, ME) is None


def test_a_token_is_kept_nowhere_and_a_wrong_one_leads_nowhere(loaded, counter):
    token = made(loaded)
    assert not any(token in str(row) for row in rows(loaded, "SELECT * FROM export_link"))
    for wrong in ("", "x", token[:-1], token.upper(), "'; --"):
        assert counter.see_link(wrong, ME).progress is Progress.GONE
        assert counter.open_link(wrong, ME).progress is Progress.GONE
        assert counter.fetch_link(wrong, ME) is None
        assert counter.hand_over(wrong, ME) is False


def test_a_link_is_its_persons_alone(loaded):
    made(loaded)
    with loaded.writing() as archive:
        other, own = archive.person_actor("PER-09"), archive.person_actor(PERSON)
        link = archive.export_link(own, "L1")
        assert archive.export_link(other, "L1") is None
        assert archive.export_token(other, link) == ""
        for act in (archive.save_export_link, archive.keep_export_link):
            with pytest.raises((Conflict, PermissionError)):
                act(other, link.became(State.GRANTED))


def test_what_ran_out_long_ago_is_forgotten(loaded):
    made(loaded, until=NOW - timedelta(days=2))
    made(loaded, id="L2")
    assert rows(loaded, "SELECT id FROM export_link") == [("L2",)]
