"""What Teams is given to draw: Adaptive Card 1.5, within its limits, and a person's words as they are."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.render import CUT, adaptive
from adapters.teams.runs import LIMIT, REPEAT, size
from bot.views import Bar, Bars, Button, Buttons, Card, Facts, Link, Notice, Table, Text, Tone
from tests.contracts.teams_referee import buttons, elements, judge, words

ACK = Button("Acknowledge", "issue.ack", {"issue": "ISS-7", "version": "3"}, primary=True)
PLAN = Button("Plan", "issue.plan", {"issue": "ISS-7", "version": "3"})
ISSUE = Card(
    "ISS-7 TMF backlog at site 104",
    (
        Notice("Not acknowledged in time: now at L2", Tone.ALARM),
        Facts((("Severity", "major"), ("Owner", "Annika Berg"), ("Plan", ""))),
        Text("First paragraph.\n\nSecond paragraph."),
        Text("Shared with both sides", quiet=True),
        Buttons((ACK, PLAN)),
    ),
    summary="ISS-7 climbed to L2",
)
LIST = Card("Open issues", (Table(("No.", "Title"), (("ISS-7", "TMF backlog"), ("ISS-8", ""))),))
CARDS = [ISSUE, LIST, Card("Nothing is open."), *(Card("Hm", (Notice("So it is", tone),)) for tone in Tone)]
CARDS += [Card("Bare", (Facts(()), Table((), ()), Table(("Head",), ()), Text(""), Buttons(())))]

LONG = "Contrôle des dossiers, site 104. " * 125
WIDE = Table(
    ("No.", "Title", "Severity", "Owner", "Level", "Due"),
    tuple((f"ISS-{n}", LONG, "major", "Annika Berg", "L2", "Friday 27 November") for n in range(50)),
)
HEAVY = Buttons(
    tuple(Button(f"Choice {n}", "draft.answer", {"text": "ü" * 1_400, "n": str(n)}) for n in range(5))
)
HOSTILE = [
    "[free money](https://example.org)",
    "**bold** _it_ ~~gone~~ `code`",
    "# heading\n- item\n1. one\n> quote",
    "<at>Everybody</at> <script>alert(1)</script> &lt;b&gt;",
    "{{DATE(2026-11-02T10:00:00Z, SHORT)}} ${title} {{TIME(2026-11-02T10:00:00Z)}}",
    "nul \x00 bell \x07 half \ud83d pair",
    "\u202ereversed\u202c \u2066isolated\u2069",
    "\\[ \\* \\",
    "語" * 3_000,
    "🧪" * 3_000,
    "\n" * 3_999 + "x",
    "a\n" * 2_000,
]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.title)
@pytest.mark.parametrize("repeat", [False, True], ids=["once", "repeated"])
def test_every_card_is_an_adaptive_card_1_5_in_the_eyes_of_microsofts_own_models(card, repeat):
    judge(adaptive(card, "k", repeat))


def test_everything_on_the_card_is_shown_in_order():
    assert words(adaptive(ISSUE, "k")) == [
        "ISS-7 TMF backlog at site 104",
        "Not acknowledged in time: now at L2",
        *("Severity", "major", "Owner", "Annika Berg", "Plan", "-"),
        *("First paragraph.", "Second paragraph."),
        "Shared with both sides",
        *("Acknowledge", "Plan"),
    ]


def test_the_summary_is_what_is_spoken_and_shown_where_no_card_can_be():
    drawn = adaptive(ISSUE, "k")
    assert drawn["speak"] == drawn["fallbackText"] == "ISS-7 climbed to L2"


def test_a_possible_repeat_says_so_before_anything_else():
    assert words(adaptive(ISSUE, "k", repeat=True))[0] == REPEAT
    assert REPEAT not in words(adaptive(ISSUE, "k"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_pass_the_referee_wherever_they_stand(text):
    card = Card(
        text,
        (
            Text(text),
            Notice(text),
            Facts(((text, text),)),
            Table((text, "b"), ((text, text),)),
            Bars((Bar(text, 0.5, text, Tone.WARNING),)),
            Buttons((Button("Go", "x.y", {"text": text[:200]}),)),
        ),
    )
    judge(adaptive(card, "k"))


@pytest.mark.parametrize("text", [*HOSTILE[:2], HOSTILE[3], HOSTILE[7]])
def test_a_persons_words_are_shown_as_they_were_typed(text):
    drawn = adaptive(Card("Said", (Text(text), Facts((("Title", text),)), Table(("T",), ((text,),)))), "k")
    assert words(drawn).count(text) == 3


def test_no_element_that_reads_markdown_is_used():
    kinds = {element["type"] for card in CARDS for element in elements(adaptive(card, "k"))}
    assert not kinds & {"TextBlock", "FactSet", "Input.Text"}


def test_a_date_function_in_somebodys_words_is_not_worked_out():
    assert "{{DATE(" not in json.dumps(adaptive(Card(HOSTILE[4], (Text(HOSTILE[4]),)), "k"))


def test_control_and_direction_characters_are_left_out():
    shown = "".join(words(adaptive(Card("t", (Text(HOSTILE[5]), Text(HOSTILE[6]))), "k")))
    assert shown == "tnul  bell  half ? pairreversed isolated"


@pytest.mark.parametrize(
    "card",
    [
        Card(LONG, (Text(LONG), Facts((("Description", LONG),)))),
        Card("Fifty", (WIDE,)),
        Card(LONG, (Text(LONG), WIDE, Buttons((ACK, PLAN)))),
        Card(LONG, (Text(LONG), WIDE, HEAVY)),
        Card("Heavy", (HEAVY,) * 12),
        Card("Facts", (Facts((("a label", LONG),) * 400),)),
    ],
    ids=["long words", "fifty rows", "both", "all at once", "too many buttons", "too many facts"],
)
def test_nothing_is_too_big_for_teams(card):
    drawn = adaptive(card, "k")
    judge(drawn)
    assert size(drawn) <= LIMIT


def test_a_title_and_a_description_of_4000_characters_are_shown_in_full():
    whole = ("word " * 800)[:4_000].strip()
    shown = words(adaptive(Card(whole, (Text(whole), Buttons((ACK, PLAN)))), "k"))
    assert shown[:2] == [whole, whole]


def test_what_is_cut_ends_in_an_ellipsis_and_rows_left_out_are_counted():
    shown = words(adaptive(Card(LONG, (Text(LONG), WIDE, Buttons((ACK, PLAN)))), "k"))
    assert shown[0].endswith("…")
    assert shown[-3].startswith("… and ")
    assert shown[-2:] == ["Acknowledge", "Plan"]


def test_a_card_that_cannot_be_made_to_fit_says_that_something_is_left_out():
    assert CUT in words(adaptive(Card("Heavy", (HEAVY,) * 12), "k"))


def test_a_button_carries_its_verb_its_fields_and_a_nonce_in_both_kinds_of_action():
    button = buttons(adaptive(ISSUE, "k"))[0]
    assert button["verb"] == "issue.ack"
    assert button["data"] == button["fallback"]["data"]
    assert button["data"].keys() == {"verb", "fields", "nonce"}
    assert button["data"]["fields"] == {"issue": "ISS-7", "version": "3"}
    assert button["style"] == "positive"
    assert button["fallback"]["type"] == "Action.Submit"


def test_a_nonce_belongs_to_one_button_of_one_message():
    def nonces(card: Card, seed: str) -> list[str]:
        return [button["data"]["nonce"] for button in buttons(adaptive(card, seed))]

    newer = replace(ISSUE, blocks=(Buttons((replace(ACK, fields={"issue": "ISS-7", "version": "4"}), PLAN)),))
    assert nonces(ISSUE, "message 1") == nonces(ISSUE, "message 1")
    assert len({*nonces(ISSUE, "message 1"), *nonces(ISSUE, "message 2")}) == 4
    assert len({*nonces(ISSUE, "message 1"), *nonces(newer, "message 1")}) == 3


def test_more_buttons_than_a_row_holds_go_into_the_next_row():
    many = Buttons(tuple(Button(f"Choice {n}", "draft.answer", {"n": str(n)}) for n in range(12)))
    drawn = adaptive(Card("Which?", (many,)), "k")
    judge(drawn)
    assert len(buttons(drawn)) == 12


def test_a_row_of_buttons_holds_what_shows_whole_in_a_narrow_pane():
    labels = ("Agree to the plan", "Decline the plan", "Go", "Details", "More", "w" * 80, "Plan")
    drawn = adaptive(Card("What?", (Buttons(tuple(Button(one, "x.y", {"n": one}) for one in labels)),)), "k")
    judge(drawn)
    rows = [one["actions"] for one in elements(drawn["body"]) if one["type"] == "ActionSet"]
    shown = [[button["title"] for button in row] for row in rows]
    assert shown == [[labels[0]], [*labels[1:3]], [*labels[3:5]], [labels[5]], [labels[6]]]


def test_a_link_opens_what_the_platform_told_us():
    drawn = adaptive(
        Card("Said", (Link("Open the message", "https://teams.microsoft.com/l/message/1/2"),)), "k"
    )
    judge(drawn)
    run = drawn["body"][-1]["inlines"][0]
    assert run["text"] == "Open the message"
    assert run["selectAction"]["url"] == "https://teams.microsoft.com/l/message/1/2"


@pytest.mark.parametrize(
    "url", ["", "http://x.example", "javascript:alert(1)", "https://x y", "https://ü.example"]
)
def test_what_is_no_https_address_is_only_words(url):
    drawn = adaptive(Card("Said", (Link("Open the message", url),)), "k")
    judge(drawn)
    assert drawn["body"][-1]["inlines"] == [{"type": "TextRun", "text": "Open the message"}]


def test_a_button_that_opens_a_form_asks_teams_for_a_dialog():
    opens = Button("Change", "issue.change", {"issue": "ISS-7"}, opens=True)
    drawn = adaptive(Card("ISS-7", (Buttons((ACK, opens)),)), "k")
    judge(drawn)
    button = buttons(drawn)[1]
    assert (button["type"], button["data"]["msteams"]) == ("Action.Submit", {"type": "task/fetch"})
    assert (button["data"]["verb"], button["data"]["fields"]) == ("issue.change", {"issue": "ISS-7"})


def test_a_bar_says_in_words_what_it_shows_in_squares_of_its_tone():
    rows = [Bar("Resolve", 0.0, "2 days left", Tone.GOOD), Bar("Resolve", 0.5, "2 days left", Tone.ALARM)]
    drawn = adaptive(Card("ISS-7", (Bars((*rows, Bar("Plan", 3.0, "6 days late"))),)), "k")
    judge(drawn)
    shown = words(drawn)[1:]
    assert shown[:5] == ["Resolve: ", "2 days left", "░" * 20, "Resolve: ", "2 days left"]
    assert shown[5:7] == ["█" * 10, "░" * 10]
    assert shown[-1] == "█" * 20
    squares = [one for one in elements(drawn["body"]) if one["type"] == "TextRun" and "█" in one["text"]]
    assert [one["color"] for one in squares] == ["Attention", "Accent"]


TEXT = st.text(max_size=300)
BLOCK = st.one_of(
    st.builds(Text, TEXT, st.booleans()),
    st.builds(Notice, TEXT.filter(str.strip), st.sampled_from(Tone)),
    st.builds(Facts, st.lists(st.tuples(TEXT, TEXT), max_size=8).map(tuple)),
    st.builds(Bars, st.lists(st.builds(Bar, TEXT, st.floats(-1, 2), TEXT), max_size=4).map(tuple)),
)


@given(TEXT, st.lists(BLOCK, max_size=8).map(tuple))
def test_any_words_at_all_make_a_card_that_teams_takes(title, blocks):
    judge(adaptive(Card(f"T{title}", blocks), "k"))
