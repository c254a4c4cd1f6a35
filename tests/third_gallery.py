"""The cards of an issue that a third company reads: to the two companies, to the third, and to its room."""

from dataclasses import replace

from bot.cards import issue as cards
from bot.cards import issue_buttons, issue_closing, issue_list, issue_preview, issue_whole
from bot.governance.partnership import Third
from bot.governance.party import Party
from bot.governance.visibility import Side, Visibility
from bot.governance.work import update
from tests.gallery_words import ANNIKA, MARKUP, PEOPLE, Named, person
from tests.issue_gallery import EVERYBODY, FULL
from tests.issue_life import Life, lived

QUILLON = Third("ORG-QUI", "Quillon Data Sciences SL", "P-QUI", ("HAL-301",))
WEILING = person("PER-11", "ORG-QUI", "Wei-Ling Tan")
TRI = replace(
    FULL, id="NOR-QUI-TRI-001", number="NOR-QUI-TRI-001", visibility=Visibility.TRI_PARTY, third="ORG-QUI"
)
READER = replace(ANNIKA, person="PER-11", organisation="ORG-QUI", zone="Asia/Singapore")
BETWEEN = {
    name: replace(here, people={**PEOPLE, "PER-11": WEILING}, third=QUILLON)
    for name, here in EVERYBODY.items()
}
THIRD = replace(BETWEEN["Annika"], reader=READER, only_reads=True)
ROOM = replace(THIRD, reader=replace(READER, person="", room="R9"))
READERS = BETWEEN | {"the third": THIRD, "its room": ROOM}


def _written(life: Life, words: str) -> Life:
    """The third company's update; nothing else of the issue changes."""
    done = update(life.issue, Party("PER-11", Side.CRO, third=True))
    return life.then("update", done, "PER-11", words)


def everything() -> list[Named]:
    """Live, whole, as news, in a list and with every verb, to each of them."""
    lives = {stage: _written(life, "cut at our end") for stage, life in lived(TRI).items()}
    shown = [
        (f"issue.card, three companies, {stage}, to {name}", cards.card(life.issue, life.seen_in(here)))
        for stage, life in lives.items()
        for name, here in READERS.items()
    ]
    life = _written(next(iter(lives.values())), MARKUP)
    for name, here in READERS.items():
        seen = life.seen_in(here)
        whole = issue_whole.whole(life.issue, seen, issue_whole.Story())
        listed = issue_list.listing((life.issue,), {life.issue.id: seen}, issue_list.Page(0, 10, 1))
        shown += [
            (f"issue.whole, three companies, to {name}", whole),
            (f"issue.news, three companies, to {name}", cards.news(life.issue, seen, life.history[-1])),
            (f"issue.more, three companies, to {name}", issue_buttons.more(life.issue, seen)),
            (f"issue.list, three companies, to {name}", listed),
        ]
    return [*shown, *_opened(), ("issue.logged, three companies", cards.logged(TRI, BETWEEN["Annika"]))]


def _opened() -> list[Named]:
    """Before one's own, or what two share, is opened to three; and after it is taken back."""
    names = (("Halcyra Therapeutics AG", ("Tomasz Wierzbicki",)), ("Northmere Clinical Ltd", ()))
    words = {"title": MARKUP, "severity": "major", "owner id": "PER-10", "study": "HAL-301"}
    preview = issue_preview.Shown("see-1", words, issue_preview.Seen(names, ("halcyra",), QUILLON.name))
    own = replace(FULL, id="NORI-ISS-001", number="NORI-ISS-001", visibility=Visibility.CRO_INTERNAL)
    there = BETWEEN["Annika"]
    standing = issue_closing.Standing({"ROOM-1": "HAL x Northmere"}, {"ROOM-1": 2, "ROOM-4": 1, "PER-11": 1})
    return [
        *(
            (f"issue.preview, three companies, {one.number}", issue_preview.share(one, there, preview))
            for one in (own, FULL)
        ),
        ("issue.unshared, three companies", issue_closing.unshared(TRI, own, there, standing)),
    ]
