"""From what Slack sends to an Intent: typed, mentioned or pressed, all become the same thing."""

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.intents import Account, Handle, Intent, Mention, Place, Reply

ANGLED = re.compile(r"<([^<>]*)>")  # Slack's own marks; a typed "<" arrives as "&lt;"
PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^<>]*))?>")
SPOKEN = (None, "file_share", "thread_broadcast")  # subtypes of a message that somebody just wrote
MOMENT = re.compile(r"\d{9,10}(?:\.\d{1,6})?")  # years 1973 to 2286
DOMAIN = re.compile(r"[a-z0-9][a-z0-9-]*")

Body = Mapping[str, Any]


def slash(body: Body, whole_menu: str) -> Intent:
    """A slash command: "/issue X" says "issue X"; the one that is the `whole_menu` says only its text.

    Keyed by all it says, in which Slack's trigger id makes every command unique; however it reached us.
    """
    command = str(body.get("command", ""))
    raw = str(body.get("text", ""))
    text, mentions = plain(raw if command == whole_menu else f"{command.removeprefix('/')} {raw}")
    tenant, channel = str(body.get("team_id", "")), str(body.get("channel_id", ""))
    return Intent(
        speaker=Handle("slack", tenant, str(body.get("user_id", ""))),
        # A command also works where two people talk directly: we are not in there, so that is no address.
        place=_place(tenant, channel, is_ours=False),
        key=f"slack:slash:{hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()}",
        text=text,
        mentions=mentions,
        reply=Reply.HERE,
    )


def said(body: Body) -> Intent | None:
    """A message to us: a mention in a channel, or a line in our direct messages; None where it is neither.

    Keyed by channel and time, because one message can arrive under several event ids.
    """
    event: Body = body.get("event") or {}
    if not _is_spoken(event):
        return None
    us = _ourselves(body)
    text, mentions = plain(_after_us(str(event.get("text", "")), us, event.get("type") == "app_mention"))
    channel, moment = str(event.get("channel", "")), str(event.get("ts", ""))
    thread = str(event.get("thread_ts") or "")
    return Intent(
        speaker=Handle("slack", _home(body, event), str(event["user"])),
        place=_place(workspace(body), channel, thread),
        key=f"slack:said:{channel}:{moment}",
        text=text,
        mentions=tuple(mention for mention in mentions if mention.user not in us),
    )


def pressed(body: Body) -> Intent | None:
    """A pressed button; None where it is not one of ours. In a home or a modal the answer is shown there.

    The speaker's tenant is their own workspace: in a channel shared by two companies every other field names
    the workspace that installed us.
    """
    action: Body = (body.get("actions") or [{}])[0]
    verb, fields = _meaning(action.get("value"))
    if not verb:
        return None
    user: Body = body.get("user") or {}
    held: Body = body.get("container") or {}
    channel, message = str(held.get("channel_id", "")), str(held.get("message_ts", ""))
    tenant = str((body.get("team") or {}).get("id") or user.get("team_id", ""))
    who, view = str(user.get("id", "")), str(held.get("view_id") or "")
    place = _place(tenant, channel, str(held.get("thread_ts") or ""), not held.get("is_ephemeral"))
    return Intent(
        speaker=Handle("slack", str(user.get("team_id") or ""), who, str(user.get("name") or "")),
        place=_alone(tenant) if view else place,
        key=f"slack:press:{channel}:{message or view}:{action.get('action_ts', '')}:{who}",
        verb=verb,
        fields=fields,
        reply=Reply.HERE if view else Reply.OPENING,
    )


def opened_home(body: Body) -> Intent | None:
    """Somebody opened the app's home, which is theirs alone; None where they opened its messages."""
    event: Body = body.get("event") or {}
    if event.get("tab") != "home" or not event.get("user"):
        return None
    tenant = workspace(body)
    return Intent(
        speaker=Handle("slack", tenant, str(event["user"])),
        place=_alone(tenant),
        key=f"slack:home:{body.get('event_id', '')}",
        verb="home",
        reply=Reply.HERE,
    )


def speaker(body: Body) -> Handle:
    """Who pressed, or sent a form."""
    user: Body = body.get("user") or {}
    return Handle("slack", str(user.get("team_id") or ""), str(user.get("id") or ""))


def shortcut(body: Body) -> Intent:
    """What somebody does with a message: its words and its address; the answer is theirs alone.

    A message between two people may be one of ours or not, so that place is no address.
    """
    user, team = body.get("user") or {}, body.get("team") or {}
    message, channel = body.get("message") or {}, str((body.get("channel") or {}).get("id", ""))
    moment = str(body.get("message_ts") or message.get("ts", ""))
    root = str(message.get("thread_ts") or "")
    thread = root if root != moment else ""
    words, mentions = plain(str(message.get("text") or ""))
    who, link = str(user.get("id", "")), permalink(str(team.get("domain", "")), channel, moment, thread)
    return Intent(
        speaker=Handle("slack", str(user.get("team_id") or ""), who, str(user.get("name") or "")),
        place=_place(str(team.get("id") or ""), channel, thread, is_ours=False),
        key=f"slack:shortcut:{channel}:{moment}:{body.get('action_ts', '')}:{who}",
        verb=str(body.get("callback_id", "")),
        fields={"words": words, "link": link, "message": moment, **_circumstances(message, moment)},
        mentions=mentions,
        reply=Reply.OPENING,
        accounts=_writer(message, str(team.get("id") or "")),
    )


