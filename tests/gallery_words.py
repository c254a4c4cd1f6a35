"""The worst words there are, and the people who read the cards of the gallery."""

from dataclasses import replace

from bot.actors import Actor, Role
from bot.governance.partnership import Partnership, Person
from bot.governance.visibility import Side, Visibility, room_scopes, scopes
from bot.views import Button, Card

MARKUP = (
    "<!channel> <@U09> <at>All</at> & &lt;b&gt; *bold* _it_ ~no~ `code` > quoted :tada: "
    "[click](https://evil.example) <https://evil.example|here> {{DATE(2026-11-02T10:00Z, SHORT)}} ${x} # 1."
)
RTL = "تأخر الملفات في الموقع 104 \u2067שלום \u202eevil\u202c\u2069 TMF"
EMOJI = "👩\u200d🔬 backlog 🔥 ﷽ e\u0301 \u200bx"
LONG_TITLE = ("Zweihundertzeichentitel mit vielen langen Wörtern über die Ablage im Prüfzentrum " * 3)[:200]
LONG_WORD = "x" * 200
DESCRIPTION = ("Site 104 files late; the monitor has left and nobody was named in her place. " * 52)[:4000]
ASTRAL = ("😀" * 7 + " ") * 500
LINES = "line\n\n" * 666
WORST = {"markup": MARKUP, "right to left": RTL, "emoji": EMOJI, "200": LONG_TITLE, "one word": LONG_WORD}

NORTHMERE = Partnership(
    "P-NOR", "ORG-HAL", "ORG-NOR", "Halcyra Therapeutics AG", "Northmere Clinical Ltd", "CAL-EU", "ESC-1"
)


def person(id_: str, organisation: str, name: str) -> Person:
    return Person(id_, organisation, name, "", "Europe/London", "")


PEOPLE = {
    "PER-04": person("PER-04", "ORG-HAL", "Tomasz Wierzbicki"),
    "PER-05": person("PER-05", "ORG-HAL", MARKUP[:60]),
    "PER-09": person("PER-09", "ORG-NOR", "Annika Lindqvist"),
    "PER-10": person("PER-10", "ORG-NOR", "Rafael Okonkwo-Brandão"),
}
WORKS = frozenset({Role.STUDY_LEAD})
PARTNERSHIPS = frozenset({"P-NOR"})


def reader(id_: str, side: Side, zone: str) -> Actor:
    sees = scopes(PARTNERSHIPS, side)
    return Actor(id_, "", "", side, WORKS, PARTNERSHIPS, sees, zone)


TOMASZ = reader("PER-04", Side.SPONSOR, "Asia/Kathmandu")
ANNIKA = reader("PER-09", Side.CRO, "Europe/London")
ROOM = replace(TOMASZ, person="", room="R1", sees=room_scopes("P-NOR", Visibility.SHARED))
LINK = (
    "https://northmere.example/archives/C0HALCYRA/p1794300000000100?thread_ts=1794300000.000100&cid=C0HALCYRA"
)
OPENER = Button("Fill in the form", "issue.form", {"draft": "d" * 20}, primary=True, opens=True)

Named = tuple[str, Card]
