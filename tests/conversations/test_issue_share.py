"""Opening a record up: a form, a preview of what and who, a named act; and nothing else is told."""

OWN, WIDE = "NORI-ISS-001", "NOR-ISS-008"
SAID = "issue Staffing gap in CEE, major, owner @rafael, internal"


def own(world, said=SAID):
    """Annika logs one for her own company; she, Rafael and Tomasz of the other side."""
    annika, rafael, tomasz = (world.as_(name) for name in ("annika", "rafael", "tomasz"))
    assert OWN in annika.say(said, at="direct")
    return annika, rafael, tomasz


def lines(world, number):
    """What the record says was done to it, the oldest first."""
    told = world.rows(
        f"SELECT what, chain FROM audit WHERE record = '{number}' AND what <> 'refused' ORDER BY at, seq"  # noqa: S608 our own words only
    )
    return [tuple(one) for one in told]


def test_a_record_of_ones_own_is_previewed_and_shared_as_a_new_one(world):
    annika, rafael, tomasz = own(world)
    rafael.say(f"issue note {OWN} two CRAs resign", at="direct")
    annika.opened(f"issue share {OWN}", at="direct")
    assert annika.form.fields["title"].value == "Staffing gap in CEE"
    preview = annika.submit(title="CRA capacity in CEE", reason="they plan the sites")
    for words in (
        "Nothing is shared yet",
        "CRA capacity in CEE",
        "Halcyra Therapeutics AG, 6 people",
        "Tomasz Wierzbicki",
        "Northmere Clinical Ltd, 4 people",
        "Rooms, 2",
        "What stays hidden",
    ):
        assert words in preview, words
    before = [one.words for one in (*tomasz.room(), *tomasz.inbox)]
    answer = annika.press("Share with Halcyra Therapeutics AG", preview)
    assert f"Shared {WIDE}" in answer
    card = next(one for one in tomasz.room() if WIDE in one)
    assert "CRA capacity in CEE" in card
    seen = [one.words for one in (*tomasz.room(), *tomasz.inbox) if one.words not in before]
    seen += [tomasz.say(words).words for words in (f"issue show {WIDE}", "issue list")]
    for hidden in (OWN, "Staffing gap", "they plan the sites", "resign"):
        assert not any(hidden in one for one in seen), hidden
    assert "opened it as major" in tomasz.say(f"issue show {WIDE}")
    assert lines(world, WIDE) == [("issue.open", "P-NOR:shared")]
    assert [one for one, _ in lines(world, OWN)] == ["issue.log", "issue.note", "issue.share"]
    whole = rafael.say(f"issue show {OWN}", at="direct")
    for words in ("Closed", f"shared it as {WIDE}: they plan the sites", "resign"):
        assert words in whole, words
    assert "There is no issue" in tomasz.say(f"issue show {OWN}")


def shared_numbers(world):
    found = world.rows("SELECT number FROM issue WHERE visibility = 'shared' AND partnership = 'P-NOR'")
    return {number for (number,) in found}


def test_words_that_name_what_the_others_may_not_know_are_stopped_at_their_field(world):
    tomasz = world.as_("tomasz")
    tomasz.say("issue Data flow, major, owner @tomasz, internal, for Northmere", at="direct")
    number = "HAL-NOR-ISS-001"
    cases = {
        "Quillon was slow": "is another partner",
        "ask Gareth Pugh": "“Gareth Pugh” is not for Northmere Clinical Ltd to know",
        "as in HAL-103": "“HAL-103” is not for Northmere Clinical Ltd to know",
        "follows HAL-ISS-001": "“HAL-ISS-001” is not for",
        "follows HAL-RST-K7Q2": "“HAL-RST-K7Q2” is not for",
        "follows NOR-ISS-999": "“NOR-ISS-999” is not for",
        f"was {number}": f"“{number}” is not for",
        "the randomisation list is wrong": "reads like an unblinded topic",
    }
    form = tomasz.opened(f"issue share {number}", at="direct")
    for words, said in cases.items():
        tomasz.submit(form, title=words, description="", reason="they must plan")
        form = tomasz.form
        assert said in form.errors["title"], words
        tomasz.submit(form, title="Data flow", description=words, reason="they must plan")
        form = tomasz.form
        assert said in form.errors["description"], words
    before = shared_numbers(world)
    seen = tomasz.submit(form, description="Quillon was slow; see NOR-ISS-001", study="HAL-301")
    assert "Nothing is shared yet" in seen  # both serve that study, and both sides see that issue
    assert shared_numbers(world) == before


def test_who_may_not_share_it_hears_why_or_nothing_of_it(world):
    annika, rafael, tomasz = own(world)
    hidden = tomasz.say(f"issue share {OWN} we want it").words
    assert hidden == tomasz.say("issue share NORI-ISS-099 we want it").words.replace("099", "001")
    charlotte = world.as_("charlotte")
    assert "Only Annika Lindqvist (Northmere Clinical Ltd), who raised" in charlotte.say(
        f"issue share {OWN} they ask", at="direct"
    )
    assert "Both companies read NOR-ISS-001 already" in annika.say("issue share NOR-ISS-001 again")
    assert "cannot be shared with “Nobody”" in annika.say(f"issue share {OWN} with Nobody, they ask")
    world.rows_gone("UPDATE role SET role = 'observer' WHERE person = 'PER-10'")
    assert "Your role does not include that" in rafael.say(f"issue share {OWN} they ask", at="direct")


