"""The form of a step: what the table of steps says that it asks for, and the revision read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from budget.actions import Action
from budget.models import DepartmentBudget, Grant
from budget.sheets.attaching import Upload
from budget.sheets.file_kinds import accepted
from budget.terms import Ground, Opinion
from budget.workflow.saying import LONGEST, Said
from budget.workflow.signing import signers
from budget.workflow.steps import Asked, Step

if TYPE_CHECKING:
    ChoiceOfPerson: TypeAlias = forms.ModelChoiceField[User]
else:
    ChoiceOfPerson = forms.ModelChoiceField

OPINIONS = {each.value: each for each in (Opinion.OK, Opinion.RETURNED)}
NUMBER_LONGEST = 100
DAYS = {
    Action.APPROVE: "批复日期",
    Action.PREPARE_PUBLICATION: "保密审查日期",
    Action.RECORD_SIGNATURE: "签字日期",
    Action.RECORD_RELEASE: "签字日期",
}
GROUNDS = {each.value: each for each in Ground}
SEALING = "涉及国家秘密或个人信息的，撤回后各版的内容和文件都不再对外提供，只保留摘要。"
SEALING_BY_CORRECTION = (
    "涉及国家秘密或个人信息的，新的一版公开后，以前各版的内容和文件都不再对外提供；"
    "公布的更正说明只有“已更正，含有依法不予公开的内容”，下面写的只留在内部，也不要抄录涉密的内容。"
)


class Day(forms.DateInput):
    """A day as the browser's own field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _text(label: str, rows: int, hint: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, help_text=hint, widget=area)


def _not_later_than_today(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError("日期不能晚于今天")


def _day(step: Step) -> forms.DateField:
    label = DAYS.get(step.action, Asked.DATE.label)
    return forms.DateField(label=label, widget=Day(), validators=[_not_later_than_today])


def _opinion(_: Step) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="审核意见",
        choices=[(word, opinion.label) for word, opinion in OPINIONS.items()],
        coerce=OPINIONS.__getitem__,
        empty_value=None,
        widget=forms.RadioSelect,
    )


def _ground(step: Step) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="撤回缘由" if step.action is Action.WITHDRAW else "更正缘由",
        choices=[(word, ground.label) for word, ground in GROUNDS.items()],
        coerce=GROUNDS.__getitem__,
        empty_value=None,
        widget=forms.RadioSelect,
        help_text=SEALING if step.action is Action.WITHDRAW else SEALING_BY_CORRECTION,
    )


class SignerField(ChoiceOfPerson):
    """A choice of those who may have signed, each with the capacity in which he signs."""

    def offer(self, grants: Iterable[Grant]) -> None:
        """Offer the holders of some grants."""
        self.capacities: dict[int, list[str]] = {}
        for each in grants:
            self.capacities.setdefault(each.user_id, []).append(each.signs_as)
        people = User.objects.filter(pk__in=self.capacities).select_related("account")
        self.queryset = people.order_by("pk")

    def label_from_instance(self, obj: User) -> str:
        """Return a person's name and capacities."""
        capacities = "、".join(dict.fromkeys(self.capacities[obj.pk]))
        return f"{obj.account.name}（{capacities}）"


FIELDS: Mapping[Asked, Callable[[Step], forms.Field]] = {
    Asked.REASON: lambda _: _text("理由", 3),
    Asked.POINTS: lambda _: _text("问题清单", 5, "每行写一个问题；再次上报前须逐条答复。"),
    Asked.OPINION: _opinion,
    Asked.NUMBER: lambda _: forms.CharField(label="批复文号", max_length=NUMBER_LONGEST),
    Asked.DATE: _day,
    Asked.REVIEWER: lambda _: forms.CharField(label="保密审查人", max_length=60),
    Asked.CONCLUSION: lambda _: _text("保密审查结论", 2),
    Asked.GROUND: _ground,
    Asked.WHAT: lambda _: _text(
        "更正事项",
        3,
        "随新的一版公布：改了哪一处，原来是什么，现在是什么。"
        "涉及国家秘密或个人信息的不公布，只写改了哪一处。",
    ),
    Asked.WHY: lambda _: _text("更正原因", 2, "随新的一版公布；涉及国家秘密或个人信息的不公布。"),
    Asked.READ: lambda _: forms.CharField(widget=forms.HiddenInput, max_length=64),
    Asked.SIGNER: lambda _: SignerField(
        User.objects.none(),
        label="签字人",
        empty_label="（请选择）",
        help_text="签字那天担任本部门签字负责人的；没有列出的，先请安全管理员授权。",
    ),
    Asked.SHEET: lambda _: forms.FileField(
        label="签字件（扫描件）",
        help_text=f"签字页的扫描件，只存档，不公开；可以上传：{accepted()}",
    ),
}


CHOSEN = frozenset({Asked.READ, Asked.SIGNER, Asked.SHEET})
"""What a person chooses and does not type."""


class StepForm(forms.Form):
    """What a person says with a step. ``revision`` is that of the budget which he has read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        step: Step,
        budget: DepartmentBudget,
        data: Any = None,
        files: Any = None,
        *,
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, files, initial=dict(initial), auto_id=f"{step.action.value}-%s")
        self.step = step
        for asked in step.asks:
            field = FIELDS[asked](step)
            field.error_messages["required"] = f"请填写{field.label}。"
            if isinstance(field, SignerField):
                field.offer(signers(step.action, budget))
            self.fields[asked.value] = field

    def said(self) -> Said:
        """Return what was said; the form is valid."""
        told = {asked.value: self.cleaned_data[asked.value] for asked in self.step.asks}
        if Asked.POINTS in self.step.asks:
            told[Asked.POINTS.value] = told[Asked.POINTS.value].splitlines()
        if Asked.SHEET in self.step.asks:
            sheet = told[Asked.SHEET.value]
            told[Asked.SHEET.value] = Upload(sheet.name, sheet.file)
        return Said(**told)


def typed(step: Step, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was typed into a step's form, by the labels of its fields."""
    shown = (asked for asked in step.asks if asked not in CHOSEN)
    found = ((asked.label, str(data.get(asked.value, "")).strip()) for asked in shown)
    return [(label, text) for label, text in found if text]
