"""What is known of an issue, as pairs of a label and its value."""

from collections.abc import Iterator

from bot.cards import when
from bot.cards.setting import Setting, short
from bot.governance.issue import Issue, Plan, PlanStep
from bot.governance.partnership import Partnership
from bot.governance.visibility import Visibility

HEADLINE = 120  # characters that are read at a glance; a longer title is also shown in full below
STEPS, STEP = 6, 120  # steps of a plan that stand on the card, and characters of each
DECIDES = {
    "L1": "the study team decides",
    "L2": "operations decide",
    "L3": "the executives decide",
    "L4": "the contract’s dispute clause decides",
}
WHOLE = 10_000  # characters: more than any text has


def headline(issue: Issue) -> str:
    """ "NOR-ISS-008: TMF backlog at site 104"."""
    return f"{issue.number}: {issue.title}"


def who_sees(visibility: Visibility, partnership: Partnership, readers: tuple[str, ...] = ()) -> str:
    """The people behind a class, in words; `readers` are those a record names, people or a third company."""
    match visibility:
        case Visibility.SHARED:
            return f"{partnership.sponsor_name} and {partnership.cro_name}"
        case Visibility.SPONSOR_INTERNAL:
            return f"{partnership.sponsor_name} only"
        case Visibility.CRO_INTERNAL:
            return f"{partnership.cro_name} only"
        case Visibility.TRI_PARTY:
            *first, last = (partnership.sponsor_name, partnership.cro_name, *readers)
            return f"{', '.join(first)} and {last}"
        case Visibility.RESTRICTED:
            return f"only {' and '.join(readers)}" if readers else "only the people it names"


def facts(issue: Issue, here: Setting, longest: int = WHOLE) -> tuple[tuple[str, str], ...]:
    """Severity, level, who, until when, what was done about it, who sees it; only what there is."""
    readers = tuple(sorted(here.people[person].name for person in issue.readers if person in here.people))
    readers = (here.third.name,) if here.third else readers
    pairs = (
        ("Severity", str(issue.severity)),
        ("Level", f"{issue.level}: {DECIDES[issue.level]}"),
        ("Owner", here.name(issue.owner) if issue.owner else "nobody yet"),
        ("Counterpart", here.name(issue.counterpart) if issue.counterpart else ""),
        ("Due", when.day(issue.due) if issue.due else ""),
        *_work(issue, here, longest),
        ("Study", issue.study),
        ("Topic", "unblinded: only people tagged as unblinded read it" if issue.unblinded else ""),
        ("Category", issue.category.replace("_", " ")),
        *((_label(name), value) for name, value in issue.linked.items()),
        ("Raised", f"{here.name(issue.raised_by)}, {here.time(issue.raised_at)}"),
        ("Seen by", who_sees(issue.visibility, here.partnership, readers)),
    )
    return tuple((label, value) for label, value in pairs if value)


def _work(issue: Issue, here: Setting, longest: int) -> Iterator[tuple[str, str]]:
    """What was done about it: contained, planned, found out, resolved."""
    if issue.contained_at:
        by = f"{here.name(issue.contained_by)}, " if issue.contained_by else ""
        said = f": {short(issue.containment, longest)}" if issue.containment else ""
        yield "Contained", f"{by}{here.time(issue.contained_at)}{said}"
    if issue.plan:
        yield "Plan", _plan(issue.plan, here, longest)
    if issue.offer:
        yield "Proposed plan", _plan(issue.offer, here, longest)
    if issue.root_cause:
        cause = issue.root_cause
        method = f" ({cause.method})" if cause.method else ""
        yield (
            "Root cause",
            f"{cause.category.replace('_', ' ')}{method}: {short(cause.text, longest)}".rstrip(": "),
        )
    yield "Resolution", short(issue.resolution, longest)
    if issue.capa:
        yield "CAPA", _capa(issue, longest)


def _plan(plan: Plan, here: Setting, longest: int) -> str:
    """Its day, who agreed, and its steps, a line each."""
    agreed = f", agreed {when.day(plan.agreed)}" if plan.agreed else ""
    by = f" by {here.name(plan.agreed_by)}" if plan.agreed and plan.agreed_by else ""
    until = f"until {when.day(plan.due)}{agreed}{by}"
    steps = [f"{number}. {_step(step, here, longest)}" for number, step in enumerate(plan.steps, 1)]
    most = len(steps) if longest == WHOLE else STEPS
    more = [f"… and {len(steps) - most} more"] if len(steps) > most else []
    return "\n".join((until, *steps[:most], *more))


def _step(step: PlanStep, here: Setting, longest: int) -> str:
    known = here.people.get(step.owner)
    owner = known.name if known else "somebody who has left" if step.owner else ""
    parts = (owner, f"by {when.day(step.due)}" if step.due else "")
    told = ", ".join(part for part in parts if part)
    return short(step.text, longest if longest == WHOLE else STEP) + (f" ({told})" if told else "")


def _capa(issue: Issue, longest: int) -> str:
    capa = issue.capa
    assert capa is not None  # noqa: S101 asked only where there is one
    check = f"effectiveness check {when.day(capa.effectiveness_check)}" if capa.effectiveness_check else ""
    corrective = f"corrective: {short(capa.corrective, longest)}" if capa.corrective else ""
    preventive = f"preventive: {short(capa.preventive, longest)}" if capa.preventive else ""
    result = f"result: {short(capa.result, longest)}" if capa.result else ""
    return "; ".join(part for part in (capa.id, corrective, preventive, check, result) if part)


def _label(name: str) -> str:
    """What a link is called: "Change order" for change_order; "KPI" is no word but an abbreviation."""
    return "KPI" if name == "kpi" else name.replace("_", " ").capitalize()
