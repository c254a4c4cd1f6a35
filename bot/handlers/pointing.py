"""What is said here and belongs elsewhere: participant data is stopped, harm and breaches are pointed on."""

from datetime import datetime

from bot import grammar
from bot.cards import issue_legal as cards
from bot.cards import when
from bot.errors import Refusal
from bot.governance.blinding import reads_unblinded
from bot.governance.guard import Found, look
from bot.governance.issue import Issue
from bot.governance.legal import QUALITY, SAFETY, check_breach
from bot.handlers import emergency, issue_tagged
from bot.handlers.asking import RECORD
from bot.handlers.issue_scene import scene
from bot.handlers.letters import BREACH, CARD
from bot.intents import Intent
from bot.outbox import Audience, Letter
from bot.ports import Opening, Request
from bot.records import Entry
from bot.views import ANSWERED, Button, Card

SAFETY_LINE, QUALITY_LINE = "safety.line", "quality.line"
# Of ours, or what its platform tells of a message: its address, its times.
NEVER_WORDS = frozenset({"draft", "link", "said at", "edited at", ANSWERED})
# Fields that hold ids, days and choices: looked at each alone, because no sentence goes on in them.
ALONE = frozenset(
    {
        *("issue", "owner id", "version", "page", "partnership", "class", "severity", "due", "day", "time"),
        *("visibility", "study", "level", "state", "mine", "late", "since", "capa", "duplicate"),
        *("unblinded", "reader", "with", "blinding", "act", "commit", "decision", "action", "session"),
        *("receiver id", "on", "until", "before", "deciders", "supersedes", "decided_on", "follow_up"),
    }
)


class ParticipantData(Refusal):
    """This looks like data about a participant ({what}), so nothing was saved. It belongs in the study’s own
    systems, never in Parley: write it with site, counts and dates alone. Is somebody harmed? Call {where}"""


class HarmToAParticipant(Refusal):
    """This looks like data about a participant ({what}), so nothing was saved. An adverse event goes to the
    safety line now: {where}"""


FORMS = ("form", "act")  # letters that show a form: of the words in a draft one is told once
STOPPED = (ParticipantData.__name__, HarmToAParticipant.__name__)


def written(intent: Intent) -> str:
    """The words of a request, those of all its fields together."""
    fields = {name: words for name, words in intent.fields.items() if words and name not in NEVER_WORDS}
    return "\n".join([intent.text, *(fields[name] for name in fields if name not in ALONE)])


def seen(intent: Intent) -> Found:
    """What they look like; ids, days and choices each alone."""
    fields = {name: words for name, words in intent.fields.items() if words and name not in NEVER_WORDS}
    found = look(written(intent))
    for name in ALONE & fields.keys():
        found = found.and_also(look(fields[name]))
    return found


def stop(request: Request) -> None:
    """Refuses participant data before anything is done with it; its words are kept nowhere."""
    found = seen(request.intent)
    if not found.participant:
        return
    what = " and ".join(one.why.partition(":")[0] for one in found.participant[:2])
    where = emergency.spoken(request.archive, request.actor, SAFETY, _home(request))
    refusal = (HarmToAParticipant if found.harm else ParticipantData)(what=what, where=where)
    refusal.kept = {"found": ", ".join(found.names)}
    raise refusal


def point(request: Request, letter: Letter) -> None:
    """Whom to call about an adverse event or possible breach: at once, and once, whatever the answer is."""
    found = seen(request.intent)
    if found.event and not (letter.kind == "refusal" and letter.subject in STOPPED):
        _tell(request, letter, SAFETY, SAFETY_LINE)
    if found.breach and letter.kind != BREACH:
        _tell(request, letter, QUALITY, QUALITY_LINE)
    if letter.kind == CARD and reads_unblinded(written(request.intent)):
        issue_tagged.point(request, letter.subject)


def _tell(request: Request, answer: Letter, line: str, kind: str) -> None:
    archive, actor, intent = request.archive, request.actor, request.intent
    draft = answer.subject if answer.kind.rpartition(".")[2] in FORMS else intent.fields.get("draft", "")
    key = f"{kind}:{actor.person}:{draft or intent.key}"
    if not archive.once(key, None, request.wall):
        return
    issue = _issue(request)
    facts = {"at": request.now.isoformat(), "issue": issue.id if issue else ""}
    audience = Audience(person=actor.person, user=intent.speaker.user, place=intent.place)
    request.promise(audience, Letter(kind, _home(request), facts), key)
    record = issue.id if issue else ""
    archive.record(Entry(f"{line}.pointed", actor.person, request.now, None, actor.organisation, record))


def _home(request: Request) -> str:
    """The partnership it is about, where that is settled: the issue's, the form's, the room's."""
    if issue := _issue(request):
        return issue.partnership
    said = request.intent.fields.get("partnership", "")
    room = request.archive.room_at(request.actor, request.intent.place)
    return said if said in request.actor.partnerships else room.partnership if room else ""


def _issue(request: Request) -> Issue | None:
    """The issue that a button, a form or a typed number names."""
    archive, actor, fields = request.archive, request.actor, request.intent.fields
    draft = archive.draft(actor, fields["draft"]) if fields.get("draft") else None
    known = fields.get("issue") or (draft.fields.get(RECORD, "") if draft else "")
    if known:
        return archive.issue(actor, known)
    word = next(iter(request.intent.text.split()[2:3]), "").rstrip(",:;").lstrip("#")
    found = archive.issues_numbered(actor, word) if grammar.is_number(word) else ()
    return found[0] if len(found) == 1 else None


def safety(opening: Opening) -> tuple[Card, int]:
    """Who answers the safety line."""
    return cards.call(SAFETY, _lines(opening, SAFETY), _at(opening)), 0


def quality(opening: Opening) -> tuple[Card, int]:
    """Who answers the quality lines; where it is about an issue, one press names that a possible breach."""
    issue = opening.archive.issue(opening.reader, opening.letter.facts.get("issue", ""))
    press = _press(opening, issue) if issue else None
    return cards.call(QUALITY, _lines(opening, QUALITY), _at(opening), press), 0


def _press(opening: Opening, issue: Issue) -> Button | None:
    """Naming it a possible serious breach, where that is still to be done and theirs to do."""
    if issue.read_as_third(opening.reader.organisation):
        return None
    try:
        check_breach(issue, scene(opening.archive, opening.reader, issue, opening.now).party)
    except Refusal:
        return None
    return Button("Possible serious breach", BREACH, {"issue": issue.id, ANSWERED: "yes"}, primary=True)


def _lines(opening: Opening, line: str) -> tuple[cards.Line, ...]:
    return emergency.lines(opening.archive, opening.reader, line, opening.letter.subject)


def _at(opening: Opening) -> str:
    return when.instant(datetime.fromisoformat(opening.letter.facts["at"]), opening.reader.zone)
