"""Changing the escalation policy of a running partnership: what is in force, and a form for each severity."""

from collections.abc import Mapping
from dataclasses import replace

from bot.actors import Actor, Permission
from bot.cards import changing as cards
from bot.cards.replayed import QUARTER, Replayed
from bot.governance import replay
from bot.governance.escalation import Policy, Severity, SeverityRule
from bot.governance.partnership import Level, Partnership
from bot.governance.proposal import LIMITS, TOLD, Kind
from bot.governance.terms import RULES
from bot.governance.visibility import Side
from bot.handlers import setup_fields as fields
from bot.handlers import setup_lengths as lengths
from bot.handlers.setup_drafts import drafted, in_force, keep
from bot.handlers.setup_pairs import NotYourPartner, chosen
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.records import IssueFilter
from bot.views import Button, Card, Choice, Field, Form, TextField

CARD, FORM, WHICH = "setup.policy", "setup.policy.form", "setup.which"
MOST = 1_000  # issues that are lived again for one card
LABELS = {
    "ack": ("Acknowledge within", "The other side says it has seen it; else it goes up one level"),
    "contain": ("Contain within", "The harm is stopped, though not mended yet"),
    "plan": ("Agree a plan within", "Both sides agree on steps, an owner and a date"),
    "resolve": ("Resolve within", "Where no agreed plan sets another date"),
    "update": ("Say something at least every", "The longest silence once it is acknowledged"),
    "again": ("Remind again after", "An alarm comes again where nothing has moved"),
}
FIRST, EXAMPLE = "ack", f" For example {lengths.EXAMPLE}"
START, NOTIFY = "start", "notify"
SEVERITY = "severity"


def listed(request: Request, words: str) -> Letter:
    """The policy with one partner; with several, which is asked first."""
    found = chosen(request)
    return Letter(CARD, found.id) if found else Letter(WHICH, Kind.POLICY.value)


def asked(opening: Opening) -> tuple[Card, int]:
    """Which partner is meant."""
    mine = opening.archive.partnerships(opening.reader)
    partners = tuple((one.id, other(opening.reader, one)) for one in mine)
    return cards.which(Kind(opening.letter.subject), partners), 0


def other(reader: Actor, partnership: Partnership) -> str:
    """The company across the table."""
    return partnership.company((reader.side or Side.SPONSOR).other)


def about(opening: Opening, kind: Kind) -> cards.Changing | None:
    """Whose terms they are, and what waits; None for who does not administer a side of them."""
    reader = opening.reader
    home = opening.archive.partnership(reader, opening.letter.subject)
    if home is None or not reader.may(Permission.ADMINISTER):
        return None
    waiting = opening.archive.open_proposal(reader, home.id, kind)
    from_us = waiting is not None and waiting.side is reader.side
    return cards.Changing(home.id, other(reader, home), waiting, from_us)


def card(opening: Opening) -> tuple[Card, int] | None:
    """What is in force, with one's own changes over it."""
    told = about(opening, Kind.POLICY)
    home = opening.archive.partnership(opening.reader, opening.letter.subject)
    if told is None or home is None:
        return None
    present = opening.archive.policy(opening.reader, home.id)
    would = wanted(opening.archive, opening.reader, home)
    changed = would if would.rules != present.rules else None
    lived = replayed(opening, home, changed) if changed else None
    return cards.policy(told, present, changed, lived), 0


def replayed(opening: Opening, home: Partnership, policy: Policy) -> Replayed:
    """Last quarter's issues under that policy, as far as this reader may see them."""
    archive, reader, now = opening.archive, opening.reader, opening.now
    if not reader.may(Permission.READ):
        return Replayed((), may_read=False)
    which = IssueFilter(home.id, open_only=False, since=now - QUARTER, limit=MOST)
    calendar = archive.calendar(reader, home.id)
    return Replayed(replay.compared(archive.issues(reader, which), policy, calendar, now))


def wanted(archive: Archive, actor: Actor, home: Partnership) -> Policy:
    """The policy as the actor would have it: what is in force, and their own changes."""
    present = archive.policy(actor, home.id)
    said = drafted(archive, actor, home, Kind.POLICY)
    rules = {
        severity: _rule(severity, said) if f"{severity} {START}" in said else rule
        for severity, rule in present.rules.items()
    }
    return replace(present, rules=rules, version=present.version + 1)


def _rule(severity: Severity, said: Mapping[str, str]) -> SeverityRule:
    """A rule as it was written in the form, which had nothing wrong in it."""
    told = {name: said[f"{severity} {name}"] for name in (START, NOTIFY, *LIMITS, *Level)}
    return SeverityRule(
        start_level=Level(told[START]),
        notify=tuple(one for one in TOLD if one in told[NOTIFY].split("\n")),
        time_at_level=tuple((level, lengths.read(told[level])) for level in Level),
        **{name: lengths.read(told[name]) for name in LIMITS},
    )


