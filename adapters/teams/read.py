"""An activity, proven by the guard, as what somebody wants: text, place, speaker and key."""

import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from botbuilder.schema import Activity

from bot.intents import Handle, Intent, Mention, Place

PLATFORM: Final = "teams"
_ROOT: Final = ";messageid="
_BLANK: Final = str.maketrans({"\xa0": " ", "\u202f": " ", "\u200b": None, "\r": None})
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_LONGEST_NONCE: Final = 64  # ours are 32; a longer one was not written by us


@dataclass(frozen=True, slots=True)
class _Press:
    """What a button carries back."""

    verb: str
    fields: dict[str, str]
    nonce: str


def speaker(activity: Activity) -> Handle | None:
    """Who says so: the Entra object id in the tenant that the guard let in; None where Teams names none.

    Never `from.id`, which differs from bot to bot, and never an address, which anybody may choose.
    """
    account = activity.from_property
    if account is None or not account.aad_object_id:
        return None
    return Handle(PLATFORM, _tenant(activity), account.aad_object_id, _plain(account.name or ""))


def place(activity: Activity) -> Place:
    """Where: the conversation and, in a channel, the root message of the thread that was spoken in."""
    conversation, _, root = activity.conversation.id.partition(_ROOT)
    return Place(
        PLATFORM,
        _tenant(activity),
        conversation,
        private=activity.conversation.conversation_type == "personal",
        thread=root,
        service=activity.service_url,
    )


def said(activity: Activity) -> Intent | None:
    """A message typed to the bot, or a button of a client that knows only Action.Submit.

    Nothing but the bot's name asks for help. None where nobody is named as the speaker.
    """
    who = speaker(activity)
    text, mentions = _typed(activity)
    if who is None:
        return None
    if not text and (press := _press(activity.value)):
        return _pressed(activity, who, press, answerable=False)
    return Intent(who, place(activity), _key(activity), text=text or "help", mentions=mentions)


def pressed(activity: Activity) -> Intent | None:
    """A button's Action.Execute; None where no speaker is named or the button is none of ours."""
    who = speaker(activity)
    action = activity.value.get("action")
    press = _press(action.get("data")) if isinstance(action, dict) else None
    return _pressed(activity, who, press, answerable=True) if who and press else None


def leaves(activity: Activity) -> bool:
    """Whether this says that the bot itself was taken out of the conversation."""
    gone = {account.id for account in activity.members_removed or ()}
    return bool(activity.recipient) and activity.recipient.id in gone


def _pressed(activity: Activity, who: Handle, press: _Press, answerable: bool) -> Intent:
    # A client that retries does so under a new activity id: only the nonce stays. A button without one is
    # as old as its activity.
    key = _digest("press", press.nonce, who.tenant, who.user) if press.nonce else _key(activity)
    fields = press.fields
    return Intent(who, place(activity), key, verb=press.verb, fields=fields, answerable=answerable)


def _press(data: Any) -> _Press | None:
    match data:
        case {"verb": str(verb), "fields": dict(fields), **rest} if verb:
            given = rest.get("nonce")
            nonce = given if isinstance(given, str) and len(given) <= _LONGEST_NONCE else ""
            return _Press(_plain(verb), dict(_strings(fields)), nonce)
    return None


def _strings(fields: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if isinstance(value, str):
            yield _plain(name), _plain(value)


def _typed(activity: Activity) -> tuple[str, tuple[Mention, ...]]:
    """The words without the bot's own name, and who else is named in them."""
    text, others = activity.text or "", []
    for mark, account in _named(activity):
        if activity.recipient and account.get("id") == activity.recipient.id:
            text = text.replace(mark, " ")
        else:
            others.append(
                Mention(_words(mark), account.get("aadObjectId") or "", _words(account.get("name") or ""))
            )
    return _words(text), tuple(others)


def _named(activity: Activity) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The mark that stands in the text, and the account it names, for each mention."""
    for entity in activity.entities or ():
        match entity.additional_properties:
            case {"text": str(mark), "mentioned": dict(account)} if mark and entity.type == "mention":
                yield mark, account


def _words(text: str) -> str:
    """As the person typed it: Teams sends entities and hard spaces."""
    return _plain(html.unescape(text).translate(_BLANK)).strip()


def _plain(text: str) -> str:
    """Without what no database keeps: control characters and half surrogate pairs."""
    return _UNSEEN.sub("", text).encode(errors="replace").decode()


def _tenant(activity: Activity) -> str:
    # The guard has let in this tenant and no other; `conversation.tenantId` may be a partner's.
    return str(activity.channel_data["tenant"]["id"])


def _key(activity: Activity) -> str:
    """Teams sends a message again, under the same id, when it waited 15 s for an answer."""
    return _digest("say", activity.conversation.id, activity.id)


def _digest(*parts: str) -> str:
    """Short whatever the parts, and never the same for different ones."""
    return "teams:" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:40]
