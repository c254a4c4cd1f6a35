"""Whoever is not in the directory learns nothing, and their company's administrator is asked once."""

import pytest

HOMES = {"Halcyra": "priya", "Northmere": "david", "Quillon": "gareth"}


@pytest.mark.parametrize("home", HOMES)
def test_a_newcomer_learns_nothing_and_the_administrator_gets_one_card(world, home):
    noor, administrator = world.as_(f"newcomer at {home}"), world.as_(HOMES[home])
    for said in ("issue list", "help", "issue Late, major, owner @rafael", "issue show NOR-ISS-001"):
        answer = noor.say(said, mention=True)
        assert "You are not in Parley’s directory" in answer
        assert "If your company uses Parley, its administrator has been asked to let you in." in answer
        assert "ISS" not in answer
    cards = [one for one in administrator.inbox if "Noor Haddad asks to use Parley" in one]
    assert len(cards) == 1
    others = [name for name in world.people if name != HOMES[home]]
    assert not any("asks to use Parley" in one for name in others for one in world.as_(name).inbox)


def test_an_approved_newcomer_sees_what_their_company_shares(world):
    noor, david = world.as_("newcomer at Northmere"), world.as_("david")
    noor.say("issue list")
    david.press("Approve as a member")
    assert "Approved by David Okonkwo" in david.inbox[-1]
    assert "You are in" in noor.inbox[-1]
    shown = noor.say("issue list")
    assert "Open issues, 6" in shown
    assert "QUI-" not in shown
    world.as_("tomasz").say("issue Late, minor, owner rafael")
    assert "Acknowledged by Noor Haddad" in noor.say("issue ack NOR-ISS-008")


def test_a_refused_newcomer_stays_outside_and_nobody_is_asked_again(world):
    noor, david = world.as_("newcomer at Northmere"), world.as_("david")
    noor.say("issue list")
    david.press("Refuse")
    assert "You are not in Parley’s directory" in noor.say("issue list")
    assert len([one for one in david.inbox if "asks to use Parley" in one]) == 1
    assert "Refused by David Okonkwo" in david.inbox[-1]


def test_only_the_administrator_decides_and_only_once(world):
    world.as_("newcomer at Northmere").say("issue list")
    david = world.as_("david")
    card = david.inbox[-1]
    david.press("Approve as a member", card)
    david.press("Refuse", card)
    assert "Approved by David Okonkwo" in david.inbox[-1]
    assert world.rows("SELECT state FROM admission")[0][0] == "approved"
