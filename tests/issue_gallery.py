"""The cards of an issue through its whole life, to both sides and to a room, with the worst words too."""

from dataclasses import replace
from datetime import date, timedelta

from bot.cards import issue as cards
from bot.cards import issue_alarm, issue_buttons, issue_list, issue_whole
from bot.cards.setting import Setting
from bot.governance.issue import Issue, State
from bot.governance.life import acknowledge
from bot.governance.visibility import Side, Visibility
from bot.records import Note
from tests.gallery_words import (
    ANNIKA,
    ASTRAL,
    DESCRIPTION,
    LINES,
    LONG_TITLE,
    MARKUP,
    NORTHMERE,
    PEOPLE,
    ROOM,
    TOMASZ,
    WORST,
    Named,
)
from tests.governance.issues import ISSUE, RAISED
from tests.issue_life import CALENDAR, Life, lived

HERE = {name: Setting(one, NORTHMERE, PEOPLE) for name, one in (("Tomasz", TOMASZ), ("Annika", ANNIKA))}
THERE = HERE["Tomasz"]
EVERYBODY = HERE | {"a room": replace(THERE, reader=ROOM)}
KNOWN = acknowledge(ISSUE, "PER-04", RAISED + timedelta(hours=3))
FULL = replace(
    ISSUE, study="HAL-301", category="data_integrity", due=date(2026, 11, 20), counterpart="PER-04"
)
RESTRICTED = replace(ISSUE, visibility=Visibility.RESTRICTED, readers=frozenset({"PER-05", "PER-04"}))
LIVES = lived(FULL)
LIVED = LIVES["closed"]


def cards_of_states() -> list[Named]:
    """The live card of what no life below comes to."""
    states = {
        "new": ISSUE,
        "everything said": replace(FULL, description="Fourteen reports.\n\nThe monitor has left."),
        "acknowledged before Parley": replace(KNOWN, acknowledged_by=""),
        "no limit": replace(ISSUE, ack_due=None),
        "ran out before Parley": replace(ISSUE, ack_due=None, missed=True),
        "closed before Parley": replace(ISSUE, state=State.CLOSED),
        "restricted": RESTRICTED,
        "restricted, readers gone": replace(RESTRICTED, readers=frozenset()),
        "sponsor only": replace(ISSUE, visibility=Visibility.SPONSOR_INTERNAL, raised_side=Side.SPONSOR),
        "CRO only": replace(ISSUE, visibility=Visibility.CRO_INTERNAL),
        "people gone": replace(ISSUE, owner="PER-99", raised_by="PER-98"),
        "no owner": replace(ISSUE, owner=""),
        "hostile owner": replace(KNOWN, owner="PER-05", acknowledged_by="PER-05"),
    }
    return [(f"issue.card, {name}", cards.card(state, THERE)) for name, state in states.items()]


def cards_of_lives() -> list[Named]:
    """The live card at each stage of a life, to each reader."""
    return [
        (f"issue.card, {stage}, to {name}", cards.card(life.issue, life.seen_in(here)))
        for stage, life in LIVES.items()
        for name, here in EVERYBODY.items()
    ]


def worst() -> list[Named]:
    """The fullest cards with the worst words there are."""
    texts = {"4,000": DESCRIPTION, "4,000 wide signs": ASTRAL, "many lines": LINES}
    long = {name: replace(FULL, title=LONG_TITLE, description=text) for name, text in texts.items()}
    for name, text in WORST.items():
        long[name] = replace(FULL, title=text, description=f"{text}\n{text}", category=text[:60])
    shown: list[Named] = []
    for name, issue in long.items():
        lives = lived(issue, issue.description)
        shown += [
            (
                f"issue.card, worst, {name}, {stage}",
                cards.card(lives[stage].issue, lives[stage].seen_in(THERE)),
            )
            for stage in ("in progress", "disputed", "told of by hand", "a hold is asked for")
        ]
        shown.append((f"issue.whole, worst, {name}", _whole(lives["closed"], THERE)))
    return shown


