"""The engine of the verbs on a record: each is an `Act`, which asks for what is missing and is done once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic

from bot import grammar
from bot.errors import Refusal
from bot.governance.parting import PartnershipEnded
from bot.governance.party import Party
from bot.handlers.scene import R, Scene, in_words
from bot.outbox import Letter
from bot.ports import Request
from bot.views import Choice, Field, TextField

LONGEST_LINE, LONGEST_TEXT = 200, 3000  # characters; no form on any platform holds more

Read = Callable[[Scene[Any], str], Mapping[str, str]]
Settle = Callable[[Scene[Any]], Mapping[str, str]]


class Unsaid(Refusal):
    """Something that is needed was not said yet; fill it in."""


class TooMuch(Refusal):
    """That has at most {most} characters and this one has {count}; shorten it and send it again."""


class NotOnOffer(Refusal):
    """“{words}” is not on offer here; choose one of the list."""


class OldCard(Refusal):
    """That card was out of date, so nothing changed; here is {number} as it stands now."""


def _no_fields(scene: Scene[Any]) -> tuple[Field, ...]:
    return ()


def _no_words(scene: Scene[Any], words: str) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Act(Generic[R]):
    """One verb on a record. Pressed it is "NOUN.VERB", in the record too; typed it is `typed`.

    `check` is the pure rule, `done` the next state (None: the record itself stays as it is). `fields` draws
    the empty form, `read` puts typed words into fields, and `settle` judges them in order: what each one
    comes to is added to what is known, its Refusal stands at that field. `why` names the field that holds the
    reason. `keeps` is what else is kept once it is saved, `tells` who hears of it (else everybody
    concerned), `answer` the letter its author gets (else its card). `only_adds`: it may be said of whatever
    the record has become meanwhile. `turns` are first
    words that make it another act: {"agree": "plan_agree"}; `becomes` is the act it is for such a record.
    What `outlives` the partnership can still be done after its end.
    """

    verb: str
    typed: str
    title: str
    check: Callable[[R, Party], None]
    done: Callable[[Scene[R]], R] | None
    fields: Callable[[Scene[R]], tuple[Field, ...]] = _no_fields
    read: Read = _no_words
    settle: tuple[tuple[str, Settle], ...] = ()
    why: str = ""
    keeps: Callable[[Request, Scene[R], R], None] | None = None
    tells: Callable[[Request, R], Iterable[str]] | None = None
    answer: str = ""
    only_adds: bool = False
    turns: Mapping[str, str] = field(default_factory=dict)
    becomes: Callable[[R], str] | None = None
    send: str = "Save"
    outlives: bool = False


def words_of(name: str) -> Read:
    """Everything that was typed is one field."""
    return lambda scene, words: {name: words} if words else {}


def needs(name: str, missing: type[Refusal]) -> tuple[str, Settle]:
    """A field in which something must be said."""

    def settle(scene: Scene[Any]) -> Mapping[str, str]:
        if not any(sign.isalnum() for sign in scene.said(name)):
            raise missing
        return {}

    return name, settle


def settled(act: Act[R], scene: Scene[R]) -> tuple[Scene[R], Mapping[str, Refusal]]:
    """What was said as it is understood, and by field what is missing or cannot be."""
    known = {name: grammar.clean(words) for name, words in scene.known.items()}
    wrong = {one.name: found for one in act.fields(scene) if (found := _misfit(one, known.get(one.name, "")))}
    for name, settle in act.settle:
        if name not in wrong:
            try:
                known |= settle(replace(scene, known=known))
            except Refusal as refusal:
                wrong[name] = refusal
    return replace(scene, known=known), wrong


def _misfit(one: Field, words: str) -> Refusal | None:
    """What no rule needs to look at: too long, or never on offer."""
    match one:
        case TextField(long=long):
            most = LONGEST_TEXT if long else LONGEST_LINE
            return TooMuch(most=f"{most:,}", count=f"{len(words):,}") if len(words) > most else None
        case Choice(options=options, many=many) if words:
            offered = {value for value, _ in options}
            strange = [word for word in (words.split("\n") if many else [words]) if word not in offered]
            return NotOnOffer(words=strange[0][:60]) if strange else None
    return None


def permitted(act: Act[R], scene: Scene[R], seen: str = "") -> None:
    """Refuses what the rule forbids, and a card of another version (`seen`, where one was pressed)."""
    record, noun = scene.record, scene.noun
    if record.partnership in scene.actor.ended and not act.outlives:
        raise PartnershipEnded
    noun.keep_out(scene.archive, scene.actor, record, act.verb)
    with in_words(scene):
        act.check(record, scene.party)
    if seen not in ("", str(record.version)) and not act.only_adds:
        raise OldCard(number=record.number).showing(noun.card, record.id)


def do(request: Request, act: Act[R], scene: Scene[R]) -> Letter:
    """Saves it, tells whom it concerns, and answers: every field is settled and nothing forbids it."""
    record, noun = scene.record, scene.noun
    if act.done is not None:
        with in_words(scene):
            changed = act.done(scene)
        record = noun.save(request, record, changed, f"{noun.name}.{act.verb}", scene.said(act.why))
        noun.follow(request, record)
        noun.tell(request, record, (act.tells or noun.concerned)(request, record))
    if act.keeps:
        act.keeps(request, scene, record)
    return Letter(act.answer or noun.card, record.id, {"request": request.intent.key} if act.answer else {})
