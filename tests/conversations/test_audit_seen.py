"""Reasons that are kept, refusals that are recorded, and what anybody can read of the record itself."""

import pytest

from bot.handlers.attention import Asked, look
from tests.conversations.issues import NUMBER, known, refusals

pytestmark = pytest.mark.usefixtures("quiet")


def reasons(world, what):
    """The reasons kept with the lines of that kind."""
    rows = world.rows(f"SELECT payload FROM audit WHERE what = '{what}'")  # noqa: S608 our own words only
    return [payload for (payload,) in rows]


def test_both_companies_read_in_chat_that_the_operator_looked_and_why(world):
    looked = Asked("PER-09", "support case 4711, list looks short", None)
    look(world.bot.store, looked, world.now())
    for name in ("annika", "tomasz"):
        shown = world.as_(name).say("audit", at="direct")
        assert "support case 4711, list looks short" in shown
        assert "as Annika Lindqvist (Northmere Clinical Ltd) sees it" in shown
    assert "support case 4711" not in world.as_("gareth").say("audit", at="direct")


def test_the_audit_is_paged_and_a_room_shows_its_own_partnership(world):
    for count in range(12):
        look(world.bot.store, Asked("PER-09", f"case {count:02}", None), world.now())
    tomasz = world.as_("tomasz")
    first = tomasz.say("audit", at="direct")
    assert "case 11" in first
    assert "case 00" not in first
    second = tomasz.press("Earlier", first)
    assert "case 00" in second
    assert "Earlier" not in second.buttons
    assert "case 11" in tomasz.press("Later", second)
    assert "case 11" in tomasz.say("audit")


def test_what_changes_severity_date_or_plan_is_kept_with_its_reason(world):
    annika, rafael, tomasz = known(world)
    rafael.say(f"issue plan {NUMBER} hire two, due 27 Nov")
    tomasz.say(f"issue plan {NUMBER} agree")
    rafael.opened(f"issue plan {NUMBER} hire three, due 4 Dec")
    assert "Why the plan changes" in [one.label for one in rafael.form.fields.values()]
    rafael.submit(reason="")
    assert "Say why the plan that both sides agreed changes" in rafael.form.errors["reason"]
    rafael.submit(reason="one of them has left")
    rafael.say(f"issue plan {NUMBER} hire four, due 11 Dec, because two have left")
    kept = reasons(world, "issue.plan")
    assert ["one of them has left" in one or "two have left" in one for one in kept] == [False, True, True]
    before = reasons(world, "issue.severity")
    annika.opened(f"issue severity {NUMBER} critical")
    annika.submit(reason="")
    assert "Say why" in annika.form.errors["reason"]
    assert reasons(world, "issue.severity") == before


def test_an_attempt_that_is_refused_is_recorded_without_its_words(world):
    annika, _, tomasz = known(world)
    before = refusals(world)
    tomasz.say(f"issue ack {NUMBER}")
    annika.say("issue verify NOR-ISS-999 zanzibar")
    assert refusals(world) == before + 2
    assert not any("zanzibar" in one.lower() for one in reasons(world, "refused"))
