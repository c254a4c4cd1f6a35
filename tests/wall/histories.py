"""Histories nobody has thought of: lists of draws, so that a failing one shrinks to a short story."""

from typing import Any

from hypothesis import strategies as st

from bot.governance.visibility import Scope, Visibility
from tests.wall.cast import COMPANIES, PEOPLE, Matter, One
from tests.wall.steps import Act, Form, LetIn, Load, Log, Make, Press, Say, SetUp, Share, Step, Take, Wait

TITLES = (
    "Alpha",
    "Bravo",
    "Cedar",
    "Delta",
    "Ember",
    "Fjord",
    "Grove",
    "Heath",
    "Inlet",
    "Jetty",
    "Kiosk",
    "Larch",
    "Moor",
    "Nook",
    "Otter",
    "Plume",
)
SEVERITIES = ("major", "minor", "critical")
WORKERS = (
    "tomasz",
    "annika",
    "marcus",
    "wei-ling",
    "rafael",
    "priya",
    "gareth",
    "david",
    "elena",
    "charlotte",
)
MADE = (
    "commit “{t}” by 12 Nov to @{other}",
    "commit “{t}” by 1 Dec, owner @{other}, to @{who}",
    "decision record {t}, because it is late, deciders @{who}, @{other}",
    "action {t}, @{other}, by 12 Nov",
)
KEPT = (
    "commit accept {n}",
    "commit done {n} all have it",
    "commit confirm {n}",
    "commit dispute {n} half of it",
    "commit move {n} to 3 Dec, the vendor is late",
    "commit withdraw {n} not needed",
    "decision ratify {n}",
    "decision dissent {n} too dear",
    "action done {n}",
    "commit remind {n} 5",
)
VERBS = (
    "ack {n}",
    "plan {n} hire two CRAs, due 28 Nov",
    "plan {n} agree",
    "update {n} nine of them are filed",
    "severity {n} critical, kits expired",
    "escalate {n} no plan is in sight",
    "contain {n} kits recalled",
    "hold {n} ethics committee, until 15 Dec",
    "resolve {n} all are filed",
    "verify {n}",
    "dispute {n} not filed",
    "withdraw {n} logged twice",
    "reject {n} it is none",
    "reopen {n} three are late again",
    "breach {n}",
    "plan {n}",
    "unshare {n} it was for us alone",
    "redact {n} it names a nurse",
)
LABELS = ("Acknowledge", "Propose a plan", "Agree", "Post an update", "Resolve", "More")
WORDS = (
    "issue list",
    "issue list overdue",
    "issue show QUI-ISS-003",
    "issue show HAL-NOR-ISS-001",
    "issue show NORI-ISS-001",
    "isue lst",
    "help",
    "issue plan",
    "search backlog",
    "export",
    "export HAL-301",
)
BOTH, NOR, QUI = ("P-NOR", "P-QUI"), ("P-NOR",), ("P-QUI",)
SET_UPS = (
    SetUp("rafael", text="setup away from 10 Nov to 12 Dec, @annika", within=NOR),
    SetUp("gareth", text="setup away from 10 Nov to 12 Dec, @wei-ling", within=QUI),
    SetUp("kenji", text="setup away from 10 Nov to 12 Dec, @priya", within=BOTH),
    SetUp("gareth", text="setup role wei-ling", values=(("title", "Head of data"),), within=QUI),
    SetUp("david", text="setup role rafael", values=(("title", "Head of sites"),), within=NOR),
    SetUp("priya", text="setup role kenji", values=(("title", "Partner"),), within=BOTH),
    SetUp("gareth", presses=("Approve as a member",), within=QUI),
    SetUp("david", presses=("Refuse",), within=NOR),
)
SHARED, THIRD = Visibility.SHARED, {"P-NOR": "ORG-QUI", "P-QUI": "ORG-NOR"}
KINDS = (
    "log",
    "log",
    "log",
    "act",
    "act",
    "act",
    "note",
    "press",
    "form",
    "say",
    "wait",
    "set up",
    "load",
    "new",
)
KINDS += ("log", "act", "share", "let in", "take", "make", "make", "keep", "keep")

draws = st.tuples(
    st.sampled_from(KINDS), st.integers(0, 9), st.integers(0, 15), st.integers(0, 17), st.booleans()
)
# One of each company at most: colleagues see each other ask.
readers = st.lists(
    st.sampled_from(tuple(PEOPLE.values())), min_size=1, max_size=2, unique_by=lambda one: one.company
).map(tuple)


def histories(least: int = 8, most: int = 16) -> st.SearchStrategy[tuple[Step, ...]]:
    """From `least` to `most` steps."""
    return st.lists(draws, min_size=least, max_size=most).map(_told)


def _told(drawn: list[Any]) -> tuple[Step, ...]:
    matters: list[Matter] = []
    return tuple(_step(matters, *one) for one in drawn)


