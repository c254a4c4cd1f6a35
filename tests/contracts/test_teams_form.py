"""How a form is drawn in Teams: every kind of field, what is wrong beside it, its words kept, not too big."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams import form as teams
from adapters.teams.carried import NOTHING, Carried, Kind
from adapters.teams.form import FEW, MANY, MISSING
from adapters.teams.runs import LIMIT, REPEAT, size
from bot.intents import Place
from bot.views import (
    AccountField,
    Button,
    Buttons,
    Card,
    Choice,
    DateField,
    Form,
    Notice,
    Text,
    TextField,
    Tone,
)
from tests.contracts.teams_referee import buttons, elements, inputs, judge, words
from tests.contracts.test_teams_render import HOSTILE
from tests.forms_gallery import FORMS

HERE = Place("teams", "t", "19:oversight@thread.tacv2", thread="17", service="https://x/")
CHAT = replace(HERE, conversation="a:1", thread="", private=True)
TITLE = TextField("title", "Title", "TMF backlog")
ABOUT = TextField("description", "Description", "Fourteen reports.\n\nNobody left.", optional=True, long=True)
SEVERITY = Choice("severity", "Severity", (("major", "Major"), ("minor", "Minor")), "major")
READERS = Choice(
    "readers", "Readers", (("P,1", "Ada"), ("P%2", "Ben"), ("P-3", "Cem")), "P,1\nP%2", many=True
)
STUDY = Choice("study", "Study", (("HAL-301", "HAL-301"),), optional=True)
DUE = DateField("due", "Due", date(2026, 11, 20), hint="A day from today on")
OWNER = AccountField("owner", "Owner", "aad-7", error="Nobody of yours is called that.")
FORM = Form(
    "Log an issue",
    "issue.submit",
    (TITLE, ABOUT, SEVERITY, READERS, STUDY, DUE, OWNER),
    {"draft": "d1"},
    Notice("Two things are open", Tone.WARNING),
    "Log issue",
    Card("Log an issue", summary="An issue to fill in"),
)
LONG_LIST = tuple(
    (f"PER-{n}", f"Aleksandra Konstantinopolska {n} (Northmere Clinical Ltd)") for n in range(900)
)


def drawn(*fields, **more):
    return teams.message(replace(FORM, fields=fields, **more), "seed")


def sent(card, **typed):
    """What comes back of the form when these were typed."""
    carried = Carried.read(buttons(card)[-1]["data"] | typed)
    assert carried is not None
    return carried


@pytest.mark.parametrize("repeat", [False, True], ids=["once", "repeated"])
def test_a_form_in_a_message_is_an_adaptive_card_1_5_in_the_eyes_of_microsofts_own_models(repeat):
    card = teams.message(FORM, "seed", repeat)
    judge(card)
    assert card["fallbackText"] == "An issue to fill in"
    assert (words(card)[0] == REPEAT) is repeat


@pytest.mark.parametrize("form", [form for _, form in FORMS], ids=[name for name, _ in FORMS])
@pytest.mark.parametrize("is_dialog", [False, True], ids=["in a message", "in a dialog"])
def test_every_form_of_the_gallery_is_taken_whole(form, is_dialog):
    opened = teams.dialog(form, "seed", HERE) if is_dialog else None
    card = opened["task"]["value"]["card"]["content"] if opened else teams.message(form, "seed")
    judge(card)
    assert size(card) <= LIMIT
    assert list(inputs(card)) == [field.name for field in form.fields]
    texts = {field.name: field.value for field in form.fields if isinstance(field, TextField) and field.value}
    assert {name: inputs(card)[name]["value"] for name in texts} == texts


def test_what_has_nothing_to_choose_from_stops_nobody_from_sending():
    assert "isRequired" not in inputs(drawn(Choice("study", "Study", ())))["study"]


def test_a_form_is_shown_in_order_its_notice_first():
    shown = words(teams.message(FORM, "seed"))
    assert shown == [
        *("Two things are open", "Log an issue", "Title", "Description", "Severity", "Readers", "Study"),
        *("Due", "A day from today on", "Owner", "Nobody of yours is called that.", "Log issue"),
    ]


def test_every_kind_of_field_shows_the_value_it_has():
    shown = inputs(teams.message(FORM, "seed"))
    assert {name: one.get("value") for name, one in shown.items()} == {
        "title": "TMF backlog",
        "description": "Fourteen reports.\n\nNobody left.",
        "severity": "major",
        "readers": "P%2C1,P%252",
        "study": None,
        "due": "2026-11-20",
        "owner": "aad-7",
    }
    assert shown["description"]["isMultiline"]
    assert not shown["title"]["isMultiline"]


def test_what_must_be_filled_in_says_so_and_what_need_not_does_not():
    shown = inputs(teams.message(FORM, "seed"))
    needed = {name for name, one in shown.items() if one.get("isRequired")}
    assert needed == set(shown) - {"description", "study"}
    assert {one.get("errorMessage") for name, one in shown.items() if name in needed} == {MISSING}


def test_an_error_stands_under_its_own_field_in_the_colour_of_an_error():
    body = drawn(OWNER, TITLE)["body"]
    at = next(n for n, part in enumerate(body) if part.get("id") == "owner")
    assert body[at + 1]["inlines"][0]["text"] == OWNER.error
    assert body[at + 1]["inlines"][0]["color"] == "Attention"
    assert body[at + 2]["id"] == "title"


def test_an_account_is_picked_from_the_readers_own_tenant():
    owner = inputs(drawn(OWNER))["owner"]
    assert owner["choices.data"] == {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    assert owner["choices"] == []


@pytest.mark.parametrize(
    ("count", "label", "style"),
    [
        (2, "Short", "compact"),
        (FEW, "wordy " * 9, "expanded"),
        (MANY, "Short", "compact"),
        (MANY + 1, "", "filtered"),
    ],
)
def test_a_list_is_open_closed_or_searched_by_its_length(count, label, style):
    options = tuple((str(n), f"{label} {n}") for n in range(count))
    assert inputs(drawn(Choice("one", "One", options)))["one"]["style"] == style


def test_an_optional_choice_can_be_taken_back():
    card = drawn(replace(STUDY, value="HAL-301"))
    assert inputs(card)["study"]["choices"][0] == {"title": "None", "value": NOTHING}
    assert sent(card, study=NOTHING).fields["study"] == ""
    assert sent(card, study="HAL-301").fields["study"] == "HAL-301"


def test_what_was_filled_in_comes_back_under_its_name_and_what_was_not_is_empty():
    back = sent(teams.message(FORM, "seed"), title="Late", readers="P%2C1,P-3", owner="aad-9", other="x")
    assert back.fields == {
        **{"draft": "d1", "title": "Late", "description": "", "severity": "", "readers": "P,1\nP-3"},
        **{"study": "", "due": "", "owner": "aad-9"},
    }
    assert back.accounts == ("aad-9",)
    assert back.verb == "issue.submit"


def test_what_is_no_word_or_says_it_is_another_kind_spoils_nothing():
    back = Carried.read(
        {
            "verb": "v",
            "fields": {"a": 1},
            "form": {"inputs": {"x": {"label": "X", "kind": "wild"}, "y": 3}},
            "x": "1",
        }
    )
    assert back is not None
    assert (back.fields, back.inputs, back.at) == ({}, {}, ("", ""))
    assert Carried.read({"verb": "v", "fields": {}, "form": 7}) == Carried("v", {})


def test_a_form_remembers_the_channel_it_was_opened_from_and_no_private_place():
    assert sent(teams.message(FORM, "seed", place=HERE)).at == (HERE.conversation, "17")
    assert sent(teams.message(FORM, "seed", place=CHAT)).at == ("", "")
    assert sent(teams.message(FORM, "seed")).at == ("", "")


def test_a_nonce_belongs_to_one_drawn_form():
    first, same, other = (sent(teams.message(FORM, seed)).nonce for seed in ("1", "1", "2"))
    assert first == same != other


def test_in_a_message_the_button_executes_and_old_clients_submit_the_same():
    send = buttons(teams.message(FORM, "seed"))[0]
    assert (send["type"], send["title"], send["verb"]) == ("Action.Execute", "Log issue", "issue.submit")
    assert send["fallback"]["type"] == "Action.Submit"
    assert send["fallback"]["data"] == send["data"]


@pytest.mark.parametrize(
    "view",
    [FORM, Card("No", (Text("It is logged."), Buttons((Button("Open", "issue.form", opens=True),))), "No.")],
    ids=["a form", "a card"],
)
def test_in_a_dialog_every_button_submits(view):
    task = teams.dialog(view, "seed", HERE)["task"]
    assert task["type"] == "continue"
    card = task["value"]["card"]["content"]
    judge(card)
    assert {one["type"] for one in buttons(card)} == {"Action.Submit"}
    assert "msteams" not in buttons(card)[0]["data"]
    assert 0 < len(task["value"]["title"]) <= 64


def test_what_could_not_be_saved_is_shown_and_carried_whole_by_a_button_that_sends_it_again():
    typed = {"title": "Late", "description": "long " * 700, "severity": "major", "due": "2026-11-20"}
    tried = sent(teams.message(FORM, "seed", place=HERE), **typed)
    refused = Card("Nothing was saved", (Notice("Say it again.", Tone.WARNING),))
    task = teams.again(refused, tried)["task"]["value"]
    card = task["card"]["content"]
    judge(card)
    assert words(card)[:4] == ["Nothing was saved", "Say it again.", "Title", "Late"]
    assert words(card)[-3:] == ["Due", "2026-11-20", "Try again"]
    assert "as you chose" in words(card)
    assert Carried.read(buttons(card)[0]["data"]) == tried


WORST = [
    replace(TITLE, value=text, label=text or "x", hint=text, error=text)
    for text in HOSTILE
    if len(text) < 3_000
] + [
    replace(ABOUT, value="語" * 4_000),
    replace(ABOUT, value="🧪" * 4_000),
    replace(TITLE, value="x" * 9_000),
]


@pytest.mark.parametrize("field", WORST, ids=lambda field: repr(field.value[:10]))
def test_the_worst_words_pass_the_referee_and_nothing_typed_is_cut(field):
    card = drawn(field, SEVERITY)
    judge(card)
    kept = inputs(card)[field.name]["value"]
    assert kept == field.value.encode(errors="replace").decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_the_worst_words_pass_the_referee_as_options_and_notice(text):
    options = (("a", text[:500]), ("b", text[:40]))
    card = drawn(Choice("one", text, options), replace(READERS, options=options), notice=Notice(text))
    judge(card)
    assert "](" not in json.dumps([one.get("choices") for one in elements(card)])


@pytest.mark.parametrize(
    "text", ["", "語" * 4_000, "🧪" * 4_000], ids=["alone", "with wide words", "with astral"]
)
@pytest.mark.parametrize("count", [1, 100, 900])
def test_a_form_is_never_too_big_and_keeps_what_is_chosen(text, count):
    long = LONG_LIST[:count]
    last = long[-1][0]
    fields = (TITLE, replace(ABOUT, value=text), Choice("owner id", "Owner", long, last, error="No."))
    card = drawn(*fields)
    judge(card)
    assert size(card) <= LIMIT
    shown = inputs(card)
    assert shown["owner id"]["value"] == last
    assert shown["description"].get("value", "") == text
    left = count - len(shown["owner id"]["choices"])
    assert (f"{left} more do not fit here." in words(card)) is (left > 0)


def test_no_input_may_take_the_name_of_what_the_button_carries():
    with pytest.raises(ValueError, match="nonce"):
        drawn(replace(TITLE, name="nonce"))


TEXT = st.text(max_size=200)
NAMES = st.sampled_from(["a", "b c", "owner id", "ü"])
FIELD = st.one_of(
    st.builds(TextField, NAMES, TEXT, TEXT, TEXT, TEXT, st.booleans(), st.booleans()),
    st.builds(DateField, NAMES, TEXT, st.none() | st.dates(), TEXT, TEXT, st.booleans()),
    st.builds(AccountField, NAMES, TEXT, TEXT, TEXT, TEXT, st.booleans()),
)


@given(st.lists(FIELD, max_size=4, unique_by=lambda field: field.name).map(tuple), TEXT)
def test_any_words_at_all_make_a_form_that_teams_takes(fields, words):
    judge(teams.message(Form("T", "a.b", fields, {"x": words}, Notice(words), words), "seed"))


@given(TEXT, TEXT)
def test_several_choices_come_back_as_they_were_whatever_stands_in_them(one, other):
    values = tuple(
        dict.fromkeys(v.replace("\n", " ").replace("\r", "") for v in (one, other) if v.isprintable() and v)
    )
    card = drawn(replace(READERS, options=tuple((value, "x") for value in values), value="\n".join(values)))
    back = sent(card, readers=inputs(card)["readers"].get("value", ""))
    assert back.fields["readers"] == "\n".join(values)
    assert back.inputs["readers"].kind is Kind.MANY
