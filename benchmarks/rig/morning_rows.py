"""The rows of a large record: 30 companies, 200 partnerships, 1,000 managers, and records of every kind."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from storage import tables
from storage.queues import OutboxRow
from storage.session_rows import ActionRow

SPONSORS, CROS = 20, 10  # each with each: 200 partnerships
MANAGERS = 1_000
Row = dict[str, Any]


def plain(row: Any) -> Row:
    """A row as plain values."""
    return dict(row.model_dump())


def homes() -> Iterator[tuple[int, int]]:
    """Each sponsor with each CRO."""
    return ((sponsor, cro) for sponsor in range(SPONSORS) for cro in range(CROS))


def name_of(home: tuple[int, int]) -> str:
    """ "0307"."""
    return f"{home[0]:02}{home[1]:02}"


def company(n: int) -> str:
    """Sponsors first."""
    return f"ORG-B{n:02}"


def companies() -> Iterator[Row]:
    """One of them on Slack, whose emulator is one workspace; the others on Teams."""
    for n in range(SPONSORS + CROS):
        side, platform = ("sponsor" if n < SPONSORS else "cro"), ("teams" if n else "slack")
        tenant = f"tenant-{n:02}" if n else "T0BENCH"
        named = {"id": company(n), "name": f"Company {n:02}", "zone": "Europe/Zurich"}
        yield {
            **named,
            "side": side,
            "platform": platform,
            "tenant": tenant,
            "working_hours": "",
            "version": 1,
        }


def manager(n: int) -> tuple[Row, Row, Row]:
    """One of them with their role and their account; in turn over all companies."""
    at, person = n % (SPONSORS + CROS), f"PER-B{n:04}"
    name = f"Manager {n:04}"
    row = plain(tables.PersonRow(id=person, organisation=company(at), name=name, handle=f"m{n}"))
    role = {"person": person, "role": "alliance_manager", "organisation": company(at)}
    home = next(one for one in companies() if one["id"] == company(at))
    user = f"aad-b{n:04}" if home["platform"] == "teams" else f"UB{n:04}"
    account = {"platform": home["platform"], "tenant": home["tenant"], "user": user, "barred": ""}
    return row, role, {**account, "person": person, "organisation": company(at)}


def staff(home: tuple[int, int], side: int, n: int) -> str:
    """The n-th manager of that side, round and round."""
    at = home[0] if side == 0 else SPONSORS + home[1]
    count = len(range(at, MANAGERS, SPONSORS + CROS))
    return f"PER-B{at + (n % count) * (SPONSORS + CROS):04}"


def partnerships(terms: Row) -> Iterator[Row]:
    """All by the same calendar and policy."""
    for home in homes():
        name = name_of(home)
        pair = {"sponsor": company(home[0]), "cro": company(SPONSORS + home[1])}
        yield {"id": f"P-{name}", "code": f"B{name}", **pair, **terms}


def counterparts() -> Iterator[Row]:
    """The same few people decide at each level."""
    for home in homes():
        for step, level in enumerate(("L1", "L2", "L3")):
            pair = {"sponsor": staff(home, 0, step + home[1]), "cro": staff(home, 1, step + home[0])}
            yield {"partnership": f"P-{name_of(home)}", "level": level, **pair}


def issue(n: int, morning: datetime) -> Row:
    """One in ten is open; their limits run out from three weeks ago to three weeks ahead."""
    open_ = n % 10 == 3
    at = morning + timedelta(hours=(n * 37) % 1000 - 500)
    state = {"state": "in_progress", "late_at": at} if open_ else {"state": "closed", "late_at": None}
    level = "L3" if n % 7 == 0 else "L2" if n % 3 == 0 else "L1"
    return {**state, "title": f"Backlog {n}", "level": level}


def promise(n: int, morning: datetime) -> Row:
    """One in five is still open; its date lies three weeks around today."""
    day = (morning + timedelta(days=n % 40 - 20)).date()
    done = {"state": "accepted", "done_on": None} if n % 5 == 0 else {"state": "confirmed", "done_on": day}
    return {"due": day, "first_due": day, "text": f"Send the plan {n}", **done}


def action(at: datetime) -> Row:
    """Done, like most."""
    words: Row = {"id": "", "number": "", "partnership": "", "visibility": "shared", "text": "Call the site"}
    people: Row = {"owner": "", "owner_side": "sponsor", "made_by": ""}
    return plain(ActionRow(**words, **people, made_at=at, state="done"))


def lost(home: tuple[int, int], n: int, at: datetime) -> Row:
    """A message that did not arrive."""
    person, record = staff(home, n % 2, n), f"B{name_of(home)}-ISS-{n:04}"
    words: Row = {"kind": "issue.news", "subject": f"{record}/2", "visibility": "shared", "state": "failed"}
    made = OutboxRow(key=f"lost:{record}", person=person, queue="", due=at, not_before=at, at=at, **words)
    row = plain(made)
    row.pop("id")
    return {**row, "partnership": f"P-{name_of(home)}"}
