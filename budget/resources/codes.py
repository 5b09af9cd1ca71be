"""Code lists as tables in files: functional and economic classification."""

from __future__ import annotations

from typing import Any

from budget.models import EconomicCode, FunctionCode
from budget.models.codes import ECONOMIC_SCHEMES
from budget.resources.rows import Column, Rows, RowsMeta
from budget.resources.widgets import CodeWidget, DateWidget, FlagWidget, TermWidget, TextWidget
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
