"""Whatever the example file brings, people can make in chat: the same rows, ids and short names apart."""

import json

import pytest
import yaml

from bot.clock import Clock
from storage.store import SqlStore
from tests.beginnings import add, begin, code_in, opened, saw, say
from tests.pairs import SIDES
from tests.world import example

ADMINISTRATORS = {"ORG-HAL": "priya", "ORG-NOR": "david", "ORG-QUI": "gareth"}
WEEK = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday"}


@pytest.fixture
def told(setting):
    """What the file says, with the platforms as they are in this test."""
    return yaml.safe_load(example(SIDES[setting[1]]))


def test_the_example_can_be_made_in_chat(empty, told, setting, sqlite_worlds):
    voices = companies(empty, told)
    for company, voice in voices.items():
        people(voice, [one for one in told["people"] if one["org"] == company], told)
    for partnership in told["partnerships"]:
        agree(voices, partnership, told)
    for company, voice in voices.items():
        pairs(voice, company, told)
        contacts(voice, company, told)
    studies(voices["ORG-HAL"], told)
    rooms(voices, told)
    made = directory(empty.bot.store)
    loaded = SqlStore(f"sqlite:///{sqlite_worlds}/{setting[1]}.db", Clock())
    expected = directory(loaded)
    loaded.close()
    assert made.keys() == expected.keys()
    for name in expected:
        assert made[name] == expected[name], name
    for voice in voices.values():
        card = say(voice, "setup")
        assert "a channel for" not in card


def companies(world, told):
    voices = {}
    known = {one["id"]: one for one in told["people"]}
    for company in told["organisations"]:
        first = known[company["administrators"][0]]
        voices[company["id"]] = begin(
            world,
            ADMINISTRATORS[company["id"]],
            zone=company["zone"],
            hours=company["working_hours"],
            title=first["title"],
            email=first["email"],
            role=first["role"],
        )
    return voices


def people(voice, listed, told):
    names = {one["id"]: one["name"] for one in told["people"]}
    for one in listed:
        kept = {"title": one["title"], "email": one["email"], "zone": one.get("zone", "")}
        kept["hours"] = one.get("working_hours", "")
        if names[one["id"]] != voice.face.name:
            add(voice, one["name"], roles=one["role"], **kept)
    for one in listed:
        if one["backup"]:
            opened(voice, f"setup role {one['name']}")
            voice.submit(backup=names[one["backup"]])


def agree(voices, partnership, told):
    sponsor, cro = voices[partnership["sponsor"]], voices[partnership["cro"]]
    calendar = told["meta"]["calendar"]
    opened(sponsor, "setup partner", "Invite a partner")
    offer = sponsor.submit(
        label=partnership["cro"],
        closures="\n".join(calendar["holidays"]),
        week="\n".join(WEEK[day] for day in calendar["work_week"]),
        close=calendar["day_ends_at"].removesuffix("Z"),
    )
    cro.press("Accept", say(cro, f"setup {code_in(offer)}"))


def others(company, told):
    """The partnerships of a company, each with its side and the name of the company across the table."""
    names = {one["id"]: one["name"] for one in told["organisations"]}
    for one in told["partnerships"]:
        if company in (one["sponsor"], one["cro"]):
            side = "sponsor" if company == one["sponsor"] else "cro"
            yield one["id"], side, names[one["cro" if side == "sponsor" else "sponsor"]]


def pairs(voice, company, told):
    names = {one["id"]: one["name"] for one in told["people"]}
    for partnership, side, other in others(company, told):
        opened(voice, "setup counterparts", f"Name yours for {other}")
        rows = [one for one in told["counterparts"] if one["partnership"] == partnership and one[side]]
        voice.submit(**{one["level"]: names[one[side]] for one in rows})


def contacts(voice, company, told):
    names = {one["id"]: one["name"] for one in told["people"]}
    for partnership, side, other in others(company, told):
        for one in told["contacts"]:
            if (one["partnership"], one["side"]) == (partnership, side):
                opened(voice, "setup contacts", f"Name the {one['line']} line")
                who = {"person": names.get(one.get("person"), ""), "name": one.get("name", "")}
                reach = {name: one[name] for name in ("phone", "email", "hours")}
                voice.submit(partnerships=other, **who, **reach)


