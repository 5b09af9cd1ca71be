"""Settings of rules for a year, and the answers to their warnings; who did it is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest

from budget.admin.pages import PlainAdmin
from budget.judging import NotAPlace, require_place
from budget.models import Answer, RuleChange, RuleSetting
from budget.rules.registry import RULES
from budget.rules.thresholds import THRESHOLDS, Threshold
from budget.terms import Severity

if TYPE_CHECKING:
    SettingForm: TypeAlias = forms.ModelForm[RuleSetting]
    ReasonForm: TypeAlias = forms.ModelForm[Answer]
else:
    SettingForm = ReasonForm = forms.ModelForm

Choices = list[tuple[str, Any]]
NOTHING = ("", "（请选择）")


def rules_to_choose() -> Choices:
    """Return the rules by family, each with the severity that is its own."""
    families = groupby(RULES.values(), key=attrgetter("family_title"))
    return [
        NOTHING,
        *(
            (title, [(each.code, f"{each.code} {each.title}") for each in rules])
            for title, rules in families
        ),
    ]


def names_to_choose() -> Choices:
    """Return the thresholds, then the rules."""
    first, *families = rules_to_choose()
    thresholds = [(each.name, f"{each.title}（{_bounds(each)}）") for each in THRESHOLDS.values()]
    return [first, ("限值", thresholds), *families]


def severities_to_choose() -> Choices:
    """Return the severities."""
    return [NOTHING, *((each.value, each.label) for each in Severity)]


def _bounds(each: Threshold) -> str:
    return f"{each.span}，默认{each.told(each.default)}"


class RuleSettingForm(SettingForm):
    """A rule and its severity, or a threshold and its number."""

    name = forms.ChoiceField(label="规则或限值", choices=names_to_choose)
    severity = forms.ChoiceField(label="等级（规则）", choices=severities_to_choose, required=False)
    number = forms.CharField(label="数字（限值）", required=False, max_length=40)

    class Meta:
        model = RuleSetting
        fields = ("year", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance
        self.fields["number" if stored.name in THRESHOLDS else "severity"].initial = stored.value

    def clean(self) -> dict[str, Any]:
        """Take the value from the field that is the name's; the model judges it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name = cleaned.get("name", "")
        field, other = ("number", "severity") if name in THRESHOLDS else ("severity", "number")
        if name:
            for each in self._misplaced(cleaned, field, other):
                self.add_error(*each)
        self.instance.value = cleaned.get(field, "")
        return cleaned

    def _misplaced(
        self, cleaned: dict[str, Any], field: str, other: str
    ) -> Iterator[tuple[str, str]]:
        """Yield field and message for what is lacking and for what belongs to the other kind."""
        label = self.fields[field].label
        if not cleaned.get(field) and field not in self.errors:
            yield field, f"请填写“{label}”。"
        if cleaned.get(other):
            yield other, f"所选的项应填“{label}”，此处应为空。"

    def _post_clean(self) -> None:
        """Ask the model only where the form itself has nothing to say against it."""
        if not self.errors:
            super()._post_clean()  # type: ignore[misc]


@admin.register(RuleSetting)
class RuleSettingAdmin(PlainAdmin):
    """规则设定."""

    form = RuleSettingForm
    fields = ("year", "name", "severity", "number", "set_by", "set_at")
    list_display = ("title", "told", "year", "set_by", "set_at")
    list_filter = ("year",)
    list_select_related = ("year", "set_by")
    search_fields = ("^name",)
    readonly_fields = ("set_by", "set_at")

    @admin.display(description="规则或限值", ordering="name")
    def title(self, setting: RuleSetting) -> str:
        """Return what is set in Chinese."""
        return setting.title

    @admin.display(description="设定")
    def told(self, setting: RuleSetting) -> str:
        """Return what it is set to in Chinese."""
        return setting.told

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save with the name of who did it, and leave a line of it."""
        before = RuleSetting.objects.filter(pk=obj.pk).values_list("value", flat=True).first()
        obj.set_by = request.user
        super().save_model(request, obj, form, change)
        _note(request, obj, before or "", obj.value)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Let the edition's setting hold again, and leave a line of it."""
        _note(request, obj, obj.value, "")
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Do the same for several."""
        for each in queryset:
            self.delete_model(request, each)


def _note(request: HttpRequest, setting: RuleSetting, before: str, after: str) -> None:
    if before != after:
        RuleChange.objects.create(
            year_id=setting.year_id,
            name=setting.name,
            before=before,
            after=after,
            changed_by=cast(User, request.user),
        )


class AnswerForm(ReasonForm):
    """A reason for one place of a document, or for all that a rule finds."""

    rule = forms.ChoiceField(label="规则", choices=rules_to_choose)

    class Meta:
        model = Answer
        fields = ("budget", "unit", "rule", "address", "reason")

    def clean(self) -> dict[str, Any]:
        """Refuse a place that the document does not have."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        budget, unit = cleaned.get("budget"), cleaned.get("unit")
        if budget is not None and cleaned.get("address"):
            try:
                require_place(cleaned["address"], budget, unit.code if unit else None)
            except NotAPlace as error:
                self.add_error("address", str(error))
        return cleaned


@admin.register(Answer)
class AnswerAdmin(PlainAdmin):
    """规则说明."""

    form = AnswerForm
    list_display = ("rule", "address", "budget", "unit", "answered_by", "answered_at")
    list_filter = ("budget__year",)
    list_select_related = ("budget", "unit", "answered_by")
    search_fields = ("^rule", "^budget__department__code")
    readonly_fields = ("answered_by", "answered_at")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save with the name of who answered."""
        obj.answered_by = request.user
        super().save_model(request, obj, form, change)
