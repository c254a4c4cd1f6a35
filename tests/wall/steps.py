"""What can happen in a history: each step says who does what, and which record it touches."""

from dataclasses import dataclass, field
from typing import Any

from bot.governance.visibility import Scope, Visibility
from tests.wall.cast import COMPANIES, PARTNERSHIPS, PEOPLE, Matter, One

WORDS = {Visibility.SHARED: "shared", Visibility.RESTRICTED: "restricted"}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing somebody does. `at` is a place as tests call it; "" is the first room of their company."""

    who: str
    at: str = "direct"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(f"({self.says})")  # in a history that hypothesis shows

    @property
    def person(self) -> One:
        return PEOPLE[self.who]

    def touches(self) -> tuple[Matter, ...]:
        """The records that are changed or made."""
        return ()

    def opens_to(self, reader: One) -> bool:
        """Whether it opens up to them what was hidden from them: no history is told beyond that."""
        return False

    def is_hidden_from(self, reader: One) -> bool:
        """Whether they may learn nothing of it: not theirs, not before their eyes, no record of theirs."""
        if self.who == reader.name or self._is_before(reader):
            return False
        return not any(reader.sees(one) for one in self.touches())

    def _is_before(self, reader: One) -> bool:
        """Whether the reader sits in the room; a stranger sits in none that is linked."""
        same = reader.company == self.person.company and not reader.is_stranger
        return same and self.at != "direct"

    @property
    def says(self) -> str:
        """In people's words."""
        where = "in a direct message" if self.at == "direct" else "in their company’s room"
        return f"{self.who.capitalize()}, {where}: {self.told}"

    @property
    def told(self) -> str:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Log(Step):
    """A new issue, typed in one line; `times` is how often the very same request arrives."""

    matter: Matter = field(kw_only=True)
    severity: str = "major"
    owner: str = ""
    times: int = 1

    def touches(self):
        return (self.matter,)

    @property
    def text(self) -> str:
        scope = self.matter.scope
        partner = "Halcyra" if self.person.company != "ORG-HAL" else COMPANIES[scope.partnership]
        visible = WORDS.get(scope.visibility, "internal")
        if scope.visibility is Visibility.TRI_PARTY:
            visible = f"HAL-301, with {COMPANIES[PARTNERSHIPS[self.matter.third][0]]}"
        owner = f"owner @{self.owner or self.who}"
        return f"issue {self.matter.title}, {self.severity}, {owner}, for {partner}, {visible}"

    @property
    def told(self) -> str:
        return self.text + (f" (the request arrives {self.times} times)" if self.times > 1 else "")


@dataclass(frozen=True, slots=True)
class Make(Step):
    """A commitment, a decision or an action item, typed in one line; `{t}` in `text` is its title."""

    matter: Matter = field(kw_only=True)
    text: str = ""

    def touches(self):
        return (self.matter,)

    @property
    def told(self) -> str:
        return self.text.replace("{t}", self.matter.title)


@dataclass(frozen=True, slots=True)
class Form(Step):
    """A new issue in the form; where it is not sent, it is left open."""

    matter: Matter = field(kw_only=True)
    severity: str = "minor"
    owner: str = ""
    sends: bool = True

    def touches(self):
        return (self.matter,) if self.sends else ()

    @property
    def told(self) -> str:
        scope = self.matter.scope
        kind = f"{scope.visibility} for {COMPANIES[scope.partnership]}"
        return f"the form of a new issue “{self.matter.title}”, {kind}" + (
            "" if self.sends else ", left open"
        )


@dataclass(frozen=True, slots=True)
class Act(Step):
    """A verb on a record, typed; `{n}` in `text` is its number."""

    matter: Matter = field(kw_only=True)
    text: str = ""
    only_own: bool = False

    def touches(self):
        if self.only_own:  # a note: a record of the writer's own company
            return (Matter("", Scope(self.matter.scope.partnership, self.person.own)),)
        return (self.matter,)

    @property
    def told(self) -> str:
        return self.text.replace("{n}", f"«{self.matter.title}»")


