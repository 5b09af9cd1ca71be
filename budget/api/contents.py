"""What one release says: its tables, cells, paragraphs, figures and charts, each with its address.

The objects are those of the JSON file, and a table's rows those of its CSV and XLSX files.
"""

from __future__ import annotations

from collections.abc import Iterator

from budget.api.answers import Answer, Object
from budget.api.endpoint import OfRelease
from budget.api.errors import NotThere
from budget.api.objects import address, identity, page
from budget.api.rows import CODE, NUMBER, Field, Listing, PrintedTable
from budget.document import Cell, Chart, Column, Disclosure, Paragraph, Part, Row, Section, Table
from budget.models import Release
from budget.release import read
from budget.render.json import cell_object, chart_object, paragraph_object, table_object

TABLE_FIELDS = (
    Field("number", "表号", CODE, 8),
    Field("code", "表代码", width=30),
    Field("name", "表名", width=36),
    Field("unit", "金额单位", width=10),
    Field("rows", "行数", CODE, 8),
    Field("is_empty", "空表", width=8),
    Field("url", "接口地址", width=40),
    Field("page", "网页地址", width=36),
)
CELL_FIELDS = (
    Field("address", "地址", width=36),
    Field("table_title", "表名", width=36),
    Field("row_key", "行标识", width=20),
    Field("column_title", "栏", width=24),
    Field("text", "所印文字", width=24, number="number"),
    Field("number", "数值", NUMBER, 18),
    Field("unit", "金额单位", width=10),
)
PARAGRAPH_FIELDS = (
    Field("key", "段落标识", width=24),
    Field("part_title", "部分", width=20),
    Field("section_title", "节", width=24),
    Field("lead", "段首", width=18),
    Field("text", "文字", width=80),
)
FIGURE_FIELDS = (
    Field("address", "地址", width=36),
    Field("paragraph", "段落标识", width=24),
    Field("key", "指标", width=28),
    Field("kind", "类别", width=12),
    Field("text", "所印文字", width=18, number="number"),
    Field("number", "数值", NUMBER, 18),
    Field("unit", "单位", width=10),
)
SLICE_FIELDS = (
    Field("chart", "图标识", width=20),
    Field("title", "图名", width=24),
    Field("key", "项标识", width=20),
    Field("label", "项目", width=28),
    Field("text", "所印金额", width=18, number="number"),
    Field("number", "金额", NUMBER, 18),
    Field("unit", "金额单位", width=10),
    Field("share_text", "所印占比", width=12),
    Field("share", "占比（%）", NUMBER, 12),
)


class Tables(OfRelease):
    """The tables of a release in printed order."""

    def told(self, release: Release, **names: str) -> Answer:
        """Return each table without its rows."""
        objects = [_table_head(release, table) for table in read(release).tables]
        return _listed(release, "tables", "各表", objects, TABLE_FIELDS)


class OneTable(OfRelease):
    """One table as printed."""

    def told(self, release: Release, **names: str) -> Answer:
        """Return the table's object, or its own files."""
        disclosure = read(release)
        table = named(disclosure, names["table"])
        plain = {
            "release": identity(release),
            "url": address("table", release, table=table.code),
            "page": page("table", release, table=table.code),
            "table": table_object(table),
        }
        return Answer(plain, lambda: PrintedTable(disclosure, table))


class OneCell(OfRelease):
    """One cell of a table by its address."""

    def told(self, release: Release, **names: str) -> Answer:
        """Return the cell with what it stands under and beside."""
        table = named(read(release), names["table"])
        wanted = f"{table.code}/{names['row']}/{names['column']}"
        row, column, cell = _place(table, wanted)
        there = address("cell", release, **names)
        plain = {**_cell(release, table, row, column, cell), "url": there}
        flat = {**plain, "row_key": row.key, "column_title": "/".join(column.title)}
        return _answer(release, "cell", "单元格", CELL_FIELDS, plain, [flat])


class Paragraphs(OfRelease):
    """The narrative, paragraph by paragraph."""

    def told(self, release: Release, **names: str) -> Answer:
        """Return every paragraph with the headings that it stands under."""
        objects = list(_paragraphs(release, read(release)))
        return _listed(release, "paragraphs", "文字说明", objects, PARAGRAPH_FIELDS)


class OneParagraph(OfRelease):
    """One paragraph by its key."""

    def told(self, release: Release, **names: str) -> Answer:
        """Return the paragraph."""
        wanted = names["paragraph"]
        for plain in _paragraphs(release, read(release)):
            if plain["key"] == wanted:
                return _answer(release, "paragraph", "段落", PARAGRAPH_FIELDS, plain, [plain])
        raise NotThere(f"这一版的文字说明中没有标识为“{wanted}”的段落；可先查各段落的列表。")


class Figures(OfRelease):
    """The figures of the narrative, in the order in which they are printed."""

    def told(self, release: Release, **names: str) -> Answer:
        """Return every figure."""
        objects = list(_figures(release, read(release)))
        return _listed(release, "figures", "文中数字", objects, FIGURE_FIELDS)


