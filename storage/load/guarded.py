"""No participant data comes in by a file: a text that looks like it refuses the file, and is not quoted."""

from bot.governance.guard import look
from storage.load.lines import Node, WrongFile

STAFF = frozenset({"organisations", "people", "contacts", "counterparts", "rooms"})  # of the companies


def sweep(root: Node) -> None:
    """Looks at every text of the file but those about staff. Raises WrongFile at the first that it stops."""
    harmless: set[str] = set()
    for name in root.names:
        section = None if name in STAFF else root.get(name)
        for part in section.scalars if section else ():
            if part.text not in harmless:
                _look(part)
                harmless.add(part.text)


def _look(part: Node) -> None:
    found = look(part.text).participant
    if found:
        reason = f"a text looks like data about a participant ({found[0].name}); take it out"
        raise WrongFile(part.line, reason)
