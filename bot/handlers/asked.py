"""What is open about a new record: beside the fields of its form, or as a question where there is no form."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.cards import issue as cards
from bot.errors import Refusal
from bot.handlers import captured
from bot.handlers.issue_said import Question, Said, Understood, named, partner_of
from bot.records import Draft
from bot.views import Button, Card, Choice, Field


def sentence(said: Said, found: Question | Refusal, blank: type[Refusal]) -> str:
    """Why a field cannot stay as it is. What was simply not said yet is no error before the form is sent.

    `blank` is the refusal of a record without its first words, which is none where nothing was said at all.
    """
    match found:
        case Question():
            awaited = found.missing
        case _:
            awaited = isinstance(found, blank) and not said.known.get("said")
    return "" if awaited and "sent" not in said.known else found.sentence


def with_errors(
    said: Said, found: Understood, fields: Iterable[Field], blank: type[Refusal]
) -> tuple[Field, ...]:
    """The fields of the form, each with what is wrong with it."""
    errors = {name: sentence(said, one, blank) for name, one in found.open.items()}
    return tuple(replace(field, error=errors.get(field.name, "")) for field in fields)


def over(
    draft: Draft, sent: Mapping[str, str], names: Iterable[str], typed: Iterable[str]
) -> Mapping[str, str]:
    """The draft with the `names` of what was filled in over it; empty there means empty.

    `typed` are words that give way to what the form says.
    """
    said = {name: sent[name].strip() for name in names if name in sent}
    return {**draft.fields, **dict.fromkeys(typed, ""), **said, "sent": "yes"}


def instead(draft: Draft, found: Understood, noun: str, empty: Card) -> Card:
    """Where no form can be shown: the first thing that is open, answers to press, and the way to the form.

    `empty` is what stands where nothing was said yet; `noun` begins its verbs.
    """
    way, words = opener(noun, draft.id), draft.fields.get("said", "")
    match next(iter(found.open.values()), None):
        case Question() as question:
            answers = tuple(
                Button(label, f"{noun}.answer", {"draft": draft.id, **fields})
                for label, fields in question.answers
            )
            return cards.question(question.words, words, (*answers, way), question.hint)
        case Refusal() as refusal if words:
            return cards.unfit(refusal.sentence, words, way)
    return empty


def opener(noun: str, draft: str) -> Button:
    """The way to the form of a draft."""
    return Button("Fill in the form", f"{noun}.form", {"draft": draft}, primary=True, opens=True)


def partner(said: Said) -> Choice:
    """The partner it is about; the only one that fits is chosen already."""
    mine = captured.homes(said.known, said.archive.partnerships(said.actor))
    options = tuple((one.id, partner_of(said.actor, one)) for one in mine)
    fitting = [one for one, name in options if said.known.get("partner", "") in ("", name)]
    only = fitting[0] if len(fitting) == 1 else ""
    value = said.known.get("partnership") or only or said.known.get("room partnership", "")
    return Choice("partnership", "Partner", options, value)


def people(said: Said) -> tuple[tuple[str, str], ...]:
    """Whom it may name: one's own company first, each by name."""
    known = sorted(said.owners, key=lambda one: (one.organisation != said.actor.organisation, one.name))
    return named(said.partnerships, known)
