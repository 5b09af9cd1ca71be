"""表内勾稽: every printed total is the sum of its printed items.

Which cells add up is what each table's declaration says; rules only ask whether they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from budget.document import Footing, FootingKind, Table
from budget.rules.diagnosis import stated
from budget.rules.finding import Equal, Finding, Outcome, Side, or_not_checked
from budget.rules.places import missing_row
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.rules.telling import in_unit, side
from budget.terms import Severity

NO_SUMS: Final = "没有可以相加的合计"


@rule(
    "FOT001",
    Severity.ERROR,
    "每行的合计等于该行各栏之和",
    explain="先看该行是否漏填或错填一栏；“其中”栏不参加相加。",
    basis="部门预算各表，表内横向勾稽",
    example="支出总表某项合计 90.00，而基本支出 50.00、项目支出 30.00。",
)
def columns_add_up(subject: Subject) -> Iterable[Outcome]:
    """Each total column is the sum of its columns, in every row."""
    sums = _of_kind(subject, FootingKind.COLUMNS)
    yield from or_not_checked(sums, NO_SUMS)


@rule(
    "FOT002",
    Severity.ERROR,
    "上级科目、单位和合计等于其下各行之和",
    explain="上级行由下级行相加得出；先核对下级各行，再核对合计。",
    basis="部门预算各表，表内纵向勾稽",
    example="301 工资福利支出 60.00，而其下各款相加为 59.00。",
)
def rows_add_up(subject: Subject) -> Iterable[Outcome]:
    """Each subtotal and total is the sum of the rows below it, and none of them is left out."""
    sums: list[Outcome] = [*_of_kind(subject, FootingKind.ROWS), *_missing_rows(subject)]
    yield from or_not_checked(sums, NO_SUMS)


def _of_kind(subject: Subject, kind: FootingKind) -> Iterator[Equal]:
    """Yield the sums of a kind all of whose cells are printed."""
    for table in subject.document.tables:
        for footing in table.footings:
            if footing.kind is kind and not _left_out(subject, footing):
                yield Equal(footing.total, footing.items)


def _left_out(subject: Subject, footing: Footing) -> list[str]:
    """Return the cells of a sum that are not printed."""
    return [each for each in (footing.total, *footing.items) if each not in subject.figures]


def _missing_rows(subject: Subject) -> Iterator[Finding]:
    """Yield each row that is left out although sums miss its money: one finding for all columns."""
    for table in subject.document.tables:
        by_row: dict[str, list[Footing]] = {}
        for footing in table.footings:
            missing = {_row(each) for each in _left_out(subject, footing)}
            if len(missing) == 1 and footing.total in subject.figures:
                by_row.setdefault(missing.pop(), []).append(footing)
        for row, footings in by_row.items():
            yield from _missed(subject, table, row, footings)


def _missed(subject: Subject, table: Table, row: str, footings: list[Footing]) -> Iterator[Finding]:
    """Yield a finding where what is left of the sums does not make up their totals."""
    figures, missed = subject.figures, []
    for footing in footings:
        items = tuple(item for item in footing.items if item in figures)
        sum_left = stated("", Equal(footing.total, items), figures)
        if not sum_left.holds:
            missed.append((figures[footing.total], sum_left.gap))
    if missed:
        total, gap = missed[0]
        yield Finding(
            tuple(each.address for each, _ in missed),
            side(total),
            Side(f"{table.name}缺少的行", missing_row(subject.document, row) or "（未写名称）"),
            advice="补上缺少的行",
            remark=f"缺少的金额 {in_unit(abs(gap), total)}{total.unit}",
        )


def _row(address: str) -> str:
    return address.split("/")[1]
