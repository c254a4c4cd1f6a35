"""What every record that is being made has: a draft that knows where it was begun, kept until it is whole."""

import hashlib
from collections.abc import Mapping

from bot.ports import Request


def place(request: Request) -> Mapping[str, str]:
    """What the place settles: a linked room's partnership and class; privacy in a direct message."""
    room = request.archive.room_at(request.actor, request.intent.place)
    if room:
        return {"room partnership": room.partnership, "room class": str(room.visibility)}
    return {"private": "yes"} if request.intent.place.private else {}


def draft_id(request: Request, kind: str = "") -> str:
    """The same request is the same draft of that kind, however often it arrives."""
    seed = f"{request.actor.person}:{request.intent.key}{kind}"
    return hashlib.sha256(seed.encode()).hexdigest()[:20]
