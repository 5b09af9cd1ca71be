"""What the benchmark measures is what it says it measures."""

from __future__ import annotations

import math

import pytest

from bench.documents import (
    UNITS,
    a_large_book,
    edition,
    large_remarks,
    marked,
    sample_disclosure,
    with_other_indicator,
    with_other_line,
    with_other_reason,
)
from bench.figures.growth import exponent
from bench.registry import Result
from bench.workbooks import a_large_document, a_large_workbook, rows_of
from budget.canonical import compare, disclosure_content
from budget.disclosure import compose
from budget.document import Disclosure
from budget.tests.workbooks import read, shown

pytestmark = pytest.mark.long


def changed_paths(other: Disclosure) -> tuple[str, ...]:
    return compare(disclosure_content(sample_disclosure()), disclosure_content(other))


def test_a_changed_reason_changes_one_sentence_and_not_its_length() -> None:
    [path] = changed_paths(with_other_reason(1))
    assert path.startswith("parts/narrative/sections/totals/blocks/1/text/")
    assert len(marked("人员经费增加", 7)) == len("人员经费增加")


def test_a_changed_indicator_changes_one_cell_of_the_overall_goals() -> None:
    paths = changed_paths(with_other_indicator(1))
    cell = "overall-goals/157001.output-quantity-1/indicator"
    assert [path.endswith((f"{cell}/text", f"{cell}/value")) for path in paths] == [True, True]


def test_each_round_changes_something_else() -> None:
    for change in (with_other_reason, with_other_indicator, with_other_line):
        made = {disclosure_content(change(number)) for number in range(1, 8)}
        assert len(made) == 7


def test_the_large_department_has_all_its_lines_and_prints_all_its_money() -> None:
    book = a_large_book(500)
    assert (len(book.units), len(book.lines)) == (UNITS, 500)
    document = compose(book, large_remarks(), edition())
    # Everything is income and spent: the total is that of the lines, in 万元.
    total = sum(line.amount for line in book.lines)
    shown = document.tables_by_code["summary"].rows[-1].cells[1].value
    assert shown == total / 10_000


@pytest.mark.long
def test_the_large_workbook_has_over_five_thousand_rows_and_is_read_whole() -> None:
    document = a_large_document()
    assert rows_of(document) > 5_000
    back = read(a_large_workbook()).document
    assert shown(back) == shown(document)


@pytest.mark.parametrize(
    ("value", "verdict"), [(8, "aim"), (8.1, "reach"), (15, "reach"), (15.1, "MISSED")]
)
def test_a_figure_is_judged_by_its_limits(value: float, verdict: str) -> None:
    assert Result("what", "", value, (15, 8), " ms").verdict == verdict


def test_the_exponent_of_straight_growth_is_one() -> None:
    assert math.isclose(exponent(0.5, 50, 100), 1)
