"""What administrators fill in about people."""

from __future__ import annotations

from typing import Any

from django import forms

from budget.access.granting import Wanted
from budget.duties import DutyProfile
from budget.models import BudgetUnit, Department
from budget.roles import Capacity, Reach, Role

GROUPS = {
    Reach.UNIT: "按预算单位授予",
    Reach.DEPARTMENT: "按部门授予",
    Reach.EVERYWHERE: "涉及全部部门",
    Reach.NOWHERE: "系统管理（三员）",
}


ROLES = {role.value: role for role in Role}
CAPACITIES = {capacity.value: capacity for capacity in Capacity}


class NewAccountForm(forms.Form):
    """A new person."""

    username = forms.CharField(
        label="用户名", max_length=150, help_text="登录时使用；建议用姓名拼音或工号。"
    )
    name = forms.CharField(label="姓名", max_length=60)
    office = forms.CharField(label="所在单位或科室", max_length=100, required=False)


def roles_to_choose() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the roles under the kind of bounds that they take."""
    return [
        (title, [(role.value, role.label) for role in Role if role.reach is reach])
        for reach, title in GROUPS.items()
    ]


class Day(forms.DateInput):
    """A day as the browser's own field."""

    input_type = "date"


class GrantForm(forms.Form):
    """A role for somebody."""

    role = forms.ChoiceField(label="角色", choices=roles_to_choose)
    department = forms.ModelChoiceField(
        Department.objects.all(),
        label="部门",
        required=False,
        to_field_name="code",
        empty_label="（不选）",
    )
    unit = forms.ModelChoiceField(
        BudgetUnit.objects.all(),
        label="预算单位",
        required=False,
        to_field_name="code",
        empty_label="（不选）",
    )
    capacity = forms.ChoiceField(
        label="签字身份",
        choices=[("", "（不选）"), *Capacity.choices()],
        required=False,
        help_text="只有部门负责人角色填写；不选即为部门负责人本人。临时代理须填写结束日期。",
    )
    valid_from = forms.DateField(label="自", required=False, widget=Day)
    valid_to = forms.DateField(
        label="至", required=False, widget=Day, help_text="空白表示不限期；到期自动失效。"
    )

    def wanted(self) -> Wanted:
        """Return what was filled in."""
        values: dict[str, Any] = {
            **self.cleaned_data,
            "role": ROLES[self.cleaned_data["role"]],
            "capacity": CAPACITIES.get(self.cleaned_data["capacity"]),
        }
        return Wanted(**values)


class DutyForm(forms.Form):
    """How strictly duties are kept apart."""

    profile = forms.ChoiceField(
        label="方案", choices=DutyProfile.choices(), widget=forms.RadioSelect
    )
