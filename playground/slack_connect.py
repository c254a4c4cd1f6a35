"""Slack Connect: somebody of another workspace in a channel, and how what they do looks on the wire."""

from playground.cast import Json, SlackPerson, Workspace
from playground.slack_record import SlackRecord, SlackRoom

# Somebody whom nobody here knows, for a world with one workspace only.
STRANGER = SlackPerson("U0STRANGER", "robin", "Robin Vale", "Adviser", "Europe/Dublin")
ELSEWHERE = Workspace("T0ELSEWHERE", "Oakridge Advisory", "", "U0OAKBOT", (STRANGER,), ())


def let_in(record: SlackRecord, user: str, channel: str) -> None:
    """Share the channel with this person's workspace and let them in; LookupError if unknown or at home.

    STRANGER brings their workspace along.
    """
    if user == STRANGER.id:
        record.join(ELSEWHERE)
    home, room = _both(record, user, channel)
    if home.id == room.workspace.id:
        raise LookupError(f"{user} is at home in {channel}.")
    if home.id not in room.shared_with:
        room.shared_with.append(home.id)
    if user not in room.members:
        room.members.append(user)
    record.changed()


def let_out(record: SlackRecord, user: str, channel: str) -> None:
    """Take them out again; the channel stays shared for as long as somebody of theirs is in it."""
    home, room = _both(record, user, channel)
    if user not in room.members or home.id not in room.shared_with:
        raise LookupError(f"{user} is no guest in {channel}.")
    room.members.remove(user)
    if not {person.id for person in home.people} & set(room.members):
        room.shared_with.remove(home.id)
    record.changed()


def event(callback: Json, room: SlackRoom, home: Workspace) -> Json:
    """An event as it looks from a shared channel: through whom it is heard, and whence its author comes."""
    if not room.shared_with:
        return callback
    heard = {
        "is_ext_shared_channel": True,
        "context_team_id": room.workspace.id,
        "context_enterprise_id": None,
    }
    teams = {"team": home.id, "user_team": home.id, "source_team": home.id}
    guest = teams if home.id != room.workspace.id else {}
    return callback | heard | {"event": callback["event"] | guest}


def click(payload: Json, home: Workspace) -> Json:
    """A click names the presser's workspace only beside the presser; `team` is the one that installed us."""
    return payload | {"user": payload["user"] | {"team_id": home.id}}


def slash(fields: dict[str, str], home: Workspace) -> dict[str, str]:
    """A command comes from the speaker's own workspace, wherever they are a guest."""
    return fields | {"team_id": home.id}


def home_of(record: SlackRecord, asking: Workspace, user: str) -> Workspace:
    """A guest's own workspace, where they share a channel with the one that asks; else the one that asks."""
    shared = (room for room in record.rooms(asking) if room.shared_with and user in room.members)
    return record.person(user)[0] if any(shared) else asking


def _both(record: SlackRecord, user: str, channel: str) -> tuple[Workspace, SlackRoom]:
    home, _ = record.person(user)
    for workspace in record.workspaces.values():
        for room in record.rooms(workspace):
            if room.id == channel and room.kind == "channel":
                return home, room
    raise LookupError(f"There is no channel {channel}.")
