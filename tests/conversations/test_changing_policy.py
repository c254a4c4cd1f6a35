"""The policy of a running partnership is changed: one side proposes, the other agrees or declines."""

import re
from datetime import timedelta

import pytest

from bot.actors import CLOCK
from bot.governance.calendar import Limit
from bot.records import IssueFilter
from tests.beginnings import at_once, opened, partners, saw, say
from tests.conversations.test_hand_made import send

LOG = "issue TMF backlog at site 104, major, owner @rafael, due 28 Nov 2026"
SIDES = {"david": ("priya", "Northmere Clinical Ltd"), "priya": ("david", "Halcyra Therapeutics AG")}


def policy(voice):
    """The card of the policy between Halcyra and Northmere."""
    shown = say(voice, "setup policy")
    return voice.press("Northmere Clinical Ltd", shown) if "with which partner" in shown else shown


def proposed(voice, why="Ten days are too long", severity="major", **changes):
    """A proposal of that side: these fields of one severity, and why."""
    voice.press(f"Change {severity}", policy(voice))
    kept = voice.submit(**changes)
    voice.press("Propose", kept)
    return voice.submit(why=why)


def in_force(world, partnership):
    """(name, version, rules) of a partnership's policy."""
    with world.bot.store.reading() as archive:
        policy = archive.policy(CLOCK, partnership)
    return policy.id, policy.version, policy.rules


@pytest.mark.parametrize("proposer", SIDES)
def test_a_change_is_proposed_by_one_side_and_in_force_when_the_other_agrees(world, proposer):
    first, (answerer, company) = world.as_(proposer), SIDES[proposer]
    second = world.as_(answerer)
    world.as_("annika").say(LOG)
    sent = proposed(first, ack="4 hours", plan="3 bd", L1="2 business days")
    assert f"{company} proposes another escalation policy" in sent
    assert "Major: acknowledge within" in sent
    assert "1 business day" in sent
    assert "4 hours" in sent
    world.restart()
    card = saw(second, f"{company} proposes another escalation policy")
    assert "Ten days are too long" in card
    assert in_force(world, "P-NOR")[1] == 1
    second.press("Agree", card)
    assert "It was agreed by" in second.again(card)
    told = saw(first, f"agreed to the change of the escalation policy that {company} proposed")
    assert "4 hours" in told
    name, version, rules = in_force(world, "P-NOR")
    assert (name, version) == ("ESC-1", 2)
    assert rules["major"].ack == Limit(elapsed_hours=4)
    assert in_force(world, "P-QUI")[:2] == ("ESC-1", 1)
    assert in_force(world, "P-QUI")[2]["major"].ack == Limit(business_days=1)
    world.as_("annika").say(LOG.replace("104", "105"))
    frozen = world.rows("SELECT policy FROM issue WHERE number IN ('NOR-ISS-008', 'NOR-ISS-009') ORDER BY 1")
    assert [tuple(one) for one in frozen] == [("ESC-1",), ("ESC-1, version 2",)]
    kept = world.rows(
        "SELECT what, partnership, visibility FROM audit"
        " WHERE what IN ('terms.propose', 'terms.agree') ORDER BY seq"
    )
    assert [tuple(one) for one in kept] == [
        ("terms.propose", "P-NOR", "shared"),
        ("terms.agree", "P-NOR", "shared"),
    ]
    proposal = world.rows("SELECT id FROM proposal")[0][0]
    assert "That change was agreed before" in told_by(world, answerer, "setup.terms.agree", proposal=proposal)


def test_declining_takes_a_reason_which_the_other_side_reads(world):
    david, priya = world.as_("david"), world.as_("priya")
    proposed(david, ack="4 hours")
    card = saw(priya, "proposes another escalation policy")
    priya.press("Decline", card)
    priya.submit(reason="")
    assert "Write a reason." in priya.form.errors["reason"]
    priya.submit(reason="Our study leads do not work nights")
    told = saw(david, "declined the change of the escalation policy")
    assert "Our study leads do not work nights" in told
    assert in_force(world, "P-NOR")[1] == 1
    assert "That change was declined before" in priya.press("Agree", card)
    assert world.rows("SELECT count(*) FROM audit WHERE what = 'terms.decline'")[0][0] == 1


def test_only_the_other_sides_administrators_answer_and_an_older_proposal_gives_way(world):
    david, priya = world.as_("david"), world.as_("priya")
    proposed(david, ack="4 hours")
    card = saw(priya, "proposes another escalation policy")
    asked = world.rows("SELECT id FROM proposal")[0][0]
    for voice in ("annika", "tomasz", "gareth", "wei-ling"):
        other = world.as_(voice)
        assert not any("another escalation policy" in one for one in other.sight())
        refused = say(other, "setup policy")
        assert "Your role does not include that" in refused or "In force: ESC-1." in refused
    for verb in ("setup.terms.agree", "setup.terms.decline", "setup.terms"):
        assert "There is no such proposal" in told_by(world, "gareth", verb, proposal=asked)
        assert "Your role does not include that" in told_by(world, "annika", verb, proposal=asked)
    own = told_by(world, "david", "setup.terms.agree", proposal=asked)
    assert "an administrator of Halcyra Therapeutics AG answers it" in own
    assert "has proposed another escalation policy already" in refused_proposal(priya)
    theirs = told_by(world, "priya", "setup.terms.withdraw", proposal=asked)
    assert "only Northmere Clinical Ltd can withdraw it" in theirs
    newer = proposed(david, "Four hours are too short", ack="6 hours")
    offered = saw(priya, "Four hours are too short")
    assert "A newer proposal took its place." in priya.again(card)
    assert "A newer proposal has taken the place" in priya.press("Agree", card)
    assert "It was withdrawn" in david.press("Withdraw", newer)
    assert saw(priya, "Northmere Clinical Ltd has withdrawn the change of the escalation policy")
    assert "That proposal was withdrawn" in priya.press("Agree", offered)
    assert in_force(world, "P-NOR")[1] == 1


