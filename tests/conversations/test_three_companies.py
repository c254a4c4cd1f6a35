"""An issue that two companies act on and a third one reads: the sponsor, Northmere and Quillon."""

import pytest

from bot.governance.export import About
from bot.handlers.export_gather import gather
from bot.handlers.issue_menu import TYPED

SAID = "issue IRT feed late at site 104, major, HAL-301, owner @rafael, with Quillon"
NUMBER = "NOR-QUI-TRI-001"
ALL_THREE = "Halcyra Therapeutics AG, Northmere Clinical Ltd and Quillon Data Sciences SL"
PREVIEW = "Quillon Data Sciences SL would read it and add updates; Halcyra Therapeutics AG and Northmere"
TWO = "Halcyra Therapeutics AG and Northmere Clinical Ltd"
BETWEEN = f"{NUMBER} is between {TWO}; you can read it and add updates."


@pytest.fixture
def raised(quiet, world):
    """Annika logs it in her room, whose class is narrower, so who will see it is shown to her before."""
    annika = world.as_("annika")
    form = annika.opened(SAID)
    assert PREVIEW in form
    assert world.rows("SELECT count(*) FROM issue WHERE visibility = 'tri_party'")[0][0] == 0
    assert ALL_THREE in annika.submit()
    return annika


def card(voice):
    """The live card of their room as it stands now."""
    live = [one for one in voice.room() if one.by_bot and not one.thread and f"{NUMBER}:" in one]
    return live[-1]


def row(world, columns="*"):
    """The issue as it stands in the record."""
    return tuple(world.rows(f"SELECT {columns} FROM issue WHERE number = '{NUMBER}'")[0])  # noqa: S608 our own words only


def test_three_companies_work_on_one_issue_and_each_does_its_part(world):
    world.quiet()
    annika, rafael, tomasz, weiling, gareth = (
        world.as_(name) for name in ("annika", "rafael", "tomasz", "wei-ling", "gareth")
    )
    assert PREVIEW in annika.opened(SAID)
    annika.submit()
    for reader in (annika, tomasz, weiling):
        assert ALL_THREE in card(reader)
    assert NUMBER in weiling.inbox[-1]
    assert not any(NUMBER in one for one in gareth.inbox)  # Quillon names him one level up
    assert set(card(weiling).buttons) == {"Update", "Details"}

    weiling.say(f"issue update {NUMBER} the feed was cut at our end")
    for reader in (annika, tomasz, gareth):
        assert any(one.thread and "Wei-Ling Tan (Quillon Data Sciences SL)" in one for one in reader.room())
    assert "the feed was cut at our end" in rafael.inbox[-1]
    assert "Halcyra Therapeutics AG is asked to acknowledge" in card(tomasz)  # Quillon's words are no answer

    tomasz.press("Acknowledge", card(tomasz))
    assert "Acknowledged by Tomasz Wierzbicki" in card(weiling)
    rafael.say(f"issue plan {NUMBER} resend what is missing, due 28 Nov")
    assert "Rafael Monteiro (Northmere Clinical Ltd) proposed a plan" in weiling.inbox[-1]
    tomasz.press("Agree to the plan", card(tomasz))
    rafael.say(f"issue resolve {NUMBER} all came through, cause system: one retry too few")
    assert "Halcyra Therapeutics AG is asked to verify it" in card(weiling)
    tomasz.say(f"issue verify {NUMBER}")
    tomasz.say(f"issue close {NUMBER} nothing is missing any more")
    whole = weiling.say(f"issue show {NUMBER}")
    for words in ("agreed to the plan", "verified that it is resolved", "closed it", "Wei-Ling Tan (Quillon"):
        assert words in whole
    assert "This happened" not in whole
    assert BETWEEN in weiling.say(f"issue reopen {NUMBER} it is late again")


def test_in_a_direct_message_it_is_asked_with_who_would_read_it(world, quiet):
    marcus = world.as_("marcus")
    said = "issue IRT feed late, major, HAL-301, owner @tomasz, for Northmere, with Quillon"
    form = marcus.opened(said, at="direct")
    assert PREVIEW in form
    assert "Logged NOR-QUI-TRI-001" in marcus.submit()
    assert "Tomasz Wierzbicki (Halcyra Therapeutics AG)" in card(world.as_("gareth"))


def test_one_may_still_choose_fewer_readers(world, quiet):
    annika = world.as_("annika")
    annika.opened(SAID)
    assert "Logged NOR-ISS-008" in annika.submit(**{"class": "Both companies"})
    assert not any("IRT feed" in one for one in world.as_("wei-ling").sight())


def test_quillon_raises_one_itself_and_northmere_is_the_third(world, quiet):
    gareth, annika = world.as_("gareth"), world.as_("annika")
    gareth.opened("issue Exports differ, minor, HAL-301, owner @wei-ling, with Northmere")
    assert "Logged QUI-NOR-TRI-001" in gareth.submit()
    assert "between Halcyra Therapeutics AG and Quillon" in annika.say("issue ack QUI-NOR-TRI-001")
    assert "QUI-NOR-TRI-001" in world.as_("tomasz").say("issue list", at="direct")


