"""Answering a redaction: agreed, the words go wherever they stand; declined or taken back, nothing does."""

import json
from collections.abc import Iterable
from dataclasses import replace

from bot.cards import redaction as cards
from bot.dossier import Link
from bot.errors import Refusal
from bot.governance import redaction as rules
from bot.governance.hold import Held
from bot.governance.redaction import Redaction, State
from bot.handlers import issue_redact as asking
from bot.handlers import setup_fields as fields
from bot.handlers.issue_redact import ASKED, CARD, Told
from bot.handlers.issue_scene import Scene, scene
from bot.handlers.letters import everyone, renew, tell
from bot.handlers.rows import Command
from bot.handlers.setup_proposal import REASON
from bot.handlers.setup_terms import drawn
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.views import Button, Card, Form, TextField

DECLINE = "redact.decline_form"


class NoSuchRedaction(Refusal):
    """There is no such redaction for you to answer; nothing changed."""


class StillNeeded(Refusal):
    """{company} cannot have {number} redacted at present, so nothing changed; ask {name}."""


def agree(request: Request, words: str) -> Letter:
    """In force at once: in the lines, where their words stand now, and in every message about the issue."""
    found, begun = _to_answer(request)
    archive, issue = request.archive, begun.record
    _released(archive, found, begun)
    going, taken = _going(archive, begun, found)
    found = replace(found, lines=tuple(sorted(one.link.seq for one in going)))
    archive.erase_lines(request.actor, found.chain, found.lines)
    archive.erase_notes(request.actor, issue.id, found.visibility, taken)
    archive.forget_words(issue.id, {one.link.person for one in going}, taken)
    if found.visibility is issue.visibility:
        issue = replace(rules.struck(issue, taken), version=issue.version + 1)
        archive.save_struck(request.actor, issue)
        asking.note(request, found, "issue.redact", found.why, issue.version)
        renew(request, issue)
        tell(request, issue, everyone(request, issue))
    else:
        asking.note(request, found, "issue.redact", found.why)
    _end(request, found.settled(State.AGREED, request.actor.person, request.now))
    return Letter(CARD, found.id)


def _going(archive: Archive, begun: Scene, found: Redaction) -> tuple[tuple[Told, ...], frozenset[str]]:
    """The lines that were asked for with those that say their words again, and all the words that go."""
    own = [one for one in asking.lines(archive, begun) if one.link.chain == found.chain]
    chosen = [one for one in own if one.link.seq in found.lines]
    taken = frozenset(word for one in chosen for word in one.words)
    further = (one for one in own if one not in chosen and _again(one.link, taken))
    return (*chosen, *further), taken


def _again(link: Link, taken: Iterable[str]) -> bool:
    return rules.repeats(json.loads(link.payload or "{}"), taken)


def _released(archive: Archive, found: Redaction, begun: Scene) -> None:
    """Nothing goes that one of the sides holds; the other side does not learn that it does."""
    issue, side = begun.record, begun.party.side
    if archive.held(issue.partnership, issue.id, side):
        raise Held(number=issue.number).showing(CARD, found.id)
    if archive.held(issue.partnership, issue.id, side.other):
        company = begun.here.company(side.other)
        needed = StillNeeded(company=company, number=issue.number, name=begun.here.called(found.by))
        raise needed.showing(CARD, found.id)


def open_decline(request: Request, words: str) -> Letter:
    """Why not."""
    return Letter(DECLINE, _to_answer(request)[0].id)


def decline_form(opening: Opening) -> tuple[Form, int] | None:
    """A reason, for the one who asked."""
    about = _about(opening)
    if about is None:
        return None
    hidden = {"redaction": about.redaction.id}
    opens = Button("Fill in the form", DECLINE, hidden, primary=True, opens=True)
    why = TextField("reason", "Why not", opening.letter.facts.get("reason", ""), long=True)
    title = f"Decline {about.issue.number}"[:24]
    return drawn(opening, Form(title, "redact.decline", (why,), hidden, None, "Decline"), opens)


