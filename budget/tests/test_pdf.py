"""The PDF as a file: pages, fonts, tags, outline, data inside, and the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from budget.config.packages import PACKAGES
from budget.document import Disclosure, Table
from budget.registry import discover
from budget.render.errors import RenderError
from budget.render.paper.book import render_pdf
from budget.render.paper.cache import SectionCache
from budget.render.paper.engine import check_fonts
from budget.render.paper.errors import BadText, BlockedAddress, MissingFonts, MissingGlyph
from budget.render.registry import FORMATS
from budget.tests.documents import (
    NAME,
    SVG,
    a_chart,
    a_disclosure,
    a_paragraph,
    a_table,
    a_tall_table,
    some_sections,
)
from budget.tests.samples import sample_disclosure

ROOT = Path(__file__).resolve().parents[2]
discover(PACKAGES)


@cache
def sample_pdf() -> bytes:
    """Return the sample as published, made once."""
    return render_pdf(sample_disclosure())


@cache
def small_pdf() -> bytes:
    """Return the document made by hand, made once."""
    return render_pdf(a_disclosure())


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page without blanks and line ends."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def with_text(text: str) -> Disclosure:
    """Return a short document whose narrative says a text."""
    section = replace(some_sections()[0], blocks=(a_paragraph(text),))
    return a_disclosure(sections=(section,), tables=(a_table(),))


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """Return the structure elements of a kind."""
    return [
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == pikepdf.Name(kind)
    ]


# Pages


def test_the_cover_has_no_number_and_the_text_begins_with_one() -> None:
    cover, contents, first, *_ = pages_of(small_pdf())
    assert cover == f"{NAME}2023年部门预算公开"
    assert contents.endswith("—I—")
    assert first.endswith("—1—")


def test_the_contents_give_the_pages_where_things_are_printed() -> None:
    pages = pages_of(sample_pdf())
    contents = pages[1]
    for table in sample_disclosure().tables:
        printed = next(n for n, page in enumerate(pages[2:], 1) if table.title in page)
        line = f"{table.number}、{table.contents_title}"
        after = contents.split(line)[1].lstrip("·")
        assert after.startswith(str(printed)), (line, after[:10])


def test_readers_show_the_printed_numbers() -> None:
    labels = PdfReader(io.BytesIO(small_pdf())).page_labels
    assert labels[:4] == ["封面", "I", "1", "2"]


def test_wide_tables_lie_on_wide_pages() -> None:
    reader = PdfReader(io.BytesIO(sample_pdf()))
    widths = {
        table.code: float(page.mediabox.width)
        for table in sample_disclosure().tables
        for page, text in zip(reader.pages, pages_of(sample_pdf()), strict=True)
        if text.startswith(table.title)
    }
    assert len(widths) == 9  # the first table stands under the heading of its part
    for table in sample_disclosure().tables[1:]:
        assert widths[table.code] == pytest.approx(842 if table.landscape else 595, abs=1)


@pytest.mark.parametrize("place", range(10))
def test_every_page_of_a_table_repeats_its_whole_head(place: int) -> None:
    table = sample_disclosure().tables[place]
    pages = pages_of(render_pdf(sample_disclosure(), (table,)))
    heads = {"".join(cell.text.split()) for row in table.head for cell in row if cell.text}
    for page in pages:
        assert page.startswith(table.title + table.subject)
        assert f"单位：{table.unit}" in page
        assert [head for head in heads if head not in page] == []


def test_tables_that_fit_a_page_are_not_broken() -> None:
    for table in sample_disclosure().tables[:8]:
        assert len(pages_of(render_pdf(sample_disclosure(), (table,)))) == 1, table.code


def test_a_long_plain_table_runs_over_pages_with_its_head_and_note() -> None:
    pages = pages_of(render_pdf(a_disclosure(), (a_table(rows=90),)))
    assert len(pages) == 3
    assert all("科目编码功能科目合计基本支出" in page for page in pages)
    assert "注：本表反映" in pages[-1]
    printed = "".join(pages)
    assert all(f"行政运行{number}" in printed for number in range(1, 90))


def test_tall_labels_are_repeated_on_every_page_that_shows_their_rows() -> None:
    table = a_tall_table(projects=5, indicators=12)
    pages = pages_of(render_pdf(a_disclosure(), (table,)))
    assert len(pages) > 2
    for page in pages:
        shown = [n for n in range(5) if f"完成第{n}号项目的第" in page]
        assert shown
        for project in shown:
            assert f"第{project}号项目" in page.replace(f"完成第{project}号项目", "")
    assert sum(page.count("做好接待服务") for page in pages) > 5


def test_text_longer_than_a_page_is_printed_to_its_end() -> None:
    goal = "".join(f"目标{number:03d}，" for number in range(400))
    pages = pages_of(render_pdf(a_disclosure(), (a_tall_table(projects=1, goal=goal),)))
    printed = "".join(pages)
    assert [n for n in range(400) if printed.count(f"{n:03d}") < 1] == []
    assert all("三级指标" in page for page in pages)


def test_a_row_higher_than_a_page_keeps_the_head_on_every_page() -> None:
    table = a_table()
    row = table.rows[1]
    text = "".join(f"说明{number:04d}；" for number in range(900))
    long = replace(row, cells=(row.cells[0], replace(row.cells[1], text=text), *row.cells[2:]))
    pages = pages_of(render_pdf(a_disclosure(), (replace(table, rows=(long, *table.rows[2:])),)))
    assert len(pages) > 2
    assert all(page.startswith(table.title) for page in pages)
    printed = "".join(pages)
    assert [n for n in range(900) if f"{n:04d}" not in printed] == []


# Fonts


def test_every_face_is_embedded_and_ours() -> None:
    ours = ("FandolFang", "FandolHei", "FandolKai", "FandolSong", "NotoSerifSC", "NotoSansSC")
    with opened(sample_pdf()) as pdf:
        described = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        ]
        names = {str(each.FontName).split("+")[-1].replace("-", "") for each in described}
        assert len(names) >= 2
        assert [name for name in names if not name.startswith(ours)] == []
        assert all("/FontFile3" in each or "/FontFile2" in each for each in described)


def test_rare_characters_of_names_are_printed() -> None:
    pages = pages_of(render_pdf(with_text("负责人：李堃、王喆、赵䶮、陈昇。")))
    assert "李堃、王喆、赵䶮、陈昇" in "".join(pages)


def test_a_character_that_no_face_has_is_refused_by_name() -> None:
    with pytest.raises(MissingGlyph, match=r"𓂀（U\+13080）"):
        render_pdf(with_text("符号𓂀"))


def test_a_control_character_is_refused_with_its_place() -> None:
    with pytest.raises(BadText, match=r"在“.*甲乙”之后"):
        render_pdf(with_text("甲乙\x0b丙"))


def test_a_machine_without_the_fonts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/nowhere/fonts.conf")
    with pytest.raises(MissingFonts, match="make fonts"):
        check_fonts()


# What readers and their programs see


def test_the_file_says_what_it_is() -> None:
    reader = PdfReader(io.BytesIO(sample_pdf()))
    assert reader.metadata is not None
    assert reader.metadata.title == "长沙市人民政府驻北京联络处2023年部门预算公开"
    assert reader.metadata.author == "长沙市人民政府驻北京联络处"
    assert "部门预算" in str(reader.metadata.get("/Keywords"))
    assert reader.metadata.creation_date is None
    with opened(sample_pdf()) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()


def test_the_outline_lists_parts_sections_and_tables() -> None:
    outline = PdfReader(io.BytesIO(sample_pdf())).outline
    top = [str(each.title) for each in outline if not isinstance(each, list)]
    document = sample_disclosure()
    assert top == ["目 录", *(part.title for part in document.parts)]
    last = outline[-1]
    assert isinstance(last, list)
    tables = [str(each.title) for each in last if not isinstance(each, list)]
    assert tables == [table.title for table in document.tables]


def test_figures_can_be_linked_to_by_their_address() -> None:
    named = PdfReader(io.BytesIO(small_pdf())).named_destinations
    assert "spending/2010301/total" in named
    assert "revenue-budget/revenue_total" in named


def test_tables_are_tagged_with_scoped_headings() -> None:
    with opened(render_pdf(a_disclosure(), (a_table(),))) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        scopes = [str(each.A.Scope) for each in elements(pdf, "/TH") if "/A" in each]
        assert scopes.count("/Column") == 4
        assert scopes.count("/Row") == 3
        assert all("/Headers" not in each.get("/A", {}) for each in elements(pdf, "/TD"))
        assert len(elements(pdf, "/Table")) == 1


def test_charts_have_a_text_alternative() -> None:
    with opened(small_pdf()) as pdf:
        assert [str(each.Alt) for each in elements(pdf, "/Figure")] == ["收入预算图"]


def test_untagged_has_no_structure() -> None:
    with opened(render_pdf(a_disclosure(), (a_table(),), tagged=False)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root


def test_the_printed_tables_are_inside_as_data_each_once() -> None:
    disclosure = a_disclosure()
    with opened(small_pdf()) as pdf:
        held = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
        described = [spec.description for spec in pdf.attachments.values()]
        names = pdf.Root.Names.EmbeddedFiles.Names
    assert list(held) == ["157-2023.json", "157-2023.xlsx"]
    assert len(names) == 2 * 2
    assert held["157-2023.xlsx"] == FORMATS["xlsx"].render(disclosure)["157-2023.xlsx"]
    assert held["157-2023.json"] == FORMATS["json"].render(disclosure)["157-2023.json"]
    assert all("各表数据" in text for text in described)


def test_one_table_alone_carries_its_own_data_only() -> None:
    with opened(render_pdf(a_disclosure(), (a_table(),))) as pdf:
        assert list(pdf.attachments) == ["157-2023-01-spending.json", "157-2023-01-spending.xlsx"]


# Nothing from outside


@pytest.mark.parametrize(
    "text",
    [
        '<img src="http://127.0.0.1:9/a.png">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<style>@import url("http://127.0.0.1:9/a.css");</style>',
        '</p><iframe src="file:///etc/passwd"></iframe>',
    ],
)
def test_hostile_text_is_printed_and_fetches_nothing(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a request left the process")

    monkeypatch.setattr("socket.socket.connect", refuse)
    pdf = render_pdf(with_text(text))
    assert "".join(text.split()) in "".join(pages_of(pdf))
    with opened(pdf) as document:
        assert len(document.attachments) == 2


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/a.png", "file:///etc/hostname", "a.png"])
def test_a_picture_that_asks_for_something_outside_is_refused(address: str) -> None:
    picture = SVG.replace("<rect", f'<image href="{address}" width="5" height="5"/><rect')
    section = replace(some_sections()[0], blocks=(a_chart(picture),))
    with pytest.raises(BlockedAddress, match="外部地址"):
        render_pdf(a_disclosure(sections=(section,), tables=(a_table(),)))


def test_refusals_are_of_the_family_that_callers_catch() -> None:
    assert issubclass(MissingGlyph, RenderError)
    assert issubclass(BlockedAddress, RenderError)


# The same bytes


def test_a_cache_changes_no_byte() -> None:
    held = SectionCache()
    assert render_pdf(a_disclosure(), cache=held) == small_pdf()
    assert render_pdf(a_disclosure(), cache=held) == small_pdf()
    assert len(held) == 5  # cover, contents, narrative, two tables


def test_a_changed_sentence_with_a_cache_gives_the_bytes_of_a_fresh_document() -> None:
    held = SectionCache()
    render_pdf(a_disclosure(), cache=held)
    first, *others = some_sections()
    changed = a_disclosure(sections=(replace(first, blocks=(a_paragraph("新增一句。"),)), *others))
    assert render_pdf(changed, cache=held) == render_pdf(changed)


def test_a_section_that_was_refused_is_refused_again() -> None:
    held = SectionCache()
    for _ in range(2):
        with pytest.raises(MissingGlyph):
            render_pdf(with_text("符号𓂀"), cache=held)
    asking = SVG.replace(
        "<rect", '<image href="http://127.0.0.1:9/a.png" width="5" height="5"/><rect'
    )
    section = replace(some_sections()[0], blocks=(a_chart(asking),))
    for _ in range(2):
        with pytest.raises(BlockedAddress):
            render_pdf(a_disclosure(sections=(section,), tables=(a_table(),)), cache=held)
    assert render_pdf(a_disclosure(), cache=held) == small_pdf()


def test_what_pages_paint_is_kept_apart_with_and_without_tags() -> None:
    held = SectionCache()
    for _ in range(2):
        assert render_pdf(a_disclosure(), cache=held) == small_pdf()
        plain = render_pdf(a_disclosure(), cache=held, tagged=False)
        assert plain == render_pdf(a_disclosure(), tagged=False)


def test_glyphs_of_one_document_do_not_come_into_another() -> None:
    held = SectionCache()
    render_pdf(with_text("甲乙丙丁戊己庚辛壬癸"), cache=held)
    other = with_text("子丑寅卯辰巳午未申酉戌亥")
    assert render_pdf(other, cache=held) == render_pdf(other)


def test_a_full_cache_forgets_what_was_used_longest_ago() -> None:
    held = SectionCache(pages=3)
    render_pdf(a_disclosure(), cache=held)
    assert held.held <= 3
    assert render_pdf(a_disclosure(), cache=held) == small_pdf()


PROGRAM = """
import sys, hashlib, django
django.setup()
from budget.config.packages import PACKAGES
from budget.registry import discover
from budget.render.paper.book import render_pdf
from budget.tests.documents import a_disclosure
discover(PACKAGES)
print(hashlib.sha256(render_pdf(a_disclosure())).hexdigest())
"""


def test_another_process_gives_the_same_bytes() -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/Lima"}
    environment["DJANGO_SETTINGS_MODULE"] = "budget.config.settings"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(small_pdf()).hexdigest()


def test_the_whole_document_and_one_table_have_their_own_file_names() -> None:
    table: Table = a_table()
    assert list(FORMATS["pdf"].render(a_disclosure(), (table,))) == ["157-2023-01-spending.pdf"]
