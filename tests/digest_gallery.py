"""Digests: how one is set, a quiet day, an everyday one, and two hundred of everything in the worst words."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.cards import digest as settings
from bot.cards import digest_card as cards
from bot.cards.digest_card import SHOWN, Digest
from bot.cards.setting import Setting
from bot.digests import Change, Named, Page, SideKept, Unreached
from bot.governance.commitment import Commitment, State
from bot.governance.digest import DigestSetting, Odd, Rhythm
from bot.governance.visibility import Side, Visibility
from bot.governance.waiting import LAW, Wait
from bot.records import Entry
from bot.views import Card
from tests import gallery_words as words
from tests.governance.issues import ISSUE, RAISED
from tests.issue_life import CALENDAR

NOW = RAISED + timedelta(hours=4)
MANY = 200
OWN = DigestSetting("PER-04")
HERE = Setting(words.TOMASZ, words.NORTHMERE, words.PEOPLE)
EMPTY = Digest(
    "person:PER-04", NOW, NOW - timedelta(days=1), "Asia/Kathmandu", {"P-NOR": HERE}, {"P-NOR": CALENDAR}
)


def standing() -> list[words.Named]:
    """Every way a digest can be set."""
    odd = Odd(date(2027, 3, 28), time(3), twice=False)
    paused = replace(OWN, paused_until=date(2026, 12, 3))
    weekly = replace(OWN, rhythm=Rhythm.WEEKLY, quiet=False)
    room = DigestSetting(room="R1", rhythm=Rhythm.NONE)
    following = datetime.combine(date(2026, 12, 3), time(6, 30), tzinfo=NOW.tzinfo)
    told = {
        "daily": settings.Standing(OWN, "Europe/Zurich", following),
        "an hour that is skipped": settings.Standing(OWN, "Europe/Zurich", following, odd),
        "an hour that comes twice": settings.Standing(
            OWN, "Europe/Zurich", following, replace(odd, twice=True)
        ),
        "paused": settings.Standing(paused, "Asia/Kathmandu", following),
        "weekly": settings.Standing(weekly, "Europe/Zurich", following),
        "a channel without": settings.Standing(room, "UTC", None, None, words.MARKUP[:60]),
    }
    return [
        (f"digest.setting, {name}, {done}", settings.standing(one, is_done=done))
        for name, one in told.items()
        for done in (True, False)
    ]


def digest(title: str, count: int) -> Digest:
    """As many of everything, each with these words."""
    few = min(count, SHOWN)
    record = [Named("issue", f"NOR-ISS-{n:03}", f"NOR-ISS-{n:03}", title, "P-NOR") for n in range(few)]
    done = Entry("issue.update", "PER-09", NOW, record="NOR-ISS-000", why=title)
    wait = Wait("issue", "NOR-ISS-000", "NOR-ISS-000", "P-NOR", title, "assess it", "issue.assess", NOW, LAW)
    waits = [replace(wait, id=one.id, number=one.number, stands_for="PER-05") for one in record]
    issues = tuple(replace(ISSUE, id=one.id, number=one.number, title=title) for one in record)
    return replace(
        EMPTY,
        waits=Page(tuple(waits), count),
        changed=Page(tuple(Change(one, done, count) for one in record), count),
        soon=Page(issues, count),
        promises=Page(tuple(promise(one) for one in record), count),
        unreached=tuple(Unreached(one, "issue.alarm", "PER-05", "", lost=True) for one in record),
        kept=(SideKept(Side.SPONSOR, 1, 4), SideKept(Side.CRO, 2, 4)),
    )


def promise(record: Named) -> Commitment:
    """One that is late and was moved."""
    return Commitment(
        id=record.id,
        number=record.number,
        partnership="P-NOR",
        visibility=Visibility.SHARED,
        text=record.title,
        owner="PER-09",
        owner_side=Side.CRO,
        receiver="PER-04",
        made_by="PER-09",
        made_at=RAISED,
        first_due=date(2026, 10, 1),
        due=date(2026, 11, 2),
        state=State.ACCEPTED,
        moved_before=2,
    )


def everything() -> list[words.Named]:
    """Digests to read, and to break a renderer with."""
    told = {"everyday": digest("TMF backlog at site 104", 3), "200 of each": digest("Late", MANY)}
    told |= {f"200 of each, {name}": digest(said, MANY) for name, said in words.WORST.items()}
    told["promises alone"] = replace(digest("Late", 2), soon=Page(), waits=Page())
    told["a channel"] = replace(told["everyday"], reader="room:R1", channel="hal-northmere", waits=Page())
    told["of another partnership"] = replace(told["everyday"], here={}, calendars={})
    shown: list[words.Named] = [(f"digest.made, {name}", cards.card(one)) for name, one in told.items()]
    shown += [("digest.made, quiet", cards.quiet(EMPTY))]
    lost = {name: one.unreached * (MANY // SHOWN) for name, one in told.items()}
    shown += [
        (f"digest.lost, {name}", cards.lost(replace(EMPTY, unreached=one))) for name, one in lost.items()
    ]
    shown += [("digest.lost, nothing", cards.lost(EMPTY))]
    shown += [("digest.made, quiet channel", cards.quiet(replace(EMPTY, channel="hal-northmere")))]
    opener: Card = Card("Your digest", summary="Say how often it comes, and when.")
    return [*standing(), *shown, ("digest.form, instead", opener)]