def test_without_a_study_it_is_asked_which_of_those_that_both_serve(world, quiet):
    annika = world.as_("annika")
    annika.opened("issue IRT feed late, major, owner @rafael, with Quillon")
    annika.submit()
    assert annika.form.errors == {"study": "Which study is it about?"}
    annika.submit(study="HAL-301")
    assert row(world, "study") == ("HAL-301",)


def test_a_study_that_only_one_of_them_serves_is_not_opened_to_the_other(world, quiet):
    annika = world.as_("annika")
    form = annika.opened("issue Feed late, major, HAL-202, owner @rafael, with Quillon")
    assert "can read it only where it is about HAL-301" in form.errors["class"]
    annika.submit()
    assert "can read it only where it is about HAL-301" in annika.form.errors["class"]
    assert world.rows("SELECT count(*) FROM issue WHERE visibility = 'tri_party'")[0][0] == 0


def test_two_cros_that_share_no_study_do_not_know_of_each_other(world, quiet):
    world.rows_gone("DELETE FROM service WHERE partnership = 'P-QUI' AND study = 'HAL-301'")
    annika = world.as_("annika")
    form = annika.opened("issue Feed late, HAL-301, owner @rafael, with Quillon")
    assert form.fields["title"].value == "Feed late, with Quillon"  # words like any others
    assert "Quillon" not in str(form.fields["class"].options)
    same = annika.opened("issue Feed late, HAL-301, owner @rafael, with Nobody Ltd")
    assert same.fields["title"].value == "Feed late, with Nobody Ltd"


def test_the_third_company_does_nothing_that_is_the_other_twos(world, raised):
    weiling = world.as_("wei-ling")
    before = row(world)
    verbs = [name for *_, typed in TYPED for name in typed[:1] if name != "update"]
    for said in (f"ack {NUMBER}", *(f"{verb} {NUMBER} words, due 28 Nov" for verb in (*verbs, "breach"))):
        assert BETWEEN in weiling.say(f"issue {said}"), said
    assert row(world) == before
    assert world.rows(f"SELECT count(*) FROM note WHERE issue = '{NUMBER}'")[0][0] == 0  # noqa: S608 our own words only


def test_an_update_of_the_third_company_moves_no_clock_and_takes_no_part(world, raised):
    weiling = world.as_("wei-ling")
    columns = "state, moved_at, acknowledged_at, late_at, ack_due"
    clocks = "SELECT key, at FROM due WHERE state = 'open' ORDER BY key"
    before, set_before = row(world, columns), world.rows(clocks)
    world.pass_hours(1)
    weiling.say(f"issue update {NUMBER} we look into it")
    assert row(world, columns) == before
    assert world.rows(clocks) == set_before


def test_what_the_two_companies_keep_to_themselves_stays_theirs(world, raised):
    annika, tomasz, weiling = (world.as_(name) for name in ("annika", "tomasz", "wei-ling"))
    before = weiling.say(f"issue show {NUMBER}").words
    annika.say(f"issue note {NUMBER} our margin is thin")
    tomasz.say(f"issue note {NUMBER} ask them for a discount")
    whole = weiling.say(f"issue show {NUMBER}")
    assert whole.words == before
    for hidden in ("margin", "discount", "business day", "Charlotte", "Elena"):
        assert hidden not in whole
    told = world.rows(f"SELECT payload FROM audit WHERE record = '{NUMBER}' AND visibility = 'tri_party'")  # noqa: S608 our own words only
    assert all("elapsed_hours" not in payload and "ESC" not in payload for (payload,) in told)
    kept = world.rows("SELECT visibility FROM audit WHERE what = 'issue.rules'")
    assert [one for (one,) in kept] == ["shared"]


def test_alarms_reach_the_third_company_too_and_tell_no_gap_of_the_others(world, raised):
    world.rows_gone("UPDATE counterpart SET sponsor = '' WHERE partnership = 'P-NOR' AND level = 'L2'")
    world.pass_business_days(1)
    gareth = world.as_("gareth")
    assert "moves from L1 to L2" in gareth.inbox[-1]
    assert "names nobody" not in gareth.inbox[-1]
    assert set(gareth.inbox[-1].buttons) == {"Update", "Details"}


def test_whoever_it_names_no_more_learns_nothing_of_it(world, raised):
    world.rows_gone("DELETE FROM issue_party")  # as if it named nobody
    gareth = world.as_("gareth")
    nothing = gareth.say("issue show NOR-ISS-999").words.replace("NOR-ISS-999", "X")
    assert gareth.say(f"issue show {NUMBER}").words.replace(NUMBER, "X") == nothing
    assert NUMBER not in gareth.say("issue list")


def test_it_is_no_duplicate_of_what_the_third_company_cannot_see(world, raised):
    form = world.as_("tomasz").opened(f"issue reject {NUMBER} duplicate of NOR-ISS-002, as before")
    assert "Not everybody who sees" in form


