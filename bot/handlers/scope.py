"""Which partnership a new record is about and who may see it: the place's, what was said, or asked."""

from collections.abc import Mapping, Sequence

from bot.cards.issue_facts import who_sees
from bot.errors import Refusal
from bot.governance.visibility import Side, Visibility, internal
from bot.handlers import captured
from bot.handlers.issue_said import Question, Said, partner_of

Option = tuple[str, str]  # a partnership and a class
CLASSES = (Visibility.SHARED,)  # what most records can be, beside their writer's own


class OtherPartner(Refusal):
    """This room is for {companies}; for another partner, log it in a direct message to Parley."""


class NoPartnership(Refusal):
    """You are not part of a partnership yet; ask your administrator to add you to one."""


class OnlyIssues(Refusal):
    """Only issues are restricted to named people or shared with a third company; say shared or internal."""


def settled(said: Said) -> Mapping[str, str] | Question:
    """Partner and class of a record that both sides see, or its writer's own: never any other class."""
    if said.known.get("visibility") == "restricted" or said.known.get("with"):
        raise OnlyIssues
    captured.stays(said)
    found = options(said, said.known.get("visibility", ""), CLASSES)
    if (said.known.get("partnership", ""), said.known.get("class", "")) in found:
        return {}
    if not found:
        raise NoPartnership
    return in_place(said, found, "(or internal)", is_said=is_said(said))


def is_said(said: Said) -> bool:
    """Whether the words alone say which partner and which class."""
    one_partner = said.known.get("partner") or len(said.actor.partnerships) == 1
    return bool(one_partner and said.known.get("visibility"))


def options(said: Said, wanted: str, classes: Sequence[Visibility]) -> list[Option]:
    """Every (partnership, class) that the words leave open, internal ones first."""
    own = internal(said.actor.side or Side.SPONSOR)
    named = {"internal": own, "shared": Visibility.SHARED, "restricted": Visibility.RESTRICTED}
    partner = said.known.get("partner", "")
    return [
        (one.id, str(visibility))
        for one in said.archive.partnerships(said.actor)
        if partner in ("", partner_of(said.actor, one))
        for visibility in ([named[wanted]] if wanted in named else [own, *classes])
    ]


def in_place(said: Said, found: list[Option], also: str, *, is_said: bool) -> Mapping[str, str] | Question:
    """The room's own, or what the words say in a direct message; else asked."""
    room = (said.known.get("room partnership", ""), said.known.get("room class", ""))
    if room[0]:
        return _in_room(said, found, room, also)
    if said.known.get("private") and len(found) == 1 and is_said:
        return {"partnership": found[0][0], "class": found[0][1]}
    return ask(said, found, also)


def _in_room(said: Said, found: list[Option], room: Option, also: str) -> Mapping[str, str] | Question:
    """The room's own class, or a narrower one that was said; a wider one is previewed first."""
    here = [option for option in found if option[0] == room[0]]
    if not here:
        home = said.archive.partnership(said.actor, room[0])
        raise OtherPartner(companies=f"{home.sponsor_name} and {home.cro_name}" if home else "others")
    if room in here:
        return {"partnership": room[0], "class": room[1]}
    if here[0][1] == Visibility.SHARED:
        return ask(said, [*here, room], also)
    return {"partnership": here[0][0], "class": here[0][1]}


def ask(said: Said, found: list[Option], also: str) -> Question:
    """Who would see it stands in each answer; `also` names further classes in the hint."""
    answers = tuple(
        (label(said, option), {"partnership": option[0], "class": option[1]}) for option in plain(found)
    )
    partner = partner_of(said.actor, said.archive.partnerships(said.actor)[0])
    return Question(
        "Which partnership is it about, and who may see it?",
        answers,
        f"Or say it in one line: …, for {partner}, shared {also}",
        missing=True,
    )


def plain(found: list[Option]) -> list[Option]:
    """Without restricted ones, unless only they are left."""
    return [option for option in found if option[1] != Visibility.RESTRICTED] or found


def label(said: Said, option: Option) -> str:
    """Who would see it: the preview."""
    partnership = said.archive.partnership(said.actor, option[0])
    assert partnership is not None  # noqa: S101 it came from the actor's own
    seen = who_sees(Visibility(option[1]), partnership)
    about = "" if option[1] == Visibility.SHARED else f" (about {partner_of(said.actor, partnership)})"
    return f"{seen}{about}"
