"""Where things stand on printed pages: nothing clipped or beside its cell, no number broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

from budget.document import CellKind, Disclosure, Table
from budget.render.lanes import WHOLE, shares
from budget.render.paper.book import Press
from budget.render.paper.cache import SectionCache
from budget.render.paper.engine import engine
from budget.render.paper.sheets import Sheets
from budget.tests.documents import a_disclosure, a_table, a_tall_table, an_amount
from budget.tests.samples import sample_disclosure

HAIR = 1.0
"""Pixels: rounding of sums of widths and heights, and half a hair line."""


def laid_out(disclosure: Disclosure, *tables: Table) -> list[Document]:
    """Return the sections of a document, or some of its tables, as pages."""
    press = Press(engine(), Sheets(disclosure, tables or None), SectionCache(0), recut=True)
    return press.alone() if tables else press.whole()


@cache
def sample_sections() -> list[Document]:
    return laid_out(sample_disclosure())


def pages(documents: list[Document]) -> Iterator[Any]:
    """Yield the box of each page."""
    for document in documents:
        for page in document.pages:
            yield page._page_box


def outside(documents: list[Document]) -> list[str]:
    """Return the texts that reach over the right or lower edge of their page's content."""
    found = []
    for page in pages(documents):
        right = page.content_box_x() + page.width + HAIR
        bottom = page.content_box_y() + page.height + HAIR
        found += [box.text for box in in_flow(page) if edge(box) > right or foot(box) > bottom]
    return found


def in_flow(page: Any) -> Iterator[Any]:
    """Yield the texts of a page, without those in its margins."""
    for child in page.children:
        if not isinstance(child, boxes.MarginBox):
            yield from (box for box in child.descendants() if isinstance(box, boxes.TextBox))


def edge(box: Any) -> float:
    # A line may end in a blank, which takes width and shows nothing.
    return float(box.position_x + box.width) if box.text.strip() else 0.0


def foot(box: Any) -> float:
    return float(box.position_y + box.height)


def cells(documents: list[Document]) -> Iterator[Any]:
    for page in pages(documents):
        yield from (box for box in page.descendants() if isinstance(box, boxes.TableCellBox))


def beside(documents: list[Document]) -> list[str]:
    """Return the texts that reach over the edges of their cell."""
    return [
        text.text
        for cell in cells(documents)
        for text in cell.descendants()
        if isinstance(text, boxes.TextBox)
        and (
            edge(text) > cell.position_x + cell.border_width() + HAIR
            or foot(text) > cell.position_y + cell.border_height() + HAIR
            or text.position_y < cell.position_y - HAIR
        )
    ]


def a_table_of_large_amounts() -> Table:
    """Return a table whose money columns are far too narrow for the largest amounts allowed."""
    table = a_table()
    largest = Decimal("-999999999.99")
    rows = tuple(
        replace(
            row,
            cells=(
                *row.cells[:2],
                an_amount(row.cells[2].address, largest),
                an_amount(row.cells[3].address, largest),
            ),
        )
        for row in table.rows
    )
    narrow = tuple(
        replace(column, width=3) if column.kind is CellKind.AMOUNT else column
        for column in table.columns
    )
    return replace(table, columns=narrow, rows=rows)


@pytest.mark.parametrize("check", [outside, beside])
def test_nothing_of_the_sample_is_clipped(check: Any) -> None:
    assert check(sample_sections()) == []


@pytest.mark.parametrize("check", [outside, beside])
@pytest.mark.parametrize(
    "table",
    [
        a_tall_table(projects=5, indicators=12),
        a_tall_table(projects=1, indicators=4, goal="目标很多很多。" * 300),
        a_tall_table(projects=3, indicators=1, goal="目标很多很多。" * 300),
        a_tall_table(projects=9, indicators=2, goal="目标很多很多。" * 30),
        a_table(rows=120),
        a_table_of_large_amounts(),
    ],
    ids=["tall", "long-goal", "one-row-long-goal", "goal-inflates-rows", "plain", "large"],
)
def test_nothing_of_a_difficult_table_is_clipped(table: Table, check: Any) -> None:
    assert check(laid_out(a_disclosure(), table)) == []


def test_no_number_breaks_over_two_lines() -> None:
    documents = [*sample_sections(), *laid_out(a_disclosure(), a_table_of_large_amounts())]
    amounts = [cell for cell in cells(documents) if "amount" in cell.element.get("class", "")]
    assert len(amounts) > 350
    for cell in amounts:
        lines = [box for box in cell.descendants() if isinstance(box, boxes.LineBox)]
        assert len(lines) <= 1


def test_pages_of_a_tall_table_are_as_full_as_planned() -> None:
    table = a_tall_table(projects=5, indicators=12)
    [document] = laid_out(a_disclosure(), table)
    counts = [
        sum(1 for box in page.descendants() if isinstance(box, boxes.TableRowBox)) - 3
        for page in pages([document])
    ]
    # Title, subject and column heads are 3 rows of each page; no page but the last is half empty.
    assert sum(counts) == 60
    assert min(counts[:-1]) > max(counts) // 2


def test_shares_fill_the_table_and_meet_every_need() -> None:
    widths = shares(a_table_of_large_amounts())
    assert WHOLE - len(widths) <= sum(widths) <= WHOLE
    # 999999999.99 with sign and commas is 15 letters: 15 × 10 pt × 0.55 + 7 of 487 pt = 18.4 %.
    assert widths[2] >= 1838
    assert widths[3] >= 1838


def test_the_text_is_twenty_eight_characters_wide() -> None:
    narrative = sample_sections()[2]
    page = next(pages([narrative]))
    assert page.width / (16 * 96 / 72) == pytest.approx(28, abs=0.02)
    full = [box.text.strip() for box in in_flow(page) if len(box.text.strip()) == 28]
    assert full


def test_lines_stand_twenty_eight_points_apart() -> None:
    narrative = sample_sections()[2]
    page = next(pages([narrative]))
    tops = sorted({round(box.position_y, 2) for box in in_flow(page)})
    steps = [round((after - before) * 0.75, 1) for before, after in pairwise(tops)]
    assert steps.count(28.0) >= 15