def test_its_study_stays_one_that_all_three_serve(world, raised):
    raised.press("Change")
    raised.submit(study="HAL-202")
    assert "stays one of HAL-301" in raised.form.errors["study"]


def test_the_third_company_finds_and_exports_it_as_it_may_read_it(world, raised):
    weiling = world.as_("wei-ling")
    assert NUMBER in weiling.say("search feed")
    raised.say(f"issue note {NUMBER} our margin is thin")
    with world.bot.store.reading() as archive:
        reader = archive.person_actor("PER-11")
        told = gather(archive, reader, About(record=NUMBER))
    assert dict(told.companies)["ORG-NOR"] == "Northmere Clinical Ltd"
    assert {one.id for one in told.people} >= {"PER-09", "PER-10"}
    assert (told.items[0].record.rules, told.items[0].notes) == ({}, ())
    assert {one.chain for one in told.links} == {f"P-NOR:tri_party:{NUMBER}"}


def test_what_is_ones_own_is_opened_to_all_three_at_once(world, quiet):
    annika, weiling = world.as_("annika"), world.as_("wei-ling")
    own = "issue Staffing gap at the data desk, major, HAL-301, owner @rafael, internal"
    assert "NORI-ISS-001" in annika.say(own, at="direct")
    annika.opened("issue share NORI-ISS-001 with Quillon", at="direct")
    preview = annika.submit(title="Data desk short of people", reason="they wait for us")
    for words in ("Share NORI-ISS-001 with Halcyra Therapeutics AG and Quillon", "Nothing is shared yet"):
        assert words in preview
    assert "its people in its own partnership with the sponsor" in preview
    assert f"Shared {NUMBER}" in annika.press(
        "Share with Halcyra Therapeutics AG and Quillon Data Sciences SL", preview
    )
    whole = weiling.say(f"issue show {NUMBER}")
    assert "Data desk short of people" in whole
    for hidden in ("NORI-ISS-001", "Staffing gap", "they wait for us"):
        assert hidden not in whole
    assert "There is no issue" in weiling.say("issue show NORI-ISS-001")


def test_a_shared_one_is_opened_further_by_the_side_that_raised_it_and_goes_on(world, quiet):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    annika.say("issue Feed late, major, HAL-301, owner @rafael")
    assert "Both companies read NOR-ISS-008 already" in tomasz.say(
        "issue share NOR-ISS-008 with Quillon, it waits"
    )
    clocks = "SELECT key, at FROM due WHERE state = 'open' AND subject = 'NOR-ISS-008' ORDER BY key"
    before = world.rows(clocks)
    preview = annika.say("issue share NOR-ISS-008 with Quillon, they wait for it")
    assert "goes on between the two companies" in preview
    assert f"Shared {NUMBER}" in annika.press("Share with Quillon Data Sciences SL", preview)
    assert world.rows(clocks) == before
    assert "not acknowledged" in annika.say("issue list")
    assert "NOR-ISS-008" not in world.as_("wei-ling").say(f"issue show {NUMBER}")


def test_it_is_opened_only_where_its_study_is_theirs_and_in_words_they_may_read(world, quiet):
    annika = world.as_("annika")
    annika.say("issue Feed late at HAL-202 sites, major, HAL-202, owner @rafael, internal", at="direct")
    form = annika.opened("issue share NORI-ISS-001 with Quillon, they wait", at="direct")
    assert "can read it only where it is about HAL-301" in form.errors["study"]
    annika.submit(study="HAL-301")
    assert "“HAL-202” is not for" in annika.form.errors["title"]


def test_taken_back_it_ends_for_all_three(world, raised):
    weiling = world.as_("wei-ling")
    answer = raised.say(f"issue unshare {NUMBER} it was not theirs after all")
    for words in ("With Quillon Data Sciences SL", "its rooms and chats: 2 messages", "HAL x Northmere"):
        assert words in answer, words
    assert "withdrew it" in weiling.say(f"issue show {NUMBER}")
    assert "NORI-ISS-001" in raised.say("issue list", at="direct")
    assert "NORI" not in weiling.say(f"issue show {NUMBER}")


def test_the_third_company_takes_its_own_view_away(world, raised):
    answer = world.as_("wei-ling").say(f"export {NUMBER}", at="direct")
    assert {"PDF", "JSON", "CSV"} <= set(answer.buttons)
    assert BETWEEN not in answer


def test_nobody_of_the_third_company_is_given_a_step_of_the_plan(world, raised):
    world.as_("wei-ling").say(f"issue update {NUMBER} we look into it")
    rafael = world.as_("rafael")
    rafael.opened(f"issue plan {NUMBER}")
    rafael.submit(steps="find the cause, @Wei-Ling Tan, 28 Nov", due="2026-11-28")
    assert "“Wei-Ling Tan” is nobody who can take a step" in rafael.form.errors["steps"]
    rafael.submit(steps="find the cause, @Rafael Monteiro, 28 Nov", due="2026-11-28")
    assert world.rows("SELECT count(*) FROM audit WHERE what = 'issue.plan'")[0][0] == 1
