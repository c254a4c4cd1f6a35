"""The standard policy is the example's, and public holidays come from the countries that are named."""

from datetime import date, time

import pytest
import yaml

from bot.governance.calendar import WorkCalendar, country_called, public_holidays
from bot.governance.terms import STANDARD_POLICY, Terms
from storage.load.lines import Node
from storage.load.policies import policy
from tests.world import EXAMPLE


def test_the_standard_policy_has_the_numbers_of_the_example():
    section = yaml.compose(EXAMPLE.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    assert policy(Node(section, "the file").need("escalation_policy")).rules == STANDARD_POLICY.rules


def test_terms_of_one_partnership_bear_its_name():
    calendar = WorkCalendar("", frozenset({"mon"}), frozenset(), time(17))
    named = Terms(calendar, STANDARD_POLICY).named("NOR")
    assert (named.calendar.id, named.policy.id) == ("CAL-NOR", "POL-NOR")
    assert named.policy.rules == STANDARD_POLICY.rules


@pytest.mark.parametrize(
    ("words", "code"),
    [
        *(("Switzerland", "CH"), ("united kingdom", "GB"), ("UK", "GB"), ("de", "DE"), ("GB-ENG", "GB-ENG")),
        *(
            ("gb-sct", "GB-SCT"),
            ("GB-XX", ""),
            ("Atlantis", ""),
            ("", ""),
            ("-", ""),
            ("Guinea-Bissau", "GW"),
        ),
    ],
)
def test_a_country_is_known_by_name_or_code(words, code):
    assert country_called(words) == code


def test_the_holidays_of_both_sides_count():
    days = public_holidays(["CH", "GB"], [2026, 2027])
    assert date(2026, 8, 1) in days  # the Swiss national day
    assert date(2026, 5, 4) in days  # the British May day
    assert date(2027, 1, 1) in days
    assert date(2028, 1, 1) not in days
    assert public_holidays([], [2026]) == frozenset()
