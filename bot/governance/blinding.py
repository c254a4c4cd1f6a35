"""Who may know which treatment people get: the tag on a person, and what reads like an unblinded topic."""

import re
from enum import StrEnum

from bot.errors import Refusal
from bot.governance.guard import plain


class Blinding(StrEnum):
    """Whether a person is kept from unblinding information (ICH E6(R3) 4.1). Most people are not tagged."""

    NOT_SAID = ""
    BLINDED = "blinded"
    UNBLINDED = "unblinded"


class NotUnblinded(Refusal):
    """{name} is not tagged as unblinded, so they may not see it; administrators tag people: setup people"""


# Words of unblinding itself. “Unblinded monitor” names a role, and so may any number of things in a study.
TOPIC = re.compile(
    r"\bunblinded (?:data|topic|issue|results?|tables?|listings?|outputs?|analys[ie]s|review|information)\b"
    r"|\b(?:accidental|unplanned|emergency|premature|mass)(?:ly)? unblind(?:ed|ings?)\b"
    r"|\b(?:code|blind) ?-?break(?:s|ing)?\b|\bbr(?:oken?|eak(?:s|ing)?) (?:of )?the (?:blind|code)\b"
    r"|\b(?:randomi[sz]ation|kit|treatment)[ -](?:list|code|key|schedule|allocation|assignment)s?\b"
    r"|\bwhich (?:arm|treatment|kit)\b[^\n.]{0,40}\b(?:got|received|was given|assigned)\b"
)


def reads_unblinded(words: str) -> bool:
    """Whether it reads like a topic that blinded people must not see. It misses and misfires."""
    return TOPIC.search(plain(words).lower()) is not None
