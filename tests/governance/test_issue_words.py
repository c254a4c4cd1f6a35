"""What is typed after an issue's number becomes the fields of its form, and nothing that was said is lost."""

from datetime import date

import pytest

from bot.errors import Refusal
from bot.governance.issue import PlanStep
from bot.governance.party import Party
from bot.governance.visibility import Side
from bot.handlers import issue_claim, issue_pause, issue_steps
from bot.handlers.asking import TURN
from bot.handlers.issue_scene import ISSUES
from bot.handlers.scene import Scene
from tests.governance.issues import ISSUE, RAISED
from tests.issue_gallery import HERE

SCENE = Scene(
    ISSUES, None, ISSUE, Party("PER-09", Side.CRO), HERE["Annika"], RAISED, {}
)  # no archive is asked here

PLANS = {
    "hire two CRAs, due 28 Nov": ("28 Nov", "hire two CRAs"),
    "due 28 Nov\nhire two, @rafael, 20 Nov\nfile all": ("28 Nov", "hire two, @rafael, 20 Nov\nfile all"),
    "hire two, 20 Nov\ndue 28 Nov\nfile all": ("28 Nov", "hire two, 20 Nov\nfile all"),
    "hire two, @rafael, 20 Nov; file all, 25 Nov, due 28 Nov": (
        "28 Nov",
        "hire two, @rafael, 20 Nov\nfile all, 25 Nov",
    ),
    "hire two; file all; by 28 Nov": ("28 Nov", "hire two\nfile all"),
    "hire two by 20 Nov": (None, "hire two by 20 Nov"),
    "hire two, due soon": ("soon", "hire two"),
    "": (None, None),
}


@pytest.mark.parametrize("words", PLANS, ids=range(len(PLANS)))
def test_a_plan(words):
    read = issue_steps.read(SCENE, words)
    assert (read.get("due"), read.get("steps")) == PLANS[words]


STEPS = {
    "Hire two CRAs": PlanStep("Hire two CRAs"),
    "- Hire two, or three, @rafael, 20 Nov": PlanStep("Hire two, or three", "PER-10", date(2026, 11, 20)),
    "2) Hire two, by 20 Nov, 2026, owner Annika Lindqvist": PlanStep(
        "Hire two", "PER-09", date(2026, 11, 20)
    ),
    "Hire two, Fri 20 Nov": PlanStep("Hire two", "", date(2026, 11, 20)),
    "Ask Tomasz, @tomasz": PlanStep("Ask Tomasz", "PER-04"),
    "20 Nov": PlanStep("20 Nov"),
}


@pytest.mark.parametrize("line", STEPS)
def test_a_step(line):
    assert issue_steps.steps(SCENE.saying({"steps": line})) == (STEPS[line],)


def test_a_step_is_written_as_it_is_read():
    shown = SCENE.saying({"steps": "\n".join(STEPS)})
    plan = issue_steps.Plan(date(2026, 11, 28), issue_steps.steps(shown))
    again = SCENE.saying({"steps": issue_steps.written(plan, SCENE.here)})
    assert issue_steps.steps(again) == plan.steps


WRONG = {
    "": "at least one step",
    ", @rafael": "does not say",
    "x, @gareth": "nobody who can",
    "x, 3/4": "3/4",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_step_that_is_none(line):
    with pytest.raises(Refusal) as refusal:
        issue_steps.steps(SCENE.saying({"steps": line}))
    assert WRONG[line] in refusal.value.sentence


HOLDS = {
    "ethics committee, until 15 Dec": ("ethics committee", "15 Dec"),
    "until 15 Dec, 2026, ethics committee, Spain": ("ethics committee, Spain", "15 Dec, 2026"),
    "ethics committee until 15 Dec": ("ethics committee", "15 Dec"),
    "we wait until they answer": ("we wait until they answer", None),
    "until 3/12": (None, "3/12"),
    "": (None, None),
}


@pytest.mark.parametrize("words", HOLDS, ids=range(len(HOLDS)))
def test_a_hold(words):
    read = issue_pause.read(SCENE, words)
    assert (read.get("reason") or None, read.get("until")) == HOLDS[words]


CLAIMS = {
    "all filed, and checked": {"text": "all filed, and checked"},
    "all filed, cause process: left to month end, by habit, capa CAPA-21, check 29 Jan, 2027": {
        **{"text": "all filed", "category": "process", "cause": "left to month end, by habit"},
        **{"capa": "CAPA-21", "check": "29 Jan, 2027"},
    },
    "all filed\ncause sub-contractor: no second check": {
        **{"text": "all filed", "category": "sub-contractor", "cause": "no second check"}
    },
    "all filed, cause: nobody knows": {"text": "all filed", "cause": "nobody knows"},
    "capa CAPA-21, all filed": {"text": "all filed", "capa": "CAPA-21"},
}


@pytest.mark.parametrize("words", CLAIMS, ids=range(len(CLAIMS)))
def test_a_claim(words):
    assert issue_claim.read(SCENE, words) == CLAIMS[words]


@pytest.mark.parametrize(
    "words", ["agree", "Agree", "decline: too late", "decline, why", "decline because no"]
)
def test_a_word_that_turns_the_verb_stands_alone_or_before_a_reason(words):
    assert TURN.fullmatch(words)


@pytest.mark.parametrize("words", ["agree on a new monitor, due 4 Dec", "decline the second offer", ""])
def test_the_same_word_in_a_sentence_turns_nothing(words):
    assert TURN.fullmatch(words) is None
