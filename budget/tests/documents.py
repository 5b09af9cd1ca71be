"""Documents made by hand, for tests of what is made of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from budget.document import (
    Cell,
    CellKind,
    Chart,
    Column,
    Disclosure,
    Figure,
    FigureKind,
    Paragraph,
    Part,
    Row,
    RowKind,
    Section,
    Table,
)
from budget.terms import Scope

NAME = "某市人民政府驻北京联络处"
LONG_TEXT = (
    "完成率小于60%为不及格，不得分；大于等于60%的，按超过的比重赋分，"
    "计算公式为：得分=（实际完成率-60%）/（1-60%）×指标分值。"
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80" role="img">'
    '<title>收入预算图</title><rect x="10" y="10" width="180" height="30" fill="#1b4079"/>'
    '<text x="100" y="65" text-anchor="middle" font-size="14" '
    'font-family="FandolSong, Noto Serif SC">拨款收入 1561.09 万元</text></svg>'
)


def an_amount(address: str, value: Decimal | None, **changes: Any) -> Cell:
    """Return a cell of money in 万元; nothing printed for None."""
    text = "" if value is None else f"{value:,}"
    cell = Cell(address.rsplit("/", 1)[-1], text, CellKind.AMOUNT, value, address)
    return replace(cell, **changes)


def a_text(address: str, text: str, kind: CellKind = CellKind.TEXT, **changes: Any) -> Cell:
    """Return a cell of text."""
    return replace(Cell(address.rsplit("/", 1)[-1], text, kind, text, address), **changes)


def heads(titles: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    """Return a head of one row."""
    return (tuple(Cell(title, title, CellKind.HEAD) for title in titles),)


def a_table(code: str = "spending", rows: int = 3, **changes: Any) -> Table:
    """Return a table of codes, names and two amounts; the first row is the sum of the others."""
    columns = (
        Column("code", ("科目编码",), CellKind.CODE, 15),
        Column("item", ("功能科目",), CellKind.TEXT, 45),
        Column("total", ("合计",), CellKind.AMOUNT, 20),
        Column("basic", ("基本支出",), CellKind.AMOUNT, 20),
    )
    body = tuple(_row(code, number) for number in range(1, rows))
    total = sum((Decimal(number) for number in range(1, rows)), Decimal("0.00"))
    made = Table(
        code=code,
        number=1,
        contents_title="部门支出总表",
        title="2023年部门支出总体情况表",
        subject=f"部门名称：{NAME}",
        unit="万元",
        unit_exponent=4,
        columns=columns,
        head=heads([column.title[0] for column in columns]),
        rows=(_row(code, 0, "合计", total, RowKind.TOTAL), *body),
        note="注：本表反映部门本年度各项支出情况。",
        is_empty=False,
        landscape=False,
    )
    return replace(made, **changes)


def _row(
    table: str,
    number: int,
    name: str = "",
    amount: Decimal | None = None,
    kind: RowKind = RowKind.ITEM,
) -> Row:
    key = str(2010300 + number)
    at = f"{table}/{key}"
    return Row(
        key,
        kind,
        (
            a_text(f"{at}/code", key if number else "", CellKind.CODE),
            a_text(f"{at}/item", name or f"行政运行{number}"),
            an_amount(f"{at}/total", Decimal(f"{number}.00") if amount is None else amount),
            an_amount(f"{at}/basic", None),
        ),
    )


TALL_TITLES = (
    *("单位编码", "项目名称", "资金总额", "绩效目标", "一级指标", "二级指标", "三级指标"),
    *("指标值", "指标值内容", "评分标准", "度量单位", "指标值类型", "备注", "说明"),
)
TALL_KINDS = (CellKind.CODE, CellKind.TEXT, CellKind.AMOUNT, *[CellKind.TEXT] * 9, CellKind.SCORE)
TALL_WIDTHS = (6, 9, 7, 14, 6, 8, 12, 7, 10, 18, 5, 5, 5, 6)


def a_tall_table(
    code: str = "project-goals",
    projects: int = 5,
    indicators: int = 12,
    goal: str = "做好接待服务保障工作，配合做好招商引资工作。",
    **changes: Any,
) -> Table:
    """Return indicators of projects in 14 columns; four of them reach over all of a project."""
    columns = tuple(
        Column(f"c{place}", (title,), kind, width)
        for place, (title, kind, width) in enumerate(
            zip(TALL_TITLES, (*TALL_KINDS, CellKind.TEXT), TALL_WIDTHS, strict=True)
        )
    )
    rows = tuple(
        _indicator(code, project, number, indicators, goal)
        for project in range(projects)
        for number in range(indicators)
    )
    made = replace(
        a_table(code),
        number=2,
        title="2023年项目支出绩效目标表",
        contents_title="项目支出绩效目标表",
        columns=columns,
        head=heads(TALL_TITLES),
        rows=rows,
        note="",
        landscape=True,
    )
    return replace(made, **changes)


def _indicator(code: str, project: int, number: int, indicators: int, goal: str) -> Row:
    key = f"p{project}-{number}"
    merged = indicators if number == 0 else 0
    texts = [
        "157001",
        f"第{project}号项目",
        "304.13",
        goal,
        "产出指标",
        "数量指标",
        f"完成第{project}号项目的第{number}项工作",
        f"{number}次",
        "当好参谋助手，提供信息服务",
        LONG_TEXT if number % 3 == 0 else "每少1次扣1分，扣完为止",
        "次",
        "定量",
        "10",
        "无",
    ]
    cells = []
    for place, text in enumerate(texts):
        at = f"{code}/{key}/c{place}"
        kind = (*TALL_KINDS, CellKind.TEXT)[place]
        cells.append(a_text(at, text, kind, rowspan=merged if place < 4 else 1))
    return Row(key, RowKind.ENTRY, tuple(cells))


def a_paragraph(text: str = "本单位无政府性基金安排的支出。", **changes: Any) -> Paragraph:
    """Return a paragraph of one run."""
    return replace(Paragraph("government-fund", "", (text,)), **changes)


def a_figure(text: str = "1561.09", key: str = "revenue_total") -> Figure:
    """Return an amount as sentences print it."""
    return Figure(key, text, FigureKind.AMOUNT, Decimal(text), "万元", f"revenue-budget/{key}")


def a_chart(svg: str = SVG) -> Chart:
    """Return a chart of one share."""
    return Chart("revenue", "收入预算图", "万元", (), "收入全部来自拨款。", svg)


def some_sections() -> tuple[Section, ...]:
    """Return a narrative of two sections, with a figure that is said twice and a chart."""
    said = ("2023年本单位收入预算", a_figure(), "万元，即", a_figure(), "万元。")
    return (
        Section("profile", 2, "一、部门基本概况", "一、部门基本概况", ()),
        Section(
            "mandate",
            3,
            "（一）职能职责",
            "（一）职能职责",
            (a_paragraph("甲。\n乙。", key="mandate"),),
        ),
        Section(
            "totals",
            2,
            "二、部门收支总体情况",
            "二、部门收支总体情况",
            (Paragraph("revenue-budget", "（一）收入预算：", said), a_chart()),
        ),
    )


def a_disclosure(
    *,
    sections: tuple[Section, ...] | None = None,
    tables: tuple[Table, ...] | None = None,
    **changes: Any,
) -> Disclosure:
    """Return a whole document with two tables, one of them with tall cells."""
    made = Disclosure(
        edition="by-hand",
        scope=Scope.DEPARTMENT,
        code="157",
        name=NAME,
        year=2023,
        title=f"{NAME}2023年部门预算公开",
        cover=(NAME, "2023年部门预算公开"),
        contents_heading="目 录",
        contents_note="注：空表表示本部门无相关收支情况",
        parts=two_parts(
            some_sections() if sections is None else sections,
            (a_table(), a_tall_table(projects=2, indicators=9)) if tables is None else tables,
        ),
    )
    return replace(made, **changes)


def with_tables(document: Disclosure, *tables: Table) -> Disclosure:
    """Return a document of two parts with other tables."""
    text, second = document.parts
    return replace(document, parts=(text, replace(second, tables=tables)))


def two_parts(sections: tuple[Section, ...], tables: tuple[Table, ...]) -> tuple[Part, ...]:
    """Return a part of text and a part of tables."""
    return (
        Part("narrative", "第一部分 说明", "第一部分 公开说明", sections=sections),
        Part("tables", "第二部分 预算表", "第二部分 预算表", tables=tables),
    )
