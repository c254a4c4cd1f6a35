"""Rules of shape: sizes, names, opening sentences, and reasons beside every exception from the linters."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from tests.architecture.sources import Source

LONGEST_FUNCTION, LONGEST_FILE = 40, 300
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
EMPTY_VERBS = ("handle_", "process_")
# SQLAlchemy, httpx and html.parser call them by these names.
DICTATED = {"process_bind_param", "process_result_value", "handle_request", "handle_async_request"}
DICTATED |= {"handle_starttag", "handle_endtag", "handle_data"}
EXCEPTION = re.compile(r"#\s*(?P<kind>noqa|type:\s*ignore)(?P<rest>.*)", re.IGNORECASE)
CODES = re.compile(
    r":?\s*\[?(?P<codes>[A-Za-z]+\d+|[a-z][a-z-]+(?=[\],]))(,\s*[A-Za-z0-9-]+)*\]?(?P<reason>.*)"
)
FEWEST_WORDS = 3

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(source: Source) -> Iterator[Function]:
    return (node for node in ast.walk(source.tree) if isinstance(node, Function))


def long_functions(source: Source) -> Iterator[str]:
    for function in functions(source):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > LONGEST_FUNCTION:
            yield source.at(function, f"{function.name} has {lines} lines")


def long_file(source: Source) -> Iterator[str]:
    lines = len(source.text.splitlines())
    if lines > LONGEST_FILE:
        yield f"{source.path} has {lines} lines"


def empty_names(source: Source) -> Iterator[str]:
    """Modules and functions whose name says nothing."""
    if EMPTY_NAMES & set(source.room.split(".")):
        yield f"{source.path} is named for nothing in particular"
    for function in functions(source):
        if function.name.lstrip("_").startswith(EMPTY_VERBS) and function.name not in DICTATED:
            yield source.at(function, f"{function.name} does not say what it does")


def missing_sentence(source: Source) -> Iterator[str]:
    if not ast.get_docstring(source.tree):
        yield f"{source.path} does not open with a sentence saying what it is for"


def imports_elsewhere(source: Source) -> Iterator[str]:
    """Imports inside functions, and relative ones."""
    for function in functions(source):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield source.at(node, "imports inside a function")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield source.at(node, "imports relatively")


def unreasoned_exceptions(source: Source) -> Iterator[str]:
    """Each `noqa` and `type: ignore` names its code and says in a few words why."""
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        found = EXCEPTION.match(token.string) if token.type == tokenize.COMMENT else None
        if found is None:
            continue
        codes = CODES.match(found["rest"])
        words = re.findall(r"[\w'’]+", codes["reason"]) if codes else []
        if len(words) < FEWEST_WORDS:
            yield f"{source.path}:{token.start[0]} {found['kind']} without its code and reason"
