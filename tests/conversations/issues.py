"""An issue under way, for conversations about it."""

NUMBER = "NOR-ISS-008"
LOGGED = "issue TMF backlog at site 104, major, owner @rafael, due 30 Nov"


def known(world, said=LOGGED):
    """Annika logs it, Rafael owns it, Tomasz acknowledges it. All three, in that order."""
    annika, rafael, tomasz = (world.as_(name) for name in ("annika", "rafael", "tomasz"))
    annika.say(said)
    tomasz.say(f"issue ack {NUMBER}")
    return annika, rafael, tomasz


def card(voice):
    """The live card of their room as it stands now."""
    return next(one for one in reversed(voice.room()) if one.by_bot and not one.thread and NUMBER in one)


def column(world, name):
    """One column of the issue as it stands in the record."""
    return world.rows(f"SELECT {name} FROM issue WHERE number = '{NUMBER}'")[0][0]  # noqa: S608 our own words only


def clocks(world):
    """The kinds of its clocks that are set."""
    kinds = world.rows(f"SELECT kind FROM due WHERE subject = '{NUMBER}' AND state = 'open'")  # noqa: S608 our own words only
    return {one.removeprefix("issue.") for (one,) in kinds}


def chain(world):
    """What the record says was done to it, the oldest first."""
    lines = f"audit WHERE record = '{NUMBER}' AND what <> 'refused' ORDER BY at, seq"
    told = world.rows(f"SELECT what FROM {lines}")  # noqa: S608 our own words only
    return [what.removeprefix("issue.") for (what,) in told]


def refusals(world):
    """How many attempts were refused so far."""
    return world.rows("SELECT count(*) FROM audit WHERE what = 'refused'")[0][0]
