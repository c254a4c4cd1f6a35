"""Where Slack can show no form, one question is asked, with answers to press and a way to the form."""


def test_a_missing_severity_is_asked_and_pressed_and_what_is_left_comes_as_the_form(world):
    annika = world.as_("annika")
    question = annika.say("issue Courier lost two kits", mention=True)
    assert "How severe is it?" in question
    assert "Nothing is saved yet. You said: Courier lost two kits" in question
    assert list(question.buttons) == ["Critical", "Major", "Minor", "Fill in the form"]
    annika.press("Minor", question)
    assert annika.form.fields["severity"].value == "minor"
    done = annika.submit(owner_id="Annika Lindqvist (Northmere Clinical Ltd)")
    assert "Logged NOR-ISS-008" in done
    assert "minor" in done
    assert "NOR-ISS-008: Courier lost two kits" in world.as_("marcus").room()[-1]


def test_a_name_that_fits_two_people_is_asked(world):
    annika = world.as_("annika")
    question = annika.say("issue Late invoices, major, owner @mo", mention=True)
    assert "Which mo?" in question
    kenji, rafael = "Kenji Morimoto (Halcyra Therapeutics AG)", "Rafael Monteiro (Northmere Clinical Ltd)"
    assert {kenji, rafael} < set(question.buttons)
    assert kenji in annika.press(kenji, question)


def test_the_question_leads_to_the_form_with_everything_in_it(world):
    annika = world.as_("annika")
    question = annika.say("issue Courier lost two kits, owner @annika", mention=True)
    annika.press("Fill in the form", question)
    assert annika.form.fields["title"].value == "Courier lost two kits"
    assert annika.form.fields["owner id"].value == "PER-09"
    assert "Logged NOR-ISS-008" in annika.submit(severity="minor")


def test_the_noun_alone_shows_the_way_to_the_form(world):
    annika = world.as_("annika")
    shown = annika.say("issue", mention=True)
    assert "Fill in the form, or say it in one line" in shown
    annika.press("Fill in the form", shown)
    assert annika.form.title == "Log an issue"


def test_a_question_answered_twice_becomes_one_issue(world):
    annika = world.as_("annika")
    question = annika.say("issue Courier lost two kits, owner @annika", mention=True)
    assert "Logged NOR-ISS-008" in annika.press("Major", question)
    again = annika.press("Minor", question)
    assert world.rows("SELECT count(*) FROM issue")[0][0] == 11
    assert again is None or "NOR-ISS-008" in again
