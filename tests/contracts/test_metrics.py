"""What /metrics says: who was served how, and how the queues stand; never a partnership, never a person."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from prometheus_client import generate_latest

from adapters.metrics import Meters
from adapters.platform import Office
from bot.cards import general
from bot.desk import Answer
from bot.errors import Busy
from bot.intents import Handle, Intent, Place
from storage.proof import Proven
from storage.troubles import Standing

INTENT = Intent(Handle("teams", "T-PRIVATE", "U-PRIVATE"), Place("teams", "T-PRIVATE", "C-PRIVATE"), "k")


@dataclass
class Desk:
    """A desk that answers one thing, or fails in one way."""

    answer: Answer | Exception

    def only_reads(self, intent):
        return False

    def serve(self, intent):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def nothing_saved(self):
        return general.NOTHING_SAVED

    not_confirmed = nothing_saved

    def fault(self, reference):
        return general.fault(reference)


class Store:
    """Runs the work where it stands."""

    async def write(self, work, patience):
        return await asyncio.to_thread(work)


def meters(standing=lambda: Standing(3, 2, 1, 90.0, 4)):
    return Meters(standing)


def page(found: Meters) -> str:
    return generate_latest(found.registry).decode()


OUTCOMES = {
    "answered": Answer(None),
    "refused": Answer(None, refused=True),
    "busy": Busy(),
    "fault": LookupError(),
}


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_a_request_counts_by_platform_and_outcome_with_its_seconds(outcome):
    found = meters()
    await Office(Desk(OUTCOMES[outcome]), Store(), meter=found.asked).ask(INTENT)
    told = page(found)
    assert f'parley_requests_total{{outcome="{outcome}",platform="teams"}} 1.0' in told
    assert 'parley_request_seconds_count{platform="teams"} 1.0' in told
    assert "PRIVATE" not in told


def test_deliveries_and_queues_are_told():
    found = meters()
    found.sent("slack", "delivered")
    told = page(found)
    assert 'parley_deliveries_total{outcome="delivered",platform="slack"} 1.0' in told
    assert 'parley_outbox_messages{state="open"} 3.0' in told
    assert 'parley_outbox_messages{state="held"} 2.0' in told
    assert 'parley_outbox_messages{state="failed"} 1.0' in told
    assert "parley_outbox_oldest_seconds 90.0" in told
    assert "parley_dues_overdue 4.0" in told
    assert "parley_record_reachable 1.0" in told


def test_a_record_out_of_reach_is_told_and_hides_nothing_else():
    def away():
        raise Busy

    found = meters(away)
    found.sent("slack", "again")
    told = page(found)
    assert "parley_record_reachable 0.0" in told
    assert 'parley_deliveries_total{outcome="again",platform="slack"} 1.0' in told
    assert "parley_outbox_messages" not in told


def test_what_the_auditor_of_the_clocks_found_is_told_without_saying_whose_they_are():
    found = meters()
    assert "parley_clocks_late 0.0" in page(found)
    found.proven(Proven(datetime(2026, 11, 10, tzinfo=UTC), issues=9, late=2, missing=1))
    told = page(found)
    assert "parley_clocks_late 2.0" in told
    assert "parley_clocks_missing 1.0" in told
    assert "parley_clocks_proven_timestamp_seconds 1.79" in told
