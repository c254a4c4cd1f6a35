"""Who comes to a room and who goes, on whatever platform: for tests that speak of neither."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playground import slack_people, teams_people
from tests.faces import SlackFace
from tests.voice import Voice
from tests.world import World

LOGGED = "issue TMF backlog at site 104, major, owner rafael"
HOSTS = {
    "marcus": "priya",
    "annika": "david",
}  # somebody in a shared room of each side, and who administers it
CLOSED = "Open in your own space"
SOMEBODY = {"title": "Consultant", "zone": "Europe/Vienna"}
OUTSIDE: dict[str, list[dict[str, Any]]] = {
    "slack": [
        {
            **{"id": "T0ELSE", "name": "Elsewhere", "bot_token": "", "bot_user": "UELSE", "channels": []},
            "people": [{"id": "U0OTTO", "handle": "otto", "name": "Otto Brandt", **SOMEBODY}],
        }
    ],
    "teams": [
        {
            **{"id": "t-else", "name": "Elsewhere", "channels": []},
            "people": [{"id": "aad-otto", "name": "Ottilie Brandt", **SOMEBODY}],
        }
    ],
}


def shown(voice: Voice) -> list[Any]:
    """What the bot has posted in their room."""
    return [one for one in voice.room() if one.by_bot]


def asked(voice: Voice) -> list[Any]:
    """The cards about a room in their direct messages."""
    return [one for one in voice.inbox if "Who is in" in one]


class OpenWorld(World):
    """The example world, and one outsider on each platform whom no directory knows."""

    def everyone(self, archive: Any) -> dict[str, Any]:
        told = super().everyone(archive)
        return {name: [*homes, *OUTSIDE[name]] for name, homes in told.items()}

    @contextmanager
    def sending_nothing(self) -> Iterator[None]:
        """What is promised while the block runs waits."""
        self.is_locked = True  # the world then listens, and sends nothing
        yield
        self.is_locked = False

    def adds(self, row: Any) -> None:
        """Somebody writes a row behind the bot's back."""
        with self.bot.store.writing() as archive:
            archive.session.add(row)
            archive.flush()

    def outsider(self, host: Voice) -> Voice:
        """The one who could come to this person's room."""
        return next(one for one in map(self.as_, ("otto", "ottilie")) if type(one.face) is type(host.face))

    def comes(self, who: Voice, host: Voice, at: str = "") -> None:
        """Somebody comes to this person's room, and the platform says so."""
        self.run(_on(host).join(host.face.side, who.face.id, host.place(at)))
        self.settle()

    def slips_in(self, who: Voice, host: Voice, at: str = "") -> None:
        """Somebody comes, and nobody is told."""
        _members(host, at).append(who.face.id)

    def goes(self, who: Voice, host: Voice, at: str = "") -> None:
        """Somebody leaves this person's room, and the platform says so."""
        self.run(_on(host).leave(host.face.side, who.face.id, host.place(at)))
        self.settle()

    def slips_out(self, who: Voice, host: Voice, at: str = "") -> None:
        """Somebody leaves, and nobody is told."""
        _members(host, at).remove(who.face.id)

    def turns(self, who: Voice, kind: str) -> None:
        """An account is a "guest" or "gone" now, or a "member" again, as far as the platform tells."""
        self.run(_on(who).turn(who.face.side, who.face.id, kind))
        self.settle()

    def puts_out(self, host: Voice) -> None:
        """Parley is taken out of this person's room."""
        self.run(_put(host, is_in=False))
        self.settle()

    def puts_in(self, host: Voice) -> None:
        """Parley is in this person's room again."""
        self.run(_put(host, is_in=True))
        self.settle()

    def is_in(self, host: Voice) -> bool:
        """Whether Parley is in this person's room."""
        if isinstance(host.face, SlackFace):
            return host.face.side.record.room(host.face.workspace, host.place("")).has_bot
        return host.face.side.record.resolve(host.place(""))[0].installed


def _on(voice: Voice) -> Any:
    return slack_people if isinstance(voice.face, SlackFace) else teams_people


def _members(host: Voice, at: str) -> list[str]:
    record = host.face.side.record
    if isinstance(host.face, SlackFace):
        return record.room(host.face.workspace, host.place(at)).members
    return record.resolve(host.place(at))[0].members


def _put(host: Voice, is_in: bool) -> Any:
    side, place = host.face.side, host.place("")
    if isinstance(host.face, SlackFace):
        return (slack_people.invite_bot if is_in else slack_people.remove_bot)(side, place)
    return side.install(place) if is_in else side.uninstall(place)
