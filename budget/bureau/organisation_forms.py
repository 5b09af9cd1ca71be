"""The forms of departments and units."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction

from budget.audit.recording import record
from budget.bureau.forms import TermChoice, day
from budget.models import BudgetUnit, Department
from budget.terms import Term, UnitType


class RowForm(forms.Form):
    """A form that fills in one stored row; what the model says against it stands at its field."""

    fixed: tuple[str, ...] = ()
    """Fields that are given once, when the row is made."""

    def __init__(self, data: Any, row: models.Model) -> None:
        self.row = row
        initial = {name: getattr(row, name) for name in self.base_fields}
        super().__init__(data, initial=initial)
        if row.pk is not None:
            for name in self.fixed:
                self.fields[name].disabled = True

    @transaction.atomic
    def kept(self, by: User) -> bool:
        """Fill the row in, save and record it; return whether that was possible."""
        if not self.is_valid():
            return False
        before = {name: getattr(self.row, name) for name in self.cleaned_data}
        for name, value in self.cleaned_data.items():
            setattr(self.row, name, value)
        try:
            self.row.full_clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(name if name in self.fields else None, messages)
            return False
        self.row.save()
        changed = {
            name: [_plain(before[name]), _plain(value)]
            for name, value in self.cleaned_data.items()
            if before[name] != value
        }
        record(f"{self.row._meta.model_name}.keep", by=by, subject=str(self.row), detail=changed)
        return True


def _plain(value: Any) -> Any:
    """Return a value as the audit trail keeps it."""
    return value.value if isinstance(value, Term) else value


class DepartmentForm(RowForm):
    """A department."""

    fixed = ("code",)
    code = forms.CharField(label="部门编码", max_length=3, help_text="3位数字，建立后不再改变。")
    name = forms.CharField(label="部门名称", max_length=100)
    region = forms.CharField(
        label="地区", max_length=50, required=False, help_text="印在封面上的地区名称。"
    )


class UnitForm(RowForm):
    """A budget unit."""

    fixed = ("code",)
    code = forms.CharField(
        label="单位编码", max_length=6, help_text="6位数字，前3位是部门编码，建立后不再改变。"
    )
    name = forms.CharField(label="单位名称", max_length=100)
    type = TermChoice(UnitType, "单位类型")
    is_head = forms.BooleanField(label="本级", required=False)
    merged = forms.BooleanField(label="不单列预算，并入本部", required=False)
    position = forms.IntegerField(label="排序", min_value=0, initial=0, help_text="小的在前。")


class CloseForm(forms.Form):
    """Since when, and into what."""

    closed_on = day("撤销日期", "从这一天起不再参加新的预算年度；已有的预算和已发布的版本不变。")

    def __init__(self, data: Any, row: Department | BudgetUnit) -> None:
        super().__init__(data)
        others = type(row)._default_manager.filter(closed_on=None).exclude(pk=row.pk)
        self.fields["merged_into"] = forms.ModelChoiceField(
            others, label="并入", required=False, to_field_name="code", help_text="没有则不选。"
        )
