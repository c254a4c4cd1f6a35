"""Rules of purity: who may know the platform, the time and the environment, and what no test may do."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import Source, dotted, imported

PLATFORM = re.compile(r"(?<![a-z])(slack|teams)(?![a-z])", re.IGNORECASE)
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

TELLS_TIME = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today)$|^time\.time(_ns)?$")
CLOCKS = ("bot/clock.py", "playground/clock.py", "benchmarks/")

ENVIRONMENT = re.compile(r"^os\.(environb?|getenvb?)(\.|$)")
READERS_OF_ENVIRONMENT = ("adapters/settings.py", "tests/", "benchmarks/")

FAKERY = re.compile(r"^(unittest\.mock|mock|pytest_mock)(\.|$)")
SLEEPS = {"time.sleep", "asyncio.sleep"}
FAKERS = {"monkeypatch", "mocker", "MonkeyPatch"}


def platform_names(source: Source) -> Iterator[str]:
    """A platform's name anywhere in the text, as a word or as part of an identifier."""
    for number, line in enumerate(source.text.splitlines(), start=1):
        for found in PLATFORM.finditer(HUMP.sub("_", line)):
            yield f"{source.path}:{number} names {found[0]}"


def platform_branches(source: Source) -> Iterator[str]:
    """Decisions taken on a platform: `if chat.platform == ...`, `match platform`."""
    for node in ast.walk(source.tree):
        for decision in decisions(node):
            names = (dotted(part).lower() for part in ast.walk(decision))
            if any("platform" in name for name in names):
                yield source.at(decision, "decides on the platform")


def decisions(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            return [test]
        case ast.Match(subject=subject):
            return [subject]
        case ast.comprehension(ifs=tests):
            return tests
        case _:
            return []


def uses(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Every chain of names that is used and every name that is imported."""
    yield from imported(source.tree)
    yield from ((node, dotted(node)) for node in ast.walk(source.tree) if isinstance(node, ast.Attribute))


def wall_clocks(source: Source) -> Iterator[str]:
    if not source.path.startswith(CLOCKS):
        yield from (source.at(node, name) for node, name in uses(source) if TELLS_TIME.search(name))


def environment_reads(source: Source) -> Iterator[str]:
    if not source.path.startswith(READERS_OF_ENVIRONMENT):
        yield from (source.at(node, name) for node, name in uses(source) if ENVIRONMENT.match(name))


def fakery(source: Source) -> Iterator[str]:
    """Mocks and patches, imported or asked of pytest."""
    yield from (source.at(node, name) for node, name in imported(source.tree) if FAKERY.match(name))
    for node in ast.walk(source.tree):
        match node:
            case ast.arg(arg=name) | ast.Attribute(attr=name) if name in FAKERS:
                yield source.at(node, name)


def sleeps(source: Source) -> Iterator[str]:
    """Any waiting by the clock; `asyncio.sleep(0)`, which only lets others go first, is none."""
    yield from (source.at(node, name) for node, name in imported(source.tree) if name in SLEEPS)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and dotted(node.func) in SLEEPS and not yields_only(node):
            yield source.at(node, dotted(node.func))


def yields_only(call: ast.Call) -> bool:
    zero = [argument for argument in call.args if isinstance(argument, ast.Constant) and argument.value == 0]
    return dotted(call.func) == "asyncio.sleep" and len(zero) == 1