def told_by(world, name, verb, **fields):
    """What somebody is told who sends that by hand."""
    return send(world, name, verb, **fields).line


def refused_proposal(voice):
    voice.press("Change major", policy(voice))
    return voice.press("Propose", voice.submit(ack="5 hours"))


def test_what_is_wrong_stands_at_its_field_and_nothing_is_kept(world):
    david = world.as_("david")
    david.press("Change critical", policy(david))
    david.submit(ack="-4 hours", contain="soon", plan="3 days", resolve="9000 hours", L2="", update="1.5 bd")
    errors = david.form.errors
    assert "“-4 hours” cannot be negative." in errors["ack"]
    assert "“soon” is no length of time" in errors["contain"]
    assert "could be hours or business days" in errors["plan"]
    assert "is longer than a year" in errors["resolve"]
    assert "Write 4 hours, 2 business days, or none." in errors["L2"]
    assert "Business days are whole." in errors["update"]
    assert david.form.fields["contain"].value == "soon"
    assert world.rows("SELECT count(*) FROM draft")[0][0] == 0
    fixed = {"ack": "4 hours", "contain": "none", "plan": "3 bd", "resolve": "10 bd"}
    shown = david.submit(**fixed, L2="24 h", update="none")
    assert "Below are your changes; nobody else sees them" in shown
    assert "Critical: contain within" in shown
    assert "Propose" not in david.press("Drop my changes", shown).buttons


def raised(seen):
    """How many issues the card says were raised, and which it names."""
    return int(re.search(r"(\d+) issues were raised", seen.words)[1]), set(
        re.findall(r"\w+-ISS-\d+", seen.words)
    )


def test_last_quarters_issues_are_lived_again_as_far_as_the_reader_sees_them(world):
    david, priya = world.as_("david"), world.as_("priya")
    draft = send(world, "david", "issue.form").hidden["draft"]
    own = {"title": "Zephyr margins", "severity": "major", "partnership": "P-NOR", "class": "cro_internal"}
    send(world, "david", "issue.submit", draft=draft, owner_id="PER-10", **own)
    world.pass_hours(3)
    proposed(david, ack="1 hour", resolve="2 hours")
    theirs, ours = (saw(voice, "proposes another escalation policy") for voice in (priya, david))
    assert "acknowledged late; under this it would have been" in ours
    mine = {name: archive_sight(world, who) for name, who in (("theirs", "PER-03"), ("ours", "PER-08"))}
    for seen, name in ((theirs, "theirs"), (ours, "ours")):
        count, named = raised(seen)
        assert count == len(mine[name])
        assert named <= mine[name]
    assert len(mine["ours"]) == len(mine["theirs"]) + 1
    assert "Zephyr" in ours
    assert "Zephyr" not in theirs


def archive_sight(world, person):
    """The numbers of the last quarter's issues with Northmere that this person may see."""
    since = world.now() - timedelta(days=91)
    with world.bot.store.reading() as archive:
        found = IssueFilter("P-NOR", open_only=False, since=since, limit=100)
        return {one.number for one in archive.issues(archive.person_actor(person), found)}


def test_an_administrator_who_reads_no_issues_is_told_nothing_of_past_ones(world):
    with world.bot.store.writing() as archive:
        archive.connection.exec_driver_sql(
            "DELETE FROM role WHERE person = 'PER-03' AND role <> 'administrator'"
        )
    proposed(world.as_("david"), ack="1 hour")
    seen = saw(world.as_("priya"), "proposes another escalation policy")
    assert "Your role does not include reading issues" in seen
    assert "ISS-" not in seen
    assert "Agree" in seen.buttons


def test_a_policy_of_two_companies_alone_opens_without_asking_which(empty):
    _, david = partners(empty)
    shown = say(david, "setup policy")
    assert "Escalation policy with Halcyra Therapeutics AG" in shown
    assert opened(david, "setup policy", "Change minor").title.startswith("Minor issues")


def test_agreeing_and_withdrawing_at_the_same_moment_end_it_one_way(world):
    david, priya = world.as_("david"), world.as_("priya")
    mine = proposed(david, ack="4 hours")
    card = saw(priya, "proposes another escalation policy")
    agree, withdraw = card.buttons["Agree"], mine.buttons["Withdraw"]
    at_once(world, priya.face.click(card, agree), david.face.click(mine, withdraw))
    states = [row[0] for row in world.rows("SELECT state FROM proposal")]
    assert (states, in_force(world, "P-NOR")[1]) in ((["agreed"], 2), (["withdrawn"], 1))
    ends = "SELECT count(*) FROM audit WHERE what IN ('terms.agree', 'terms.withdraw')"
    assert world.rows(ends)[0][0] == 1
