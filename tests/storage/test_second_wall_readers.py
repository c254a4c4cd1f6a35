"""One wall at a time: the filters alone, PostgreSQL alone and both show every reader the same."""

import inspect
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.actors import CLOCK
from bot.clock import Clock
from bot.desk import NOBODY
from bot.governance.action import Action
from bot.governance.calendar import Limit
from bot.governance.escalation import Severity
from bot.governance.hold import Hold
from bot.governance.parting import End
from bot.governance.proposal import Kind, Proposal
from bot.governance.visibility import Side, Visibility, internal
from bot.joint import ActionFilter, CommitmentFilter, DecisionFilter
from bot.records import Draft, Entry, IssueFilter, IssueTurn, Note, Search
from storage import migrate
from storage.archive import SqlArchive
from storage.load.file import load
from storage.store import SqlStore
from tests.world import AS_OF, example

PEOPLE = tuple(f"PER-{number:02d}" for number in range(1, 13))
WATCHED = ("PER-01", "PER-03", "PER-05", "PER-08", "PER-09", "PER-11", "PER-12")  # of every company and role
ALL = IssueFilter(open_only=False, limit=100)
HOMES = ("P-NOR", "P-QUI")
DECIDED = ("NOR-DEC-001", "NOR-DEC-004", "HAL-DEC-001")
PROMISED = ("NOR-CMT-01", "QUI-CMT-01", *(f"C-{one}" for one in (*Side, "both")))
DOING = tuple(f"A-{one}" for one in (*Side, "both"))
SOUGHT = ("found", "backlog", "margin", "second CRO", "ISS")
EVERYBODYS = IssueTurn(
    frozenset(PEOPLE), frozenset({("P-NOR", "L1"), ("P-QUI", "L2")}), frozenset(HOMES), AS_OF
)
BORN = {  # class, named readers, third company
    "X-SHARED": (Visibility.SHARED, (), ""),
    "X-SPONSOR": (Visibility.SPONSOR_INTERNAL, (), ""),
    "X-CRO": (Visibility.CRO_INTERNAL, (), ""),
    "X-NAMED": (Visibility.RESTRICTED, ("PER-01", "PER-08", "PER-09"), ""),
    "X-THREE": (Visibility.TRI_PARTY, (), "ORG-QUI"),
}

pytestmark = pytest.mark.postgres


@dataclass(frozen=True)
class Walls:
    """The same record behind the filters alone, behind both walls, and behind PostgreSQL's alone."""

    filters: SqlStore
    both: SqlStore
    database: SqlStore


@pytest.fixture(scope="module")
def walls(cluster, tmp_path_factory):
    file = f"sqlite:///{tmp_path_factory.mktemp('walls')}/parley.db"
    migrate.upgrade(file)
    url, clock = cluster.fresh(), Clock(lambda: AS_OF)
    found = [SqlStore(one, clock) for one in (file, url)]
    for store in found:
        fill(store)
    opened = Walls(*found, SqlStore(url, clock, filters=False))
    yield opened
    for store in (opened.filters, opened.both, opened.database):
        store.close()
    cluster.drop(url)


def fill(store):
    """The example, and in each class an issue with all that can hang on one."""
    load(store, example(), AS_OF)
    with store.writing() as archive:
        for number, (born, (visibility, readers, third)) in enumerate(BORN.items()):
            _issue(archive, f"{born}-{number}", visibility, frozenset(readers), third)
        _beside(archive)
        _promises(archive)
        _actions(archive)
        _between_administrators(archive)


def _issue(archive, name, visibility, readers, third):
    like = replace(archive.issue(CLOCK, "NOR-ISS-001"), id=name, number=name, study="HAL-301")
    made = replace(like, visibility=visibility, readers=readers, third=third, title=f"Found {name}")
    archive.add_issue(CLOCK, made)
    scope = next((one for one in archive.person_actor("PER-01").sees if one.visibility == visibility), None)
    home = replace(scope or next(iter(archive.person_actor("PER-01").sees)), partnership="P-NOR")
    scope = replace(home, visibility=visibility)
    archive.record(Entry("issue.log", "PER-09", AS_OF, scope, record=name, why="found", after={"version": 1}))
    for one in {visibility, Visibility.SPONSOR_INTERNAL, Visibility.CRO_INTERNAL}:
        archive.add_note(CLOCK, Note(f"{name}-{one}", name, "P-NOR", one, "PER-09", AS_OF, f"found {one}"))
    if visibility is not Visibility.RESTRICTED:
        for person in ("PER-03", "PER-09"):
            actor = archive.person_actor(person)
            archive.keep_link(actor, replace(scope, visibility=internal(actor.side)), name, f"at {person}")


def _beside(archive):
    for person in PEOPLE:
        archive.keep_draft(Draft(f"D-{person}", person, {"title": person}, AS_OF))
    for side in Side:
        actor = archive.person_actor("PER-03" if side is Side.SPONSOR else "PER-08")
        archive.set_hold(
            actor, Hold(f"H-{side}", "P-NOR", internal(side), "", side, actor.person, AS_OF, "law")
        )


