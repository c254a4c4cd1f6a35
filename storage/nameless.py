"""Names live apart from the record: a line about a person says what changed, and holds their id alone."""

from collections.abc import Mapping

APART = "[in the directory]"
PROFILE = frozenset(("name", "email", "phone", "handle"))
ABOUT_PEOPLE = ("person.", "admission.", "identity.")


def nameless(what: str, state: Mapping[str, object] | None) -> Mapping[str, object] | None:
    """The state of a line of that kind without who somebody is called, or where they are reached."""
    return None if state is None else {key: _part(key, value, what, state) for key, value in state.items()}


def _part(key: str, value: object, what: str, beside: Mapping[str, object]) -> object:
    match value:
        case str() if value and key in PROFILE and (what.startswith(ABOUT_PEOPLE) or "user" in beside):
            return APART
        case Mapping():
            return nameless(what, value)
        case list() | tuple():
            return [nameless(what, one) if isinstance(one, Mapping) else one for one in value]
    return value
