"""Nothing is guessed silently: what is missing or unclear is asked, one question at a time."""


def test_a_missing_severity_and_owner_are_asked_and_pressed(world):
    annika = world.as_("annika")
    question = annika.say("issue Courier lost two kits")
    assert "How severe is it?" in question
    assert "Nothing is saved yet. You said: Courier lost two kits" in question
    assert list(question.buttons) == ["Critical", "Major", "Minor"]
    question = annika.press("Minor", question)
    assert "Who owns it?" in question
    done = annika.press("Annika Lindqvist (Northmere Clinical Ltd)", question)
    assert "Logged NOR-ISS-008" in done
    assert "minor" in done
    assert "NOR-ISS-008: Courier lost two kits" in world.as_("marcus").room()[-1]


def test_a_name_that_fits_two_people_is_asked(world):
    question = world.as_("annika").say("issue Late invoices, major, owner @mo")
    assert "Which mo?" in question
    assert set(question.buttons) == {
        "Kenji Morimoto (Halcyra Therapeutics AG)",
        "Rafael Monteiro (Northmere Clinical Ltd)",
    }
    done = world.as_("annika").press("Kenji Morimoto (Halcyra Therapeutics AG)", question)
    assert "Kenji Morimoto (Halcyra Therapeutics AG)" in done


def test_a_date_that_can_be_read_two_ways_is_asked(world):
    question = world.as_("tomasz").say("issue Late invoices, major, owner @annika, due 3/12")
    assert "Which day is 3/12?" in question
    assert list(question.buttons) == ["Thu 3 Dec 2026"] or "Thu 3 Dec 2026" in question.buttons
    assert "Thu 3 Dec 2026" in world.as_("tomasz").press("Thu 3 Dec 2026", question)


def test_in_a_direct_message_partner_and_class_are_asked_with_who_would_see_it(world):
    question = world.as_("tomasz").say("issue Think about site 104, minor, owner tomasz", at="direct")
    assert "Which partnership is it about, and who may see it?" in question
    assert set(question.buttons) == {
        "Halcyra Therapeutics AG only (about Northmere Clinical Ltd)",
        "Halcyra Therapeutics AG and Northmere Clinical Ltd",
        "Halcyra Therapeutics AG only (about Quillon Data Sciences SL)",
        "Halcyra Therapeutics AG and Quillon Data Sciences SL",
    }
    done = world.as_("tomasz").press(
        "Halcyra Therapeutics AG only (about Quillon Data Sciences SL)", question
    )
    assert "Logged HAL-QUI-ISS-001" in done
    assert "Halcyra Therapeutics AG only" in done


def test_in_a_direct_message_one_line_can_say_it_all(world):
    said = "issue Think about site 104, minor, owner tomasz, for Quillon, internal"
    assert "Logged HAL-QUI-ISS-001" in world.as_("tomasz").say(said, at="direct")


def test_from_a_room_that_is_not_linked_nothing_is_saved_before_the_preview(world):
    question = world.as_("annika").say("issue Kits late, minor, owner annika, shared", at="general")
    assert "who may see it?" in question
    assert world.rows("SELECT count(*) FROM issue")[0][0] == 10
    done = world.as_("annika").press("Halcyra Therapeutics AG and Northmere Clinical Ltd", question)
    assert "Logged NOR-ISS-008" in done


def test_a_question_answered_twice_becomes_one_issue(world):
    annika = world.as_("annika")
    question = annika.say("issue Courier lost two kits, owner @annika")
    assert "Logged NOR-ISS-008" in annika.press("Major", question)
    again = annika.press("Minor", question)
    assert world.rows("SELECT count(*) FROM issue")[0][0] == 11
    assert again is None or "NOR-ISS-008" in again


def test_a_state_verb_without_a_number_is_asked_about(world):
    answer = world.as_("annika").say("issue ack the delay at site 104")
    assert "Is that a new issue, or one to acknowledge?" in answer
    assert "issue log ack the delay at site 104" in answer


def test_everything_can_be_said_in_another_order_and_in_a_thread(world):
    annika = world.as_("annika")
    annika.say("issue Late invoices, major, owner @rafael")
    root = annika.room()[-1]
    answer = annika.say("issue due 28 Nov, owner @rafael, HAL-202, minor, Kits late", thread=root.id)
    assert "Logged NOR-ISS-009" in answer
    assert "Sat 28 Nov 2026" in answer
    assert "HAL-202" in answer


def test_a_mention_in_a_channel_does_what_a_command_does(world):
    assert "Logged NOR-ISS-008" in world.as_("annika").say(
        "issue Kits late, minor, owner @rafael", mention=True
    )
    assert "Open issues, 7" in world.as_("tomasz").say("issue list", mention=True)
