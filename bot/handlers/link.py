"""Linking a channel: to one partnership and one class, with a one-time code for the partner's channel."""

import secrets
from collections.abc import Mapping
from dataclasses import replace

from bot.cards import link as cards
from bot.errors import Refusal
from bot.governance import invitation as rules
from bot.governance.change import difference
from bot.governance.invitation import Invitation, Kind, NoSuchCode, State
from bot.governance.partnership import Partnership, Room
from bot.governance.visibility import Scope, Side, Visibility, internal
from bot.handlers import room as rosters
from bot.handlers import setup_fields as fields
from bot.handlers.setup import need_administrator
from bot.handlers.setup_pairs import chosen
from bot.intents import Place
from bot.outbox import Audience, Letter
from bot.ports import Archive, Opening, Request
from bot.records import Entry
from bot.views import Button, Choice, Form, TextField

FORM, CODE, DONE, TOLD, ENDED = "link.form", "link.code", "link.done", "link.told", "link.ended"


class NotAChannel(Refusal):
    """A direct message cannot be linked; say that in the channel you mean."""


class ForeignChannel(Refusal):
    """This channel is not your own company’s; say that in a channel of yours."""


class LinkedAlready(Refusal):
    """This channel is linked already ({what}); to link it anew, say “link end” first."""


class NotLinked(Refusal):
    """This channel is not linked, so nothing changed; to link it, say “link”."""


class NoCodeForThat(Refusal):
    """“{said}” is no code; say “link”, “link” and the code from your partner, or “link end”."""


class OwnChannelCode(Refusal):
    """Your own company made that code; your partner says it in a channel of theirs."""


class CodeForSetup(Refusal):
    """That code is not for a channel; say “setup” and the code in a direct message."""


def begin(request: Request, words: str) -> Letter:
    """In a channel: the form; with a code from the partner's channel, both are linked."""
    need_administrator(request)
    if words:
        return _with_code(request, words)
    place = request.intent.place
    _free(request, place)
    chosen(request)
    return Letter(FORM, facts=_where(place))


def _where(place: Place) -> dict[str, str]:
    return {"tenant": place.tenant, "conversation": place.conversation}


def _free(request: Request, place: Place) -> None:
    """Refuses what is no channel of the speaker's own company, or linked."""
    if place.private:
        raise NotAChannel
    if place.tenant != request.archive.company(request.actor).tenant:
        raise ForeignChannel
    if room := request.archive.room_at(request.actor, place):
        raise LinkedAlready(what=_what(request, room))
    if request.archive.rooms_at(place):
        raise ForeignChannel


def _what(request: Request, room: Room) -> str:
    found = request.archive.partnership(request.actor, room.partnership)
    return cards.seen(found, room.visibility) if found else "to something else"


def form(opening: Opening) -> tuple[Form, int] | None:
    """Which partnership, and who reads what is shown there."""
    facts, reader = opening.letter.facts, opening.reader
    partners = _partners(opening.archive, opening)
    if not partners or reader.side is None:
        return None
    errors = fields.wrong(facts, _checks(dict(partners)))
    only = partners[0][0] if len(partners) == 1 else ""
    company = opening.archive.company(reader).name
    inputs = (
        Choice("partnership", "Partner", partners, facts.get("partnership", only)),
        Choice("class", "What it shows", cards.classes(company), facts.get("class", "")),
        TextField("name", "What the channel is called", facts.get("name", ""), optional=True),
    )
    hidden = {name: facts.get(name, "") for name in ("tenant", "conversation")}
    opens = Button("Choose", "link.open", hidden, primary=True, opens=True)
    instead = fields.opener(
        "Link this channel", "Choose the partner, and who reads what is shown here.", opens
    )
    drawn = Form(
        "Link this channel", "link.save", fields.noted(errors, inputs), hidden, send="Link", instead=instead
    )
    return drawn, 0


def _partners(archive: Archive, opening: Opening) -> tuple[tuple[str, str], ...]:
    other = (opening.reader.side or Side.SPONSOR).other
    return tuple((one.id, one.company(other)[: fields.SHORT]) for one in archive.partnerships(opening.reader))


def _checks(partners: Mapping[str, str]) -> Mapping[str, fields.Check]:
    return {
        "partnership": fields.one_of(partners, "a partner"),
        "class": fields.one_of(("shared", "internal"), "what it shows"),
        "name": fields.at_most(fields.LONGEST),
    }


def open_form(request: Request, words: str) -> Letter:
    """The form once more, from where it could not be shown."""
    place = _meant(request)
    _free(request, place)
    return Letter(FORM, facts=_where(place))


def _meant(request: Request) -> Place:
    """The channel in which it began; the form may have been filled in somewhere else."""
    asked, place = request.intent.fields, request.intent.place
    conversation = asked.get("conversation") or place.conversation
    private, tenant = place.private and conversation == place.conversation, asked.get("tenant")
    return Place(place.platform, tenant or place.tenant, conversation, private)


