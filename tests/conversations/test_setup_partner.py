"""A company invites a partner; the partner's administrator accepts on their own platform, or refuses."""

from datetime import timedelta

import pytest

from tests.beginnings import COMPANIES, begin, code_in, company_code, invited, opened, partners, saw, say


@pytest.mark.parametrize("inviter", ["priya", "david"])
def test_a_partner_is_invited_and_accepts_on_their_own_platform(empty, inviter):
    other = "david" if inviter == "priya" else "priya"
    first = begin(empty, inviter)
    opened(first, "setup partner", "Invite a partner")
    offer = first.submit(
        label="Our partner", countries="Switzerland, United Kingdom", closures="24 Dec 2026, 2026-12-28"
    )
    code = code_in(offer)
    assert f"Give this code to Our partner’s administrator: {code}" in offer
    assert "Thu 24 Dec 2026" in offer
    empty.restart()
    second = begin(empty, other)
    card = say(second, f"setup {code}")
    company = COMPANIES[inviter]["company"]
    assert f"{company} invites you to a partnership" in card
    assert "Close of day" in card
    assert "17:00 UTC" in card
    assert "Acknowledge within" in card
    assert "4 hours" in card
    assert "Fri 25 Dec 2026" in card
    second.press("Accept", card)
    for voice, name in ((first, other), (second, inviter)):
        assert saw(voice, f"You and {COMPANIES[name]['company']} are partners in Parley now")
    found = empty.rows(
        "SELECT partnership.id, code, sponsor_row.name, cro_row.name FROM partnership"
        " JOIN organisation sponsor_row ON sponsor_row.id = sponsor"
        " JOIN organisation cro_row ON cro_row.id = cro"
    )
    assert len(found) == 1
    assert found[0][0] == f"P-{found[0][1]}"
    assert tuple(found[0][2:]) == ("Halcyra Therapeutics AG", "Northmere Clinical Ltd")
    told = empty.rows("SELECT partnership, visibility, payload FROM audit WHERE what = 'partnership.agree'")
    assert [tuple(one[:2]) for one in told] == [(found[0][0], "shared")]
    assert "2026-12-24" in told[0][2]


def test_a_stranger_with_a_partners_code_makes_their_company_first(empty):
    priya, david = begin(empty, "priya"), empty.as_("david")
    code = invited(priya)
    form = opened(david, f"setup {code}")
    assert "side" not in form.fields
    david.submit(**{name: value for name, value in COMPANIES["david"].items() if name != "side"})
    assert empty.rows("SELECT side FROM organisation WHERE name = 'Northmere Clinical Ltd'") == [("cro",)]
    card = saw(david, "Halcyra Therapeutics AG invites you to a partnership")
    empty.restart()
    david.press("Accept", card)
    assert saw(priya, "You and Northmere Clinical Ltd are partners in Parley now")


def test_a_partner_who_refuses_is_heard_and_can_be_invited_again(empty):
    priya, david = begin(empty, "priya"), begin(empty, "david")
    code = invited(priya)
    card = say(david, f"setup {code}")
    david.press("Refuse", card)
    told = saw(priya, "Northmere has refused your invitation")
    assert "You can invite them again" in told
    assert empty.rows("SELECT count(*) FROM partnership")[0][0] == 0
    david.press("Accept", card)
    assert empty.rows("SELECT count(*) FROM partnership")[0][0] == 0
    assert "That invitation was withdrawn or refused" in say(david, f"setup {code}")
    david.press("Accept", say(david, f"setup {invited(priya)}"))
    assert empty.rows("SELECT count(*) FROM partnership")[0][0] == 1


def test_an_invitation_can_be_withdrawn(empty):
    priya, david = begin(empty, "priya"), begin(empty, "david")
    code = invited(priya)
    card = say(david, f"setup {code}")
    shown = priya.press("Invitation to Northmere", say(priya, "setup partner"))
    assert code in shown
    assert "It was withdrawn." in priya.press("Withdraw", shown)
    david.press("Accept", card)
    assert empty.rows("SELECT count(*) FROM partnership")[0][0] == 0
    assert "That invitation was withdrawn or refused" in say(david, f"setup {code}")
    assert "Invitation to Northmere" not in say(priya, "setup partner").buttons


def test_the_code_is_shown_again_for_as_long_as_it_is_good(empty):
    priya = begin(empty, "priya")
    code = invited(priya)
    empty.restart()
    assert code in priya.press("Invitation to Northmere", say(priya, "setup partner"))
    empty.pass_to(empty.now() + timedelta(days=7, minutes=1))
    assert "Invitation to Northmere" not in say(priya, "setup partner").buttons
    assert "That code is no longer good" in say(empty.as_("david"), f"setup {code}")


