"""Taking away in chat: what is in it, a link for its person, and their word for the browser that opens it."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.actors import Permission
from bot.cards import export as cards
from bot.cards import general, when
from bot.dossier import Kept
from bot.errors import Refusal
from bot.governance.export import LASTS, About, ExportLink, Format, State
from bot.governance.visibility import Scope, Visibility
from bot.handlers.export_gather import NothingToExport, chains_of, gather, titled
from bot.handlers.export_records import anything, chosen
from bot.handlers.export_words import WhichPartnership, meant, pressed_words
from bot.handlers.issue_said import partner_of
from bot.handlers.issue_thread import beneath
from bot.handlers.rows import Command
from bot.outbox import Audience, Letter
from bot.ports import Opening, Request
from bot.records import Entry
from bot.views import Card

CODE = "export.made"
SUMMARY, WHICH, MADE, ASKED = "export.summary", "export.which", "export.made", "export.asked"
TAKEN = (CODE, "operator.export")  # lines of the record that say who took away
SHOWN = 3  # of them, the newest
PARTS = ("record", "study", "partnership", "committee")


class NoSuchLink(Refusal):
    """That is no link of yours that still works; ask for a new one with “export”."""


class OldCode(Refusal):
    """Another browser has opened the link since, with another code; look at the newest question."""


def begin(request: Request, words: str) -> Letter:
    """What is in it; which partnership, where that is open. Alone under an issue’s card: that issue."""
    room = request.archive.room_at(request.actor, request.intent.place)
    about = about_of(request.intent.fields)
    under = None if words else beneath(request.archive, request.actor, request.intent.place)
    about = About(record=under.id) if under else about
    if about != About():
        if not anything(request.archive, request.actor, about):
            raise NothingToExport
        return Letter(SUMMARY, facts=_fields(about))
    try:
        about = meant(request.archive, request.actor, words, room.partnership if room else "")
    except WhichPartnership:
        return Letter(WHICH)
    return Letter(SUMMARY, facts=_fields(about))


def make(request: Request, words: str) -> Letter:
    """A link for the one who asks."""
    fields = request.intent.fields
    about, wanted = about_of(fields), fields.get("format", "")
    if wanted not in set(Format) or not anything(request.archive, request.actor, about):
        raise NothingToExport
    until = request.wall + LASTS
    link = ExportLink(secrets.token_hex(10), request.actor.person, about, Format(wanted), until)
    request.archive.keep_export_link(request.actor, link)
    return Letter(MADE, link.id)


def answer(request: Request, words: str) -> Letter:
    """The browser is theirs, or is not; said twice is said once."""
    fields = request.intent.fields
    link = request.archive.export_link(request.actor, fields.get("link", ""))
    if link is None or not link.good(request.wall) or link.state is State.MADE:
        raise NoSuchLink
    if link.code != fields.get("code"):
        raise OldCode().showing(ASKED, link.id)
    wanted = State.GRANTED if request.intent.verb == cards.YES else State.REFUSED
    if link.state is not wanted:
        link = link.became(wanted)
        request.archive.save_export_link(request.actor, link)
        show(request, link)
    return Letter(ASKED, link.id)


def show(request: Request, link: ExportLink) -> None:
    """The question to its person, as it stands; one message that follows the link."""
    key = f"{ASKED}:{link.id}:{link.version}"
    request.promise(Audience(person=link.person), Letter(ASKED, link.id), key, link.version)


def summed_up(opening: Opening) -> tuple[Card, int] | None:
    """What is in it for this reader, at this moment."""
    fields = dict(opening.letter.facts)
    try:
        dossier = gather(opening.archive, opening.reader, about_of(fields))
    except NothingToExport as nothing:  # it was closed to them since they asked
        return general.refusal(nothing.sentence, None), 0
    way = cards.Way(fields, bool(opening.url), tuple(_before(opening, about_of(fields))))
    return cards.summary(dossier, way), 0


def _before(opening: Opening, about: About) -> Iterator[str]:
    """Who took the same away, the newest first, as far as the reader may know."""
    archive, reader = opening.archive, opening.reader
    homes = archive.known_partnerships(reader)
    people = {one.id: one.name for home in homes for one in archive.people(reader, home.id)}
    one = about.record or about.partnership
    records = (one,) if one else tuple(home.id for home in homes)
    lines = [line for record in records for line in archive.history(reader, record) if line.what in TAKEN]
    same = [line for line in lines if (line.after or {}).get("study", "") == about.study]
    once = {(line.at, line.person): line for line in same}  # one act may have a line in several classes
    for line in sorted(once.values(), key=lambda line: line.at, reverse=True)[:SHOWN]:
        nobody = "somebody who has left" if line.person else "whoever runs Parley"
        yield f"{people.get(line.person, nobody)}, {when.instant(line.at, reader.zone)}"


def asked_which(opening: Opening) -> tuple[Card, int]:
    """The reader's partnerships."""
    mine = opening.archive.known_partnerships(opening.reader)
    return cards.which(tuple((one, partner_of(opening.reader, one)) for one in mine)), 0


