"""Slack's blocks before independent referees: Slack takes every card and shows it as written."""

import json
from typing import Any

import pytest
import slackblocks as referee
from slack_sdk.models.blocks import Block as SdkBlock
from slackblocks.rich_text import RichText, RichTextLink, RichTextSection

from adapters.slack import read, render
from bot.views import Bar, Bars, Block, Button, Buttons, Card, Facts, Form, Link, Notice, Table, Text, Tone

HOSTILE = (
    "<!channel> <@U1> <!here|all> <https://evil.example|click>",
    "*bold* _slanted_ ~struck~ `code` ```block``` > quoted :tada:",
    "&amp; &lt;!channel&gt; A & B",
    "x" * 4000,
    "word " * 900,
    "שלום \u202eevil\u202c \u2066isolated",
    "zero\u200bwidth\u200d\ufeff",
    "\u200b",
    "\x00\x1b\x07",
    "😀" * 2000,
    "e" + "\u0301" * 4000,
    "line\nline\n" * 600,
    " ",
    "",
)


def full(words: str) -> Card:
    """Every block there is, with the same words everywhere."""
    button = Button(words, "issue.ack", {"issue": words[:700]}, primary=True)
    blocks: tuple[Block, ...] = (
        *(Notice(words, tone) for tone in Tone),
        Text(words),
        Text(words, quiet=True),
        Facts(((words, words),) * 7),
        Facts(()),
        Table((words, words, words), ((words, words, words),) * 9),
        Table(("a",), ()),
        Table((), ()),
        Buttons((button,) * 7),
        Buttons((button,)),
        Buttons(()),
        Bars((Bar(words, 0.3, words, Tone.ALARM),) * 3),
        Bars(()),
        Link(words, "https://northmere.slack.com/archives/C7/p1793613600000100"),
        Link(words, "javascript:alert(1)"),
        Link(words, "https://a.example/" + "x" * 4000),
    )
    return Card(words, blocks, words)


GALLERY = [
    *(full(words) for words in HOSTILE),
    Card(""),
    Card("Many", (Text("one"),) * 300),
    Card("Wide", (Table(tuple(map(str, range(40))), (tuple(map(str, range(40))),) * 500),)),
    Card("Long", (Text("word " * 40_000),)),
]


@pytest.mark.parametrize("repeat", [False, True])
@pytest.mark.parametrize("card", GALLERY)
def test_every_card_passes_both_referees(card, repeat):
    drawn = render.blocks(card, repeat)
    rebuilt = [judged(block) for block in drawn]
    referee.Message("C1", render.line(card), rebuilt)
    for block, mirror in zip(drawn, rebuilt, strict=True):
        assert without_ids(json.loads(repr(mirror))) == without_ids(block)
        parsed = SdkBlock.parse(block)
        parsed.validate_json()
        assert parsed.type == block["type"]


def judged(block: dict[str, Any]) -> referee.Block:
    """The same block, built by a library that keeps Slack's limits."""
    match block["type"]:
        case "actions":
            return referee.ActionsBlock([button(one) for one in block["elements"]], block["block_id"])
        case "rich_text":
            (section,) = block["elements"]
            assert sum(len(one["text"]) for one in section["elements"]) <= 4000
            texts = [rich(one) for one in section["elements"]]
            assert all(one["text"] for one in section["elements"])
            return referee.RichTextBlock(RichTextSection(texts))
    return referee.Block.from_dict(block)


def rich(one: dict[str, Any]) -> RichText | RichTextLink:
    if one["type"] == "link":
        assert one["url"].startswith("https://")
        return RichTextLink(one["url"], one["text"])
    return RichText(one["text"], **one.get("style", {}))


def button(one: dict[str, Any]) -> referee.Button:
    assert one["text"]["type"] == "plain_text"
    text = referee.Text(one["text"]["text"], referee.TextType.PLAINTEXT)
    return referee.Button(text, one["action_id"], value=one["value"], style=one.get("style"))


def without_ids(block: Any) -> Any:
    """Blocks without what either side adds on its own."""
    if isinstance(block, dict):
        own = ("block_id", "emoji")
        return {name: without_ids(value) for name, value in block.items() if name not in own}
    return [without_ids(one) for one in block] if isinstance(block, list) else block


@pytest.mark.parametrize("card", GALLERY)
def test_action_ids_are_ours_and_unique_in_a_message(card):
    rows = [block for block in render.blocks(card) if block["type"] == "actions"]
    ids = [one["action_id"] for row in rows for one in row["elements"]]
    assert len(ids) == len(set(ids))
    assert all(render.ACTION.match(one) for one in ids)
    assert len({row["block_id"] for row in rows}) == len(rows)


@pytest.mark.parametrize("words", HOSTILE[:3])
def test_what_people_wrote_is_never_markup(words):
    for block in render.blocks(full(words)):
        for mrkdwn in marked(block):
            inner = mrkdwn.removeprefix("*").removesuffix("*")
            assert not set(inner) & set("*_~`<>")
    assert "<" not in render.line(full(words))


