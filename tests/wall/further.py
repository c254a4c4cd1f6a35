"""Files for a load: two companies whom nobody of the example knows, with issues of their own."""

import json

NAMES = ("Vexil Bio", "Orla Research"), ("Tarn Pharma", "Brock Trials"), ("Ulmo Health", "Quern Clinical")


def further(number: int) -> str:
    """The file of that number, from 1 to 3."""
    sponsor, cro = NAMES[number - 1]
    homes = (f"ORG-V{number}", sponsor, "sponsor"), (f"ORG-O{number}", cro, "cro")
    people = [_person(number, place, home) for place, (home, _, _) in enumerate(homes)]
    partnership = f"P-V{number}"
    return json.dumps(
        {
            "meta": {"schema": "oversight-example/1", "calendar": _calendar(number)},
            "organisations": [_company(number, *home) for home in homes],
            "people": people,
            "counterparts": [],
            "rooms": [],
            "partnerships": [{"id": partnership, "sponsor": homes[0][0], "cro": homes[1][0]}],
            "studies": [],
            "escalation_policy": _policy(number, partnership),
            "issues": [_issue(number, place, people) for place in (1, 2)],
        }
    )


def _company(number, id_, name, side):
    chat = {"chat_platform": "slack", "workspace": f"T0V{number}{side.upper()}"}
    return {"id": id_, "name": name, "side": side, "zone": "Asia/Tokyo", "administrators": None} | chat


def _person(number, place, home):
    id_, user = f"PER-V{number}{place}", f"U8{number}{place}"
    chat = {"platform": "slack", "user_id": user}
    told = {"name": f"Sora {user}", "title": "Head", "role": "study_lead", "email": f"{user}@vexil.example"}
    return {"id": id_, "org": home, "chat": chat, "backup": None} | told


def _calendar(number):
    return {"id": f"CAL-V{number}", "work_week": ["mon", "tue"], "day_ends_at": "17:00Z", "holidays": []}


def _policy(number, partnership):
    hours = {"elapsed_hours": 4}
    rule = {"start_level": "L1", "notify": [], "time_at_level": {}, "ack": hours, "contain": None}
    rules = {name: rule | {"plan": None, "resolve": None} for name in ("critical", "major", "minor")}
    return {"id": f"ESC-V{number}", "partnerships": [partnership], "severities": rules}


def _issue(number, place, people):
    return {
        "id": f"V{number}-ISS-{place:03d}",
        "partnership": f"P-V{number}",
        "title": "Something of theirs",
        "severity": "critical",
        "raised_by": people[0]["id"],
        "raised_at": "2026-11-09T10:00:00Z",
        "owner": people[1]["id"],
        "acknowledged_at": None,
        "status": "new",
        "level": "L1",
        "level_entered_at": "2026-11-09T10:00:00Z",
        "plan": None,
        "visibility": "shared",
    }
