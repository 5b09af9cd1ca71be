"""Tables 1 to 8 print what was published, cell by cell."""

import pytest

from budget.document import CellKind, RowKind, Table
from budget.tests.expected import BUDGET_TABLES, expected_table, tight
from budget.tests.samples import sample_disclosure

pytestmark = pytest.mark.parametrize("code", BUDGET_TABLES)


def composed(code: str) -> Table:
    return sample_disclosure().tables_by_code[code]


def marks(table: Table) -> tuple[str, ...] | None:
    rows = [row for row in table.head if all(cell.kind is CellKind.MARK for cell in row)]
    return tuple(cell.text for cell in rows[0]) if rows else None


def test_body_cells_are_as_published(code: str) -> None:
    rows = tuple(tuple(tight(cell.text) for cell in row.cells) for row in composed(code).rows)
    assert rows == expected_table(code).rows


def test_the_head_is_as_published(code: str) -> None:
    head = tuple(
        tuple((tight(cell.text), cell.rowspan, cell.colspan) for cell in row if not cell.is_covered)
        for row in composed(code).head
        if row[0].kind is not CellKind.MARK
    )
    assert head == expected_table(code).head


def test_the_row_of_marks_is_as_published(code: str) -> None:
    assert marks(composed(code)) == expected_table(code).marks


def test_titles_and_note_are_as_published(code: str) -> None:
    table, expected = composed(code), expected_table(code)
    assert table.number == expected.number
    assert table.contents_title == expected.contents_title
    assert tight(table.title) == expected.title
    assert tight(table.note) == expected.note


def test_subject_and_unit_are_as_published(code: str) -> None:
    table, expected = composed(code), expected_table(code)
    assert tight(table.subject) == expected.subject
    assert f"单位：{table.unit}" == expected.unit


def test_every_amount_is_the_number_that_its_text_shows(code: str) -> None:
    for row in composed(code).rows:
        for cell in row.cells:
            if cell.kind is CellKind.AMOUNT and row.kind is not RowKind.EMPTY:
                shown = "" if cell.value is None else f"{cell.value:,}"
                assert cell.text == shown


def test_heads_and_rows_are_dense(code: str) -> None:
    table = composed(code)
    for row in (*table.head, *(row.cells for row in table.rows)):
        assert len(row) == len(table.columns)


def test_every_body_cell_is_found_by_its_address(code: str) -> None:
    for row in composed(code).rows:
        for cell in row.cells:
            if cell.address:
                assert sample_disclosure().cell(cell.address) is cell
