"""The cards of sessions and action items in every state, to both sides and to a room, the worst words too."""

from dataclasses import replace
from datetime import date, timedelta

from bot.cards import act
from bot.cards import action as items
from bot.cards import session as cards
from bot.cards.session import Held
from bot.governance import action as doing
from bot.governance.action import Action
from bot.governance.decision import Status
from bot.governance.party import Party
from bot.governance.quorum import counted
from bot.governance.session import Committee, Session, State
from bot.governance.sitting import Sitting
from bot.governance.visibility import Side, Visibility
from bot.views import Button, Choice, Form
from tests.decision_gallery import DECISION
from tests.gallery_words import ASTRAL, LONG_TITLE, LONG_WORD, MARKUP, RTL, Named
from tests.governance.issues import RAISED
from tests.issue_gallery import EVERYBODY

TODAY = RAISED.date()
WORDS = {
    "markup": MARKUP[:200],
    "right to left": RTL,
    "wide": ASTRAL[:200],
    "200": LONG_TITLE,
    "one word": LONG_WORD,
}
JOC = Committee(
    *("NOR-JOC", "P-NOR", "Joint Operations Committee", 2, "monthly", "PER-04", "PER-09"),
    ("PER-04", "PER-05", "PER-09", "PER-10", "PER-99"),
    per_side=2,
    needs_chairs=True,
)
SESSION = Session("NOR-MTG-09", "NOR-JOC", "P-NOR", TODAY)
SIDES = {"PER-04": Side.SPONSOR, "PER-05": Side.SPONSOR, "PER-09": Side.CRO, "PER-10": Side.CRO}
ACTION = Action(
    *("NOR-ACT-001", "NOR-ACT-001", "P-NOR", Visibility.SHARED, "call the site", "PER-10", Side.CRO),
    *("PER-04", RAISED),
    thread="ROOM-2:1794300000.000100",
    due=date(2026, 11, 20),
)
OPENER = Button("Fill in the form", "session.act", {"draft": "act-" + "d" * 20}, primary=True, opens=True)


def sittings() -> dict[str, Sitting]:
    """From its plan to its end."""

    def held(*came: str, note: str = "") -> Sitting:
        sides = {one: SIDES[one] for one in came}
        told = replace(SESSION, state=State.HELD, attended=came, sides=sides, closed_by="PER-09", note=note)
        told = replace(told, chaired=counted(JOC, sides).chaired)
        return Sitting(replace(told, closed_at=RAISED, version=2), JOC)

    many = tuple(f"PER-{one}" for one in range(100, 160))
    return {
        "planned": Sitting(SESSION, JOC),
        "to come": Sitting(replace(SESSION, day=TODAY + timedelta(days=8)), JOC),
        "nobody named": Sitting(SESSION, replace(JOC, sponsor_chair="", cro_chair="", members=())),
        "cancelled": Sitting(replace(SESSION, state=State.CANCELLED), JOC),
        "quorate": held("PER-04", "PER-05", "PER-09", "PER-10", note="extraordinary call"),
        "one side": held("PER-04", "PER-05"),
        "no chair": held("PER-04", "PER-05", "PER-10"),
        "many": Sitting(replace(SESSION, note=MARKUP), replace(JOC, members=many, name=MARKUP[:100])),
    }


def actions() -> dict[str, Action]:
    """Each state, and the worst words."""
    done = doing.done(ACTION, Party("PER-10", Side.CRO), RAISED)
    return {
        "open": ACTION,
        "without a day": replace(ACTION, due=None),
        "late": replace(ACTION, due=date(2026, 11, 2)),
        "of a session": replace(ACTION, thread="", session="NOR-MTG-09"),
        "one side's own": replace(ACTION, visibility=Visibility.CRO_INTERNAL),
        "done": done,
        "said by another": replace(done, done_by="PER-04"),
        "dropped": doing.drop(ACTION),
        "a commitment": doing.promised(ACTION, "NOR-CMT-011"),
        "by somebody who left": replace(ACTION, owner="PER-99"),
    } | {f"worst, {name}": replace(ACTION, text=words) for name, words in WORDS.items()}


def shown() -> list[Named]:
    """One session, to whoever reads it; full with decisions and action items."""
    worst = tuple(replace(ACTION, id=f"A{one}", text=LONG_TITLE) for one in range(40))
    over = tuple(replace(one, state=doing.State.DONE) for one in worst)
    asked = tuple(replace(DECISION, question=MARKUP, status=one) for one in Status) * 4
    told: list[Named] = []
    for reader, here in EVERYBODY.items():
        for name, sitting in sittings().items():
            plain, full = Held(sitting), Held(sitting, asked, (*worst, *over))
            told += [
                (f"session.card, {name}, to {reader}", cards.card(plain, here, TODAY)),
                (f"session.card, {name}, full, to {reader}", cards.card(full, here, TODAY)),
                (f"session.shown, {name}, to {reader}", cards.card(plain, here, TODAY)),
                (f"session.news, {name}, to {reader}", cards.news(full, here, TODAY)),
            ]
    return told


def listed() -> list[Named]:
    """Lists of sessions and of action items: empty, some, and more than are shown."""
    some, every = tuple(sittings().values()), tuple(actions().values())
    many = tuple(replace(ACTION, id=f"A{one}", text=LONG_TITLE) for one in range(40))
    here = EVERYBODY["Annika"]
    told: list[Named] = [
        (f"session.page, {name}", cards.listing(found, is_all))
        for name, found, is_all in (("none", (), False), ("some", some, False), ("all", some * 4, True))
    ]
    for name, found in (("some", every), ("many", many), ("over", tuple(doing.drop(one) for one in many))):
        told += [
            (f"action.list, {name}", items.listing(found, here, TODAY)),
            (f"action.page, {name}", items.page(found, {"P-NOR": here}, TODAY, "Your action items")),
            (f"action.offered, {name}", items.offered(found, here, TODAY)),
        ]
    return [*told, ("action.page, none", items.page((), {}, TODAY, "Your action items"))]


def single() -> list[Named]:
    """The private messages about one."""
    told: list[Named] = []
    for reader, here in EVERYBODY.items():
        for name, item in actions().items():
            told += [
                (f"action.added, {name}, to {reader}", items.added(item, here, TODAY)),
                (f"action.news, {name}, to {reader}", items.news(item, here, TODAY)),
                (f"action.offer, {name}, to {reader}", items.offer(item, here, TODAY)),
            ]
    for name, words in {"plain": "call the site", **WORDS}.items():
        told.append((f"action.class, {name}", items.asked(words, "d" * 20, EVERYBODY["Annika"])))
    return told


def everything() -> list[Named]:
    """All of them, and what stands where the form of a session cannot be shown."""
    opener = act.instead("Close the session", "Choose who came.", "session close 9", OPENER)
    return [*shown(), *listed(), *single(), ("session.act, said", opener)]


PEOPLE = tuple(
    (f"PER-{one:02}", f"{one:02} Kenji Morimoto (Halcyra Therapeutics AG)") for one in range(1, 60)
)
FORMS: tuple[tuple[str, Form], ...] = (
    (
        "session.close",
        Form(
            "Close the session",
            "session.act_submit",
            (Choice("attended", "Who came", PEOPLE, "PER-04\nPER-09", many=True, hint="Delegates too"),),
            {"draft": "act-" + "d" * 20},
            send="Close it",
            instead=act.instead("Close the session", "Choose who came.", "", OPENER),
        ),
    ),
)
