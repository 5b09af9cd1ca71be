"""The rows of several models in one query: a page should ask the database little, and fast.

To put a query into SQL takes longer than to answer it, so this one is put into SQL once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db import connection
from django.db.models import BooleanField, Model, Value
from django.db.models.functions import JSONObject

from budget.models import DepartmentBudget

ANY: Final = -1
"""Stands for the key of a budget until it is known."""

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Stack:
    """Models of which each row names its budget and its unit, with the fields that are read."""

    fields: Mapping[type[Model], Sequence[str]]

    def read(self, budget: DepartmentBudget) -> Mapping[type[Model], Rows]:
        """Return the rows of each model, in no order: unit's key, the fields, the row's own key.

        Each comes as one JSON object, in which numbers are exact: amounts are whole 分.
        """
        sql, params = self._query
        found: dict[type[Model], Rows] = {model: [] for model in self.fields}
        with connection.cursor() as cursor:
            cursor.execute(sql, [budget.pk if each == ANY else each for each in params])
            for number, unit, key, told in cursor.fetchall():
                model, readers = self._readers[number]
                values = json.loads(told)
                row = (unit, *(read(values[name]) for name, read in readers), key)
                found[model].append(row)
        return found

    @cached_property
    def _query(self) -> tuple[str, tuple[Any, ...]]:
        first, *others = (
            model._default_manager.filter(budget=ANY)
            .order_by()
            .values_list(
                Value(number), "unit_id", "pk", JSONObject(**{each: each for each in names})
            )
            for number, (model, names) in enumerate(self.fields.items())
        )
        made: tuple[str, tuple[Any, ...]] = first.union(*others, all=True).query.sql_with_params()
        return made

    @cached_property
    def _readers(self) -> list[tuple[type[Model], list[tuple[str, Callable[[Any], Any]]]]]:
        """The models by the numbers under which their rows come, and how to read each field."""
        return [
            (model, [(name, _reader(model._meta.get_field(name))) for name in names])
            for model, names in self.fields.items()
        ]


def _reader(field: Any) -> Callable[[Any], Any]:
    """Return how a field's value is read from what JSON makes of its column."""
    if isinstance(field, BooleanField):
        return bool  # a number on SQLite
    if hasattr(field, "from_db_value"):
        return lambda value: field.from_db_value(value, None, connection)
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
