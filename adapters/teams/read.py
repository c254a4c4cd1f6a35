"""An activity, proven by the guard, as what somebody wants: text, place, speaker and key."""

import hashlib
import html
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from botbuilder.schema import Activity, ActivityTypes

from adapters.teams import quoted
from adapters.teams.carried import Carried, plain
from bot.intents import Handle, Intent, Mention, Place, Reply

PLATFORM: Final = "teams"
_ROOT: Final = ";messageid="
_BLANK: Final = str.maketrans({"\xa0": " ", "\u202f": " ", "\u200b": None, "\r": None})


def speaker(activity: Activity) -> Handle | None:
    """Who says so: the Entra object id in the tenant that the guard let in; None where Teams names none.

    Never `from.id`, which differs from bot to bot, and never an address, which anybody may choose.
    """
    account = activity.from_property
    if account is None or not account.aad_object_id:
        return None
    return Handle(PLATFORM, _tenant(activity), account.aad_object_id, plain(account.name or ""))


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
    if not text and (carried := Carried.read(activity.value)):
        return _asked(activity, who, carried, Reply.LATER)
    return Intent(who, place(activity), own_key(activity), text=text or "help", mentions=mentions)


def sent(activity: Activity) -> Carried | None:
    """What the pressed button or the sent form carries; None where it is none of ours."""
    value = activity.value if isinstance(activity.value, dict) else {}
    if activity.type == ActivityTypes.message:
        return Carried.read(value)
    action = value.get("action")
    return Carried.read(action.get("data") if isinstance(action, dict) else value.get("data"))


def pressed(activity: Activity, reply: Reply = Reply.HERE) -> Intent | None:
    """A pressed button or a sent form; None where no speaker is named or it is none of ours."""
    who, carried = speaker(activity), sent(activity)
    return _asked(activity, who, carried, reply) if who and carried else None


def opens(activity: Activity) -> Intent | None:
    """A button that opens a form. Pressed another time it is another request: it saves nothing."""
    intent = pressed(activity)
    return replace(intent, key=own_key(activity)) if intent else None


def points(activity: Activity, verbs: Collection[str]) -> Intent | None:
    """A command used on a message; None where no speaker is named or it is none of these commands."""
    who = speaker(activity)
    match activity.value:
        case {"commandId": str(verb), "messagePayload": dict(message)} if who and verb in verbs:
            where = place(activity)
            fields = {"words": quoted.words(message, _bot(activity)), "link": quoted.link(message, where)}
            intent = Intent(who, where, own_key(activity), verb=verb, reply=Reply.HERE)
            return replace(
                intent,
                fields=fields | {"message": quoted.own_id(message)} | quoted.circumstances(message),
                mentions=quoted.mentions(message),
                accounts=quoted.writer(message, where),
            )
    return None


def leaves(activity: Activity) -> bool:
    """Whether this says that the bot itself was taken out of the conversation."""
    gone = {account.id for account in activity.members_removed or ()}
    return bool(activity.recipient) and activity.recipient.id in gone


def _asked(activity: Activity, who: Handle, carried: Carried, reply: Reply) -> Intent:
    # A client that retries does so under a new activity id: only what the card carries stays. A button
    # without a nonce is as old as its activity. A form sent again with other words is another request.
    words = [json.dumps(sorted(carried.fields.items()))] if carried.inputs else []
    key = (
        _digest("press", carried.nonce, who.tenant, who.user, *words) if carried.nonce else own_key(activity)
    )
    where = _where(activity, carried)
    return Intent(who, where, key, verb=carried.verb, fields=carried.fields, reply=reply)


def _bot(activity: Activity) -> str:
    return str(activity.recipient.id) if activity.recipient else ""


def _where(activity: Activity, carried: Carried) -> Place:
    """Where it stands, or the channel from which its form was opened; the answer is private there, too."""
    here = place(activity)
    conversation, thread = carried.at
    return replace(here, conversation=conversation, thread=thread, private=False) if conversation else here


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
    return plain(html.unescape(text).translate(_BLANK)).strip()


def _tenant(activity: Activity) -> str:
    # The guard has let in this tenant and no other; `conversation.tenantId` may be a partner's.
    return str(activity.channel_data["tenant"]["id"])


def own_key(activity: Activity) -> str:
    """Teams sends a message again, under the same id, when it waited 15 s for an answer."""
    return _digest("say", activity.conversation.id, activity.id)


def _digest(*parts: str) -> str:
    """Short whatever the parts, and never the same for different ones."""
    return "teams:" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:40]
