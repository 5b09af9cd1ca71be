"""Which rows stand on which page, and what merged cells show there: worked by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from budget.document import CellKind, Row, RowKind
from budget.render.paper.paging import Label, Part, Room, parts
from budget.render.paper.recut import blocks, cut
from budget.tests.documents import a_tall_table, a_text

ROOM = Room(first=100, other=100, tail=0)


def a_label(row: int, span: int, lines: int, column: int = 0) -> Label:
    """Return a merged cell whose lines are 10 high within a frame of 4."""
    return Label(row, column, span, frame=4, line=10, lines=lines)


def cuts(pages: tuple[Part, ...]) -> list[tuple[int, int]]:
    return [(page.start, page.end) for page in pages]


def test_a_table_that_fits_is_one_page() -> None:
    assert cuts(parts([25, 25, 25, 25], [], ROOM)) == [(0, 4)]


def test_a_row_that_does_not_fit_begins_the_next_page() -> None:
    assert cuts(parts([25, 25, 25, 26], [], ROOM)) == [(0, 3), (3, 4)]


def test_the_first_page_offers_less_under_a_heading() -> None:
    room = Room(first=50, other=100, tail=0)
    assert cuts(parts([25] * 6, [], room)) == [(0, 2), (2, 6)]


def test_what_stands_under_the_table_stays_with_its_last_row() -> None:
    room = Room(first=100, other=100, tail=1)
    assert cuts(parts([25] * 4, [], room)) == [(0, 3), (3, 4)]


def test_a_label_counts_on_every_page_that_shows_it() -> None:
    # Seven lines and the frame are 74. Three rows of 30 hold it on the first page (90); with the
    # fourth they would be 120. On the second page the label makes its one row 74 high.
    label = a_label(0, 4, lines=7)
    assert cuts(parts([30] * 4, [label], ROOM)) == [(0, 3), (3, 4)]
    # So a row of 30 does not fit below it, where 30 + 30 would have.
    assert cuts(parts([30] * 5, [label], ROOM)) == [(0, 3), (3, 4), (4, 5)]


def test_the_last_row_of_a_label_makes_up_what_it_lacks() -> None:
    # Eight lines and the frame are 84: rows 0 and 1 take 84 instead of 40, so 20 more is too much.
    assert cuts(parts([20, 20, 20], [a_label(0, 2, lines=8)], ROOM)) == [(0, 2), (2, 3)]


def test_a_label_longer_than_a_page_runs_on() -> None:
    # 9 lines fit (94); 20 lines take three pages: 9, 9 and 2.
    label = a_label(0, 9, lines=20)
    pages = parts([30] * 9, [label], ROOM)
    assert cuts(pages) == [(0, 3), (3, 6), (6, 9)]
    assert [page.lines[label] for page in pages] == [(0, 9), (9, 18), (18, 20)]
    assert not any(page.tall for page in pages)


def test_the_last_row_waits_for_text_that_is_still_to_come() -> None:
    # Two rows would fit one page, but then 11 lines would be left without a row beside them.
    label = a_label(0, 2, lines=20)
    pages = parts([30, 30], [label], ROOM)
    assert cuts(pages) == [(0, 1), (1, 2)]
    assert [page.lines[label] for page in pages] == [(0, 9), (9, 20)]
    assert [page.tall for page in pages] == [False, True]


def test_a_row_higher_than_a_page_stands_alone_and_is_marked() -> None:
    pages = parts([20, 250, 20], [], ROOM)
    assert cuts(pages) == [(0, 1), (1, 2), (2, 3)]
    assert [page.tall for page in pages] == [False, True, False]


def test_no_rows_make_no_page() -> None:
    assert parts([], [], ROOM) == ()


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[float], list[Label]]:
    """Draw rows and merged cells in two columns that do not overlap within one."""
    rows = draw(st.lists(st.integers(5, 150).map(float), min_size=1, max_size=30))
    labels = []
    for column in range(2):
        row = 0
        while row < len(rows):
            span = draw(st.integers(1, 8))
            span = min(span, len(rows) - row)
            if span > 1:
                labels.append(a_label(row, span, draw(st.integers(1, 30)), column))
            row += span
    return rows, labels


@given(tables())
def test_every_row_and_every_line_is_printed_once_and_in_order(
    table: tuple[list[float], list[Label]],
) -> None:
    rows, labels = table
    pages = parts(rows, labels, ROOM)
    assert [row for page in pages for row in range(page.start, page.end)] == list(range(len(rows)))
    for label in labels:
        shown = [page.lines[label] for page in pages if label in page.lines]
        if shown:
            assert [line for begun, end in shown for line in range(begun, end)] == list(
                range(label.lines)
            )
        else:
            assert label.height(label.lines) <= ROOM.least


@given(tables())
def test_a_page_of_several_rows_is_never_overfull(table: tuple[list[float], list[Label]]) -> None:
    rows, labels = table
    for page in parts(rows, labels, ROOM):
        # What every layout needs at the least: its rows, and each label that ends on the page.
        assert page.tall or sum(rows[page.start : page.end]) <= ROOM.other
        assert not page.tall or page.end - page.start == 1


def merged_rows() -> tuple[Row, ...]:
    """Return four rows under one merged cell, each with a name of its own."""
    return tuple(
        Row(
            f"r{number}",
            RowKind.ENTRY,
            (
                a_text(f"t/r{number}/goal", "目标", rowspan=4 if number == 0 else 0),
                a_text(f"t/r{number}/item", f"第{number}项", CellKind.TEXT),
            ),
        )
        for number in range(4)
    )


def test_a_cut_label_is_printed_again_and_keeps_its_address_at_first() -> None:
    first, second = cut(merged_rows(), (Part(0, 3), Part(3, 4)), {})
    assert [row.cells[0].rowspan for row in first] == [3, 0, 0]
    assert [row.cells[0].rowspan for row in second] == [1]
    assert second[0].cells[0].text == "目标"
    assert (first[0].cells[0].address, second[0].cells[0].address) == ("t/r0/goal", "")


def test_running_text_is_cut_at_its_lines() -> None:
    label = Label(0, 0, 4, frame=4, line=10, lines=3)
    pages = (Part(0, 2, {label: (0, 2)}), Part(2, 4, {label: (2, 3)}))
    first, second = cut(merged_rows(), pages, {(0, 0): ("甲", "乙", "丙")})
    assert first[0].cells[0].text == "甲\n乙"
    assert second[0].cells[0].text == "丙"


def test_rows_that_are_not_merged_stay_as_they_are() -> None:
    rows = tuple(Row(f"r{n}", RowKind.ITEM, (a_text(f"t/r{n}/a", "甲"),)) for n in range(3))
    assert cut(rows, (Part(0, 2), Part(2, 3)), {}) == (rows[:2], rows[2:])


def test_blocks_are_the_cells_over_several_rows() -> None:
    table = a_tall_table(projects=2, indicators=3)
    assert [(block.row, block.column, block.end) for block in blocks(table.rows)] == [
        *((0, column, 3) for column in range(4)),
        *((3, column, 6) for column in range(4)),
    ]
