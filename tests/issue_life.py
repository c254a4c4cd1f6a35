"""A whole life of an issue, lived through the product's own rules, with its lines in the record."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.cards.setting import Setting
from bot.governance import alarm, clocks, grading, judge, ladder, legal, pause, work
from bot.governance.change import difference
from bot.governance.escalation import Severity
from bot.governance.issue import Assessment, Capa, Issue, Plan, PlanStep, RootCause
from bot.governance.life import acknowledge
from bot.governance.party import Party
from bot.governance.visibility import Side
from bot.records import Entry
from tests.governance import example
from tests.governance.issues import RAISED

CALENDAR = example.calendar()
RAFAEL, TOMASZ = Party("PER-10", Side.CRO), Party("PER-04", Side.SPONSOR)
CAUSE = RootCause("process gap", "5 whys", "Nobody checks what a leaver still had to file.")
CAPA = Capa("CAPA-118", "File what is missing.", "A leaver’s list is checked.", date(2027, 2, 1))


@dataclass(frozen=True, slots=True)
class Life:
    """An issue as it stands, and what happened to it; `now` goes on by hours."""

    issue: Issue
    history: tuple[Entry, ...]
    now: datetime

    @classmethod
    def begun(cls, issue: Issue) -> "Life":
        entry = Entry("issue.log", issue.raised_by, RAISED, record=issue.id, after=difference(None, issue)[1])
        return cls(issue, (entry,), RAISED)

    def then(self, what: str, new: Issue, person: str = "", why: str = "", hours: float = 2) -> "Life":
        """The next state, its line in the record, and some hours later."""
        new = replace(new, version=self.issue.version + 1)
        before, after = difference(self.issue, new)
        line = Entry(f"issue.{what}", person, self.now, record=new.id, why=why, before=before, after=after)
        return Life(new, (*self.history, line), self.now + timedelta(hours=hours))

    def rung(self, kind: clocks.Kind) -> "Life":
        """That clock runs out and people are told."""
        at = clocks.wanted(self.issue, CALENDAR)[kind]
        now = max(self.now, at)
        new = alarm.rung(self.issue, {kind: at}, CALENDAR, now)
        what = "climb" if new.level is not self.issue.level else "alarm"
        why = "; ".join((alarm.RAN_OUT[kind], "Halcyra Therapeutics AG names nobody at L4"))
        return replace(self, now=now).then(what, new, why=why)

    def seen_in(self, here: Setting) -> Setting:
        """The same reader, who knows all this."""
        running = clocks.running(self.issue, CALENDAR)
        return replace(here, history=self.history, clocks=running, now=self.now, calendar=CALENDAR)


def lived(issue: Issue, words: str = "nine of fourteen are filed") -> dict[str, Life]:
    """Every stage by its name; `words` is what people write."""
    known = Life.begun(issue).then("ack", acknowledge(issue, TOMASZ.person, RAISED), TOMASZ.person)
    return {
        "not acknowledged in time": Life.begun(issue).rung(clocks.Kind.ACK),
        "climbed twice": Life.begun(issue).rung(clocks.Kind.ACK).rung(clocks.Kind.ACK),
        "acknowledged": known,
        "no plan in time": known.rung(clocks.Kind.PLAN),
        "told of by hand": _graded(_stepped(known, words), words),
        **_planned(known, words),
        **_held(known, words),
        **_breached(known, words),
    }


def _stepped(life: Life, words: str) -> Life:
    up = life.then("escalate", ladder.escalate(life.issue, TOMASZ, None, life.now), TOMASZ.person, words)
    down = up.then("deescalate", ladder.deescalate(up.issue, RAFAEL, None, up.now), RAFAEL.person, words)
    wrote = down.then("update", work.update(down.issue, RAFAEL), RAFAEL.person, words)
    return wrote.then("contain", work.contain(wrote.issue, RAFAEL, words, wrote.now), RAFAEL.person)


def _graded(life: Life, words: str) -> Life:
    higher = grading.state_severity(life.issue, TOMASZ, Severity.CRITICAL, words, life.now)
    said = life.then("severity", higher, TOMASZ.person, words)
    lower = grading.state_severity(said.issue, RAFAEL, Severity.MINOR, words, said.now)
    return said.then("severity", lower, RAFAEL.person, words)


def _planned(life: Life, words: str) -> dict[str, Life]:
    steps = tuple(PlanStep(f"{words} {at}", RAFAEL.person, date(2026, 11, 20)) for at in range(8))
    offer = work.propose(life.issue, RAFAEL, Plan(date(2026, 11, 27), steps), life.now)
    offered = life.then("plan", offer, RAFAEL.person)
    agreed = offered.then(
        "plan_agree", work.agree(offered.issue, TOMASZ, offered.now), TOMASZ.person, hours=30
    )
    again = agreed.then("plan", work.propose(agreed.issue, TOMASZ, Plan(date(2026, 12, 4)), agreed.now))
    declined = again.then("plan_decline", work.decline(again.issue), RAFAEL.person, words)
    return {
        "a plan is offered": offered,
        "in progress": agreed,
        "another plan is declined": declined,
        "the plan is late": agreed.rung(clocks.Kind.PLAN_LATE),
        **_claimed(agreed, words),
    }


def _claimed(life: Life, words: str) -> dict[str, Life]:
    claim = work.Claim(words, CAUSE, CAPA)
    resolved = life.then("resolve", work.resolve(life.issue, RAFAEL, claim, life.now), RAFAEL.person)
    disputed = resolved.then(
        "dispute", judge.dispute(resolved.issue, TOMASZ, words, resolved.now), TOMASZ.person, words
    )
    reopened = disputed.then(
        "reopen", judge.reopen(disputed.issue, RAFAEL, disputed.now), RAFAEL.person, words
    )
    verified = resolved.then(
        "verify", judge.verify(resolved.issue, TOMASZ, resolved.now), TOMASZ.person, words
    )
    done = judge.close(verified.issue, TOMASZ, words, "no repeat", verified.now)
    plain = replace(resolved, issue=replace(resolved.issue, capa=None))
    return {
        "resolved": resolved,
        "disputed": disputed,
        "reopened": reopened,
        "verified, its effect is checked": verified,
        "verified": plain.then("verify", judge.verify(plain.issue, TOMASZ, plain.now), TOMASZ.person),
        "closed": verified.then("close", done, TOMASZ.person, words),
    }


def _held(life: Life, words: str) -> dict[str, Life]:
    asked = life.then(
        "hold", pause.ask(life.issue, RAFAEL, words, date(2026, 12, 15), life.now), RAFAEL.person, words
    )
    held = asked.then("hold_agree", pause.agreed(asked.issue, TOMASZ, asked.now), TOMASZ.person)
    gone = judge.withdraw(life.issue, RAFAEL, words, life.now)
    no = judge.reject(life.issue, TOMASZ, words, None, life.now)
    rejected = life.then("reject", no, TOMASZ.person, words)
    twin = replace(life.issue, id="NOR-ISS-002", number="NOR-ISS-002")
    same = judge.reject(life.issue, TOMASZ, words, twin, life.now)
    return {
        "a hold is asked for": asked,
        "on hold": held,
        "a hold is declined": asked.then("hold_decline", pause.declined(asked.issue), TOMASZ.person, words),
        "goes on": held.then("resume", pause.resumed(held.issue, held.now)),
        "withdrawn": life.then("withdraw", gone, RAFAEL.person, words),
        "rejected": rejected,
        "a duplicate": life.then("reject", same, TOMASZ.person, words),
        "rejected and disputed": rejected.then(
            "dispute", judge.dispute(rejected.issue, RAFAEL, words, rejected.now), RAFAEL.person, words
        ),
    }


def _breached(life: Life, words: str) -> dict[str, Life]:
    breach = legal.named_breach(life.issue, RAFAEL.person, TOMASZ.person, life.now, life.now)
    named = life.then("legal", breach, RAFAEL.person, words)
    confirmed = legal.assessed(named.issue, Assessment.CONFIRMED, words)
    return {
        "a possible breach": named,
        "a breach": named.then("assess", confirmed, TOMASZ.person, words, hours=200),
    }
