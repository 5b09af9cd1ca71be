"""The rows of a sheet as they stand while changes are settled, each seeing those before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from budget.money import ZERO, MoneyUnit, total
from budget.sheets.changes import Malformed
from budget.sheets.part import Part
from budget.sheets.spec import Column, Fault, Row, SheetSpec, Values
from budget.sheets.wholeness import MISSING
from budget.spellings import Unreadable


class Standing:
    """A sheet's stored rows by key, and what may stand in them.

    ``put`` and ``drop`` count rows in and out, so that what must stand once is known without
    looking at every row again.
    """

    def __init__(self, spec: SheetSpec, part: Part, unit: MoneyUnit) -> None:
        self.spec, self.part, self.unit = spec, part, unit
        self.rows: dict[str, Row] = {}
        self._taken: list[dict[tuple[Any, ...], str]] = [{} for _ in spec.once]
        for row in spec.store.read(part):
            self.put(row)

    def put(self, row: Row) -> None:
        """Count a row in: it stands in the sheet from now on."""
        self.rows[row.key] = row
        for (columns, _), taken in zip(self.spec.once, self._taken, strict=True):
            taken[tuple(row.values[name] for name in columns)] = row.key

    def drop(self, row: Row) -> None:
        """Count a row out."""
        del self.rows[row.key]
        for (columns, _), taken in zip(self.spec.once, self._taken, strict=True):
            taken.pop(tuple(row.values[name] for name in columns), None)

    def column(self, name: str) -> Column:
        """Return a column that people fill in. Raises Malformed."""
        if name not in self.spec.by_key or self.spec.by_key[name].locked:
            raise Malformed(f"“{self.spec.title}”没有可以填写的栏目 {name}")
        return self.spec.by_key[name]

    def value(self, column: Column, text: str, values: Values) -> Any:
        """Return what a text makes of a cell in a stored row. Raises Unreadable."""
        value = column.kind.read(text, self.part, self.unit)
        if value is None and column.fill is not None:
            value = column.fill({**values, column.key: None})
        if value is None and column.required:
            raise Unreadable(f"{MISSING}{column.title}；不要这一行时请删除整行")
        return value

    def shown(self, column: Column, value: Any) -> str:
        """Return a value's text in the asker's unit."""
        return column.kind.show(value, self.part, self.unit)

    def saw(self, column: Column, was: str, stored: Any) -> bool:
        """True where a text shows what is stored."""
        try:
            return bool(column.kind.read(was, self.part, self.unit) == stored)
        except Unreadable:
            return False

    def fault(self, values: Values, key: str | None) -> Fault | None:
        """Return the first thing that is wrong with a row, by itself or beside the others."""
        for check in self.spec.checks:
            fault = check(values, self.part)
            if fault is not None:
                return fault
        for (columns, message), taken in zip(self.spec.once, self._taken, strict=True):
            if taken.get(tuple(values[name] for name in columns), key) != key:
                return Fault(columns[0], message)
        return None

    def totals(self) -> dict[str, str]:
        """Return the sheet's totals by column, in the asker's unit."""
        return totals_of(
            self.spec, [row.values for row in self.rows.values()], self.part, self.unit
        )


def totals_of(
    spec: SheetSpec, rows: Iterable[Values], part: Part, unit: MoneyUnit
) -> dict[str, str]:
    """Return the totals of rows by column, as they are shown in a unit."""
    everything = list(rows)
    return {
        column.key: column.kind.show(
            total(values[column.key] or ZERO for values in everything), part, unit
        )
        for column in spec.columns
        if column.summed
    }
