"""Rows of budget units under one 合计."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from budget.document import RowKind
from budget.ledger import Where, where
from budget.tables.spec import Footing, RowPlan, Setting, Value, asked

TOTAL = "total"


@dataclass(frozen=True)
class PerUnit:
    """One row per unit that has a budget, money or not; ``name`` is the column of names."""

    name: str
    question: Where

    def plans(self, setting: Setting) -> Iterator[RowPlan]:
        """Yield 合计 and a row per unit in official order."""
        yield RowPlan(TOTAL, RowKind.TOTAL, self._values(setting, "合计", self.question))
        for unit in setting.book.budget_units:
            values = self._values(setting, unit.name, self.question, where(unit=unit.code))
            yield RowPlan(unit.code, RowKind.ENTRY, values)

    def footings(self, setting: Setting, plans: tuple[RowPlan, ...]) -> Iterator[Footing]:
        """The 合计 is the sum of the units."""
        for column in setting.spec.money:
            items = tuple(f"{plan.key}/{column.key}" for plan in plans if plan.key != TOTAL)
            yield Footing(f"{TOTAL}/{column.key}", items)

    def _values(self, setting: Setting, name: str, *questions: Where) -> dict[str, Value]:
        values: dict[str, Value] = {self.name: name}
        for column in setting.spec.money:
            values[column.key] = asked(setting, *questions, column.where)
        return values
