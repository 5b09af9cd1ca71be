"""Ordered registries of declarations, and their discovery.

A measure, table, paragraph, chart or export format is declared once, in a file of its own, and
registers itself when that file is imported. ``discover`` imports those files in a fixed order, so
that what is registered, and in which order, depends on nothing but the list of packages.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterable, Iterator
from operator import attrgetter
from types import ModuleType
from typing import Generic, TypeVar

Item = TypeVar("Item")

DECLARING = ("measures", "tables", "narrative", "charts", "editions", "rules", "render")
"""The modules or subpackages of a package that hold declarations, in the order of discovery."""


class DuplicateCode(ValueError):
    """Two declarations use one code."""


class UnknownDeclaration(LookupError):
    """Nothing is registered under a code. The message lists what is."""


class Registry(Generic[Item]):
    """Declarations of one kind, by code, in the order in which they were made."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._items: dict[str, Item] = {}

    def add(self, code: str, item: Item) -> Item:
        """Register a declaration and return it. Raises DuplicateCode."""
        if code in self._items:
            raise DuplicateCode(f"{self.kind} {code!r} 已经登记过")
        self._items[code] = item
        return item

    def __getitem__(self, code: str) -> Item:
        if code not in self._items:
            known = "、".join(self._items) or "（无）"
            raise UnknownDeclaration(f"没有名为 {code!r} 的{self.kind}；现有：{known}")
        return self._items[code]

    def __contains__(self, code: str) -> bool:
        return code in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def values(self) -> Iterable[Item]:
        """Return all declarations in order."""
        return self._items.values()

    def items(self) -> Iterable[tuple[str, Item]]:
        """Return (code, declaration) pairs in order."""
        return self._items.items()


def discover(packages: Iterable[str], wanted: Iterable[str] = DECLARING) -> None:
    """Import every declaring module of the packages, in order.

    Kind by kind, package by package, file by file in the order of their names, so that all
    measures are there before any table. Importing twice changes nothing.
    """
    names = tuple(packages)
    for kind in wanted:
        for package in names:
            _import_all(f"{package}.{kind}")


def _import_all(name: str) -> None:
    package = _imported(name)
    if package is None or not hasattr(package, "__path__"):
        return
    for found in sorted(pkgutil.iter_modules(package.__path__), key=attrgetter("name")):
        importlib.import_module(f"{name}.{found.name}")


def _imported(name: str) -> ModuleType | None:
    """Import a module; None where a package declares nothing of that kind."""
    if importlib.util.find_spec(name) is None:
        return None
    return importlib.import_module(name)
