"""A form in Teams' own words: inputs of Adaptive Card 1.5, in a message or in a dialog, its values kept."""

from dataclasses import dataclass, replace
from typing import Final, assert_never

from adapters.teams.carried import NOTHING, OWN, Carried, Input, Kind, of_many
from adapters.teams.render import action, adaptive, nonce
from adapters.teams.runs import (
    LIMIT,
    QUIET,
    Json,
    envelope,
    line,
    lines,
    notice,
    repeated,
    single,
    size,
    sound,
)
from bot.intents import Place
from bot.views import AccountField, Card, Choice, DateField, Facts, Field, Form, TextField, View

ADAPTIVE: Final = "application/vnd.microsoft.card.adaptive"
MISSING: Final = "Please fill this in."
SHORT, LONG = 400, 4_000  # characters that can be typed on one line and on several; what is there always fits
FEW, MANY = 5, 8  # options: up to FEW wordy ones stand open, more than MANY are searched by typing
WORDY: Final = 30  # characters of a label that a closed list would cut off
SHOWN: Final = 300  # characters of what was typed, where it is only shown
LEAST: Final = 6_000  # bytes for words beside a button that carries a whole form

_PEOPLE: Final = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}


@dataclass(frozen=True, slots=True)
class _Room:
    """How many options of a list are shown, how long our own words are, and whether old clients have room."""

    options: int
    words: int = 1_000
    fallback: bool = True
    dialog: bool = False


# From roomy to cramped: the first that keeps the card under the limit is taken. What was typed is never cut.
_ROOMS: Final = (
    _Room(500),
    _Room(150),
    _Room(60, fallback=False),
    _Room(25, 400, fallback=False),
    _Room(10, 200, fallback=False),
    _Room(5, 80, fallback=False),
)


def message(view: View, seed: str, repeat: bool = False, place: Place | None = None) -> Json:
    """The view as the card of a message; `place` is where it was asked for, if that is elsewhere."""
    return adaptive(view, seed, repeat) if isinstance(view, Card) else _fitting(view, seed, repeat, place)


def dialog(view: View, seed: str, place: Place) -> Json:
    """The answer to an invoke that opens a dialog, or goes on with one, opened in that place."""
    if isinstance(view, Card):
        return _opened(view.title, adaptive(view, seed, dialog=True))
    return _opened(view.title, _fitting(view, seed, False, place, dialog=True), "large")


def told(text: str) -> Json:
    """The answer to an invoke of a dialog that is only a sentence."""
    return {"task": {"type": "message", "value": text}}


def again(refused: Card, carried: Carried) -> Json:
    """A dialog for what could not be saved: why, what was typed, and a button that sends all of it again."""
    send = action("Try again", True, carried.data, False, submits=True)
    typed = Facts(tuple((label, single(value, SHOWN)) for label, value in carried.typed))
    card = Card(refused.title, (*refused.blocks, typed), refused.summary)
    drawn = adaptive(card, carried.nonce, dialog=True, limit=max(LEAST, LIMIT - size(send)))
    return _opened(card.title, drawn | {"body": [*drawn["body"], _row(send)]})


def _opened(title: str, drawn: Json, height: str = "medium") -> Json:
    attachment = {"contentType": ADAPTIVE, "content": drawn}
    shown = {"title": single(title, 60), "height": height, "width": "medium", "card": attachment}
    return {"task": {"type": "continue", "value": shown}}


def _fitting(form: Form, seed: str, repeat: bool, place: Place | None, dialog: bool = False) -> Json:
    """Where not even the last room is enough it is drawn all the same: nothing that was typed may be lost."""
    if reserved := OWN & {field.name for field in form.fields}:
        raise ValueError(f"no input may be called {', '.join(reserved)}")
    carried = _carried(form, seed, place)
    for room in _ROOMS:
        drawn = _draw(form, carried, replace(room, dialog=dialog), repeat)
        if size(drawn) <= LIMIT:
            break
    return drawn


def _carried(form: Form, seed: str, place: Place | None) -> Carried:
    inputs = {field.name: Input(single(field.label, 60), _kind(field)) for field in form.fields}
    at = (place.conversation, place.thread) if place and not place.private else ("", "")
    return Carried(form.verb, form.hidden, nonce(form.verb, form.hidden, seed), inputs, at=at)


