"""A large workbook, and a process that checks it once: ``python -m bench.workbooks FILE.xlsx``.

The process says its peak memory, in bytes, on standard output.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from typing import Final

import django
from django.core.management import call_command

from bench.documents import a_large_book, edition, large_remarks
from bench.once import peak_memory
from budget.book import BudgetBook
from budget.disclosure import compose
from budget.document import Disclosure
from budget.render import xlsx
from budget.render.xlsx_yuan import has_other_unit
from performance.goals import Aspect, Dimension, Goals, Indicator, OverallGoal, ProjectGoal
from performance.parts import GOALS

INDICATORS: Final = 17
"""Of each project and of each unit: with 50 units, and the copies in 元, over 5,000 rows."""


def a_large_workbook() -> bytes:
    """Return the workbook of 50 units with goals, as the product writes it."""
    [content] = xlsx.render(a_large_document()).values()
    return content


def rows_of(document: Disclosure) -> int:
    """Return how many rows of tables a document's workbook has, those of copies in 元 included."""
    copied = [table for table in document.tables if has_other_unit(table)]
    return sum(len(table.rows) for table in (*document.tables, *copied))


def a_large_document() -> Disclosure:
    """Return the document of 50 units with goals."""
    return compose(with_goals(a_large_book(10_000)), large_remarks(), edition())


def with_goals(book: BudgetBook) -> BudgetBook:
    """Return the book with a goal of many indicators for each project and each unit."""
    indicators = tuple(_indicators())
    goals = Goals(
        projects=tuple(
            ProjectGoal(unit=each.unit, project=each.code, goal="按计划完成", indicators=indicators)
            for each in book.projects
        ),
        overall=tuple(
            OverallGoal(unit=each.code, goal="保障履职", indicators=indicators)
            for each in book.budget_units
        ),
    )
    return replace(book, parts={**book.parts, GOALS: goals})


def _indicators() -> Iterator[Indicator]:
    for number in range(INDICATORS):
        yield Indicator(
            code=f"output-quantity-{number}",
            dimension=Dimension.OUTPUT,
            aspect=Aspect.QUANTITY,
            name=f"第{number + 1}项工作完成数量",
            target=str(number + 1),
            explanation="按年度计划应完成的数量",
            scoring="完成得满分，未完成的按比例计分。",
            measure="项",
            weight=Decimal(2),
        )


def main(file: str) -> None:
    """Check a workbook as the command does."""
    django.setup()
    with redirect_stdout(StringIO()), suppress(SystemExit):  # it ends with 1 where errors are found
        call_command("checkworkbook", file)
    print(peak_memory())


if __name__ == "__main__":
    main(sys.argv[1])
