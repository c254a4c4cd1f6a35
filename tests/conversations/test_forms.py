"""Whatever is incomplete opens a form, filled with what was said; a form keeps what was typed."""

WHOLE = {"title": "Courier lost two kits", "class": "Both companies", "severity": "Minor: not expected to"}
ANNIKA = "Annika Lindqvist (Northmere Clinical Ltd)"


def test_the_noun_alone_opens_an_empty_form_that_logs_an_issue(world):
    annika = world.as_("annika")
    annika.say("issue")
    assert annika.form.title == "Log an issue"
    assert list(annika.form.fields) == [
        *("title", "partnership", "class", "severity", "owner id", "due", "study", "category", "description")
    ]
    assert annika.form.errors == {}
    assert annika.form.fields["partnership"].value == "P-NOR"
    assert annika.form.fields["class"].value == "shared"
    done = annika.submit(**WHOLE, owner_id=ANNIKA, due="2026-11-20", study="HAL-202")
    assert "Logged NOR-ISS-008" in done
    assert "Fri 20 Nov 2026" in done
    assert "HAL-202" in done
    assert annika.form is None
    assert "NOR-ISS-008: Courier lost two kits" in world.as_("marcus").room()[-1]


def test_what_was_said_stands_in_the_form(world):
    annika = world.as_("annika")
    annika.say("issue TMF backlog at site 104, major, due next Friday, HAL-301\nFourteen reports are late.")
    fields = annika.form.fields
    assert fields["title"].value == "TMF backlog at site 104"
    assert fields["severity"].value == "major"
    assert fields["due"].value == "2026-11-20"
    assert fields["study"].value == "HAL-301"
    assert fields["description"].value == "Fourteen reports are late."
    assert annika.form.errors == {}
    assert "Logged NOR-ISS-008" in annika.submit(owner_id=ANNIKA)


def test_what_is_wrong_stands_at_its_field_and_the_rest_is_kept(world):
    annika = world.as_("annika")
    annika.say("issue Late invoices, huge severity, severity huge, owner @mo, due 3/12, study HAL-999")
    assert "Which mo?" in annika.form.errors["owner id"]
    assert "Kenji Morimoto (Halcyra Therapeutics AG)" in annika.form.errors["owner id"]
    assert "Which day is 3/12?" in annika.form.errors["due"]
    assert "“huge” is not a severity" in annika.form.errors["severity"]
    assert "There is no study “HAL-999” here" in annika.form.errors["study"]
    assert annika.form.fields["title"].value == "Late invoices, huge severity"
    done = annika.submit(severity="major", owner_id=ANNIKA, due="2026-12-03", study="")
    assert "Thu 3 Dec 2026" in done


def test_a_form_that_is_sent_too_early_says_at_each_field_what_is_missing(world):
    annika = world.as_("annika")
    annika.say("issue")
    assert annika.submit(title="!", due="2026-11-01") is None or annika.form
    assert "An issue needs a title" in annika.form.errors["title"]
    assert "How severe is it?" in annika.form.errors["severity"]
    assert "Who owns it?" in annika.form.errors["owner id"]
    assert "Sun 1 Nov 2026 is in the past" in annika.form.errors["due"]
    assert world.rows("SELECT count(*) FROM issue")[0][0] == 10
    assert "Logged" in annika.submit(**WHOLE, owner_id=ANNIKA, due="")


def test_what_is_too_long_is_said_at_its_field(world):
    annika = world.as_("annika")
    annika.say("issue")
    whole = {**WHOLE, "owner_id": ANNIKA}
    annika.submit(**{**whole, "title": "x" * 201}, category="y" * 61)
    assert "at most 200 characters and this one has 201" in annika.form.errors["title"]
    assert "at most 60 characters and this one has 61" in annika.form.errors["category"]
    assert "Logged NOR-ISS-008" in annika.submit(**whole, category="monitoring")


def test_a_lost_record_keeps_what_was_typed(world):
    annika = world.as_("annika")
    annika.say("issue")
    form = annika.form
    with world.locked():
        annika.submit(form, **WHOLE, owner_id=ANNIKA)
    assert world.rows("SELECT count(*) FROM issue")[0][0] == 10
    assert "Logged NOR-ISS-008" in annika.submit()


def test_a_form_sent_twice_logs_once(world):
    annika = world.as_("annika")
    annika.say("issue")
    annika.send_twice(**WHOLE, owner_id=ANNIKA)
    assert world.rows("SELECT count(*) FROM issue")[0][0] == 11


def test_the_confirmation_offers_change_until_the_other_side_has_acknowledged(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    annika.say("issue Courier lost two kits, minor, owner @rafael, due 20 Nov")
    annika.press("Change")
    assert annika.form.title == "Change NOR-ISS-008"
    assert "partnership" not in annika.form.fields
    annika.submit(title="Courier lost three kits", severity="major", owner_id=ANNIKA)
    assert "Say why" in annika.form.errors["why"]
    done = annika.submit(why="one more was found missing")
    assert "Changed NOR-ISS-008" in done
    assert "Courier lost three kits" in tomasz.room()[-1]
    assert "major" in tomasz.room()[-1]
    tomasz.press("Acknowledge")
    answer = annika.press("Change")
    assert annika.form is None
    assert "was acknowledged by Tomasz Wierzbicki (Halcyra Therapeutics AG), so it stands" in answer


def test_a_change_form_from_before_another_change_is_not_obeyed(world):
    annika = world.as_("annika")
    annika.say("issue Courier lost two kits, minor, owner @rafael, due 20 Nov")
    annika.press("Change")
    form = annika.form
    world.pass_business_days(3)
    annika.submit(form, title="Courier lost three kits")
    seen = [*annika.private(), annika.form] if annika.form else annika.private()
    assert any("has changed since this form was opened" in one for one in seen)
    assert world.rows("SELECT title FROM issue WHERE number = 'NOR-ISS-008'") == [("Courier lost two kits",)]


def test_a_message_becomes_an_issue_and_only_its_own_side_is_led_back_to_it(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    said = annika.chat("The courier lost two kits again.\nSite 104 has none left.", at="general")
    annika.shortcut("Log as issue", said)
    assert annika.form.fields["title"].value == "The courier lost two kits again."
    assert "Site 104 has none left." in annika.form.fields["description"].value
    assert annika.form.fields["class"].value != "shared"
    done = annika.submit(**{**WHOLE, "title": "The courier lost two kits again."}, owner_id=ANNIKA)
    assert "The message it is about" in done
    assert "The message it is about" in annika.say("issue show 8")
    shown = tomasz.say("issue show NOR-ISS-008")
    assert "The courier lost two kits again." in shown
    assert "The message it is about" not in shown
    assert not any("The message it is about" in one for one in annika.room())


def test_who_may_not_log_gets_no_form(world):
    world.rows_gone("UPDATE role SET role = 'observer' WHERE person = 'PER-09'")
    annika = world.as_("annika")
    answer = annika.say("issue")
    assert annika.form is None
    assert "Your role does not include that" in answer


def test_a_form_shows_only_what_its_reader_may_choose(world):
    weiling = world.as_("wei-ling")
    weiling.say("issue")
    shown = [label for one in weiling.form.fields.values() for label in one.options]
    # Both serve HAL-301, so each may know the other's name there; nothing else of it.
    assert [one for one in shown if "Northmere" in one] == ["Both companies and Northmere Clinical Ltd"]
    assert [one for one in shown if "HAL-202" in one] == []
