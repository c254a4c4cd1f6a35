"""Invokes that no client of ours sends: each gets a plain answer, none a fault, and nobody is asked."""

import json

import pytest

from adapters.teams.invokes import MESSAGE, UNNAMED
from bot.desk import Answer
from tests.contracts.teams_wire import CHANNEL
from tests.contracts.test_teams_dialogs import (
    FORM,
    TYPED,
    data,
    door,
    execute,
    fetch,
    heard,
    invoke,
    pointed,
    submit,
)

MALFORMED = [
    *(
        fetch(value)
        for value in ({}, {"data": None}, {"data": []}, {"data": {"verb": 7}}, {"data": {"verb": "x"}})
    ),
    *(submit(value) for value in (None, "x", [], {"fields": {}}, {"verb": "", "fields": {}})),
    fetch(None),
    invoke("task/submit", None),
    *(pointed(command) for command in (None, 7, [], {}, "", "issue.log", "admission.decide")),
    pointed(told=[1]),
    invoke("composeExtension/fetchTask", {}),
    invoke("composeExtension/submitAction", {"commandId": "issue.from_message"}),
    fetch({"data": {"verb": "issue.form", "fields": {}}}, **{"from": {"id": "29:guest"}}),
]


@pytest.mark.parametrize(
    "said", MALFORMED, ids=lambda said: json.dumps([said["name"], said.get("value")])[:80]
)
async def test_what_is_none_of_ours_gets_a_plain_answer_and_nobody_is_asked(said):
    at = door(Answer(FORM))
    answer = await at.post(said)
    assert answer.json() == {"task": {"type": "message", "value": UNNAMED}}
    assert at.front.asked == []


async def test_an_input_card_that_is_none_of_ours_gets_a_plain_answer():
    answer = await door(Answer(FORM)).post(execute({"title": "x"}))
    assert answer.json() == {"statusCode": 200, "type": MESSAGE, "value": UNNAMED}


FORGED = [
    {"form": None},
    {"form": {"inputs": [], "at": [7]}},
    {"form": {"inputs": {"title": None}, "at": "x"}},
    {"form": {"inputs": {"verb": {"label": "x", "kind": "text"}}, "at": [CHANNEL, ""]}},
    {"form": {"inputs": {"title": {"label": "x", "kind": "text"}}, "at": ["x" * 400, ""]}, "title": 7},
    {"form": {"inputs": {"title": {"label": "x", "kind": "many"}}}, "title": "%zz,,%00"},
]


@pytest.mark.parametrize("changed", FORGED, ids=str)
async def test_a_form_that_a_client_has_changed_is_only_a_wrong_request(changed):
    intent = await heard(submit(data(**TYPED) | changed))
    assert intent.verb == "issue.submit"
    assert all(isinstance(value, str) and "\x00" not in value for value in intent.fields.values())
