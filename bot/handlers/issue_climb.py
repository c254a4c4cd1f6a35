"""Nobody acknowledged in time: the issue climbs, and both sides hear it together."""

from bot.cards.issue import Step
from bot.governance import escalation
from bot.governance import life as rules
from bot.governance.clocks import Kind
from bot.handlers.issue import save
from bot.handlers.letters import entitled, post_alarm, refresh_cards
from bot.ports import Request

WHY = "not acknowledged by the limit"


def ran_out(request: Request, subject: str) -> None:
    """The acknowledgement limit of an issue has passed. Changes nothing where it was met meanwhile."""
    issue = request.archive.issue(request.actor, subject)
    if (
        request.intent.verb != "issue.ack"
        or issue is None
        or issue.ack_due is None
        or issue.acknowledged_at
        or issue.state.over
    ):
        return
    level = escalation.climbs_to(issue.level)
    if level is None or issue.ack_due > request.now:
        return
    calendar = request.archive.calendar(request.actor, issue.partnership)
    further = escalation.ack_limit(issue.rule, calendar, request.now) if escalation.climbs_to(level) else None
    told = rules.rung(rules.unseen(issue, further), Kind.ACK, issue.ack_due, request.now)
    climbed = save(request, issue, rules.moved(told, level, request.now), "issue.climb", WHY)
    step = Step(request.now, issue.level, level, issue.ack_due)
    pairs = request.archive.counterparts(request.actor, issue.partnership)
    people = escalation.told_of_climb(issue.owner, step.was, step.now, pairs)
    post_alarm(request, climbed, step, entitled(request.archive, people, issue))
    refresh_cards(request, climbed)
