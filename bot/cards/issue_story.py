"""What happened to an issue, in one plain sentence for each line of the record."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from bot.cards import handed, issue_erased, when
from bot.cards.issue_opened import linked, readers, tagged
from bot.cards.setting import Setting
from bot.governance.alarm import TOGETHER
from bot.governance.clocks import Kind
from bot.records import FROM_FILE, Entry

State = Mapping[str, Any]  # the changed fields of an issue, as the record keeps them

MISSED = {
    Kind.ACK: "nobody had acknowledged it in time",
    Kind.CONTAIN: "it was not contained in time",
    Kind.PLAN: "no plan was agreed in time",
    Kind.RESOLVE: "it was not resolved in time",
    Kind.LEVEL: "no plan was agreed in its time at {was}",
    Kind.PLAN_LATE: "the agreed plan was more than five business days late",
    Kind.UPDATE: "there was no update in time",
    Kind.AGAIN: "nothing had moved since the last alarm",
}
CHANGED = {
    "title": "title",
    "severity": "severity",
    "owner": "owner",
    "due": "due date",
    "study": "study",
    "category": "category",
    "description": "description",
}


def told(history: Iterable[Entry]) -> tuple[Entry, ...]:
    """The lines that tell what happened to the issue itself, in their order."""
    return tuple(entry for entry in history if entry.what in SENTENCES)


def line(entry: Entry, here: Setting) -> str:
    """ "Wed 11 Nov 2026, 18:00 CET: Marcus Adeyemi (Halcyra Therapeutics AG) acknowledged it."."""
    return f"{here.time(entry.at)}: {sentence(entry, here)}"


def sentence(entry: Entry, here: Setting) -> str:
    """The same without the time, with the reason people gave."""
    told = _Told(entry, here.past)
    if entry.erased:
        return f"{ended(f'{told.who} {issue_erased.left(entry.what)}')} {issue_erased.LEFT}"
    return ended(SENTENCES.get(entry.what, _changed)(told))


def ended(words: str) -> str:
    """With a sign at its end, and a capital at its beginning."""
    words = words.strip()
    whole = words if words.removesuffix("”").endswith((".", "!", "?", "…")) else f"{words}."
    return whole[:1].upper() + whole[1:]


class _Told:
    """A line of the record with what its sentence needs at hand."""

    __slots__ = ("after", "before", "here", "person", "what", "who", "why")

    def __init__(self, entry: Entry, here: Setting) -> None:
        nobody = "somebody" if FROM_FILE in entry.why else "Parley"
        self.who = here.name(entry.person) if entry.person else nobody
        self.person, self.here, self.what = entry.person, here, entry.what
        self.before: State = entry.before or {}
        self.after: State = entry.after or {}
        why = " ".join(entry.why.replace(f"({FROM_FILE})", "").replace(FROM_FILE, "").split())
        self.why = f": {why}" if why else ""

    def part(self, name: str) -> State:
        """A part of the issue after it, or before it where it is gone."""
        for state in (self.after, self.before):
            if isinstance(found := state.get(name), Mapping):
                return found
        return {}

    def moved(self) -> str:
        """ "from L1 to L2", or nothing where the level stayed."""
        was, now = self.before.get("level"), self.after.get("level")
        return f"from {was} to {now}" if was and now and was != now else ""

    def rang(self) -> Mapping[Kind, datetime]:
        """The limits this line is about, the gravest first; a line without any is about acknowledgement."""
        before, after = self.before.get("rang") or {}, self.after.get("rang") or {}
        fresh = {kind: at for kind, at in after.items() if before.get(kind) != at}
        if not fresh and self.before.get("ack_due"):
            fresh = {Kind.ACK.value: self.before["ack_due"]}
        order = (*TOGETHER, Kind.LEGAL, Kind.RESUME)
        return {kind: datetime.fromisoformat(str(fresh[kind])) for kind in order if kind in fresh}

    def missed(self) -> str:
        """What had not been done by then: "it was not contained and no plan was agreed"."""
        was = self.before.get("level") or "its level"
        rang = self.rang()
        kinds = [kind for kind in rang if kind in MISSED and (kind, Kind.PLAN in rang) != (Kind.LEVEL, True)]
        return " and ".join(MISSED[kind].format(was=was) for kind in kinds)

    def beside(self) -> str:
        """Who is missing at the level, and how late it was told."""
        parts = self.why[2:].split("; ")
        kept = [part for part in parts if " names nobody at " in part or part.startswith("told ")]
        return "".join(f"; {part}" for part in kept)


def _day(words: object) -> str:
    """A day of the record, in words."""
    return when.day(date.fromisoformat(str(words)[:10])) if words else ""


def _until(part: State) -> str:
    """ " until Fri 20 Nov 2026", of a plan or a hold."""
    on = _day(part.get("due") or part.get("until"))
    return f" until {on}" if on else ""


def _quoted(words: object) -> str:
    return f": “{' '.join(str(words).split())}”" if words else ""


def _logged(told: _Told) -> str:
    severity, level = told.after.get("severity", ""), told.after.get("level", "")
    graded = f" as {severity}" if severity else ""
    return f"{told.who} raised it{graded}{f', at {level}' if level else ''}"


def _put_right(told: _Told) -> str:
    """Which of its words its raiser put right, with the new ones where they are short."""
    changes = [_change(told, name) for name in CHANGED if name in told.after]
    if not changes:
        return f"{told.who} put it right{told.why}"
    *first, last = changes
    listed = f"{', '.join(first)} and {last}" if first else last
    return f"{told.who} changed {listed}{told.why}"


def _change(told: _Told, name: str) -> str:
    value = str(told.after.get(name) or "")
    match name:
        case "description" | "title":
            return f"the {CHANGED[name]}"
        case "owner":
            value = told.here.name(value) if value else ""
        case "due":
            value = _day(value)
    return f"the {CHANGED[name]} to {value.replace('_', ' ')}" if value else f"the {CHANGED[name]} to none"


def _climbed(told: _Told) -> str:
    """The clock moved it up: what was missing, and from where to where."""
    missed = told.missed()
    moved = f"it moved {told.moved()}"
    return f"{missed}, so {moved}{told.beside()}" if missed else f"{moved}{told.why}"


def _alarmed(told: _Told) -> str:
    """A clock ran out and the level stayed."""
    rang, missed = told.rang(), told.missed()
    if Kind.LEGAL in rang:
        return f"both sides were reminded of the legal clock{told.beside()}"
    if not missed:
        return f"Parley reminded both sides{told.why}"
    return f"{missed}{told.beside()}"


def _contained(told: _Told) -> str:
    return f"{told.who} contained it{_quoted(told.after.get('containment')) or told.why}"


def _planned(told: _Told) -> str:
    offer = told.part("offer") or told.part("plan")
    steps = len(offer.get("steps") or ())
    counted = f" in {steps} step{'s' if steps != 1 else ''}" if steps else ""
    return f"{told.who} proposed a plan{_until(offer)}{counted}{told.why}"


def _agreed(told: _Told) -> str:
    return f"{told.who} agreed to the plan{_until(told.part('plan'))}{told.why}"


def _declined(told: _Told) -> str:
    return f"{told.who} declined the plan{_until(told.before.get('offer') or {})}{told.why}"


def _written(told: _Told) -> str:
    words = told.why[2:]
    return f"{told.who} wrote{_quoted(words)}" if words else f"{told.who} gave an update"


def _graded(told: _Told) -> str:
    """A side's view of the severity: a change, or a view that the other side does not share."""
    was, now = told.before.get("severity"), told.after.get("severity")
    views: list[State] = list(told.after.get("views") or ())
    own = next((view for view in views if view["by"] == told.person), None)
    if own and len({view["severity"] for view in views}) > 1:
        higher = ", which applies until both sides agree" if now == own["severity"] else ""
        return f"{told.who} graded it {own['severity']}{higher}{told.why}"
    if was and now:
        return f"{told.who} changed the severity from {was} to {now}{told.why}"
    return f"{told.who} stated the severity, and both sides agree{told.why}"


