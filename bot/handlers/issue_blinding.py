"""An unblinded topic that is being logged: restricted, for unblinded people alone; asked where words hint."""

from collections.abc import Mapping

from bot.errors import Refusal
from bot.governance.blinding import Blinding, NotUnblinded, reads_unblinded
from bot.governance.visibility import Visibility
from bot.handlers.issue_said import NO_ANSWER, Question, Said
from bot.views import Choice

FIELD, YES, NO = "unblinded", "yes", "no"
OPTIONS = ((YES, "Yes: only named people tagged as unblinded"), (NO, "No"))


class YouAreNotUnblinded(Refusal):
    """You are not tagged as unblinded, so you cannot log an unblinded topic; ask your administrator."""


class UnblindedIsRestricted(Refusal):
    """An unblinded topic is for named, unblinded people alone; choose “Only you and the owner”."""


def wanted(said: Said) -> bool:
    """Whether it was said to be one."""
    return said.known.get(FIELD) == YES


def check_class(said: Said) -> None:
    """It can only be restricted."""
    if wanted(said) and said.known.get("class") not in (None, "", Visibility.RESTRICTED.value):
        raise UnblindedIsRestricted


def topic(said: Said) -> Mapping[str, str] | Question:
    """Logged by an unblinded person; asked where its words read like one and many would see them."""
    known = said.known
    if wanted(said):
        if _tag(said, said.actor.person) is not Blinding.UNBLINDED:
            raise YouAreNotUnblinded
        return NO_ANSWER
    wide = known.get("class") != Visibility.RESTRICTED and known.get(FIELD) != NO and "changes" not in known
    if not wide or not reads_unblinded(f"{known.get('title', '')}\n{known.get('description', '')}"):
        return NO_ANSWER
    answers = (
        ("Yes, restrict it", {FIELD: YES, "class": Visibility.RESTRICTED.value}),
        ("No, it is not", {FIELD: NO}),
    )
    return Question(
        "This reads like an unblinded topic, which blinded people must not see. Is it one?",
        answers,
        "Or say it in one line: …, unblinded, … (only you and the owner read it, both tagged as unblinded)",
    )


def owner(said: Said) -> Mapping[str, str]:
    """Whoever owns one reads it, so they are unblinded; only who is so too learns who is not."""
    person = said.known.get("owner id", "")
    if _tag(said, said.actor.person) is not Blinding.UNBLINDED:
        return NO_ANSWER  # `topic` refuses it
    if wanted(said) and person and _tag(said, person) is not Blinding.UNBLINDED:
        names = {one.id: one.name for one in said.owners}
        raise NotUnblinded(name=names.get(person, "The owner"))
    return NO_ANSWER


def field(said: Said) -> tuple[Choice, ...]:
    """Offered to those who may log one, and to whoever said or wrote something like it."""
    concerned = _tag(said, said.actor.person) is Blinding.UNBLINDED or said.known.get(FIELD)
    if not concerned and not isinstance(_asked(said), Question):
        return ()
    return (Choice(FIELD, "Unblinded topic", OPTIONS, said.known.get(FIELD, ""), optional=True),)


def _asked(said: Said) -> Mapping[str, str] | Question:
    return NO_ANSWER if wanted(said) else topic(said)


def _tag(said: Said, person: str) -> Blinding:
    people = (one for home in said.partnerships for one in said.archive.people(said.actor, home.id))
    return next((one.blinding for one in people if one.id == person), Blinding.NOT_SAID)