def _promises(archive):
    like = archive.commitment(CLOCK, "NOR-CMT-01")
    for name, visibility in (
        ("both", Visibility.SHARED),
        *((one.value, internal(one)) for one in Side),
    ):
        archive.add_commitment(
            CLOCK, replace(like, id=f"C-{name}", number=f"C-{name}", visibility=visibility)
        )


def _between_administrators(archive):
    for partnership in HOMES:
        policy = archive.policy(CLOCK, partnership)
        quick = replace(policy.rules[Severity.MAJOR], ack=Limit(elapsed_hours=1))
        new = replace(policy, rules={**policy.rules, Severity.MAJOR: quick}, version=2)
        admin = next(
            actor
            for one in PEOPLE
            if (actor := archive.person_actor(one)).may("administer") and partnership in actor.partnerships
        )
        asked = (f"PRO-{partnership}", partnership, Kind.POLICY, policy.id, admin.person, admin.side)
        archive.propose(admin, Proposal(*asked, AS_OF, "too slow", policy=new))
        archive.name_end(admin, End(partnership, admin.side, AS_OF.date(), admin.person, AS_OF, "over"))


def _actions(archive):
    for one in (*Side, "both"):
        visibility = Visibility.SHARED if one == "both" else internal(one)
        name = f"A-{one}"
        made = (name, f"NOR-ACT-{one}", "P-NOR", visibility, "call", "PER-10", Side.CRO, "PER-09", AS_OF)
        archive.add_action(CLOCK, Action(*made, session="NOR-MTG-09"))


def _all_hits(archive):
    return [hit for word in SOUGHT for hit in archive.search(CLOCK, Search((word,)))]


@dataclass(frozen=True)
class Known:
    """Every id there is: what a reader is asked with, who may know none of them."""

    issues: tuple[str, ...]
    chains: tuple[str, ...]


YEAR = timedelta(days=366)
READS: dict[str, Any] = {
    "issues": lambda a, r, k: [a.issues(r, ALL), a.issues(r, replace(ALL, first_late=AS_OF, open_only=True))],
    "issues_for": lambda a, r, k: a.issues_for(r, EVERYBODYS),
    "count_issues": lambda a, r, k: a.count_issues(r, ALL),
    "issue": lambda a, r, k: [a.issue(r, one) for one in k.issues],
    "issues_numbered": lambda a, r, k: [a.issues_numbered(r, one) for one in (*k.issues, "1", "8")],
    "link": lambda a, r, k: [a.link(r, one) for one in k.issues],
    "began_with": lambda a, r, k: [a.began_with(r, f"at {one}") for one in PEOPLE],
    "notes": lambda a, r, k: [a.notes(r, one) for one in k.issues],
    "history": lambda a, r, k: [a.history(r, one) for one in (*k.issues, *PEOPLE, *HOMES)],
    "draft": lambda a, r, k: [a.draft(r, f"D-{one}") for one in PEOPLE],
    "proposal": lambda a, r, k: [a.proposal(r, f"PRO-{one}") for one in HOMES],
    "open_proposal": lambda a, r, k: [a.open_proposal(r, one, kind) for one in HOMES for kind in Kind],
    "chains_of": lambda a, r, k: a.chains_of(r, k.issues),
    "chains_in": lambda a, r, k: [a.chains_in(r, one) for one in HOMES],
    "links": lambda a, r, k: [(one.chain, one.seq, one.what) for one in a.links(r, k.chains)],
    "links_about": lambda a, r, k: [
        (one.chain, one.seq, one.what) for which in k.issues for one in a.links_about(r, which)
    ],
    "oversight": lambda a, r, k: a.oversight(r, HOMES, 50, 0),
    "last_entries": lambda a, r, k: sorted(a.last_entries(r).items()),
    "signed_heads": lambda a, r, k: a.signed_heads(r, k.chains),
    "search": lambda a, r, k: [a.search(r, Search((word,))) for word in SOUGHT],
    "quoted": lambda a, r, k: [a.quoted(r, (word,), _all_hits(a)) for word in SOUGHT],
    "thirds": lambda a, r, k: [a.thirds(r, one) for one in HOMES],
    "acquainted": lambda a, r, k: [a.acquainted(r, one, PEOPLE) for one in k.issues],
    "third": lambda a, r, k: [a.third(r, one) for one in k.issues],
    "home": lambda a, r, k: [a.home(r, one) for one in k.issues],
    "holds": lambda a, r, k: a.holds(r),
    "commitment": lambda a, r, k: [a.commitment(r, one) for one in PROMISED],
    "commitments_numbered": lambda a, r, k: [a.commitments_numbered(r, one) for one in (*PROMISED, "1")],
    "commitments": lambda a, r, k: a.commitments(r, CommitmentFilter(open_only=False, limit=100)),
    "count_commitments": lambda a, r, k: a.count_commitments(r, CommitmentFilter(owner="PER-10")),
    "committees": lambda a, r, k: [a.committees(r, one) for one in HOMES],
    "committee": lambda a, r, k: a.committee(r, "NOR-JOC"),
    "meeting": lambda a, r, k: a.meeting(r, "NOR-MTG-06"),
    "meetings": lambda a, r, k: [a.meetings(r, one) for one in HOMES],
    "action": lambda a, r, k: [a.action(r, one) for one in DOING],
    "actions_numbered": lambda a, r, k: [a.actions_numbered(r, one) for one in (*DOING, "1")],
    "actions": lambda a, r, k: a.actions(r, ActionFilter(open_only=False, limit=100)),
    "decision": lambda a, r, k: [a.decision(r, one) for one in DECIDED],
    "decisions_numbered": lambda a, r, k: [a.decisions_numbered(r, one) for one in (*DECIDED, "1", "dec-4")],
    "decisions": lambda a, r, k: a.decisions(r, DecisionFilter(limit=100)),
    "count_decisions": lambda a, r, k: a.count_decisions(r, DecisionFilter()),
    "changed": lambda a, r, k: a.changed(r, AS_OF - YEAR, 100),
    "running_out": lambda a, r, k: a.running_out(r, AS_OF - YEAR, AS_OF + YEAR, ()),
    "legal_clocks": lambda a, r, k: a.legal_clocks(r, 100),
    "promised": lambda a, r, k: a.promised(r, (AS_OF + YEAR).date(), 100),
    "kept_on_time": lambda a, r, k: a.kept_on_time(r, (AS_OF - YEAR).date(), AS_OF.date()),
    "ends": lambda a, r, k: [a.ends(r, one) for one in HOMES],
    "redaction": lambda a, r, k: a.redaction(r, "none"),
    "open_redactions": lambda a, r, k: [a.open_redactions(r, one) for one in HOMES],
    "open_redaction": lambda a, r, k: [
        a.open_redaction(r, one, shown) for one in k.issues for shown in Visibility
    ],
}
# They write, or look at what somebody was given already.
WRITES = {
    *(
        "add_issue",
        "save_issue",
        "save_struck",
        "bar_reader",
        "unblinded",
        "next_number",
        "keep_link",
        "add_commitment",
        "save_commitment",
        "add_decision",
        "save_decision",
        *("save_committee", "save_meeting", "add_action", "save_action"),
        "add_note",
    ),
    *("propose", "settle_proposal", "set_hold", "release_hold", "name_end", "take_back_end", "broken"),
    *("ask_redaction", "settle_redaction", "erase_lines", "erase_notes", "index", "unsay"),
}
TELLS = tuple(
    f"self.{one}(actor" for one in ("passes", "_seated", "_actions", "_inside", "_found", "_asked_for")
)


