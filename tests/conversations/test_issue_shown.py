"""An issue as its people see it: what it waits for, its clocks, its story, its notes and its buttons."""

import pytest

from tests.conversations.issues import NUMBER, card, known

pytestmark = pytest.mark.usefixtures("quiet")

PLAN = f"issue plan {NUMBER} File the 14 reports, @rafael, 20 Nov, due 27 Nov"


def test_the_card_says_what_it_waits_for_and_offers_each_side_its_own_verbs(world):
    annika, rafael, tomasz = known(world)
    assert "Rafael Monteiro (Northmere Clinical Ltd) is asked to propose a plan by" in card(tomasz)
    rafael.say(PLAN)
    for reader in (annika, tomasz):
        assert "Halcyra Therapeutics AG is asked to agree by" in card(reader)
        assert "1. File the 14 reports (Rafael Monteiro, by Fri 20 Nov 2026)" in card(reader)
    assert "Agree to the plan" in card(tomasz).buttons
    assert "Agree to the plan" not in card(annika).buttons
    tomasz.press("Agree to the plan", card(tomasz))
    for reader in (annika, tomasz):
        shown = card(reader)
        assert "In progress. Rafael Monteiro (Northmere Clinical Ltd) is to resolve it by Fri 27 Nov" in shown
        assert (
            "Tomasz Wierzbicki (Halcyra Therapeutics AG) agreed to the plan until Fri 27 Nov 2026." in shown
        )
        assert len(shown.buttons) <= 5


def test_news_reaches_each_person_once_with_its_buttons_and_grows_old(world):
    annika, rafael, tomasz = known(world)
    before = {one: len(one.inbox) for one in (annika, tomasz)}
    rafael.say(PLAN)
    said = "Rafael Monteiro (Northmere Clinical Ltd) proposed a plan until Fri 27 Nov 2026 in 1 step."
    for reader, count in before.items():
        assert len(reader.inbox) == count + 1
        assert said in reader.inbox[-1]
    news = tomasz.inbox[-1]
    assert "Agree to the plan" not in annika.inbox[-1].buttons
    tomasz.press("Agree to the plan", news)
    old = tomasz.again(news)
    assert "Since then:" in old
    assert "agreed to the plan until Fri 27 Nov 2026." in old
    assert list(old.buttons) == ["Details"]
    assert "Tomasz Wierzbicki (Halcyra Therapeutics AG) agreed to the plan" in annika.inbox[-1]
    assert len(annika.inbox) == before[annika] + 2


def test_show_tells_the_story_and_pictures_the_time_that_is_left(world):
    annika, rafael, tomasz = known(world)
    shown = tomasz.say(f"issue show {NUMBER}")
    assert "Agree a plan: 5 business days left, Tue 17 Nov 2026, 18:00 CET" in shown
    assert "░" in shown.words
    assert "Annika Lindqvist (Northmere Clinical Ltd) raised it as major, at L1." in shown
    assert "Tomasz Wierzbicki (Halcyra Therapeutics AG) acknowledged it." in shown
    rafael.say(f"issue update {NUMBER} nine of 14 are filed")
    world.pass_business_days(6)
    late = annika.press("Details", card(annika))
    assert "Agree a plan: 1 business day late" in late
    assert "█" * 20 in late.words
    assert "Rafael Monteiro (Northmere Clinical Ltd) wrote: “nine of 14 are filed”." in late
    assert "No plan was agreed in time" in late


def test_a_long_story_has_pages(world):
    annika, rafael, _ = known(world)
    for number in range(20):
        rafael.say(f"issue update {NUMBER} {number} of 20 are filed")
    newest = annika.say(f"issue show {NUMBER}")
    assert "“19 of 20 are filed”" in newest
    assert "“4 of 20 are filed”" not in newest
    earlier = annika.press("What happened earlier", newest)
    assert "“4 of 20 are filed”" in earlier
    assert "raised it as major" in earlier
    assert "“19 of 20 are filed”" not in earlier
    assert "“19 of 20 are filed”" in annika.press("What happened later", earlier)


def test_internal_notes_are_shown_to_their_own_side_and_leave_no_sign_elsewhere(world):
    annika, rafael, tomasz = known(world)
    before = {who: tomasz.say(f"issue show {NUMBER}", at=who).words for who in ("", "direct")}
    rafael.say(f"issue note {NUMBER} ask for a change order", at="direct")
    ours = annika.say(f"issue show {NUMBER}", at="direct")
    assert "Notes that only Northmere Clinical Ltd sees" in ours
    assert "ask for a change order" in ours
    for where, words in before.items():
        theirs = tomasz.say(f"issue show {NUMBER}", at=where).words
        assert theirs == words
    assert not any("change order" in one for one in tomasz.sight())
    assert not any("change order" in one for one in annika.room())


def test_every_verb_is_within_two_presses(world):
    annika, _, tomasz = known(world)
    more = tomasz.press("More", card(tomasz))
    for label in ("Plan", "Update", "Escalate", "Severity", "Hold", "Reject", "Note"):
        assert label in more.buttons, label
    assert "Withdraw" not in more.buttons
    theirs = annika.press("More", card(annika))
    assert "Withdraw" in theirs.buttons
    assert "Contain" in theirs.buttons
    assert "Reject" not in theirs.buttons
    tomasz.press("Escalate", more)
    assert tomasz.form is not None


def test_a_stranger_to_the_issue_gets_no_picture_of_it(world):
    known(world)
    gareth = world.as_("gareth")
    assert f"There is no issue {NUMBER}" in gareth.say(f"issue show {NUMBER}")
