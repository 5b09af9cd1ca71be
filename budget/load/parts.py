"""How another package reads its part of a budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from budget.models import DepartmentBudget
from budget.registry import Registry

PartLoader = Callable[[DepartmentBudget], object]
Part = TypeVar("Part", bound=PartLoader)

LOADERS: Registry[PartLoader] = Registry("预算附加部分")


def loads(name: str) -> Callable[[Part], Part]:
    """Declare a function that reads another package's part of a budget."""

    def declare(loader: Part) -> Part:
        LOADERS.add(name, loader)
        return loader

    return declare
