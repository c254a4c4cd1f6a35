"""A platform's own marks for people mean nothing elsewhere: names stand for them in what was typed."""

from collections.abc import Mapping

from bot.governance.partnership import Person
from bot.intents import Handle, Mention
from bot.ports import Request


def plain(
    request: Request, fields: Mapping[str, str], people: tuple[str, ...] = ("owner",)
) -> Mapping[str, str]:
    """The fields without marks; in the `people` fields, who was marked is a person of ours."""
    found = {name: value for one in people for name, value in _marked_in(request, fields, one).items()}
    return {**unmarked(request, fields), **found}


def unmarked(request: Request, fields: Mapping[str, str]) -> Mapping[str, str]:
    """The fields with a name in the place of each mark."""
    named = dict(fields)
    for mention in request.intent.mentions:
        person = marked(request, mention)
        name = person.name if person else mention.name or "somebody"
        named = {field: words.replace(mention.mark, f"@{name}") for field, words in named.items()}
    return named


def marked(request: Request, mention: Mention) -> Person | None:
    """Who is meant, as our own directory knows them."""
    speaker = request.intent.speaker
    return request.archive.person_at(Handle(speaker.platform, speaker.tenant, mention.user))


def _marked_in(request: Request, fields: Mapping[str, str], name: str) -> Mapping[str, str]:
    """Whom that field names by the platform's own mark, and by nothing else, as a person of ours."""
    words = fields.get(name, "").strip()
    for mention in request.intent.mentions:
        if mention.mark == words and (person := marked(request, mention)):
            return {f"{name} id": person.id, name: person.name}
    return {}
