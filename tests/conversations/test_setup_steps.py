"""The card of setting up says what is there, what is missing and what comes next; every step follows."""

from tests.beginnings import add, begin, invited, opened, partners, saw, say

SAFETY = {"name": "Drug safety desk", "phone": "+41 44 555 01 10", "hours": "24x7"}


def test_the_card_always_has_one_clear_next_step(empty):
    priya = begin(empty, "priya")
    card = say(priya, "setup")
    assert "Next: people and roles. Missing: your colleagues." in card
    assert next(iter(card.buttons)) == "Add somebody"
    add(priya, "Tomasz Wierzbicki", roles="Study lead")
    card = say(priya, "setup")
    assert "Next: partners. Missing: your first partner." in card
    assert "a partner has to accept first" in card
    assert next(iter(card.buttons)) == "Invite a partner"
    code = invited(priya)
    assert "Nothing to do now: Northmere has to accept by Tue 17 Nov 2026" in say(priya, "setup")
    empty.restart()
    david = begin(empty, "david")
    david.press("Accept", say(david, f"setup {code}"))
    card = say(priya, "setup")
    assert "Next: counterparts. Missing: L1, L2, L3, quality for Northmere Clinical Ltd." in card
    assert next(iter(card.buttons)) == "Name your counterparts"


def test_each_side_names_its_own_counterparts_and_a_gap_is_said(empty):
    priya, david = partners(empty)
    opened(priya, "setup counterparts", "Name yours for Northmere Clinical Ltd")
    offered = " ".join(priya.form.fields["L1"].options)
    assert "Priya Raghunathan" in offered
    assert "David" not in offered
    priya.submit(L1="Priya Raghunathan", L3="Priya Raghunathan", safety="Priya Raghunathan")
    shown = say(david, "setup counterparts")
    assert "A gap: L1: Northmere Clinical Ltd names nobody" in shown
    assert "L1, L2, L3, quality, safety for Halcyra Therapeutics AG" in say(david, "setup")
    opened(david, "setup counterparts", "Name yours for Halcyra Therapeutics AG")
    david.submit(L1="David Okonkwo")
    assert "L3: Northmere Clinical Ltd names nobody" in saw(david, "Who answers to whom")
    assert "L1: Northmere" not in say(priya, "setup counterparts")
    pairs = empty.rows("SELECT level, sponsor <> '', cro <> '' FROM counterpart ORDER BY level")
    assert [(one[0], bool(one[1]), bool(one[2])) for one in pairs] == [
        ("L1", True, True),
        ("L3", True, False),
        ("safety", True, False),
    ]
    told = empty.rows("SELECT visibility FROM audit WHERE what = 'counterpart.name'")
    assert {one[0] for one in told} == {"shared"}
    assert len(told) == 4


def test_a_counterpart_can_be_taken_back(empty):
    priya, _ = partners(empty)
    for person in ("Priya Raghunathan", ""):
        opened(priya, "setup counterparts", "Name yours for Northmere Clinical Ltd")
        priya.submit(L2=person)
    assert empty.rows("SELECT count(*) FROM counterpart")[0][0] == 0


def test_two_administrators_who_name_counterparts_at_once_lose_nothing(empty):
    priya, _ = partners(empty)
    add(priya, "Tomasz Wierzbicki", roles="Study lead\nAdministrator")
    tomasz = empty.as_("tomasz")
    opened(priya, "setup counterparts", "Name yours for Northmere Clinical Ltd")
    hers = priya.form
    opened(tomasz, "setup counterparts", "Name yours for Northmere Clinical Ltd")
    tomasz.submit(L1="Tomasz Wierzbicki")
    priya.submit(hers, L1="Priya Raghunathan", L2="Priya Raghunathan")
    assert "was changed by somebody else meanwhile" in priya.form
    priya.submit(priya.form, L1="Tomasz Wierzbicki")
    assert empty.rows("SELECT count(*) FROM counterpart")[0][0] == 2


