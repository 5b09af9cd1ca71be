"""表内勾稽: every printed total is the sum of its printed items.

Which cells add up is what each table's declaration says; rules only ask whether they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from budget.document import FootingKind
from budget.rules.finding import Equal, Outcome, or_not_checked
from budget.rules.printed import Subject
from budget.rules.registry import rule
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
    """Each subtotal and total is the sum of the rows below it."""
    yield from or_not_checked(_of_kind(subject, FootingKind.ROWS), NO_SUMS)


def _of_kind(subject: Subject, kind: FootingKind) -> Iterator[Equal]:
    """Yield the table's sums; a row that a document leaves out counts for nothing in them."""
    for table in subject.document.tables:
        for footing in table.footings:
            if footing.kind is kind and footing.total in subject.figures:
                items = tuple(item for item in footing.items if item in subject.figures)
                yield Equal(footing.total, items)
