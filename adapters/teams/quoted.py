"""A message that somebody points at: its HTML as plain words, who is named in it, and its address."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from adapters.teams.carried import plain
from bot.intents import Account, Handle, Mention, Place

LONGEST: Final = 20_000  # characters of a message's HTML that are read
LONGEST_LINK: Final = 2_000
SAME: Final = timedelta(seconds=2)  # between two times that Teams notes of one event
HOSTS: Final = ("teams.microsoft.com", "teams.cloud.microsoft", "teams.microsoft.us", "teams.live.com")
LINES: Final = {"p", "div", "br", "li", "tr", "blockquote", "pre", "h1", "h2", "h3", "table", "ul", "ol"}
QUOTE: Final = "blockquote"  # what somebody else said stands behind a ">", as people type it
UNSHOWN: Final = {"style", "script"}


def words(payload: Mapping[str, Any], bot: str = "") -> str:
    """What a reader sees, as plain words; people stand in it as "@Name", and the `bot` not at all."""
    match payload.get("body"):
        case {"content": str(content), "contentType": "text"}:
            return plain(content[:LONGEST]).strip()
        case {"content": str(content)}:
            return plain(_shown(content[:LONGEST], set(_marks(payload.get("mentions"), bot)))).strip()
    return ""


def mentions(payload: Mapping[str, Any]) -> tuple[Mention, ...]:
    """Whom the message names, by the mark that stands in its words."""
    listed = payload.get("mentions")
    return tuple(_mentions(listed)) if isinstance(listed, list) else ()


def writer(payload: Mapping[str, Any], place: Place) -> tuple[Account, ...]:
    """Who wrote it; nobody where it was an app."""
    match payload.get("from"):
        case {"user": {"id": str(user), **account}} if user:
            told = account.get("displayName")
            name = plain(told) if isinstance(told, str) else ""
            return (Account(Handle(place.platform, place.tenant, plain(user), name)),)
    return ()


def own_id(payload: Mapping[str, Any]) -> str:
    """The message's own id; "" where Teams does not tell it."""
    message = payload.get("id")
    return message if isinstance(message, str) and message.isdigit() else ""


def link(payload: Mapping[str, Any], place: Place) -> str:
    """Where the message can be opened in Teams; "" where that cannot be told."""
    told = payload.get("linkToMessage")
    if isinstance(told, str) and len(told) <= LONGEST_LINK and _leads_to_teams(told):
        return told
    message = own_id(payload)
    if not message or not place.conversation.startswith("19:"):
        return ""
    asked = {"tenantId": place.tenant, "parentMessageId": place.thread or message}
    return f"https://{HOSTS[0]}/l/message/{quote(place.conversation, safe='')}/{message}?{urlencode(asked)}"


def circumstances(payload: Mapping[str, Any]) -> dict[str, str]:
    """When it was said and changed, where that is told, whether it is gone, and whether all of it is read."""
    said = _instant(payload.get("createdDateTime"))
    body = payload.get("body")
    told = {
        "said at": said.isoformat() if said else "",
        "edited at": _edited(payload, said),
        "gone": "yes" if payload.get("deleted") is True or payload.get("deletedDateTime") else "",
        "cut": "yes" if isinstance(body, dict) and len(str(body.get("content") or "")) > LONGEST else "",
    }
    return {name: value for name, value in told.items() if value}


def _edited(payload: Mapping[str, Any], said: datetime | None) -> str:
    """When its words were changed; a reaction touches it, too, and is no change."""
    if exact := _instant(payload.get("lastEditedDateTime")):
        return exact.isoformat()
    touched = _instant(payload.get("lastModifiedDateTime"))
    listed = payload.get("reactions")
    reactions = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    known = [said, *(_instant(one.get("createdDateTime")) for one in reactions)]
    last = max((one for one in known if one), default=None)
    return touched.isoformat() if touched and last and touched - last > SAME else ""


def _instant(told: Any) -> datetime | None:
    """A time as Teams writes it, in UTC; None where it is none."""
    try:
        found = datetime.fromisoformat(told) if isinstance(told, str) else None
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC) if found else None
    except (ValueError, OverflowError):
        return None


def _mentions(listed: list[Any]) -> Iterator[Mention]:
    for one in listed:
        match one:
            case {"mentioned": {"user": {"id": str(user), **account}}, "mentionText": str(text)} if text:
                name = account.get("displayName")
                yield Mention(f"@{plain(text)}", plain(user), plain(name if isinstance(name, str) else text))


def _marks(listed: Any, bot: str) -> Iterator[str]:
    """The numbers of the marks that name the bot; Teams writes its id with or without what it begins with."""
    for one in listed if isinstance(listed, list) else ():
        match one:
            case {"id": mark, "mentioned": {"application": {"id": str(app)}}} if app in (
                bot,
                bot.removeprefix("28:"),
            ):
                yield str(mark)


def _leads_to_teams(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname or ""
    ours = any(host == one or host.endswith(f".{one}") for one in HOSTS)
    return parts.scheme == "https" and ours and url.isascii() and url.isprintable() and " " not in url


def _shown(content: str, unsaid: set[str]) -> str:
    reader = _Reader(unsaid)
    reader.feed(content)
    reader.close()
    return "\n".join(" ".join(one.split()) for one in "".join(reader.said).split("\n"))


class _Reader(HTMLParser):
    """Takes the words out of a message's HTML; the message that it answers to is not part of it."""

    def __init__(self, unsaid: set[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._unsaid = unsaid
        self.said: list[str] = []
        self._silent: list[str] = []
        self._quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in self._silent or self._is_left_out(tag, told):
            self._silent.append(tag)
        elif tag in LINES:
            self._end_line(tag)
            self._quotes += tag == QUOTE
        elif tag == "at":
            self.handle_data("@")
        elif tag == "emoji" or (told.get("itemtype") or "").endswith("/Emoji"):
            self.handle_data(told.get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in LINES and tag != "br":
            self._end_line(tag)
            self._quotes -= tag == QUOTE and self._quotes > 0

    def handle_data(self, data: str) -> None:
        begins = not self.said or self.said[-1].endswith("\n")
        if not self._silent:
            lead = "> " if self._quotes and begins and data.strip() else ""
            self.said.append(lead + data.replace("\n", " "))

    def _is_left_out(self, tag: str, told: dict[str, str | None]) -> bool:
        answered = (told.get("itemtype") or "").endswith("/Reply")
        return tag in UNSHOWN or answered or (tag == "at" and told.get("id") in self._unsaid)

    def _end_line(self, tag: str) -> None:
        if not self._silent and (tag == "br" or (self.said and not self.said[-1].endswith("\n"))):
            self.said.append("\n")
