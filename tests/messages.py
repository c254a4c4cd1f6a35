"""What happens to messages in a room without Parley: others post, change and delete them, on any platform."""

import json
from typing import Any
from urllib.parse import urlencode

from playground.cast import Author
from playground.slack_payloads import shortcut
from playground.slack_record import SlackDraft
from playground.teams_activities import payload
from playground.teams_dialogs import Origin
from tests.faces import Seen, SlackFace
from tests.voice import Voice
from tests.world import APP_ID

GONE = "This message was deleted."


def posted(voice: Voice, author: Author, text: str) -> Seen:
    """An account that is nobody of ours says it in the voice's room."""
    record, place = voice.face.side.record, voice.place("")
    if isinstance(voice.face, SlackFace):
        record.post(record.room(voice.face.workspace, place), SlackDraft(author, text))
    else:
        record.add(record.resolve(place)[0], author, (text, None), None)
    return voice.room()[-1]


def edited(voice: Voice, said: Seen, text: str) -> Seen | None:
    """The same message after its writer has changed it."""
    record = voice.face.side.record
    if isinstance(voice.face, SlackFace):
        record.edit(record.room(voice.face.workspace, said.place), said.id, text=text)
    else:
        record.edit(record.resolve(said.place)[0], said.id, text=text, edited=True)
    return voice.again(said)


def used_too_late(voice: Voice, said: Seen, command: str) -> None:
    """A shortcut on a message whose menu stood open when it was deleted."""
    use = _on_slack if isinstance(voice.face, SlackFace) else _on_teams
    voice.world.run(use(voice.face, said, command))
    voice.world.settle()


def _on_slack(face: Any, said: Seen, command: str) -> Any:
    room, (_, person) = face.side.record.room(face.workspace, said.place), face.side.record.person(face.id)
    used = shortcut(room, person, room.find(said.id), command) | {"action_ts": "1.1", "trigger_id": "1.2.s"}
    used["message"] |= {"subtype": "tombstone", "text": GONE, "user": "USLACKBOT"}
    return face.side.deliver(urlencode({"payload": json.dumps(used)}))


def _on_teams(face: Any, said: Seen, command: str) -> Any:
    there, (_, person) = face.side.record.resolve(said.place)[0], face.side.record.person(face.id)
    told = payload(there, there.find(said.id), APP_ID) | {"deleted": True, "body": {"content": ""}}
    asked = {"commandId": command, "commandContext": "message", "messagePayload": told}
    origin = Origin(said.place, said.id, command, told)
    return face.side._dialog(person, origin, ("composeExtension/fetchTask", asked))
