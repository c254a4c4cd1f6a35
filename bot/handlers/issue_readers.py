"""The named readers of a restricted record: one more, after a preview and a named act, or one fewer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot import grammar
from bot.cards import issue_readers as cards
from bot.errors import Refusal
from bot.governance import opening as rules
from bot.governance.blinding import Blinding, NotUnblinded
from bot.governance.change import difference, texts
from bot.governance.hidden import named, numbers
from bot.governance.issue import Issue
from bot.governance.partnership import Person
from bot.handlers.acting import Act, Unsaid, needs
from bot.handlers.issue import save
from bot.handlers.issue_said import named as with_company
from bot.handlers.issue_scene import Scene, scene
from bot.handlers.issue_share import DONE, LEFT, hidden_from, keep_preview, preview_id
from bot.handlers.letters import CARD, entitled, post_cards, refresh_cards, tell
from bot.handlers.scene import in_words
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.records import Draft
from bot.views import Card, Choice, Field, TextField

ADD, REMOVE = "add", "remove"
ASKED = "issue.readers"
TURN = re.compile(r"(?:(add|with|let)|(without|remove|drop))\b\s*", re.IGNORECASE)
LONGEST_NAME = 4  # words
OWN = ("id", "number", "partnership", "visibility", "rules", "policy", "version", "linked_to")


class NoReader(Unsaid):
    """Choose who is to read it, or no longer."""


class NoReasonToRead(Unsaid):
    """Say why; everybody who reads it reads that."""


class SeveralReaders(Refusal):
    """“{words}” could be {choices}; write the full name."""


class NobodyToRead(Refusal):
    """“{words}” is nobody of the two companies; write a full name, or choose from the form."""


class TellsTooMuch(Refusal):
    """It names “{words}”, which {name} may not see; log what they need to know as an issue of its own."""


class NotesOfOneSide(Refusal):
    """Its notes are for {company} alone, so nobody of another company can read it; log it anew for them."""


def _people(scene: Scene) -> tuple[Person, ...]:
    here = scene.here
    return tuple(sorted(here.people.values(), key=lambda one: (one.organisation, one.name)))


def _fields(scene: Scene) -> tuple[Field, ...]:
    """Everybody of the two companies: who does not read it yet, and who does."""
    called = dict(with_company((scene.here.partnership,), _people(scene)))
    more = [
        (f"{ADD}:{one}", f"Add {name}"[:75])
        for one, name in called.items()
        if one not in scene.record.readers
    ]
    fewer = [
        (f"{REMOVE}:{one}", f"Take off {name}"[:75])
        for one, name in called.items()
        if one in scene.record.readers
    ]
    return (
        Choice("reader", "Who", (*more, *fewer)),
        TextField("reason", "Why", hint="Everybody who reads it reads this", long=True),
    )


def _read(scene: Scene, words: str) -> Mapping[str, str]:
    """ "@tomasz because he assesses it", "without @ingrid, she has moved on"."""
    turn = TURN.match(words)
    rest = words[turn.end() :] if turn else words
    if not rest:
        return {}
    person, reason = _first_named(scene, rest.lstrip("@ "))
    act = REMOVE if turn and turn[2] else ADD
    return {"reader": f"{act}:{person.id}", "reason": reason.strip(" ,;:-–")}


def _first_named(scene: Scene, words: str) -> tuple[Person, str]:
    """The person whom the first words name, as many of them as fit, and what follows."""
    head, *_ = re.split(r"[,;:\n]", words, maxsplit=1)
    spans = [found.end() for found in re.finditer(r"\S+", head)][:LONGEST_NAME]
    several: tuple[Person, ...] = ()
    for end in reversed(spans):
        found = grammar.people_called(words[:end], _people(scene))
        if len(found) == 1:
            return found[0], words[end:]
        several = found or several
    beside = CARD, scene.record.id
    if several:
        choices = " or ".join(one.name for one in several[:5])
        raise SeveralReaders(words=head[:60], choices=choices).showing(*beside)
    raise NobodyToRead(words=head[:60]).showing(*beside)


def _reader(scene: Scene) -> Mapping[str, str]:
    """Somebody who may come to read it, or whom it can do without."""
    act, _, person = scene.said("reader").partition(":")
    if not person:
        raise NoReader
    if act == ADD:
        _check_new(scene, scene.here.people[person])
    else:
        with in_words(scene):
            rules.taken_off(scene.record, scene.party, person)
    return {}


def _check_new(scene: Scene, person: Person) -> None:
    """Unblinded for an unblinded topic; and nothing in it may tell them of what they must not see."""
    issue, archive = scene.record, scene.archive
    if issue.unblinded and person.blinding is not Blinding.UNBLINDED:
        raise NotUnblinded(name=scene.here.name(person.id))
    noted = any(line.what == "issue.note" for line in archive.history(scene.actor, issue.id))
    if noted and person.organisation != scene.actor.organisation:
        raise NotesOfOneSide(company=scene.here.company(scene.party.side))
    if words := _unseen(scene, person):
        raise TellsTooMuch(words=words, name=scene.here.name(person.id))


def _unseen(scene: Scene, person: Person) -> str:
    """The first words in it that tell this person of what they do not see; "" where there are none."""
    reader = scene.archive.person_actor(person.id)
    said = "\n".join(_words(scene.archive, scene)).replace(scene.record.number, "")
    for number in numbers(said):
        known = {one.id for one in scene.archive.issues_numbered(scene.actor, number)}
        theirs = scene.archive.issues_numbered(reader, number) if reader else ()
        # What the asker does not see is refused like what does not exist: else they learnt which it is.
        if not known or known - {one.id for one in theirs}:
            return number
    if person.organisation == scene.actor.organisation:
        return ""
    return named(said, hidden_from(scene.saying({"study": scene.record.study})))


def _words(archive: Archive, scene: Scene) -> Iterator[str]:
    """Everything that is written in it: as it stands, as it was, and what was said beside it."""
    issue = scene.record
    yield from _all({name: value for name, value in difference(None, issue)[1].items() if name not in OWN})
    for line in archive.history(scene.actor, issue.id):
        yield line.why
        yield from _all({**(line.before or {}), **(line.after or {}), "id": "", "number": ""})
    yield from (note.text for note in archive.notes(scene.actor, issue.id))


def _all(state: object) -> Iterator[str]:
    return (words for _, words in texts(state))


def _keep(request: Request, scene: Scene, issue: Issue) -> None:
    """One more is previewed first; one fewer is done at once."""
    act, _, person = scene.said("reader").partition(":")
    keep_preview(request, scene, READERS.verb, _mark(scene))
    if act == REMOVE:
        fewer = rules.taken_off(issue, scene.party, person)
        changed = save(request, issue, fewer, "issue.readers", scene.said("reason"))
        refresh_cards(request, changed)
        tell(request, changed, changed.readers)
        id_ = preview_id(request.actor.person, request.intent.key, issue.id)
        kept = request.archive.draft(request.actor, id_)
        assert kept is not None  # noqa: S101 it was kept a moment ago
        request.archive.keep_draft(replace(kept, fields={**kept.fields, DONE: issue.id}))


def _mark(scene: Scene) -> str:
    """Who reads it now: whoever adds one more knows them."""
    return ",".join(sorted(scene.record.readers))


READERS = Act(
    verb="readers",
    typed="readers",
    title="Readers of",
    check=rules.check_readers,
    done=None,
    fields=_fields,
    read=_read,
    settle=(("reader", _reader), needs("reason", NoReasonToRead)),
    keeps=_keep,
    answer=ASKED,
    send="Go on",
)


def asked(opening: Opening) -> tuple[Card, int] | None:
    """Before one more reads it: what and beside whom. After one fewer: what cannot be unseen."""
    archive, reader, letter = opening.archive, opening.reader, opening.letter
    issue = archive.issue(reader, letter.subject)
    draft = archive.draft(reader, preview_id(reader.person, letter.facts.get("request", ""), letter.subject))
    if issue is None or draft is None or LEFT in draft.fields:
        return None
    here = scene(archive, reader, issue, opening.now).here
    act, _, person = draft.fields["reader"].partition(":")
    if act == REMOVE:
        return cards.taken_off(issue, here, person), 0
    if DONE in draft.fields:
        return None
    lines, notes = len(archive.history(reader, issue.id)), len(archive.notes(reader, issue.id))
    return cards.one_more(issue, here, cards.NewReader(draft.id, person, lines, notes)), 0


def let_in(request: Request, scene: Scene, draft: Draft) -> Letter:
    """One more reads all of it from now on; the others hear of it."""
    _, _, person = draft.fields["reader"].partition(":")
    issue = scene.record
    wider = replace(issue, readers=issue.readers | {person})
    changed = save(request, issue, wider, "issue.readers", scene.said("reason"))
    refresh_cards(request, changed)
    post_cards(request, changed, entitled(request.archive, (person,), changed))
    tell(request, changed, changed.readers - {person})
    return Letter(CARD, changed.id)