def marked(block: Any) -> list[str]:
    """Every string in a block that Slack reads as markup."""
    if isinstance(block, list):
        return [text for one in block for text in marked(one)]
    if not isinstance(block, dict):
        return []
    mine = [block["text"]] if block.get("type") == "mrkdwn" else []
    return mine + [text for one in block.values() for text in marked(one)]


@pytest.mark.parametrize("words", ["*bold* <!channel> & `x`", "שלום", "zero\u200bwidth", "a :tada: b"])
def test_a_text_a_value_and_a_cell_are_shown_exactly(words):
    text, facts, table = render.blocks(
        Card("", (Text(words), Facts((("Title", words),)), Table(("No.", "Title"), (("1", words),))))
    )
    assert text["text"]["text"] == words
    assert [one["text"] for one in facts["elements"][0]["elements"]] == ["Title: ", f"{words}\n"]
    assert table["elements"][0]["elements"][3]["text"] == f" · {words}\n"


def test_signs_that_turn_text_round_are_left_out():
    (table,) = render.blocks(Card("", (Table(("No.",), (("ISS-1\u202e",),)),)))
    assert "ISS-1" in [one["text"] for one in table["elements"][0]["elements"]]


def test_a_long_text_loses_nothing_and_breaks_between_words():
    words = "word " * 1300
    parts = [block["text"]["text"] for block in render.blocks(Card("", (Text(words),)))]
    assert " ".join(parts) == words.strip()
    assert len(parts) == 3


def test_what_does_not_fit_ends_in_an_ellipsis():
    header, *_ = render.blocks(Card("t" * 200, (Text("short"),)))
    assert header["text"]["text"] == "t" * 149 + "…"
    assert render.blocks(Card("Many", (Text("one"),) * 300))[-1]["elements"][0]["text"] == "…"


def test_a_long_value_goes_on_and_loses_nothing():
    drawn = render.blocks(Card("", (Facts((("Label", "word " * 900), ("Next", "v"))),)))
    told = [one["text"] for block in drawn for one in block["elements"][0]["elements"]]
    assert (told[0], told[-2:]) == ("Label: ", ["Next: ", "v\n"])
    assert " ".join(part.strip() for part in told[1:-2]) == ("word " * 900).strip()


def test_a_bar_says_in_words_what_it_shows_in_squares():
    rows = tuple(Bar(f"Bar {used}", used, f"{used} of it", Tone.GOOD) for used in (-1, 0, 0.24, 0.5, 1, 7))
    (drawn,) = render.blocks(Card("", (Bars(rows),)))
    told = [(one["text"], one.get("style")) for one in drawn["elements"][0]["elements"]]
    assert told[:3] == [("Bar -1: ", {"bold": True}), ("-1 of it\n", None), ("░" * 20 + "\n", None)]
    assert [text.count("█") for text, _ in told[2::3]] == [0, 0, 5, 10, 20, 20]
    assert render.blocks(Card("", (Bars(()),))) == []


def test_a_notice_says_in_words_how_loud_it_is():
    notices = tuple(Notice("late", tone) for tone in Tone)
    drawn = [block["elements"][0]["elements"][0] for block in render.blocks(Card("", notices))]
    assert all(one["style"] == {"bold": True} for one in drawn)
    assert [one["text"] for one in drawn] == [
        "late",
        "late",
        "Note: late",
        "Alarm: late",
    ]


def test_a_possible_repeat_says_so_first():
    first, *_ = render.blocks(Card("ISS-1"), repeat=True)
    assert first["type"] == "context"
    assert first["elements"][0]["text"] == render.REPEATED


def test_a_press_means_what_the_button_said():
    fields = {"issue": 'a"b\\c', "version": "3"}
    (row,) = render.blocks(Card("", (Buttons((Button("Acknowledge", "issue.ack", fields),)),)))
    value = row["elements"][0]["value"]
    pressed = read.pressed({"actions": [{"value": value}]})
    assert (pressed.verb, pressed.fields) == ("issue.ack", fields)


def test_a_button_too_big_for_slack_is_left_out_and_the_rest_arrives(caplog):
    buttons = Buttons((Button("Big", "issue.ack", {"text": "x" * 2000}), Button("Small", "issue.ack")))
    (row,) = render.blocks(Card("", (buttons,)))
    assert [one["text"]["text"] for one in row["elements"]] == ["Small"]
    assert "issue.ack" in caplog.text


def test_a_link_leads_where_the_platform_said():
    (link,) = render.blocks(
        Card("", (Link("The message it is about", "https://a.slack.com/archives/C1/p1"),))
    )
    told = {"type": "link", "url": "https://a.slack.com/archives/C1/p1", "text": "The message it is about"}
    assert link["elements"][0]["elements"] == [told]


def test_a_message_shows_what_stands_for_a_form():
    instead = Card("Fill in the form", (Buttons((Button("Open", "issue.form"),)),), "One thing is missing")
    form = Form("Log an issue", "issue.submit", (), instead=instead)
    assert render.blocks(form) == render.blocks(instead)
    assert render.line(form) == "One thing is missing"
