"""Code lists: functional and economic classification, and the crosswalk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from budget.admin.pages import FilesAdmin, PlainAdmin
from budget.admin.resources import Column, Rows, RowsMeta
from budget.admin.widgets import CodeWidget, DateWidget, FlagWidget, TermWidget, TextWidget
from budget.models import EconomicCode, EconomicMapping, FunctionCode
from budget.models.codes import ECONOMIC_SCHEMES
from budget.terms import CodeScheme, Confidence, Fund


def code_of(model: type[Any]) -> CodeWidget:
    """Return the widget of a model's codes."""
    return CodeWidget(model._meta.get_field("code"))


class FunctionRows(Rows):
    """Functional codes; a code is known by its start as well."""

    code = Column("code", "科目编码", code_of(FunctionCode))
    name = Column("name", "名称", TextWidget())
    fund = Column("fund", "所属预算", TermWidget(Fund))
    valid_from = Column("valid_from", "生效日期", DateWidget())
    valid_to = Column("valid_to", "失效日期", DateWidget())
    confidence = Column("confidence", "可信度", TermWidget(Confidence, Confidence.VERIFIED))
    is_active = Column("is_active", "启用", FlagWidget(blank=True))
    origin = Column("origin", "来源", TextWidget())

    may_be_blank = ("valid_from",)
    needed = ("name",)

    class Meta(RowsMeta):
        model = FunctionCode
        fields = (
            *("code", "name", "fund", "valid_from", "valid_to"),
            *("confidence", "is_active", "origin"),
        )
        import_id_fields = ("code", "valid_from")


class EconomicRows(Rows):
    """Economic codes of both classifications."""

    scheme = Column("scheme", "分类", TermWidget(ECONOMIC_SCHEMES, CodeScheme.DEPARTMENT_ECONOMIC))
    code = Column("code", "科目编码", code_of(EconomicCode))
    name = Column("name", "名称", TextWidget())
    valid_from = Column("valid_from", "生效日期", DateWidget())
    valid_to = Column("valid_to", "失效日期", DateWidget())
    confidence = Column("confidence", "可信度", TermWidget(Confidence, Confidence.VERIFIED))
    is_active = Column("is_active", "启用", FlagWidget(blank=True))
    origin = Column("origin", "来源", TextWidget())

    may_be_blank = ("valid_from",)
    needed = ("name",)

    class Meta(RowsMeta):
        model = EconomicCode
        fields = (
            *("scheme", "code", "name", "valid_from", "valid_to"),
            *("confidence", "is_active", "origin"),
        )
        import_id_fields = ("scheme", "code", "valid_from")


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
