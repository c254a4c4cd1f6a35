"""Which words a line of the record holds, which lines say them again, and what is left of an issue."""

from dataclasses import replace
from datetime import date

from bot.governance.issue import Plan, PlanStep, RootCause
from bot.governance.redaction import REDACTED, may_go, repeats, struck, words
from tests.governance.issues import RAISED
from tests.issue_gallery import FULL

PAYLOAD = {
    "why": "the nurse was ill",
    "before": None,
    "after": {
        "title": "Nurse N. left",
        "state": "new",
        "owner": "PER-04",
        "version": 3,
        "offer": {"due": "2026-11-27", "steps": [{"text": "ask N. again", "owner": "PER-04"}]},
    },
}


def test_the_words_of_a_line_are_its_reason_and_its_texts_and_no_id_state_or_date():
    assert words(PAYLOAD) == {"the nurse was ill", "Nurse N. left", "ask N. again"}
    assert words({"why": REDACTED, "before": None, "after": {"title": ""}}) == frozenset()


def test_a_line_says_words_again_only_where_they_are_long_enough_to_be_no_chance():
    assert repeats({"why": "", "before": {"title": "Nurse N. left"}, "after": None}, words(PAYLOAD))
    assert not repeats({"why": "ok", "before": None, "after": None}, {"ok"})
    assert not repeats({"why": "another reason", "before": None, "after": None}, words(PAYLOAD))


def test_what_says_what_was_erased_is_never_erased_itself():
    assert may_go("issue.update")
    assert not any(
        map(may_go, ("issue.redact", "redact.asked", "refused", "operator.findings", "terms.agree"))
    )


def test_the_words_go_from_every_text_of_an_issue_and_nothing_else_changes():
    plan = Plan(date(2026, 11, 27), (PlanStep("ask N. again", "PER-04"), PlanStep("file it")), at=RAISED)
    before = replace(
        FULL,
        title="Nurse N. left",
        plan=plan,
        root_cause=RootCause("people", text="ask N. again"),
        category="x",
    )
    after = struck(before, frozenset({"Nurse N. left", "ask N. again", "x", "people"}))
    assert after.title == REDACTED
    assert [step.text for step in after.plan.steps] == [REDACTED, "file it"]
    assert after.root_cause == RootCause("people", text=REDACTED)
    assert replace(after, title=before.title, plan=plan, root_cause=before.root_cause) == before
