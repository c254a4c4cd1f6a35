"""From a Form to Slack's modal, inside every limit; what is wrong with a field stands right above it."""

import json
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import assert_never

from adapters.slack.render import Json, cut, exact, notice, section, seen
from bot.intents import Place
from bot.views import AccountField, Choice, DateField, Field, Form, Notice, TextField

log = logging.getLogger(__name__)

CALLBACK = "parley.form"
ACTION = "value"  # of every input; the block's id tells them apart
OWN = "parley."  # how the id of a block begins that is no input
WRONG = "parley.wrong."  # what is wrong with the field whose name follows
AGAIN = "~"  # between a field's name and the number of its block, where a fresh block had to take its place

BLOCKS, TITLE, METADATA = 100, 24, 3000
WORDS, LABEL = 3000, 2000
OPTIONS, OPTION, MEANING = 100, 75, 150  # options in one group, and groups; an option's label and its value
ACCOUNT = re.compile(r"[UW][A-Z0-9]+")

SENT = ("type", "callback_id", "private_metadata", "title", "submit", "close")  # what a view has but blocks
NONE: Mapping[str, str] = {}


def view(form: Form, place: Place, ids: Mapping[str, str] = NONE) -> Json:
    """The modal. `place` is where it was opened from; `ids` are the block ids of fields, else their names."""
    above = _named(notice(form.notice)) if form.notice else []
    inputs = [block for one in form.fields for block in _blocks(one, ids.get(one.name, one.name))]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": _metadata(form, place),
        "title": exact(form.title, TITLE),
        "submit": exact(form.send, TITLE),
        "close": exact("Cancel", TITLE),
        "blocks": [*above, *inputs][:BLOCKS] or [section(form.line)],
    }


def name_of(block_id: str) -> str:
    """The name of the field that is filled in there; "" where nothing is."""
    return "" if block_id.startswith(OWN) else block_id.partition(AGAIN)[0]


def fresh(block_id: str) -> str:
    """Another id for the same field. Slack keeps what was typed as long as the id stays, whatever we send."""
    name, _, number = block_id.partition(AGAIN)
    return f"{name}{AGAIN}{int(number or 0) + 1}"


def drawn_value(field: Field) -> str:
    """What stands in the field when it is drawn, as it would come back."""
    match field:
        case TextField():
            return _typed(field)
        case Choice(many=True):
            return "\n".join(field.chosen)
        case Choice():
            return next(iter(field.chosen), "")
        case DateField(value=day):
            return day.isoformat() if day else ""
        case AccountField(value=user):
            return user if ACCOUNT.fullmatch(user) else ""
        case _:
            assert_never(field)


def _metadata(form: Form, place: Place) -> str:
    where = {"tenant": place.tenant, "conversation": place.conversation, "thread": place.thread}
    meaning = {"verb": form.verb, "fields": form.hidden, "place": where | {"private": place.private}}
    told = json.dumps(meaning, ensure_ascii=False, separators=(",", ":"))
    if len(told) > METADATA:
        log.error("the form of %s will not open: its hidden fields are too long for Slack", form.verb)
    return told


def _named(blocks: list[Json]) -> list[Json]:
    return [{**block, "block_id": f"{OWN}notice.{at}"} for at, block in enumerate(blocks)]


def _blocks(field: Field, block_id: str) -> Iterator[Json]:
    """The input, and above it what is wrong with it. Something with nothing to choose from is only told."""
    if field.error:
        (wrong,) = notice(Notice(f"{field.label}: {field.error}"))
        yield {**wrong, "block_id": f"{WRONG}{field.name}"}
    element = _element(field)
    if element is None:
        yield {**section(f"{field.label}: –"), "block_id": block_id}
        return
    hint = {"hint": exact(field.hint, LABEL)} if field.hint.strip() else {}
    optional = field.optional or (isinstance(field, Choice) and any(not value for value, _ in field.options))
    told: Json = {"type": "input", "block_id": block_id, "label": exact(field.label, LABEL)}
    yield told | hint | {"optional": optional, "element": element}


def _element(field: Field) -> Json | None:
    """The input element, with what stands in it; None where there is nothing to choose from."""
    value = drawn_value(field)
    match field:
        case TextField(long=long):
            told: Json = {"type": "plain_text_input", "multiline": long, "max_length": WORDS}
            initial: Json = {"initial_value": value}
        case Choice():
            return _select(field)
        case DateField():
            told, initial = {"type": "datepicker"}, {"initial_date": value}
        case AccountField():
            told, initial = {"type": "users_select"}, {"initial_user": value}
        case _:
            assert_never(field)
    return told | {"action_id": ACTION} | (initial if value else {})


def _typed(field: TextField) -> str:
    """Words that fit the input, on one line where it has only one."""
    words = seen(field.value).strip()
    return cut(words if field.long else " ".join(words.split()), WORDS)


def _select(choice: Choice) -> Json | None:
    """One option, or any number; "" is no option, because an optional field can be emptied."""
    options = dict(_options(choice))
    if not options:
        return None
    offered = list(options.values())
    shown: Json = {"options": offered} if len(offered) <= OPTIONS else {"option_groups": _groups(offered)}
    chosen = [options[value] for value in choice.chosen if value in options]
    if choice.many:
        return _picked("multi_static_select", shown, {"initial_options": chosen} if chosen else {})
    return _picked("static_select", shown, {"initial_option": chosen[0]} if chosen else {})


def _picked(kind: str, shown: Json, initial: Json) -> Json:
    return {"type": kind, "action_id": ACTION} | shown | initial


def _options(choice: Choice) -> Iterator[tuple[str, Json]]:
    offered = [(value, label) for value, label in choice.options if value]
    for (value, _), label in zip(offered, _distinct(label for _, label in offered), strict=True):
        if len(value) > MEANING:
            log.error("an option of %s is left out: its value is too long for Slack", choice.name)
            continue
        yield value, {"text": exact(label, OPTION), "value": value}


def _distinct(labels: Iterable[str]) -> Iterator[str]:
    """Labels that fit. One cut off like another shows its end as well; if that is alike too, its number."""
    whole = [" ".join(seen(label).split()) or "–" for label in labels]
    alike = Counter(cut(label, OPTION) for label in whole)
    taken: set[str] = set()
    for number, label in enumerate(whole, 1):
        short = cut(label, OPTION)
        if short != label and alike[short] > 1:
            short = f"{label[: OPTION // 2]}…{label[-(OPTION // 2) :]}"
        if short != label and short in taken:
            short = f"{label[: OPTION - 12]}… ({number})"
        taken.add(short)
        yield short


def _groups(options: list[Json]) -> list[Json]:
    """By first letter, in the order of the alphabet; where there are too many letters, as they follow."""
    ordered = sorted(options, key=lambda option: _words(option).casefold())
    lettered = [
        _group(letter if not at else f"{letter} ({at // OPTIONS + 1})", same[at : at + OPTIONS])
        for letter, found in groupby(ordered, key=lambda option: _words(option)[:1].upper())
        for same in (list(found),)
        for at in range(0, len(same), OPTIONS)
    ]
    if len(lettered) <= OPTIONS:
        return lettered
    parts = [ordered[at : at + OPTIONS] for at in range(0, len(ordered), OPTIONS)][:OPTIONS]
    return [_group(f"{_words(part[0])[:30]} – {_words(part[-1])[:30]}", part) for part in parts]


def _group(label: str, options: list[Json]) -> Json:
    return {"label": exact(label, OPTION), "options": options}


def _words(option: Json) -> str:
    return str(option["text"]["text"])  # type: ignore[index]  # our own option, drawn above
