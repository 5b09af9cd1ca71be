"""Canonical JSON: equal values give equal bytes, and bytes give the value back."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.canonical import (
    Inputs,
    UnreadableContent,
    compare,
    digest,
    disclosure_content,
    inputs_content,
    read_disclosure,
    read_inputs,
)
from budget.disclosure import compose
from budget.document import Cell, CellKind, Disclosure
from budget.edition import EDITIONS
from budget.ledger import EVERYTHING
from budget.money import LARGEST
from budget.registry import UnknownDeclaration
from budget.remarks import Remarks
from budget.tests.books import a_book, basic
from budget.tests.documents import with_tables
from budget.tests.samples import sample, sample_book
from budget.tests.strategies import REMARKS, books

EDITION = "changsha-2023"
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def frozen(book: BudgetBook, remarks: Remarks | None = None) -> Inputs:
    return Inputs(book=book, remarks=remarks or Remarks(), edition=EDITION)


def with_amount(amount: Decimal) -> BudgetBook:
    book = a_book(basic("1.00"))
    return replace(book, lines=(replace(book.lines[0], amount=amount),))


@pytest.fixture(scope="module")
def document() -> Disclosure:
    return compose(sample_book(), sample().remarks, EDITIONS[EDITION])


@FEW
@given(book=books(grain=Decimal("0.01")))
def test_every_book_comes_back_equal(book: BudgetBook) -> None:
    content = inputs_content(frozen(book, REMARKS))
    back = read_inputs(content)
    assert back == frozen(book, REMARKS)
    assert inputs_content(back) == content


@FEW
@given(book=books())
def test_every_document_comes_back_equal(book: BudgetBook) -> None:
    made = compose(book, REMARKS, EDITIONS[EDITION])
    content = disclosure_content(made)
    back = read_disclosure(content)
    assert back == made
    assert disclosure_content(back) == content


@given(amount=st.decimals(-LARGEST, LARGEST, places=2))
@settings(max_examples=200)
def test_an_amount_is_kept_exactly_however_it_is_written(amount: Decimal) -> None:
    book = with_amount(amount)
    shorter = replace(book, lines=(replace(book.lines[0], amount=amount.normalize()),))
    content = inputs_content(frozen(book))
    assert read_inputs(content).book.lines[0].amount == amount
    assert inputs_content(frozen(shorter)) == content


def test_the_sample_comes_back_with_its_goals() -> None:
    inputs = frozen(sample_book(), sample().remarks)
    back = read_inputs(inputs_content(inputs))
    assert back == inputs
    assert back.book.parts["goals"] == sample_book().parts["goals"]


def test_the_sample_s_document_comes_back_as_displayed(document: Disclosure) -> None:
    back = read_disclosure(disclosure_content(document))
    assert back == document
    # Equal decimals may be written differently; what is printed must not be.
    printed = [str(cell.value) for table in document.tables for cell in table.cells.values()]
    again = [str(cell.value) for table in back.tables for cell in table.cells.values()]
    assert again == printed


def test_content_is_compact_sorted_utf8() -> None:
    content = inputs_content(frozen(a_book(basic("1.00"))))
    text = content.decode("utf-8")
    assert "\\u" not in text
    assert text == json.dumps(
        json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def test_amounts_are_texts_and_words_are_stored_ones() -> None:
    plain = json.loads(inputs_content(frozen(with_amount(Decimal("0.10")))))
    [line] = plain["value"]["book"]["lines"]
    assert (line["amount"], line["nature"], line["carried_over"]) == ("0.1", "basic", False)


def test_the_questions_behind_a_figure_are_not_frozen(document: Disclosure) -> None:
    assert any(cell.questions for table in document.tables for cell in table.cells.values())
    assert b"questions" not in disclosure_content(document)


@pytest.mark.parametrize("value", [None, "无", Decimal("1561.00"), "1561.00", Decimal("-0.10")])
def test_the_number_of_a_cell_is_told_from_its_text(
    document: Disclosure, value: Decimal | str | None
) -> None:
    table = document.tables[0]
    row = table.rows[0]
    cell = Cell("c", "x", CellKind.TEXT, value=value, address="t/r/c", questions=(EVERYTHING,))
    changed = replace(table, rows=(replace(row, cells=(cell,)),))
    back = read_disclosure(disclosure_content(with_tables(document, changed)))
    found = back.tables[0].rows[0].cells[0].value
    assert (type(found), str(found)) == (type(value), str(value))


def test_a_digest_is_sha_256() -> None:
    # The digest of nothing, as the standard (FIPS 180-4) gives it.
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_part_that_nobody_registered_is_refused() -> None:
    book = replace(a_book(basic("1.00")), parts={"strange": object()})
    with pytest.raises(UnknownDeclaration, match="strange"):
        inputs_content(frozen(book))


def changed(content: bytes, change: object) -> bytes:
    plain = json.loads(content)
    change(plain)  # type: ignore[operator]
    return json.dumps(plain).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda plain: plain.update(form=2),
        lambda plain: plain["value"].update(strange=1),
        lambda plain: plain["value"].pop("edition"),
        lambda plain: plain["value"]["book"].update(year="2023"),
        lambda plain: plain["value"]["book"]["lines"][0].update(amount=1.1),
        lambda plain: plain["value"]["book"]["lines"][0].update(amount="abc"),
        lambda plain: plain["value"]["book"]["lines"][0].update(nature="nonsense"),
        lambda plain: plain["value"]["book"]["lines"][0].update(carried_over=0),
        lambda plain: plain["value"]["book"]["lines"][0].update(strange=1),
    ],
)
def test_content_that_is_not_canonical_is_refused(change: object) -> None:
    content = inputs_content(frozen(a_book(basic("1.00"))))
    with pytest.raises(UnreadableContent):
        read_inputs(changed(content, change))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"\xff"], ids=repr)
def test_bytes_that_are_no_content_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableContent):
        read_disclosure(content)


def test_equal_contents_do_not_differ() -> None:
    content = inputs_content(frozen(sample_book()))
    assert compare(content, content) == ()


def test_a_changed_amount_is_one_difference_named_by_its_line() -> None:
    book = with_amount(Decimal(1))
    line = book.lines[0]
    other = replace(book, lines=(replace(line, amount=Decimal(2)),))
    before, after = inputs_content(frozen(book)), inputs_content(frozen(other))
    assert compare(before, after) == (f"book/lines/{line.unit}:{line.sequence}/amount",)


def test_one_more_line_in_front_is_one_difference() -> None:
    book = a_book(basic("1.00"), basic("2.00"))
    shorter = replace(book, lines=book.lines[1:])
    gone = book.lines[0]
    assert compare(inputs_content(frozen(book)), inputs_content(frozen(shorter))) == (
        f"book/lines/{gone.unit}:{gone.sequence}",
    )


def test_lines_in_another_order_are_one_difference() -> None:
    book = a_book(basic("1.00"), basic("2.00"))
    turned = replace(book, lines=book.lines[::-1])
    assert compare(inputs_content(frozen(book)), inputs_content(frozen(turned))) == ("book/lines",)


def test_a_changed_cell_is_named_by_table_row_and_column(document: Disclosure) -> None:
    table = document.tables[0]
    cell = next(cell for cell in table.cells.values() if cell.text)
    rows = tuple(
        replace(
            row,
            cells=tuple(replace(each, text="改了") if each is cell else each for each in row.cells),
        )
        for row in table.rows
    )
    other = with_tables(document, replace(table, rows=rows), *document.tables[1:])
    [path] = compare(disclosure_content(document), disclosure_content(other))
    assert path.startswith(f"parts/tables/tables/{table.code}/rows/")
    assert path.endswith("/text")
    assert f"/cells/{cell.key}/" in path or f"/cells/{cell.address}/" in path
