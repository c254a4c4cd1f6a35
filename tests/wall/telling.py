"""Lives a history in a world, step by step, and keeps what one reader saw after each."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.clock import system_time
from bot.governance.export import About
from bot.governance.findings import findings
from bot.handlers.attention import gathered
from bot.handlers.export_gather import gather
from storage.load.file import load
from tests.conversations.exports import Browser
from tests.wall import asking
from tests.wall.cast import Matter, One
from tests.wall.further import further
from tests.wall.steps import Act, Form, LetIn, Load, Log, Make, Press, Say, SetUp, Share, Step, Take, Wait
from tests.wall.windows import Window, plain, written
from tests.world import AS_OF, World

APART = timedelta(minutes=7)
BUSY = "record could not be reached in time"
TAKEN = "HAL-301"  # both CROs serve it
RECORDS = {"issue": "title", "commitment": "text", "decision": "outcome", "action": "text"}
Seen = dict[str, str]


@dataclass(slots=True)
class Story:
    """What one reader saw: after each moment of the history, and after each question of theirs."""

    moments: list[tuple[str, Seen]] = field(default_factory=list)


class Still:
    """A wall clock that stands between two steps, so that nothing depends on how fast a machine is."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.move()
        world.clock.source = lambda: self.at

    def move(self) -> None:
        """To the machine's time, in whole seconds."""
        self.at = system_time().replace(microsecond=0)


