"""A promise under way, for conversations about it."""

NUMBER = "NOR-CMT-011"
MADE = "commit “recovery plan” by 27 Nov to @marcus"


def promised(world, said=MADE):
    """Annika promises it to Marcus: both of them, in that order."""
    annika, marcus = world.as_("annika"), world.as_("marcus")
    annika.say(said)
    return annika, marcus


def card(voice, at=""):
    """The live card of their room as it stands now."""
    return next(one for one in reversed(voice.room(at)) if one.by_bot and not one.thread and NUMBER in one)


def column(world, name, number=NUMBER):
    """One column of the commitment as it stands in the record."""
    return world.rows(f"SELECT {name} FROM commitment WHERE number = '{number}'")[0][0]  # noqa: S608 our own words only


def chain(world, number=NUMBER):
    """What the record says was done to it, the oldest first."""
    lines = f"audit WHERE record = '{number}' AND what <> 'refused' ORDER BY at, seq"
    told = world.rows(f"SELECT what FROM {lines}")  # noqa: S608 our own words only
    return [what.removeprefix("commit.") for (what,) in told]


def dues(world, number=NUMBER):
    """The kinds of its clocks that are set."""
    kinds = world.rows(f"SELECT kind FROM due WHERE subject LIKE '{number}%%' AND state = 'open'")  # noqa: S608 our own words only
    return sorted(one.removeprefix("commit.") for (one,) in kinds)
