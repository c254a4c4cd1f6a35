"""The verbs on an issue, whatever they do: typed, pressed or sent as a form, once, on what is there now."""

from tests.conversations.issues import NUMBER, card, chain, column, known, refusals
from tests.conversations.test_hand_made import send


def test_a_verb_without_a_number_asks_which_issue_and_words_that_may_be_a_title_are_asked_about(world):
    annika, *_ = known(world)
    assert f"Say which issue, for example: issue contain {NUMBER}" in annika.say("issue contain")
    answer = annika.say("issue plan for site 104 is late")
    assert "Is that a new issue, or about one there is?" in answer
    assert "“issue log plan for site 104 is late”" in answer
    answer = annika.say("issue update 104 reports are late")
    assert "“issue log update 104 reports are late”, or “issue update #104 …”" in answer
    answer = annika.say(f"issue contian {NUMBER} kits recalled, all of them")
    assert "did you mean: issue contain NOR-ISS-008 kits recalled" in answer
    assert "There is no issue NOR-ISS-104" in annika.say("issue update NOR-ISS-104 nothing is late")
    assert chain(world) == ["log", "ack"]
    annika.say("issue update #8, nine are filed")
    assert any("nine are filed" in one for one in world.as_("tomasz").inbox)


def test_a_form_from_a_command_is_confirmed_privately_and_one_from_a_card_by_the_card(world):
    annika, _, tomasz = known(world)
    annika.say(f"issue contain {NUMBER}")
    done = annika.submit(text="Nine kits recalled.")
    assert f"{NUMBER}: TMF backlog" in done
    assert done.private
    before = len([one for one in tomasz.private() if one.by_bot])
    tomasz.press("Plan", card(tomasz))
    tomasz.submit(steps="Hire two CRAs", due="2026-11-27")
    assert "Hire two CRAs" in card(tomasz)
    told = [one for one in tomasz.private() if one.by_bot and "Hire two CRAs" in one]
    assert all(one.edited for one in told)
    assert len([one for one in tomasz.private() if one.by_bot]) == before
    assert annika.form is None
    assert tomasz.form is None


def test_where_no_form_can_be_shown_a_button_leads_to_it_with_every_word(world):
    annika, *_ = known(world)
    annika.say(f"issue hold {NUMBER} the authority", thread=card(annika).id, mention=True)
    asked = next(one for one in reversed(annika.sight()) if "Fill in the form" in one.buttons or annika.form)
    if annika.form is None:
        assert "Say on which day its clocks run again" in asked
        assert "the authority" in asked
        annika.press("Fill in the form", asked)
    assert annika.form.fields["reason"].value == "the authority"
    annika.submit(until="2026-11-20")
    assert "the authority" in card(annika)


def test_an_old_card_is_refreshed_and_not_obeyed_but_words_may_be_added_to_whatever_it_became(world):
    annika, _, tomasz = known(world)
    annika.say(f"issue plan {NUMBER} hire two, due 27 Nov")
    old = card(tomasz)
    annika.say(f"issue plan {NUMBER} hire one, due 4 Dec")
    before = refusals(world)
    fields = {"issue": NUMBER, "version": "3"}
    shown = send(world, "tomasz", "issue.plan_agree", **fields)
    assert "That card was out of date, so nothing changed" in shown.line
    assert "Agree to the plan" in old.buttons
    assert column(world, "state") == "acknowledged"
    assert refusals(world) == before + 1
    assert send(world, "tomasz", "issue.update", **fields).title == f"Update {NUMBER}"


def test_a_form_from_before_a_change_keeps_its_words_and_changes_nothing(world):
    annika, _, tomasz = known(world)
    annika.say(f"issue plan {NUMBER}")
    form = annika.form
    tomasz.say(f"issue update {NUMBER} we hired two")
    annika.submit(form, steps="Hire two CRAs", due="2026-11-27")
    seen = [*annika.private(), annika.form] if annika.form else annika.private()
    assert any("has changed since this form was opened, so nothing was saved" in one for one in seen)
    assert chain(world) == ["log", "ack", "update"]


def test_a_form_sent_twice_is_done_once(world):
    annika, *_ = known(world)
    annika.say(f"issue update {NUMBER}")
    annika.send_twice(text="Nine of fourteen are filed.")
    assert chain(world) == ["log", "ack", "update"]
    assert world.rows(f"SELECT count(*) FROM note WHERE issue = '{NUMBER}'")[0][0] == 1  # noqa: S608 our own words only


def test_a_form_is_good_for_one_act_on_one_issue_by_its_writer_alone(world):
    annika, *_ = known(world)
    annika.say("issue Late invoices, minor, owner @annika")
    draft = send(world, "annika", "issue.contain", issue=NUMBER).hidden["draft"]
    for name in ("tomasz", "gareth"):
        assert (
            "That form is no longer open" in send(world, name, "issue.act_submit", draft=draft, text="x").line
        )
    forged = {":act": "resolve", ":record": "NOR-ISS-009", "act": "resolve", "issue": "NOR-ISS-009"}
    send(world, "annika", "issue.act_submit", draft=draft, text="", **forged)
    send(world, "annika", "issue.act_submit", draft=draft, text="Recalled.", **forged)
    assert column(world, "containment") == "Recalled."
    assert chain(world) == ["log", "ack", "contain"]
    again = send(world, "annika", "issue.act_submit", draft=draft, text="Twice.")
    assert "You sent that before and it was saved" in again.line
    assert "no longer open" in send(world, "annika", "issue.submit", draft=draft, title="A title").line
    log = send(world, "annika", "issue.form").hidden["draft"]
    assert (
        "That form is no longer open" in send(world, "annika", "issue.act_submit", draft=log, text="x").line
    )


def test_what_is_not_among_the_choices_or_too_long_is_said_at_its_field(world):
    known(world)
    draft = send(world, "rafael", "issue.resolve", issue=NUMBER).hidden["draft"]
    sent = {"text": "x" * 3001, "category": "malice", "cause": "No second check.", "capa": "y" * 201}
    form = send(world, "rafael", "issue.act_submit", draft=draft, **sent)
    errors = {one.name: one.error for one in form.fields if one.error}
    assert "at most 3,000 characters and this one has 3,001" in errors["text"]
    assert "“malice” is not on offer here" in errors["category"]
    assert "at most 200 characters and this one has 201" in errors["capa"]
    assert list(errors) == ["text", "category", "capa"]
    answer = world.as_("rafael").say(f"issue update {NUMBER} " + "word " * 700)
    assert "at most 3,000 characters" in answer


def test_who_may_only_read_gets_no_form_and_no_verb(world):
    known(world)
    world.rows_gone("UPDATE role SET role = 'observer' WHERE person = 'PER-09'")
    for verb in ("contain", "plan", "update", "note", "hold"):
        answer = world.as_("annika").say(f"issue {verb} {NUMBER}")
        assert "Your role does not include that" in answer
    assert "There is no issue" in world.as_("gareth").say(f"issue update {NUMBER} we can see you")
    assert chain(world) == ["log", "ack"]
