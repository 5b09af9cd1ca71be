"""What stands on paper is what the other formats say: texts read back out of PDF files."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from budget.book import BudgetBook
from budget.disclosure import compose
from budget.document import CellKind, Disclosure, Paragraph, Table
from budget.render import json
from budget.render.pdf import render
from budget.tests.extracting import paragraphs_of_json
from budget.tests.samples import UNIT, sample_disclosure, sample_edition
from budget.tests.strategies import HUNDRED_YUAN, REMARKS, books
from budget.tests.test_formats_agree import of_another_edition

AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d{2}(?!\d)")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def pages(document: Disclosure) -> list[str]:
    [content] = render(document).values()
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def pages_by_table(document: Disclosure, texts: list[str]) -> Iterator[tuple[Table, list[str]]]:
    """Yield each table with the pages that bear its title: every page of a table does."""
    for table in document.tables:
        own = [text for text in texts if _begins_with(text, table, document)]
        assert own, f"no page of {table.code}"
        yield table, own


def _begins_with(text: str, table: Table, document: Disclosure) -> bool:
    """True for a page of the table; above the first of a part may stand the part's heading."""
    headings = ("", *(squeezed(part.title) for part in document.parts))
    return squeezed(text).startswith(tuple(above + squeezed(table.title) for above in headings))


def amounts(table: Table) -> Counter[str]:
    """Return the amounts of a table, except those in tall cells, which each page repeats."""
    return Counter(
        cell.text
        for cell in table.cells.values()
        if cell.kind is CellKind.AMOUNT and AMOUNT.fullmatch(cell.text) and cell.rowspan == 1
    )


def tall_amounts(table: Table) -> set[str]:
    return {
        cell.text
        for cell in table.cells.values()
        if cell.kind is CellKind.AMOUNT and cell.text and cell.rowspan > 1
    }


def assert_paper_agrees(document: Disclosure) -> None:
    """Every amount is on its table's pages as often as in the table; every sentence is there."""
    texts = pages(document)
    for table, own in pages_by_table(document, texts):
        found = Counter(AMOUNT.findall("\n".join(own)))
        for text in tall_amounts(table):
            assert found.pop(text, 0) >= 1 + amounts(table)[text]
        expected = amounts(table)
        for text in tall_amounts(table):
            expected.pop(text, None)
        # Words of indicators hold figures too; they are no amounts of the table.
        words = " ".join(c.text for c in table.cells.values() if c.kind is not CellKind.AMOUNT)
        allowed = Counter(AMOUNT.findall(f"{words} {table.note} {table.title}"))
        assert expected - found == Counter()
        assert set(found - expected) <= set(allowed)
    paper = squeezed("".join(texts))
    for section in document.sections:
        assert squeezed(section.title) in paper
    [data] = json.render(document).values()
    for runs in paragraphs_of_json(data):
        said = "".join(run if isinstance(run, str) else run["text"] for run in runs)
        assert squeezed(said) in without_page_numbers(texts)


def without_page_numbers(texts: list[str]) -> str:
    """Return the document as one string; sentences go on over pages."""
    return squeezed("".join(re.sub(r"—\s*[0-9IVX]+\s*—", "", text) for text in texts))


def test_the_sample_on_paper_says_what_the_other_formats_say() -> None:
    assert_paper_agrees(sample_disclosure())


def test_the_unit_s_document_on_paper_says_what_the_other_formats_say() -> None:
    assert_paper_agrees(sample_disclosure(UNIT))


def test_another_edition_on_paper_says_what_the_other_formats_say() -> None:
    assert_paper_agrees(of_another_edition("501003"))


# Twenty documents, which a full run does not need more of: a second each.
@pytest.mark.long
@settings(max_examples=20)
@given(books(grain=HUNDRED_YUAN))
def test_random_documents_on_paper_say_what_the_other_formats_say(book: BudgetBook) -> None:
    document = compose(book, REMARKS, sample_edition())
    assert any(isinstance(block, Paragraph) for s in document.sections for block in s.blocks)
    assert_paper_agrees(document)
