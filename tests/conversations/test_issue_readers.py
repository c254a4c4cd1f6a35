"""The named readers of a restricted record: one more after a preview, one fewer at once, with a reason."""

SECRET = "HAL-RST-K7Q2"
LET_IN = "Let Tomasz Wierzbicki read it"


def readers(world):
    found = world.rows(f"SELECT person FROM restricted_reader WHERE record = '{SECRET}' ORDER BY person")  # noqa: S608 our own words only
    return [one for (one,) in found]


def test_one_more_is_previewed_let_in_and_taken_off_again(world):
    elena, ingrid, tomasz = (world.as_(name) for name in ("elena", "ingrid", "tomasz"))
    asked = elena.say(f"issue readers {SECRET} @tomasz, he knows the site", at="direct")
    for words in (
        "Nobody was let in yet",
        "Tomasz Wierzbicki",
        "Elena Duarte",
        "Ingrid Solheim",
        "cannot be",
    ):
        assert words in asked, words
    assert readers(world) == ["PER-01", "PER-05"]
    assert "There is no issue" in tomasz.say(f"issue show {SECRET}", at="direct")
    elena.press(LET_IN, asked)
    assert readers(world) == ["PER-01", "PER-04", "PER-05"]
    assert "Training records" in tomasz.say(f"issue show {SECRET}", at="direct")
    assert "let Tomasz Wierzbicki" in ingrid.inbox[-1]
    assert "he knows the site" in ingrid.inbox[-1]
    gone = elena.say(f"issue readers {SECRET} without @tomasz because it was the wrong site", at="direct")
    assert "What cannot be unseen" in gone
    assert "There is no issue" in tomasz.say(f"issue show {SECRET}", at="direct")
    assert readers(world) == ["PER-01", "PER-05"]
    kept = world.rows("SELECT chain, payload FROM audit WHERE what = 'issue.readers' ORDER BY seq")
    assert [one[0] for one in kept] == [f"P-NOR:restricted:{SECRET}"] * 2
    assert "he knows the site" in kept[0][1]


def test_it_is_asked_in_a_form_and_can_be_left(world):
    elena = world.as_("elena")
    elena.opened(f"issue readers {SECRET}", at="direct")
    elena.submit(reader="Add Tomasz Wierzbicki (Halcyra Therapeutics AG)", reason="")
    assert "Say why" in elena.form.errors["reason"]
    asked = elena.submit(reason="he knows the site")
    assert "stays as it is" in elena.press("Leave it", asked)
    assert "no longer open" in elena.press(LET_IN, asked)
    assert readers(world) == ["PER-01", "PER-05"]


def test_a_preview_counts_once_and_not_once_the_record_has_moved_on(world):
    elena, ingrid = world.as_("elena"), world.as_("ingrid")
    words = f"issue readers {SECRET} @tomasz he knows the site"
    asked = elena.say(words, at="direct")
    elena.press(LET_IN, asked)
    elena.press(LET_IN, asked)
    assert world.rows("SELECT count(*) FROM audit WHERE what = 'issue.readers'")[0][0] == 1
    again = elena.say(f"issue readers {SECRET} @kenji he pays", at="direct")
    ingrid.say(f"issue update {SECRET} two more sites", at="direct")
    assert "out of date" in elena.press("Let Kenji Morimoto read it", again)
    assert readers(world) == ["PER-01", "PER-04", "PER-05"]


def test_nobody_else_and_nobody_unknown_is_let_in(world):
    elena, tomasz, annika = (world.as_(name) for name in ("elena", "tomasz", "annika"))
    for voice in (tomasz, annika, world.as_("gareth")):
        hidden = voice.say(f"issue readers {SECRET} @kenji he pays", at="direct").words
        unknown = voice.say("issue readers HAL-RST-ZZZZ @kenji he pays", at="direct").words
        assert hidden.replace(SECRET, "X") == unknown.replace("HAL-RST-ZZZZ", "X")
    assert "is nobody of the two companies" in elena.say(f"issue readers {SECRET} @gareth asks", at="direct")
    assert "cannot take yourself off" in elena.opened(
        f"issue readers {SECRET} without @elena, I am done", at="direct"
    )
    assert "it names no readers" in elena.say("issue readers NOR-ISS-001 @kenji he pays", at="direct")


def test_notes_of_one_side_keep_the_other_side_out(world):
    elena = world.as_("elena")
    elena.say(f"issue note {SECRET} ask for their certificates", at="direct")
    assert "Its notes are for Halcyra Therapeutics AG alone" in elena.opened(
        f"issue readers {SECRET} @annika she must know", at="direct"
    )


def test_a_record_that_names_what_they_may_not_see_is_not_opened_to_them(world):
    elena = world.as_("elena")
    elena.say(f"issue update {SECRET} the same people as in HAL-ISS-001", at="direct")
    form = elena.opened(f"issue readers {SECRET} @annika she must know", at="direct")
    assert "It names “HAL-ISS-001”, which Annika Lindqvist" in form
    assert "is not for" not in form


def test_a_record_that_names_another_partners_people_is_not_opened_to_the_other_company(world):
    elena = world.as_("elena")
    elena.say(f"issue update {SECRET} Gareth Pugh knows of it", at="direct")
    assert "It names “Gareth Pugh”, which Annika Lindqvist" in elena.opened(
        f"issue readers {SECRET} @annika she must know", at="direct"
    )
    assert "Nobody was let in yet" in elena.say(f"issue readers {SECRET} @priya she must know", at="direct")


def test_whether_a_hidden_record_exists_is_not_learnt_from_whom_one_may_let_in(world):
    annika, priya = world.as_("annika"), world.as_("priya")
    priya.say("issue Their margin, minor, owner @tomasz, for Northmere, internal", at="direct")
    assert world.rows("SELECT count(*) FROM issue WHERE number = 'HAL-NOR-ISS-001'")[0][0] == 1
    answers = []
    for number in ("HAL-NOR-ISS-001", "HAL-NOR-ISS-777", "QUI-ISS-001", "QUI-ISS-777"):
        annika.say(f"issue As in {number}, minor, owner @rafael, restricted", at="direct")
        (mine,) = world.rows(f"SELECT number FROM issue WHERE title LIKE '%{number}%'")[0]  # noqa: S608 our own words only
        form = annika.opened(f"issue readers {mine} add Priya Raghunathan, she must know", at="direct")
        answers.append(str(form.errors).replace(mine, "MINE").replace(number, "X"))
    assert "It names “X”" in answers[0]
    assert set(answers) == {answers[0]}
