"""One history that holds every kind of step."""

from bot.governance.visibility import Scope, Visibility
from tests.wall.cast import Matter
from tests.wall.histories import SET_UPS
from tests.wall.steps import Act, Form, LetIn, Load, Log, Make, Press, Say, Share, Take, Wait


def matter(title, partnership, visibility, *readers, third=""):
    return Matter(f"Backlog {title}", Scope(partnership, visibility), frozenset(readers), third)


SHARED = matter("Alpha", "P-NOR", Visibility.SHARED)
SPONSORS = matter("Bravo", "P-NOR", Visibility.SPONSOR_INTERNAL)
CROS = matter("Cedar", "P-NOR", Visibility.CRO_INTERNAL)
QUILLONS = matter("Delta", "P-QUI", Visibility.SHARED)
SECRET = matter("Ember", "P-NOR", Visibility.RESTRICTED, "elena", "marcus")
LATER = matter("Fjord", "P-NOR", Visibility.SHARED)
THREE = matter("Grove", "P-NOR", Visibility.TRI_PARTY, third="ORG-QUI")
OWN = matter("Heath", "P-QUI", Visibility.CRO_INTERNAL)
OPENED = matter("Inlet", "P-QUI", Visibility.SHARED)
PROMISED = matter("Jetty", "P-NOR", Visibility.SHARED)
OURS = matter("Kiosk", "P-NOR", Visibility.CRO_INTERNAL)
THEIRS = matter("Larch", "P-QUI", Visibility.SHARED)
DECIDED = matter("Moor", "P-NOR", Visibility.SPONSOR_INTERNAL)
AGREED = matter("Nook", "P-QUI", Visibility.SHARED)
SMALL = matter("Otter", "P-QUI", Visibility.SHARED)

EVERYTHING = (
    Log("annika", "", matter=SHARED, owner="rafael"),
    Log("marcus", matter=SPONSORS, owner="tomasz"),
    Log("david", matter=CROS, owner="rafael", severity="critical"),
    Act("tomasz", "", matter=SHARED, text="issue ack {n}"),
    Act("marcus", matter=SHARED, text="issue note {n} ask for a discount", only_own=True),
    Act("david", matter=SHARED, text="issue note {n} our margin is thin", only_own=True),
    Log("gareth", "", matter=QUILLONS, times=2, owner="wei-ling"),
    Log("elena", matter=SECRET, owner="marcus"),
    Load(""),
    Say("newcomer at Quillon", "general", text="issue list"),
    Log("tomasz", matter=THREE, owner="annika"),
    Act("wei-ling", matter=THREE, text="issue update {n} the feed was cut"),
    Log("gareth", matter=OWN, owner="gareth"),
    LetIn("elena", matter=SECRET, name="tomasz"),
    SET_UPS[6],
    SET_UPS[1],
    Make("annika", "", matter=PROMISED, text="commit “{t}” by 12 Nov to @tomasz"),
    Make("david", matter=OURS, text="commit “{t}” by 13 Nov to @rafael, for Halcyra, internal"),
    Make("gareth", "", matter=THEIRS, text="commit “{t}” by 12 Nov to @priya"),
    Make(
        "marcus",
        matter=DECIDED,
        text="decision record {t}, because it is dear, deciders @marcus, @tomasz, for Northmere, internal",
    ),
    Make(
        "wei-ling",
        "",
        matter=AGREED,
        text="decision record {t}, because it is late, deciders @priya and @gareth",
    ),
    Make("wei-ling", "", matter=SMALL, text="action QUI-MTG-01 {t}, @gareth"),
    Act("gareth", matter=THEIRS, text="commit done {n} all have it"),
    Act("priya", matter=AGREED, text="decision ratify {n}"),
    Say("annika", text="issue show HAL-NOR-ISS-001"),
    Act("tomasz", matter=SPONSORS, text="issue escalate {n} no plan is in sight"),
    Wait("", hours=26),
    Form("annika", matter=LATER, owner="annika"),
    Press("tomasz", matter=LATER, label="Acknowledge"),
    Act("annika", matter=SHARED, text="issue plan {n} hire two CRAs, due 28 Nov"),
    Act("rafael", matter=CROS, text="issue resolve {n} it was paid"),
    Take("marcus", what="Northmere discount", within=("P-NOR",)),
    Wait("", hours=80),
    Share("gareth", matter=OWN, wider=OPENED),
    Act("annika", matter=SHARED, text="issue update {n} nothing new"),
)
