"""The forms of a year: edition, dates, rounds; and which departments to open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from budget.bureau.forms import NOTHING, day
from budget.bureau.opening import Standing
from budget.edition import EDITIONS
from budget.models import BudgetYear, YearRound
from budget.terms import Round
from budget.workflow.steps import SUBMISSIONS

DUE = {
    Round.FIRST_SUBMISSION: "部门上报预算建议的截止日期",
    Round.CEILING: "下达控制数的日期",
    Round.SECOND_SUBMISSION: "部门上报预算草案的截止日期",
    Round.APPROVAL: "批复的截止日期；空白时按批准日期和批复期限计算",
}


def editions_to_choose() -> list[tuple[str, str]]:
    """Return the editions that there are."""
    return [NOTHING, *((each.code, each.title) for each in EDITIONS.values())]


class YearForm(forms.Form):
    """A year: number, edition, date of codes, rounds with their dates, limits."""

    year = forms.IntegerField(label="预算年度", min_value=1950, max_value=2999)
    edition = forms.ChoiceField(
        label="版式", choices=editions_to_choose, help_text="公开文件的表格、文字和单位由版式决定。"
    )
    codes_on = day("科目采用日期", "以这一天有效的科目为准，通常是1月1日。")
    congress_on = day("人民代表大会批准日期", "批准之后填写；批复期限由此起算。", required=False)
    approval_days = forms.IntegerField(
        label="批复期限（日）",
        min_value=1,
        max_value=366,
        initial=20,
        help_text="自人民代表大会批准之日起（预算法第52条：20日）。",
    )
    disclosure_days = forms.IntegerField(
        label="公开期限（日）",
        min_value=1,
        max_value=366,
        initial=20,
        help_text="自批复之日起（预算法第14条：20日）。",
    )

    def __init__(self, data: Any = None, stored: BudgetYear | None = None) -> None:
        """Take what is stored of the year, None for a new one."""
        self.stored = stored
        super().__init__(data, initial=_initial(stored))
        if stored is not None:
            self.fields["year"].disabled = True
        for each in Round:
            goes = forms.BooleanField(label=each.label, required=False)
            self.fields[f"has_{each.value}"] = goes
            self.fields[f"due_{each.value}"] = day(f"{each.label}日期", DUE[each], required=False)

    def plain_fields(self) -> Iterator[BoundField]:
        """Yield the fields that are no round's."""
        return (self[name] for name in self.fields if not name.startswith(("has_", "due_")))

    def round_fields(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Yield for each round whether the year goes through it, and its date."""
        return ((self[f"has_{each.value}"], self[f"due_{each.value}"]) for each in Round)

    def clean_year(self) -> int:
        """Refuse a year that is open already."""
        year: int = self.cleaned_data["year"]
        if self.stored is None and BudgetYear.objects.filter(year=year).exists():
            raise ValidationError(f"{year}年已经开设。")
        return year

    def clean(self) -> dict[str, Any]:
        """Refuse dates of rounds that run backwards."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        dated = [(each, cleaned.get(f"due_{each.value}")) for each in self.rounds()]
        known = [(each, due) for each, due in dated if due is not None]
        for (earlier, first), (later, second) in pairwise(known):
            if second < first:
                words = f"“{later.label}”的日期早于“{earlier.label}”。"
                self.add_error(f"due_{later.value}", words)
        return cleaned

    def rounds(self) -> dict[Round, date | None]:
        """Return the rounds chosen, with their dates."""
        chosen = self.cleaned_data
        return {
            each: chosen.get(f"due_{each.value}") for each in Round if chosen[f"has_{each.value}"]
        }

    def filled(self) -> BudgetYear:
        """Return the year as it was filled in, not saved."""
        year = self.stored or BudgetYear()
        for name in ("year", "edition", "codes_on", "congress_on", "approval_days"):
            setattr(year, name, self.cleaned_data[name])
        year.disclosure_days = self.cleaned_data["disclosure_days"]
        return year


def _initial(stored: BudgetYear | None) -> dict[str, Any]:
    """Return what a form shows at first; a new year goes through all four rounds."""
    if stored is None:
        return {f"has_{each.value}": True for each in Round}
    rounds = YearRound.objects.filter(year=stored)
    return {
        **{field.name: getattr(stored, field.name) for field in BudgetYear._meta.concrete_fields},
        **{f"has_{each.round.value}": True for each in rounds},
        **{f"due_{each.round.value}": each.due_on for each in rounds},
    }


class OpenForm(forms.Form):
    """Which departments to open in a round."""

    departments = forms.MultipleChoiceField(
        label="部门",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个部门。"},
    )

    def __init__(self, data: Any, standings: list[Standing]) -> None:
        """Offer the departments that opening would add to, all of them chosen."""
        super().__init__(data)
        able = [each for each in standings if each.can_be_opened]
        choices = [(each.department.code, f"{each.department}：{each.told}") for each in able]
        field = self.fields["departments"]
        field.choices = choices  # type: ignore[attr-defined]
        field.initial = [code for code, _ in choices]


def submissions(year: BudgetYear) -> list[Round]:
    """Return the rounds of a year in which departments submit, in their order."""
    kept = set(YearRound.objects.filter(year=year).values_list("round", flat=True))
    return [each for each in SUBMISSIONS if each in kept]
