"""Cards and forms of changing what was agreed, in every state, with everyday words and the worst ones."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.actors import Actor, Role
from bot.cards import changing
from bot.cards.replayed import Replayed
from bot.governance.calendar import Limit, WorkCalendar
from bot.governance.escalation import Policy, Severity
from bot.governance.partnership import Partnership
from bot.governance.proposal import Kind, Proposal, State
from bot.governance.replay import compared
from bot.governance.visibility import Side, scopes
from bot.handlers import setup_calendar, setup_policy, setup_terms
from bot.outbox import Letter
from bot.ports import Opening
from bot.views import Button, Card, Form
from tests.governance import example
from tests.governance.issues import ISSUE
from tests.setup_gallery import MARKUP, NORTHMERE

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
OTHER = NORTHMERE.cro_name
POLICY = example.policy()
QUICK = replace(POLICY.rules[Severity.MAJOR], ack=Limit(elapsed_hours=1), plan=None, update=None)
WANTED = replace(POLICY, rules={**POLICY.rules, Severity.MAJOR: QUICK}, version=2)
CALENDAR = WorkCalendar(
    "CAL-EU", frozenset({"mon", "tue"}), frozenset({date(2026, 12, 24), date(2027, 1, 1)}), time(17)
)
MANY = frozenset(date(2027, 1, 4) + timedelta(days=7 * week) for week in range(60))
LONGER = replace(CALENDAR, holidays=MANY, day_ends_at=time(16, 30), version=2)
OFFER = Proposal(
    *("p" * 20, "P-NOR", Kind.POLICY, "ESC-1", "PER-08", Side.CRO, NOW),
    why="Ten days are too long for a site that waits",
    policy=WANTED,
)
DAYS = replace(OFFER, kind=Kind.CALENDAR, policy=None, calendar=LONGER)
LIVED = Replayed(
    compared(
        [replace(ISSUE, number=f"NOR-ISS-{at:03}", title=MARKUP) for at in range(25)], WANTED, CALENDAR, NOW
    )
)
ONE = Replayed(compared([ISSUE], WANTED, CALENDAR, NOW + timedelta(days=9)))
CHANGES = changing.policy_changes(POLICY, WANTED)
HERE = changing.Changing("P-NOR", OTHER)

Named = tuple[str, Card]


def cards() -> list[Named]:
    """All of them."""
    return [*_in_force(), *_proposals(), *_forms()]


def _in_force() -> list[Named]:
    waits = replace(HERE, waiting=OFFER)
    worst = changing.Changing("P-NOR", MARKUP[:75], OFFER, True)
    bare = Policy("POL-NOR", POLICY.rules)
    return [
        ("setup.which", changing.which(Kind.POLICY, (("P-NOR", OTHER), ("P-X", MARKUP[:75])) * 4)),
        ("setup.policy", changing.policy(HERE, POLICY, None, None)),
        ("setup.policy, no ladder", changing.policy(HERE, bare, None, None)),
        ("setup.policy, changed", changing.policy(HERE, POLICY, WANTED, ONE)),
        ("setup.policy, theirs waits", changing.policy(waits, WANTED, None, None)),
        ("setup.policy, worst", changing.policy(worst, POLICY, WANTED, LIVED)),
        ("setup.calendar", changing.calendar(HERE, LONGER, None, NOW)),
        ("setup.calendar, ends soon", changing.calendar(waits, CALENDAR, None, NOW)),
        ("setup.calendar, changed", changing.calendar(worst, CALENDAR, LONGER, NOW)),
        ("calendar.ends", changing.ends("P-NOR", OTHER, CALENDAR)),
        ("calendar.ends, none", changing.ends("P-NOR", MARKUP, replace(CALENDAR, holidays=frozenset()))),
    ]


def offered(one: Proposal, own: bool = False, **more: object) -> changing.Offered:
    """A proposal of Northmere’s, as Halcyra sees it."""
    changes = CHANGES if one.policy else changing.calendar_changes(CALENDAR, LONGER, NOW.date())
    by = "David Okonkwo", "Priya Raghunathan"
    told = changing.Offered(one, OTHER, NORTHMERE.sponsor_name, *by, own, changes, "Asia/Kathmandu")
    return replace(told, **more)  # type: ignore[arg-type]  # only its own fields come


def _proposals() -> list[Named]:
    ended = [OFFER.settled(state, "PER-03", NOW, "Not at night") for state in State if state != State.OPEN]
    shown = [(f"setup.terms, {one.state}", changing.proposal(offered(one))) for one in ended]
    shown += [(f"setup.terms.news, {one.state}", changing.news(offered(one))) for one in ended]
    hostile = replace(OFFER, why=MARKUP, policy=WANTED)
    worst = offered(hostile, proposer=MARKUP[:75], by=MARKUP[:60], replayed=LIVED)
    last = replace(hostile.settled(State.DECLINED, "", NOW, MARKUP), calendar=None)
    return [
        *shown,
        ("setup.terms", changing.proposal(offered(OFFER, replayed=ONE))),
        ("setup.terms, one’s own", changing.proposal(offered(OFFER, own=True, replayed=Replayed((), False)))),
        ("setup.terms, a calendar", changing.proposal(offered(DAYS))),
        ("setup.terms, worst", changing.proposal(worst)),
        ("setup.terms.news", changing.news(offered(OFFER))),
        ("setup.terms.news, worst", changing.news(offered(last, other=MARKUP[:75], answered_by=""))),
    ]


class Shelf:
    """An archive that knows one partnership and nothing else."""

    def partnership(self, reader: Actor, partnership: str) -> Partnership:
        return NORTHMERE


PRIYA = Actor(
    *("PER-03", "Priya Raghunathan", "ORG-HAL", Side.SPONSOR, frozenset({Role.ADMINISTRATOR})),
    *(frozenset({"P-NOR"}), scopes(frozenset({"P-NOR"}), Side.SPONSOR), "Europe/Zurich"),
)


def opening(kind: str, subject: str, **facts: str) -> Opening:
    """A form being opened by somebody who administers one partnership."""
    return Opening(Shelf(), PRIYA, Letter(kind, subject, facts), NOW)  # type: ignore[arg-type]  # forms ask no more


def _form(built: tuple[Form, int] | None) -> Form:
    assert built is not None
    return built[0]


RULE = setup_policy.told_of(POLICY.rules[Severity.CRITICAL])
BAD = dict.fromkeys((*RULE, "why", "countries", "closures", "close", "week"), MARKUP[:60])
FORMS: tuple[tuple[str, Form], ...] = (
    ("setup.policy.form", _form(setup_policy.form(opening("setup.policy.form", "P-NOR critical", **RULE)))),
    (
        "setup.policy.form, worst",
        _form(setup_policy.form(opening("setup.policy.form", "P-NOR major", **BAD, sent="yes", moved="yes"))),
    ),
    (
        "setup.calendar.form",
        _form(setup_calendar.form(opening("setup.calendar.form", "P-NOR", close="17:00"))),
    ),
    (
        "setup.calendar.form, worst",
        _form(setup_calendar.form(opening("setup.calendar.form", "P-NOR", **BAD, sent="yes"))),
    ),
    ("setup.terms.form", _form(setup_terms.form(opening("setup.terms.form", "P-NOR policy")))),
    (
        "setup.terms.form, worst",
        _form(setup_terms.form(opening("setup.terms.form", "P-NOR policy", why="…", sent="yes"))),
    ),
)


def _forms() -> list[Named]:
    """What is shown where a form cannot be."""
    decline = Button("Fill in the form", "setup.terms.decline.form", {"proposal": "p" * 20}, opens=True)
    closed = setup_policy.fields.opener("Decline", "Why do you decline?", decline)
    return [*((name, form.instead) for name, form in FORMS), ("setup.terms.decline.form", closed)]