def _kind(field: Field) -> Kind:
    match field:
        case TextField():
            return Kind.TEXT
        case Choice():
            return Kind.MANY if field.many else Kind.CHOICE
        case DateField():
            return Kind.DATE
        case AccountField():
            return Kind.ACCOUNT
    assert_never(field)


def _draw(form: Form, carried: Carried, room: _Room, repeat: bool) -> Json:
    first = notice(form.notice, room.words) if form.notice else []
    title = [] if room.dialog else lines(form.title, room.words, size="Large", weight="Bolder")
    inputs = [element for field in form.fields for element in _field(field, room)]
    send = action(form.send, True, carried.data, room.fallback, submits=room.dialog)
    return envelope(form.line, [*repeated(repeat, room.words), *first, *title, *inputs, _row(send)])


def _row(send: Json) -> Json:
    return {"type": "ActionSet", "actions": [send]}


def _field(field: Field, room: _Room) -> list[Json]:
    """The input, what helps to fill it in, and what is wrong with it."""
    hints = lines(field.hint, room.words, **QUIET)
    errors = lines(field.error, room.words, color="Attention", weight="Bolder")
    return [_input(field, room), *hints, *_left_out(field, room), *errors]


def _input(field: Field, room: _Room) -> Json:
    can_be_left = field.optional or (isinstance(field, Choice) and not field.options)
    needed: Json = {} if can_be_left else {"isRequired": True, "errorMessage": MISSING}
    common: Json = {"id": field.name, "label": single(field.label, 100), **needed}
    match field:
        case TextField():
            return {"type": "Input.Text", **common, **_text(field)}
        case Choice():
            return {"type": "Input.ChoiceSet", **common, **_choices(field, room)}
        case DateField():
            return {"type": "Input.Date", **common, **({"value": str(field.value)} if field.value else {})}
        case AccountField():
            value = {"value": sound(field.value)} if field.value else {}
            people = {"choices": [], "choices.data": _PEOPLE, "placeholder": "Type a name"}
            return {"type": "Input.ChoiceSet", **common, **people, **value}
    assert_never(field)


def _text(field: TextField) -> Json:
    longest = max(LONG if field.long else SHORT, len(field.value.encode("utf-16-le", "replace")) // 2)
    value = {"value": sound(field.value)} if field.value else {}
    return {"isMultiline": field.long, "maxLength": longest, **value}


def _choices(field: Choice, room: _Room) -> Json:
    offered = _offered(field, room)
    choices = [{"title": _title(label), "value": _sent(field, value)} for value, label in offered]
    if field.optional and not field.many and "" not in dict(field.options):
        choices.insert(0, {"title": "None", "value": NOTHING})
    chosen = ",".join(_sent(field, value) for value in field.chosen if value)
    return {
        "choices": choices,
        "style": _style(offered),
        "isMultiSelect": field.many,
        "wrap": True,
        "placeholder": "Choose",
        **({"value": chosen} if chosen else {}),
    }


def _style(offered: list[tuple[str, str]]) -> str:
    if len(offered) <= FEW and any(len(label) > WORDY for _, label in offered):
        return "expanded"
    return "compact" if len(offered) <= MANY else "filtered"


def _offered(field: Choice, room: _Room) -> list[tuple[str, str]]:
    """As many as there is room for, and those that are chosen."""
    chosen = set(field.chosen)
    return [one for at, one in enumerate(field.options) if at < room.options or one[0] in chosen]


def _left_out(field: Field, room: _Room) -> list[Json]:
    if not isinstance(field, Choice) or not (left := len(field.options) - len(_offered(field, room))):
        return []
    return [line(f"{left} more do not fit here.", **QUIET)]


def _sent(field: Choice, value: str) -> str:
    return of_many(sound(value)) if field.many else sound(value) or NOTHING


def _title(label: str) -> str:
    """On one line, and no link: some clients read a choice's title as markdown."""
    return single(label, 150).replace("](", "]\u200b(")
