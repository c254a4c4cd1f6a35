"""Dockerfile and compose.yaml as they would be obeyed, for a machine without a container engine."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path

import yaml
from packaging.requirements import Requirement

from tests.processes.running import ROOT

INSTALL = "pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock"
COMPILE = "python -m compileall -q ."
ASKED = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


@dataclass
class Image:
    """A folder that holds what the image would, and how it is started."""

    folder: Path
    packages: Path
    environment: dict[str, str] = field(default_factory=dict)
    user: str = "root"
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def python(self, words: list[str]) -> list[str]:
        """This Python with nothing but the locked packages; -S shuts out all that is installed besides."""
        assert words[0] == "python"
        return [sys.executable, "-S", *words[1:]]


def instructions(text: str) -> list[tuple[str, str]]:
    """Every instruction with its words, comments and line breaks aside."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ").splitlines()
    return [tuple(line.split(None, 1)) for line in joined]


def build(root: Path, clean: Path) -> Image:
    """Obey the Dockerfile step by step; a step that this does not know is an error."""
    image = Image(clean / "app", clean / "packages")
    image.folder.mkdir(parents=True)
    for name, words in instructions((root / "Dockerfile").read_text()):
        match name:
            case "FROM" | "WORKDIR" | "EXPOSE":
                continue
            case "COPY":
                copy(root, image.folder, words.split())
            case "RUN":
                obey(image, words)
            case "ENV":
                image.environment |= dict(word.split("=", 1) for word in shlex.split(words))
            case "USER":
                image.user = words
            case "ENTRYPOINT":
                image.entrypoint = json.loads(words)
            case "CMD":
                image.command = json.loads(words)
            case "HEALTHCHECK":
                image.health = json.loads(words.partition("CMD ")[2])
            case _:
                raise AssertionError(f"{name} {words}")
    return image


def obey(image: Image, words: str) -> None:
    """The few commands the image is made with."""
    if words == INSTALL:
        install(image)
    elif words == COMPILE:
        run = [sys.executable, *words.split()[1:]]
        assert subprocess.run(run, cwd=image.folder).returncode == 0
    else:
        assert words.startswith("useradd --system "), words


def install(image: Image) -> None:
    """What pip would install stands in a folder of its own: every locked version, and nothing else."""
    image.packages.mkdir()
    for line in (image.folder / "requirements.lock").read_text().splitlines():
        if not line or line[0].isspace() or line[0] == "#":
            continue
        wanted = Requirement(line.rstrip("\\ "))
        if wanted.marker is None or wanted.marker.evaluate():
            link(image.packages, metadata.distribution(wanted.name), wanted)


def link(packages: Path, found: metadata.Distribution, wanted: Requirement) -> None:
    assert found.version in wanted.specifier, (wanted.name, found.version)
    for name in {file.parts[0] for file in found.files or () if file.parts[0] not in ("..", "__pycache__")}:
        there = packages / name
        if not there.exists():
            there.symlink_to(found.locate_file(name))


def copy(root: Path, folder: Path, words: list[str]) -> None:
    """COPY of files and folders of the context, without what .dockerignore leaves out."""
    *sources, target = words
    for source in sources:
        for file in files(root / source):
            name = file.relative_to(root)
            if ignored(root, name):
                continue
            there = folder / (
                name if target in (".", "./") else Path(target, file.relative_to(root / source))
            )
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, there)


def files(source: Path) -> list[Path]:
    return sorted(one for one in source.rglob("*") if one.is_file()) if source.is_dir() else [source]


def ignored(root: Path, name: Path) -> bool:
    """As .dockerignore says: the last line that speaks of a file or of a folder it is in decides."""
    lines = (line.strip() for line in (root / ".dockerignore").read_text().splitlines())
    decided = False
    for line in lines:
        if line and not line.startswith("#") and speaks_of(line.removeprefix("!"), name):
            decided = not line.startswith("!")
    return decided


def speaks_of(pattern: str, name: Path) -> bool:
    anywhere = pattern.startswith("**/")
    whole = [name, *name.parents][:-1]
    tried = [Path(one.name) for one in whole] if anywhere else whole
    return any(fnmatch(str(one), pattern.removeprefix("**/")) for one in tried)


def services(given: dict[str, str]) -> dict[str, dict]:
    """compose.yaml with what .env would say filled in. KeyError where it demands what is not given."""
    return filled(yaml.safe_load((ROOT / "compose.yaml").read_text()), given)["services"]


def filled(part, given):
    match part:
        case dict():
            return {key: filled(value, given) for key, value in part.items()}
        case list():
            return [filled(value, given) for value in part]
        case str():
            return ASKED.sub(lambda asked: answered(asked, given), part)
    return part


def answered(asked: re.Match[str], given: dict[str, str]) -> str:
    name, how, otherwise = asked.groups()
    if how == "?" and not given.get(name):
        raise KeyError(name)
    return given.get(name) or (otherwise if how == "-" else "")


def listing(folder: Path) -> dict[str, int]:
    """Every file with the time of its last change."""
    return {str(one.relative_to(folder)): one.stat().st_mtime_ns for one in sorted(folder.rglob("*"))}


def lock(folder: Path) -> None:
    """Nobody may write there; an administrator still could, which is why the listing is compared as well."""
    for one in (folder, *folder.rglob("*")):
        os.chmod(one, one.stat().st_mode & ~0o222)
