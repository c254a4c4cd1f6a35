"""What is said in one line, in any order; what it leaves open is asked in a form, and never guessed."""


def test_in_a_direct_message_partner_and_class_are_asked(world):
    tomasz = world.as_("tomasz")
    fields = tomasz.opened("issue Think about site 104, minor, owner tomasz", at="direct").fields
    partner, seen = fields["partnership"], fields["class"]
    assert list(partner.options) == ["Northmere Clinical Ltd", "Quillon Data Sciences SL"]
    assert partner.value == ""
    two = ["Both companies", "Only Halcyra Therapeutics AG", "Only you and the owner"]
    assert [one for one in seen.options if " and " not in one.removesuffix("and the owner")] == two
    assert "Both companies and Quillon Data Sciences SL" in seen.options
    assert seen.value == ""
    tomasz.submit(partnership="P-QUI")
    assert "who may see it?" in tomasz.form.errors["class"]
    done = tomasz.submit(**{"class": "Only Halcyra Therapeutics AG"})
    assert "Logged HAL-QUI-ISS-001" in done
    assert "Halcyra Therapeutics AG only" in done


def test_in_a_direct_message_one_line_can_say_it_all(world):
    said = "issue Think about site 104, minor, owner tomasz, for Quillon, internal"
    assert "Logged HAL-QUI-ISS-001" in world.as_("tomasz").say(said, at="direct")


def test_from_a_room_that_is_not_linked_nothing_is_saved_before_it_was_shown_who_will_see_it(world):
    annika = world.as_("annika")
    annika.say("issue Kits late, minor, owner annika, shared", at="general")
    assert world.rows("SELECT count(*) FROM issue")[0][0] == 10
    assert annika.form.fields["class"].value == "shared"
    assert "Logged NOR-ISS-008" in annika.submit()
    annika.say("issue Kits late again, minor, owner annika", at="general")
    assert annika.form.fields["class"].value == "cro_internal"


def test_a_state_verb_without_a_number_is_asked_about(world):
    answer = world.as_("annika").say("issue ack the delay at site 104")
    assert "Is that a new issue, or about one there is?" in answer
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
