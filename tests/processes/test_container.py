"""The image and its composition: read as a container engine would, and lived through in a clean folder."""

import os
import re
import subprocess

import httpx
import pytest
import yaml
from sqlalchemy import make_url

from adapters.settings import Settings
from playground.server import listen
from tests.processes import recipe
from tests.processes.running import PATIENCE, ROOT, Running, environment

ENV = {
    "PARLEY_OWNER_PASSWORD": "an-owner-password",
    "PARLEY_DATABASE_PASSWORD": "an-app-password",
    "PARLEY_SECRET_KEY": "a key",
    "SLACK_SIGNING_SECRET": "a signing secret",
}
SECRET = re.compile("SECRET|PASSWORD|TOKEN|KEY|URL")
BOTS = ("bot-1", "bot-2")
# The image says it, or it is nobody's business but the owner's or a developer's.
NOT_PASSED = {"DATABASE_OWNER_URL", "DATABASE_ROLE", "PARLEY_HOST", "PARLEY_PORT", "PARLEY_LOG"}
NOT_PASSED |= {"PARLEY_DANGEROUSLY_ALLOW_ANONYMOUS_TEAMS"}


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    return recipe.build(ROOT, tmp_path_factory.mktemp("image"))


def raw():
    return yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]


def test_the_image_is_slim_runs_as_nobody_and_looks_after_its_health(image):
    steps = dict(recipe.instructions((ROOT / "Dockerfile").read_text()))
    assert re.fullmatch(r"python:3\.1[1-4]-slim", steps["FROM"])
    assert image.user == "parley"
    assert (image.entrypoint, image.command) == (["python", "parley.py"], ["serve"])
    assert "/readyz" in image.health[-1]


def test_the_image_holds_the_bot_and_nothing_else(image):
    there = {one.name for one in image.folder.iterdir()} - {"__pycache__"}
    rooms = {"adapters", "bot", "schedules", "storage"}
    assert there == rooms | {"parley.py", "pyproject.toml", "requirements.lock"}
    sources = {str(one.relative_to(ROOT)) for room in rooms for one in (ROOT / room).rglob("*.py")}
    assert sources <= set(recipe.listing(image.folder))


@pytest.mark.parametrize(
    "name", [".env", "parley.db", ".git/config", "tests/world.py", "bot/__pycache__/a.pyc"]
)
def test_what_is_no_part_of_the_bot_never_enters_the_image(name):
    assert recipe.ignored(ROOT, recipe.Path(name))


def test_no_service_may_do_more_than_it_must():
    for name, service in raw().items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "/tmp" in service["tmpfs"], name  # noqa: S108 - a path inside the container
        assert "privileged" not in service, name


def test_no_secret_stands_in_the_file_and_missing_ones_are_asked_for():
    for service in raw().values():
        for key, value in service["environment"].items():
            if SECRET.search(key):
                bare = re.sub(r"^postgresql://\w+:(.*)@database/parley$", r"\1", str(value))
                assert re.fullmatch(r"\$\{\w+:[-?][^}]*\}", bare), key
    for name in list(ENV)[:3]:
        with pytest.raises(KeyError):
            recipe.services({key: value for key, value in ENV.items() if key != name})


