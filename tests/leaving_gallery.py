"""Cards of leaving, of a second account and of standing in, with everyday words and the worst ones."""

from dataclasses import replace

from bot.cards import account, detour, leaving
from bot.cards.leaving import Item, Moves
from bot.governance.company import Member
from bot.views import Card, Form, Text
from tests.setup_gallery import CODE, MARKUP

Named = tuple[str, Card]

PRIYA = Member("PER-03", "Priya Raghunathan", roles=frozenset({"alliance_manager"}), backup="PER-02")
HELD = ("L1 with Northmere Clinical Ltd", "the quality line with Northmere Clinical Ltd")
TAKEN = (
    Item("issue", "NOR-ISS-002", "NOR-ISS-002"),
    Item("commit", "NOR-CMT-02", "NOR-CMT-02"),
    Item("action", "NOR-ACT-001", "NOR-ACT-001"),
    Item("decision", "NOR-DEC-004", "NOR-DEC-004"),
    Item("committee", "NOR-JOC", "Joint Operations Committee (chair and member)"),
)
WAITS = (Item("commit", "NOR-CMT-09", "NOR-CMT-09"),)
MANY = tuple(Item("issue", f"NOR-ISS-{one}", f"NOR-ISS-{one} {MARKUP}"[:60]) for one in range(200))
MOVES = Moves("Marcus Adeyemi", HELD, TAKEN, WAITS, "JOC co-chair")
GAP = Moves("", HELD * 20, (), MANY)

PEOPLE = tuple((f"PER-{one}", f"{one} {MARKUP}"[:75]) for one in range(90))
HEIR = leaving.heir_form("Priya Raghunathan", "PER-03", PEOPLE, GAP, "Choose somebody.")
FORMS: tuple[tuple[str, Form], ...] = (("setup.heir", HEIR),)


def everything() -> list[Named]:
    """All of them."""
    worst = MARKUP[:100]
    alarm = Card(f"NOR-ISS-002: {worst}", (Text(MARKUP),))
    return [
        ("setup.leave.sure", leaving.leaving(PRIYA, MOVES)),
        ("setup.leave.sure, a gap", leaving.leaving(replace(PRIYA, name=worst), GAP)),
        ("setup.leave.sure, nothing held", leaving.leaving(PRIYA, Moves())),
        ("setup.left", leaving.left("Priya Raghunathan", "PER-03", MOVES)),
        ("setup.left, a gap", leaving.left(worst, "PER-03", GAP)),
        ("setup.moved", leaving.moved("Priya Raghunathan", "Halcyra Therapeutics AG", "PER-03", MOVES)),
        ("setup.moved, a gap", leaving.moved(worst, MARKUP[:75], "", GAP)),
        ("setup.heir", HEIR.instead),
        ("setup.heir.named", leaving.named("Priya Raghunathan", replace(MOVES, places=(), waits=()))),
        ("setup.account", _form()),
        ("setup.account.code", account.code(worst, CODE, "Wed 11 Nov 2026, 18:00 CET")),
        ("setup.account.code, lost", account.code("Rafael Monteiro", "", "")),
        ("setup.account.added", account.added("Rafael Monteiro", "Northmere Clinical Ltd")),
        ("an alarm for somebody else", detour.instead(alarm, worst)),
    ]


def _form() -> Card:
    """What stands where the form of `setup account` cannot be shown."""
    return Card("A second account", (Text("Choose who can be reached somewhere else too."),))
