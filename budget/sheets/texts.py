"""Texts of cells made comparable: two spellings of one value are one text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from budget.money import MoneyUnit
from budget.sheets.kinds import EXACT
from budget.sheets.part import Part
from budget.sheets.spec import Column, SheetSpec, Values
from budget.spellings import Unreadable


@dataclass(frozen=True)
class Texts:
    """Reads texts of one part, typed in ``unit``; each spelling of a column once."""

    part: Part
    unit: MoneyUnit
    read: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)

    def exact(self, spec: SheetSpec, column: Column, text: str) -> str:
        """Return the one text of the value that is meant, amounts in 元; what is none as typed."""
        return self._read(spec, column, text)[0]

    def fault(self, spec: SheetSpec, column: Column, text: str) -> str:
        """Return why a text is no value, "" where it is one."""
        return self._read(spec, column, text)[1]

    def of_values(self, spec: SheetSpec, values: Values, unit: MoneyUnit) -> dict[str, str]:
        """Return the texts of a stored row."""
        return {
            column.key: column.kind.show(values[column.key], self.part, unit)
            for column in spec.columns
        }

    def of_pending(self, spec: SheetSpec, cells: Mapping[str, str]) -> dict[str, str]:
        """Return the texts of a pending row in the unit; they are kept in 元."""
        return {column.key: self._in_unit(column, cells) for column in spec.columns}

    def _read(self, spec: SheetSpec, column: Column, text: str) -> tuple[str, str]:
        asked = (spec.code, column.key, text)
        if asked not in self.read:
            self.read[asked] = self._value(column, text)
        return self.read[asked]

    def _value(self, column: Column, text: str) -> tuple[str, str]:
        try:
            value = column.kind.read(text, self.part, self.unit)
        except Unreadable as error:
            return text.strip(), str(error)
        return column.kind.show(value, self.part, EXACT), ""

    def _in_unit(self, column: Column, cells: Mapping[str, str]) -> str:
        text = cells.get(column.key, "")
        try:
            value = column.kind.read(text, self.part, EXACT)
        except Unreadable:
            return text
        return column.kind.show(value, self.part, self.unit)