def _same_grade(told: _Told) -> str:
    now = told.after.get("severity")
    return f"{told.who} agreed to the severity{f', {now} from now on' if now else ''}{told.why}"


def _held(told: _Told) -> str:
    hold = told.part("hold")
    return f"{told.who} asked to put it on hold{_until(hold)}: {hold.get('reason') or told.why[2:]}"


def _hold_agreed(told: _Told) -> str:
    return f"{told.who} agreed, and it is on hold{_until(told.part('hold'))}{told.why}"


def _resumed(told: _Told) -> str:
    if told.who == "Parley":
        return f"the hold ended, and its clocks run again{told.why}"
    return f"{told.who} took it off hold{told.why}"


def _resolved(told: _Told) -> str:
    return f"{told.who} said it is resolved{_quoted(told.after.get('resolution')) or told.why}"


def _verified(told: _Told) -> str:
    check = _day((told.part("capa")).get("effectiveness_check"))
    further = told.after.get("state") == "effectiveness_check"
    on = f" on {check}" if check else " later"
    last = f"; whether that was effective is checked{on}" if further else ""
    return f"{told.who} verified that it is resolved{last}{told.why}"


def _rejected(told: _Told) -> str:
    twin = told.after.get("duplicate_of")
    return f"{told.who} {f'called it a duplicate of {twin}' if twin else 'rejected it'}{told.why}"


