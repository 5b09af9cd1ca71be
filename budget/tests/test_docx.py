"""The Word file: the same words and figures as the other formats, in real styles and tables."""

from __future__ import annotations

import html as markup
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from budget.document import CellKind, Disclosure
from budget.drafting import draft
from budget.remarks import Remarks
from budget.render import html
from budget.render.docx import render
from budget.render.errors import RenderError
from budget.render.registry import FORMATS, INSIDE_FORMATS, UNMARKED, Marking
from budget.tests.printed import (
    HEAD,
    a_printed_document,
    a_printed_table,
    a_section,
    amount,
    code,
    head_cell,
    word,
)
from budget.tests.samples import sample, sample_disclosure, sample_edition
from budget.tests.test_formats_agree import by_hand, of_another_edition

pytestmark = pytest.mark.one_engine

MARKED = Marking("征求意见稿")


def read(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


DOCUMENTS: dict[str, Callable[[], Disclosure]] = {
    "the sample": sample_disclosure,
    "by hand": by_hand,
    "another edition's unit": lambda: of_another_edition("501003"),
}


@pytest.fixture(params=DOCUMENTS, scope="module")
def document(request: pytest.FixtureRequest) -> Disclosure:
    return DOCUMENTS[request.param]()


@pytest.fixture(scope="module")
def written(document: Disclosure) -> Document:
    return read(render(document, MARKED))


@pytest.fixture(scope="module")
def sample_file() -> Document:
    return read(render(sample_disclosure(), MARKED))


def grids(written: Document) -> list[WordTable]:
    """Return the tables of amounts, without those that stand for charts."""
    return [each for each in written.tables if style_of(each.cell(0, 0).paragraphs[0]) == "表头行"]


def style_of(paragraph: Paragraph) -> str:
    assert paragraph.style is not None
    return paragraph.style.name or ""


def styled(written: Document, *names: str) -> list[str]:
    return [each.text for each in written.paragraphs if style_of(each) in names]


def sentences_of_html(document: Disclosure) -> list[str]:
    """Return the paragraphs of the text as the web page has them."""
    [page] = html.render(document).values()
    main = page.decode().partition("<main>")[2]
    found = re.findall(r"<p(?: id=\"[^\"]*\")?>(.*?)</p>", main, re.DOTALL)
    return [markup.unescape(re.sub("<[^>]+>", "", each)) for each in found]


def test_every_cell_is_the_documents(document: Disclosure, written: Document) -> None:
    found = grids(written)
    assert len(found) == len(document.tables)
    for table, read_back in zip(document.tables, found, strict=True):
        rows = [[cell.text for cell in row.cells] for row in read_back.rows]
        expected = [*table.head, *(row.cells for row in table.rows)]
        assert len(rows) == 1 + len(expected)
        for texts, cells in zip(rows[1:], expected, strict=True):
            shown = [place for place, cell in enumerate(cells) if not cell.is_covered]
            assert [texts[place] for place in shown] == [cells[place].text for place in shown]


def test_what_is_merged_is_one_cell(document: Disclosure, written: Document) -> None:
    for table, read_back in zip(document.tables, grids(written), strict=True):
        places = [row.cells for row in read_back.rows][1:]
        rows = [*table.head, *(row.cells for row in table.rows)]
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                covered = [
                    places[below][beside]._tc
                    for below in range(number, number + cell.rowspan)
                    for beside in range(column, column + cell.colspan)
                ]
                assert all(each is covered[0] for each in covered)


def test_a_cell_that_is_merged_both_ways_is_one() -> None:
    head = (
        (head_cell("甲", 2, 2), head_cell("甲", 0, 0), head_cell("乙", 2)),
        (head_cell("甲", 0, 0), head_cell("甲", 0, 0), head_cell("乙", 0)),
    )
    table = a_printed_table((code("1"), word("合计"), amount("2.00")))
    document = a_printed_document(replace(table, head=head))
    [found] = grids(read(render(document, UNMARKED)))
    places = [found.cell(row, column)._tc for row in (1, 2) for column in (0, 1)]
    assert all(each is places[0] for each in places)
    assert [cell.text for cell in found.rows[3].cells] == ["1", "合计", "2.00"]


def test_titles_subjects_and_units_are_the_tables(document: Disclosure, written: Document) -> None:
    assert styled(written, "表题") == [table.title for table in document.tables]
    lines = [each.cell(0, 0).text for each in grids(written)]
    assert lines == [f"{table.subject}\t单位：{table.unit}" for table in document.tables]
    notes = styled(written, "表注")
    own = [document.contents_note, *(table.note for table in document.tables)]
    assert notes == [note for note in own if note]


def test_every_sentence_is_that_of_the_web_page(document: Disclosure, written: Document) -> None:
    expected = sentences_of_html(document)
    assert expected
    assert styled(written, "Normal") == expected


def test_headings_are_real_ones(document: Disclosure, written: Document) -> None:
    assert styled(written, "Heading 1") == [part.title for part in document.parts]
    for level, style in ((2, "Heading 2"), (3, "Heading 3")):
        titles = [each.title for each in document.sections if each.level == level and each.title]
        assert styled(written, style) == titles


def test_a_chart_is_the_table_of_what_it_shows(document: Disclosure, written: Document) -> None:
    assert styled(written, "图题") == [chart.title for chart in document.charts]
    shown = [each for each in written.tables if style_of(each.cell(0, 0).paragraphs[0]) != "表头行"]
    assert len(shown) == len(document.charts)
    for chart, table in zip(document.charts, shown, strict=True):
        rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert rows == [
            ("项目", f"金额（{chart.unit}）", "占比（%）"),
            *((each.label, each.amount_text, each.share_text) for each in chart.slices),
        ]


def instructions(written: Document) -> Iterator[str]:
    for element in written.element.body.iter(qn("w:instrText")):
        yield str(element.text).strip()


def test_the_contents_are_a_field_that_leads_to_every_heading(
    document: Disclosure, written: Document
) -> None:
    listed = [
        title
        for part in document.parts
        if part.contents_title
        for title in (
            part.contents_title,
            *(each.contents_title for each in part.sections if each.level == 2),
            *(
                f"{each.number}、{each.contents_title}"
                for each in part.tables
                if each.contents_title
            ),
        )
        if title
    ]
    assert styled(written, "toc 1", "toc 2") == [f"{title}\t" for title in listed]
    fields = list(instructions(written))
    entries = [each for each in fields if each.startswith("TC ")]
    pages = [each.split()[1] for each in fields if each.startswith("PAGEREF ")]
    marks = [each.get(qn("w:name")) for each in written.element.body.iter(qn("w:bookmarkStart"))]
    assert [re.sub(r" \\l \d$", "", each) for each in entries] == [f'TC "{t}"' for t in listed]
    assert pages == marks
    assert len(pages) == len(listed)
    assert any(each.startswith("TOC ") for each in fields)


def test_heads_repeat_and_amounts_stand_at_the_right(sample_file: Document) -> None:
    for table, found in zip(sample_disclosure().tables, grids(sample_file), strict=True):
        repeated = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in found.rows]
        assert repeated == [True] * (1 + len(table.head)) + [False] * len(table.rows)
        for cells, row in zip(found.rows[1 + len(table.head) :], table.rows, strict=False):
            for place, cell in zip(cells.cells, row.cells, strict=True):
                if cell.kind is CellKind.AMOUNT and cell.text:
                    assert place.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT


