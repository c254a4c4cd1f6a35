"""Changes of policy or calendar that an administrator has not proposed yet: kept for them alone."""

from collections.abc import Mapping

from bot.actors import Actor
from bot.governance.partnership import Partnership
from bot.governance.proposal import Kind
from bot.ports import Archive, Request
from bot.records import Draft

REPLACES = "replaces"  # the terms in force when the draft was begun: on others it counts for nothing


def in_force(partnership: Partnership, kind: Kind) -> str:
    """The row of the terms that are agreed now."""
    return partnership.policy if kind is Kind.POLICY else partnership.calendar


def drafted(archive: Archive, actor: Actor, partnership: Partnership, kind: Kind) -> Mapping[str, str]:
    """What was changed so far, by the names of the form's fields; nothing where it was overtaken."""
    kept = archive.draft(actor, _id(actor, partnership, kind))
    if kept is None or kept.fields.get(REPLACES) != in_force(partnership, kind):
        return {}
    return {name: words for name, words in kept.fields.items() if name != REPLACES}


def keep(request: Request, partnership: Partnership, kind: Kind, fields: Mapping[str, str]) -> None:
    """These changes instead of those before; none at all begins anew."""
    told = {**fields, REPLACES: in_force(partnership, kind)} if fields else {}
    draft = _id(request.actor, partnership, kind)
    request.archive.keep_draft(Draft(draft, request.actor.person, told, request.now))


def _id(actor: Actor, partnership: Partnership, kind: Kind) -> str:
    return f"terms/{kind}/{partnership.id}/{actor.person}"
