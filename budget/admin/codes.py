"""Code lists: functional and economic classification, and the crosswalk."""

from __future__ import annotations

from django.contrib import admin

from budget.admin.pages import FilesAdmin, PlainAdmin
from budget.models import EconomicCode, EconomicMapping, FunctionCode
from budget.resources.codes import EconomicRows, FunctionRows


@admin.register(FunctionCode)
class FunctionCodeAdmin(FilesAdmin):
    """支出功能分类科目."""

    resource_classes = (FunctionRows,)
    list_display = ("code", "name", "fund", "valid_from", "valid_to", "confidence", "is_active")
    list_filter = ("fund", "confidence", "is_active")
    search_fields = ("^code", "name")


@admin.register(EconomicCode)
class EconomicCodeAdmin(FilesAdmin):
    """支出经济分类科目."""

    resource_classes = (EconomicRows,)
    list_display = ("code", "name", "scheme", "valid_from", "valid_to", "confidence", "is_active")
    list_filter = ("scheme", "confidence", "is_active")
    search_fields = ("^code", "name")


@admin.register(EconomicMapping)
class EconomicMappingAdmin(PlainAdmin):
    """经济分类对照."""

    list_display = ("department_code", "government_code", "unit_scope", "confidence", "is_active")
    list_filter = ("unit_scope", "confidence", "is_active")
    search_fields = ("^department_code", "^government_code")
