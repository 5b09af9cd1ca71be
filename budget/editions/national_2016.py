"""全国 2016: the eight tables of the national procedure of 2016 under its own titles.

Text follows what the same procedure asks to be explained. Made of declarations that were there.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from budget.edition import (
    Edition,
    ParagraphUse,
    PartUse,
    SectionUse,
    TableUse,
    TermExplained,
    VehicleLine,
    Wording,
    edition,
)
from budget.money import WAN
from budget.terms import Scope, VehicleUse

CATEGORIES: Final = (
    *("201", "202", "203", "204", "205", "206", "207", "208", "210", "211", "212", "213"),
    *("214", "215", "216", "217", "219", "220", "221", "222", "229"),
)


def _table(code: str, title: str) -> TableUse:
    return TableUse(
        table=code,
        contents_title=title,
        title=f"{{year}}年{title}",
        empty_note="注：{own}{year}年无相关收支，本表为空表。",
        unit=WAN,
        categories=CATEGORIES if code == "appropriation-summary" else (),
        landscape=code in {"revenue", "spending", "appropriation-summary"},
    )


TABLES: Final = (
    _table("summary", "{body}收支总体情况表"),
    _table("revenue", "{body}收入总体情况表"),
    _table("spending", "{body}支出总体情况表"),
    _table("appropriation-summary", "财政拨款收支总体情况表"),
    _table("general-public-spending", "一般公共预算支出情况表"),
    _table("general-public-basic", "一般公共预算基本支出情况表"),
    _table("three-publics", "一般公共预算“三公”经费支出情况表"),
    _table("government-fund-spending", "政府性基金预算支出情况表"),
)

SECTIONS: Final = (
    SectionUse(
        key="profile",
        title="一、{body}职责与机构",
        blocks=(
            ParagraphUse("mandate"),
            ParagraphUse("organisation"),
            ParagraphUse("units"),
        ),
    ),
    SectionUse(
        key="totals",
        title="二、收支总体情况",
        blocks=(
            ParagraphUse("revenue-budget", lead="（一）收入预算。"),
            ParagraphUse("spending-budget", lead="（二）支出预算。"),
        ),
    ),
    SectionUse(
        key="general-public",
        title="三、一般公共预算支出情况",
        blocks=(
            ParagraphUse("general-public-spending"),
            ParagraphUse("general-public-basic"),
            ParagraphUse("general-public-project"),
        ),
    ),
    SectionUse(
        key="government-fund",
        title="四、政府性基金预算支出情况",
        blocks=(ParagraphUse("government-fund-spending"),),
    ),
    SectionUse(
        key="particulars",
        title="五、重要事项说明",
        blocks=(
            ParagraphUse("agency-operating-costs", lead="（一）机关运行经费。"),
            ParagraphUse("three-publics", lead="（二）“三公”经费。"),
            ParagraphUse("procurement", lead="（三）政府采购。"),
            ParagraphUse("assets", lead="（四）国有资产占用。"),
            ParagraphUse("performance", lead="（五）预算绩效。"),
        ),
    ),
    SectionUse(key="terms", title="六、名词解释", blocks=(ParagraphUse("terms-explained"),)),
)

NATIONAL_2016: Final = edition(
    Edition(
        code="national-2016",
        title="全国2016年规程的部门预算公开",
        wording={
            Scope.DEPARTMENT: Wording(body="部门", own="本部门", subject="部门名称"),
            Scope.UNIT: Wording(body="单位", own="本单位", subject="单位名称"),
        },
        document_title="{name}{year}年{body}预算公开",
        cover=dict.fromkeys(Scope, ("{name}", "{year}年{body}预算公开")),
        contents_heading="目录",
        contents_note="注：没有数据的表格列出空表并说明。",
        parts=(
            PartUse(
                key="narrative",
                contents_title="第一部分 {body}预算说明",
                title="第一部分 {body}预算说明",
                sections=SECTIONS,
            ),
            PartUse(
                key="tables",
                contents_title="第二部分 {body}预算表",
                title="第二部分 {body}预算表",
                tables=TABLES,
            ),
        ),
        text_unit=WAN,
        grain=Decimal(100),
        tail_note="注：本表以元编制、以万元列示，因四舍五入，部分合计数与分项之和存在尾差。",
        terms=(
            TermExplained(
                "机关运行经费",
                "行政单位和参照公务员法管理的事业单位用一般公共预算拨款安排的公用经费。",
            ),
            TermExplained(
                "“三公”经费",
                "用一般公共预算拨款安排的因公出国（境）费、公务用车购置及运行费和公务接待费。",
            ),
        ),
        vehicles=tuple(VehicleLine(use.label, (use,)) for use in VehicleUse),
    )
)
