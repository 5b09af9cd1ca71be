"""What the tables of a workbook together say of names: categories, units, for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from budget.imports.workbook.heads import Located
from budget.imports.workbook.words import plain
from budget.terms import Scope

UNIT_CODE: Final = re.compile("[0-9]{6}")
CATEGORY_CODE: Final = re.compile("[0-9]{3}")


@dataclass
class Known:
    """Names gathered so far.

    ``categories`` maps the plain name of a 类 to its code, ``units`` a unit's plain name to its
    code; a unit whose code is printed nowhere gets one of its own that is no number. ``projects``
    does the same for projects that have a sheet of their own.
    """

    scope: Scope
    name: str
    year: int
    categories: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    projects: dict[str, str] = field(default_factory=dict)

    def unit(self, name: str) -> str:
        """Return the code of a unit, known or made up."""
        return self.units.setdefault(plain(name), f"unit-{len(self.units) + 1}")


def gather(known: Known, tables: Iterable[Located], categories: Mapping[str, str]) -> None:
    """Add what tables say; ``categories`` are the names of all 类 by code, from the lists."""
    known.categories.update((plain(name), code) for code, name in categories.items())
    for table in tables:
        keys = {column.key for column in table.form.leaves}
        if {"category", "function"} <= keys:
            _add(known.categories, table, "category", "function", CATEGORY_CODE)
        if {"unit", "name"} <= keys:
            _add_units(known, table)


def _add(
    names: dict[str, str], table: Located, code: str, name: str, spelled: re.Pattern[str]
) -> None:
    """Add the names of rows that bear a code of the spelling and no code below it."""
    below = [key for key in ("section", "item") if key in table.columns]
    for row in table.rows:
        found = plain(table.text(row, code))
        if spelled.fullmatch(found) and not any(table.text(row, key) for key in below):
            names[plain(table.text(row, name))] = found


def _add_units(known: Known, table: Located) -> None:
    """Add units: the first row of each code in such a table is the unit's own."""
    seen: set[str] = set()
    for row in table.rows:
        code = plain(table.text(row, "unit"))
        if UNIT_CODE.fullmatch(code) and code not in seen:
            seen.add(code)
            known.units.setdefault(plain(table.text(row, "name")), code)