def test_a_preview_counts_once_can_be_changed_and_can_be_left(world):
    annika, _, _ = own(world)
    first = annika.say(f"issue share {OWN} they plan the sites", at="direct")
    assert "Nothing is shared yet" in first
    assert "Nothing was opened" in annika.press("Leave it", first)
    assert "no longer open" in annika.press("Share with Halcyra Therapeutics AG", first)
    second = annika.say(f"issue share {OWN} with Halcyra because they plan the sites", at="direct")
    annika.press("Change", second)
    third = annika.submit(title="CRA capacity")
    assert "CRA capacity" in third
    annika.press("Share with Halcyra Therapeutics AG", third)
    twice = annika.press("Share with Halcyra Therapeutics AG", third)
    assert "did that before" in twice or "Shared NOR-ISS-008" in twice
    assert "was shared and goes on as NOR-ISS-008" in annika.press(
        "Share with Halcyra Therapeutics AG", second
    )
    assert "goes on as NOR-ISS-008" in annika.say(f"issue reopen {OWN} again", at="direct")
    assert len(shared_numbers(world) - {"NOR-ISS-008"}) == 7


def test_a_preview_is_looked_at_again_where_the_record_or_its_readers_have_changed(world):
    annika, rafael, _ = own(world)
    press = "Share with Halcyra Therapeutics AG"
    seen = annika.say(f"issue share {OWN} they plan the sites", at="direct")
    rafael.say(f"issue update {OWN} a third one leaves", at="direct")
    assert "out of date" in annika.press(press, seen)
    seen = annika.say(f"issue share {OWN} they plan the sites", at="direct")
    world.rows_gone("UPDATE person SET active = false WHERE id = 'PER-06'")
    world.rows_gone("UPDATE edition SET token = 'another'")
    again = annika.press(press, seen)
    assert "Who would read it has changed" in again
    assert "Halcyra Therapeutics AG, 5 people" in again
    assert "Shared NOR-ISS-008" in annika.press(press, again)


def test_a_possible_serious_breach_of_a_cros_own_is_named_one_as_soon_as_it_is_shared(world):
    annika, _, tomasz = own(
        world, "issue Consent forms, possible serious breach?, minor, owner @rafael, internal"
    )
    seen = annika.say(f"issue share {OWN} the sponsor must know", at="direct")
    assert "once shared it is named one" in seen
    annika.press("Share with Halcyra Therapeutics AG", seen)
    card = next(one for one in tomasz.room() if WIDE in one)
    assert "Possible serious breach" in card
    assert "critical" in card


def test_restricted_words_are_shared_by_their_owner_alone(world):
    elena, ingrid, annika = (world.as_(name) for name in ("elena", "ingrid", "annika"))
    secret = "HAL-RST-K7Q2"
    assert "Only Elena Duarte" in ingrid.say(f"issue share {secret} they must know", at="direct")
    elena.opened(f"issue share {secret}", at="direct")
    seen = elena.submit(title="Training files at two sites", description="", reason="they must look too")
    assert "Training records" not in seen
    elena.press("Share with Northmere Clinical Ltd", seen)
    shown = annika.say(f"issue show {WIDE}")
    assert "Training files at two sites" in shown
    assert secret not in shown


def test_it_is_shared_from_its_card_and_seen_by_nobody_before(world):
    annika, rafael, tomasz = own(world)
    before = len(tomasz.room())
    assert "Nothing is shared yet" in annika.say(f"issue share {OWN} they plan the sites")
    assert len(tomasz.room()) == before
    card = next(one for one in reversed(rafael.inbox) if OWN in one)
    rafael.press("Share", rafael.press("More", card))
    assert rafael.form.title == f"Share {OWN}"
    seen = rafael.submit(reason="")
    assert "Say why it is shared" in rafael.form.errors["reason"]
    seen = rafael.submit(title="", reason="they plan the sites")
    assert rafael.form.errors["title"]
    seen = rafael.submit(title="CRA capacity", due="")
    assert "Shared NOR-ISS-008" in rafael.press("Share with Halcyra Therapeutics AG", seen)
    assert len(tomasz.room()) == before + 1


def test_numbers_that_both_sides_know_may_stand_in_it_and_ones_own_may_not(world):
    annika, _, _ = own(world)
    annika.opened(f"issue share {OWN}", at="direct")
    annika.submit(description="see NORI-RSK-01", reason="they plan the sites")
    assert "“NORI-RSK-01” is not for Halcyra Therapeutics AG to know" in annika.form.errors["description"]
    assert "Nothing is shared yet" in annika.submit(description="see NOR-KPI-03 and NOR-ISS-001")
