"""The issues of a file, whole and with their histories; their numbers are kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.governance.blinding import Blinding
from bot.governance.escalation import Policy, Severity
from bot.governance.issue import Issue
from bot.governance.partnership import Level
from bot.governance.visibility import Scope, Side, Visibility, internal
from storage.load import issue_links as links
from storage.load import issue_parts as parts
from storage.load.directory import Known
from storage.load.issue_kept import Moment, Read, kept
from storage.load.issue_parts import Case
from storage.load.lines import Node
from storage.numbers import code

PEOPLE = ("acknowledged_by", "contained_by", "resolved_by", "closed_by")
INSTANTS = ("acknowledged_at", "contained_at", "resolved_at", "verified_at", "reopened_at")
TEXTS = ("category", "description", "containment", "resolution", "reason", "duplicate_of")
TAKEN = frozenset(
    {
        *(*PEOPLE, *INSTANTS, *TEXTS, *parts.FIELDS),
        *("id", "partnership", "study", "title", "due", "linked", "visibility", "visible_to_people"),
        *("severity", "status", "level", "level_entered_at", "raised_by", "raised_at", "raised_against"),
        *("owner", "counterpart", "verified_by", "closed_at", "internal_notes", "third", "unblinded"),
    }
)


@dataclass(frozen=True, slots=True)
class World:
    """What an issue is read against."""

    known: Known
    policy: Policy
    moment: Moment
    classes: links.Classes = field(default_factory=dict)


def issues(section: Node, world: World) -> Iterator[Read]:
    """Every issue, in the file's order."""
    seen: set[str] = set()
    for item in section:
        partnership = item.need("partnership").id_in(dict(world.known.partnerships))
        both = world.known.both(partnership)
        case = Case(item, world.known, both, item.need("raised_at").instant, world.moment.calendar)
        issue = _with_history(_born(case, item.need("id").new_id(seen), world.policy), case)
        issue = replace(issue, linked=links.linked(item, world.classes))
        words = (*_internal(item, issue), *links.apart(item, world.classes))
        yield kept(issue, words, world.moment)


def unknown(section: Node) -> Iterator[str]:
    """Names of fields that Parley does not know, those inside a history too: "plan.budget"."""
    for item in section:
        yield from (name for name in item.names if name not in TAKEN)
        yield from parts.unknown(item)


def _born(case: Case, number: str, policy: Policy) -> Issue:
    """As it was raised, but at the severity, state and level it has now."""
    item = case.item
    raiser = case.known.person_of(item.need("raised_by"), case.both)
    owner = case.known.person_of(item.need("owner"), case.both)
    severity, visibility = item.need("severity").one_of(Severity), item.need("visibility").one_of(Visibility)
    return Issue(
        id=number,
        number=number,
        partnership=item.need("partnership").text,
        visibility=visibility,
        title=item.need("title").text,
        severity=severity,
        state=parts.state(item.need("status")),
        level=item.need("level").one_of(Level),
        level_entered_at=case.since(item.need("level_entered_at")),
        raised_by=raiser,
        raised_side=case.side(raiser),
        raised_at=case.raised_at,
        owner=owner,
        owner_side=case.side(owner),
        rules=policy.rules,
        policy=policy.words,
        raised_against=one.one_of(Side) if (one := item.get("raised_against")) else None,
        study=one.id_in(dict(case.known.studies)) if (one := item.get("study")) else "",
        due=one.day if (one := item.get("due")) else None,
        grades=parts.grades(case, severity),
        readers=_readers(case, visibility),
        unblinded=_unblinded(case, visibility),
        third=_third(case, visibility),
    )


def _with_history(issue: Issue, case: Case) -> Issue:
    """What was said and done about it since."""
    planned, held = parts.plan(case, issue.owner), parts.hold(case, issue.state)
    plain: dict[str, Any] = {name: case.person(case.item, name) for name in PEOPLE}
    plain |= {name: case.instant(name) for name in INSTANTS}
    plain |= {name: case.item.maybe(name) for name in TEXTS}
    return replace(
        issue,
        **plain,
        counterpart=_counterpart(issue, case),
        plan=planned if planned and planned.agreed else None,
        offer=planned if planned and not planned.agreed else None,
        root_cause=parts.root_cause(case),
        capa=parts.capa(case),
        verified_by=_verifier(issue, case),
        closed_at=_closed(case),
        hold=held,
        stops=parts.stops(case, held),
        dispute=parts.dispute(case),
        legal=parts.legal(case),
    )