class OneFigure(OfRelease):
    """One figure of the narrative by its address."""

    def told(self, release: Release, **names: str) -> Answer:
        """Return the figure; one that a paragraph prints twice is the same both times."""
        wanted = f"{names['paragraph']}/{names['key']}"
        for plain in _figures(release, read(release)):
            if plain["address"] == wanted:
                return _answer(release, "figure", "文中数字", FIGURE_FIELDS, plain, [plain])
        raise NotThere(f"这一版的文字说明中没有地址为“{wanted}”的数字；可先查文中数字的列表。")


class Charts(OfRelease):
    """The charts as data."""

    def told(self, release: Release, **names: str) -> Answer:
        """Return every chart; as rows, every slice."""
        objects = [chart_object(chart) for chart in read(release).charts]
        slices = [_slice(chart, each) for chart in objects for each in chart["slices"]]
        plain = {"release": identity(release), "results": objects}
        return _answer(release, "charts", "图", SLICE_FIELDS, plain, slices)


def _listed(
    release: Release, what: str, title: str, objects: list[Object], fields: tuple[Field, ...]
) -> Answer:
    plain = {"release": identity(release), "results": objects}
    return _answer(release, what, title, fields, plain, objects)


def _answer(
    release: Release,
    what: str,
    title: str,
    fields: tuple[Field, ...],
    plain: Object,
    objects: list[Object],
) -> Answer:
    """Return an answer as ``plain``, and as a row for each of ``objects``."""
    stem = f"{release.code}-{release.year}-v{release.number}-{what}"
    rows = Listing(stem, title, fields, objects, release.year)
    return Answer(plain, lambda: rows)


def named(disclosure: Disclosure, code: str) -> Table:
    """Return a table by its code. Raises NotThere."""
    if code not in disclosure.tables_by_code:
        known = "、".join(disclosure.tables_by_code)
        raise NotThere(f"这份预算里没有代码为“{code}”的表；有：{known}。")
    return disclosure.tables_by_code[code]


def _place(table: Table, address: str) -> tuple[Row, Column, Cell]:
    """Return a cell, with its row and column, by its address. Raises NotThere.

    Where two sides of a table share a printed row, the address names the side's own item.
    """
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell.address == address:
                return row, column, cell
    raise NotThere(
        f"表 {table.code} 中没有地址为“{address}”的单元格；各单元格的地址见该表的 rows。"
    )


def _table_head(release: Release, table: Table) -> Object:
    return {
        "id": f"{identity(release)}/{table.code}",
        "code": table.code,
        "number": table.number,
        "name": table.name,
        "title": table.title,
        "unit": table.unit,
        "rows": len(table.rows),
        "is_empty": table.is_empty,
        "url": address("table", release, table=table.code),
        "page": page("table", release, table=table.code),
    }


def _cell(release: Release, table: Table, row: Row, column: Column, cell: Cell) -> Object:
    at = page("table", release, table=table.code)
    return {
        "id": f"{identity(release)}/{cell.address}",
        **cell_object(cell, table),
        "table": table.code,
        "table_title": table.title,
        "row": {"key": row.key, "kind": row.kind.value},
        "column": {"key": column.key, "title": list(column.title)},
        "page": f"{at}#{cell.address}",
    }


def _paragraphs(release: Release, disclosure: Disclosure) -> Iterator[Object]:
    for part, section, paragraph in _narrative(disclosure):
        plain = paragraph_object(paragraph)
        yield {
            "id": f"{identity(release)}/{paragraph.key}",
            "key": paragraph.key,
            "part": part.key,
            "part_title": part.title,
            "section": section.key,
            "section_title": section.title,
            "lead": paragraph.lead,
            "text": "".join(run if isinstance(run, str) else run["text"] for run in plain["runs"]),
            "runs": plain["runs"],
            "url": address("paragraph", release, paragraph=paragraph.key),
            "page": f"{page('disclosure', release)}#paragraph-{paragraph.key}",
        }


def _figures(release: Release, disclosure: Disclosure) -> Iterator[Object]:
    for _, _, paragraph in _narrative(disclosure):
        for run in paragraph_object(paragraph)["runs"]:
            if isinstance(run, str):
                continue
            # Not the paragraph's key: paragraphs that one generator yields share the first half.
            place, _, key = run["address"].partition("/")
            yield {
                "id": f"{identity(release)}/{run['address']}",
                "paragraph": paragraph.key,
                **run,
                "url": address("figure", release, paragraph=place, key=key),
                "page": f"{page('disclosure', release)}#{run['address']}",
            }


def _narrative(disclosure: Disclosure) -> Iterator[tuple[Part, Section, Paragraph]]:
    for part in disclosure.parts:
        for section in part.sections:
            for block in section.blocks:
                if not isinstance(block, Chart):
                    yield part, section, block


def _slice(chart: Object, each: Object) -> Object:
    return {**each, "chart": chart["key"], "title": chart["title"], "unit": chart["unit"]}
