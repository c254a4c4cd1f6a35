"""Worlds nobody has seen: the example's companies and people, with everything that counts drawn anew."""

import json
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from tests.governance.example import EXAMPLE

KNOWN = (*EXAMPLE["people"][1:4], *EXAMPLE["people"][7:])
BEGIN = datetime(2026, 9, 1, tzinfo=UTC)
END = datetime(2027, 1, 10, tzinfo=UTC)
SEVERITIES = ("critical", "major", "minor")
LEVELS = ("L1", "L2", "L3", "L4")
WEEKS = (
    ["mon", "tue", "wed", "thu", "fri"],
    ["sun", "mon", "tue", "wed", "thu"],
    ["mon", "tue", "wed", "thu", "fri", "sat"],
    ["wed"],
)
STATES = ("new", "acknowledged", "investigating", "in_progress", "plan_agreed", "closed", "reopened")
STATES += ("resolved", "verified", "rejected", "withdrawn", "on_hold", "disputed")
CLASSES = ("shared", "shared", "sponsor_internal", "cro_internal", "restricted")
ROLES = ("executive_sponsor", "study_lead", "functional_lead", "quality_lead", "finance_lead", "member")
HOMES = {"P-NOR": ("ORG-HAL", "ORG-NOR"), "P-QUI": ("ORG-HAL", "ORG-QUI"), "P-VEX": ("ORG-VEX", "ORG-NOR")}

