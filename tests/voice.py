"""One person of a test's world: what they say, press and see."""

import asyncio
from typing import Any

from tests.faces import Seen
from tests.forms import SeenForm


class Voice:
    """One person in the world."""

    def __init__(self, world: Any, face: Any) -> None:
        self.world = world
        self.face = face

    def say(self, text: str, at: str = "", thread: str | None = None, mention: bool = False) -> Seen | None:
        """Type it: in their partnership's room, "direct"ly, in the "general" channel, or in a named place.

        Gives what they privately see as the answer, if anything.
        """
        before = {one.id for one in self.private()}
        typed = self.face.mention if mention else self.face.type
        self.answer = self.world.run(typed(text.removeprefix("/"), self.place(at), thread))
        self.world.settle()
        fresh = [one for one in self.private() if one.id not in before and one.by_bot]
        return fresh[-1] if fresh else None

    def chat(self, text: str, at: str = "", thread: str | None = None) -> Seen:
        """Say it to the others in a room, not to Parley."""
        self.world.run(self.face.chat(text, self.place(at), thread))
        return self.room(at)[-1]

    def press(self, label: str, seen: Seen | None = None) -> Seen | None:
        """Press a button: on that message, else on the newest one in sight that has it."""
        seen = seen or next(one for one in reversed(self.sight()) if label in one.buttons)
        before = {one.id for one in self.private()}
        self.answer = self.world.run(self.face.click(seen, seen.buttons[label]))
        self.world.settle()
        fresh = [one for one in self.private() if one.id not in before and one.by_bot]
        return fresh[-1] if fresh else self.again(seen)

    def opened(self, text: str, at: str = "") -> SeenForm:
        """Say something incomplete, and its form: opened by its button where it does not open by itself."""
        answer = self.say(text, at)
        if answer and "Fill in the form" in answer.buttons:
            self.press("Fill in the form", answer)
        assert self.form is not None, "no form is open"
        return self.form

    @property
    def form(self) -> SeenForm | None:
        """The form that stands open in front of them: the newest one, if any."""
        forms = self.face.forms()
        return forms[-1] if forms else None

    def submit(self, form: SeenForm | None = None, **values: str) -> Seen | None:
        """Fill in the open form, send it, and see what comes privately; `form` may be open again."""
        form = form or self.form
        assert form is not None, "no form is open"
        form.fill(**values)
        before = {one.id for one in self.private()}
        self.answer = self.world.run(self.face.send(form))
        self.world.settle()
        fresh = [one for one in self.private() if one.id not in before and one.by_bot]
        return fresh[-1] if fresh else self.face.became(form)

    def send_twice(self, **values: str) -> None:
        """Fill in the open form and send it twice at the same moment."""
        form = self.form
        assert form is not None, "no form is open"
        form.fill(**values)

        async def both() -> None:
            await asyncio.gather(self.face.send(form), self.face.send(form))

        self.world.run(both())
        self.world.settle()

    def dismiss(self) -> None:
        """Close the open form without sending it."""
        self.face.dismiss(self.form)

    def shortcut(self, label: str, seen: Seen) -> Seen | None:
        """Use a message shortcut on that message; what they privately see as the answer, if anything."""
        before = {one.id for one in self.private()}
        self.answer = self.world.run(self.face.shortcut(seen, label))
        self.world.settle()
        fresh = [one for one in self.private() if one.id not in before and one.by_bot]
        return fresh[-1] if fresh else None

    def home(self) -> Seen | None:
        """Open what is theirs: the app's home, or its card in the personal chat."""
        self.answer = self.world.run(self.face.open_home())
        self.world.settle()
        return self.face.at_home()

    def again(self, seen: Seen) -> Seen | None:
        """The same message as it looks now."""
        return next((one for one in self.face.messages(seen.place) if one.id == seen.id), None)

    def send(self, text: str, times: int, at: str = "") -> list[Any]:
        """The very same request, that many times at the same moment; every HTTP answer."""
        body, headers = self.face.request(text, self.place(at))

        async def all_at_once() -> list[Any]:
            return await asyncio.gather(*(self.face.side.deliver(body, headers) for _ in range(times)))

        answers = self.world.run(all_at_once())
        self.world.settle()
        return answers

    def place(self, at: str) -> str:
        """A conversation by what a test calls it."""
        match at:
            case "":
                return self.face.channels[0]
            case "direct":
                return self.face.direct
            case "general":
                return self.face.channels[-1]
            case "second":
                return self.face.channels[1]
        return at

    def room(self, at: str = "") -> list[Seen]:
        """What stands in a room, as this person sees it."""
        return [one for one in self.face.messages(self.place(at)) if not one.private]

    @property
    def inbox(self) -> list[Seen]:
        """Their direct messages with Parley."""
        return [one for one in self.face.messages(self.face.direct) if one.by_bot]

    def private(self) -> list[Seen]:
        """What only they see, anywhere."""
        places = [*self.face.channels, self.face.direct]
        everything = [one for place in places for one in self.face.messages(place)]
        return [one for one in everything if one.private or one.place == self.face.direct]

    def sight(self) -> list[Seen]:
        """Everything in all their places."""
        return [one for place in (*self.face.channels, self.face.direct) for one in self.face.messages(place)]
