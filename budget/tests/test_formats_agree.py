"""One figure is one string in every format: read back from the files, compared by address."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from json import loads
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from budget.book import BudgetBook
from budget.disclosure import compose
from budget.document import Cell, CellKind, Disclosure, Paragraph, Table
from budget.edition import EDITIONS
from budget.imports.sample_files import read_sample
from budget.render import csv, html, json, xlsx
from budget.tests.documents import a_disclosure
from budget.tests.extracting import (
    Texts,
    cells_of_csv,
    cells_of_json,
    cells_of_xlsx,
    numbers_of_json,
    paragraphs_of_json,
    read_html,
)
from budget.tests.printed import (
    a_printed_document,
    a_printed_table,
    a_section,
    amount,
    code,
    word,
)
from budget.tests.samples import (
    CODES,
    SAMPLE,
    UNIT,
    declared,
    sample_disclosure,
    sample_edition,
)
from budget.tests.strategies import FEN, HUNDRED_YUAN, REMARKS, books

pytestmark = pytest.mark.long

DOCS = Path(__file__).resolve().parents[2] / "docs"
SCHEMA = Draft202012Validator(loads((DOCS / "disclosure.schema.json").read_bytes()))


def by_hand() -> Disclosure:
    """Return a document of what is hard: signs, blanks, tall cells, formulas, markup."""
    return a_printed_document(
        a_printed_table(
            (code(""), word("合计"), amount("-1,234,567.80")),
            (code("03"), word("=1+1"), amount("0.00")),
            (code("201"), word('<b>"甲"&乙</b>\n丙', rowspan=2), amount("9.95", rowspan=2)),
            (code("-1"), word('<b>"甲"&乙</b>\n丙', rowspan=0), amount("9.95", rowspan=0)),
            (code("𠮷"), word("堃喆䶮 _x0041_"), amount("")),
        ),
        a_printed_table(
            (code("a"), word("合计"), amount("1561")),
            unit="元",
            unit_exponent=0,
            number=4,
            code="other",
        ),
        sections=(a_section(),),
    )


def of_another_edition(unit: str | None = None) -> Disclosure:
    """Return the invented department of several units, in 元 and 万元, with sheets for projects."""
    declared()
    given = read_sample(SAMPLE.parent / "501-2026", CODES)
    book, remarks = given.book, given.remarks
    if unit:
        book, remarks = book.seen_by(unit), remarks.seen_by(unit)
    return compose(book, remarks, EDITIONS[given.head.edition])


DOCUMENTS: dict[str, Callable[[], Disclosure]] = {
    "by hand": by_hand,
    "with a long table": a_disclosure,
    "the sample": sample_disclosure,
    "the sample's unit": lambda: sample_disclosure(UNIT),
    "another edition": of_another_edition,
    "another edition's unit": lambda: of_another_edition("501003"),
}


@pytest.fixture(params=DOCUMENTS, scope="module")
def document(request: pytest.FixtureRequest) -> Disclosure:
    return DOCUMENTS[request.param]()


def cells_as_printed(document: Disclosure) -> Texts:
    """Return all that have an address and show."""
    return {cell.address: cell.text for table in document.tables for cell in shown_cells(table)}


def shown_cells(table: Table) -> list[Cell]:
    return [cell for cell in table.cells.values() if not cell.is_covered]


def assert_tables_agree(document: Disclosure) -> None:
    """Every cell says the same in HTML, JSON, CSV and XLSX, and those in 元 are those in print."""
    expected = cells_as_printed(document)
    [page] = html.render(document).values()
    [data] = json.render(document).values()
    [workbook] = xlsx.render(document).values()
    printed, in_yuan = cells_of_xlsx(workbook, document)
    assert read_html(page).texts == expected
    assert cells_of_json(data) == expected
    assert cells_of_csv(csv.render(document), document) == expected
    assert printed == expected
    assert in_yuan == expected_in_yuan(document)
    numbers = numbers_of_json(data)
    for address, number in numbers.items():
        assert number == document.cell(address).text.replace(",", "")


def expected_in_yuan(document: Disclosure) -> Texts:
    """Return the cells of tables with amounts in another unit, the point of amounts moved."""
    texts: Texts = {}
    for table in document.tables:
        cells = shown_cells(table)
        amounts = [
            cell
            for cell in cells
            if cell.kind is CellKind.AMOUNT and isinstance(cell.value, Decimal)
        ]
        if not amounts or not table.unit_exponent:
            continue
        texts |= {cell.address: cell.text for cell in cells}
        for cell in amounts:
            moved = Decimal(cell.text.replace(",", "")) * 10**table.unit_exponent
            texts[cell.address] = f"{moved:,.2f}"
    return texts


def assert_narrative_agrees(document: Disclosure) -> None:
    """Every figure of the sentences is the same string in HTML and JSON, in the same order."""
    [page] = html.render(document).values()
    [data] = json.render(document).values()
    expected = [
        run.text
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
        for run in block.text
        if not isinstance(run, str)
    ]
    in_json = [
        run["text"] for runs in paragraphs_of_json(data) for run in runs if not isinstance(run, str)
    ]
    assert read_html(page).figures == expected
    assert in_json == expected


def test_tables_agree(document: Disclosure) -> None:
    assert_tables_agree(document)


def test_narrative_agrees(document: Disclosure) -> None:
    assert_narrative_agrees(document)


def test_the_json_keeps_its_schema(document: Disclosure) -> None:
    [data] = json.render(document).values()
    SCHEMA.validate(loads(data))


@given(books(grain=HUNDRED_YUAN))
def test_random_documents_agree(book: BudgetBook) -> None:
    document = compose(book, REMARKS, sample_edition())
    assert_tables_agree(document)
    assert_narrative_agrees(document)


@pytest.mark.long
@given(books(grain=FEN, fewest_units=2))
def test_documents_of_single_fen_and_several_units_agree(book: BudgetBook) -> None:
    document = compose(book, REMARKS, sample_edition())
    assert_tables_agree(document)
    assert_narrative_agrees(document)