def _circumstances(message: Body, moment: str) -> dict[str, str]:
    """When it was said and changed, where that is told, and whether it is gone."""
    changed = message.get("edited")
    told = {
        "said at": _instant(message.get("ts") or moment),
        "edited at": _instant(changed.get("ts")) if isinstance(changed, Mapping) else "",
        "gone": "yes" if message.get("subtype") == "tombstone" else "",
    }
    return {name: value for name, value in told.items() if value}


def _instant(moment: object) -> str:
    """A message's ts, which is wall time in seconds, as ISO; "" where it is none."""
    if not MOMENT.fullmatch(str(moment)):
        return ""
    return datetime.fromtimestamp(float(str(moment)), UTC).isoformat()


def _writer(message: Body, here: str) -> tuple[Account, ...]:
    """Who wrote it, in their own workspace; nobody where it was an app."""
    user, home = message.get("user"), message.get("user_team") or message.get("team") or here
    if not user or message.get("bot_id"):
        return ()
    return (Account(Handle("slack", str(home), str(user))),)


def permalink(domain: str, channel: str, moment: str, thread: str = "") -> str:
    """The address at which those who are in there see a message; "" where the workspace has no plain name."""
    if not DOMAIN.fullmatch(domain) or not channel.isalnum():
        return ""
    inside = f"?thread_ts={thread}&cid={channel}" if thread else ""
    return f"https://{domain}.slack.com/archives/{channel}/p{moment.replace('.', '')}{inside}"


def plain(raw: str) -> tuple[str, tuple[Mention, ...]]:
    """Text as it was typed, and who is named in it; the mark that stays in the text is always `<@USER>`."""
    named = {found[1]: found[2] or "" for found in PERSON.finditer(raw)}
    words = cleaned(html.unescape(ANGLED.sub(lambda found: _unmarked(found[1]), raw)))
    mentions = tuple(Mention(f"<@{user}>", user, html.unescape(name)) for user, name in named.items())
    return words, mentions


def cleaned(words: str) -> str:
    """Words without control characters, their lines ended in one way."""
    lines = words.replace("\r\n", "\n")
    kept = (sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def is_direct(conversation: str) -> bool:
    """Whether this is a direct conversation between two."""
    return conversation.startswith("D")


def _unmarked(mark: str) -> str:
    """What stands for one of Slack's marks: `@U1|ann`, `#C1|general`, `!here`, `https://a.example|a.example`."""
    target, _, label = mark.partition("|")
    match target[:1]:
        case "@":
            return f"<{target}>"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            return label or f"@{target[1:].partition('^')[0]}"
        case _:
            return target if not label else label if target.endswith(label) else f"{label} ({target})"


def _is_spoken(event: Body) -> bool:
    """Somebody's own new words to us: not a bot's, not an edit, not news about the channel."""
    if event.get("bot_id") or event.get("edited") or not event.get("user"):
        return False
    if event.get("subtype") not in SPOKEN:
        return False
    return event.get("type") == "app_mention" or event.get("channel_type") == "im"


def _ourselves(body: Body) -> frozenset[str]:
    """The bot users for whom Slack delivered this event."""
    return frozenset(str(grant.get("user_id")) for grant in body.get("authorizations") or ())


def _after_us(raw: str, us: frozenset[str], is_mention: bool) -> str:
    """What follows our name. Slack may name another workspace's bot as us, so the first mark must do then."""
    marks = list(PERSON.finditer(raw))
    ours = next((mark for mark in marks if mark[1] in us), None)
    if not is_mention:
        return raw[ours.end() :] if ours and not raw[: ours.start()].strip() else raw
    mark = ours or next(iter(marks), None)
    return raw[mark.end() :].lstrip(" ,:") if mark else raw


def _home(body: Body, event: Body) -> str:
    """The speaker's own workspace; empty, which is nobody, where a shared channel does not tell."""
    told = event.get("user_team") or event.get("team")
    if not told and not body.get("is_ext_shared_channel"):
        told = body.get("team_id")
    return str(told or "")


def workspace(body: Body) -> str:
    """The workspace through which we hear."""
    return str(body.get("context_team_id") or body.get("team_id") or "")


def _place(tenant: str, channel: str, thread: str = "", is_ours: bool = True) -> Place:
    """A direct conversation that may be somebody else's has no address: ours is opened by their user id."""
    if not is_direct(channel):
        return Place("slack", tenant, channel, thread=thread)
    return Place("slack", tenant, channel if is_ours else "", private=True, thread=thread if is_ours else "")


def _alone(tenant: str) -> Place:
    """Our direct conversation with whoever speaks, which is opened by their user id."""
    return Place("slack", tenant, "", private=True)


def _meaning(value: object) -> tuple[str, dict[str, str]]:
    """The verb and fields in a button's value; no verb where it is not ours."""
    try:
        said = json.loads(str(value))
        return str(said["verb"]), {str(name): str(word) for name, word in said["fields"].items()}
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
        return "", {}
