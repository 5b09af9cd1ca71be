"""完整性: the tables and sections of the edition, their totals and fixed rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from budget.document import Chart, Gap, Paragraph, RowKind, Run, Table
from budget.edition import TableUse
from budget.rules.expected import printed_as, sections_of, tables_of, wanted
from budget.rules.finding import Finding, NotChecked, Outcome, Side
from budget.rules.places import TOTAL_ROW, missing_row
from budget.rules.printed import Printed, Subject
from budget.rules.questions import only
from budget.rules.registry import rule
from budget.rules.sentences import paragraphs
from budget.rules.telling import addresses, side
from budget.tables.spec import TABLES
from budget.terms import Severity, Source


@rule(
    "CMP001",
    Severity.ERROR,
    "版式要求的表齐全",
    explain="没有数据的表也要列出空表并说明；重复的表删去一张。",
    basis="《预算法》第十四条；部门预算公开规程，公开内容",
    example="没有“政府性基金预算支出表”。",
)
def all_tables_are_there(subject: Subject) -> Iterable[Outcome]:
    """Each table that the edition prints for this scope stands there once (N26)."""
    codes = [table.code for table in subject.document.tables]
    for use in tables_of(subject.document, subject.edition):
        number = codes.count(use.table)
        if number != 1:
            title = wanted(subject.document, subject.edition, use.contents_title or use.title)
            yield Finding(
                (use.table,),
                Side("应有的表", title.told),
                Side("文件中", "没有" if number == 0 else f"有 {number} 张"),
                advice="补上这张表" if number == 0 else "删去重复的表",
            )


@rule(
    "CMP002",
    Severity.ERROR,
    "版式要求的说明齐全",
    explain="机关运行经费、政府采购、国有资产等事项没有时也要说明。",
    basis="部门预算公开规程，公开内容",
    example="没有“政府采购情况”的说明。",
)
def all_sections_are_there(subject: Subject) -> Iterable[Outcome]:
    """Each section that the edition prints for this scope stands there with its text (N26)."""
    document = subject.document
    if not document.sections:
        yield NotChecked("只有表，没有文字")
        return
    printed = {section.key: section for section in document.sections}
    silent = sections_without_words(subject)
    said = {each.key.split(".")[0] for each in paragraphs(document)}
    for use in sections_of(document, subject.edition):
        title = wanted(document, subject.edition, use.title or use.key).told
        if use.key not in printed:
            yield _missing(use.key, title, "没有这一节")
        elif use.key in silent:
            yield _missing(use.key, title, "标题下没有内容")
        else:
            for block in use.blocks:
                code = getattr(block, "paragraph", "")
                if code in ALWAYS_SAID and code not in said:
                    yield _missing(code, ALWAYS_SAID[code], "没有这一段")


def sections_without_words(subject: Subject) -> frozenset[str]:
    """Return the expected sections whose heading has nothing below it but gaps of a draft."""
    printed = {section.key: section for section in subject.document.sections}
    return frozenset(
        use.key
        for use in sections_of(subject.document, subject.edition)
        if use.blocks and use.key in printed and not any(map(_says, printed[use.key].blocks))
    )


def _says(block: Paragraph | Chart) -> bool:
    return isinstance(block, Chart) or bool(block.lead) or not all(_is_gap(r) for r in block.text)


def _is_gap(run: Run) -> bool:
    return isinstance(run, Gap)


ALWAYS_SAID: Final = {
    "agency-operating-costs": "机关运行经费",
    "agency-costs-covered": "机关运行经费",
    "three-publics": "“三公”经费",
    "three-publics-by-item": "“三公”经费",
    "procurement": "政府采购情况",
    "procurement-reserved": "政府采购情况",
    "assets": "国有资产占用使用情况",
    "assets-at-date": "国有资产占有使用情况",
}
"""Paragraphs that inspections look for, zero or not, and what people call them."""


def _missing(address: str, title: str, what: str) -> Finding:
    return Finding((address,), Side("应有的说明", title), Side("文件中", what), advice="补上说明")


@rule(
    "CMP003",
    Severity.ERROR,
    "表有合计行",
    explain="表内各行要有合计；补上漏掉的合计行。",
    basis="部门预算各表，表内纵向勾稽",
    example="支出总表只有科目行，没有合计行。",
)
def tables_have_their_totals(subject: Subject) -> Iterable[Outcome]:
    """What a table's sums lead to is printed; rows below it are missed by the sums themselves."""
    if not any(table.footings for table in subject.document.tables):
        yield NotChecked("没有可以相加的合计")
    for table in subject.document.tables:
        items = {item for footing in table.footings for item in footing.items}
        missing = {
            footing.total.split("/")[1]
            for footing in table.footings
            if footing.total not in table.cells and footing.total not in items
        }
        if _lacks_its_total(table):
            missing.add(TOTAL_ROW)
        for row in sorted(missing):
            yield Finding(
                (table.code,),
                Side(table.name, "没有合计行"),
                Side("缺少", missing_row(subject.document, row) or "合计行"),
                advice="补上合计行",
            )


def _lacks_its_total(table: Table) -> bool:
    """True for a filled table whose declaration has a 合计 and which prints none."""
    if table.is_empty or table.code not in TABLES or not TABLES[table.code].rows.has_total:
        return False
    return bool(table.rows) and all(row.kind is not RowKind.TOTAL for row in table.rows)


@rule(
    "CMP004",
    Severity.WARNING,
    "有金额的类在固定的类别行之内",
    explain="版式的固定类别行没有这一类，已按编码顺序补在后面；确认科目是否正确。",
    basis="财政拨款收支总表，固定类别行",
    example="国防支出（203）有 3.00，而版式没有这一行。",
)
def categories_have_their_rows(subject: Subject) -> Iterable[Outcome]:
    """A 类 with money is among those that the edition always prints (C26).

    State capital money is left out: its own 类 is in no fixed list, and the form has a column
    for it nevertheless.
    """
    if not subject.document.tables:
        yield NotChecked("文件中没有表")
    for use, table in printed_as(subject.document, subject.edition):
        if use.categories:
            for code in _added(use, table):
                printed = [
                    each
                    for each in subject.figures.values()
                    if each.table == table.code and _is_of(each, code) and each.yuan
                ]
                if any(_is_listed(each) for each in printed):
                    yield Finding(
                        addresses(printed),
                        side(printed[0]),
                        Side("版式的固定类别行", f"没有 {code}"),
                        advice="确认功能科目；正确的，写明原因",
                    )


def _added(use: TableUse, table: Table) -> list[str]:
    """Return the 类 of a table's rows that the edition does not always print."""
    rows = dict.fromkeys(address.split("/")[1] for address in table.cells)
    return [row for row in rows if re.fullmatch(r"\d{3}", row) and row not in use.categories]


def _is_of(printed: Printed, code: str) -> bool:
    return printed.question is not None and only(printed.question, "category") == code


def _is_listed(printed: Printed) -> bool:
    """True for money of the two funds whose 类 the fixed list means to hold."""
    assert printed.question is not None
    return only(printed.question, "source") in (Source.GENERAL_PUBLIC, Source.GOVERNMENT_FUND)
