"""Sheets as JSON, from the process that reads them to the one that asked: plain data alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budget.imports.xlsx.formats import Shown
from budget.imports.xlsx.sheets import Merge, Sheet, Value


@dataclass(frozen=True, slots=True)
class Cells:
    """All sheets of a workbook, and from which year its days are counted."""

    sheets: tuple[Sheet, ...]
    counts_from_1904: bool = False


def as_json(cells: Cells) -> dict[str, Any]:
    """Return sheets as JSON."""
    return {
        "from_1904": cells.counts_from_1904,
        "sheets": [
            {
                "name": sheet.name,
                "rows": [
                    [number, [[column, *_told(value)] for column, value in row.items()]]
                    for number, row in sheet.rows.items()
                ],
                "merges": [[each.top, each.left, each.bottom, each.right] for each in sheet.merges],
            }
            for sheet in cells.sheets
        ],
    }


def from_json(told: dict[str, Any]) -> Cells:
    """Return sheets from JSON."""
    return Cells(tuple(map(_sheet, told["sheets"])), told["from_1904"])


def _told(value: Value) -> list[Any]:
    """Return a cell; most are texts, of which nothing else is to be told."""
    shown = value.shown
    rest = [
        None if value.number is None else str(value.number),
        shown.places,
        shown.is_other,
        shown.is_date,
        value.is_truth,
        value.fault,
    ]
    return [value.text] if rest == [None, None, False, False, False, ""] else [value.text, *rest]


def _sheet(told: dict[str, Any]) -> Sheet:
    rows = {
        number: {column: _value(value) for column, *value in row} for number, row in told["rows"]
    }
    return Sheet(told["name"], rows, tuple(Merge(*each) for each in told["merges"]))


def _value(told: Sequence[Any]) -> Value:
    if len(told) == 1:
        return Value(told[0])
    text, number, places, is_other, is_date, is_truth, fault = told
    shown = Shown(places, is_other, is_date)
    return Value(text, None if number is None else Decimal(number), shown, is_truth, fault)
