"""Tables 9 and 10 print what was published, row by row, where the transcription is certain."""

import pytest

from budget.document import Table
from budget.tests.expected import PERFORMANCE_TABLES, expected_table, tight
from budget.tests.samples import sample_disclosure

pytestmark = pytest.mark.parametrize("code", PERFORMANCE_TABLES)


def composed(code: str) -> Table:
    return sample_disclosure().tables_by_code[code]


def test_body_cells_are_as_published(code: str) -> None:
    published = [
        tuple(None if cell is None else tight(cell) for cell in row)
        for row in expected_table(code).rows
    ]
    printed = [tuple(tight(cell.text) for cell in row.cells) for row in composed(code).rows]
    certain = [
        tuple(None if there is None else here for here, there in zip(row, cells, strict=True))
        for row, cells in zip(printed, published, strict=True)
    ]
    assert certain == published


def test_the_head_is_as_published(code: str) -> None:
    head = tuple(
        tuple((tight(cell.text), cell.rowspan, cell.colspan) for cell in row if not cell.is_covered)
        for row in composed(code).head
    )
    assert head == expected_table(code).head


def test_titles_subject_and_unit_are_as_published(code: str) -> None:
    table, expected = composed(code), expected_table(code)
    assert table.number == expected.number
    assert table.contents_title == expected.contents_title
    assert tight(table.title) == expected.title
    assert tight(table.subject) == expected.subject
    assert f"单位：{table.unit}" == expected.unit


def test_what_belongs_to_a_whole_block_is_one_tall_cell(code: str) -> None:
    """Code, name, money and goal are printed once beside the indicators that they belong to."""
    rows = composed(code).rows
    goal = 3 if code == "project-goals" else 9
    blocks = [row for row in rows if row.cells[goal].value and row.cells[goal].rowspan > 0]
    spans = [row.cells[goal].rowspan for row in blocks]
    assert spans == ([8, 2, 11] if code == "project-goals" else [18])
    for row in blocks:
        assert {cell.rowspan for cell in row.cells[:goal]} == {row.cells[goal].rowspan}
