"""Data about a participant is never saved; harm and possible breaches are pointed on at once, privately."""

from sqlmodel import SQLModel, select

from tests.beginnings import opened

DESK = "Halcyra drug safety desk, +41 44 555 01 10"
NUMBERED = "issue Subject 104-0012 missed visit 3, major, owner @rafael"
EVERYTHING = [str(select(table)) for table in SQLModel.metadata.sorted_tables]
SICK = "issue The patient is a 54-year-old man in hospital, major, owner @rafael"


def kept(world):
    """Every text the record holds, anywhere."""
    return "\n".join(str(row) for statement in EVERYTHING for row in world.rows(statement))


def test_a_subject_number_stops_the_save_and_says_where_it_belongs(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    answer = annika.say(NUMBERED, mention=True)
    assert "looks like data about a participant (a site and subject number such as 101-0007" in answer
    assert "nothing was saved" in answer
    assert "the study’s own systems" in answer
    assert answer.private
    assert "104-0012" not in kept(world)
    assert not any(one.by_bot for one in tomasz.room())
    told = world.rows("SELECT person, payload FROM audit WHERE what = 'refused'")
    assert [one[0] for one in told] == ["PER-09"]
    assert "ParticipantData" in told[0][1]
    assert "subject number" in told[0][1]


def test_a_narrative_goes_to_the_safety_line_of_that_partnership(world):
    answer = world.as_("annika").say(SICK)
    assert "An adverse event goes to the safety line now" in answer
    assert DESK in answer
    assert "24x7" in answer
    assert "year-old" not in kept(world)


def test_a_form_keeps_what_was_typed_until_it_can_be_saved(world):
    annika = world.as_("annika")
    annika.say("issue Kits late, major, owner @rafael, severity huge")
    form = annika.form
    annika.submit(form, severity="minor", description="Subject 104-0012 waits for kit 4.")
    assert world.rows("SELECT count(*) FROM issue")[0][0] == 10
    assert "104-0012" not in kept(world)
    assert annika.form.fields["description"].value == "Subject 104-0012 waits for kit 4."
    assert "Logged NOR-ISS-008" in annika.submit(description="One subject at site 101 waits for kit 4.")


def test_no_way_of_saying_it_goes_round_the_guard(world):
    annika, marcus = world.as_("annika"), world.as_("marcus")
    said = annika.chat("Subject 104-0012 was dosed twice.", at="general")
    annika.shortcut("Log as issue", said)
    assert annika.form is None
    for text in (
        "issue update NOR-ISS-003 subject 104-0012 withdrew",
        "issue note NOR-ISS-003 subject 104-0012 withdrew",
        "isue Subject 104-0012 withdrew",
        "issue show subject 104-0012",
        "help subject 104-0012",
    ):
        assert "looks like data about a participant" in marcus.say(text, mention=True)
    assert "104-0012" not in kept(world)


def test_who_has_several_partners_sees_the_lines_of_their_own_and_of_nobody_else(world):
    tomasz, annika = world.as_("tomasz"), world.as_("annika")
    tomasz.say("issue Two SAEs were late, minor, owner tomasz", at="direct")
    told = next(one for one in reversed(tomasz.inbox) if "Call the safety line now" in one)
    assert DESK in told
    tomasz.say("issue Serious breach of GCP at site 104", at="direct")
    told = next(one for one in reversed(tomasz.inbox) if "Call the quality line now" in one)
    assert "+44 20 7946 0110" in told
    assert "+34 91 555 01 30" in told
    annika.say("issue Serious breach of GCP at site 104", at="direct")
    told = next(one for one in reversed(annika.inbox) if "Call the quality line now" in one)
    assert "+44 20 7946 0110" in told
    assert "Quillon" not in told


def test_an_adverse_event_in_counts_is_saved_and_pointed_to_the_safety_line_once(world):
    annika = world.as_("annika")
    told = annika.say("issue Two SAEs at site 104 were not reported, major, owner @rafael")
    shown = [one for one in annika.private() if "Call the safety line now" in one]
    assert len(shown) == 1
    assert DESK in shown[0]
    assert "Tue 10 Nov 2026, 09:00 GMT" in shown[0]
    assert "Logged NOR-ISS-008" in told or any("Logged NOR-ISS-008" in one for one in annika.private())
    assert not any("safety line" in one for one in annika.room())
    assert world.rows("SELECT person FROM audit WHERE what = 'safety.pointed'") == [("PER-09",)]


def test_nothing_is_parked_by_a_form_or_a_refusal(world):
    annika = world.as_("annika")
    annika.say("issue Two SAEs at site 104 were not reported")
    assert len([one for one in annika.private() if "Call the safety line now" in one]) == 1
    annika.submit(severity="major", owner_id="Annika Lindqvist (Northmere Clinical Ltd)")
    assert len([one for one in annika.private() if "Call the safety line now" in one]) == 1
    annika.say("isue Two SAEs at site 105 were not reported", mention=True)
    assert len([one for one in annika.private() if "Call the safety line now" in one]) == 2


def test_a_form_that_sets_up_is_about_staff_and_is_not_guarded_but_what_is_typed_is(world):
    priya = world.as_("priya")
    opened(priya, "setup contacts", "Name the quality line")
    assert "104-0012" in priya.submit(person="", name="Desk", phone="+41 104-0012", hours="24x7")
    for name, text in (
        ("priya", "setup subject 104-0077 died"),
        ("priya", "link subject 104-0077 died"),
        ("newcomer at Halcyra", "setup subject 104-0077 died"),
    ):
        assert "looks like data about a participant" in world.as_(name).say(text, at="direct")
    assert "104-0077" not in kept(world)


def test_a_verbs_form_keeps_what_was_typed_and_saves_nothing(world):
    annika = world.as_("annika")
    annika.opened("issue update NOR-ISS-003")
    form = annika.form
    annika.submit(form, text="Subject 104-0012 is waiting.")
    assert "104-0012" not in kept(world)
    assert annika.form.fields["text"].value == "Subject 104-0012 is waiting."
    annika.submit(text="One subject at site 104 is waiting.")
    assert "One subject at site 104 is waiting." in kept(world)
