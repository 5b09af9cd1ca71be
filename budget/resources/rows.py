"""What all imports share: headings checked first, every fault named by row and column.

A row is matched with what is stored by the columns of ``import_id_fields``. Nothing is stored
unless every row is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.utils.html import format_html
from import_export import resources
from import_export.fields import Field
from import_export.widgets import Widget

from budget.models import BudgetUnit, Department, DepartmentBudget
from budget.terms import Round

FIRST_ROW = 2
"""The row of a spreadsheet in which data begins; import-export counts from 1."""


class WrongColumns(ValueError):
    """The headings of a file are not those of the import."""


class Column(Field):  # type: ignore[misc]
    """A column of a file: an attribute, its heading, and how its cells are read and written."""

    def __init__(self, attribute: str, heading: str, widget: Widget, **options: Any) -> None:
        super().__init__(attribute=attribute, column_name=heading, widget=widget, **options)


class Difference:
    """Old and new values of a row for the preview, without styles that the policy forbids."""

    def __init__(self, resource: Any, instance: Any, new: bool) -> None:
        self.old = [] if new else self._values(resource, instance)
        self.current: list[Any] = []

    def compare_with(self, resource: Any, instance: Any) -> None:
        """Take the new values; None where the row goes away."""
        self.current = [] if instance is None else self._values(resource, instance)

    def as_html(self) -> list[str]:
        """Return one cell per column: the value, or the old one struck out beside the new."""
        if not self.old:
            return [format_html("{}", value) for value in self.current]
        return [
            format_html("{}", new) if old == new else format_html("<del>{}</del> {}", old, new)
            for old, new in zip(self.old, self.current or [""] * len(self.old), strict=True)
        ]

    @staticmethod
    def _values(resource: Any, instance: Any) -> list[str]:
        return [str(field.export(instance)) for field in resource.get_import_fields()]


class Rows(resources.ModelResource):  # type: ignore[misc]
    """The base of all imports.

    ``needed`` are attributes whose columns must be in the file beside the identifying ones.
    ``may_be_blank`` are identifying attributes that may be empty.
    """

    needed: tuple[str, ...] = ()
    may_be_blank: tuple[str, ...] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seen: dict[tuple[Any, ...], int] = {}

    @classmethod
    def get_diff_class(cls) -> type[Difference]:
        """Return how rows are compared."""
        return Difference

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Check the headings. Raises WrongColumns."""
        self.seen.clear()
        own = [field.column_name for field in self.get_import_fields()]
        identifying = {*self.get_import_id_fields(), *self.needed}
        missing = [
            field.column_name
            for name, field in self.fields.items()
            if name in identifying and field.column_name not in dataset.headers
        ]
        if missing:
            raise WrongColumns(f"文件中缺少列：{'、'.join(missing)}")
        known = {field.column_name for field in self.fields.values()}
        strange = [heading for heading in dataset.headers if heading not in known]
        if strange:
            raise WrongColumns(
                f"文件中有不认识的列：{'、'.join(strange)}。可用的列：{'、'.join(own)}"
            )

    def before_import_row(self, row: Mapping[str, Any], **kwargs: Any) -> None:
        """Read all cells of a row first, so that all its faults are told at once."""
        errors: dict[str, list[str]] = {}
        values = {}
        for name, field in self.fields.items():
            if field.readonly or field.column_name not in row:
                continue
            try:
                values[name] = field.clean(row)
            except ValueError as error:
                errors[field.attribute] = [str(error)]
        for name in self.get_import_id_fields():
            blank = name in values and values[name] in (None, "")
            if blank and name not in self.may_be_blank:
                errors[self.fields[name].attribute] = ["不能为空"]
        if errors:
            raise ValidationError(errors)
        self._refuse_twice(values, kwargs["row_number"])

    def _refuse_twice(self, values: Mapping[str, Any], number: int) -> None:
        key = tuple(str(values[name]) for name in self.get_import_id_fields())
        if key in self.seen:
            first = self.seen[key] + FIRST_ROW - 1
            raise ValidationError({NON_FIELD_ERRORS: [f"与第{first}行重复"]})
        self.seen[key] = number

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> Any:
        """Import a row; what is wrong is told by the headings of the file."""
        result = super().import_row(row, instance_loader, **kwargs)
        if result.validation_error is not None:
            told = result.validation_error.update_error_dict({})
            result.validation_error = ValidationError(
                {
                    self._heading(name): [_plainly(error) for error in errors]
                    for name, errors in told.items()
                }
            )
        return result

    def _heading(self, attribute: str) -> str:
        if attribute == NON_FIELD_ERRORS:
            return attribute
        for field in self.fields.values():
            if field.attribute == attribute:
                return str(field.column_name)
        try:
            return str(self._meta.model._meta.get_field(attribute).verbose_name)
        except FieldDoesNotExist:
            return attribute


class RowsMeta:
    """Options that all imports share; inherit it in each ``class Meta``."""

    clean_model_instances = True
    skip_unchanged = True
    report_skipped = True
    use_transactions = True


# ---- finding rows of other tables


def find_department(code: str, row: Mapping[str, Any]) -> Department | None:
    """Return a department by its code. Raises ValueError."""
    if not code:
        return None
    found = Department.objects.filter(code=code).first()
    if found is None:
        raise ValueError(f"没有编码为 {code} 的部门")
    return found


def find_unit(code: str, row: Mapping[str, Any]) -> BudgetUnit | None:
    """Return a unit by its code. Raises ValueError."""
    if not code:
        return None
    found = BudgetUnit.objects.filter(code=code).first()
    if found is None:
        raise ValueError(f"没有编码为 {code} 的预算单位")
    return found


def find_budget(year: str, department: str) -> DepartmentBudget | None:
    """Return the latest version of a department's second submission. Raises ValueError."""
    if not year or not department:
        return None
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise ValueError(f"“{year}”不是4位数字的年度")
    found = DepartmentBudget.objects.filter(
        year_id=int(year), department_id=department, round=Round.SECOND_SUBMISSION
    )
    budget = found.order_by("-version").first()
    if budget is None:
        raise ValueError(f"部门 {department} 没有{year}年的预算")
    return budget


def _plainly(error: ValidationError) -> ValidationError:
    """Return an error in an accountant's words where the framework has a programmer's."""
    return ValidationError("不能为空") if error.code in ("null", "blank") else error
