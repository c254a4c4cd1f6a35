"""Slack's limits on blocks, so that what Slack would refuse is refused here too."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from playground.cast import Json

MESSAGE_BLOCKS = 50
MODAL_BLOCKS = 100
CHARTS = 2
OPTIONS = 100
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PERSON = re.compile(r"[UW][A-Z0-9]+")

# Kinds whose inside is not checked here.
OPAQUE = {
    "call",
    "card",
    "carousel",
    "context_actions",
    "data_table",
    "data_visualization",
    "divider",
    "file",
    "plan",
    "rich_text",
    "table",
    "task_card",
    "video",
}
SELECTS = {"static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow"}


def broken(blocks: object, most: int = MESSAGE_BLOCKS) -> list[str]:
    """Every broken limit, worded as Slack does with a JSON pointer; empty when Slack would accept."""
    if not isinstance(blocks, list):
        return ["blocks must be an array [json-pointer:/blocks]"]
    return list(_blocks(blocks, most))


def broken_view(view: object) -> list[str]:
    """The same for a modal or a home view."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return ["unsupported type [json-pointer:/view/type]"]
    found = broken(view.get("blocks"), MODAL_BLOCKS)
    modal = view["type"] == "modal"
    for key in ("title", "submit", "close"):
        found += _text(view.get(key), 24, f"/view/{key}", needed=modal and key == "title")
    found += _length(view.get("private_metadata", ""), 3000, "/view/private_metadata")
    found += _length(view.get("callback_id", ""), 255, "/view/callback_id")
    if modal and not view.get("submit") and "input" in map(_kind, view.get("blocks") or ()):
        found.append("must define submit to use an input block in modals [json-pointer:/view/submit]")
    return found


def _blocks(blocks: list[Any], most: int) -> Iterator[str]:
    if len(blocks) > most:
        yield f"no more than {most} items allowed [json-pointer:/blocks]"
    if sum(_kind(block) == "data_visualization" for block in blocks) > CHARTS:
        yield f"no more than {CHARTS} charts allowed [json-pointer:/blocks]"
    named = [block["block_id"] for block in blocks if isinstance(block, dict) and "block_id" in block]
    if len(set(named)) < len(named):
        yield "block_id must be unique [json-pointer:/blocks]"
    for index, block in enumerate(blocks):
        where = f"/blocks/{index}"
        if not isinstance(block, dict):
            yield f"must be an object [json-pointer:{where}]"
            continue
        yield from _length(block.get("block_id", ""), 255, f"{where}/block_id")
        yield from _block(block, where)


def _block(block: Json, where: str) -> Iterator[str]:
    kind = block.get("type")
    check = CHECKS.get(str(kind))
    if check:
        yield from check(block, where)
    elif kind not in OPAQUE:
        yield f"unsupported type: {kind} [json-pointer:{where}/type]"


def _section(block: Json, where: str) -> Iterator[str]:
    fields = block.get("fields", [])
    yield from _text(block.get("text"), 3000, f"{where}/text", needed=not fields)
    if len(fields) > 10:
        yield f"no more than 10 items allowed [json-pointer:{where}/fields]"
    for index, one in enumerate(fields):
        yield from _text(one, 2000, f"{where}/fields/{index}")
    if "accessory" in block:
        yield from _element(block["accessory"], f"{where}/accessory")


def _header(block: Json, where: str) -> Iterator[str]:
    yield from _text(block.get("text"), 150, f"{where}/text", plain=True)


def _context(block: Json, where: str) -> Iterator[str]:
    elements = block.get("elements") or []
    yield from _count(elements, 10, f"{where}/elements")
    for index, element in enumerate(elements):
        spot = f"{where}/elements/{index}"
        yield from _image(element, spot) if _kind(element) == "image" else _text(element, 3000, spot)


def _actions(block: Json, where: str) -> Iterator[str]:
    elements = block.get("elements") or []
    yield from _count(elements, 25, f"{where}/elements")
    named = [one["action_id"] for one in elements if isinstance(one, dict) and "action_id" in one]
    if len(set(named)) < len(named):
        yield f"action_id must be unique [json-pointer:{where}/elements]"
    for index, element in enumerate(elements):
        yield from _element(element, f"{where}/elements/{index}")


def _image(block: Json, where: str) -> Iterator[str]:
    if not block.get("image_url") and not block.get("slack_file"):
        yield f"missing required field: image_url [json-pointer:{where}]"
    if not block.get("alt_text"):
        yield f"missing required field: alt_text [json-pointer:{where}]"
    yield from _length(block.get("image_url", ""), 3000, f"{where}/image_url")
    yield from _length(block.get("alt_text", ""), 2000, f"{where}/alt_text")


