"""What the clock says of an issue: every kind of it, late, answered since, and with the worst words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.cards import issue as cards
from bot.cards import issue_alarm
from bot.cards.setting import Setting
from bot.governance.alarm import Alarm
from bot.governance.clocks import Kind
from bot.governance.issue import Assessment, Hold, Issue, LegalClock, Plan, State
from bot.governance.life import acknowledge
from bot.governance.partnership import Counterparts, Level
from bot.governance.visibility import Side, Visibility
from bot.views import Card
from tests.gallery_words import DESCRIPTION, MARKUP, NORTHMERE, PEOPLE, ROOM, TOMASZ, Named
from tests.governance.issues import ISSUE, LIMIT, RAISED
from tests.issue_life import CALENDAR

NOW = LIMIT + timedelta(minutes=1)
HERE = Setting(TOMASZ, NORTHMERE, PEOPLE, now=NOW, calendar=CALENDAR)
PAIRS = (Counterparts("L1", "PER-04", "PER-09"), Counterparts("L2", "PER-05", ""))
SEEN = acknowledge(ISSUE, "PER-04", RAISED)
PLANNED = replace(SEEN, plan=Plan(date(2026, 11, 4), agreed=date(2026, 11, 3)))
LEGAL = LegalClock("EU 536/2014 Art. 52", RAISED, 7, date(2026, 11, 11), owner="PER-04")
HOLD = Hold(MARKUP, date(2026, 11, 20), "PER-09", Side.CRO, RAISED)


def one(issue: Issue, *kinds: Kind, late: timedelta = timedelta(), **moved: Level) -> Card:
    heard = Alarm(NOW, dict.fromkeys(kinds, LIMIT), **moved, late=late)
    return issue_alarm.alarm(issue, HERE, heard, cards.card(issue, HERE), PAIRS)


def cards_of_kinds() -> dict[str, Card]:
    """As it stands when it is told."""
    climb = {"was": Level.L1, "now": Level.L2}
    at_l2, breach = replace(ISSUE, level=Level.L2), replace(SEEN, legal=LEGAL)
    return {
        "acknowledge, one side empty": one(at_l2, Kind.ACK, **climb),
        "acknowledge, late": one(at_l2, Kind.ACK, **climb, late=timedelta(hours=26)),
        "plan and level": one(replace(SEEN, level=Level.L2), Kind.LEVEL, Kind.PLAN, **climb),
        "level, nobody anywhere": one(replace(SEEN, level=Level.L4), Kind.LEVEL),
        "plan late": one(PLANNED, Kind.PLAN_LATE, **climb),
        "contain": one(SEEN, Kind.CONTAIN, Kind.UPDATE),
        "resolve": one(SEEN, Kind.RESOLVE),
        "resolve, one side's own": one(replace(SEEN, visibility=Visibility.CRO_INTERNAL), Kind.PLAN),
        "update": one(SEEN, Kind.UPDATE),
        "again": one(replace(SEEN, owner=""), Kind.AGAIN),
        "legal": one(breach, Kind.LEGAL),
        "legal, nobody assesses": one(replace(breach, legal=replace(LEGAL, owner="")), Kind.LEGAL),
        "legal, past": one(replace(breach, legal=replace(LEGAL, due=date(2026, 11, 9))), Kind.LEGAL),
        "legal, days left": one(replace(breach, legal=replace(LEGAL, due=date(2026, 11, 12))), Kind.LEGAL),
        "legal, a breach": one(
            replace(breach, legal=replace(LEGAL, assessment=Assessment.CONFIRMED)), Kind.LEGAL
        ),
    }


def cards_answered() -> dict[str, Card]:
    """As it is read later."""
    later = datetime(2026, 11, 12, 9, tzinfo=UTC)
    told = replace(LEGAL, assessment=Assessment.NOT_A_BREACH)
    climb = {"was": Level.L1, "now": Level.L2}
    return {
        "moved on": one(replace(ISSUE, level=Level.L3), Kind.ACK, **climb),
        "acknowledged": one(replace(SEEN, level=Level.L2), Kind.ACK, **climb),
        "acknowledged by somebody": one(replace(SEEN, acknowledged_by=""), Kind.ACK, **climb),
        "planned": one(PLANNED, Kind.LEVEL, Kind.PLAN, **climb),
        "contained": one(replace(SEEN, contained_at=later), Kind.CONTAIN),
        "said": one(replace(SEEN, moved_at=later), Kind.UPDATE),
        "claimed": one(replace(SEEN, state=State.RESOLVED), Kind.RESOLVE),
        "held": one(replace(SEEN, state=State.ON_HOLD, hold=HOLD), Kind.PLAN),
        "withdrawn": one(replace(ISSUE, state=State.WITHDRAWN), Kind.ACK, **climb),
        "no breach": one(replace(SEEN, legal=told), Kind.LEGAL),
        "no clock any more": one(SEEN, Kind.LEGAL),
    }


def alarms() -> list[Named]:
    """All of them, and the worst."""
    worst = replace(SEEN, title=MARKUP, description=DESCRIPTION, owner="PER-05", legal=LEGAL)
    heard = Alarm(NOW, {Kind.LEVEL: LIMIT, Kind.PLAN: LIMIT, Kind.UPDATE: LIMIT}, Level.L1, Level.L2)
    room = replace(HERE, reader=ROOM)
    shown = {
        **cards_of_kinds(),
        **{f"{name} since": card for name, card in cards_answered().items()},
        "worst": issue_alarm.alarm(worst, HERE, heard, cards.card(worst, HERE), ()),
        "in a room": issue_alarm.alarm(worst, room, heard, cards.card(worst, room), PAIRS),
    }
    return [(f"issue.alarm, {name}", card) for name, card in shown.items()]
