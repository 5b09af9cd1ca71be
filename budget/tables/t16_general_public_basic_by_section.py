"""一般公共预算基本支出部门预算经济分类预算表: 类 and 款 in columns of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from budget.questions import BASIC, GENERAL_PUBLIC, OPERATING, PERSONNEL, SPENT_THIS_YEAR
from budget.tables.spec import Group, Setting, TableSpec, Value, amount, code, table, text
from budget.tables.trees import ECONOMIC_LEVELS, Tree, shown_parts


def _heads(setting: Setting, economic: str, is_leaf: bool) -> Mapping[str, Value]:
    shown = shown_parts(setting.use, economic, is_leaf)
    return {
        **dict(zip(("category", "section"), shown, strict=False)),
        "economic_name": setting.book.catalogue.economic_name(economic),
    }


GENERAL_PUBLIC_BASIC_BY_SECTION: Final = table(
    TableSpec(
        code="general-public-basic-by-section",
        title="一般公共预算基本支出部门预算经济分类预算表",
        columns=(
            Group(
                "code",
                "部门预算经济分类科目编码",
                (code("category", "类", width=9), code("section", "款", width=9)),
            ),
            text("economic_name", "部门预算经济分类科目名称", width=28),
            amount("total", "合计", sum_of=("personnel", "operating")),
            amount("personnel", "人员经费", PERSONNEL),
            amount("operating", "公用经费", OPERATING),
        ),
        rows=Tree(
            "economic",
            ECONOMIC_LEVELS,
            SPENT_THIS_YEAR & GENERAL_PUBLIC & BASIC,
            _heads,
            {"economic_name": "合计"},
        ),
    )
)
