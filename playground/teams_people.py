"""Who is in a channel of the small Teams, and what they are: guests, outsiders; who comes and who goes."""

from typing import Any, Protocol

from playground.cast import Json
from playground.teams_activities import Envelope
from playground.teams_record import Conversation, TeamsError, TeamsRecord, team_key, user_key
from playground.wire import Answer

FEWEST, MOST = 50, 500  # people on a page


class Line(Protocol):
    """The way to the bot."""

    record: TeamsRecord

    def envelope(self) -> Envelope: ...
    async def deliver(self, activity: Json | bytes, headers: dict[str, str] | None = None) -> Answer: ...


async def join(side: Line, user: str, conversation: str) -> Answer:
    """Somebody comes to a channel, of another tenant too where it is shared; LookupError if unknown."""
    there, _ = side.record.resolve(conversation)
    side.record.person(user)
    if user not in there.members:
        there.members.append(user)
    return await _moved(side, there, user, "Added")


async def leave(side: Line, user: str, conversation: str) -> Answer:
    """Somebody goes; LookupError where they are not there."""
    there, _ = side.record.resolve(conversation)
    if user not in there.members:
        raise LookupError(f"{user} is not in {conversation}.")
    there.members.remove(user)
    return await _moved(side, there, user, "Removed")


async def turn(side: Line, user: str, kind: str) -> Answer:
    """Somebody becomes a guest or member, which Teams does not tell, or is gone and out of all channels."""
    tenant, _ = side.record.person(user)
    side.record.kinds[user] = kind
    side.record.changed()
    told = Answer(200)
    for there in side.record.conversations(tenant.id) if kind == "gone" else ():
        if there.kind == "channel" and user in there.members:
            told = await leave(side, user, there.id)
    return told


def members(record: TeamsRecord, there: Conversation) -> list[Json]:
    """Everybody in the conversation, as the Connector tells of them; of apps it tells nothing."""
    return [account(record, there, one) for one in there.members]


def paged(record: TeamsRecord, there: Conversation, asked: Any) -> Json:
    """`pagedmembers`: TeamsError 400 for a token that was never given."""
    everybody = members(record, there)
    wanted, token = asked.get("pageSize") or MOST, asked.get("continuationToken") or "0"
    if not (str(wanted).isdigit() and token.isdigit()):
        raise TeamsError(400, "BadArgument", "Unknown page.")
    size, start = min(max(int(wanted), FEWEST), MOST), int(token)
    more = {"continuationToken": str(start + size)} if start + size < len(everybody) else {}
    return {"members": everybody[start : start + size]} | more


def account(record: TeamsRecord, there: Conversation, user: str) -> Json:
    """A guest has an address of their own kind in the tenant that invited them."""
    tenant, person = record.person(user)
    ids = {"id": user_key(user), "aadObjectId": user, "objectId": user, "name": person.name}
    if record.kinds.get(user) == "guest":
        address = f"{user}_elsewhere.example#EXT#@{there.tenant.id}.example"
        return ids | {"tenantId": there.tenant.id, "userRole": "guest", "userPrincipalName": address}
    address = f"{user}@{tenant.id}.example"
    return ids | {"tenantId": tenant.id, "userRole": "user", "userPrincipalName": address}


async def _moved(side: Line, there: Conversation, user: str, how: str) -> Answer:
    """Teams tells it of the team, in the team's own first channel."""
    side.record.changed()
    if not there.installed:
        return Answer(200)
    _, person = side.record.person(user)
    activity = side.envelope().moved(person, there, side.record.new_id(), how)
    activity["conversation"] |= {"id": team_key(there.tenant, there.team or "")}
    return await side.deliver(activity)
