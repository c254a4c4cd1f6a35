"""Every verb from the wrong state, side or person, twice or on an old card: one sentence, nothing changed."""

import itertools
import re

from bot.actors import CLOCK
from bot.cards.issue_buttons import VERBS
from bot.desk import Desk
from bot.governance.party import Party
from bot.handlers.issue_acts import ACTS
from bot.intents import Handle, Intent, Place, Reply

KEYS = itertools.count()
OWNER, COLLEAGUE, OTHER, STRANGER = "annika", "david", "tomasz", "wei-ling"
LOGGED = "issue TMF backlog, major, owner annika"
PLANNED = (f"{OTHER} ack", f"{OWNER} plan file them all, due 2026-12-01", f"{OTHER} plan_agree")
RESOLVED = (f"{OTHER} ack", f"{OWNER} resolve all are filed, cause process: no second check")
CHECKED = (f"{RESOLVED[1]}, capa CAPA-021, check 2027-01-30",)
VERIFIED = (*RESOLVED, f"{OTHER} verify")
# How an issue gets into each state: who says which verb, with which words.
STATES = {
    "new": (),
    "acknowledged": (f"{OTHER} ack",),
    "investigating": (f"{OTHER} ack", f"{OWNER} update twelve are found"),
    "in_progress": PLANNED,
    "resolved": RESOLVED,
    "verified": VERIFIED,
    "effectiveness_check": (*CHECKED, f"{OTHER} verify"),
    "closed": (*VERIFIED, f"{OTHER} close seen in the file"),
    "disputed": (*RESOLVED, f"{OTHER} dispute two are empty"),
    "on_hold": (f"{OTHER} ack", f"{OWNER} hold ethics committee, until 2026-12-15", f"{OTHER} hold_agree"),
    "reopened": (*VERIFIED, f"{OWNER} reopen three are late again"),
    "rejected": (f"{OTHER} reject duplicate of NOR-ISS-002",),
    "withdrawn": (f"{OWNER} withdraw logged twice",),
}
AGAIN = ("plan", "update", "hold")  # what may be said once more, as it is something new each time
FEW = ("new", "resolved", "on_hold", "rejected")  # on the other database: the rules themselves know of none
ON_ANY_CARD = ("issue.change", "issue.breach")  # a form that looks again when it is sent; never too late
GRADES = (
    f"{OTHER} severity critical, dosing error",
    f"{OTHER} escalate L3, the stop of the study is possible",
)


def serve(world, name, text="", verb="", **fields):
    """What they type in their room, or press there; sent twice where it was done, which counts once."""
    who, place = speaker(world, name)
    intent = Intent(who, place, f"refused {next(KEYS)}", text, verb, fields, reply=Reply.HERE)
    desk = Desk(world.bot.store, world.clock)
    answer = desk.serve(intent)
    assert answer.refused or desk.serve(intent).repeated
    return answer


def speaker(world, name):
    """The account of the person with that first name, and the room they speak in."""
    face = world.as_(name).face
    room = face.channels[0]
    rows = world.rows(f"SELECT platform, tenant FROM identity WHERE \"user\" = '{face.id}'")  # noqa: S608 our own words only
    return Handle(*rows[0], face.id), Place(*rows[0], room)


def say(world, number, said):
    """ "tomasz ack": what was typed, or pressed where it can only be pressed."""
    name, verb, *words = said.split(" ", 2)
    if verb in ("plan_agree", "hold_agree"):
        return serve(world, name, f"issue {verb.removesuffix('_agree')} {number} agree")
    return serve(world, name, f"issue {verb} {number} {' '.join(words)}".strip())


def brought(world, steps):
    """A new issue on which these steps were taken, each of them twice."""
    serve(world, OWNER, LOGGED)
    number = max(row[0] for row in world.rows("SELECT number FROM issue WHERE partnership = 'P-NOR'"))
    for said in steps:
        assert not say(world, number, said).refused, said
        if said.split()[1] not in AGAIN:
            refused(say(world, number, said), number, said)
    return number


def refused(answer, number, case):
    """In one sentence that names the issue and ends."""
    assert answer.refused, case
    assert number in answer.view.line, case
    assert re.fullmatch(r"(?:[^.]|\.(?! ))+\.", answer.view.line), (case, answer.view.line)


def record(world):
    """Everything an act could change: issues, what was promised, what is due, what was done."""
    wanted = ("issue", "outbox", "due", "note", "draft")
    tables = [world.rows(f"SELECT * FROM {table}") for table in wanted]  # noqa: S608 our own table names
    done = world.rows("SELECT count(*) FROM audit WHERE what <> 'refused'")[0][0]
    return [sorted(map(str, rows)) for rows in tables], done


def refusals(world):
    return world.rows("SELECT count(*) FROM audit WHERE what = 'refused'")[0][0]