def test_two_bots_wait_for_the_migration_and_can_be_told_every_setting():
    found = recipe.services(ENV)
    settings = {name.upper() for name in Settings.model_fields} - NOT_PASSED
    for name in BOTS:
        bot = found[name]
        assert bot["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert bot["depends_on"]["database"] == {"condition": "service_healthy"}
        assert set(bot["environment"]) == settings
        assert ENV["PARLEY_OWNER_PASSWORD"] not in str(bot)
        assert all(port.startswith("127.0.0.1:") and port.endswith(":3978") for port in bot["ports"])
    assert found["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "healthcheck" in found["database"]


class Composed:
    """The database as its image would make it, and each service's own environment for it."""

    def __init__(self, cluster, image, name):
        self.cluster, self.image, self.name = cluster, image, name
        self.services = recipe.services(ENV)
        told = self.services["database"]["environment"]
        cluster.run(f"CREATE ROLE {told['POSTGRES_USER']} SUPERUSER LOGIN")
        cluster.run(f"CREATE DATABASE {name} OWNER {told['POSTGRES_USER']}")
        self.socket = make_url(cluster.url(name, "postgres")).query["host"]
        tools = f"{cluster.server.bin_path}:{os.environ['PATH']}"
        around = environment(told | {"PATH": tools, "PGHOST": self.socket, "POSTGRES_DB": name})
        subprocess.run(
            ["sh", ROOT / "deploy" / "roles.sh"], env=around, check=True, stdout=subprocess.DEVNULL
        )

    def settings(self, service: str, **more: str) -> dict[str, str]:
        """What the service is told, at this machine's addresses; nothing of the tests' own packages."""
        told = {key: self.here(value) for key, value in self.services[service]["environment"].items()}
        home = {"HOME": "/nonexistent", "PYTHONPATH": str(self.image.packages)}
        return environment(self.image.environment | told | home | more)

    def here(self, value: str) -> str:
        if not value.startswith("postgresql://"):
            return value
        url = make_url(value)
        assert (url.host, url.database) == ("database", "parley")
        found = url.set(host=None, database=self.name, query={"host": self.socket})
        return found.render_as_string(hide_password=False)

    def words(self, service: str) -> list[str]:
        return self.image.python([*self.image.entrypoint, *self.services[service]["command"]])


@pytest.fixture(scope="module")
def composed(cluster, image):
    """The clean folder, read-only from here on, with a migrated database beside it."""
    made = Composed(cluster, image, "composed")
    recipe.lock(image.folder)
    done = subprocess.run(
        made.words("migrate"),
        cwd=image.folder,
        env=made.settings("migrate"),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, ""), done
    return made


@pytest.mark.slow
@pytest.mark.postgres
async def test_the_composition_migrates_as_the_owner_and_serves_as_a_role_that_owns_nothing(composed, image):
    with listen() as bound, listen() as measured:
        port, metrics = (str(one.getsockname()[1]) for one in (bound, measured))
    before = recipe.listing(image.folder)
    here = {"PARLEY_HOST": "127.0.0.1", "PARLEY_PORT": port, "PARLEY_METRICS_PORT": metrics}
    settings = composed.settings("bot-1", **here, PARLEY_METRICS_HOST="127.0.0.1")
    serving = await Running.begin(composed.words("bot-1"), image.folder, settings)
    await serving.says("listening on")
    health = [word.replace("3978", port) for word in image.python(image.health)]
    assert subprocess.run(health, env=settings, cwd=image.folder, capture_output=True).returncode == 0
    async with httpx.AsyncClient(trust_env=False) as client:
        assert "parley_record_reachable 1.0" in (await client.get(f"http://127.0.0.1:{metrics}/metrics")).text
    assert await serving.stop() == 0
    assert subprocess.run(health, env=settings, cwd=image.folder, capture_output=True).returncode == 1
    assert recipe.listing(image.folder) == before
    owned = "SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = 'parley_bot'"
    assert composed.cluster.ask(owned, "composed") == 0


@pytest.mark.slow
@pytest.mark.postgres
def test_the_composition_refuses_to_serve_what_is_not_migrated(composed, image):
    composed.cluster.run("CREATE DATABASE unready OWNER parley_owner")
    settings = composed.settings("bot-1")
    unready = settings | {"DATABASE_URL": settings["DATABASE_URL"].replace("/composed", "/unready")}
    told = subprocess.run(
        composed.words("bot-1"), cwd=image.folder, env=unready, capture_output=True, text=True
    )
    assert (told.returncode, told.stdout) == (1, "")
    assert "run ./parley migrate" in told.stderr
