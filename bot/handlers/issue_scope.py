"""Which partnership an issue is about and who may see it: the place's, what was said, or asked."""

from collections.abc import Mapping

from bot.cards.issue_facts import who_sees
from bot.errors import Refusal
from bot.governance.visibility import Side, Visibility, internal
from bot.handlers import issue_beside as beside
from bot.handlers import issue_blinding as blinding
from bot.handlers.issue_said import NO_ANSWER, Question, Said, partner_of


class OtherPartner(Refusal):
    """This room is for {companies}; for another partner, log it in a direct message to Parley."""


class NoPartnership(Refusal):
    """You are not part of a partnership yet; ask your administrator to add you to one."""


def settled(said: Said) -> Mapping[str, str] | Question:
    """Partner and class: the room's, or asked, with who would see it in each answer."""
    blinding.check_class(said)
    options = _options(said)
    chosen = (said.known.get("partnership", ""), said.known.get("class", ""))
    if chosen in options or "changes" in said.known:
        return NO_ANSWER
    if beside.wanted(said):
        return _with_third(said, chosen)
    if not options:
        raise NoPartnership
    room = (said.known.get("room partnership", ""), said.known.get("room class", ""))
    if room[0]:
        return _in_room(said, options, room)
    if said.known.get("private") and len(options) == 1 and _is_said(said):
        return {"partnership": options[0][0], "class": options[0][1]}
    return _ask_scope(said, options)


def _with_third(said: Said, chosen: tuple[str, str]) -> Mapping[str, str] | Question:
    """Always previewed: it is wider than any room, and is never assumed."""
    fitting = beside.options(said)
    if chosen in fitting:
        return NO_ANSWER
    room = said.known.get("room partnership", "")
    here = [option for option in fitting if room in ("", option[0])]
    if not here or said.known.get("class"):
        raise beside.unfit(said)
    homes = {option[0] for option in here}
    others = [option for option in _options(said) if option[0] in homes]
    return beside.ask(said, here, [(_label(said, option), option) for option in _plain(others)])


def _plain(options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without restricted ones, unless only they are left."""
    return [option for option in options if option[1] != Visibility.RESTRICTED] or options


def _is_said(said: Said) -> bool:
    """In a direct message partner and class are asked unless both were said."""
    one_partner = said.known.get("partner") or len(said.actor.partnerships) == 1
    return bool(one_partner and (said.known.get("visibility") or blinding.wanted(said)))


def _options(said: Said) -> list[tuple[str, str]]:
    """Every (partnership, class) that the words leave open, internal ones first."""
    wanted = "restricted" if blinding.wanted(said) else said.known.get("visibility", "")
    own = internal(said.actor.side or Side.SPONSOR)
    classes = {"internal": [own], "shared": [Visibility.SHARED], "restricted": [Visibility.RESTRICTED]}
    partnerships = said.archive.partnerships(said.actor)
    partner = said.known.get("partner", "")
    return [
        (one.id, str(visibility))
        for one in partnerships
        if partner in ("", partner_of(said.actor, one))
        for visibility in classes.get(wanted, [own, Visibility.SHARED, Visibility.RESTRICTED])
    ]


def _in_room(
    said: Said, options: list[tuple[str, str]], room: tuple[str, str]
) -> Mapping[str, str] | Question:
    """The room's own class, or a narrower one that was said; a wider one is previewed first."""
    here = [option for option in options if option[0] == room[0]]
    if not here:
        settled = said.archive.partnership(said.actor, room[0])
        raise OtherPartner(
            companies=f"{settled.sponsor_name} and {settled.cro_name}" if settled else "others"
        )
    if room in here:
        return {"partnership": room[0], "class": room[1]}
    if here[0][1] == Visibility.SHARED:
        return _ask_scope(said, [*here, room])
    return {"partnership": here[0][0], "class": here[0][1]}


def _ask_scope(said: Said, options: list[tuple[str, str]]) -> Question:
    answers = tuple(
        (_label(said, option), {"partnership": option[0], "class": option[1]}) for option in _plain(options)
    )
    partner = partner_of(said.actor, said.archive.partnerships(said.actor)[0])
    return Question(
        "Which partnership is it about, and who may see it?",
        answers,
        f"Or say it in one line: …, for {partner}, shared (or internal, or restricted to you and the owner)",
        missing=True,
    )


def _label(said: Said, option: tuple[str, str]) -> str:
    """Who would see it: the preview."""
    partnership = said.archive.partnership(said.actor, option[0])
    assert partnership is not None  # noqa: S101 it came from the actor's own
    seen = who_sees(Visibility(option[1]), partnership)
    about = "" if option[1] == Visibility.SHARED else f" (about {partner_of(said.actor, partnership)})"
    return f"{seen}{about}"