def _breach(told: _Told) -> str:
    due = _day(told.part("legal").get("due"))
    runs = f"; the legal clock runs until the end of {due}" if due else ""
    return f"{told.who} named it a possible serious breach{runs}{told.why}"


def _assessed(told: _Told) -> str:
    found = str(told.part("legal").get("assessment", "")).replace("_", " ")
    return f"{told.who} assessed the possible serious breach{f' as {found}' if found else ''}{told.why}"


def _plainly(words: str) -> Callable[[_Told], str]:
    """Who did what, and why."""
    return lambda told: f"{told.who} {words}{told.why}"


_changed = _plainly("changed it")
SENTENCES: Mapping[str, Callable[[_Told], str]] = {
    **dict.fromkeys(issue_erased.TOLD, lambda told: f"{told.who} {issue_erased.told(told)}{told.why}"),
    "issue.log": _logged,
    "issue.ack": _plainly("acknowledged it"),
    "issue.change": _put_right,
    "issue.climb": _climbed,
    "issue.alarm": _alarmed,
    "issue.contain": _contained,
    "issue.plan": _planned,
    "issue.plan_agree": _agreed,
    "issue.plan_decline": _declined,
    "issue.update": _written,
    "issue.severity": _graded,
    "issue.severity_agree": _same_grade,
    "issue.escalate": lambda told: f"{told.who} escalated it {told.moved()}{told.why}",
    "issue.deescalate": lambda told: f"{told.who} brought it down {told.moved()}{told.why}",
    "issue.hold": _held,
    "issue.hold_agree": _hold_agreed,
    "issue.hold_decline": _plainly("declined to put it on hold"),
    "issue.resume": _resumed,
    "issue.resolve": _resolved,
    "issue.verify": _verified,
    "issue.reopen": _plainly("reopened it"),
    "issue.dispute": _plainly("disputes it"),
    "issue.reject": _rejected,
    "issue.close": _plainly("closed it"),
    "issue.withdraw": _plainly("withdrew it"),
    "issue.legal": _breach,
    "issue.assess": _assessed,
    "issue.aware": lambda told: f"{told.who} said that it was known earlier{told.why}",
    "issue.open": lambda told: _logged(told).replace(" raised it", " opened it", 1),
    "issue.share": lambda told: f"{told.who} shared it{linked(' as', told.after, 'shared_as')}{told.why}",
    "issue.unshare": lambda told: f"{told.who} took it back{linked(', it was', told.after, 'was')}{told.why}",
    "issue.readers": lambda told: f"{readers(told.who, told.before, told.after, told.here)}{told.why}",
    "issue.owner": lambda told: handed.handed(told.who, told.before, told.after, told.here) + told.why,
    "issue.blinding": lambda told: tagged(told.before, told.after, told.here),
    "issue.load": lambda told: "it was taken over from an earlier record",
    "issue.recount": lambda told: "its limits were counted anew: the working calendar has changed",
}