def readers(archive):
    """Some of each company, every room, and somebody nobody knows."""
    rooms = [room for scope in _scopes(archive) for room in archive.rooms(CLOCK, scope)]
    people = {one: archive.person_actor(one) for one in WATCHED}
    return people | {room.id: archive.linked_actor(room.id) for room in rooms} | {"nobody": NOBODY}


def _scopes(archive):
    some = next(iter(archive.person_actor("PER-01").sees))
    return [replace(some, partnership=home, visibility=one) for home in HOMES for one in Visibility]


def known(store):
    with store.reading() as archive:
        return Known(
            tuple(sorted(one.id for one in archive.issues(CLOCK, ALL))),
            tuple(sorted(archive.heads())),
        )


def seen(store, told):
    """What each reader is shown by each question; in one transaction, so that one asks after another."""
    found = {}
    with store.reading() as archive:
        for name, reader in readers(archive).items():
            for method, ask in READS.items():
                found[name, method] = repr(ask(archive, reader, told))
    return found


def test_each_wall_alone_shows_everybody_what_both_show(walls):
    told = known(walls.filters)
    assert told == known(walls.both)
    filters, both, database = (seen(one, told) for one in (walls.filters, walls.both, walls.database))
    assert {key for key in filters if filters[key] != both[key]} == set()
    assert {key for key in both if both[key] != database[key]} == set()


def test_there_is_something_to_hide_from_everybody_and_something_to_see(walls):
    told = known(walls.filters)
    with walls.database.reading() as archive:
        counts = {name: len(archive.issues(reader, ALL)) for name, reader in readers(archive).items()}
    assert len(counts) > len(WATCHED) + 1
    assert all(count < len(told.issues) for count in counts.values())
    assert all(counts[person] for person in WATCHED)
    assert counts["nobody"] == 0


def test_nothing_that_asks_for_a_reader_is_forgotten_here():
    asks = set()
    for name, method in inspect.getmembers(SqlArchive, inspect.isfunction):
        source = inspect.getsource(inspect.unwrap(method))
        if not name.startswith("_") and any(one in source for one in TELLS):
            asks.add(name)
    assert asks - set(READS) - WRITES == set()
