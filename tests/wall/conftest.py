"""Worlds for the wall: the example with rooms of one company's own and an observer, whole and with less."""

import shutil
from contextlib import contextmanager

import pytest
import yaml
from hypothesis import HealthCheck, settings
from sqlalchemy import make_url

from storage import migrate
from tests import pairs
from tests.wall.cast import OBSERVER, PEOPLE
from tests.world import World, example, fill

HUNT = "hunt"
settings.register_profile(HUNT, deadline=None, max_examples=1000, suppress_health_check=list(HealthCheck))
ROOMS = (("ORG-HAL", "sponsor_internal", "P-NOR"), ("ORG-NOR", "cro_internal", "P-NOR"))
# Which records of the example a world leaves out: all that is hidden from that company's people.
HIDDEN = {"": (), "Northmere": ("QUI-", "HAL-"), "Quillon": ("NOR-", "HAL-"), "Halcyra": ("HAL-RST",)}
NOTES = {"": (), "Northmere": ("sponsor",), "Quillon": ("sponsor",), "Halcyra": ("cro",)}


def world_file(swapped: bool, group: str = "") -> str:
    """The example, without what is hidden from everybody of that company who is not named."""
    told = yaml.safe_load(example(swapped))
    for section in ("issues", "commitments", "committees", "meetings", "decisions"):
        told[section] = [one for one in told[section] if not one["id"].startswith(HIDDEN[group] or "?")]
    for one in told["issues"]:
        for side in NOTES[group]:
            (one.get("internal_notes") or {}).pop(side, None)
    for number, (company, visibility, partnership) in enumerate(ROOMS, start=5):
        told["rooms"].append(_room(told, number, company, visibility, partnership))
    next(one for one in told["people"] if one["id"] == PEOPLE[OBSERVER].id)["role"] = "observer"
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True)


def _room(told, number, company, visibility, partnership):
    platform = next(one for one in told["rooms"] if one["organisation"] == company)["platform"]
    name = f"C0OWN{number}" if platform == "slack" else f"19:own{number}@thread.tacv2"
    room = {
        "id": f"ROOM-{number}",
        "partnership": partnership,
        "visibility": visibility,
        "name": f"own-{number}",
    }
    return room | {"organisation": company, "platform": platform, "conversation": name}


@pytest.fixture(scope="session")
def wall_worlds(tmp_path_factory, request):
    """Makes filled databases: for a database, a way round and a group the URL of a new copy."""
    folder, templates = tmp_path_factory.mktemp("wall"), {}

    def template(kind, way, group):
        if kind == "postgres":
            url = request.getfixturevalue("cluster").fresh()
        else:
            url = f"sqlite:///{folder}/{way}-{group}.db"
            migrate.upgrade(url)
        fill(url, world_file(way == "changed over", group))
        return make_url(url).database

    def fresh(kind, way, group=""):
        key = (kind, way, group)
        if key not in templates:
            templates[key] = template(*key)
        if kind == "postgres":
            return request.getfixturevalue("cluster").fresh(templates[key])
        fresh.count += 1
        copy = folder / f"copy-{fresh.count}.db"
        shutil.copy(templates[key], copy)
        return f"sqlite:///{copy}"

    fresh.count = 0
    return fresh


def pytest_generate_tests(metafunc):
    """Both databases for what must hold everywhere, else one of them."""
    if "setting" in metafunc.fixturenames:
        metafunc.parametrize("setting", pairs.of(metafunc.definition))


@pytest.fixture
def opens(wall_worlds, setting):
    """Opens a world on a copy of its own: whole, or as it is for one company's people."""
    standing = []

    def opened(group="", made=World, **more):
        standing.append(made(wall_worlds(*setting, group), **more))
        return standing[-1]

    yield opened
    for one in standing:
        one.close()


@pytest.fixture
def opening(request, wall_worlds, setting):
    """As `opens`, for worlds that are gone before the test is over: a context manager."""

    @contextmanager
    def opened(group="", made=World, **more):
        url = wall_worlds(*setting, group)
        world = made(url, **more)
        try:
            yield world
        finally:
            world.close()
            if setting[0] == "postgres":
                request.getfixturevalue("cluster").drop(url)

    return opened


@pytest.fixture
def world(opens):
    return opens()
