"""Every file keeps the shape of the house; and each rule is shown to catch what it is for."""

import pytest

from tests.architecture import shape
from tests.architecture.sources import Source, expect_none, python

LONG = "def long():\n" + "    pass\n" * 40


def planted(text: str, path: str = "bot/planted.py") -> Source:
    return Source(path, text)


def test_no_function_is_longer_than_forty_lines() -> None:
    expect_none(shape.long_functions, python())
    assert list(shape.long_functions(planted(LONG))) == ["bot/planted.py:1 long has 41 lines"]
    assert list(shape.long_functions(planted(f"async {LONG}"))) == ["bot/planted.py:1 long has 41 lines"]


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    expect_none(shape.long_file, python())
    assert list(shape.long_file(planted("pass\n" * 300))) == []
    assert list(shape.long_file(planted("pass\n" * 301))) == ["bot/planted.py has 301 lines"]


def test_no_name_is_empty_of_meaning() -> None:
    expect_none(shape.empty_names, python())


@pytest.mark.parametrize(
    "source",
    [
        planted("", "bot/utils.py"),
        planted("", "adapters/common/words.py"),
        planted("def handle_issue(): ..."),
        planted("class A:\n    async def _process_it(self): ..."),
    ],
)
def test_an_empty_name_is_found(source: Source) -> None:
    assert len(list(shape.empty_names(source))) == 1


def test_every_module_opens_with_a_sentence() -> None:
    expect_none(shape.missing_sentence, python())
    assert list(shape.missing_sentence(planted("# a comment is no docstring\nx = 1\n"))) != []


def test_every_import_is_absolute_and_at_the_top() -> None:
    expect_none(shape.imports_elsewhere, python())
    assert list(shape.imports_elsewhere(planted("def f():\n    import json\n"))) != []
    assert list(shape.imports_elsewhere(planted("from . import desk\n"))) != []


def test_every_exception_from_a_linter_names_its_code_and_its_reason() -> None:
    expect_none(shape.unreasoned_exceptions, python())


BARE = [
    "noqa",
    "noqa: S101",
    "noqa: S101 because",
    "type: ignore",
    "type: ignore[misc]",
    "type: ignore  # it ships no types",
]


@pytest.mark.parametrize("comment", BARE)
def test_an_exception_without_code_or_reason_is_found(comment: str) -> None:
    assert len(list(shape.unreasoned_exceptions(planted(f"x = 1  # {comment}\n")))) == 1


REASONED = [
    "noqa: S101 people always have a side",
    "noqa: S603 - our own words only",
    "noqa: S101, DTZ001  # it wants them naive",
    "type: ignore[misc]  # the SDK ships no types",
    "type: ignore[misc, no-untyped-call]  # the SDK ships no types",
]


@pytest.mark.parametrize("comment", REASONED)
def test_an_exception_with_code_and_reason_stands(comment: str) -> None:
    assert list(shape.unreasoned_exceptions(planted(f"x = 1  # {comment}\n"))) == []
