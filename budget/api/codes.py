"""The classification lists as a year used them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request

from budget.api.answers import Answer, Object
from budget.api.endpoint import Endpoint
from budget.api.errors import NotThere
from budget.api.paging import page_of
from budget.api.parameters import OfCodes
from budget.api.rows import CODE, Field, Listing
from budget.codes import hyphenated, level, parent
from budget.models import BudgetYear, EconomicCode, FunctionCode, valid_on
from budget.release.finding import readable
from budget.terms import CodeScheme, Fund

CODE_FIELDS = (
    Field("code", "科目编码", CODE, 12),
    Field("printed", "书写形式", CODE, 14),
    Field("name", "科目名称", width=40),
    Field("level_label", "级次", width=8),
    Field("parent", "上级编码", CODE, 12),
    Field("fund_label", "所属预算", width=20),
)


class Codes(Endpoint):
    """One list of codes on the day by which a year reads them."""

    parameters = OfCodes

    def answer(self, request: Request, asked: dict[str, Any], **names: Any) -> Answer:
        """Three queries."""
        year = _opened(asked["year"])
        scheme: CodeScheme = CodeScheme(asked["scheme"])  # type: ignore[call-arg]
        valid = _valid(scheme, year)
        page = page_of(request, list(valid), asked["page"], asked["page_size"])
        objects = [_code(code, *valid[code]) for code in page.items]
        about = {"year": year.year, "on": year.codes_on.isoformat(), "scheme": scheme.value}
        stem = f"codes-{year.year}-{scheme.value}"
        rows = Listing(stem, scheme.label, CODE_FIELDS, objects, year.year)
        return Answer({**about, **page.plain(objects)}, lambda: rows, page.links)


def _opened(number: int) -> BudgetYear:
    """Return a year of which something was published: of others not even that there is one."""
    year = BudgetYear.objects.filter(year=number).first()
    if year is None or not readable().filter(year=number).exists():
        raise NotThere(f"{number} 年还没有公开的预算，没有可查的科目表。")
    return year


def _valid(scheme: CodeScheme, year: BudgetYear) -> Mapping[str, list[Any]]:
    """Return name and, of functions, fund by code, in the order of codes."""
    if scheme is CodeScheme.FUNCTION:
        return valid_on(FunctionCode.objects.all(), year.codes_on, "name", "fund")
    return valid_on(EconomicCode.objects.filter(scheme=scheme), year.codes_on, "name")


def _code(code: str, name: str, fund: Fund | None = None) -> Object:
    return {
        "code": code,
        "printed": hyphenated(code),
        "name": name,
        "level": level(code).value,
        "level_label": level(code).label,
        "parent": parent(code),
        "fund": fund.value if fund else None,
        "fund_label": fund.label if fund else None,
    }