def decline(request: Request, words: str) -> Letter:
    """Nothing is redacted, with a reason."""
    found, _ = _to_answer(request)
    reason = " ".join(fields.filled(request).get("reason", "").split())
    if REASON(reason):
        return fields.sent(request, DECLINE, found.id)
    asking.note(request, found, "redact.declined", reason)
    _end(request, found.settled(State.DECLINED, request.actor.person, request.now, reason))
    return Letter(CARD, found.id)


def withdraw(request: Request, words: str) -> Letter:
    """The company that asked for it takes it back."""
    found, begun = _asked(request)
    rules.check_open(found, begun.record.number)
    if found.organisation != request.actor.organisation:
        raise NoSuchRedaction
    asking.note(request, found, "redact.withdrawn", "")
    _end(request, found.settled(State.WITHDRAWN, request.actor.person, request.now))
    return Letter(CARD, found.id)


def _asked(request: Request) -> tuple[Redaction, Scene]:
    archive, actor = request.archive, request.actor
    found = archive.redaction(actor, request.intent.fields.get("redaction", ""))
    issue = archive.issue(actor, found.issue) if found else None
    if found is None or issue is None or actor.side is None:
        raise NoSuchRedaction
    return found, scene(archive, actor, issue, request.now)


def _to_answer(request: Request) -> tuple[Redaction, Scene]:
    found, begun = _asked(request)
    rules.check_open(found, begun.record.number)
    waiting = _waits_for(begun, found)
    if request.actor.person not in waiting:
        names = " or ".join(begun.here.called(one) for one in waiting) or "somebody else"
        raise rules.NotYoursToAnswer(names=names).showing(CARD, found.id)
    return found, begun


def _waits_for(begun: Scene, found: Redaction) -> tuple[str, ...]:
    side = begun.here.partnership.side_of(found.organisation)
    return asking.answering(begun, found.visibility, found.by, side)


def _end(request: Request, ended: Redaction) -> None:
    """Kept, and on every live card of it."""
    request.archive.settle_redaction(request.actor, ended)
    for audience in request.archive.told(Letter(CARD, ended.id)):
        asking.send(request, ended, audience.person)


def card(opening: Opening) -> tuple[Card, int] | None:
    """The live card, for those who may read the lines it is about."""
    about = _about(opening)
    return (cards.card(about), about.redaction.version) if about else None


def asked(opening: Opening) -> tuple[Card, int] | None:
    """The asker's answer: the words themselves stand on the live card alone, which can be edited."""
    issue = opening.archive.issue(opening.reader, opening.letter.subject)
    if issue is None:
        return None
    key = opening.letter.facts.get("request", "")
    found = asking.redaction_id(opening.reader.person, key, issue)
    about = _about(replace(opening, letter=Letter(CARD, found)))
    return (cards.asked(about), 0) if about else None


def _about(opening: Opening) -> cards.Asked | None:
    archive, reader = opening.archive, opening.reader
    found = archive.redaction(reader, opening.letter.subject)
    issue = archive.issue(reader, found.issue) if found else None
    if found is None or issue is None or reader.side is None:
        return None
    begun = scene(archive, reader, issue, opening.now)
    if found.state is not State.OPEN:
        return cards.Asked(found, issue, begun.here)
    going, _ = _going(archive, begun, found)
    chosen = [one for one in going if one.link.seq in found.lines]
    waiting = _waits_for(begun, found)
    return cards.Asked(
        found,
        issue,
        begun.here,
        lines=tuple((_when(one, begun), cards.excerpt(tuple(one.words), cards.SIGNS)) for one in chosen),
        further=len(going) - len(chosen),
        waits_for=tuple(begun.here.called(one) for one in waiting),
        answers=reader.person in waiting,
        asked=reader.organisation == found.organisation,
    )


def _when(one: Told, begun: Scene) -> str:
    who = begun.here.called(one.link.person) if one.link.person else "Parley"
    return f"{begun.here.time(one.link.at)}, {who}"


ROWS = (
    Command("redact.agree", "", "", None, agree),
    Command(DECLINE, "", "", None, open_decline),
    Command("redact.decline", "", "", None, decline),
    Command("redact.withdraw", "", "", None, withdraw),
)
LETTERS = {CARD: card, ASKED: asked, DECLINE: decline_form}