def _counterpart(issue: Issue, case: Case) -> str:
    """Of a shared issue, somebody of the side that does not own it."""
    person = case.person(case.item, "counterpart")
    if person and issue.visibility.both_sides and case.side(person) is issue.owner_side:
        node = case.item.need("counterpart")
        raise node.wrong(f"is “{person}”, of the same side as the owner, {issue.owner}")
    return person


def _verifier(issue: Issue, case: Case) -> str:
    person = case.person(case.item, "verified_by")
    if person and person == issue.owner:
        raise case.item.need("verified_by").wrong(f"is “{person}”, its owner; somebody else verifies")
    return person


def _closed(case: Case) -> datetime | None:
    """An instant, or a day: then its close."""
    found = case.item.get("closed_at")
    if found is None or not found.is_day:
        return case.since(found) if found else None
    return max(case.raised_at, case.calendar.close_of(case.day(found)))


def _readers(case: Case, visibility: Visibility) -> frozenset[str]:
    if visibility is not Visibility.RESTRICTED:
        return frozenset()
    return frozenset(case.known.person_of(one, case.both) for one in case.item.need("visible_to_people"))


def _unblinded(case: Case, visibility: Visibility) -> bool:
    """A topic that only restricted records hold, and only people tagged as unblinded read."""
    found = case.item.get("unblinded")
    if found is None or found.text == "false":
        return False
    if found.text != "true" or visibility is not Visibility.RESTRICTED:
        raise found.wrong("must be true or false, and true only where visibility is restricted")
    for one in case.item.need("visible_to_people"):
        if case.known.people[one.text].blinding != Blinding.UNBLINDED:
            raise one.wrong(f"is “{one.text}”, who is not tagged as unblinded: add blinded: false to them")
    return True


def _third(case: Case, visibility: Visibility) -> str:
    """The company beside the two, which serves the same study; only of a tri-party issue."""
    node = case.item.get("third")
    if visibility is not Visibility.TRI_PARTY:
        if node:
            raise node.wrong(f"is “{node.text}”, but the issue is {visibility}; say visibility: tri_party")
        return ""
    node, home = case.item.need("third"), case.item.need("partnership").text
    company = node.id_in(dict(case.known.organisations))
    study = case.item.need("study").text
    if company in case.both or company not in case.known.serving(study):
        raise node.wrong(f"is “{company}”, which serves {study} in no partnership besides {home}")
    codes = [code(home), code(case.known.through(home, company))]
    if not re.fullmatch(rf"{re.escape('-'.join(codes))}-TRI-\d+", case.item.need("id").text):
        raise case.item.need("id").wrong(f"should be {'-'.join(codes)}-TRI- and a number, as three read it")
    if linked := case.item.get("linked"):
        raise linked.wrong(f"names records that “{company}” may not know of; leave it out")
    return company


def _internal(item: Node, issue: Issue) -> Iterator[tuple[Visibility, str]]:
    """Each side's own words beside it, in that side's class."""
    notes = item.get("internal_notes")
    for name in notes.names if notes else ():
        said = notes.get(name) if notes else None
        sides = {side.value for side in Side}
        if said is None or name not in sides:
            continue
        own = internal(Side(name))
        if not issue.visibility.both_sides and issue.visibility is not own:
            raise said.wrong(f"are the {name}'s, but the issue is {issue.visibility}")
        yield from ((own, one.text) for one in said)


def last_numbers(issues: list[Issue], known: Known) -> Iterator[tuple[Scope, str, str, int]]:
    """For every series: whose it is, its noun, the prefix its numbers have, and the highest one so far."""
    highest: dict[tuple[Scope, str, str], int] = {}
    for issue in issues:
        found = re.fullmatch(rf"(.+-{'TRI' if issue.third else 'ISS'})-(\d+)", issue.number)
        if found:
            noun = f"ISS:{known.through(issue.partnership, issue.third)}" if issue.third else "ISS"
            key = (Scope(issue.partnership, issue.visibility), noun, found[1])
            highest[key] = max(highest.get(key, 0), int(found[2]))
    yield from ((*series, last) for series, last in highest.items())
