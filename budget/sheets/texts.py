"""Texts of cells made comparable: two spellings of one value are one text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from budget.money import MoneyUnit
from budget.sheets.kinds import EXACT
from budget.sheets.part import Part
from budget.sheets.spec import Column, SheetSpec, Values
from budget.spellings import Unreadable


def exactly(column: Column, text: str, part: Part, unit: MoneyUnit) -> tuple[str, str]:
    """Return a typed text as it is kept, and why it is no value ("" where it is one).

    Values are kept in 元, other texts as they were typed.
    """
    try:
        value = column.kind.read(text, part, unit)
    except Unreadable as error:
        return _as_typed(column, text.strip(), part, unit), str(error)
    return column.kind.show(value, part, EXACT), ""


def _as_typed(column: Column, text: str, part: Part, unit: MoneyUnit) -> str:
    """Return a text that is no value, with its unit where 元 would make it another's value.

    Too large an amount of 万元 is none; read as 元 it would be one, ten thousand times smaller.
    """
    try:
        column.kind.read(text, part, EXACT)
    except Unreadable:
        return text
    return f"{text}{unit.label}"


def in_unit(
    column: Column, text: str, part: Part, unit: MoneyUnit, *, of: MoneyUnit = EXACT
) -> str:
    """Return a text as it is shown in a unit; one that is no value as it is."""
    try:
        value = column.kind.read(text, part, of)
    except Unreadable:
        return text
    return column.kind.show(value, part, unit)


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
        return {
            column.key: in_unit(column, cells.get(column.key, ""), self.part, self.unit)
            for column in spec.columns
        }

    def _read(self, spec: SheetSpec, column: Column, text: str) -> tuple[str, str]:
        asked = (spec.code, column.key, text)
        if asked not in self.read:
            self.read[asked] = exactly(column, text, self.part, self.unit)
        return self.read[asked]
