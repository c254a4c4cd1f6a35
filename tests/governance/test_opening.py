"""Who may open a record up or close it down, what becomes of it, and which words tell too much."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import Refusal
from bot.governance import judge, opening
from bot.governance.blinding import reads_unblinded
from bot.governance.hidden import Hidden, named, numbers
from bot.governance.issue import LegalClock, State
from bot.governance.party import Party
from bot.governance.states import GoesOn, not_over
from bot.governance.visibility import Side, Visibility
from tests.governance.issues import ISSUE, RAISED

OWN = replace(
    ISSUE, visibility=Visibility.CRO_INTERNAL, number="NORI-ISS-001", raised_by="PER-09", owner="PER-10"
)
RAISER, OWNER, COLLEAGUE = (Party(one, Side.CRO) for one in ("PER-09", "PER-10", "PER-07"))
OTHER = Party("PER-04", Side.SPONSOR)
LATER = RAISED + timedelta(days=1)
HIDDEN = Hidden(
    ("Quillon Data Sciences SL", "Global Trials AG"),
    ("HAL-103",),
    (("Wei-Ling Tan", "weiling.tan"), ("Gareth Pugh", "gareth.pugh"), ("Ada Lindqvist", "")),
    frozenset({"QUI", "QUII", "HAL", "NORI"}),
    ("Annika Lindqvist",),
)


def refused(check, issue, party):
    with pytest.raises(Refusal) as caught:
        check(issue, party)
    return type(caught.value)


def test_its_raiser_or_owner_shares_it_and_whoever_stands_for_them():
    for party in (RAISER, OWNER, replace(COLLEAGUE, stands_for=frozenset({"PER-10"})), Party("", Side.CRO)):
        opening.check_share(OWN, party)
    assert refused(opening.check_share, OWN, COLLEAGUE) is opening.NotYoursToShare
    assert refused(opening.check_share, OWN, replace(RAISER, side=Side.SPONSOR)) is opening.NotYoursToShare


def test_what_both_see_what_is_unblinded_and_what_has_ended_is_not_shared():
    both = replace(OWN, visibility=Visibility.SHARED)
    assert refused(opening.check_share, both, OTHER) is opening.SharedAlready
    assert refused(opening.check_share, replace(OWN, unblinded=True), RAISER) is opening.UnblindedStays
    refused(opening.check_share, replace(OWN, state=State.CLOSED), RAISER)


def test_an_opened_record_ends_and_is_never_opened_or_reopened_again():
    ended = opening.opened(OWN, RAISER, "NOR-ISS-009", "they plan the sites", LATER)
    assert (ended.state, ended.reason, ended.closed_at) == (State.CLOSED, "they plan the sites", LATER)
    assert ended.linked == {"shared_as": "NOR-ISS-009"}
    for check in (opening.check_share, judge.check_reopen, opening.check_unshare):
        assert refused(check, ended, RAISER) is GoesOn
    with pytest.raises(GoesOn):
        not_over(ended)


def test_a_clock_of_law_is_not_lost_by_opening():
    legal = LegalClock("EU CTR Art. 52", RAISED, 7, date(2026, 11, 16))
    kept = opening.opened(replace(OWN, legal=legal), RAISER, "NOR-ISS-009", "they must know", LATER)
    assert not kept.state.over
    assert kept.legal == legal
    assert refused(opening.check_share, kept, RAISER) is opening.SharedBefore


def test_closing_down_is_for_the_side_that_raised_it_and_goes_one_step_down():
    both = replace(OWN, visibility=Visibility.SHARED, raised_side=Side.CRO)
    opening.check_unshare(both, COLLEAGUE)
    assert refused(opening.check_unshare, both, OTHER) is opening.NotYoursToCloseDown
    assert refused(opening.check_unshare, both, replace(COLLEAGUE, third=True)) is opening.NotYoursToCloseDown
    assert refused(opening.check_unshare, OWN, COLLEAGUE) is opening.NotYoursToShare
    assert opening.narrower(both, Side.CRO) is Visibility.CRO_INTERNAL
    assert opening.narrower(OWN, Side.CRO) is Visibility.RESTRICTED
    secret = replace(OWN, visibility=Visibility.RESTRICTED)
    assert refused(opening.check_unshare, secret, RAISER) is opening.NoNarrower


def test_nobody_takes_themselves_or_its_owner_off():
    secret = replace(OWN, visibility=Visibility.RESTRICTED, readers=frozenset({"PER-07", "PER-09", "PER-10"}))
    assert opening.taken_off(secret, RAISER, "PER-07").readers == {"PER-09", "PER-10"}
    with pytest.raises(opening.OwnReading):
        opening.taken_off(secret, RAISER, "PER-09")
    with pytest.raises(opening.OwnerReads):
        opening.taken_off(secret, RAISER, "PER-10")
    assert refused(opening.check_readers, OWN, RAISER) is opening.NotRestricted


@pytest.mark.parametrize(
    ("words", "hit"),
    [
        ("As quillon said", "quillon"),
        ("Quíllon was late", "Quillon"),
        ("global trials ag wins", "global trials ag"),
        ("a global trial", ""),
        ("see hal 103", "hal 103"),
        ("HAL-301 only, HAL-1034 too", ""),
        ("ask Wei Ling Tan", "Wei Ling Tan"),
        ("a tan colour, Tan said", ""),
        ("Pugh, Gareth agrees", "Pugh, Gareth"),
        ("mail gareth.pugh@quillon.example", "gareth.pugh"),
        ("Pugh agrees", "Pugh"),
        ("Lindqvist agrees", ""),
        ("per QUI-KPI-01 and NORI-RSK-01", "QUI-KPI-01"),
        ("per NOR-KPI-03", ""),
    ],
)
def test_words_that_name_something_hidden_are_found_as_they_are_written(words, hit):
    assert named(words, HIDDEN) == hit


def test_numbers_of_issues_are_found_however_they_are_written():
    said = "see HAL-ISS-001, nor-iss-008; HAL\u2011RST\u2011K7Q2 or ISS-3, not MISS-3 or HAL-301"
    assert numbers(said) == ("HAL-ISS-001", "nor-iss-008", "HAL-RST-K7Q2", "ISS-3")


@pytest.mark.parametrize(
    "words",
    [
        "Unblinded data on the portal",
        "accidental unblinding",
        "the code break envelope",
        "Randomisation list sent",
    ],
)
def test_what_reads_like_an_unblinded_topic(words):
    assert reads_unblinded(words)


@pytest.mark.parametrize(
    "words", ["Unblinded monitor left", "unblinded pharmacist's visit", "kit 104 is late"]
)
def test_what_only_names_a_role_or_a_thing(words):
    assert not reads_unblinded(words)