def save(request: Request, words: str) -> Letter:
    """One's own class at once; what is shared waits for the partner's channel. An older code ends."""
    archive, actor, facts = request.archive, request.actor, fields.filled(request)
    place = _meant(request)
    _free(request, place)
    partners = {one.id: one for one in archive.partnerships(actor)}
    if fields.wrong({**facts, fields.SENT: ""}, _checks(dict.fromkeys(partners, ""))):
        return fields.sent(request, FORM)
    for old in archive.invitations(actor):
        if old.kind is Kind.ROOM and old.state is State.OPEN and old.place == place:
            archive.settle(old.settled(State.WITHDRAWN, ""))
    partnership, name = partners[facts["partnership"]], " ".join(facts.get("name", "").split())
    if facts["class"] == "internal":
        assert actor.side is not None  # noqa: S101 people always have a side
        room = Room(_new(), actor.organisation, partnership.id, internal(actor.side), name)
        return _link(request, room, place)
    return _offer(request, partnership, place, name)


def _new() -> str:
    return f"ROOM-{secrets.token_hex(5)}"


def _link(request: Request, room: Room, place: Place) -> Letter:
    """Linked: its own channel is told, and it stands in the record of its class."""
    archive = request.archive
    archive.link_room(request.actor, room, place)
    scope, after = Scope(room.partnership, room.visibility), difference(None, room)[1]
    person = request.actor.person
    archive.record(Entry("room.link", person, request.now, scope, "", room.id, "", None, after))
    facts = {"partnership": room.partnership, "class": room.visibility.value}
    request.promise(Audience(room=room.id), Letter(TOLD, room.id, facts), f"{TOLD}:{room.id}")
    return Letter(DONE, room.id)


def _offer(request: Request, partnership: Partnership, place: Place, name: str) -> Letter:
    """A code for the partner's channel."""
    archive, actor = request.archive, request.actor
    made = Invitation(
        id=secrets.token_hex(16),
        kind=Kind.ROOM,
        at=request.now,
        until=request.now + Kind.ROOM.lasts,
        organisation=actor.organisation,
        person=actor.person,
        side=actor.side,
        label=name,
        partnership=partnership.id,
        place=place,
    )
    archive.invite(made)
    after = difference(None, replace(made, place=None))[1]
    entry = Entry("room.offer", actor.person, request.now, None, actor.organisation, made.id, "", None, after)
    archive.record(entry)
    return Letter(CODE, made.id)


def _with_code(request: Request, words: str) -> Letter:
    """ "7K3M-Q0ZD-94TB", or with a comma and what one's own channel is called."""
    said, _, name = words.partition(",")
    found = request.archive.invitation_of(said)
    if not rules.read(said):
        raise NoCodeForThat(said=words[:40])
    if found is None:
        raise NoSuchCode
    if found.kind is not Kind.ROOM:
        raise CodeForSetup
    if found.organisation == request.actor.organisation:
        raise OwnChannelCode
    if found.partnership not in request.actor.partnerships:
        raise NoSuchCode
    return _accept(request, found, " ".join(name.split())[: fields.LONGEST])


def _accept(request: Request, found: Invitation, name: str) -> Letter:
    """Both channels are linked at once; one that is linked to the same already stays as it is."""
    archive, actor = request.archive, request.actor
    own = archive.room_at(actor, request.intent.place)
    if own and (own.partnership, own.visibility) != (found.partnership, Visibility.SHARED):
        raise LinkedAlready(what=_what(request, own))
    rules.check(found, request.now)
    if own is None:
        _free(request, request.intent.place)
        own = Room(_new(), actor.organisation, found.partnership, Visibility.SHARED, name)
        _link(request, own, request.intent.place)
    assert found.place is not None  # noqa: S101 an invitation of a channel has its place
    if not archive.rooms_at(found.place):
        theirs = Room(_new(), found.organisation, found.partnership, Visibility.SHARED, found.label)
        _link(request, theirs, found.place)
    archive.settle(found.settled(State.ACCEPTED, actor.organisation))
    return Letter(DONE, own.id)


def end(request: Request, words: str) -> Letter:
    """The channel shows nothing any more, and is told so."""
    need_administrator(request)
    archive, actor, place = request.archive, request.actor, request.intent.place
    if place.private:
        raise NotAChannel
    room = archive.room_at(actor, place)
    if room is None:
        raise NotLinked
    rosters.give_up(request, room.id)
    scope, before = Scope(room.partnership, room.visibility), difference(None, room)[1]
    archive.record(Entry("room.unlink", actor.person, request.now, scope, "", room.id, "", before, None))
    there = Audience(place=replace(place, thread=""))
    request.promise(there, Letter(ENDED, room.id), f"{ENDED}:{room.id}")
    return Letter("link.off", room.id)


def rooms(request: Request, words: str) -> Letter:
    """Which channels are linked."""
    return Letter("setup.rooms")