def the_issue(world, number):
    with world.bot.store.reading() as archive:
        return archive.issue(CLOCK, number)


def parties(world):
    """Its owner, a colleague of theirs, and somebody of the other side."""
    ids = {row[1].split()[0].lower(): row[0] for row in world.rows("SELECT id, name FROM person")}
    with world.bot.store.reading() as archive:
        for name in (OWNER, COLLEAGUE, OTHER):
            yield name, Party(ids[name], archive.person_actor(ids[name]).side)


def wrong(issue, party):
    """Every verb, wrong for them: forbidden by its rule, else pressed on an old card."""
    for one in VERBS:
        act = ACTS.get(one.verb.removeprefix("issue."))
        if not one.allowed(issue, party):
            yield one.verb, {}
        elif one.verb not in ON_ANY_CARD and not (act and act.only_adds):
            yield one.verb, {"version": str(issue.version - 1)}


def test_no_verb_counts_in_the_wrong_state_for_the_wrong_side_twice_or_on_an_old_card(world, setting):
    people = dict(parties(world))
    for state in STATES if setting[0] == "sqlite" else FEW:
        number = brought(world, STATES[state])
        issue = the_issue(world, number)
        assert issue.state == state
        before, count = record(world), refusals(world)
        here = people if state in ("new", "resolved") else (OWNER, OTHER)
        cases = [(name, *case) for name in here for case in wrong(issue, people[name])]
        for name, verb, fields in cases:
            refused(serve(world, name, verb=verb, issue=number, **fields), number, (state, name, verb))
        assert record(world) == before, state
        assert refusals(world) - count == len(cases)


def test_a_step_up_and_a_view_of_the_severity_count_once(world):
    brought(world, GRADES)


def test_who_may_not_see_it_hears_what_they_would_hear_of_an_issue_that_is_not_there(world):
    serve(world, OWNER, LOGGED)
    before = record(world)
    for one in VERBS:
        hidden, unknown = (
            serve(world, STRANGER, verb=one.verb, issue=f"NOR-ISS-0{end}") for end in ("08", "99")
        )
        refused(hidden, "NOR-ISS-008", one.verb)
        assert hidden.view.line.replace("008", "099") == unknown.view.line
    assert record(world) == before


def test_an_observer_reads_and_does_nothing_else(world):
    serve(world, OWNER, LOGGED)
    world.rows_gone("UPDATE role SET role = 'observer' WHERE person = 'PER-04'")
    before, count = record(world), refusals(world)
    for one in VERBS:
        answer = serve(world, OTHER, verb=one.verb, issue="NOR-ISS-008")
        assert "Your role does not include that" in answer.view.line, one.verb
    assert record(world) == before
    assert refusals(world) - count == len(VERBS)


def test_a_press_on_an_old_card_shows_how_it_stands_and_changes_nothing(world):
    annika, tomasz, marcus = (world.as_(name) for name in (OWNER, OTHER, "marcus"))
    annika.say("issue TMF backlog, major, owner annika")
    old = _card(tomasz)
    marcus.say("issue update NOR-ISS-008 twelve are found")
    assert "That card was out of date, so nothing changed" in tomasz.press("Plan", old)
    annika.say("issue resolve NOR-ISS-008 all are filed, cause process: no second check")
    old = _card(tomasz)
    marcus.press("Verify", old)
    before = record(world)
    assert "was already verified by Marcus Adeyemi" in tomasz.press("Verify", old)
    assert "only Halcyra Therapeutics AG can verify and close it" in annika.say(
        "issue close NOR-ISS-008 done"
    )
    assert record(world)[0][0] == before[0][0]


def _card(voice):
    return next(one for one in reversed(voice.room()) if "NOR-ISS-008:" in one)


def test_its_raiser_changes_nothing_once_it_is_graded_anew_or_claimed_to_be_resolved(world):
    serve(world, OWNER, LOGGED)
    for said in (
        "severity critical, dosing error",
        "resolve all are filed, cause process: none, capa CAPA-1",
    ):
        assert not say(world, "NOR-ISS-008", f"{OWNER} {said}").refused
        before = record(world)
        refused(serve(world, OWNER, verb="issue.change", issue="NOR-ISS-008"), "NOR-ISS-008", said)
        assert record(world) == before
    assert the_issue(world, "NOR-ISS-008").state.claimed


def test_a_page_of_the_story_that_cannot_be_is_the_first_one(world):
    serve(world, OWNER, LOGGED)
    who, place = speaker(world, OWNER)
    asked = {"issue": "NOR-ISS-008", "earlier": "9" * 5000}
    intent = Intent(who, place, "a page", "", "issue.show", asked, reply=Reply.HERE)
    assert "TMF backlog" in Desk(world.bot.store, world.clock).serve(intent).view.line
