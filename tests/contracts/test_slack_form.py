"""Forms as Slack's modals before independent referees: taken, whole, and never losing what was typed."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import slackblocks as referee
from slack_sdk.models.views import View as SdkView
from slackblocks.elements import (
    DatePicker,
    PlainTextInput,
    StaticMultiSelectMenu,
    StaticSelectMenu,
    UserSelectMenu,
)
from slackblocks.objects import Option, OptionGroup

from adapters.slack import filled, form
from bot.intents import Handle, Place, Reply
from bot.views import AccountField, Choice, DateField, Form, Notice, TextField, Tone
from playground.slack_limits import broken_view
from tests.contracts.test_slack_render import HOSTILE, judged, without_ids
from tests.forms_gallery import FORMS

HERE = Place("slack", "T1", "C7", thread="4.4")
SEVERITY = Choice("severity", "Severity", (("major", "Major"), ("minor", "Minor")), "major")
TITLE = TextField("title", "Title", "TMF backlog")
READERS = Choice("readers", "Readers", (("p1", "Ann"), ("p2", "Ben"), ("p3", "Cy")), "p3\np1", many=True)
DUE = DateField("due", "Due", date(2026, 11, 20), optional=True)
OWNER = AccountField("owner id", "Owner", "U09")
FORM = Form("Log an issue", "issue.submit", (TITLE, SEVERITY, READERS, DUE, OWNER), {"draft": "d1"})


def full(words: str) -> Form:
    """Every kind of input, with the same words everywhere."""
    many = tuple((f"v{at}", f"{words}{at}") for at in range(250))
    fields = (
        TextField("line", words, words, words, words),
        TextField("lines", words, words, long=True, optional=True),
        Choice("one", words, ((words[:150], words), ("b", words)), words[:150], words, words),
        Choice("many", words, many, "v3\nv249", many=True),
        Choice("none", words, ()),
        DateField("day", words, date(2026, 11, 20), words, words),
        AccountField("who", words, words, words, words),
    )
    return Form(words, "issue.submit", fields, {"draft": "d1"}, Notice(words, Tone.WARNING), words)


GALLERY = [FORM, *(full(words) for words in HOSTILE), Form("Empty", "x", ()), *(one for _, one in FORMS)]


@pytest.mark.parametrize("drawn", GALLERY)
def test_every_form_passes_all_referees(drawn):
    view = form.view(drawn, HERE)
    assert broken_view(view) == []
    SdkView(**view).validate_json()
    blocks = [judged_input(block) for block in view["blocks"]]
    texts = [
        referee.Text(view[key]["text"], referee.TextType.PLAINTEXT) for key in ("title", "close", "submit")
    ]
    mirror = referee.ModalView(
        texts[0], blocks, texts[1], texts[2], view["private_metadata"], view["callback_id"]
    )
    assert without_ids(json.loads(repr(mirror))["blocks"]) == without_ids(plainer(view["blocks"]))


def judged_input(block: dict[str, Any]) -> referee.Block:
    """The same input, built by a library that keeps Slack's limits."""
    if block["type"] != "input":
        return judged(block)
    hint = block["hint"]["text"] if "hint" in block else None
    element = judged_element(block["element"])
    label, optional = block["label"]["text"], block["optional"]
    return referee.InputBlock(label, element, block_id=block["block_id"], hint=hint, optional=optional)


def judged_element(element: dict[str, Any]) -> Any:
    action = element["action_id"]
    match element["type"]:
        case "plain_text_input":
            value, most = element.get("initial_value"), element["max_length"]
            return PlainTextInput(action, value, element["multiline"], max_length=most)
        case "static_select":
            first = None if "option_groups" in element else element.get("initial_option")
            return StaticSelectMenu(action, *offered(element), initial_option=first and option(first))
        case "multi_static_select":
            chosen = [] if "option_groups" in element else element.get("initial_options", [])
            first = [option(one) for one in chosen]
            return StaticMultiSelectMenu(action, *offered(element), initial_options=first or None)
        case "datepicker":
            return DatePicker(action, initial_date=element.get("initial_date"))
    return UserSelectMenu(action, initial_user=element.get("initial_user"))


def offered(element: dict[str, Any]) -> tuple[Any, Any]:
    groups = element.get("option_groups")
    if groups is None:
        return [option(one) for one in element["options"]], None
    return None, [
        OptionGroup(one["label"]["text"], [option(each) for each in one["options"]]) for one in groups
    ]


def option(one: dict[str, Any]) -> Option:
    return Option(referee.Text(one["text"]["text"], referee.TextType.PLAINTEXT), one["value"])


