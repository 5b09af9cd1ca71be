"""Where the rows of sheets are kept. Each store reads and writes many rows in few queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Model, Q, QuerySet

from budget.models import BudgetUnit, Project, SpendingLine
from budget.sheets.part import Part
from budget.sheets.spec import Row, SheetSpec, Values

MANY = 500


@dataclass(frozen=True)
class RowsOf:
    """Rows of one model: each row of the sheet is one of the part's rows in the database.

    ``fields`` are the columns, whose keys are the model's field names. ``fixed`` holds what every
    row of the sheet has and nobody types. Rows that are ``numbered`` get the next sequence.
    ``among`` narrows the rows that the sheet has; ``order`` is that of the page.
    """

    model: type[Model]
    fields: tuple[str, ...]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    among: Q = field(default_factory=Q)
    order: tuple[str, ...] = ("sequence",)
    numbered: bool = True
    grows: bool = True

    def rows(self, part: Part) -> QuerySet[Any]:
        """Return the stored rows of a part."""
        ours = self.model._default_manager.filter(self.among, **part.belonging, **self.fixed)
        return ours.order_by(*self.order, "pk")

    def has(self, values: Mapping[str, Any]) -> bool:
        """Return whether the sheet has a stored row of the model, given by its fields."""
        fixed = all(values[name] == value for name, value in self.fixed.items())
        return fixed and holds(self.among, values)

    def read(self, part: Part) -> list[Row]:
        """Return the rows in order, in one query (and one for projects or units they name)."""
        columns = [self._column(name) for name in self.fields]
        return [
            Row(str(pk), self._told(values, part))
            for pk, *values in self.rows(part).values_list("pk", *columns)
        ]

    def create(self, part: Part, rows: list[Values], keys: list[str | None]) -> list[str]:
        """Add rows; a row that had a key before gets it again."""
        first = self._next(part)
        made = []
        for number, (values, key) in enumerate(zip(rows, keys, strict=True)):
            row = self.model(**part.belonging, **self.fixed, **self._kept(values, part))
            if self.numbered:
                row.sequence = first + number  # type: ignore[attr-defined]
            if key is not None:
                row.pk = int(key)
            made.append(row)
        stored = self.model._default_manager.bulk_create(made, batch_size=MANY)
        return [str(row.pk) for row in stored]

    def update(self, part: Part, rows: Iterable[Row]) -> None:
        """Write rows anew."""
        written = [
            self.model(pk=int(row.key), **self._kept(row.values, part, blank_too=True))
            for row in rows
        ]
        self.model._default_manager.bulk_update(written, self.fields, batch_size=MANY)

    def delete(self, part: Part, keys: Iterable[str]) -> None:
        """Take rows away, and what hangs on them."""
        self.rows(part).filter(pk__in=[int(key) for key in keys]).delete()

    def _next(self, part: Part) -> int:
        if not self.numbered:
            return 0
        every = self.model._default_manager.filter(**part.belonging)
        return (every.aggregate(last=Max("sequence"))["last"] or 0) + 1

    def _column(self, name: str) -> str:
        return f"{name}_id" if self._refers_to(name) else name

    def _refers_to(self, name: str) -> type[Model] | None:
        related: Any = self.model._meta.get_field(name).related_model
        return related if related in (Project, BudgetUnit) else None

    def _told(self, values: list[Any], part: Part) -> dict[str, Any]:
        """Return stored values with codes in place of keys, None in place of blank texts."""
        told: dict[str, Any] = {}
        for name, value in zip(self.fields, values, strict=True):
            related = self._refers_to(name)
            if value is None or value == "" or value == []:
                told[name] = None
            elif related is Project:
                told[name] = part.project_codes[value]
            elif related is BudgetUnit:
                told[name] = part.unit_codes[value]
            else:
                told[name] = value
        return told

    def _kept(self, values: Values, part: Part, *, blank_too: bool = False) -> dict[str, Any]:
        """Return values as the model keeps them."""
        kept: dict[str, Any] = {}
        for name in self.fields:
            value = values[name]
            related = self._refers_to(name)
            if value is None:
                if blank_too or not self._has_default(name):
                    kept[name] = self._blank(name)
            elif related is Project:
                kept[name] = part.projects[value]
            elif related is BudgetUnit:
                kept[name] = part.units[value]
            else:
                kept[name] = value
        return kept

    def _has_default(self, name: str) -> bool:
        return bool(self.model._meta.get_field(name).has_default())  # type: ignore[union-attr]

    def _blank(self, name: str) -> Any:
        """Return what the model keeps for nothing."""
        stored: Any = self.model._meta.get_field(name)
        if stored.null:
            return None
        return stored.get_default() if stored.has_default() else ""


def holds(condition: Q, values: Mapping[str, Any]) -> bool:
    """Return whether a row, given by its fields, meets a condition that a query would ask.

    Raises ValueError for any look-up but equality and ``in``; sheets have no others.
    """
    parts = (_part_holds(each, values) for each in condition.children)
    met = any(parts) if condition.connector == Q.OR else all(parts)
    return met is not condition.negated


def _part_holds(part: Any, values: Mapping[str, Any]) -> bool:
    if isinstance(part, Q):
        return holds(part, values)
    asked, wanted = part
    name, _, lookup = asked.partition("__")
    if lookup not in ("", "in"):
        raise ValueError(f"a sheet cannot ask for {asked}")
    return values[name] in wanted if lookup else bool(values[name] == wanted)


def plans_money(spec: SheetSpec) -> bool:
    """Return whether the rows of a sheet are spending, and so use ceilings."""
    return isinstance(spec.store, RowsOf) and spec.store.model is SpendingLine


@dataclass(frozen=True)
class OneRow:
    """A form: some fields of a row that is always there."""

    pick: Any
    fields: tuple[str, ...]
    key: str = "1"
    grows: bool = False

    def read(self, part: Part) -> list[Row]:
        """Return the one row."""
        row = self.pick(part)
        values = {name: getattr(row, name) for name in self.fields}
        return [Row(self.key, {name: _or_none(value) for name, value in values.items()})]

    def update(self, part: Part, rows: Iterable[Row]) -> None:
        """Write the row anew."""
        [row] = rows
        stored = self.pick(part)
        for name in self.fields:
            value = row.values[name]
            if value is None and not stored._meta.get_field(name).null:
                value = stored._meta.get_field(name).get_default()
            setattr(stored, name, value)
        stored.save(update_fields=self.fields)


def _or_none(value: Any) -> Any:
    return None if value == "" or value == [] else value
