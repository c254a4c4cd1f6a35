"""Opening a record up, the first half: its words as others would read them, asked in a form and judged."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bot import grammar
from bot.cards.setting import Setting
from bot.errors import Refusal
from bot.governance import opening as rules
from bot.governance.blinding import reads_unblinded
from bot.governance.hidden import Hidden, named, numbers
from bot.governance.issue import Issue
from bot.governance.opening import Target
from bot.governance.partnership import Partnership, Third
from bot.governance.visibility import Visibility
from bot.handlers import issue_beside as beside
from bot.handlers.acting import Act, Unsaid, needs
from bot.handlers.issue_ask import LONGEST_CATEGORY, EmptyTitle, LongCategory
from bot.handlers.issue_audience import who
from bot.handlers.issue_day import day
from bot.handlers.issue_form import SEVERITIES
from bot.handlers.issue_said import named as with_company
from bot.handlers.issue_scene import Scene
from bot.handlers.letters import CARD
from bot.ports import Request
from bot.records import Draft
from bot.views import Choice, DateField, Field, TextField

PREVIEW = "issue.preview"
WORDS = ("title", "severity", "owner id", "due", "study", "category", "description")
WITH = re.compile(r"with\s+([^,;:]{1,80}?)\s*(?:[,;:]\s*|$|(?=\bbecause\b))", re.IGNORECASE)
# What a draft that is previewed knows besides the words; no field begins with a colon.
OF, VERSION, SEEN, DONE, LEFT = ":of", ":version", ":seen", ":done", ":left"


class NoTitle(Unsaid):
    """Write a title for those who will read it."""


class NoSuchWeight(Unsaid):
    """Say how severe it is: critical, major or minor."""


class NoOwnerYet(Unsaid):
    """Choose who owns it."""


class NoReasonToShare(Unsaid):
    """Say why it is shared; that stays with the old record."""


class HiddenFromThem(Refusal):
    """“{words}” is not for {company} to know, so it cannot be shared in these words; leave that out."""


class PartnerHidden(Refusal):
    """“{words}” is another partner, whom {company} knows only in a study that both serve; leave that out."""


class NotWithThem(Refusal):
    """{number} cannot be shared with “{words}”, so nothing changed; it can be shared with {companies}."""


class UnblindedWords(Refusal):
    """This reads like an unblinded topic, which is never shared; log it anew with the word unblinded."""


def further(scene: Scene) -> tuple[tuple[str, str], ...]:
    """Companies beyond the partnership with which it may be shared, (id, name)."""
    found = scene.archive.thirds(scene.actor, scene.record.partnership)
    return tuple((one.organisation, one.name) for one in found)


def target(scene: Scene) -> Target:
    """Where it would be opened to."""
    beyond = scene.said("with")
    return Target(Visibility.TRI_PARTY if beyond else Visibility.SHARED, beyond)


def company(scene: Scene) -> str:
    """Who would read it from then on: the company across the table, and a third one where that was said."""
    across = scene.here.partnership.company(scene.party.side.other)
    third = beside.reading(scene)
    return f"{across} and {third.name}" if third else across


def _fields(scene: Scene) -> tuple[Field, ...]:
    """The words of the old record; whatever is left standing will be read."""
    beyond = further(scene)
    must = scene.record.visibility.both_sides
    if must and not beyond:
        raise rules.SharedAlready(number=scene.record.number)
    also = (Choice("with", "Share also with", beyond, optional=not must),) if beyond else ()
    *words, reason = asked(scene.record, scene.here, as_it_stands(scene), _studies(scene))
    return (*words, *also, reason)


def _studies(scene: Scene) -> tuple[str, ...]:
    return scene.archive.studies(scene.actor, scene.record.partnership)


def asked(
    issue: Issue, here: Setting, known: Mapping[str, str], studies: tuple[str, ...]
) -> tuple[Field, ...]:
    """The fields of the form, filled; the reason is the last."""
    people = sorted(here.people.values(), key=lambda one: (one.organisation, one.name))
    owners = with_company((here.partnership,), people)
    severities = tuple((one.value, words) for one, words in SEVERITIES.items())
    due = date.fromisoformat(known["due"]) if known["due"] else None
    return (
        TextField("title", "Title", known["title"]),
        Choice("severity", "Severity", severities, known["severity"]),
        Choice("owner id", "Owner", owners, known["owner id"]),
        DateField("due", "Due", due, optional=True),
        Choice("study", "Study", tuple((one, one) for one in studies), known["study"], optional=True),
        TextField("category", "Category", known["category"], optional=True),
        TextField("description", "Description", known["description"], optional=True, long=True),
        TextField("reason", "Why it is shared", hint=f"Kept with {issue.number} alone", long=True),
    )


def as_it_stands(scene: Scene) -> dict[str, str]:
    """The words of the old record, as far as they can stand in the new one."""
    issue = scene.record
    return {
        "title": issue.title,
        "severity": issue.severity.value,
        "owner id": issue.owner if issue.owner in scene.here.people else "",
        "due": issue.due.isoformat() if issue.due and issue.due >= scene.today else "",
        "study": issue.study if issue.study in _studies(scene) else "",
        "category": issue.category,
        "description": issue.description,
    }


def _read(scene: Scene, words: str) -> Mapping[str, str]:
    """ "with Northmere, because they must plan for it"."""
    found = WITH.match(words)
    reason = words[found.end() :] if found else words
    also = {"with": _meant(scene, found[1])} if found else {}
    if scene.record.visibility.both_sides and not also.get("with"):
        missing = beside.NobodyFurther if further(scene) else rules.SharedAlready
        raise missing(number=scene.record.number).showing(CARD, scene.record.id)
    return {**as_it_stands(scene), **also, "reason": reason.strip(" ,;:")}


def _meant(scene: Scene, name: str) -> str:
    """The id of a further company; "" for the one across the table. Raises NotWithThem for any other."""
    said, number = grammar.fold(name), scene.record.number
    for one, called in (("", company(scene)), *further(scene)):
        if said and f"{grammar.fold(called)} ".startswith(f"{said} "):
            return one
    across = () if scene.record.visibility.both_sides else (company(scene),)
    open_to = " or ".join((*across, *(called for _, called in further(scene))))
    if not open_to:
        raise rules.SharedAlready(number=number).showing(CARD, scene.record.id)
    raise NotWithThem(words=name[:60], number=number, companies=open_to).showing(CARD, scene.record.id)


def _day(scene: Scene) -> Mapping[str, str]:
    return {"due": day(scene, "due", Unsaid).isoformat()} if scene.said("due") else {}


def _worded(name: str) -> tuple[str, Callable[[Scene], Mapping[str, str]]]:
    """A field whose words name nothing that the new readers may not know of."""

    def settle(scene: Scene) -> Mapping[str, str]:
        words = scene.said(name)
        if name == "title" and not any(sign.isalnum() for sign in words):
            raise EmptyTitle if words else NoTitle
        if name == "category" and len(words) > LONGEST_CATEGORY:
            raise LongCategory(count=f"{len(words):,}")
        check_words(scene, words)
        return {}

    return name, settle


def check_words(scene: Scene, words: str) -> None:
    """Refuses words that tell of a record, a study, a person or a partner that the others must not see."""
    archive, actor, home, third = scene.archive, scene.actor, scene.here.partnership, beside.reading(scene)
    for number in numbers(words):
        found = archive.issues_numbered(actor, number)
        if not found or any(not _open(one, home, third) for one in found):
            raise HiddenFromThem(words=number, company=company(scene))
    hidden = hidden_from(scene)
    if hit := named(words, hidden):
        only_partner = Hidden(companies=hidden.companies)
        raise (PartnerHidden if named(words, only_partner) == hit else HiddenFromThem)(
            words=hit, company=company(scene)
        )
    if reads_unblinded(words):
        raise UnblindedWords


def _reason(scene: Scene) -> Mapping[str, str]:
    """It stays with the old record; where that is both companies', they both read it."""
    if scene.record.visibility.both_sides:
        check_words(scene.saying({"with": ""}), scene.said("reason"))
    return {}


