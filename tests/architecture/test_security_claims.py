"""Every claim of the threat model names a test, and every test that it names exists."""

import re

from tests.architecture.sources import ROOT

NAMED = re.compile(r"`(test_\w+)`")
DEFINED = re.compile(r"^(?:async )?def (test_\w+)\(", re.MULTILINE)


def claimed():
    return set(NAMED.findall((ROOT / "docs" / "security.md").read_text(encoding="utf-8")))


def existing():
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for file in files for name in DEFINED.findall(file.read_text(encoding="utf-8"))}


def test_every_test_that_the_threat_model_names_exists():
    assert claimed() - existing() == set()


def test_it_names_one_for_each_kind_of_claim():
    assert len(claimed()) > 40
