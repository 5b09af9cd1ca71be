"""Debian's packages: installed as root, otherwise only fetched and unpacked into a folder.

Everything is quiet; a command that fails raises NotHad with the last line that it said.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

Ask = Callable[[tuple[str, ...]], str]

APT = ("apt-get", "-q", "-o", "APT::Sandbox::User=root")


class NotHad(Exception):
    """Something could not be fetched, installed or unpacked on this machine."""


def is_root() -> bool:
    """Return whether this process may install packages."""
    return os.geteuid() == 0


def run(command: Sequence[str], cwd: Path | None = None) -> str:
    """Return what a command printed. Raises NotHad when it is not there or fails."""
    environment = {**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}
    if shutil.which(command[0]) is None:
        raise NotHad(f"{command[0]} is not on this machine")
    done = subprocess.run(
        command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()
        raise NotHad(f"{' '.join(command[:1])} failed: {said[-1]}")
    return done.stdout


def install(packages: Sequence[str]) -> None:
    """Install packages as root; refresh the package lists first where they are too old for it.

    Raises NotHad.
    """
    command = (*APT, "install", "-y", "--no-install-recommends", *packages)
    try:
        run(command)
    except NotHad:
        run((*APT, "update"))
        run(command)


def fetch(packages: Sequence[str], cache: Path) -> list[Path]:
    """Return the .deb files of packages, fetched into `cache` or found there; needs no root.

    Raises NotHad.
    """
    return [fetch_one(package, cache) for package in packages]


def fetch_one(package: str, cache: Path) -> Path:
    """Return one package's .deb file; an apt-get that is cut short leaves no file of that name."""
    cache.mkdir(parents=True, exist_ok=True)
    if found := deb(package, cache):
        return found
    with_lists(lambda apt: run((*apt, "download", package), cwd=cache), cache)
    if found := deb(package, cache):
        return found
    raise NotHad(f"apt-get download left no file for {package}")


def deb(package: str, cache: Path) -> Path | None:
    """Return the newest file of a package in `cache`, None where there is none."""
    return max(cache.glob(f"{package}_*.deb"), default=None, key=lambda file: file.stat().st_mtime)


def missing(packages: Sequence[str], cache: Path) -> list[str]:
    """Return what would have to be installed so that `packages` work here, dependencies included.

    Needs no root. Raises NotHad.
    """
    command = ("install", "--simulate", "--no-install-recommends", *packages)
    said = with_lists(lambda apt: run((*apt, *command)), cache)
    return re.findall(r"^Inst (\S+) ", said, re.MULTILINE)


def with_lists(ask: Ask, cache: Path) -> str:
    """Ask apt-get with the machine's package lists, and where those do not serve with our own."""
    try:
        return ask(APT)
    except NotHad:
        lists, archives = cache / "lists", cache / "archives"
        (lists / "partial").mkdir(parents=True, exist_ok=True)
        (archives / "partial").mkdir(parents=True, exist_ok=True)
        own = (f"Dir::State::Lists={lists.resolve()}", f"Dir::Cache={cache.resolve()}")
        unlocked = (*APT, "-o", own[0], "-o", own[1], "-o", "Debug::NoLocking=true")
        run((*unlocked, "update"))
        return ask(unlocked)


def unpack(file: Path, into: Path) -> None:
    """Unpack a .deb file's content into a folder; no maintainer script runs. Raises NotHad."""
    into.mkdir(parents=True, exist_ok=True)
    run(("dpkg-deb", "--extract", str(file.resolve()), str(into)))