class Teller:
    """One world in which a history happens; `readers` are watched."""

    def __init__(self, world: World, readers: tuple[One, ...]) -> None:
        self.world = world
        world.quiet()
        self.still = Still(world)
        world.bot.store.set_clock(AS_OF - world.clock.wall())
        self.windows = {one.name: Window(world, one.name) for one in readers}
        self.stories = {one.name: Story() for one in readers}
        self.known: dict[str, tuple[str, ...]] = {}  # the numbers worth asking for, by reader
        self.heard = 0
        self.was_busy = False  # on a slow machine the record was not reached in time: it counts for nothing

    def live(self, history: tuple[Step, ...], without: One | None = None) -> None:
        """All of it, or all but what is hidden from one reader; the moments are the same either way."""
        for number, step in enumerate(history, start=1):
            self._pass(AS_OF + APART * number + self._waited(history[:number]))
            if without is None or not step.is_hidden_from(without):
                self._do(step)
            self._look(f"{number}. {step.says}")

    def ask(self, reader: One, numbers: tuple[str, ...], asked: tuple[tuple[str, str], ...] = ()) -> None:
        """Everything that reader can ask for, or only that; `numbers` are those worth trying."""
        for place, words in asked or asking.questions(reader, numbers):
            voice = self.world.as_(reader.name)
            self.world.run(voice.face.type(words, voice.place(place), None))
            self.world.settle()
            self._look(f"asks in {place or 'the room'}: {words}", reader)
        if not reader.is_stranger:
            self._keep(reader, "what needs attention", {"findings": self._findings(reader)})
            self._keep(reader, "the record", {one: self._history(reader, one) for one in numbers})
            self._keep(reader, "what they may take away", {"all": self._dossier(reader)})

    def take(self, reader: One) -> None:
        """A file, as it comes; that they took it is on the record, so it is the last thing that is asked."""
        self._keep(reader, "a file", {"file": self._taken(self.world.as_(reader.name), TAKEN)})
        self._look("has fetched a file", reader)

    def numbers(self, reader: One) -> tuple[str, ...]:
        """Every number that was ever given, and one that was not.

        Restricted ones that the reader may see are left out: they are drawn, so each world has its own.
        """
        every = (f"SELECT number, id FROM {name} ORDER BY id" for name in RECORDS)  # noqa: S608 our own words only
        rows = [row for one in every for row in self.world.rows(one)]
        drawn = [(number, id_) for number, id_ in rows if "-RST-" in number]
        own = {number for number, id_ in drawn if self._history(reader, id_) != "[]"}
        return (*(number for number, _ in rows if number not in own), "NOR-ISS-999")

    def _waited(self, history: tuple[Step, ...]) -> timedelta:
        return sum((timedelta(hours=one.hours) for one in history if isinstance(one, Wait)), timedelta())

    def _pass(self, to: datetime) -> None:
        now = self.world.now()
        self.still.move()
        self.world.clock.offset = now - self.world.clock.wall()
        self.world.pass_to(to)

    def _do(self, step: Step) -> None:
        voice = None if isinstance(step, Load | Wait) else self.world.as_(step.who)
        match step:
            case Log(times=times) if times > 1:
                voice.send(step.text, times, at=step.at)
            case Log(matter=matter):
                voice.say(step.text, at=step.at)
                self._filled(voice, {} if matter.third else None)
            case Make():
                voice.say(step.told, at=step.at, mention=not step.at)
            case Form():
                self._fill(voice, step)
            case Act():
                voice.say(step.text.replace("{n}", self._number(step.matter)), at=step.at)
            case Share(matter=matter, wider=wider):
                voice.say(f"issue share {self._number(matter)}", at="direct")
                self._filled(voice, {"title": wider.title, "reason": "they plan the sites"})
                self._says_yes(voice, "Share with")
            case LetIn(matter=matter, name=name):
                voice.say(f"issue readers {self._number(matter)} @{name}, knows the site", at="direct")
                self._says_yes(voice, "Let ")
            case Press():
                self._press(voice, step)
            case Take(what=what):
                self._taken(voice, what)
            case SetUp():
                self._set_up(voice, step)
            case Say():
                voice.say(step.text, at=step.at)
            case Load(number=number):
                load(self.world.bot.store, further(number), self.world.now())

    def _fill(self, voice: Any, step: Form) -> None:
        voice.opened("issue", at=step.at)
        if not step.sends:
            return
        scope = step.matter.scope
        values = {"title": step.matter.title, "severity": step.severity, "class": scope.visibility.value}
        owner = self.world.people[step.owner or step.who].name
        options = voice.form.fields["owner id"].options
        named = next((label for label in options if label.startswith(owner)), owner)
        values |= {"partnership": scope.partnership, "owner id": named}
        voice.submit(**values)

    def _taken(self, voice: Any, what: str) -> str:
        """Asked for and fetched; what came, with what the browser is told of it."""
        card = voice.say(f"export {what}".strip(), at="direct")
        if card is None or "JSON" not in card.buttons:
            return ""
        voice.press("JSON", card)
        browser = Browser(self.world)
        browser.open(next(one for one in reversed(voice.inbox) if "/export/" in one.words))
        voice.press("Yes, that is mine")
        got = browser.client.get(f"{browser.path}/file")
        self.world.settle()
        return f"{got.headers.get('content-disposition')}\n{got.text}"

    def _filled(self, voice: Any, values: dict[str, str] | None) -> None:
        """The form that was asked for, if there is one, filled in and sent; None is to leave it alone."""
        offered = voice.inbox[-1].buttons if voice.inbox else {}
        if values is not None and voice.form is None and "Fill in the form" in offered:
            voice.press("Fill in the form", voice.inbox[-1])
        if values is not None and voice.form and values.keys() <= voice.form.fields.keys():
            voice.submit(**values)

    def _says_yes(self, voice: Any, begins: str) -> None:
        """Presses what the newest message offers under such a label."""
        newest = voice.inbox[-1]
        if label := next((one for one in newest.buttons if one.startswith(begins)), ""):
            voice.press(label, newest)

    def _press(self, voice: Any, step: Press) -> None:
        number = self._number(step.matter)
        found = (one for one in reversed(voice.sight()) if number in one and step.label in one.buttons)
        if seen := next(found, None):
            voice.press(step.label, seen)

    def _set_up(self, voice: Any, step: SetUp) -> None:
        if step.text:
            voice.say(step.text, at=step.at)
        for label in step.presses:
            found = (one for one in reversed(voice.sight()) if label in one.buttons)
            if seen := next(found, None):
                voice.press(label, seen)
        self._filled(voice, dict(step.values) or None)

    def _number(self, matter: Matter) -> str:
        """What it got; a number that nobody has where it was never logged."""
        for name, column in RECORDS.items():
            named = f"{column} = '{matter.title}' AND visibility = '{matter.scope.visibility}'"
            if rows := self.world.rows(f"SELECT number FROM {name} WHERE {named}"):  # noqa: S608 our own words only
                return rows[0][0]
        return "NOR-ISS-998"

    def _look(self, moment: str, only: One | None = None) -> None:
        calls = self.world.playground.wire.to_json(after=self.heard)
        self.heard = max((one["number"] for one in calls), default=self.heard)
        self.was_busy |= any(BUSY in one["body"] or BUSY in one["answer"] for one in calls)
        for name, window in self.windows.items():
            window.heard([one for one in calls if one["direction"] == "from bot"])
            if only is None or only.name == name:
                self.stories[name].moments.append((moment, window.look()))

    def _keep(self, reader: One, moment: str, told: Seen) -> None:
        names = self.windows[reader.name].names
        kept = {name: names.plain(said) for name, said in told.items()}
        self.stories[reader.name].moments.append((moment, kept))

    def _findings(self, reader: One) -> str:
        with self.world.bot.store.reading() as archive:
            actor = archive.person_actor(reader.id)
            found = findings(gathered(archive, actor), self.world.now())
        return written([[one.code, one.entity, one.finding] for one in found])

    def _dossier(self, reader: One) -> str:
        """What an export holds, before it is written down in any format."""
        told = []
        with self.world.bot.store.reading() as archive:
            actor = archive.person_actor(reader.id)
            for home in archive.partnerships(actor):
                told.append(plain(gather(archive, actor, About(partnership=home.id))))
        return written(told)

    def _history(self, reader: One, number: str) -> str:
        """The lines of the record of one issue, as that reader may see them."""
        if reader.is_stranger:
            return "[]"
        with self.world.bot.store.reading() as archive:
            lines = archive.history(archive.person_actor(reader.id), number)
        return written(
            [[one.what, one.person, str(one.at), str(one.before), str(one.after)] for one in lines]
        )
