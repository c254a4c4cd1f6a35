"""Clocks that ran out: the issue climbs or its people are told, both sides together and each person once."""

from dataclasses import replace
from datetime import datetime

from bot.cards import issue as issue_card
from bot.cards import issue_alarm as cards
from bot.governance import alarm as rules
from bot.governance import pause
from bot.governance.alarm import Alarm
from bot.governance.calendar import WorkCalendar
from bot.governance.clocks import Kind
from bot.governance.issue import Issue
from bot.handlers import issue as issues
from bot.handlers.issue import save
from bot.handlers.issue_third import told_of_third
from bot.handlers.letters import entitled, everyone, post_alarm, refresh_cards, tell
from bot.ports import Opening, Request
from bot.views import Card


def ran_out(request: Request, subject: str) -> None:
    """A clock of an issue has run out. Changes nothing where what it waited for was done meanwhile."""
    kind = Kind(request.intent.verb.removeprefix("issue."))
    issue = request.archive.issue(request.actor, subject)
    if issue is None or issues.is_over(request.archive, issue):
        return
    calendar = request.archive.calendar(request.actor, issue.partnership)
    limits = rules.ripe(issue, calendar, kind, request.now)
    if not limits:
        _set_again(request, issue, calendar, kind)
    elif kind is Kind.RESUME:
        _resume(request, issue, limits[kind])
    else:
        _ring(request, issue, calendar, Alarm(request.now, limits))


def _set_again(request: Request, issue: Issue, calendar: WorkCalendar, kind: Kind) -> None:
    """It rang too early: the calendar was changed, or the machine's clock was set back."""
    for due in issues.dues(issue, calendar):
        if due.kind == f"issue.{kind}":
            request.archive.schedule(due)


def _ring(request: Request, issue: Issue, calendar: WorkCalendar, alarm: Alarm) -> None:
    """One climb or one alarm for all that ran out, in the record and to each of its people."""
    pairs = request.archive.counterparts(request.actor, issue.partnership)
    rung = rules.rung(issue, alarm.limits, calendar, request.now)
    if rung.level is not issue.level:
        alarm = replace(alarm, was=issue.level, now=rung.level)
    alarm = replace(alarm, late=rules.lateness(issue, alarm.limits, request.now))
    home = request.archive.partnership(request.actor, issue.partnership)
    gaps = rules.gaps(rung, pairs) if alarm.climbed else ()
    unnamed = tuple(home.company(side) for side in gaps) if home else ()
    what = cards.CLIMB if alarm.climbed else cards.ALARM
    saved = save(request, issue, rung, what, rules.why(alarm, rung.level, unnamed))
    beside = () if alarm.kind is Kind.LEGAL else told_of_third(request.archive, saved)
    people = entitled(request.archive, (*rules.hearers(saved, alarm, pairs), *beside), saved)
    post_alarm(request, saved, people)
    refresh_cards(request, saved)


def _resume(request: Request, issue: Issue, at: datetime) -> None:
    """The restart date of a hold came: its clocks run again from then on, and both sides hear it."""
    saved = save(request, issue, pause.resumed(issue, at), "issue.resume", "its restart date came")
    tell(request, saved, everyone(request, saved))
    refresh_cards(request, saved)


def alarm(opening: Opening) -> tuple[Card, int] | None:
    """What the clock said, over the issue as it stands now."""
    issue = issues.opened(opening)
    if issue is None:
        return None
    here, version = issues.furnished(opening, issue), opening.letter.subject.partition("/")[2]
    heard, shown = cards.read(here.history, version), issue_card.card(issue, here)
    if heard is None:  # it was promised by an older Parley
        return shown, issue.version
    pairs = opening.archive.counterparts(opening.reader, issue.partnership)
    return cards.alarm(issue, here, heard, shown, pairs), issue.version