def plainer(block: Any) -> Any:
    """Blocks without what says only that something is not so.

    And without options chosen from groups, which the library wants to be groups, unlike Slack.
    """
    if isinstance(block, dict):
        left = {"initial_option", "initial_options"} if "option_groups" in block else set()
        return {
            name: plainer(value) for name, value in block.items() if value is not False and name not in left
        }
    return [plainer(one) for one in block] if isinstance(block, list) else block


def element(field: Any) -> dict[str, Any]:
    (block,) = form.view(Form("", "x", (field,)), HERE)["blocks"]
    return block["element"]


def test_more_than_a_hundred_options_stand_under_their_first_letters():
    people = tuple((f"p{at}", f"{'ABC'[at % 3]}nn {at:03}") for at in range(420))
    groups = element(Choice("owner", "Owner", people, "p7"))["option_groups"]
    assert [one["label"]["text"] for one in groups] == ["A", "A (2)", "B", "B (2)", "C", "C (2)"]
    assert sum(len(one["options"]) for one in groups) == 420


def test_options_of_a_hundred_and_one_letters_stand_as_they_follow():
    signs = tuple((f"v{at}", f"{chr(0x4E00 + at)} x") for at in range(150))
    assert [len(one["options"]) for one in element(Choice("a", "A", signs))["option_groups"]] == [100, 50]


def test_labels_that_are_cut_can_still_be_told_apart():
    company = "Northmere Clinical and Regulatory Services of Europe and the Middle East Ltd, "
    labels = (f"{company}Oslo", f"{company}Rome", f"{company}Rome", "Quillon")
    drawn = element(Choice("a", "A", tuple((str(at + 1), label) for at, label in enumerate(labels))))[
        "options"
    ]
    shown = [one["text"]["text"] for one in drawn]
    assert len(set(shown)) == 4
    assert shown[0].endswith("Oslo")
    assert all(len(one) <= 75 for one in shown)


def test_a_long_text_is_cut_and_says_so():
    drawn = element(TextField("a", "A", "word " * 1000, long=True))
    assert len(drawn["initial_value"]) == 3000
    assert drawn["initial_value"].endswith("…")


def test_a_choice_of_nothing_may_be_left_empty():
    drawn = form.view(Form("", "x", (Choice("a", "A", (("", "Nobody"), ("p", "Ann"))),)), HERE)["blocks"]
    assert drawn[0]["optional"] is True
    assert [one["value"] for one in drawn[0]["element"]["options"]] == ["p"]


def test_hidden_fields_that_are_too_long_are_told_to_whoever_runs_it(caplog):
    form.view(replace(FORM, hidden={"draft": "x" * 3000}), HERE)
    assert "issue.submit" in caplog.text


def echoed(drawn: dict[str, Any], **typed: Any) -> dict[str, Any]:
    """The view as Slack gives it back: with its own defaults, and with what was typed by block."""
    view = json.loads(json.dumps(drawn))
    values = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            block |= {"dispatch_action": False, "optional": block["optional"]}
            name = block["block_id"]
            state = typed.get(name, _initial(block["element"]))
            values[name] = {"value": {"type": block["element"]["type"]} | state}
    return view | {"id": "V1", "hash": "1.a", "state": {"values": values}}


def _initial(drawn: dict[str, Any]) -> dict[str, Any]:
    in_state, in_drawing = filled.KEPT[drawn["type"]]
    return {in_state: drawn.get(in_drawing)}


def body(view: dict[str, Any]) -> dict[str, Any]:
    user = {"id": "U09", "name": "annika", "team_id": "T2"}
    return {"type": "view_submission", "team": {"id": "T1"}, "user": user, "view": view}


def test_a_sent_form_says_who_where_and_everything_that_stands_in_it():
    typed = {
        "title": {"value": " Late\x00 reports &amp; <b>\r\n"},
        "severity": {"selected_option": {"value": "minor"}},
        "readers": {"selected_options": []},
        "due": {"selected_date": None},
    }
    intent = filled.submitted(body(echoed(form.view(FORM, HERE), **typed)))
    assert intent.speaker == Handle("slack", "T2", "U09", "annika")
    assert (intent.place, intent.verb, intent.reply) == (HERE, "issue.submit", Reply.FORM)
    assert intent.fields == {
        **{"draft": "d1", "title": "Late reports &amp; <b>", "severity": "minor"},
        **{"readers": "", "due": "", "owner id": "U09"},
    }


def test_a_field_that_slack_leaves_out_is_as_it_was_drawn():
    view = echoed(form.view(FORM, HERE))
    view["state"]["values"].clear()
    fields = filled.submitted(body(view)).fields
    assert (fields["title"], fields["severity"], fields["due"]) == ("TMF backlog", "major", "2026-11-20")
    assert fields["readers"].split("\n") == ["p1", "p3"]