def _input(block: Json, where: str) -> Iterator[str]:
    yield from _text(block.get("label"), 2000, f"{where}/label", plain=True)
    yield from _text(block.get("hint"), 2000, f"{where}/hint", needed=False, plain=True)
    yield from _element(block.get("element"), f"{where}/element")


def _markdown(block: Json, where: str) -> Iterator[str]:
    yield from _length(block.get("text", ""), 12000, f"{where}/text")


CHECKS: dict[str, Callable[[Json, str], Iterator[str]]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
}


def _element(element: object, where: str) -> Iterator[str]:
    if not isinstance(element, dict) or not element.get("type"):
        yield f"missing required field: type [json-pointer:{where}]"
        return
    yield from _length(element.get("action_id", ""), 255, f"{where}/action_id")
    yield from _text(element.get("placeholder"), 150, f"{where}/placeholder", needed=False, plain=True)
    match element["type"]:
        case "plain_text_input":
            yield from _words(element, where)
        case "datepicker":
            yield from _like(element.get("initial_date"), DAY, f"{where}/initial_date")
        case "users_select":
            yield from _like(element.get("initial_user"), PERSON, f"{where}/initial_user")
        case "button":
            yield from _button(element, where)
        case "image":
            yield from _image(element, where)
        case kind if kind in SELECTS:
            yield from _options(element, where)


def _button(button: Json, where: str) -> Iterator[str]:
    yield from _text(button.get("text"), 75, f"{where}/text", plain=True)
    yield from _length(button.get("value", ""), 2000, f"{where}/value")
    yield from _length(button.get("url", ""), 3000, f"{where}/url")
    if button.get("style") not in (None, "primary", "danger"):
        yield f"unsupported style [json-pointer:{where}/style]"


def _words(field: Json, where: str) -> Iterator[str]:
    most = field.get("max_length", 3000)
    if not isinstance(most, int) or not 1 <= most <= 3000:
        yield f"must be between 1 and 3000 [json-pointer:{where}/max_length]"
        return
    yield from _length(field.get("initial_value", ""), most, f"{where}/initial_value")


def _like(value: object, form: re.Pattern[str], where: str) -> Iterator[str]:
    if value is not None and not (isinstance(value, str) and form.fullmatch(value)):
        yield f"is not of the right form [json-pointer:{where}]"


def _options(select: Json, where: str) -> Iterator[str]:
    grouped = select.get("option_groups")
    if grouped is not None:
        yield from _count(grouped, OPTIONS, f"{where}/option_groups")
        for index, group in enumerate(grouped):
            yield from _text(group.get("label"), 75, f"{where}/option_groups/{index}/label", plain=True)
    groups = grouped or [select]
    for group in groups:
        options = group.get("options") or []
        yield from _count(options, OPTIONS, f"{where}/options")
        for index, option in enumerate(options):
            spot = f"{where}/options/{index}"
            yield from _text(option.get("text"), 75, f"{spot}/text")
            yield from _length(option.get("value", ""), 150, f"{spot}/value")
            if not option.get("value"):
                yield f"must be more than 0 characters [json-pointer:{spot}/value]"
    offered = [option for group in groups for option in group.get("options") or ()]
    chosen = [select.get("initial_option"), *select.get("initial_options", [])]
    if any(one and one not in offered for one in chosen):
        yield f"initial option(s) must exactly match one of the options [json-pointer:{where}]"
    if select.get("initial_options") == []:
        yield f"must have at least 1 item [json-pointer:{where}/initial_options]"


def _text(text: object, most: int, where: str, *, needed: bool = True, plain: bool = False) -> list[str]:
    if text is None:
        return [f"missing required field [json-pointer:{where}]"] if needed else []
    if not isinstance(text, dict) or text.get("type") not in ("plain_text", "mrkdwn"):
        return [f"must be a text object [json-pointer:{where}]"]
    if plain and text["type"] != "plain_text":
        return [f"must be plain_text [json-pointer:{where}/type]"]
    if not text.get("text"):
        return [f"must be more than 0 characters [json-pointer:{where}/text]"]
    return _length(text["text"], most, f"{where}/text")


def _length(value: object, most: int, where: str) -> list[str]:
    if not isinstance(value, str):
        return [f"must be a string [json-pointer:{where}]"]
    return [f"must be less than {most + 1} characters [json-pointer:{where}]"] if len(value) > most else []


def _count(items: object, most: int, where: str) -> list[str]:
    if not isinstance(items, list) or not items:
        return [f"must have at least 1 item [json-pointer:{where}]"]
    return [f"no more than {most} items allowed [json-pointer:{where}]"] if len(items) > most else []


def _kind(thing: object) -> object:
    return thing.get("type") if isinstance(thing, dict) else None
