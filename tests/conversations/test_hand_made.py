"""What a signed-in person sends by hand, past buttons and forms, gets them nothing that those would not."""

import itertools

import pytest

from bot import menu
from bot.actors import Permission
from bot.desk import Desk
from bot.intents import Account, Handle, Intent, Kind, Place, Reply
from tests.beginnings import add, partners, say

KEYS = itertools.count()
BASE = {"title": "Late invoices", "severity": "minor"}


def handle(world, name):
    """The account of the person with that first name."""
    rows = world.rows(
        'SELECT name, platform, tenant, "user" FROM identity JOIN person ON id = identity.person'
    )
    return next(Handle(*row[1:]) for row in rows if row[0].split()[0].lower() == name)


def person(world, name):
    return next(
        row[0] for row in world.rows("SELECT id, name FROM person") if row[1].lower().startswith(name)
    )


def send(world, name, verb, /, **fields):
    """That verb with these fields, whether or not anything ever offered it; what they are shown."""
    who = handle(world, name)
    place = Place(who.platform, who.tenant, world.as_(name).face.direct, private=True)
    named = {field.replace("_", " "): value for field, value in fields.items()}
    intent = Intent(who, place, f"by hand {next(KEYS)}", verb=verb, fields=named, reply=Reply.HERE)
    shown = Desk(world.bot.store, world.clock).serve(intent).view
    world.settle()
    return shown


def changing(world, **fields):
    """The draft of a change to an issue of the sponsor's own about Northmere."""
    draft = send(world, "priya", "issue.form").hidden["draft"]
    owner = person(world, "tomasz")
    own = {**BASE, "partnership": "P-NOR", "class": "sponsor_internal", "owner_id": owner}
    send(world, "priya", "issue.submit", draft=draft, **own)
    return own, send(world, "priya", "issue.change", issue="HAL-NOR-ISS-001").hidden["draft"]


@pytest.mark.parametrize("verb", ["issue.submit", "issue.answer"])
@pytest.mark.parametrize(
    ("about", "owner"),
    [({"partnership": "P-QUI", "class": "shared"}, "gareth"), ({"class": "shared"}, "annika")],
)
def test_a_change_takes_an_issue_to_nobody_of_another_partnership_or_side(world, verb, about, owner):
    own, draft = changing(world)
    send(world, "priya", verb, **{**own, **about, "draft": draft, "owner_id": person(world, owner)})
    kept = world.rows("SELECT partnership, visibility, owner FROM issue WHERE id = 'HAL-NOR-ISS-001'")
    assert [tuple(one) for one in kept] == [("P-NOR", "sponsor_internal", person(world, "tomasz"))]
    assert "There is no issue" in world.as_(owner).say("issue show HAL-NOR-ISS-001")


def test_a_class_that_does_not_exist_is_asked_about_again(world):
    draft = send(world, "priya", "issue.form").hidden["draft"]
    fields = {**BASE, "partnership": "P-NOR", "class": "everybody", "owner_id": person(world, "tomasz")}
    assert send(world, "priya", "issue.submit", draft=draft, **fields).title == "Log an issue"


def test_whoever_administers_nothing_presses_no_administrators_button(world):
    before = world.rows("SELECT count(*) FROM audit WHERE what <> 'refused'")
    own = ("setup.company.open", "setup.company.save", "setup.away.save")
    administrators = [
        one.verb
        for one in menu.COMMANDS
        if one.permission is Permission.ADMINISTER
        or (one.verb.partition(".")[0] in ("setup", "link") and one.verb not in (*own, "setup.away"))
    ]
    assert len(administrators) > 25
    for verb in administrators:
        line = send(world, "tomasz", verb).line
        assert "Your role does not include that" in line or "Only an administrator" in line, verb
    for verb in own[:2]:
        assert "not valid" in send(world, "tomasz", verb).line
    assert world.rows("SELECT count(*) FROM audit WHERE what <> 'refused'") == before


def test_a_direct_message_is_not_linked_by_hand(empty):
    partners(empty)
    partnership = empty.rows("SELECT id FROM partnership")[0][0]
    shown = send(empty, "priya", "link.save", partnership=partnership, **{"class": "internal"})
    assert "A direct message cannot be linked" in shown.line
    assert empty.rows("SELECT count(*) FROM room")[0][0] == 0


def test_nobody_is_added_without_an_account(empty):
    partners(empty)
    assert send(empty, "priya", "setup.person.save", name="Ghost", roles="member").title == "Add somebody"
    assert empty.rows("SELECT count(*) FROM person")[0][0] == 2


def test_an_invitation_of_another_company_is_no_invitation(empty):
    partners(empty)
    theirs = empty.rows("SELECT id FROM invitation WHERE kind = 'partner'")[0][0]
    for wanted in (theirs, "nothing"):
        shown = send(empty, "david", "setup.partner.shown", invitation=wanted)
        assert "That invitation is no longer open" in shown.line


def test_somebody_who_asked_and_was_added_meanwhile_needs_no_decision(empty):
    priya, _ = partners(empty)
    tomasz = empty.as_("tomasz")
    say(tomasz, "issue list")
    asked = next(one for one in reversed(priya.inbox) if "asks to use Parley" in one)
    add(priya, tomasz.face.name, roles="member")
    assert "Approved by Priya Raghunathan" in priya.again(asked)
    assert "Approve as a member" not in priya.again(asked).buttons
    priya.press("Approve as a member", asked)
    assert empty.rows("SELECT count(*) FROM person WHERE substr(name, 1, 6) = 'Tomasz'")[0][0] == 1


def test_an_administrator_whose_account_is_gone_is_no_administrator_left(empty):
    priya, _ = partners(empty)
    add(priya, empty.as_("tomasz").face.name, roles="member\nadministrator")
    Desk(empty.bot.store, empty.clock).porter.account(Account(handle(empty, "tomasz"), Kind.GONE))
    answer = send(empty, "priya", "setup.leave.end", person=person(empty, "priya"))
    assert "Priya Raghunathan is the only administrator" in answer.line
    send(empty, "priya", "setup.leave.end", person=person(empty, "tomasz"))
    assert empty.rows("SELECT count(*) FROM person WHERE active")[0][0] == 2


@pytest.mark.parametrize("verb", ["search", "export", "export.make"])
def test_no_button_searches_for_more_words_than_can_be_typed(world, verb):
    many = "\n".join(f"word{at}" for at in range(9))
    for words in (many, "w" * 61):
        assert "at most 8 words" in send(world, "tomasz", verb, words=words, format="json").line