def told_of(rule: SeverityRule) -> dict[str, str]:
    """A rule as the fields of its form."""
    limits = {name: lengths.words(getattr(rule, name)) for name in LIMITS}
    levels = {level.value: lengths.words(rule.at_level(level)) for level in Level}
    return {START: rule.start_level.value, NOTIFY: "\n".join(rule.notify), **limits, **levels}


def open_form(request: Request, words: str) -> Letter:
    """One severity, with one's own changes."""
    home, severity = chosen(request), request.intent.fields.get(SEVERITY, "")
    if home is None or severity not in list(Severity):
        return listed(request, words)
    rule = wanted(request.archive, request.actor, home).rules[Severity(severity)]
    seen = {fields.SEEN: in_force(home, Kind.POLICY)}
    return Letter(FORM, f"{home.id} {severity}", {**told_of(rule), **seen})


def form(opening: Opening) -> tuple[Form, int] | None:
    """Every number of one severity, with its meaning beside it."""
    partnership, _, severity = opening.letter.subject.rpartition(" ")
    facts, home = opening.letter.facts, opening.archive.partnership(opening.reader, partnership)
    if home is None or severity not in list(Severity):
        return None
    hidden = {"partnership": home.id, SEVERITY: severity}
    opens = Button("Fill in the form", FORM, hidden, primary=True, opens=True)
    title = f"{severity.capitalize()} issues"
    drawn = Form(
        title,
        "setup.policy.save",
        fields.noted(fields.wrong(facts, CHECKS), _inputs(facts)),
        {**hidden, fields.SEEN: facts.get(fields.SEEN, "")},
        fields.moved(facts, "The policy"),
        send="Keep",
        instead=fields.opener(title, f"Say how {severity} issues go. Nothing is proposed yet.", opens),
    )
    return drawn, 0


def _inputs(facts: Mapping[str, str]) -> tuple[Field, ...]:
    known, levels = facts.get, tuple((one.value, one.value) for one in Level)
    told = tuple((str(one), str(one)) for one in TOLD)
    limits = (
        TextField(name, label, known(name, ""), f"{meaning}.{EXAMPLE if name == FIRST else ''}")
        for name, (label, meaning) in LABELS.items()
    )
    at_levels = (
        TextField(
            level.value,
            f"Longest at {level} without a plan",
            known(level.value, ""),
            "Then it goes up one level.",
        )
        for level in Level
    )
    return (
        Choice(START, "Opens at", levels, known(START, ""), "Who decides first"),
        Choice(NOTIFY, "Told at once besides", told, known(NOTIFY, ""), optional=True, many=True),
        *limits,
        *at_levels,
    )


def _told_wrong(chosen_ones: str) -> str:
    strange = [one for one in chosen_ones.split("\n") if one and one not in TOLD]
    return f"“{strange[0][:40]}” is no level and no line; choose out of the list." if strange else ""


CHECKS: Mapping[str, fields.Check] = {
    START: fields.one_of((one.value for one in Level), "a level"),
    NOTIFY: _told_wrong,
    **dict.fromkeys(LIMITS, lengths.wrong),
    **dict.fromkeys((one.value for one in Level), lengths.wrong_at_level),
}


def save(request: Request, words: str) -> Letter:
    """Kept with one's other changes; nobody else sees them until they are proposed."""
    home, facts = chosen(request), fields.filled(request)
    severity = facts.get(SEVERITY, "")
    if home is None or severity not in list(Severity):
        raise NotYourPartner
    subject, present = f"{home.id} {severity}", in_force(home, Kind.POLICY)
    if fields.wrong({**facts, fields.SENT: ""}, CHECKS):
        return fields.sent(request, FORM, subject)
    if facts.get(fields.SEEN) != present:
        return fields.sent(request, FORM, subject, **{fields.SEEN: present, fields.MOVED: "yes"})
    said = {f"{severity} {name}": facts.get(name, "").strip() for name in CHECKS}
    before = drafted(request.archive, request.actor, home, Kind.POLICY)
    keep(request, home, Kind.POLICY, {**before, **said})
    return Letter(CARD, home.id)


def take_standard(request: Request, words: str) -> Letter:
    """The standard policy as one's own changes."""
    home = chosen(request)
    if home is None:
        return listed(request, words)
    standard = ((severity, told_of(rule)) for severity, rule in RULES.items())
    said = {f"{severity} {name}": value for severity, told in standard for name, value in told.items()}
    keep(request, home, Kind.POLICY, said)
    return Letter(CARD, home.id)
