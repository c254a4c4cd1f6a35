"""Cards and forms of who still has access: ends of partnerships, holds and reviews; with the worst words."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.cards import holds, parting, review
from bot.governance.hold import Hold
from bot.governance.parting import End
from bot.governance.review import Review
from bot.governance.visibility import Side, Visibility
from bot.handlers import setup_end, setup_hold
from bot.views import Card, Form
from tests.setup_gallery import HOSTILE, MARKUP, NORTHMERE, PRIYA, STAFF
from tests.terms_gallery import Shelf, opening

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
DAY = date(2026, 11, 27)
NAMES = {"PER-03": "Priya Raghunathan", "PER-08": "David Okonkwo"}
OURS = End("P-NOR", Side.SPONSOR, DAY, "PER-03", NOW, "The programme ends")
THEIRS = End("P-NOR", Side.CRO, date(2026, 12, 24), "PER-08", NOW, MARKUP)
GOES_ON = parting.Parting(NORTHMERE, Side.SPONSOR, (), NAMES, "Europe/Zurich")
NAMED = replace(GOES_ON, ends=(OURS, THEIRS))
OVER = replace(NAMED, home=replace(NORTHMERE, ended_on=DAY))
WORST = replace(NAMED, home=HOSTILE, names={"PER-03": MARKUP[:60]})
HAPPENS = parting.Happening(DAY, "The programme ends", 7, 1, date(2051, 11, 27))
HOLD = Hold("h" * 20, "P-NOR", Visibility.SPONSOR_INTERNAL, "", Side.SPONSOR, "PER-03", NOW, "A claim")
HELD = holds.Held((HOLD,), {"P-NOR": "Northmere Clinical Ltd"}, NAMES, {}, "Europe/Zurich")
MANY = tuple(replace(HOLD, id=f"{one:020}", issue=f"NOR-ISS-{one:03}", why=MARKUP) for one in range(14))
REVIEW = Review("r" * 20, "ORG-HAL", "2027-Q1", NOW)
PEOPLE = tuple(f"{one} {MARKUP}"[:60] for one in range(40))
ACCESS = review.Access(
    company="Halcyra Therapeutics AG",
    staff=STAFF,
    last={"PER-03": NOW},
    shut_out=(("PER-06", "Kenji Morimoto", "guest"), ("PER-07", MARKUP[:60], "gone")),
    partners=(
        review.Partner(NORTHMERE, "Northmere Clinical Ltd", ("Annika Lindqvist", "David Okonkwo")),
        review.Partner(replace(HOSTILE, ended_on=DAY), MARKUP[:75], ()),
    ),
    zone="Asia/Kathmandu",
)
LARGE = replace(
    ACCESS,
    staff=tuple(replace(PRIYA, id=f"PER-{one}", name=f"{one} {MARKUP}"[:100]) for one in range(45)),
    partners=(review.Partner(HOSTILE, MARKUP[:75], PEOPLE),),
)

Named = tuple[str, Card]


def cards() -> list[Named]:
    """All of them."""
    return [*_ends(), *_holds(), *_reviews(), *_forms()]


def _ends() -> list[Named]:
    said = {"by": "David Okonkwo", "side": "cro"}
    named = {**said, "day": DAY.isoformat(), "why": "The programme ends"}
    worst = {**named, "by": MARKUP[:60], "why": MARKUP}
    return [
        ("setup.end", parting.standing(GOES_ON)),
        ("setup.end, named by both", parting.standing(NAMED)),
        ("setup.end, over", parting.standing(OVER)),
        ("setup.end, worst", parting.standing(WORST)),
        ("setup.end.which", parting.which((("P-NOR", "Northmere Clinical Ltd"), ("P-X", MARKUP[:75])) * 4)),
        ("setup.end.sure", parting.sure(GOES_ON, HAPPENS, "d" * 20)),
        (
            "setup.end.sure, worst",
            parting.sure(WORST, replace(HAPPENS, why=MARKUP, issues=1, rooms=0), "d" * 20),
        ),
        ("setup.end.news", parting.news(NAMED, named)),
        ("setup.end.news, taken back", parting.news(GOES_ON, said)),
        ("setup.end.news, over", parting.news(OVER, {"over": DAY.isoformat()})),
        ("setup.end.news, worst", parting.news(WORST, worst)),
    ]


def _holds() -> list[Named]:
    return [
        ("setup.hold", holds.listed(HELD)),
        ("setup.hold, none", holds.listed(replace(HELD, holds=()))),
        ("setup.hold, done", holds.listed(HELD, "NOR-ISS-007 is held.")),
        ("setup.hold, worst", holds.listed(replace(HELD, holds=MANY, names={}), MARKUP)),
    ]


def _reviews() -> list[Named]:
    confirmed = REVIEW.confirmed("PER-03", NOW)
    return [
        ("setup.review", review.card(REVIEW, ACCESS)),
        ("setup.review, confirmed", review.card(confirmed, ACCESS)),
        ("setup.review, worst", review.card(REVIEW, LARGE)),
        ("setup.review, the last page", review.card(confirmed, LARGE, 2)),
        ("setup.review.remind", review.card(REVIEW.reminded_once(), ACCESS)),
    ]


class Holding(Shelf):
    """The same shelf, with one hold on it."""

    def known_partnerships(self, reader: object) -> tuple[object, ...]:
        return (NORTHMERE,)

    def holds(self, reader: object) -> tuple[Hold, ...]:
        return (HOLD,)

    def issues_numbered(self, reader: object, number: str) -> tuple[object, ...]:
        return ()


def _form(built: tuple[Form, int] | None) -> Form:
    assert built is not None
    return built[0]


def _held(kind: str, subject: str, **facts: str) -> Form:
    asked = replace(opening(kind, subject, **facts), archive=Holding())  # type: ignore[arg-type]  # forms ask no more
    return _form(setup_hold.form(asked) if kind == setup_hold.FORM else setup_hold.release_form(asked))


BAD = {"day": "soon", "why": "…", "issue": MARKUP[:60], "partnership": "P-X", "sent": "yes"}
FORMS: tuple[tuple[str, Form], ...] = (
    ("setup.end.form", _form(setup_end.form(opening(setup_end.FORM, "P-NOR")))),
    ("setup.end.form, worst", _form(setup_end.form(opening(setup_end.FORM, "P-NOR", **BAD)))),
    ("setup.hold.form", _held(setup_hold.FORM, "", issue="NOR-ISS-007")),
    ("setup.hold.form, worst", _held(setup_hold.FORM, "", **BAD)),
    ("setup.hold.release.form", _held(setup_hold.RELEASE, "h" * 20)),
    ("setup.hold.release.form, worst", _held(setup_hold.RELEASE, "h" * 20, **BAD)),
)


def _forms() -> list[Named]:
    """What is shown where a form cannot be."""
    return [(name, form.instead) for name, form in FORMS]
