"""The locks name every package once, with hashes, and nothing of a machine or a registry."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Path = settings.BASE_DIR
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
PINNED = re.compile(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^ ]+)(?: ; .+)? \\$", re.MULTILINE)


def text(lock: str) -> str:
    """Return a lock file's text."""
    return (ROOT / lock).read_text(encoding="utf-8")


def pins(lock: str) -> dict[str, str]:
    """Return the version of each package in a lock file."""
    return dict(PINNED.findall(text(lock)))


def wanted() -> dict[str, list[Requirement]]:
    """Return what pyproject.toml asks for, by the lock that must answer it."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = project["project"]["dependencies"]
    groups = project["dependency-groups"]
    asked = (runtime, [*runtime, *groups["dev"]], groups["bench"])
    return {lock: list(map(Requirement, some)) for lock, some in zip(LOCKS, asked, strict=True)}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_hashes(lock: str) -> None:
    blocks = re.split(r"^(?=[a-z])", text(lock), flags=re.MULTILINE)
    packages = [block for block in blocks if block.strip()]
    assert len(packages) == len(pins(lock))
    assert all("--hash=sha256:" in block for block in packages)


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_and_no_path_stands_in_a_lock(lock: str) -> None:
    assert not re.search(r"https?:|file:|://|index-url|find-links|(?<![a-z.])/[a-z]", text(lock))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_answers_all_that_is_asked(lock: str) -> None:
    pinned = pins(lock)
    for requirement in wanted()[lock]:
        assert pinned[canonicalize_name(requirement.name)] in requirement.specifier


def test_development_runs_on_the_versions_of_the_site() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()
