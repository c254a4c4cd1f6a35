"""What our own buttons and forms carry: written into a card's data, read back from what a client sends."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeAlias
from urllib.parse import quote, unquote

Json: TypeAlias = dict[str, Any]

LONGEST_NONCE: Final = 64  # ours are 32; a longer one was not written by us
LONGEST_AT: Final = 300  # characters of a conversation and a thread
NOTHING: Final = "(none)"  # the value of the choice that takes a choice back
OWN: Final = {"verb", "fields", "nonce", "form", "msteams"}  # no input may be called so
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Kind(StrEnum):
    """How an input's value is written on the wire."""

    TEXT = "text"
    CHOICE = "choice"
    MANY = "many"
    DATE = "date"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a form; the label is for when its value has to be shown without it."""

    label: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Carried:
    """A button has no `inputs`; a form has, and once it was sent their `values` as the client wrote them.

    `at` is the channel and thread a form was opened from, both "" where that is where it stands.
    """

    verb: str
    hidden: Mapping[str, str]
    nonce: str = ""
    inputs: Mapping[str, Input] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    at: tuple[str, str] = ("", "")

    @classmethod
    def read(cls, data: Any) -> "Carried | None":
        """From what a client sent; None where it is none of ours."""
        match data:
            case {"verb": str(verb), "fields": dict(fields), **rest} if verb:
                hidden, nonce = dict(strings(fields)), _nonce(rest.get("nonce"))
                inputs, at = _form(rest.get("form"))
                given = {name: value for name, value in strings(rest) if name in inputs}
                return cls(plain(verb), hidden, nonce, inputs, given, at)
        return None

    @property
    def data(self) -> Json:
        """As it goes into a card. Whatever is typed into the inputs is put beside it by the client."""
        hidden = {name: plain(value) for name, value in self.hidden.items()}
        button: Json = {"verb": self.verb, "fields": hidden, "nonce": self.nonce}
        if not self.inputs:
            return button
        inputs = {name: {"label": one.label, "kind": one.kind.value} for name, one in self.inputs.items()}
        return {**self.values, **button, "form": {"inputs": inputs, "at": list(self.at)}}

    @property
    def fields(self) -> dict[str, str]:
        """What the core gets: what was hidden, and every input, "" where nothing was filled in."""
        return dict(self.hidden) | {name: self._value(name) for name in self.inputs}

    @property
    def accounts(self) -> tuple[str, ...]:
        """The platform's ids of whoever was picked."""
        picked = (self._value(name) for name, one in self.inputs.items() if one.kind is Kind.ACCOUNT)
        return tuple(dict.fromkeys(user for user in picked if user))

    @property
    def typed(self) -> Iterator[tuple[str, str]]:
        """Label and value of what was filled in, for a reader; of a choice only that it was made."""
        for name, one in self.inputs.items():
            if value := self._value(name):
                seen = one.kind in (Kind.TEXT, Kind.DATE)
                yield one.label, value if seen else "as you chose"

    def _value(self, name: str) -> str:
        sent = self.values.get(name, "")
        match self.inputs[name].kind:
            case Kind.MANY:
                return "\n".join(plain(unquote(one)) for one in sent.split(",") if one)
            case Kind.CHOICE:
                return "" if sent == NOTHING else sent
        return sent


def of_many(value: str) -> str:
    """One value of several as it is sent: those are joined by commas."""
    return quote(value, safe=" :/@;")


def plain(text: str) -> str:
    """Without what no database keeps: control characters and half surrogate pairs."""
    return _UNSEEN.sub("", text).encode(errors="replace").decode()


def strings(fields: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    """Those that are words."""
    for name, value in fields.items():
        if isinstance(value, str):
            yield plain(name), plain(value)


def _form(sent: Any) -> tuple[dict[str, Input], tuple[str, str]]:
    """What we wrote beside the inputs; a client that changed it can only spoil its own request."""
    match sent:
        case {"inputs": dict(inputs), **rest}:
            return dict(_inputs(inputs)), _at(rest.get("at"))
    return {}, ("", "")


def _inputs(sent: Mapping[Any, Any]) -> Iterator[tuple[str, Input]]:
    for name, one in sent.items():
        match one:
            case {"label": str(label), "kind": str(kind)} if kind in list(Kind) and name not in OWN:
                yield plain(name), Input(plain(label), Kind(kind))


def _nonce(sent: Any) -> str:
    return sent if isinstance(sent, str) and len(sent) <= LONGEST_NONCE else ""


def _at(sent: Any) -> tuple[str, str]:
    match sent:
        case [str(conversation), str(thread)] if len(conversation) + len(thread) <= LONGEST_AT:
            return plain(conversation), plain(thread)
    return "", ""
