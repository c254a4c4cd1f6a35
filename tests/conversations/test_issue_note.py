"""An internal note: for its writer's own company; nothing that the other side can ask for shows it."""

from tests.conversations.issues import NUMBER, card, chain, column, known

SECRET = "Our margin on this is negative."


def shown(voice):
    """All that somebody can see or ask for about it."""
    asked = [voice.say(words) for words in (f"issue show {NUMBER}", "issue list", f"issue show {NUMBER}")]
    return [one.words for one in (*asked, *voice.room(), *voice.inbox)]


def test_a_note_is_kept_for_ones_own_side_and_leaves_no_trace_on_the_other(world):
    annika, rafael, tomasz = known(world)
    before = {name: column(world, name) for name in ("version", "moved_at", "state")}
    seen, told = card(tomasz), len(tomasz.inbox)
    answer = annika.say(f"issue note {NUMBER} {SECRET}")
    assert f"Noted on {NUMBER}" in answer
    assert "Only Northmere Clinical Ltd sees this note" in answer
    assert card(tomasz) == seen
    assert len(tomasz.inbox) == told
    assert {name: column(world, name) for name in before} == before
    assert not any(SECRET in one for one in shown(tomasz))
    assert SECRET in rafael.say(f"issue show {NUMBER}")
    assert not any(SECRET in one.words for one in annika.room() if one.by_bot)
    kept = world.rows(
        "SELECT chain, visibility FROM audit WHERE what = 'issue.note' AND record = 'NOR-ISS-008'"
    )
    assert [tuple(one) for one in kept] == [("P-NOR:cro_internal", "cro_internal")]


def test_a_note_is_written_in_a_form_by_either_side_and_even_when_it_has_ended(world):
    annika, _, tomasz = known(world, "issue TMF backlog at site 104, minor, owner @rafael")
    tomasz.press("Note", tomasz.press("More", card(tomasz)))
    assert tomasz.form.title == f"Note on {NUMBER}"
    assert "Only Halcyra Therapeutics AG reads it" in tomasz.form
    tomasz.submit(text="")
    assert "only your own company reads it" in tomasz.form.errors["text"]
    assert f"Noted on {NUMBER}" in tomasz.submit(text=SECRET)
    assert SECRET not in annika.say(f"issue show {NUMBER}")
    annika.say(f"issue close {NUMBER} it was none")
    assert "Only Northmere Clinical Ltd sees this note" in annika.say(f"issue note {NUMBER} remember it")
    assert chain(world).count("note") == 2


def test_a_note_on_a_restricted_issue_is_not_shown_to_the_whole_company(world):
    elena, tomasz = world.as_("elena"), world.as_("tomasz")
    elena.say("issue note HAL-RST-K7Q2 ask the two for their certificates", at="direct")
    assert world.rows("SELECT visibility FROM note WHERE issue = 'HAL-RST-K7Q2'") == [("restricted",)]
    assert "There is no issue" in tomasz.say("issue note HAL-RST-K7Q2 what is it")
