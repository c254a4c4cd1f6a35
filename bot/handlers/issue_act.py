"""The engine of the verbs on an issue: each is an `Act`, which asks for what is missing and is done once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot import grammar
from bot.errors import Refusal
from bot.governance.issue import Issue, Party
from bot.governance.parting import PartnershipEnded
from bot.handlers.issue import OldCard, save
from bot.handlers.issue_scene import Scene, in_words
from bot.handlers.issue_third import keep_out
from bot.handlers.letters import CARD, everyone, refresh_cards, tell
from bot.outbox import Letter
from bot.ports import Request
from bot.views import Choice, Field, TextField

LONGEST_LINE, LONGEST_TEXT = 200, 3000  # characters; no form on any platform holds more

Read = Callable[[Scene, str], Mapping[str, str]]
Settle = Callable[[Scene], Mapping[str, str]]


class Unsaid(Refusal):
    """Something that is needed was not said yet; fill it in."""


class TooMuch(Refusal):
    """That has at most {most} characters and this one has {count}; shorten it and send it again."""


class NotOnOffer(Refusal):
    """“{words}” is not on offer here; choose one of the list."""


def _no_fields(scene: Scene) -> tuple[Field, ...]:
    return ()


def _no_words(scene: Scene, words: str) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Act:
    """One verb on an issue. Pressed it is "issue.VERB", in the record too; typed it is `typed`.

    `check` is the pure rule, `done` the next state (None: the issue itself stays as it is). `fields` draws
    the empty form, `read` puts typed words into fields, and `settle` judges them in order: what each one
    comes to is added to what is known, its Refusal stands at that field. `why` names the field that holds the
    reason. `keeps` is what else is kept once it is saved, `tells` who hears of it, `answer` the letter its
    author gets. `only_adds`: it may be said of whatever the issue has become meanwhile. `turns` are first
    words that make it another act: {"agree": "plan_agree"}; `becomes` is the act it is for such an issue.
    What `outlives` the partnership can still be done after its end.
    """

    verb: str
    typed: str
    title: str
    check: Callable[[Issue, Party], None]
    done: Callable[[Scene], Issue] | None
    fields: Callable[[Scene], tuple[Field, ...]] = _no_fields
    read: Read = _no_words
    settle: tuple[tuple[str, Settle], ...] = ()
    why: str = ""
    keeps: Callable[[Request, Scene, Issue], None] | None = None
    tells: Callable[[Request, Issue], Iterable[str]] = everyone
    answer: str = CARD
    only_adds: bool = False
    turns: Mapping[str, str] = field(default_factory=dict)
    becomes: Callable[[Issue], str] | None = None
    send: str = "Save"
    outlives: bool = False


def words_of(name: str) -> Read:
    """Everything that was typed is one field."""
    return lambda scene, words: {name: words} if words else {}


def needs(name: str, missing: type[Refusal]) -> tuple[str, Settle]:
    """A field in which something must be said."""

    def settle(scene: Scene) -> Mapping[str, str]:
        if not any(sign.isalnum() for sign in scene.said(name)):
            raise missing
        return {}

    return name, settle


def settled(act: Act, scene: Scene) -> tuple[Scene, Mapping[str, Refusal]]:
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


def permitted(act: Act, scene: Scene, seen: str = "") -> None:
    """Refuses what the rule forbids, and a card of another version (`seen`, where one was pressed)."""
    issue = scene.issue
    if issue.partnership in scene.actor.ended and not act.outlives:
        raise PartnershipEnded
    keep_out(scene.archive, scene.actor, issue, act.verb)
    with in_words(scene):
        act.check(issue, scene.party)
    if seen not in ("", str(issue.version)) and not act.only_adds:
        raise OldCard(number=issue.number).showing(CARD, issue.id)


def do(request: Request, act: Act, scene: Scene) -> Letter:
    """Saves it, tells whom it concerns, and answers: every field is settled and nothing forbids it."""
    issue = scene.issue
    if act.done is not None:
        with in_words(scene):
            changed = act.done(scene)
        issue = save(request, issue, changed, f"issue.{act.verb}", scene.said(act.why))
        refresh_cards(request, issue)
        tell(request, issue, act.tells(request, issue))
    if act.keeps:
        act.keeps(request, scene, issue)
    return Letter(act.answer, issue.id, {} if act.answer == CARD else {"request": request.intent.key})
