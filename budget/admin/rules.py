"""Settings of rules for a year, and the answers to their warnings; who did it is recorded."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from budget.admin.pages import PlainAdmin
from budget.models import Answer, RuleSetting


@admin.register(RuleSetting)
class RuleSettingAdmin(PlainAdmin):
    """规则设定."""

    list_display = ("name", "value", "year", "set_by", "set_at")
    list_filter = ("year",)
    list_select_related = ("year", "set_by")
    search_fields = ("^name",)
    readonly_fields = ("set_by", "set_at")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save with the name of who did it."""
        obj.set_by = request.user
        super().save_model(request, obj, form, change)


@admin.register(Answer)
class AnswerAdmin(PlainAdmin):
    """规则说明."""

    list_display = ("rule", "address", "budget", "unit", "answered_by", "answered_at")
    list_filter = ("budget__year",)
    list_select_related = ("budget", "unit", "answered_by")
    search_fields = ("^rule", "^budget__department__code")
    readonly_fields = ("answered_by", "answered_at")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save with the name of who answered."""
        obj.answered_by = request.user
        super().save_model(request, obj, form, change)