def test_each_side_says_who_answers_its_emergency_lines(empty):
    priya, david = partners(empty)
    opened(priya, "setup contacts", "Name the safety line")
    priya.submit(**SAFETY, email="safety@halcyra.example")
    shown = say(david, "setup contacts")
    assert "Drug safety desk" in shown
    assert "+41 44 555 01 10, safety@halcyra.example" in shown
    assert "Name the safety line" not in shown.buttons
    opened(david, "setup contacts", "Name the quality line")
    david.submit(person="David Okonkwo", phone="+44 20 7946 0110", hours="24x7 for serious breaches")
    shown = say(priya, "setup contacts")
    assert "David Okonkwo" in shown
    assert "the quality line for Northmere Clinical Ltd" in say(priya, "setup")
    kept = empty.rows("SELECT line, side, name, person <> '' FROM contact ORDER BY line DESC")
    assert [(one[0], one[1], one[2], bool(one[3])) for one in kept] == [
        ("safety", "sponsor", "Drug safety desk", False),
        ("quality", "cro", "", True),
    ]


def test_what_is_wrong_with_a_line_stands_at_its_field(empty):
    priya, _ = partners(empty)
    opened(priya, "setup contacts", "Name the safety line")
    priya.submit(phone="ask the desk", email="safety", partnerships="")
    errors = priya.form.errors
    assert "Choose somebody or write a desk’s name, one of the two." in errors["person"]
    assert "Write a number like +41 44 555 01 10." in errors["phone"]
    assert "Choose at least one partner." in errors["partnerships"]
    assert "Write when it is answered." in errors["hours"]
    assert "Write an address" in errors["email"]


def test_a_sponsor_adds_its_studies_and_who_serves_them(empty):
    priya, david = partners(empty)
    opened(priya, "setup studies", "Add a study")
    priya.submit(name="HAL 301", partnerships="")
    assert set(priya.form.errors) == {"name", "partnerships"}
    priya.submit(name="HAL-301", partnerships="Northmere Clinical Ltd")
    assert "HAL-301" in saw(priya, "Your studies")
    assert "Studies are the sponsor’s to name" in say(david, "setup studies")
    assert "Studies" not in say(david, "setup").buttons
    told = empty.rows("SELECT what, visibility FROM audit WHERE record = 'HAL-301' ORDER BY what")
    assert [tuple(one) for one in told] == [("study.join", "shared"), ("study.set", "")]


def test_a_step_before_there_is_a_partner_says_what_comes_first(empty):
    priya = begin(empty, "priya")
    for step in ("counterparts", "contacts", "studies"):
        assert "You have no partner yet; invite one first: setup partner" in say(priya, f"setup {step}")
    assert "You have no partner yet" in priya.say("link", mention=True)


def test_when_nothing_is_missing_the_card_says_so(world):
    world.rows_gone("UPDATE counterpart SET sponsor = 'PER-01' WHERE sponsor = ''")
    row = "('P-QUI', 'quality', 'PER-05', 'PER-12')"
    world.rows_gone(f"INSERT INTO counterpart (partnership, level, sponsor, cro) VALUES {row}")  # noqa: S608 our own constant words
    for name in ("priya", "david", "gareth"):
        assert "Everything is set up." in say(world.as_(name), "setup"), name


def test_the_example_says_what_it_lacks(world):
    card = say(world.as_("priya"), "setup")
    assert "Missing: L3, quality for Quillon Data Sciences SL" in card
    assert "Everything is set up." in say(world.as_("david"), "setup")


def test_no_step_shows_a_third_company(world):
    gareth = world.as_("gareth")
    for said in (
        "setup",
        "setup people",
        "setup partner",
        "setup counterparts",
        "setup contacts",
        "setup rooms",
    ):
        shown = say(gareth, said)
        for hidden in ("Northmere", "HAL-202", "Annika", "David", "P-NOR"):
            assert hidden not in shown, (said, hidden)
        for hidden in (" ".join(shown.buttons), str(shown.buttons)):
            assert "P-NOR" not in hidden
