"""A table of one line, for the whole document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from budget.document import Footing, RowKind
from budget.ledger import Where
from budget.tables.spec import RowPlan, Setting, asked

LINE = "document"


@dataclass(frozen=True)
class OneLine:
    """One row of amounts, each the answer to its column's question within ``question``."""

    has_total: ClassVar[bool] = False

    question: Where

    def plans(self, setting: Setting) -> Iterator[RowPlan]:
        """Yield the row."""
        values = {
            column.key: asked(setting, self.question, column.where) for column in setting.spec.money
        }
        yield RowPlan(LINE, RowKind.ENTRY, values)

    def footings(self, setting: Setting, plans: tuple[RowPlan, ...]) -> Iterable[Footing]:
        """Nothing adds up down a single row."""
        return ()