def _open(issue: Issue, home: Partnership, third: Third | None) -> bool:
    read = third is None or issue.third == third.organisation
    return issue.partnership == home.id and issue.visibility.both_sides and read


def hidden_from(scene: Scene) -> Hidden:
    """What the company across the table may not know of: the writer's other partnerships and own class.

    In a study that both serve, another partner's name may be known, and nothing else of them.
    """
    archive, actor, home = scene.archive, scene.actor, scene.here.partnership
    ours, study = archive.studies(actor, home.id), scene.said("study")
    own = home.organisation(scene.party.side)
    hidden = Hidden(codes=frozenset({_code(own), f"{_code(home.id)}I"} - {_code(home.id)}))
    for other in archive.partnerships(actor):
        if other.id == home.id:
            continue
        theirs = archive.studies(actor, other.id)
        side = scene.party.side.other
        known = study in ours and study in theirs
        people = (one for one in archive.people(actor, other.id) if one.organisation != own)
        hidden = Hidden(
            (*hidden.companies, *(() if known else (other.company(side),))),
            (*hidden.studies, *(one for one in theirs if one not in ours)),
            (*hidden.people, *((one.name, one.handle) for one in people)),
            hidden.codes | {_code(other.id), f"{_code(other.id)}I"},
        )
    if third := beside.reading(scene):
        unknown = tuple(one for one in ours if one not in third.studies)
        hidden = replace(hidden, studies=(*hidden.studies, *unknown))
    known_people = tuple(one.name for one in scene.here.people.values())
    return Hidden(hidden.companies, hidden.studies, hidden.people, hidden.codes, known_people)


def _code(name: str) -> str:
    """The letters that begin the numbers of its records: "NOR" of "P-NOR", "HAL" of "ORG-HAL"."""
    return name.removeprefix("ORG-").removeprefix("P-")


def preview_id(person: str, key: str, record: str) -> str:
    """The same request is the same preview, however often it arrives."""
    return f"see-{hashlib.sha256(f'{person}:{key}:{record}'.encode()).hexdigest()[:20]}"


def keep_preview(request: Request, scene: Scene, act: str, seen: str) -> None:
    """What would be opened, kept until its writer presses; `seen` marks to whom, as it is shown to them."""
    issue = scene.record
    id_ = preview_id(request.actor.person, request.intent.key, issue.id)
    kept = {":act": act, OF: issue.id, VERSION: str(issue.version), SEEN: seen, **scene.known}
    request.archive.keep_draft(Draft(id_, request.actor.person, kept, request.now))


SHARE = Act(
    verb="share",
    typed="share",
    title="Share",
    check=rules.check_share,
    done=None,
    fields=_fields,
    read=_read,
    settle=(
        ("with", beside.fitting),
        ("study", beside.fitting_study),
        _worded("title"),
        needs("severity", NoSuchWeight),
        needs("owner id", NoOwnerYet),
        ("due", _day),
        _worded("category"),
        _worded("description"),
        needs("reason", NoReasonToShare),
        ("reason", _reason),
    ),
    keeps=lambda request, scene, issue: keep_preview(
        request, scene, "share", who(request.archive, scene.here, target(scene)).mark
    ),
    answer=PREVIEW,
    send="Preview",
)
