"""Every card of the product before both platforms' referees: taken, whole, and never read as markup."""

import html
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import slackblocks
from slack_sdk.models.blocks import Block as SdkBlock

from adapters.slack import render as slack
from adapters.teams import render as teams
from bot import menu
from bot.errors import Refusal
from bot.views import Bars, Block, Buttons, Card, Facts, Link, Notice, Table, Text
from tests.contracts import teams_referee
from tests.contracts.test_slack_render import judged, marked
from tests.gallery import GALLERY

WEIGHT = 28 * 1024
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")
KINDS = sorted({name.partition(",")[0] for name, _ in GALLERY})
every_kind = pytest.mark.parametrize(
    "cards", [[one for one in GALLERY if one[0].partition(",")[0] == kind] for kind in KINDS], ids=KINDS
)


def test_every_kind_of_letter_hangs_in_the_gallery():
    kinds = {name.partition(",")[0] for name, _ in GALLERY}
    assert set(menu.LETTERS) <= kinds


def test_every_way_to_say_no_hangs_in_the_gallery():
    shown = {name.split(", ")[1] for name, _ in GALLERY if name.startswith("refusal, ")}
    assert set(Refusal.known) <= shown


def test_no_two_cards_have_the_same_name():
    names = [name for name, _ in GALLERY]
    assert len(names) == len(set(names))


@every_kind
@pytest.mark.parametrize("repeat", [False, True], ids=["once", "repeated"])
def test_slacks_referees_take_it(cards, repeat):
    for name, card in cards:
        with named(name):
            drawn = slack.blocks(card, repeat)
            slackblocks.Message("C1", slack.line(card), [judged(block) for block in drawn])
            for block in drawn:
                SdkBlock.parse(block).validate_json()


@every_kind
@pytest.mark.parametrize("repeat", [False, True], ids=["once", "repeated"])
def test_teams_referees_take_it(cards, repeat):
    for name, card in cards:
        with named(name):
            drawn = teams.adaptive(card, "key", repeat)
            teams_referee.judge(drawn)
            assert teams.size(drawn) < WEIGHT


@every_kind
def test_slack_shows_every_word_of_it(cards):
    for name, card in cards:
        missing = words(said(card)) - words(strings(slack.blocks(card)))
        assert not missing, name


@every_kind
def test_teams_shows_every_word_of_it_or_marks_what_would_be_too_heavy(cards):
    for name, card in cards:
        shown = teams_referee.words(teams.adaptive(card, "key"))
        missing = words(said(card)) - words(shown)
        too_heavy = sum(len(text.encode()) for text in said(card)) > WEIGHT / 2
        assert not missing or (too_heavy and any("…" in text for text in shown)), name


@every_kind
def test_nothing_in_it_is_markup_to_slack(cards):
    for name, card in cards:
        for text in marked(slack.blocks(card)):
            assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", text), name
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", slack.line(card)), name
        assert slack.line(card).strip(), name


@every_kind
def test_nothing_in_it_is_markup_to_teams(cards):
    for name, card in cards:
        drawn = teams.adaptive(card, "key")
        kinds = {element["type"] for element in teams_referee.elements(drawn)}
        assert not kinds & {"TextBlock", "FactSet", "Input.Text"}, name
        assert "{{DATE(" not in json.dumps(drawn["body"]), name


@every_kind
def test_it_has_a_title_and_one_line_that_says_it(cards):
    for name, card in cards:
        assert card.title.strip(), name
        assert "\n" not in card.line, name
        assert all(len(button.fields) < 1500 for row in rows(card) for button in row.buttons), name


@contextmanager
def named(card: str) -> Iterator[None]:
    """What a referee complains of is told with the card it is about."""
    try:
        yield
    except Exception as complaint:
        complaint.add_note(f"the card is “{card}”")
        raise


def rows(card: Card) -> list[Buttons]:
    return [block for block in card.blocks if isinstance(block, Buttons)]


def said(card: Card) -> list[str]:
    """Everything that a reader must find."""
    return [card.title, *(text for block in card.blocks for text in texts(block))]


def texts(block: Block) -> list[str]:
    match block:
        case Text(text, _) | Notice(text, _) | Link(text, _):
            return [text]
        case Facts(pairs):
            return [text for pair in pairs for text in pair]
        case Table(head, body):
            return [cell for row in (head, *body) for cell in row]
        case Buttons(buttons):
            return [button.label for button in buttons]
        case Bars(rows):
            return [text for row in rows for text in (row.label, row.words)]


def strings(drawn: Any) -> list[str]:
    """What Slack shows, in order; only labels are markup, so only they are escaped."""
    if isinstance(drawn, list):
        return [text for one in drawn for text in strings(one)]
    if not isinstance(drawn, dict):
        return []
    text = drawn.get("text")
    own = [html.unescape(text) if drawn["type"] == "mrkdwn" else text] if isinstance(text, str) else []
    return own + [text for one in drawn.values() for text in strings(one)]


def words(told: list[str]) -> set[str]:
    """The words, without signs that show nothing and the stars around a label."""
    return {word.strip("*:") for text in told for word in UNSEEN.sub("", text).split()} - {"·"}
