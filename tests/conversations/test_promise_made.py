"""Making a promise: asked where anything is missing or unclear, put right, and nothing guessed."""

from tests.conversations.promises import MADE, NUMBER, card, chain, column, promised


def count(world):
    return world.rows(
        "SELECT count(*) FROM commitment WHERE id LIKE 'NOR%%-CMT-0_1' OR id LIKE '%%-CMT-001'"
    )[0][0]


def test_what_is_missing_is_asked_in_a_form_that_keeps_every_word(world, quiet):
    annika = world.as_("annika")
    form = annika.opened("commit “recovery plan”")
    assert form.fields["text"].value == "recovery plan"
    assert form.errors == {}
    annika.submit(text="")
    assert "A commitment needs words" in annika.form.errors["text"]
    assert "Who is it promised to?" in annika.form.errors["receiver id"]
    assert "By when?" in annika.form.errors["due"]
    annika.submit(text="x" * 201, due="2026-11-09")
    assert "at most 200 characters and this one has 201" in annika.form.errors["text"]
    assert "Mon 9 Nov 2026 is in the past" in annika.form.errors["due"]
    annika.submit(text="Recovery plan", due="2026-11-27", **{"receiver id": "PER-09"})
    assert "Nobody promises something to themselves" in annika.form.errors["receiver id"]
    annika.submit(**{"receiver id": "PER-10"})
    assert "is promised to the other one" in annika.form.errors["receiver id"]
    annika.send_twice(**{"receiver id": "PER-02"})
    assert chain(world) == ["make"]
    assert column(world, "receiver") == "PER-02"
    assert "To" in card(annika)


def test_an_unclear_name_or_day_is_asked_with_answers_to_press(world, quiet):
    annika = world.as_("annika")
    answer = annika.opened("commit “recovery plan” by 3/12 to @mo")
    assert "Kenji Morimoto (Halcyra Therapeutics AG) or Rafael Monteiro" in answer.errors["receiver id"]
    assert "Which day is 3/12?" in answer.errors["due"]
    assert (
        "“nobody” is nobody it can be promised to"
        in annika.opened("commit “plan” by 27 Nov to @nobody").errors["receiver id"]
    )
    assert "“soon” cannot be read as a day" in annika.opened("commit “plan” by soon to @marcus").errors["due"]
    assert (
        "“rosa” is nobody who can promise this"
        in annika.opened("commit “plan” by 27 Nov to @marcus, owner @rosa").errors["owner id"]
    )
    assert (
        "Only issues are restricted"
        in annika.opened("commit “plan” by 27 Nov to @marcus, restricted").errors["class"]
    )


def test_in_a_direct_message_partner_and_class_are_asked_and_an_internal_one_stays_inside(world, quiet):
    annika, rafael, tomasz = (world.as_(name) for name in ("annika", "rafael", "tomasz"))
    form = annika.opened("commit “margin plan” by 27 Nov to @rafael", at="direct")
    assert "Which partnership is it about" in form.errors.get("class", "") or form.fields["class"].value == ""
    annika.submit(partnership="P-NOR", **{"class": "cro_internal"})
    number = "NORI-CMT-001"
    assert column(world, "state", number) == "accepted"
    assert any(number in one for one in rafael.inbox)
    assert not any("margin plan" in one for one in tomasz.sight())
    same = tomasz.say(f"commit show {number}")
    assert "There is no commitment NORI-CMT-001" in same
    rafael.press("Dispute", rafael.press("More", next(one for one in rafael.inbox if number in one)))
    rafael.submit(text="It was about costs.")
    told = rafael.say(f"commit show {number}", at="direct")
    assert "It was about costs." in told
    assert "Seen by" in told


def test_what_was_just_made_is_put_right_by_its_maker_until_somebody_acts_on_it(world, quiet):
    annika, marcus = promised(world)
    annika.press("Change", next(one for one in annika.private() if "Promised NOR-CMT-011" in one))
    annika.submit(text="Recovery plan for CEE", due="2026-12-04", **{"receiver id": "PER-03"})
    assert str(column(world, "first_due")) == "2026-12-04"
    assert "Recovery plan for CEE" in card(marcus)
    assert any("Recovery plan for CEE" in one for one in world.as_("priya").inbox)
    assert "stands as it was made" in annika.press(
        "Change", next(one for one in annika.private() if "Promised NOR-CMT-011" in one)
    )
    assert chain(world) == ["make", "change"]


def test_in_the_thread_of_its_card_a_verb_needs_no_number(world, quiet):
    annika, marcus = promised(world)
    annika.say("done", thread=card(annika).id, mention=True)
    assert column(world, "state") == "done"
    answer = annika.say("commit done by friday")
    assert "Is that a new commitment, or about one there is? Say “commit make done by friday”" in answer
    annika.say(f"{MADE}, for Halcyra")
    assert "NOR-CMT-012" in marcus.inbox[-1]
    assert NUMBER != "NOR-CMT-012"


def test_of_two_days_that_were_said_neither_is_chosen(world, quiet):
    annika = world.as_("annika")
    form = annika.opened("commit plan by Friday to @marcus by Monday")
    assert form.fields["text"].value == "plan"
    annika.submit()
    said = "Which day is “by Friday … by Monday”? Fri 13 Nov 2026 or Mon 16 Nov 2026"
    assert said in annika.form.errors["due"]
