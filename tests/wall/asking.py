"""Everything one reader can ask for: lists, counts, numbers, forms and their choices, cards, wrong words."""

from collections.abc import Iterator

from tests.wall.cast import One

LISTS = ("list", "list all", "list mine", "list overdue", "list closed critical", "list HAL-301 L2")
HIDDEN = ("list HAL-202", "list HAL-103", "list nonsense")
JOINT = (
    *("commit list", "commit list all", "decision list", "decision list enrolment", "session list"),
    *("action list", "digest now", "digest"),
)
SHOWN = {"CMT": "commit", "DEC": "decision", "MTG": "session"}
HELD = ("NOR-CMT-01", "NOR-CMT-10", "QUI-CMT-02", "NOR-DEC-003", "HAL-DEC-001", "NOR-MTG-08")
GUESSES = ("NOR-ISS-001", "NORI-ISS-001", "HAL-NOR-ISS-001", "QUI-ISS-001", "HAL-QUI-ISS-001", "HAL-RST-K7Q2")
SEARCHED = ("Backlog", "margin", "second CRO", "training records", "HAL-202", "discount backlog", "DEC")
TAKEN = ("", " Quillon", " Northmere", " HAL-301", " HAL-202", " HAL-301 enrolment", " NOR-JOC")
OWN = ("home", "mine", "mine promises", "mine promised", "mine decisions", "overdue", "who")
NAMES = ("who rafael", "who lindqvist", "who wei-ling", "who gareth pugh", "who ada lovelace")
WRONG = ("isue list", "issue show", "issue ack", "issue plan", "issue frobnicate", "help")
FORMS = ("issue", "issue A thing, owner @rafael", "issue A thing, owner @wei-ling, HAL-103")
CARDS = ("setup", "setup people", "setup partner", "setup counterparts", "setup contacts", "setup studies")
MORE_CARDS = (
    "setup policy",
    "setup calendar",
    "setup rooms",
    "setup role",
    "setup away",
    "setup leave",
    "link",
)
LAST_CARDS = ("setup end", "setup hold", "setup review", "audit")


def questions(reader: One, numbers: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(place, words): in direct messages, then a few in the first room of their company."""
    for words in (*LISTS, *HIDDEN):
        yield "direct", f"issue {words}"
    for words in JOINT:
        yield "direct", words
    for number in dict.fromkeys((*GUESSES, *HELD, *numbers)):
        noun = next((noun for part, noun in SHOWN.items() if f"-{part}-" in number), "issue")
        yield "direct", f"{noun} show {number}"
    for number in ("1", "2", "9", "iss-3"):
        yield "direct", f"issue show {number}"
    for number in GUESSES:  # forms and previews, which change nothing
        yield "direct", f"issue plan {number}"
        yield "direct", f"issue share {number}"
        yield "direct", f"export {number}"
    for words in SEARCHED:
        yield "direct", f"search {words}"
    for words in TAKEN:
        yield "direct", f"export{words}"
    for words in (*OWN, *NAMES):
        yield "direct", words
    for words in (*WRONG, *FORMS, *CARDS, *MORE_CARDS, *LAST_CARDS):
        yield "direct", words
    if not reader.is_stranger:
        yield "", "issue list all"
        yield "", "overdue"
        yield "", "issue"
        yield "", "issue show 1"
    else:
        yield "general", "issue list"
