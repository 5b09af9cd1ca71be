"""Whether the texts of a pending row make a whole row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from budget.sheets.kinds import EXACT
from budget.sheets.part import Part
from budget.sheets.spec import SheetSpec
from budget.spellings import Unreadable

MISSING = "请填写"


def whole(
    spec: SheetSpec, part: Part, cells: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of a row's cells, and by column what keeps it from being whole.

    The texts are as pending rows keep them, amounts in 元. A cell that was left blank is filled
    from the others where its column can tell.
    """
    values, faults = spec.blank(), {}
    for column in spec.columns:
        try:
            values[column.key] = column.kind.read(cells.get(column.key, ""), part, EXACT)
        except Unreadable as error:
            faults[column.key] = str(error)
    for column in spec.columns:
        if values[column.key] is None and column.key not in faults:
            values[column.key] = column.fill(values) if column.fill else None
            if column.required and values[column.key] is None:
                faults[column.key] = f"{MISSING}{column.title}"
    return values, faults


def faults_of(spec: SheetSpec, part: Part, cells: Mapping[str, str]) -> dict[str, str]:
    """Return by column what keeps a pending row from being whole."""
    values, faults = whole(spec, part, cells)
    for check in spec.checks if not faults else ():
        fault = check(values, part)
        if fault is not None:
            faults.setdefault(fault.field, fault.message)
    return faults
