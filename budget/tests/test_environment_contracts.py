"""The import contracts in pyproject.toml cover all modules that exist."""

import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import grimp
import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
CORE = {"money", "codes", "terms", "numerals", "registry"}
PUBLIC = {"portal", "api"}

# From the layer of this module on, nothing may know Django, files or renderers.
PURE_FROM = {"budget": "documentation", "performance": "rules"}

Contract = dict[str, Any]


@cache
def contracts() -> dict[str, Contract]:
    """Return the contracts by their ids."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in project["tool"]["importlinter"]["contracts"]}


def layers(package: str) -> list[str]:
    """Return a package's layers, from the top."""
    return list(contracts()["layers" if package == "budget" else "performance-layers"]["layers"])


def names(layer: str) -> set[str]:
    """Return the modules of one layer."""
    return {name.strip(" ()") for name in layer.replace(":", "|").split("|")}


def exists(package: str, name: str) -> bool:
    """Return whether a module is written."""
    folder = ROOT / package
    return (folder / f"{name}.py").is_file() or (folder / name / "__init__.py").is_file()


@pytest.mark.parametrize("package", ["budget", "performance"])
def test_every_pure_module_that_exists_is_held_pure(package: str) -> None:
    ordered = layers(package)
    first = next(at for at, layer in enumerate(ordered) if PURE_FROM[package] in names(layer))
    below = ordered[first:]
    expected = {
        f"{package}.{name}" for layer in below for name in names(layer) if exists(package, name)
    }
    held = set(contracts()["pure"]["source_modules"]) - {"budget.config.packages"}
    assert {name for name in held if name.startswith(f"{package}.")} == expected


def test_every_public_module_that_exists_reads_releases_only() -> None:
    expected = {f"budget.{name}" for name in PUBLIC if exists("budget", name)}
    assert set(contracts()["releases-only"]["source_modules"]) == expected


def test_the_lowest_modules_import_the_standard_library_only() -> None:
    graph = grimp.build_graph("budget", include_external_packages=True)
    assert names(layers("budget")[-1]) == CORE
    for name in sorted(CORE):
        outside = graph.find_modules_directly_imported_by(f"budget.{name}")
        foreign = {module.partition(".")[0] for module in outside} - {"budget"}
        assert foreign <= sys.stdlib_module_names, name