instants = st.integers(0, int((END - BEGIN).total_seconds() // 1800)).map(
    lambda step: BEGIN + timedelta(minutes=30 * step)
)
hours = st.sampled_from((0, 1, 4, 24, 36.5, 200)).map(lambda one: {"elapsed_hours": one})
days = st.sampled_from((0, 1, 2, 3, 5, 10, 20)).map(lambda one: {"business_days": one})
limits = st.one_of(st.none(), hours, days, days)
later = st.integers(0, 40).map(lambda step: timedelta(hours=step * step))
dates = st.integers(0, 130).map(lambda step: BEGIN.date() + timedelta(days=step))


@st.composite
def worlds(draw):
    """A whole world, as a file would hold it."""
    people = [_person(draw, one) for one in (*KNOWN, *_strangers())]
    rules = {name: _rule(draw) for name in SEVERITIES}
    return {
        "meta": {"schema": "oversight-example/1", "calendar": _calendar(draw)},
        "organisations": [*(one | {"administrators": None} for one in EXAMPLE["organisations"]), _vexil()],
        "people": people,
        "counterparts": _counterparts(draw),
        "rooms": [],
        "partnerships": [{"id": name, "sponsor": one, "cro": two} for name, (one, two) in HOMES.items()],
        "studies": EXAMPLE["studies"],
        "escalation_policy": {"id": "ESC-X", "partnerships": list(HOMES), "severities": rules},
        "issues": [_issue(draw, people, number) for number in range(draw(st.integers(3, 7)))],
        **_joint(draw, people),
    }


def _joint(draw, people):
    """A committee and a session of each partnership, with what was decided there and promised."""
    ours = {
        home: tuple([one["id"] for one in people if one["org"] == company] for company in both)
        for home, both in HOMES.items()
    }
    boards = [_board(draw, home, *both) for home, both in ours.items()]
    both = {home: [*sponsor, *cro] for home, (sponsor, cro) in ours.items()}
    meetings = [_meeting(draw, board, both[board["partnership"]]) for board in boards]
    return {
        "committees": boards,
        "meetings": meetings,
        "decisions": [_decision(draw, number, meetings) for number in range(draw(st.integers(0, 4)))],
        "commitments": [_promise(draw, number, ours) for number in range(draw(st.integers(0, 5)))],
    }


def _board(draw, home, sponsor, cro):
    return {
        "id": f"{home[2:]}-JOC",
        "partnership": home,
        "name": "Joint Operations",
        "tier": 2,
        "quorum": {"per_side": draw(st.integers(0, 2)), "needs_chair_each_side": draw(st.booleans())},
        "chairs": {"sponsor": draw(st.sampled_from(sponsor)), "cro": draw(st.sampled_from((None, *cro)))},
        "delegates": draw(st.lists(st.sampled_from(sponsor + cro), max_size=2, unique=True)),
    }


def _meeting(draw, board, people):
    status = draw(st.sampled_from(("held", "held", "held", "planned", "cancelled")))
    came = draw(st.lists(st.sampled_from(people), unique=True)) if status == "held" else []
    home = {"id": f"{board['id'][:3]}-MTG-01", "committee": board["id"], "date": str(draw(dates))}
    return home | {"status": status, "attended": came}


def _decision(draw, number, meetings):
    words = {"question": "Shall we?", "outcome": "Yes", "deciders": []}
    status = draw(st.sampled_from(("final", "provisional", "withdrawn")))
    meeting = draw(st.sampled_from(meetings))["id"]
    visibility = draw(st.sampled_from(CLASSES[:4]))
    name = f"{meeting[:3]}-DEC-{number:03d}"
    return {"id": name, "meeting": meeting, "status": status, "visibility": visibility, **words}


def _promise(draw, number, ours):
    home, visibility = draw(st.sampled_from(tuple(ours))), draw(st.sampled_from(CLASSES[:4]))
    by_sponsor = visibility == "sponsor_internal" or (visibility == "shared" and draw(st.booleans()))
    mine, theirs = ours[home] if by_sponsor else ours[home][::-1]
    owner = draw(st.sampled_from(mine))
    others = theirs if visibility == "shared" else [one for one in mine if one != owner] or [*theirs]
    status = draw(st.sampled_from(("proposed", "accepted", "accepted", "done", "declined", "disputed")))
    first, moved = draw(dates), draw(st.integers(0, 3))
    return {
        "id": f"{home[2:]}-CMT-{number:02d}",
        "partnership": home,
        "text": "Something promised",
        "owner": owner,
        "made_to": draw(st.sampled_from(others)),
        "first_due": str(first),
        "due": str(draw(dates) if moved else first),
        "times_moved": moved,
        "status": status,
        "done_on": str(first) if status == "done" else None,
        "visibility": visibility,
    }


def _vexil():
    home = {"side": "sponsor", "name": "Vexil Bio", "zone": "Asia/Tokyo"}
    return {"id": "ORG-VEX", "chat_platform": "slack", "workspace": "T0VEX", **home}


def _strangers():
    for number in (21, 22):
        chat = {"platform": "slack", "user_id": f"U{number}"}
        name = {"name": f"Kaori {number}", "title": "Head", "email": f"kaori.{number}@vexil.example"}
        yield {"id": f"PER-{number}", "org": "ORG-VEX", "chat": chat, **name}


def _person(draw, one):
    role = draw(st.sampled_from(ROLES))
    kept = {name: one[name] for name in ("id", "org", "name", "title", "email", "chat")}
    return kept | {"role": role, "backup": draw(st.sampled_from((None, one["id"])))}


def _rule(draw):
    length = {name: draw(limits) for name in ("ack", "contain", "plan", "resolve")}
    at_level = {name: draw(limits) for name in draw(st.lists(st.sampled_from(LEVELS), unique=True))}
    return {"start_level": "L1", "notify": [], "time_at_level": at_level, **length}


def _calendar(draw):
    closed = draw(st.lists(dates, max_size=12, unique=True))
    close = draw(st.sampled_from(("17:00Z", "12:30Z", "23:00Z", "00:00Z")))
    week = draw(st.sampled_from(WEEKS))
    return {"id": "CAL-X", "work_week": week, "day_ends_at": close, "holidays": [str(one) for one in closed]}


def _counterparts(draw):
    named = {
        home: {side: [one["id"] for one in KNOWN if one["org"] == side] or ["PER-21"] for side in both}
        for home, both in HOMES.items()
    }
    levels = st.lists(st.sampled_from((*LEVELS, "quality", "safety")), unique=True, max_size=4)
    return [
        {
            "partnership": home,
            "level": level,
            "sponsor": draw(st.sampled_from((None, *named[home][sponsor]))),
            "cro": draw(st.sampled_from((None, *named[home][cro]))),
        }
        for home, (sponsor, cro) in HOMES.items()
        for level in draw(levels)
    ]


def _issue(draw, people, number):
    home = draw(st.sampled_from(tuple(HOMES)))
    ours = [one["id"] for one in people if one["org"] in HOMES[home]]
    raised, severity = draw(instants), draw(st.sampled_from(SEVERITIES))
    status, visibility = draw(st.sampled_from(STATES)), draw(st.sampled_from(CLASSES))
    seen = draw(st.one_of(st.none(), later))
    issue = {
        "id": f"{home[2:]}-ISS-{number:03d}",
        "partnership": home,
        "title": "Something",
        "severity": severity,
        "raised_by": draw(st.sampled_from(ours)),
        "raised_at": raised.isoformat(),
        "owner": draw(st.sampled_from(ours)),
        "acknowledged_at": None if seen is None else (raised + seen).isoformat(),
        "status": status,
        "level": draw(st.sampled_from(LEVELS)),
        "level_entered_at": (raised + draw(later)).isoformat(),
        "plan": _plan(draw, raised),
        "visibility": visibility,
    }
    if draw(st.booleans()):
        issue["severity_history"] = _history(draw, raised, severity)
    if draw(st.integers(0, 3)) == 0:
        issue["legal_clock"] = _legal(draw, raised)
    if visibility == "restricted":
        issue["visible_to_people"] = draw(st.lists(st.sampled_from(ours), min_size=1, unique=True))
    if status == "on_hold":
        held = {"reason": "ethics committee", "by": ours[0], "at": (raised + draw(later)).isoformat()}
        issue["hold"] = held | {"until": str(date(2027, 3, 1))}
    return issue


def _plan(draw, raised):
    if draw(st.booleans()):
        return None
    agreed = raised.date() + timedelta(days=draw(st.integers(0, 10)))
    due = agreed + timedelta(days=draw(st.integers(0, 40)))
    return {"agreed": draw(st.sampled_from((str(agreed), str(agreed), None))), "due": str(due)}


def _history(draw, raised, severity):
    before = draw(st.lists(st.sampled_from(SEVERITIES), max_size=2))
    at, told = raised, []
    for one in (*before, severity):
        told.append({"at": at.isoformat(), "severity": one})
        at += draw(later)
    return told


def _legal(draw, raised):
    aware = raised - draw(later)
    due = aware.date() + timedelta(days=draw(st.sampled_from((7, 15))))
    clock = {"rule": "EU CTR Art. 52", "aware_at": aware.isoformat(), "limit_calendar_days": 7}
    return clock | {"due": str(due), "assessment": "pending"}


def written(world):
    """The world as a file: JSON is YAML, and read faster."""
    return json.dumps(world)
