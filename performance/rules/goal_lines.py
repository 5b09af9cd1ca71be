"""项目资金与明细: what a goal gives as a project's money is the sum of the project's lines."""

from __future__ import annotations

from collections.abc import Iterable

from budget.ledger import where
from budget.money import ZERO
from budget.questions import PROJECT, SPENT
from budget.rules.finding import NotChecked, Outcome
from budget.rules.lines_behind import unlike_lines
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.terms import Needs, Severity


@rule(
    "PRF020",
    Severity.ERROR,
    "项目绩效目标表的资金等于项目明细",
    explain="资金总额由该项目的预算明细汇总；以明细为准更正。",
    basis="项目支出绩效目标表，资金总额与项目预算明细",
    example="项目明细合计 3,041,300.00 元，绩效目标表写 283.20 万元。",
    needs=Needs.BOOK,
)
def project_money_is_its_lines(subject: Subject) -> Iterable[Outcome]:
    """Each project's printed money is the sum of its lines (C51)."""
    book = subject.book
    assert book is not None
    of_projects = book.ledger.by("project", SPENT, PROJECT)
    is_printed = False
    for project in book.projects:
        printed = [
            each
            for each in subject.answering(SPENT, PROJECT, where(project=project.code))
            if each.table
        ]
        is_printed = is_printed or bool(printed)
        held = of_projects.get(project.code, ZERO)
        yield from unlike_lines(printed, held, f"“{project.name}”资金")
    if not is_printed:
        yield NotChecked("文件中没有项目的资金")