def test_wide_tables_have_wide_pages_and_the_text_counts_from_one(sample_file: Document) -> None:
    # Cover, contents, text, ten tables: 2, 3, 4, 9 and 10 are wide in this edition.
    wide = [each.orientation == WD_ORIENT.LANDSCAPE for each in sample_file.sections]
    tables = [False, True, True, True, False, False, False, False, True, True]
    assert wide == [False, False, False, *tables]
    starts = [
        each._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for each in sample_file.sections
    ]
    assert starts == [None, "1", "1", *[None] * 10]
    assert sample_file.sections[0].footer.paragraphs[0].text == ""
    assert sample_file.sections[2].footer.paragraphs[0].text == "— 1 —"


def test_what_is_not_published_says_so_on_every_page(sample_file: Document) -> None:
    for section in sample_file.sections:
        assert section.header.paragraphs[0].text == "征求意见稿"
        assert 'string="征求意见稿"' in section.header._element.xml
    plain = read(render(sample_disclosure(), UNMARKED))
    assert "征求意见稿" not in plain.element.xml
    assert all(section.header.is_linked_to_previous for section in plain.sections)


def test_the_same_document_gives_the_same_bytes() -> None:
    first, second = (render(sample_disclosure(), MARKED) for _ in range(2))
    assert first == second
    with ZipFile(io.BytesIO(first)) as archive:
        assert {each.date_time[0] for each in archive.infolist()} == {1980}
    about = read(first).core_properties
    assert (about.created and about.created.year, about.author) == (
        2023,
        "长沙市人民政府驻北京联络处",
    )


def test_what_a_draft_lacks_is_marked_in_it() -> None:
    lacking = draft(sample().book, Remarks({}), sample_edition())
    written = read(render(lacking, MARKED))
    gaps = [
        run.text
        for paragraph in written.paragraphs
        for run in paragraph.runs
        if run.style is not None and run.style.name == "待填"
    ]
    assert gaps == [gap.text for gap in lacking.gaps]
    assert gaps


def test_a_character_that_no_file_can_hold_is_refused() -> None:
    table = a_printed_table((code("1"), word("甲\x07乙"), amount("2.00")), head=HEAD)
    with pytest.raises(RenderError, match="“甲□乙”含有不可见的控制字符，无法写入 Word 文件"):
        render(a_printed_document(table, sections=(a_section(),)), UNMARKED)


def test_it_is_for_inside_and_no_release_has_it() -> None:
    assert "docx" in INSIDE_FORMATS
    assert "docx" not in FORMATS
