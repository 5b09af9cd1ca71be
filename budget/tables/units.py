"""Rows of budget units under one 合计."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from budget.document import Footing, RowKind
from budget.ledger import Where
from budget.tables.spec import RowPlan, Setting, Value, asked, asked_by

TOTAL = "total"


@dataclass(frozen=True)
class PerUnit:
    """One row per unit that has a budget, money or not; ``name`` is the column of names."""

    has_total: ClassVar[bool] = True

    name: str
    question: Where

    def plans(self, setting: Setting) -> Iterator[RowPlan]:
        """Yield 合计 and a row per unit in official order."""
        total: dict[str, Value] = {
            column.key: asked(setting, self.question, column.where) for column in setting.spec.money
        }
        yield RowPlan(TOTAL, RowKind.TOTAL, {self.name: "合计", **total})
        money = asked_by(setting, "unit", self.question)
        for unit in setting.book.budget_units:
            yield RowPlan(unit.code, RowKind.ENTRY, {self.name: unit.name, **money(unit.code)})

    def footings(self, setting: Setting, plans: tuple[RowPlan, ...]) -> Iterator[Footing]:
        """The 合计 is the sum of the units."""
        for column in setting.spec.money:
            items = tuple(f"{plan.key}/{column.key}" for plan in plans if plan.key != TOTAL)
            yield Footing(f"{TOTAL}/{column.key}", items)
