"""What the database itself refuses, whoever writes: vocabularies, ranges, spellings, belonging.

Each constraint has a name, and a sentence in Chinese that forms and imports show.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

from budget.money import LARGEST
from budget.terms import Term


def in_vocabulary(model: str, field: str, term: type[Term]) -> models.CheckConstraint:
    """Return the constraint that a field holds a word of the vocabulary (or nothing)."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [member.value for member in term]}),
        name=f"{model}_{field}_in_vocabulary",
        violation_error_message="选项不在规定的范围之内。",
    )


def in_range(model: str, field: str) -> models.CheckConstraint:
    """Return the constraint that an amount can be kept exactly everywhere."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": -LARGEST, f"{field}__lte": LARGEST}),
        name=f"{model}_{field}_in_range",
        violation_error_message="金额超出范围（±9,999,999,999,999.99 元）。",
    )


def not_negative(model: str, field: str) -> models.CheckConstraint:
    """Return the constraint that a count is zero or more (or nothing)."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": 0}),
        name=f"{model}_{field}_not_negative",
        violation_error_message="数量不能为负数。",
    )


def numbered_from_one(model: str) -> models.CheckConstraint:
    """Return the constraint that a sequence starts at 1."""
    return models.CheckConstraint(
        condition=Q(sequence__gte=1),
        name=f"{model}_sequence_from_one",
        violation_error_message="序号从1开始。",
    )


def spelled(model: str, field: str, pattern: str, words: str) -> models.CheckConstraint:
    """Return the constraint that a text has the given spelling (or is nothing)."""
    return models.CheckConstraint(
        # \Z and not $, which would let a line break through at the end.
        condition=Q(**{f"{field}__regex": rf"^{pattern}\Z"}),
        name=f"{model}_{field}_spelled",
        violation_error_message=words,
    )


class Belongs(models.BaseConstraint):
    """Several columns together must stand in one row of another table.

    Django's foreign keys have one column each; they cannot say that the project of a line is a
    project of the line's own unit. The other columns need a UniqueConstraint there. A row with
    one of its columns empty is not checked.

    ``fields`` and ``to_fields`` are attribute names that equal their columns (unit_id). ``to`` is
    a model's label. The table is named by the label, because a migration's historical models do
    not always know each other.
    """

    def __init__(
        self,
        *,
        fields: tuple[str, ...],
        to: str,
        to_fields: tuple[str, ...],
        name: str,
        violation_error_message: str,
    ) -> None:
        self.fields = tuple(fields)
        self.to = to
        self.to_fields = tuple(to_fields)
        super().__init__(name=name, violation_error_message=violation_error_message)

    def deconstruct(self) -> Any:
        """Return how to make it again."""
        path, args, kwargs = super().deconstruct()
        kwargs.update(fields=self.fields, to=self.to, to_fields=self.to_fields)
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Belongs):
            return NotImplemented
        return bool(self.deconstruct() == other.deconstruct())

    def __hash__(self) -> int:
        return hash((self.name, self.fields, self.to, self.to_fields))

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Return the clause of CREATE TABLE."""
        assert schema_editor is not None
        quote = schema_editor.quote_name
        return (
            f"CONSTRAINT {quote(self.name)}"
            f" FOREIGN KEY ({', '.join(map(quote, self.fields))})"
            f" REFERENCES {quote(self.to.lower().replace('.', '_'))}"
            f" ({', '.join(map(quote, self.to_fields))})"
            " DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Return the statement that adds it to a table (SQLite makes the table anew instead)."""
        assert model is not None
        assert schema_editor is not None
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Return the statement that takes it off a table."""
        assert model is not None
        assert schema_editor is not None
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Say it in Chinese before the database does. Raises ValidationError."""
        own = {name: getattr(instance, name) for name in self.fields}
        left_out = set(exclude or ())
        if None in own.values() or any(model._meta.get_field(n).name in left_out for n in own):
            return
        wanted = dict(zip(self.to_fields, own.values(), strict=True))
        target = apps.get_model(self.to)
        if not target._base_manager.using(using).filter(**wanted).exists():
            raise ValidationError(self.get_violation_error_message())