def test_the_same_form_with_the_same_words_has_the_same_key_and_with_others_another():
    drawn = form.view(FORM, HERE)
    keys = [
        filled.submitted(body(echoed(drawn, title={"value": words}))).key
        for words in ("late", "late", "later")
    ]
    assert keys[0] == keys[1] != keys[2]
    assert keys[0].startswith("slack:form:V1:1.a:U09:")


@pytest.mark.parametrize("metadata", ["", "{}", "[]", "7", '{"verb":"x"}', '{"verb":"x","fields":[]}', None])
def test_a_modal_that_is_not_ours_means_nothing(metadata):
    assert filled.submitted(body(echoed(form.view(FORM, HERE)) | {"private_metadata": metadata})) is None


def test_accounts_are_the_users_that_were_picked():
    view = echoed(form.view(FORM, HERE), **{"owner id": {"selected_user": "U3"}})
    assert filled.accounts(view) == ("U3",)
    assert filled.accounts(echoed(form.view(FORM, HERE), **{"owner id": {"selected_user": None}})) == ()


def changed(**fields: Any) -> Form:
    """The form with other fields by name."""
    return replace(FORM, fields=tuple(fields.get(one.name.replace(" ", "_"), one) for one in FORM.fields))


def test_errors_stand_at_their_fields_and_nothing_else_changes():
    view = echoed(form.view(FORM, HERE), title={"value": "Late"})
    again = changed(title=replace(TITLE, value="Late", error="Too short."))
    answer = filled.answered(again, HERE, view)
    assert answer == {"response_action": "errors", "errors": {"title": "Too short."}}


def test_another_set_of_options_is_a_new_view_in_which_the_rest_stays():
    view = echoed(form.view(FORM, HERE), title={"value": "Late"})
    other = replace(SEVERITY, options=(("minor", "Minor"),), value="", error="Choose again.")
    answer = filled.answered(changed(title=replace(TITLE, value="Late"), severity=other), HERE, view)
    ids = [block["block_id"] for block in answer["view"]["blocks"]]
    assert answer["response_action"] == "update"
    assert ids == ["title", "parley.wrong.severity", "severity~1", "readers", "due", "owner id"]
    assert "Severity: Choose again." in json.dumps(answer["view"])


def test_a_value_that_was_changed_for_them_is_seen():
    view = echoed(form.view(FORM, HERE), title={"value": "Late"})
    answer = filled.answered(changed(title=replace(TITLE, value="Late reports")), HERE, view)
    first = answer["view"]["blocks"][0]
    assert (first["block_id"], first["element"]["initial_value"]) == ("title~1", "Late reports")
    once_more = filled.answered(changed(), HERE, echoed(answer["view"]))
    assert once_more["view"]["blocks"][0]["block_id"] == "title~2"


def test_options_picked_in_another_order_are_the_same():
    picked = {"selected_options": [{"value": "p3"}, {"value": "p1"}]}
    view = echoed(form.view(FORM, HERE), readers=picked)
    answer = filled.answered(changed(due=replace(DUE, error="A Sunday.")), HERE, view)
    assert answer == {"response_action": "errors", "errors": {"due": "A Sunday."}}


def test_an_error_that_was_drawn_goes_with_a_new_view():
    drawn = form.view(changed(title=replace(TITLE, error="Too short.")), HERE)
    answer = filled.answered(changed(due=replace(DUE, error="A Sunday.")), HERE, echoed(drawn))
    ids = [block["block_id"] for block in answer["view"]["blocks"]]
    assert ids == ["title", "severity", "readers", "parley.wrong.due", "due", "owner id"]


def test_another_notice_is_a_new_view():
    answer = filled.answered(
        replace(FORM, notice=Notice("A similar one is open.")), HERE, echoed(form.view(FORM, HERE))
    )
    assert answer["response_action"] == "update"


def test_a_refusal_stands_at_the_first_input_and_all_that_was_typed_stays():
    view = echoed(form.view(FORM, HERE), title={"value": "Late"})
    refused = filled.refused("Nothing was saved.", view)
    assert refused == {"response_action": "errors", "errors": {"title": "Nothing was saved."}}


def test_a_refusal_of_a_form_without_inputs_stands_above_it():
    sure = form.view(Form("Leave?", "leave", (), {"room": "R1"}, Notice("Nobody could post here.")), HERE)
    refused = filled.refused("Nothing was saved.", echoed(sure))
    assert broken_view(refused["view"]) == []
    assert refused["view"]["blocks"][0]["text"]["text"] == "Nothing was saved."
    assert refused["view"]["private_metadata"] == sure["private_metadata"]
