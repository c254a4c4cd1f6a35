"""What was filled into a form of setting up: made plain, checked, and shown again with what is wrong."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot import grammar
from bot.errors import Refusal
from bot.governance.company import HOURS
from bot.intents import Account, Kind
from bot.outbox import Letter
from bot.ports import Request
from bot.views import ANSWERED, Button, Buttons, Card, Field, Notice, Text, Tone

Checked = Mapping[str, str]
Check = Callable[[str], str]
LONGEST = 100  # characters of a name or a title
SHORT = 75  # characters of an option
SENT = "sent"  # the fact that says a form was sent, so that what is missing is an error by now
SEEN = "seen"  # what the form's reader saw of the record when it was opened
MOVED = "moved"  # the fact that says somebody else changed it meanwhile
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+")
PHONE = re.compile(r"\+?[0-9 ()./-]{5,30}")


class GuestAccount(Refusal):
    """Guests, apps and deactivated accounts cannot use Parley; use a member's account of your own company."""


def sent(request: Request, kind: str, subject: str = "", **more: str) -> Letter:
    """The same form again, with everything that was filled in."""
    return Letter(kind, subject, {**filled(request), **more, SENT: "yes"})


def filled(request: Request) -> dict[str, str]:
    """What came from the form, without what cannot be seen."""
    fields = request.intent.fields
    return {name: grammar.clean(value)[:4000] for name, value in fields.items() if name != ANSWERED}


def wrong(facts: Mapping[str, str], checks: Mapping[str, Check]) -> Checked:
    """What is wrong by field; nothing before the form was sent."""
    if SENT not in facts:
        return {}
    found = {name: check(facts.get(name, "").strip()) for name, check in checks.items()}
    return {name: error for name, error in found.items() if error}


def noted(errors: Checked, fields: Iterable[Field]) -> tuple[Field, ...]:
    """The fields with what is wrong beside them."""
    return tuple(replace(one, error=errors.get(one.name, "")) for one in fields)


def needed(what: str, most: int = LONGEST) -> Check:
    """Some words, and not too many."""

    def check(words: str) -> str:
        if not any(sign.isalnum() for sign in words):
            return f"Write {what}."
        return at_most(most)(words)

    return check


def at_most(most: int) -> Check:
    """No words are fine."""
    return lambda words: f"At most {most} characters; these are {len(words)}." if len(words) > most else ""


def one_of(options: Iterable[str], what: str) -> Check:
    """One of what was offered."""
    offered = frozenset(options)
    return lambda value: "" if value in offered else f"Choose {what}."


def zone(words: str) -> str:
    """An IANA zone that is known here."""
    try:
        ZoneInfo(words)
    except (ValueError, OSError, LookupError):
        return f"“{words[:60]}” is not a zone like Europe/Zurich."
    return "" if "/" in words or words == "UTC" else f"“{words[:60]}” is not a zone like Europe/Zurich."


def hours(words: str) -> str:
    """ "09:00-17:30"."""
    return "" if HOURS.fullmatch(words) else "Write hours like 09:00-17:30."


def email(words: str) -> str:
    """Something that can be an address."""
    return (
        "" if EMAIL.fullmatch(words) and len(words) <= LONGEST else "Write an address like name@company.com."
    )


def phone(words: str) -> str:
    """Something that can be dialled."""
    return "" if PHONE.fullmatch(words) else "Write a number like +41 44 555 01 10."


def if_any(check: Check) -> Check:
    """A field that may stay empty."""
    return lambda words: check(words) if words else ""


def fingerprint(*state: str) -> str:
    """Tells one state of the record from another."""
    return hashlib.sha256("\n".join(state).encode()).hexdigest()[:12]


def moved(facts: Mapping[str, str], what: str) -> Notice | None:
    """Somebody else changed it while the form was open: what was typed stays, to be looked at again."""
    if MOVED not in facts:
        return None
    changed = f"{what or 'This'} was changed by somebody else meanwhile, so nothing was saved yet."
    return Notice(f"{changed} Look again, and save.", Tone.WARNING)


def account(request: Request, user: str) -> Account | None:
    """What the platform told of an account; refuses those that are no members of the speaker's own home."""
    speaker = request.intent.speaker
    told = next((one for one in request.intent.accounts if one.handle.user == user), None)
    if told and (told.kind is not Kind.MEMBER or told.handle.tenant != speaker.tenant):
        raise GuestAccount
    return told


def opener(title: str, words: str, button: Button) -> Card:
    """What is shown where a form cannot be: why, and the way to it."""
    return Card(title, (Text(words), Buttons((button,))), words)