def _whole(life: Life, here: Setting, page: int = 0) -> cards.Card:
    said = (MARKUP, DESCRIPTION, "Ask for a discount.")
    notes = tuple(
        Note(f"note-{at}", life.issue.id, "P-NOR", Visibility.CRO_INTERNAL, "PER-10", RAISED, words)
        for at, words in enumerate(said)
    )
    return issue_whole.whole(life.issue, life.seen_in(here), issue_whole.Story(page, notes))


def pictures() -> list[Named]:
    """Everything there is about an issue, and what one can do with it."""
    shown: list[Named] = []
    for stage, life in LIVES.items():
        here = life.seen_in(THERE)
        shown.append((f"issue.whole, {stage}", issue_whole.whole(life.issue, here, issue_whole.Story())))
        shown.append((f"issue.news, {stage}", cards.news(life.issue, here, life.history[-1])))
    for stage in ("acknowledged", "disputed", "in progress", "closed"):
        life = LIVES[stage]
        shown.append((f"issue.more, {stage}", issue_buttons.more(life.issue, life.seen_in(THERE))))
    old = cards.news(LIVED.issue, LIVED.seen_in(THERE), LIVED.history[1])
    shown.append(("issue.news, and it went on", old))
    observer = replace(THERE, reader=replace(TOMASZ, roles=frozenset()))
    shown.append(("issue.more, nothing to do", issue_buttons.more(ISSUE, observer)))
    long = LIVED
    for at in range(40):
        long = long.then("update", long.issue, "PER-10", f"{at} more are filed")
    shown += [(f"issue.whole, page {page} of a long story", _whole(long, THERE, page)) for page in range(4)]
    return shown


def alarms() -> list[Named]:
    """What the clock said, before and after somebody answered it."""
    shown = []
    for stage in ("not acknowledged in time", "climbed twice", "no plan in time", "the plan is late"):
        life = LIVES[stage]
        heard = issue_alarm.read(life.history, str(life.issue.version))
        assert heard is not None
        for name, issue in {
            "stands": life.issue,
            "closed since": replace(life.issue, state=State.CLOSED),
        }.items():
            here = life.seen_in(THERE)
            shown.append(
                (
                    f"issue.alarm, {stage}, {name}",
                    issue_alarm.alarm(issue, here, heard, cards.card(issue, here), ()),
                )
            )
    return shown


def numbered(count: int, title: str) -> tuple[Issue, ...]:
    states = (ISSUE, KNOWN, LIVES["climbed twice"].issue, LIVES["on hold"].issue, RESTRICTED)
    return tuple(
        replace(states[at % 5], number=f"NOR-ISS-{at:03}", title=f"{at} {title}"[:200]) for at in range(count)
    )


def lists() -> list[Named]:
    """Empty, short, a page of ten, narrowed, and pages of ten bad titles."""
    here = {"P-NOR": replace(THERE, now=RAISED + timedelta(days=9), calendar=CALENDAR)}
    asked = {
        "which": "all",
        "mine": "yes",
        "late": "yes",
        "level": "L2",
        "severity": "major",
        "study": "HAL-301",
    }
    page, of_three = issue_list.Page, {"partnership": "P-NOR", "class": "shared"}
    shown = [
        ("issue.list, nothing open", issue_list.listing((), here, page(0, 10, 0))),
        ("issue.list, nothing of that", issue_list.listing((), here, page(0, 10, 0, asked | of_three))),
        ("issue.list, a page that emptied", issue_list.listing((), here, page(3, 10, 27, of_three))),
        ("issue.list, one", issue_list.listing((ISSUE,), here, page(0, 10, 1))),
        ("issue.list, a page", issue_list.listing(numbered(10, ISSUE.title), here, page(1, 10, 37, asked))),
    ]
    for name, title in WORST.items():
        rows = numbered(10, title)
        shown.append((f"issue.list, worst, {name}", issue_list.listing(rows, here, page(0, 10, 10))))
    return shown


def everything() -> list[Named]:
    """All of them."""
    walls = (cards_of_states, cards_of_lives, worst, pictures, alarms, lists)
    return [named for wall in walls for named in wall()]
