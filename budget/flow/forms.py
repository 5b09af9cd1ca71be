"""The form of a step: what the table of steps says that it asks for, and the revision read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from budget.roles import Action
from budget.terms import Opinion
from budget.workflow.advancing import LONGEST, Said
from budget.workflow.steps import Asked, Step

OPINIONS = {each.value: each for each in (Opinion.OK, Opinion.RETURNED)}
NUMBER_LONGEST = 100
DAYS = {Action.APPROVE: "批复日期", Action.PREPARE_PUBLICATION: "保密审查日期"}


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


FIELDS: Mapping[Asked, Callable[[Step], forms.Field]] = {
    Asked.REASON: lambda _: _text("理由", 3),
    Asked.POINTS: lambda _: _text("问题清单", 5, "每行写一个问题；再次上报前须逐条答复。"),
    Asked.OPINION: _opinion,
    Asked.NUMBER: lambda _: forms.CharField(label="批复文号", max_length=NUMBER_LONGEST),
    Asked.DATE: _day,
    Asked.REVIEWER: lambda _: forms.CharField(label="保密审查人", max_length=60),
    Asked.CONCLUSION: lambda _: _text("保密审查结论", 2),
}


class StepForm(forms.Form):
    """What a person says with a step. ``revision`` is that of the budget which he has read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, step: Step, data: Any = None, *, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial), auto_id=f"{step.action.value}-%s")
        self.step = step
        for asked in step.asks:
            field = FIELDS[asked](step)
            field.error_messages["required"] = f"请填写{field.label}。"
            self.fields[asked.value] = field

    def said(self) -> Said:
        """Return what was said; the form is valid."""
        told = {asked.value: self.cleaned_data[asked.value] for asked in self.step.asks}
        if Asked.POINTS in self.step.asks:
            told[Asked.POINTS.value] = told[Asked.POINTS.value].splitlines()
        return Said(**told)


def typed(step: Step, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was typed into a step's form, by the labels of its fields."""
    found = ((asked.label, str(data.get(asked.value, "")).strip()) for asked in step.asks)
    return [(label, text) for label, text in found if text]
