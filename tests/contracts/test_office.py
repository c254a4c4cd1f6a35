"""Where the asynchronous edge meets the core: what is said when the core cannot answer."""

import asyncio
import logging

import pytest

from adapters.platform import Office
from bot.cards import general
from bot.errors import Busy
from bot.intents import Handle, Intent, Place, Reply

INTENT = Intent(
    Handle("slack", "T1", "U1"), Place("slack", "T1", "C1"), "k", "issue TMF backlog", reply=Reply.HERE
)


class Desk:
    """A desk on which everything goes wrong in one way."""

    def __init__(self, wrong):
        self.wrong = wrong

    def only_reads(self, intent):
        return False

    def serve(self, intent):
        raise self.wrong

    def nothing_saved(self):
        return general.NOTHING_SAVED

    def not_confirmed(self):
        return general.NOT_CONFIRMED

    def fault(self, reference):
        return general.fault(reference)


class Store:
    """Runs the work where it stands."""

    async def write(self, work, patience):
        return await asyncio.to_thread(work)


async def test_a_fault_is_told_by_its_reference_and_the_log_holds_no_words(caplog):
    with caplog.at_level(logging.DEBUG):
        answer = await Office(Desk(RuntimeError("TMF backlog at site 104")), Store()).ask(INTENT)
    words = answer.view.blocks[0].text
    reference = words.removesuffix(".").rpartition(" ")[2]
    assert words.startswith("Something went wrong on our side; nothing was saved. Reference ")
    assert f"fault {reference}: request: RuntimeError" in caplog.text
    assert "site 104" not in caplog.text


@pytest.mark.parametrize(
    ("wrong", "title"), [(Busy(), "Nothing was saved"), (TimeoutError(), "Not confirmed")]
)
async def test_a_record_out_of_reach_is_told_in_time(wrong, title):
    answer = await Office(Desk(wrong), Store()).ask(INTENT)
    assert (answer.view.title, answer.refused) == (title, True)


async def test_a_request_that_failed_wakes_nobody():
    woken = []
    await Office(Desk(Busy()), Store(), lambda: woken.append(1)).ask(INTENT)
    assert woken == []
