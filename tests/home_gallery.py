"""Home, mine, overdue and who: with nothing, on an ordinary day, and with two hundred of everything."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.cards import home, mine, overdue, who
from bot.cards.setting import Setting
from bot.cards.waiting import Desk
from bot.governance.commitment import Commitment, State
from bot.governance.company import Absence, Member
from bot.governance.digest import DigestSetting, Rhythm
from bot.governance.overdue import Late
from bot.governance.partnership import Counterparts
from bot.governance.session import Committee, Session
from bot.governance.visibility import Side, Visibility
from bot.governance.waiting import CRITICAL, LATE, LAW, REST, Wait
from tests import gallery_words as words
from tests.governance.issues import ISSUE, RAISED
from tests.issue_life import CALENDAR

NOW = RAISED + timedelta(hours=4)
MANY = 200
AWAY = Absence("PER-10", date(2026, 11, 9), date(2026, 11, 20), "PER-09")
HERE = Setting(words.TOMASZ, words.NORTHMERE, words.PEOPLE, now=NOW, calendar=CALENDAR, away={"PER-10": AWAY})
DESK = Desk(NOW, "Asia/Kathmandu", {"PER-05": "Elena Duarte"}, {"P-NOR": "Northmere Clinical Ltd"})
COMMITTEE = Committee("C1", "P-NOR", "Joint Operations Committee", 2, "monthly", "PER-04", "PER-09", ())
SESSION = Session("NOR-MTG-10", "C1", "P-NOR", date(2026, 11, 18))
NOTHING = home.Home(DESK, (), (), 0, (), 0, {"P-NOR": HERE}, (), DigestSetting("PER-04", rhythm=Rhythm.NONE))


def wait(noun: str, title: str, number: int = 0, rank: int = REST) -> Wait:
    """One thing to do with those words."""
    verbs = {
        "issue": "issue.ack",
        "commit": "commit.accept",
        "decision": "decision.ratify",
        "action": "action.done",
    }
    name = f"NOR-{noun[:3].upper()}-{number:03}"
    by = NOW + timedelta(hours=rank - 2)
    return Wait(noun, name, name, "P-NOR", title, "answer it", verbs[noun], by, rank, stands_for="PER-05")


def promise(text: str) -> Commitment:
    """One promise in those words."""
    made = datetime(2026, 11, 2, 9, 0, tzinfo=NOW.tzinfo)
    known = "NOR-CMT-001", "NOR-CMT-001", "P-NOR", Visibility.SHARED, text, "PER-04", Side.SPONSOR, "PER-10"
    return Commitment(
        *known, "PER-04", made, date(2026, 11, 20), date(2026, 11, 27), State.ACCEPTED, moved_before=2
    )


def full(title: str, count: int) -> home.Home:
    """As many of everything, each with these words."""
    nouns = ("issue", "commit", "decision", "action")
    ranks = (LAW, CRITICAL, LATE, REST)
    waits = tuple(wait(nouns[n % 4], title, n, ranks[n % 4]) for n in range(count))
    few = min(count, 5)
    issues = tuple(replace(ISSUE, title=title, number=f"NOR-ISS-{n:03}") for n in range(few))
    promises = (promise(title),) * few
    absence, sessions = replace(AWAY, person="PER-04"), ((SESSION, replace(COMMITTEE, name=title[:100])),) * 3
    paused = DigestSetting("PER-04", rhythm=Rhythm.WEEKLY, paused_until=date(2026, 12, 3))
    settings = {"P-NOR": HERE}
    return home.Home(
        DESK,
        waits,
        promises,
        count,
        issues,
        count,
        settings,
        sessions,
        paused,
        absence,
        {"PER-09": title[:60]},
    )


def homes() -> list[words.Named]:
    """Home, and the list of all that waits."""
    shown = [
        ("home.card, nothing", home.card(NOTHING)),
        ("home.card, an ordinary day", home.card(full("Late visits", 3))),
    ]
    shown += [(f"home.card, {name}", home.card(full(text, MANY))) for name, text in words.WORST.items()]
    waits = full(words.MARKUP, 23).waits
    pages = [(f"home.waits, page {at}", home.waits(waits, DESK, at, 10)) for at in (0, 1, 2, 3)]
    return [*shown, *pages, ("home.waits, nothing", home.waits((), DESK, 0, 10))]


def lists() -> list[words.Named]:
    """Mine, kind by kind, and what is overdue."""
    shown: list[words.Named] = []
    for part, head in mine.HEADS.items():
        rows = ((words.MARKUP,) * len(head),) * 10
        counts = dict.fromkeys(mine.LABELS, 23)
        shown += [
            (f"mine.card, {part}, page {at}", mine.card(rows, mine.Page(part, at, 10, counts)))
            for at in (0, 1)
        ]
        shown.append(
            (f"mine.card, {part}, none", mine.card((), mine.Page(part, 0, 10, dict.fromkeys(mine.LABELS, 0))))
        )
    late = tuple(
        Late("issue", "I", f"NOR-ISS-{n:03}", "P-NOR", text, "not resolved", owner, NOW)
        for n, (text, owner) in enumerate(
            zip(words.WORST.values(), ("PER-04", "PER-10", "", "PER-99", "PER-05"), strict=True)
        )
    )
    pages = {
        "own and others": (0, 5, 1),
        "others alone": (0, 5, 0),
        "a later page": (1, 23, 2),
        "own alone": (0, 5, 5),
    }
    for name, (number, total, own) in pages.items():
        page = overdue.Page(number, 10, total, own, {"P-NOR": HERE}, {"partnership": "P-NOR"})
        shown.append((f"overdue.card, {name}", overdue.card(late, page)))
    gone = overdue.card((), overdue.Page(2, 10, 5, 0))
    return [
        *shown,
        ("overdue.card, nothing", overdue.card((), overdue.Page(0, 10, 0, 0))),
        ("overdue.card, no page", gone),
    ]


def people() -> list[words.Named]:
    """Who is who, and one person alone."""
    pairs = (Counterparts("L1", "PER-04", "PER-10"), Counterparts("quality", "", "PER-09"))
    own = {"PER-04": Member("PER-04", "Tomasz Wierzbicki", roles=frozenset({"study_lead"}), backup="PER-05")}
    own["PER-05"] = Member("PER-05", words.MARKUP[:60], working_hours="09:00-17:30")
    crowd = {f"PER-{n}": words.person(f"PER-{n}", "ORG-NOR", f"{words.RTL} {n}") for n in range(100, 150)}
    cast = who.Cast(HERE, pairs, own, (words.NORTHMERE,))
    large = who.Cast(replace(HERE, people={**words.PEOPLE, **crowd}), pairs, own)
    found = words.PEOPLE["PER-10"]
    places = (
        "L1, opposite Tomasz Wierzbicki (Halcyra Therapeutics AG)",
        "Quality, opposite nobody of Halcyra Therapeutics AG",
    )
    told = who.Portrait(
        found, "Northmere Clinical Ltd", NOW, places, who.absent("PER-10", HERE), own["PER-05"], words.EMOJI
    )
    return [
        ("who.card, a partnership", who.card(cast)),
        ("who.card, nobody is named", who.card(replace(cast, pairs=(), own={}))),
        *((f"who.card, many, page {at}", who.card(replace(large, page=at))) for at in (0, 1, 2, 9)),
        ("who.person, somebody", who.portrait(told)),
        ("who.person, of another company", who.portrait(who.Portrait(found, "Northmere Clinical Ltd", NOW))),
        (
            "who.which, several",
            who.which(words.MARKUP[:60], tuple((one, "Northmere") for one in words.PEOPLE.values())),
        ),
    ]


def everything() -> list[words.Named]:
    """All of them."""
    return [*homes(), *lists(), *people()]
