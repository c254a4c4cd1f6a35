"""Nothing in the project tells on whose machine, or from which registry, it was made."""

import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import ROOT, files

# Written so that this file does not contain what it looks for.
TELLTALE = re.compile(
    r"(?<![\w.-])/(tmp/w|work|root|home|Users)/[\w.-]"
    r"|pypi[.](org|python)|pythonhosted[.]org|registry[.](npmjs|yarnpkg)|deb[.]debian[.]org"
)


def telltales(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        if TELLTALE.search(line):
            yield f"{name}:{number} {line.strip()[:100]}"


def test_no_file_names_a_machine_or_a_registry() -> None:
    texts = ((path, (ROOT / path).read_bytes().decode("utf-8", "ignore")) for path in files())
    assert [found for path, text in texts for found in telltales(path.as_posix(), text)] == []


@pytest.mark.parametrize(
    "place", ["/t" + "mp/w/ref", "/wo" + "rk/main", "in '/ro" + "ot/x'", "https://pypi" + ".org/simple"]
)
def test_a_machine_or_a_registry_is_found(place: str) -> None:
    assert list(telltales("planted", place)) != []


@pytest.mark.parametrize(
    "place", ["/srv", "docs/work/plan", "https://example.org/home/page", "/usr/share/fonts"]
)
def test_ordinary_paths_stand(place: str) -> None:
    assert list(telltales("planted", place)) == []