def made(opening: Opening) -> tuple[Card, int] | None:
    """The address, for its person alone."""
    link = opening.archive.export_link(opening.reader, opening.letter.subject)
    if link is None:
        return None
    token = opening.archive.export_token(opening.reader, link)
    url = f"{opening.url}/export/{token}" if opening.url and token else ""
    return cards.made(link, _title(opening, link), url), 0


def asked(opening: Opening) -> tuple[Card, int] | None:
    """The question, for its person alone."""
    link = opening.archive.export_link(opening.reader, opening.letter.subject)
    return (cards.asked(link, _title(opening, link)), link.version) if link else None


def _title(opening: Opening, link: ExportLink) -> str:
    records = chosen(opening.archive, opening.reader, link.about) if link.about.record else ()
    return titled(opening.archive, opening.reader, link.about, records)


def _fields(about: About) -> dict[str, str]:
    told = {name: getattr(about, name) for name in PARTS} | {"words": "\n".join(about.words)}
    return {name: value for name, value in told.items() if value}


def recorded(request: Request, link: ExportLink) -> None:
    """Who took it away: a line for each class, and each record of its own, that something was taken of.

    A line tells only of its own class, and not for which words somebody looked. What both sides read says
    nothing where the words were found in notes of one side alone: it would show that there are some.
    """
    records = chosen(request.archive, request.actor, link.about)
    told = {"study": link.about.study, "format": link.format.value}
    for chain in chains_of(request.archive, request.actor, records):
        partnership, visibility, record = (*chain.split(":", 2), "")[:3]
        scope = Scope(partnership, Visibility(visibility))
        openly = replace(request.actor, sees=frozenset({scope}))
        held = (one for one in chosen(request.archive, openly, link.about) if record in ("", one.id))
        if scope.visibility.both_sides and not any(_of(one) == scope for one in held):
            continue  # what the actor reads by name, or as a third company, is another class
        about = record or link.about.record or partnership
        request.archive.record(
            Entry(CODE, request.actor.person, request.now, scope, "", about, "", None, told)
        )


def _of(record: Kept) -> Scope:
    return Scope(record.partnership, record.visibility)


def about_of(fields: Mapping[str, str]) -> About:
    """What a button carries. Raises TooManyWords."""
    record, study, partnership, committee = (fields.get(name, "") for name in PARTS)
    words = pressed_words(fields)
    return About(record, words=words) if record else About("", study, partnership, committee, words)


ROWS = (
    Command(
        "export",
        "Take records away as a file",
        "export HAL-301 enrolment",
        Permission.READ,
        begin,
        reads=True,
    ),
    Command(cards.MAKE, "", "", Permission.READ, make),
    Command(cards.YES, "", "", Permission.READ, answer),
    Command(cards.NO, "", "", Permission.READ, answer),
)
LETTERS = {SUMMARY: summed_up, WHICH: asked_which, MADE: made, ASKED: asked}