def _step(matters: list[Matter], kind: str, who: int, one: int, other: int, flag: bool) -> Step:
    """What the draws come to; without any issue yet, one is logged."""
    person = PEOPLE[WORKERS[who]]
    matter = matters[one % len(matters)] if matters else None
    match kind:
        case "say":
            return Say(person.name, "" if flag else "direct", text=WORDS[other % len(WORDS)])
        case "new":
            return Say(f"newcomer at {('Northmere', 'Quillon')[flag]}", "general", text="issue list")
        case "wait":
            return Wait("", hours=(1, 5, 26, 80)[other % 4])
        case "take":
            what = ("HAL-301", "backlog", "discount", "")[other % 4]
            return Take(person.name, what=what, within=person.partnerships)
        case "set up":
            return SET_UPS[other % len(SET_UPS)]
        case "load":
            return Load("", number=1 + other % 3)
    if kind == "make":
        return _made(matters, person, (one, other))
    if matter is None or kind in ("log", "form"):
        return _logged(matters, kind, person, (one, other), flag)
    actor = _actor(matter, who, stranger=other == 17)
    place = "" if flag else "direct"
    match kind:
        case "note":
            return Act(actor.name, matter=matter, text="issue note {n} ask for a discount", only_own=True)
        case "keep":
            return Act(actor.name, place, matter=matter, text=KEPT[other % len(KEPT)])
        case "share" if matter.scope.visibility.side or matter.readers:
            return _shared(matters, matter)
        case "let in" if matter.readers:
            return LetIn(sorted(matter.readers)[0], matter=matter, name=WORKERS[other % len(WORKERS)])
        case "press":
            return Press(actor.name, place, matter=matter, label=LABELS[other % len(LABELS)])
    return Act(actor.name, place, matter=matter, text=f"issue {VERBS[other % len(VERBS)]}")


def _logged(matters: list[Matter], kind: str, person: One, picks: tuple[int, int], flag: bool) -> Step:
    """A new issue of any class that its writer may log in, owned by somebody who may own it."""
    partnership = person.partnerships[picks[0] % len(person.partnerships)]
    visibility = (SHARED, person.own, Visibility.RESTRICTED, Visibility.TRI_PARTY)[picks[1] % 4]
    third = THIRD[partnership] if visibility is Visibility.TRI_PARTY else ""
    owner = _owner(person, partnership, visibility, picks[0])
    readers = frozenset({person.name, owner}) if visibility is Visibility.RESTRICTED else frozenset()
    title = f"Backlog {TITLES[len(matters) % len(TITLES)]}{len(matters) // len(TITLES) or ''}"
    matters.append(Matter(title, Scope(partnership, visibility), readers, third, person.name))
    severity = SEVERITIES[picks[0] % 3]
    if kind == "form" and not third:
        return Form(person.name, matter=matters[-1], severity=severity, owner=owner, sends=not flag)
    place, times = ("" if flag else "direct"), 2 if picks[0] == 7 else 1
    return Log(person.name, place, matter=matters[-1], severity=severity, owner=owner, times=times)


def _made(matters: list[Matter], person: One, picks: tuple[int, int]) -> Step:
    """A commitment, a decision or an action item that both sides see, or its maker's alone."""
    partnership = person.partnerships[picks[0] % len(person.partnerships)]
    visibility = (SHARED, person.own)[picks[1] % 2]
    other = _owner(person, partnership, visibility, picks[0])
    matters.append(
        Matter(f"Backlog {TITLES[len(matters) % len(TITLES)]}{len(matters)}", Scope(partnership, visibility))
    )
    partner = "Halcyra" if person.company != "ORG-HAL" else COMPANIES[partnership]
    class_ = "shared" if visibility is SHARED else "internal"
    said = MADE[picks[0] % len(MADE)].replace("{other}", other).replace("{who}", person.name)
    return Make(person.name, matter=matters[-1], text=f"{said}, for {partner}, {class_}")


def _shared(matters: list[Matter], matter: Matter) -> Step:
    """Whoever raised it opens it up; an issue that went on as another one is not the one it was."""
    number = len(matters)
    matters.append(Matter(f"Opened {TITLES[number % len(TITLES)]}", Scope(matter.scope.partnership, SHARED)))
    return Share(matter.raiser, matter=matter, wider=matters[-1])


def _owner(person: One, partnership: str, visibility: Visibility, pick: int) -> str:
    """Of both companies, or of their own for what only that company sees."""
    able = [PEOPLE[name] for name in WORKERS]
    fits = [one.name for one in able if partnership in one.partnerships]
    own = [name for name in fits if PEOPLE[name].company == person.company]
    chosen = own if visibility is person.own else fits
    return chosen[pick % len(chosen)]


def _actor(matter: Matter, pick: int, stranger: bool) -> One:
    """Somebody who may see it, or anybody at all."""
    able = [PEOPLE[name] for name in WORKERS]
    seeing = [one for one in able if one.sees(matter)]
    chosen = able if stranger or not seeing else seeing
    return chosen[pick % len(chosen)]
