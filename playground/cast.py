"""Who is in the play: the workspaces, tenants, people and channels that the emulators start with."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

Json = dict[str, Any]

BOT_NAME = "Parley"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a message, as the window shows it."""

    id: str
    name: str
    bot: bool = False


@dataclass(frozen=True, slots=True)
class SlackPerson:
    id: str
    handle: str
    name: str
    title: str
    zone: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A Slack channel; `members` are ids of people. The bot is in every channel until it is taken out."""

    id: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Workspace:
    id: str
    name: str
    bot_token: str
    bot_user: str
    people: tuple[SlackPerson, ...]
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class TeamsPerson:
    """`id` is the aadObjectId."""

    id: str
    name: str
    title: str
    zone: str


@dataclass(frozen=True, slots=True)
class TeamsChannel:
    """`id` is the thread id, such as `19:hal-northmere@thread.tacv2`; `members` are aadObjectIds."""

    id: str
    name: str
    team: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tenant:
    id: str
    name: str
    people: tuple[TeamsPerson, ...]
    channels: tuple[TeamsChannel, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    slack: tuple[Workspace, ...]
    teams: tuple[Tenant, ...]

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Cast":
        """The inverse of `to_json`; KeyError or TypeError says which field is missing or unknown."""
        return cls(
            slack=tuple(_workspace(row) for row in told["slack"]),
            teams=tuple(_tenant(row) for row in told["teams"]),
        )

    def to_json(self) -> Json:
        """Plain dicts and lists, one key per field, ready for `json.dumps`."""
        told: Json = _listed(asdict(self))
        return told


def _workspace(row: Mapping[str, Any]) -> Workspace:
    people = tuple(SlackPerson(**person) for person in row["people"])
    channels = tuple(Channel(**{**one, "members": tuple(one["members"])}) for one in row["channels"])
    return Workspace(**{**row, "people": people, "channels": channels})


def _tenant(row: Mapping[str, Any]) -> Tenant:
    people = tuple(TeamsPerson(**person) for person in row["people"])
    channels = tuple(TeamsChannel(**{**one, "members": tuple(one["members"])}) for one in row["channels"])
    return Tenant(**{**row, "people": people, "channels": channels})


def _listed(value: Any) -> Any:
    match value:
        case dict():
            return {key: _listed(inner) for key, inner in value.items()}
        case tuple() | list():
            return [_listed(inner) for inner in value]
        case _:
            return value
