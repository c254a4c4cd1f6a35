"""A decision under way, for conversations about it."""

from dataclasses import replace

from bot.governance.decision import Quorum, Status
from bot.handlers import decision, decision_told
from bot.intents import Handle, Intent, Place
from bot.ports import Request

NUMBER = "NOR-DEC-005"
WORDS = "decision record approve recovery plan v3, because the gap is 18 points"
BOTH = f"{WORDS}, deciders @tomasz and @annika"


def say(voice, text, at=""):
    """To Parley by its name, in their partnership's room: Slack has no short form of the noun."""
    return voice.say(text, at, mention=not at)


def opened(voice, text, at=""):
    """Say something incomplete, and the form that its answer opens."""
    answer = say(voice, text, at)
    if answer and "Fill in the form" in answer.buttons:
        voice.press("Fill in the form", answer)
    assert voice.form is not None, "no form is open"
    return voice.form


def card(voice, number=NUMBER, at=""):
    """The live card of their room as it stands now."""
    return next(
        one for one in reversed(voice.room(at)) if one.by_bot and not one.thread and f"{number}:" in one
    )


def column(world, name, number=NUMBER):
    """One column of the decision as it stands in the record."""
    return world.rows(f"SELECT {name} FROM decision WHERE number = '{number}'")[0][0]  # noqa: S608 our own words only


def chain(world, number=NUMBER):
    """What the record says was done to it, the oldest first."""
    lines = f"audit WHERE record = '{number}' AND what <> 'refused' ORDER BY at, seq"
    told = world.rows(f"SELECT what FROM {lines}")  # noqa: S608 our own words only
    return [what.removeprefix("decision.") for (what,) in told]


def counted(world):
    """How many decisions there are."""
    return world.rows("SELECT count(*) FROM decision")[0][0]


def uncounted(world, number):
    """Its session turns out to have had no quorum, after it was final."""
    intent = Intent(Handle("", "", ""), Place("", "", ""), "")
    with world.bot.store.writing() as archive:
        actor = archive.person_actor("PER-08")
        request = Request(archive, actor, intent, world.now(), world.clock.wall())
        about = decision.get(archive, actor, number)
        undone = replace(about.decision, status=Status.PROVISIONAL, quorum=Quorum.NOT_QUORATE, approvals=())
        saved = decision.save(request, about, replace(about, decision=undone), "decision.quorum")
        decision_told.follow(request, saved)
    world.settle()
