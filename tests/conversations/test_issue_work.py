"""Working on an issue: contained, planned by both sides, reported on, claimed to be resolved."""

from tests.conversations.issues import NUMBER, card, chain, clocks, column, known

STEPS = "Hire two CRAs, @rafael, 20 Nov\nFile all, checked twice\n- Look back, 26 Nov"
PLAN = f"issue plan {NUMBER} due 27 Nov\n{STEPS}"


def test_a_plan_is_proposed_on_one_platform_and_agreed_on_the_other(world):
    annika, _, tomasz = known(world)
    annika.say(PLAN)
    assert column(world, "state") == "acknowledged"
    assert "plan" in clocks(world)
    offered = card(tomasz)
    assert "proposes a plan until Fri 27 Nov 2026" in offered
    assert "Hire two CRAs (Rafael Monteiro, by Fri 20 Nov 2026)" in offered
    assert "File all, checked twice" in offered
    assert "Agree to the plan" not in card(annika).buttons
    tomasz.press("Decline the plan", offered)
    assert tomasz.form.title == "Decline the plan"
    tomasz.submit(reason="Two CRAs are not enough.")
    assert "Agree to the plan" not in card(tomasz).buttons
    assert any("Two CRAs are not enough." in one for one in annika.inbox)
    annika.press("Plan", card(annika))
    annika.submit(steps="Hire three CRAs, @rafael, 20 Nov", due="2026-11-30")
    tomasz.press("Agree to the plan", card(tomasz))
    for voice in (annika, tomasz):
        assert "Plan" in card(voice)
        assert "Hire three CRAs (Rafael Monteiro, by Fri 20 Nov 2026)" in card(voice)
        assert "agreed Tue 10 Nov 2026 by Tomasz Wierzbicki (Halcyra Therapeutics AG)" in card(voice)
    assert column(world, "state") == "in_progress"
    assert clocks(world) == {"resolve", "plan_late", "update"}
    assert chain(world)[-4:] == ["plan", "plan_decline", "plan", "plan_agree"]


def test_a_plan_is_answered_in_words_and_only_a_word_alone_is_an_answer(world):
    annika, _, tomasz = known(world)
    answer = tomasz.say(f"issue plan {NUMBER} agree")
    assert f"No plan of {NUMBER} waits for an answer" in answer
    annika.say(PLAN)
    answer = annika.say(f"issue plan {NUMBER} agree")
    assert "Northmere Clinical Ltd proposed that plan" in answer
    assert "so Halcyra Therapeutics AG answers" in answer
    assert "One agrees to it as it is" in tomasz.say(f"issue plan {NUMBER} agree, but only until 20 Nov")
    tomasz.say(f"issue plan {NUMBER} agree on a new monitor, due 4 Dec")
    assert "Agree to the plan" in card(annika).buttons
    annika.say(f"issue plan {NUMBER} decline: there is no new monitor")
    assert chain(world)[-3:] == ["plan", "plan", "plan_decline"]
    tomasz.say(f"issue plan {NUMBER} hire a monitor, due 4 Dec")
    annika.say("issue plan #8 agree, two would not be enough")
    assert column(world, "state") == "in_progress"
    assert "agreed to the plan until Fri 4 Dec 2026: two would not be enough" in card(tomasz)


def test_a_plan_says_at_its_line_what_is_wrong_and_keeps_every_word(world):
    annika, *_ = known(world)
    annika.say(f"issue plan {NUMBER} due soon\nHire two CRAs, @nobody\nFile all, 3/12")
    assert annika.form.fields["steps"].value == "Hire two CRAs, @nobody\nFile all, 3/12"
    assert "“soon” cannot be read as a day" in annika.form.errors["due"]
    assert "Line 1: “nobody” is nobody who can take a step of it" in annika.form.errors["steps"]
    annika.submit(due="2026-11-27", steps="Hire two CRAs, @mo\nFile all")
    assert "Line 1: which mo? Kenji Morimoto (Halcyra Therapeutics AG) or" in annika.form.errors["steps"]
    annika.submit(steps="Hire two CRAs\nFile all, 3/12")
    assert "Line 2: which day is 3/12" in annika.form.errors["steps"]
    annika.submit(steps="Hire two CRAs\nFile all, 4 Dec")
    assert "Line 2 is due on Fri 4 Dec 2026, after the whole plan" in annika.form.errors["steps"]
    annika.submit(steps="\n".join(["File all"] * 21))
    assert "at most 20 steps and this one has 21" in annika.form.errors["steps"]
    annika.submit(steps="Hire two CRAs, by 20 Nov, @rafael")
    assert "Hire two CRAs (Rafael Monteiro, by Fri 20 Nov 2026)" in card(annika)


def test_an_issue_is_contained_reported_on_and_claimed_to_be_resolved(world):
    annika, rafael, tomasz = known(world)
    answer = tomasz.say(f"issue contain {NUMBER} kits recalled")
    assert f"Northmere Clinical Ltd owns {NUMBER}, so Northmere Clinical Ltd says what contains it" in answer
    annika.say(f"issue contain {NUMBER}")
    assert annika.form.title == f"Contain {NUMBER}"
    assert annika.form.errors == {}
    annika.submit(text=" ")
    assert "Say what was done" in annika.form.errors["text"]
    annika.submit(text="Nine kits recalled.")
    assert column(world, "state") == "investigating"
    assert "Nine kits recalled." in card(tomasz)
    assert "contained NOR-ISS-008 on" in annika.say(f"issue contain {NUMBER} again")
    tomasz.say(f"issue update {NUMBER} we hired two more monitors")
    assert any("we hired two more monitors" in one for one in rafael.inbox)
    assert world.rows("SELECT visibility, text FROM note WHERE issue = 'NOR-ISS-008'") == [
        ("shared", "we hired two more monitors")
    ]
    assert "Only its owner, Rafael Monteiro" in annika.say(f"issue resolve {NUMBER} all filed")
    said = "all filed, cause process: human error, capa CAPA-021, check 29 Jan 2027"
    rafael.say(f"issue resolve {NUMBER} {said}")
    assert rafael.form.fields["text"].value == "all filed"
    assert rafael.form.fields["category"].value == "process"
    assert rafael.form.fields["capa"].value == "CAPA-021"
    assert rafael.form.fields["check"].value == "2027-01-29"
    assert "“human error” names no cause that can be mended" in rafael.form.errors["cause"]
    rafael.submit(cause="Filing was left to month end.")
    assert column(world, "state") == "resolved"
    assert clocks(world) == set()
    for voice in (annika, tomasz):
        assert "all filed" in card(voice)
    assert chain(world) == ["log", "ack", "contain", "update", "resolve"]
