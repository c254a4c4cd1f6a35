"""The first steps of companies in an empty record: what their administrators say, press and fill in."""

import asyncio
import copy
import re

from storage.opening import invite_company
from tests.world import World

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
HALCYRA = {"company": "Halcyra Therapeutics AG", "side": "sponsor", "zone": "Europe/Zurich"}
PRIYA = {"name": "Priya Raghunathan", "title": "Director", "role": "Alliance manager"}
NORTHMERE = {"company": "Northmere Clinical Ltd", "side": "cro", "zone": "Europe/London"}
DAVID = {"name": "David Okonkwo", "title": "VP, Strategic Partnerships", "role": "Alliance manager"}
QUILLON = {"company": "Quillon Data Sciences SL", "side": "cro", "zone": "Europe/Madrid"}
GARETH = {"name": "Gareth Pugh", "title": "VP Client Delivery", "role": "Account executive"}
COMPANIES = {
    "priya": {**HALCYRA, **PRIYA},
    "david": {**NORTHMERE, **DAVID},
    "gareth": {**QUILLON, **GARETH},
}


class Beginning(World):
    """A world whose record is empty, with the people and channels of another one."""

    def __init__(self, database, told):
        self.told = told
        super().__init__(database)

    def everyone(self, archive):
        """Whom the emulators show. Only who sets up is in the channels: nobody there is unknown by then."""
        told = copy.deepcopy(self.told)
        for home in (*told["slack"], *told["teams"]):
            first = [one["id"] for one in home["people"] if one["name"].split()[0].lower() in COMPANIES]
            for channel in home["channels"]:
                channel["members"] = first
        return told


def company_code(world):
    """What `./parley invite` prints."""
    return CODE.search(invite_company(world.bot.store))[0]


def say(voice, text):
    """In a direct message, as a setting up is done."""
    return voice.say(text, at="direct")


def opened(voice, text, *labels):
    """The form that comes of saying something, or of pressing these buttons after it."""
    shown = say(voice, text)
    for label in labels or (() if voice.form else tuple(shown.buttons)[:1]):
        shown = voice.press(label, shown)
    return voice.form


def begin(world, name, **changes):
    """That person makes their company with a code of the operator's."""
    voice = world.as_(name)
    opened(voice, f"setup {company_code(world)}")
    voice.submit(**{**COMPANIES[name], **changes})
    return voice


def code_in(seen):
    """The code that stands in a message."""
    return CODE.search(seen.words)[0]


def invited(voice, label="Northmere", **changes):
    """The code of an invitation to a partner, on the standard terms."""
    opened(voice, "setup partner", "Invite a partner")
    return code_in(voice.submit(label=label, **changes))


def partners(world, inviter="priya", other="david"):
    """Two companies that have become partners."""
    first = begin(world, inviter)
    code = invited(first)
    second = begin(world, other)
    second.press("Accept", say(second, f"setup {code}"))
    return first, second


def saw(voice, words):
    """The newest thing only they see that has these words in it."""
    return next((one for one in reversed(voice.private()) if words in one), None)


def add(voice, account, **values):
    """Somebody of the platform's own list becomes one of the company's people."""
    opened(voice, "setup people", "Add somebody")
    voice.submit(account=account)
    return voice.submit(**{"name": account, **values})


def at_once(world, *requests):
    """What several people do at the very same moment."""

    async def together():
        return await asyncio.gather(*requests)

    world.run(together())
    world.settle()
