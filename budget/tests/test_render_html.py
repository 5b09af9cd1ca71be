"""The standalone HTML file: whole, addressed, linked, accessible, and closed to the outside."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from budget.document import Disclosure, Table
from budget.render import html
from budget.render.grids import row_heads, screen_grid
from budget.render.registry import FORMATS
from budget.tests.documents import (
    a_disclosure,
    a_paragraph,
    a_table,
    a_tall_table,
    some_sections,
)
from budget.tests.samples import sample_disclosure

HOSTILE = '<img src="http://example.org/a.png"><script>alert(1)</script>&"\''


class Page(HTMLParser):
    """Collects tags with their attributes, and the text of every element with an id."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open: list[str | None] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append((tag, named))
        if tag not in {"meta", "col", "br", "link", "img", "input"}:
            self._open.append(named.get("id"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for name in filter(None, self._open):
            self.texts[name] = self.texts.get(name, "") + data

    def all(self, name: str) -> list[dict[str, str | None]]:
        """Return the attributes of every element of a name."""
        return [attributes for tag, attributes in self.tags if tag == name]

    def ids(self) -> list[str]:
        """Return all ids."""
        return [attributes["id"] or "" for _, attributes in self.tags if "id" in attributes]


def the_page(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Page:
    return Page(html.render_page(disclosure, tables))


@pytest.fixture(scope="module")
def sample_page() -> Page:
    return the_page(sample_disclosure())


def test_every_printed_cell_stands_under_its_address(sample_page: Page) -> None:
    cells = [
        cell
        for table in sample_disclosure().tables
        for row in table.rows
        for cell in row.cells
        if not cell.is_covered
    ]
    assert len(cells) > 900
    for cell in cells:
        assert sample_page.texts.get(cell.address, "") == cell.text, cell.address


def test_no_id_stands_twice(sample_page: Page) -> None:
    assert [name for name, count in Counter(sample_page.ids()).items() if count > 1] == []


def test_every_line_of_the_contents_leads_somewhere(sample_page: Page) -> None:
    targets = [each["href"] or "" for each in sample_page.all("a")]
    assert len(targets) == 2 + 7 + 10  # two parts, sections 一 to 七, ten tables
    assert {target.removeprefix("#") for target in targets} <= set(sample_page.ids())


def test_headings_go_down_one_rank_at_a_time(sample_page: Page) -> None:
    ranks = [int(tag[1]) for tag, _ in sample_page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(ranks))


def test_the_page_says_its_language_and_title() -> None:
    page = html.render_page(a_disclosure())
    assert page.startswith('<!doctype html>\n<html lang="zh-CN">')
    assert "<title>某市人民政府驻北京联络处2023年部门预算公开</title>" in page


def test_nothing_is_asked_of_the_outside() -> None:
    page = html.render_page(sample_disclosure())
    addresses = set(re.findall(r"https?://[^\"'\s<>]+", page))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|\bsrc=", page)


def test_hostile_text_is_text_everywhere() -> None:
    table = a_table(title=HOSTILE, note=HOSTILE, subject=HOSTILE)
    row = table.rows[1]
    cell = replace(row.cells[1], text=HOSTILE)
    rows = (table.rows[0], replace(row, cells=(row.cells[0], cell, *row.cells[2:])))
    section = replace(some_sections()[1], title=HOSTILE, blocks=(a_paragraph(HOSTILE),))
    disclosure = a_disclosure(
        name=HOSTILE,
        title=HOSTILE,
        cover=(HOSTILE, HOSTILE),
        sections=(section,),
        tables=(replace(table, rows=rows, contents_title=HOSTILE),),
    )
    page = html.render_page(disclosure)
    assert "<img" not in page
    assert "<script" not in page
    assert Page(page).texts["spending/2010301/item"] == HOSTILE


def test_a_table_has_caption_columns_and_scoped_heads() -> None:
    page = the_page(a_disclosure(), (a_table(),))
    assert len(page.all("caption")) == 1
    assert len(page.all("col")) == 4
    scopes = Counter(each.get("scope") for each in page.all("th"))
    # Four heads of columns; 合计, 行政运行1 and 行政运行2 name their rows.
    assert scopes == {"col": 4, "row": 3}


def test_a_merged_cell_is_printed_once_with_its_span() -> None:
    page = the_page(a_disclosure(), (a_tall_table(projects=2, indicators=9),))
    spans = Counter(each.get("rowspan") for tag in ("td", "th") for each in page.all(tag))
    assert spans["9"] == 2 * 4  # two projects, four columns
    assert "project-goals/p0-1/c0" not in page.ids()


def test_both_sides_of_a_two_sided_table_name_their_rows() -> None:
    columns = sample_disclosure().tables_by_code["summary"].columns
    assert row_heads(columns) == {0, 2}


def test_indicators_name_no_row() -> None:
    goals = sample_disclosure().tables_by_code["overall-goals"].columns
    named = [goals[place].title[-1] for place in row_heads(goals)]
    assert named == ["单位名称"]


def test_a_figure_said_twice_has_its_address_the_first_time() -> None:
    page = html.render_page(a_disclosure())
    assert page.count('id="revenue-budget/revenue_total"') == 1
    assert page.count('value="1561.09">1561.09</data>') == 2


def test_lines_of_a_paragraph_are_paragraphs() -> None:
    page = html.render_page(a_disclosure())
    assert '<p id="paragraph-mandate">甲。</p>\n<p>乙。</p>' in page


def test_one_table_alone_has_no_cover_and_one_first_heading() -> None:
    page = html.render_page(a_disclosure(), (a_table(),))
    assert '<h1 id="table-spending-title">2023年部门支出总体情况表</h1>' in page
    assert "<nav" not in page
    assert "<h2" not in page


def test_files_are_named_after_what_they_hold() -> None:
    render = FORMATS["html"].render
    assert list(render(a_disclosure())) == ["157-2023.html"]
    assert list(render(a_disclosure(), (a_table(),))) == ["157-2023-01-spending.html"]


def test_an_empty_note_prints_nothing() -> None:
    assert 'class="note"' not in html.render_page(a_disclosure(), (a_table(note=""),))


def test_the_unit_leaves_the_subject_at_least_one_column() -> None:
    table = a_table()
    two = replace(table, columns=(table.columns[1], table.columns[2]), head=(), rows=())
    grid = screen_grid(two)
    assert (grid.subject_width, grid.unit_width) == (1, 1)


def test_the_same_document_gives_the_same_page() -> None:
    assert html.render_page(a_disclosure()) == html.render_page(a_disclosure())