def test_a_company_cannot_invite_itself_nor_its_own_side(empty):
    priya, david = begin(empty, "priya"), begin(empty, "david")
    assert "Your own company made that code; hand it to Quillon’s administrator." in say(
        david, f"setup {invited(david, 'Quillon')}"
    )
    gareth = begin(empty, "gareth")
    answer = say(gareth, f"setup {invited(david, 'Halcyra')}")
    assert "That code is for a sponsor and your company is a CRO" in answer
    assert "Northmere" not in answer
    assert say(priya, "setup")


def test_the_same_partner_is_not_taken_twice(empty):
    priya, david = partners(empty)
    answer = say(david, f"setup {invited(priya)}")
    assert "You and Halcyra Therapeutics AG are partners already" in answer
    assert empty.rows("SELECT count(*) FROM partnership")[0][0] == 1


def test_two_open_codes_between_the_same_companies_make_one_partnership(empty):
    priya, david = begin(empty, "priya"), begin(empty, "david")
    cards = [say(david, f"setup {invited(priya)}") for _ in range(2)]
    for card in cards:
        david.press("Accept", card)
    assert empty.rows("SELECT count(*) FROM partnership")[0][0] == 1


def test_a_used_code_is_worth_nothing_to_a_third_company(empty):
    priya, david = begin(empty, "priya"), begin(empty, "david")
    code = invited(priya)
    david.press("Accept", say(david, f"setup {code}"))
    gareth = begin(empty, "gareth")
    answer = say(gareth, f"setup {code}")
    assert "That code was used before" in answer
    for name in ("Halcyra", "Northmere"):
        assert name not in answer
    assert "are partners already" in say(david, f"setup {code}")


def test_only_an_administrator_answers_an_invitation(empty):
    priya, david = begin(empty, "priya"), begin(empty, "david")
    opened(david, "setup people", "Add somebody")
    david.submit(account="Annika Lindqvist")
    david.submit(name="Annika Lindqvist", roles="Project lead")
    answer = say(empty.as_("annika"), f"setup {invited(priya)}")
    assert "Only an administrator of your company sets it up; ask David Okonkwo." in answer
    assert "Halcyra" not in answer


def test_what_is_wrong_with_an_offer_stands_at_its_field(empty):
    priya = begin(empty, "priya")
    opened(priya, "setup partner", "Invite a partner")
    priya.submit(label="", countries="Switzerland, Atlantis", closures="soon", week="", close="5pm")
    errors = priya.form.errors
    assert "Write what the partner is called." in errors["label"]
    assert "“Atlantis” is no country Parley knows" in errors["countries"]
    assert "“soon” cannot be read as a day" in errors["closures"]
    assert "Choose at least one working day." in errors["week"]
    assert "Write a time like 17:00." in errors["close"]
    assert priya.form.fields["countries"].value == "Switzerland, Atlantis"
    assert "Invitation to Northmere" in priya.submit(
        label="Northmere", countries="", closures="", week="Monday\nTuesday", close="16:30"
    )


def test_a_policy_that_is_in_use_can_be_offered_to_the_next_partner(empty):
    priya, _ = partners(empty)
    gareth = begin(empty, "gareth")
    opened(priya, "setup partner", "Invite a partner")
    assert "As with Northmere Clinical Ltd" in priya.form.fields["policy"].options
    code = code_in(priya.submit(label="Quillon", policy="As with Northmere Clinical Ltd"))
    gareth.press("Accept", say(gareth, f"setup {code}"))
    rules = empty.rows("SELECT rules FROM policy")
    assert len(rules) == 2
    assert rules[0] == rules[1]


def test_codes_of_other_kinds_are_told_apart(empty):
    priya = begin(empty, "priya")
    assert "You are in Parley already" in say(priya, f"setup {company_code(empty)}")
    assert "That code is not for a channel" in priya.say(f"link {invited(priya)}", mention=True)


def test_a_step_that_does_not_exist_is_named(empty):
    priya = begin(empty, "priya")
    assert "“poeple” is no step of setting up" in say(priya, "setup poeple")


def test_a_partners_code_makes_one_company_which_alone_may_accept(empty):
    priya, david, gareth = begin(empty, "priya"), empty.as_("david"), empty.as_("gareth")
    code = invited(priya)
    mine = {name: value for name, value in COMPANIES["david"].items() if name != "side"}
    opened(david, f"setup {code}")
    david.submit(**mine)
    assert "was used before" in say(gareth, f"setup {code}")
    assert gareth.form is None
    assert empty.rows("SELECT count(*) FROM organisation")[0][0] == 2
    begin(empty, "gareth")
    assert "was used before" in say(gareth, f"setup {code}")
    david.press("Accept", saw(david, "invites you to a partnership"))
    assert saw(priya, "You and Northmere Clinical Ltd are partners in Parley now")