def studies(voice, told):
    others_of = {partnership: name for partnership, _, name in others("ORG-HAL", told)}
    for one in told["studies"]:
        opened(voice, "setup studies", "Add a study")
        served = [others_of[service["partnership"]] for service in one["services"]]
        voice.submit(name=one["id"], partnerships="\n".join(served))


def rooms(voices, told):
    by_partnership = {}
    for room in told["rooms"]:
        by_partnership.setdefault(room["partnership"], []).append(room)
    names = {one["id"]: one["name"] for one in told["organisations"]}
    for first, second in by_partnership.values():
        voice, other = voices[first["organisation"]], voices[second["organisation"]]
        voice.say("link", at=first["conversation"], mention=True)
        if voice.form is None:
            voice.press("Choose")
        partner = {"partnership": names[second["organisation"]], "class": "What both companies share"}
        voice.submit(name=first["name"], **partner)
        code = code_in(saw(voice, "administrator says: link"))
        other.say(f"link {code}, {second['name']}", at=second["conversation"], mention=True)


QUERIES = {
    "companies": "SELECT side, name, zone, platform, tenant, working_hours FROM organisation",
    "people": "SELECT o.name, p.name, p.title, p.zone, p.email, p.handle, p.working_hours, b.name,"
    " i.platform, i.tenant, i.user FROM person p JOIN organisation o ON o.id = p.organisation"
    " JOIN identity i ON i.person = p.id LEFT JOIN person b ON b.id = p.backup WHERE p.active",
    "roles": "SELECT p.name, r.role FROM role r JOIN person p ON p.id = r.person",
    "counterparts": "SELECT o.name, level, s.name, c.name FROM counterpart k"
    " JOIN partnership w ON w.id = k.partnership JOIN organisation o ON o.id = w.cro"
    " LEFT JOIN person s ON s.id = k.sponsor LEFT JOIN person c ON c.id = k.cro",
    "contacts": "SELECT o.name, line, k.side, k.name, p.name, phone, k.email, hours FROM contact k"
    " JOIN partnership w ON w.id = k.partnership JOIN organisation o ON o.id = w.cro"
    " LEFT JOIN person p ON p.id = k.person",
    "rooms": "SELECT o.name, c.name, r.visibility, r.name, r.platform, r.tenant, r.conversation FROM room r"
    " JOIN organisation o ON o.id = r.organisation JOIN partnership w ON w.id = r.partnership"
    " JOIN organisation c ON c.id = w.cro",
    "studies": "SELECT s.id, o.name, c.name FROM study s JOIN organisation o ON o.id = s.organisation"
    " JOIN service v ON v.study = s.id AND v.organisation = s.organisation"
    " JOIN partnership w ON w.id = v.partnership JOIN organisation c ON c.id = w.cro",
}
TERMS = (
    "SELECT s.name, c.name, work_week, holidays, day_ends_at, rules FROM partnership w"
    " JOIN organisation s ON s.id = w.sponsor JOIN organisation c ON c.id = w.cro"
    " JOIN calendar k ON k.id = w.calendar JOIN policy p ON p.id = w.policy"
)


def directory(store):
    """Every row of the directory without its ids, in one order."""
    with store.reading() as archive:
        ask = archive.connection.exec_driver_sql
        quoted = {name: query.replace("i.user", 'i."user"') for name, query in QUERIES.items()}
        found = {name: sorted(map(str, ask(query))) for name, query in quoted.items()}
        found["terms"] = sorted(map(terms, ask(TERMS)))
    return found


def terms(row):
    sponsor, cro, week, holidays, closes, rules = row
    read = [json.loads(one) if isinstance(one, str) else one for one in (week, holidays, rules)]
    return str(
        (sponsor, cro, sorted(read[0]), sorted(read[1]), str(closes)[:5], json.dumps(read[2], sort_keys=True))
    )