@dataclass(frozen=True, slots=True)
class Share(Step):
    """An issue of one's own is opened up: a new one, whose title and readers are others."""

    matter: Matter = field(kw_only=True)
    wider: Matter = field(kw_only=True)

    def touches(self):
        return self.matter, self.wider

    def opens_to(self, reader: One) -> bool:
        return reader.sees(self.wider) and not reader.sees(self.matter)

    @property
    def told(self) -> str:
        return f"shares «{self.matter.title}» as «{self.wider.title}»"


@dataclass(frozen=True, slots=True)
class LetIn(Step):
    """One more named reader of a restricted issue."""

    matter: Matter = field(kw_only=True)
    name: str = ""

    def touches(self):
        return (self.matter,)

    def opens_to(self, reader: One) -> bool:
        return reader.name == self.name and not reader.sees(self.matter)

    @property
    def told(self) -> str:
        return f"issue readers «{self.matter.title}» @{self.name}, knows the site, and says yes"


@dataclass(frozen=True, slots=True)
class Press(Step):
    """A button of an issue's newest card in sight; nothing where there is none."""

    matter: Matter = field(kw_only=True)
    label: str = "Acknowledge"

    def touches(self):
        return (self.matter,)

    @property
    def told(self) -> str:
        return f"presses “{self.label}” on «{self.matter.title}»"


@dataclass(frozen=True, slots=True)
class Say(Step):
    """Words that change no record: a question, a wrong command, a guessed number."""

    text: str = ""

    @property
    def told(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Take(Step):
    """An export that is asked for and fetched; whoever reads the class can see who took it away."""

    what: str = ""
    within: tuple[str, ...] = ()

    def touches(self):
        return tuple(Matter("", Scope(one, Visibility.SHARED)) for one in self.within)

    @property
    def told(self) -> str:
        return f"export {self.what}".strip() + ", and fetches it"


@dataclass(frozen=True, slots=True)
class SetUp(Step):
    """A change that a company or a partnership alone hears of; `within` are the partnerships that know."""

    text: str = ""
    within: tuple[str, ...] = ()
    presses: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    def touches(self):
        return tuple(Matter("", Scope(one, Visibility.SHARED)) for one in self.within)

    @property
    def told(self) -> str:
        presses = "".join(f", presses “{label}”" for label in self.presses)
        values = "".join(f", fills in {name} = {value}" for name, value in self.values)
        return f"{self.text}{presses}{values}".removeprefix(", ")


@dataclass(frozen=True, slots=True)
class Load(Step):
    """A further file is loaded: two companies that nobody of the others has ever heard of."""

    number: int = 1

    def is_hidden_from(self, reader: One) -> bool:
        return True

    @property
    def told(self) -> str:
        return f"a file is loaded with two other companies and their issues ({self.number})"

    @property
    def says(self) -> str:
        return self.told


@dataclass(frozen=True, slots=True)
class Wait(Step):
    """Time passes; everybody lives through it."""

    hours: float = 1

    def is_hidden_from(self, reader: One) -> bool:
        return False

    @property
    def told(self) -> str:
        return f"{self.hours:g} hours pass"

    @property
    def says(self) -> str:
        return self.told


def until_opened(history: tuple[Step, ...], readers: tuple[One, ...]) -> tuple[Step, ...]:
    """The history up to the first step that opens anything up to one of them."""
    opened = (place for place, step in enumerate(history) if any(step.opens_to(one) for one in readers))
    return history[: next(opened, len(history))]


def in_words(history, reader: One | None = None) -> str:
    """The history as a person would tell it; what the reader may not learn of is marked."""
    lines = []
    for number, step in enumerate(history, start=1):
        hidden = reader is not None and step.is_hidden_from(reader)
        mark = f"   [hidden from {reader.name}]" if hidden and reader else ""
        lines.append(f"{number:3}. {step.says}{mark}")
    return "\n".join(lines)
