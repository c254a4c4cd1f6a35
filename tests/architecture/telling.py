"""Who reads is told to the database: no method touches a table behind the second wall without saying it."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.architecture.sources import Source

TELLS = {"passes", "works"}
OPENS = {"writing", "reading"}  # of a ledger, which says that it is the post
EXCUSED = {
    "Auditor.run": "says so for each page",
    "Parties.admit": "a part of add_issue, which has said it",
    "Saying.index_note": "a part of add_note, which has said it",
    "Saying.index_line": "a part of record, which has said it",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef
Named = tuple[str, str]  # a module, and a name in it


@dataclass
class Names:
    """What each name of the storage room is made of: other names, and tables."""

    uses: dict[Named, set[Named]] = field(default_factory=dict)
    tables: dict[Named, str] = field(default_factory=dict)

    def touched(self, names: set[Named]) -> set[str]:
        """The tables that these names lead to."""
        seen: set[Named] = set()
        while names:
            seen |= names
            names = {one for name in names for one in self.uses.get(name, ())} - seen
        return {self.tables[name] for name in seen if name in self.tables}


def known(sources: Sequence[Source], rows: Mapping[str, str]) -> Names:
    """Of all modules; `rows` gives the table of a row's class."""
    found = Names()
    for source in sources:
        for node in source.tree.body:
            match node:
                case ast.ImportFrom(module=str(module)):
                    for one in node.names:
                        found.uses[source.room, one.asname or one.name] = {(module, one.name)}
                case ast.Assign() | ast.AnnAssign() if node.value:
                    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                    for name in (one.id for one in targets if isinstance(one, ast.Name)):
                        _assigned(found, (source.room, name), node.value, rows)
                case ast.FunctionDef():
                    found.uses[source.room, node.name] = named(source.room, node)
    return found


def _assigned(found: Names, name: Named, value: ast.expr, rows: Mapping[str, str]) -> None:
    match value:
        case ast.Call(func=ast.Name(id="table"), args=[ast.Name(id=row)]) if row in rows:
            found.tables[name] = rows[row]
        case _:
            found.uses[name] = named(name[0], value)


def named(room: str, node: ast.AST) -> set[Named]:
    """The names that stand there."""
    return {(room, one.id) for one in ast.walk(node) if isinstance(one, ast.Name)}


def untold(source: Source, names: Names) -> Iterator[str]:
    """Public methods that touch such a table, by themselves or one of their class, and tell nobody."""
    for kind in (node for node in source.tree.body if isinstance(node, ast.ClassDef)):
        methods = {one.name: one for one in kind.body if isinstance(one, Function)}
        for name, method in methods.items():
            parts = [methods[one] for one in _reached(name, methods)]
            touched = names.touched({one for part in parts for one in named(source.room, part)})
            if f"{kind.name}.{name}" in EXCUSED or name.startswith("_"):
                continue
            if touched and not any(map(_tells, parts)):
                yield source.at(method, f"{kind.name}.{name} touches {sorted(touched)} and tells nobody")


def _reached(name: str, methods: Mapping[str, Function]) -> set[str]:
    """The method and those of its class that it goes through."""
    found, open_ = set(), {name}
    while open_:
        found |= open_
        called = {
            one.attr for part in open_ for one in ast.walk(methods[part]) if isinstance(one, ast.Attribute)
        }
        open_ = called & set(methods) - found
    return found


def _tells(method: Function) -> bool:
    return any(
        one.attr in TELLS
        or (one.attr in OPENS and isinstance(one.value, ast.Name) and one.value.id == "self")
        for one in ast.walk(method)
        if isinstance(one, ast.Attribute)
    )
