"""One-time codes: what they look like, how they are read, when they end; and who stays administrator."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.governance import invitation as rules
from bot.governance.company import LastAdministrator, Member, keeps_an_administrator
from bot.governance.invitation import DeadCode, Invitation, Kind, LateCode, State, UsedCode

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
OPEN = Invitation("i1", Kind.PARTNER, NOW, NOW + Kind.PARTNER.lasts)


def test_a_code_is_three_groups_of_four_without_signs_that_look_alike():
    code = rules.code(b"a secret", "i1")
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    assert not set(code) & set("ILOU")


@given(st.binary(min_size=16), st.text(min_size=1))
def test_a_code_is_read_as_it_was_written_or_nearly(secret, id_):
    code = rules.code(secret, id_)
    plain = code.replace("-", "")
    for typed in (code, code.lower(), plain, code.replace("-", " "), f" {code.replace('0', 'O')} "):
        assert rules.read(typed) == plain
        assert rules.digest(typed) == rules.digest(code)


@pytest.mark.parametrize(
    "typed", ["", "7K3M-Q0ZD", "7K3M-Q0ZD-94TBX", "7K3M-Q0ZD-94T!", "somebody", "ü" * 12]
)
def test_what_can_be_no_code_is_none(typed):
    assert rules.read(typed) == ""


def test_another_secret_or_invitation_makes_another_code():
    codes = {rules.code(secret, id_) for secret in (b"", b"x", b"y") for id_ in ("i1", "i2", "i3")}
    assert len(codes) == 9


def test_codes_last_a_week_and_those_of_channels_a_day():
    assert Kind.COMPANY.lasts == Kind.PARTNER.lasts == timedelta(days=7)
    assert Kind.ROOM.lasts == timedelta(days=1)


def test_an_open_invitation_ends_with_its_time():
    rules.check(OPEN, OPEN.until - timedelta(seconds=1))
    with pytest.raises(LateCode):
        rules.check(OPEN, OPEN.until)
    assert not OPEN.is_open(OPEN.until)


@pytest.mark.parametrize(
    ("state", "refusal"),
    [(State.ACCEPTED, UsedCode), (State.REFUSED, DeadCode), (State.WITHDRAWN, DeadCode)],
)
def test_a_settled_invitation_becomes_nothing_more(state, refusal):
    settled = OPEN.settled(state, "ORG-NOR")
    assert settled.version == 2
    with pytest.raises(refusal):
        rules.check(settled, NOW)


def test_a_company_keeps_an_administrator():
    priya = Member("PER-03", "Priya", roles=frozenset({"administrator", "alliance_manager"}))
    marcus = Member("PER-02", "Marcus", roles=frozenset({"joc_co_chair"}))
    keeps_an_administrator("Halcyra", marcus, [priya])
    keeps_an_administrator("Halcyra", priya, [replace(priya, title="Director"), marcus])
    with pytest.raises(LastAdministrator, match="LastAdministrator"):
        keeps_an_administrator("Halcyra", priya, [marcus])
