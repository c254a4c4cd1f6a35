"""Who is let in: an unknown person's company administrator is asked once, and decides."""

import hashlib
from dataclasses import replace

from bot.actors import Actor
from bot.cards import admission as cards
from bot.errors import Refusal
from bot.governance.change import difference
from bot.handlers import digest_set, room
from bot.intents import Handle
from bot.outbox import Audience, Letter
from bot.ports import Archive, Opening, Request
from bot.records import Admission, Entry
from bot.views import Card


class AlreadyDecided(Refusal):
    """That was decided before, so nothing changed; this is how it stands."""


class NoSuchAdmission(Refusal):
    """That request is no longer open, so nothing changed."""


def turn_away(request: Request) -> Letter:
    """A stranger learns only that their administrator is asked; who is asked gets one card, once.

    Whatever the stranger's company, the answer is the same, so that it tells nothing.
    """
    archive, handle = request.archive, request.intent.speaker
    organisation, before = archive.organisation_of(handle), archive.admission_of(handle)
    if organisation and archive.identity(handle) is None:
        if before is None:
            _ask(request, Admission(_id_of(handle), organisation.id, handle, "asked", request.now))
        elif before.state == "approved":
            _ask_again(request, before, organisation.id)
    return Letter("admission.unknown")


def _ask_again(request: Request, before: Admission, organisation: str) -> None:
    """Somebody who was let in and has left since: a request of its own, with a card of its own."""
    version = before.version + 1
    made = _id_of(before.handle, str(version))
    again = Admission(made, organisation, before.handle, "asked", request.now, version=version)
    request.archive.ask_again(before, again)
    _announce(request, again)


def introduce(request: Request) -> None:
    """The name of somebody who asked without one, learnt from their platform afterwards."""
    handle = request.intent.speaker
    asked = request.archive.admission_of(handle)
    if asked is None or asked.state != "asked" or asked.handle.name or not handle.name:
        return
    named = replace(asked, handle=handle, version=asked.version + 1)
    request.archive.name_admission(named)
    for person in request.archive.administrators(named.organisation):
        _card(request, named, person)


def _ask(request: Request, admission: Admission) -> None:
    request.archive.ask_admission(admission)
    _announce(request, admission)


def _announce(request: Request, admission: Admission) -> None:
    """It stands in the record, and on a card for each administrator."""
    after = difference(None, admission)[1]
    request.archive.record(
        Entry("admission.ask", "", request.now, None, admission.organisation, admission.id, "", None, after)
    )
    for person in request.archive.administrators(admission.organisation):
        _card(request, admission, person)


def _card(request: Request, admission: Admission, person: str) -> None:
    key = f"admission.asked:{admission.id}:{person}:{admission.version}"
    request.promise(Audience(person=person), Letter("admission.asked", admission.id), key, admission.version)


def _id_of(handle: Handle, again: str = "") -> str:
    """The same account asks once, and once more after each time that it has left."""
    told = ":".join((handle.platform, handle.tenant, handle.user, *([again] if again else [])))
    return hashlib.sha256(told.encode()).hexdigest()[:20]


def decide(request: Request, words: str) -> Letter:
    """The administrator approves or refuses; an approved workspace or tenant alone never lets anybody in."""
    archive, actor, fields = request.archive, request.actor, request.intent.fields
    asked = archive.admission(actor, fields.get("admission", ""))
    if asked is None or fields.get("answer") not in ("approved", "refused"):
        raise NoSuchAdmission
    if asked.state != "asked":
        raise AlreadyDecided().showing("admission.asked", asked.id)
    decided = _decided(request, asked, fields["answer"])
    if decided.state == "approved":
        if archive.identity(decided.handle) is None:
            archive.add_member(actor, decided)
            digest_set.complete(archive, request.now)
        newcomer = archive.person_at(decided.handle)
        if newcomer:
            request.promise(
                Audience(person=newcomer.id), Letter("admission.welcome"), f"welcome:{decided.id}"
            )
        room.look_again(request, archive.silent_rooms(), request.intent.key)
    return Letter("admission.asked", asked.id)


def already_in(request: Request, handle: Handle) -> None:
    """An administrator let them in another way: nobody needs to decide that any more."""
    asked = request.archive.admission_of(handle)
    if asked and asked.state == "asked" and asked.organisation == request.actor.organisation:
        _decided(request, asked, "approved")


def _decided(request: Request, asked: Admission, state: str) -> Admission:
    """It stands in the record, and on every administrator's card."""
    archive, actor, version = request.archive, request.actor, asked.version + 1
    decided = replace(asked, state=state, decided_by=actor.person, decided_at=request.now, version=version)
    archive.decide_admission(actor, decided)
    _record(request, asked, decided)
    for person in archive.administrators(actor.organisation):
        _card(request, decided, person)
    return decided


def _record(request: Request, asked: Admission, decided: Admission) -> None:
    before, after = difference(asked, decided)
    what = f"admission.{decided.state}"
    person, organisation = request.actor.person, asked.organisation
    request.archive.record(Entry(what, person, request.now, None, organisation, asked.id, "", before, after))


def asked(opening: Opening) -> tuple[Card, int] | None:
    """The administrator's card, as it stands."""
    admission = opening.archive.admission(opening.reader, opening.letter.subject)
    if admission is None:
        return None
    newcomer = opening.archive.person_at(admission.handle) if admission.state == "approved" else None
    name = _name(opening.archive, admission)
    return cards.asked(admission, opening.reader, name, newcomer.id if newcomer else ""), admission.version


def _name(archive: Archive, admission: Admission) -> str:
    decider: Actor | None = archive.person_actor(admission.decided_by) if admission.decided_by else None
    return decider.name if decider else "an administrator"


def unknown(opening: Opening) -> tuple[Card, int]:
    """All that a stranger hears."""
    return cards.UNKNOWN, 0


def welcome(opening: Opening) -> tuple[Card, int]:
    """The first message of somebody who was let in."""
    return cards.WELCOME, 0
