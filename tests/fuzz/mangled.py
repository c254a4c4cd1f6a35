"""Whatever a real request can be turned into: a value replaced, dropped, doubled, too long or too deep."""

import copy
from typing import Any

from hypothesis import strategies as st

Path = tuple[Any, ...]

ODD = (
    "",
    "\x00",
    "\u202e\u2028\ud7ff",
    "🧪" * 40,
    "%s{}{0}${x}",
    "<@U1|<!channel>",
    "'; DROP TABLE issue;--",
    "a" * 6000,
)
WORDS = st.sampled_from(ODD) | st.text(max_size=60)
NUMBERS = st.sampled_from((0, -1, 10**30, 1.5e308, -0.0)) | st.integers()
JUNK = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=8,
)


def deep(levels: int) -> Any:
    """Values inside values."""
    inside: Any = "end"
    for level in range(levels):
        inside = [inside] if level % 2 else {"a": inside}
    return inside


@st.composite
def mangled(draw: st.DrawFn, seeds: list[Any]) -> Any:
    """One of the seeds (JSON values), changed at one to three places."""
    told = copy.deepcopy(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 3))):
        paths = list(places(told))
        path = draw(st.sampled_from(paths))
        told = changed(told, path, draw)
    return told


def places(told: Any, path: Path = ()) -> Any:
    """The path of each value inside, the whole one first."""
    yield path
    inner = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    for key, value in inner:
        yield from places(value, (*path, key))


def changed(told: Any, path: Path, draw: st.DrawFn) -> Any:
    """The same with something done at that place."""
    if not path:
        return draw(st.just(told) | JUNK)
    parent = told
    for key in path[:-1]:
        parent = parent[key]
    match draw(st.sampled_from(("replace", "replace", "drop", "double", "deep"))):
        case "replace":
            parent[path[-1]] = draw(JUNK)
        case "drop":
            del parent[path[-1]]
        case "double" if isinstance(parent, list):
            parent.append(copy.deepcopy(parent[path[-1]]))
        case "double":
            parent[draw(WORDS)] = copy.deepcopy(parent[path[-1]])
        case "deep":
            parent[path[-1]] = deep(draw(st.sampled_from((20, 90))))
    return told
