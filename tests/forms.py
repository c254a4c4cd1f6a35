"""A form as the person in front of it sees it, on whatever platform."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class SeenField:
    """One input: `value` as it stands there, `options` by label; `kind` is text, choice, date or account."""

    label: str
    kind: str
    value: str = ""
    options: dict[str, str] = field(default_factory=dict)
    error: str = ""
    optional: bool = False
    many: bool = False


@dataclass(slots=True)
class SeenForm:
    """`native` is whatever the face needs to send it; `fields` are by the field's name."""

    id: str
    title: str
    words: str
    fields: dict[str, SeenField]
    native: Any = None

    def __contains__(self, words: str) -> bool:
        everything = [self.words, *(f"{one.label} {one.error}" for one in self.fields.values())]
        return " ".join(words.split()) in " ".join(" ".join(everything).split())

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {name: one.error for name, one in self.fields.items() if one.error}

    def fill(self, **values: str) -> None:
        """Set inputs by name: an option by its label or value, everything else as it is."""
        for name, value in values.items():
            one = self.fields[name.replace("_", " ") if name not in self.fields else name]
            parts = value.split("\n") if one.many else [value]
            one.value = "\n".join(one.options.get(part, part) for part in parts)
