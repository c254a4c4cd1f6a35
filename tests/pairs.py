"""Which database with which way round of the platforms: a journey is held in both, anything else in one."""

from zlib import crc32

import pytest

SIDES = {"as given": False, "changed over": True}
PAIRS = (("sqlite", "as given"), ("postgres", "changed over"))
MARKS = {"postgres": (pytest.mark.postgres,), "sqlite": ()}


def of(test):
    """The settings of a test, as what its fixture `setting` is given; by turns where it is no journey."""
    chosen = PAIRS if test.get_closest_marker("journey") else (PAIRS[crc32(test.name.encode()) % 2],)
    return [pytest.param(one, id=", ".join(one), marks=MARKS[one[0]]) for one in chosen]
