"""What an issue of a file is linked to: it names no record that not all of its readers may know of."""

from collections.abc import Iterator, Mapping

import yaml

from bot.governance.visibility import Visibility
from storage.load.lines import Node

Classes = Mapping[str, Visibility]


def classes(root: Node) -> Classes:
    """The class of every record of the file that says one, by its id, whatever its section is."""
    found = {}
    for section in (root.get(name) for name in root.names):
        for item in section if section and isinstance(section.node, yaml.SequenceNode) else ():
            said = item.maybe("visibility") if item.is_mapping and item.get("id") else ""
            if said in set(Visibility):
                found[item.need("id").text] = Visibility(said)
    return found


def linked(item: Node, known: Classes) -> dict[str, str]:
    """Other records by kind, as the file names them."""
    found = item.get("linked")
    links = {name: found.maybe(name) for name in found.names} if found else {}
    return {name: one for name, one in links.items() if not _hidden(item, known.get(one))}


def apart(item: Node, known: Classes) -> Iterator[tuple[Visibility, str]]:
    """The links to one side's own records, as words beside the issue for that side alone."""
    found = item.get("linked")
    for name in found.names if found else ():
        one = found.maybe(name) if found else ""
        visibility = known.get(one)
        if visibility is None or not _hidden(item, visibility):
            continue
        if not visibility.side or not Visibility(item.need("visibility").text).both_sides:
            why = f"names “{one}”, which not all of its readers may know of; leave it out"
            raise item.need("linked").wrong(why)
        yield visibility, f"Linked to {name.replace('_', ' ')} {one}"


def _hidden(item: Node, visibility: Visibility | None) -> bool:
    """Whether a record of that class is not for everybody who reads the issue."""
    own = item.need("visibility").one_of(Visibility)
    return visibility not in (None, Visibility.SHARED, own)
