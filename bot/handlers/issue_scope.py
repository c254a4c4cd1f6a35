"""Which partnership an issue is about and who may see it: also restricted ones, and a third company."""

from collections.abc import Mapping

from bot.governance.visibility import Visibility
from bot.handlers import issue_beside as beside
from bot.handlers import issue_blinding as blinding
from bot.handlers import scope
from bot.handlers.issue_said import NO_ANSWER, Question, Said
from bot.handlers.scope import NoPartnership, Option

CLASSES = (Visibility.SHARED, Visibility.RESTRICTED)
ALSO = "(or internal, or restricted to you and the owner)"


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
    return scope.in_place(said, options, ALSO, is_said=_is_said(said))


def _with_third(said: Said, chosen: Option) -> Mapping[str, str] | Question:
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
    return beside.ask(said, here, [(scope.label(said, option), option) for option in scope.plain(others)])


def _is_said(said: Said) -> bool:
    """In a direct message partner and class are asked unless both were said."""
    if blinding.wanted(said):
        return bool(said.known.get("partner") or len(said.actor.partnerships) == 1)
    return scope.is_said(said)


def _options(said: Said) -> list[Option]:
    wanted = "restricted" if blinding.wanted(said) else said.known.get("visibility", "")
    return scope.options(said, wanted, CLASSES)
