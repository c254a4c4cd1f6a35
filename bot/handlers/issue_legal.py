"""A possible serious breach: named at once, heard by both sides at once, assessed by the sponsor."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot import dates
from bot.actors import Actor, Role
from bot.cards import issue_legal as cards
from bot.cards.setting import line_of
from bot.errors import Refusal
from bot.governance import legal as rules
from bot.governance.calendar import WEEKDAYS
from bot.governance.company import Contact
from bot.governance.escalation import told_at_birth
from bot.governance.issue import Assessment, Issue
from bot.governance.partnership import Counterparts
from bot.governance.visibility import Side
from bot.handlers import emergency
from bot.handlers.acting import Act, Unsaid, needs
from bot.handlers.issue import card, find, save, setting
from bot.handlers.issue_ask import UnreadableDate
from bot.handlers.issue_day import settled_day
from bot.handlers.issue_scene import Scene, scene
from bot.handlers.issue_third import told_of_third
from bot.handlers.letters import BREACH, CARD, NAMED, post_breach, refresh_cards, tell
from bot.handlers.scene import in_words
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.views import Card, Choice, DateField, Field, TextField

TIME = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)")
AWARE = re.compile(
    rf"\baware(?: since| from| at|:)?(?P<day>[^\n,;:]{{0,30}}?) ?(?:at )?\b{TIME.pattern}\b(?!\.? ?\d)"
    r"(?: (?:on )?(?P<after>yesterday|\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}(?: \d{4})?|[a-z]{3,6}day)\b)?",
    re.IGNORECASE,
)
AHEAD = timedelta(minutes=15)  # a clock may be that much ahead of ours
VERDICTS = (
    (Assessment.CONFIRMED.value, "Confirmed: it is a serious breach"),
    (Assessment.NOT_A_BREACH.value, "Not a breach"),
    (Assessment.NOTIFIED.value, "Notified: the authority was told"),
)
SAID = {
    Assessment.NOT_A_BREACH.value: ("not a breach", "no breach", "not_a_breach"),
    Assessment.CONFIRMED.value: ("confirmed", "confirm"),
    Assessment.NOTIFIED.value: ("notified", "notify"),
}


class NoVerdict(Unsaid):
    """Say what it is: confirmed, not a breach, or notified."""


class NoGrounds(Unsaid):
    """Say why; both sides read it, and so will an inspector."""


class NoKnowledge(Unsaid):
    """Say how it is known that somebody was aware then; both sides read it, and so will an inspector."""


class NoTime(Unsaid):
    """Say the time of day as 16:40."""


class UnreadableTime(Refusal):
    """“{words}” is no time of day; write it as 16:40."""


class NotYet(Refusal):
    """{when} is still to come; say when somebody was aware of it first."""


def aware_at(words: str, now: datetime, zone: str) -> datetime:
    """ "aware since 16:40", "aware since 6 Nov 16:40" in the writer's zone; now where nothing fits.

    Nobody was aware in the future: a time, a weekday or a day without its year is the last one that is past.
    """
    found = AWARE.search(words)
    if found is None:
        return now
    today = now.astimezone(ZoneInfo(zone)).date()
    said = (found["day"].strip() or found["after"] or "").lower().removeprefix("last ")
    day = dates.read(said, today) if said else today
    if day is None or isinstance(day, dates.Unclear):
        return now
    clock = time(int(found[2]), int(found[3]))
    at = datetime.combine(day, clock, tzinfo=ZoneInfo(zone))
    if at > now + AHEAD:
        at = datetime.combine(_before(said, day), clock, tzinfo=ZoneInfo(zone))
    return min(at, now)


def _before(said: str, day: date) -> date:
    """The day that was meant, where the one that was read is still to come."""
    if not said:
        return day - timedelta(days=1)
    if said[:3] in WEEKDAYS:
        return day - timedelta(weeks=1)
    has_year = re.search(r"\d{4}", said) or (day.month, day.day) == (2, 29)
    return day if has_year else day.replace(year=day.year - 1)


def notice(request: Request, issue: Issue, aware: datetime) -> Issue:
    """Names it so: saved, its cards follow, and both sides hear at once. Raises what `check_breach` does."""
    archive, actor = request.archive, request.actor
    assessor = rules.assessor(*_quality(archive, actor, issue))
    found = rules.named_breach(issue, actor.person, assessor, aware, request.now)
    saved = save(request, issue, found, NAMED)
    refresh_cards(request, saved)
    post_breach(request, saved, _hear(request, saved))
    tell(request, saved, told_of_third(archive, saved))
    return saved


def _hear(request: Request, issue: Issue) -> tuple[str, ...]:
    """Both quality lines, L3 and L2, its owner, the counterpart and whoever raised it."""
    pairs, contacts = _quality(request.archive, request.actor, issue)
    told = (*rules.hear_at_once(pairs, contacts), *told_at_birth(issue.rule, pairs))
    return tuple(one for one in (*told, issue.owner, issue.counterpart, issue.raised_by) if one)


def _quality(
    archive: Archive, actor: Actor, issue: Issue
) -> tuple[tuple[Counterparts, ...], tuple[Contact, ...]]:
    return archive.counterparts(actor, issue.partnership), archive.contacts(actor, issue.partnership)


def breach(request: Request, words: str) -> Letter:
    """Typed or pressed, it is done at once; “aware since 16:40” may follow the number."""
    number, *rest = words.split(maxsplit=1) or [""]
    issue = find(request, number.rstrip(",:;"), "breach")
    begun = scene(request.archive, request.actor, issue, request.now)
    with in_words(begun):
        rules.check_breach(issue, begun.party)
    aware = aware_at(rest[0] if rest else "", request.now, request.actor.zone)
    saved = notice(request, issue, aware)
    return Letter(BREACH, f"{saved.id}/{saved.version}")


def told(opening: Opening) -> tuple[Card, int] | None:
    """What both sides hear of it; None for who may not see the issue. `assumed` is for its writer."""
    archive, reader, facts = opening.archive, opening.reader, opening.letter.facts
    number, _, version = opening.letter.subject.partition("/")
    issue = archive.issue(reader, number)
    shown = card(replace(opening, letter=Letter(CARD, number)))
    if issue is None or shown is None:
        return None
    naming = line_of((one for one in archive.history(reader, issue.id) if one.what == NAMED), version)
    here = replace(setting(archive, reader, issue), now=opening.now)
    quality = emergency.lines(archive, reader, rules.QUALITY, issue.partnership)
    drawn = cards.breach(issue, here, naming, shown[0], quality)
    return cards.logged(drawn, facts.get("assumed", "").split(", ")), issue.version


def _assess_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        Choice("assessment", "Assessment", VERDICTS),
        TextField("reason", "Reason", hint="Both sides read it, and so will an inspector", long=True),
    )


def _assess_words(scene: Scene, words: str) -> Mapping[str, str]:
    """ "not a breach, the kits were never dispensed"."""
    low = words.lower()
    for verdict, said in SAID.items():
        for one in said:
            if re.match(rf"{one}\b", low):
                return {"assessment": verdict, "reason": words[len(one) :].strip(" ,:;.-–")}
    return {"reason": words} if words else {}


def _verdict(scene: Scene) -> Mapping[str, str]:
    if not scene.said("assessment"):
        raise NoVerdict
    return {}


def _assessed(scene: Scene) -> Issue:
    issue, actor = scene.record, scene.actor
    quality = rules.quality_of(*_quality(scene.archive, actor, issue), Side.SPONSOR)
    rules.check_assessor(issue, scene.party, quality, leads=Role.QUALITY_LEAD in actor.roles)
    verdict = Assessment(scene.said("assessment"))
    rules.check_verdict(issue, verdict)
    return rules.assessed(issue, verdict, scene.said("reason"))


def _aware_fields(scene: Scene) -> tuple[Field, ...]:
    """The day is that of the clock as it runs."""
    legal = scene.record.legal
    at = (legal.aware_at if legal else scene.now).astimezone(ZoneInfo(scene.actor.zone))
    return (
        DateField("day", "Aware since", at.date()),
        TextField("time", f"At what time ({scene.actor.zone})", hint="For example 16:40"),
        TextField("reason", "How that is known", hint="Both sides read it", long=True),
    )


def _aware_words(scene: Scene, words: str) -> Mapping[str, str]:
    """ "since 6 Nov 16:40, the monitor's mail"."""
    zone, said = scene.actor.zone, f"aware {words}"
    at = aware_at(said, scene.now, zone).astimezone(ZoneInfo(zone))
    found = AWARE.search(said)
    reason = {"reason": said[found.end() :].strip(" ,:;.-–")} if found else {}
    return {"day": at.date().isoformat(), "time": f"{at:%H:%M}", **reason} if at < scene.now else {}


def _aware_day(scene: Scene) -> Mapping[str, str]:
    found = dates.read(scene.said("day"), scene.today)
    if not isinstance(found, date):
        raise UnreadableDate(words=scene.said("day")[:60])
    return {"day": found.isoformat()}


def _aware_time(scene: Scene) -> Mapping[str, str]:
    words = scene.said("time")
    if not words:
        raise NoTime
    if not TIME.fullmatch(words):
        raise UnreadableTime(words=words[:40])
    at = _since(scene)
    if at is not None and at > scene.now:
        raise NotYet(when=scene.here.time(at))
    return {}


def _since(scene: Scene) -> datetime | None:
    """The moment that day and time come to; None where one of them is not settled."""
    day, found = settled_day(scene, "day"), TIME.fullmatch(scene.said("time"))
    if day is None or found is None:
        return None
    return datetime.combine(day, time(int(found[1]), int(found[2])), tzinfo=ZoneInfo(scene.actor.zone))


def _moved_back(scene: Scene) -> Issue:
    at = _since(scene)
    assert at is not None  # noqa: S101 both fields were settled before
    return rules.aware_since(scene.record, at.astimezone(UTC))


ACTS = (
    Act(
        verb="assess",
        typed="assess",
        title="Assess",
        check=rules.check_assess,
        done=_assessed,
        fields=_assess_fields,
        read=_assess_words,
        settle=(("assessment", _verdict), needs("reason", NoGrounds)),
        why="reason",
        tells=_hear,
        send="Assess",
    ),
    Act(
        verb="aware",
        typed="aware",
        title="Aware since",
        check=rules.check_aware,
        done=_moved_back,
        fields=_aware_fields,
        read=_aware_words,
        settle=(("day", _aware_day), ("time", _aware_time), needs("reason", NoKnowledge)),
        why="reason",
        tells=_hear,
    ),
)
