"""未完成的草稿: words that are still to be written, and money that no column can show.

A draft is always formed (budget/drafting.py); what it lacks to be published is told here. A reason
for a change is missed by the rule on reasons, an unknown code by the rules on codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budget.book import BudgetBook
from budget.document import CellKind, Gap, Lack, LackKind, Paragraph, Section, Table
from budget.money import YUAN, total
from budget.rules.completeness import sections_without_words
from budget.rules.finding import Finding, NotChecked, Outcome, Side
from budget.rules.passages import untold
from budget.rules.printed import Subject
from budget.rules.reasons import measure_of
from budget.rules.registry import rule
from budget.rules.sentences import movements
from budget.terms import Needs, Severity


@rule(
    "DRF001",
    Severity.WARNING,
    "说明中要填写的文字都已填写",
    explain="在文字说明或项目支出中填写标为“待填”的内容；确实没有的，写明原因。",
    basis="部门预算公开规程，公开内容",
    example="项目支出预算 40.00 万元，其中一般公共服务支出的用途没有写。",
)
def words_are_written(subject: Subject) -> Iterable[Outcome]:
    """No gap is left, but for those that other rules miss by what they read."""
    yield from untold(subject)
    told = {(each.paragraph.key, each.measure) for each in movements(subject) if not each.is_level}
    silent = sections_without_words(subject)
    for section in subject.document.sections:
        if section.key not in silent:
            for paragraph, gap in _gaps(section):
                if (paragraph.key, measure_of(gap.key)) not in told:
                    yield Finding(
                        (gap.address, paragraph.key),
                        Side("要填写的文字", gap.label, address=gap.address),
                        Side("文件中", "（未写）", address=paragraph.key),
                        advice=f"补写{gap.label}",
                    )


def _gaps(section: Section) -> Iterator[tuple[Paragraph, Gap]]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            for run in block.text:
                if isinstance(run, Gap):
                    yield block, run


@rule(
    "DRF002",
    Severity.ERROR,
    "每笔资金都有可以列示的栏目",
    explain="核对这些明细的支出性质和资金来源；确实如此的，请财政部门改用有相应栏目的版式。",
    basis="《预算法》第五条、第十四条；部门预算各表，栏目设置",
    example="版式的支出预算总表只有基本支出和项目支出两栏，而有一笔结转下年。",
    needs=Needs.BOOK,
)
def money_has_its_place(subject: Subject) -> Iterable[Outcome]:
    """Each table has a column or a row for all money that it speaks of."""
    book = subject.book
    assert book is not None
    if not subject.document.tables:
        yield NotChecked("文件中没有表")
    for lack in subject.document.lacks:
        if lack.kind is LackKind.PLACE:
            amount = YUAN.text(total(line.amount for line in lack.lines), grouped=True)
            yield Finding(
                (*_counted_in(lack, subject, book), lack.address),
                Side("没有栏目可列的资金", amount, "元", lack.address),
                Side("问题", lack.told),
                advice="更正支出性质或资金来源，或改用有相应栏目的版式",
            )


def _counted_in(lack: Lack, subject: Subject, book: BudgetBook) -> tuple[str, ...]:
    """Return the cell nearest to the money: of those that count it the one of fewest lines."""
    table = subject.document.tables_by_code[lack.address]
    counts = {
        address: len(lines)
        for address, lines in _behind_cells(table, book)
        if set(lack.lines) & lines
    }
    return (min(counts, key=lambda address: counts[address]),) if counts else ()


def _behind_cells(table: Table, book: BudgetBook) -> Iterator[tuple[str, set[object]]]:
    for address, cell in table.cells.items():
        if cell.kind is CellKind.AMOUNT and cell.questions:
            yield address, set(book.ledger.lines(*cell.questions))
