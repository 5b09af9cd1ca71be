"""What each format says, read back from its bytes by address, without the product's own code."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

from budget.document import Disclosure, Table

Texts = dict[str, str]
VOID = frozenset({"meta", "col", "br", "link", "img", "hr", "input"})


class Identified(HTMLParser):
    """Collects the text of each element whose id is an address, and of each figure in turn."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: Texts = {}
        self.figures: list[str] = []
        self._open: list[tuple[str, bool, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        named = dict(attrs)
        address = named.get("id") or ""
        is_figure = named.get("class") == "figure"
        self._open.append((address if "/" in address else "", is_figure, []))

    def handle_data(self, data: str) -> None:
        for _, _, said in self._open:
            said.append(data)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing: what closes itself says nothing."""

    def handle_endtag(self, tag: str) -> None:
        address, is_figure, said = self._open.pop()
        if address and not is_figure:
            self.texts[address] = "".join(said)
        if is_figure:
            self.figures.append("".join(said))


def read_html(page: bytes) -> Identified:
    """Return cells by address, and all figures of the narrative in their order."""
    parser = Identified()
    parser.feed(page.decode())
    parser.close()
    return parser


def cells_of_json(content: bytes) -> Texts:
    """Return the body cells' texts by address."""
    return {cell["address"]: cell["text"] for cell in _places_of_json(content)}


def numbers_of_json(content: bytes) -> dict[str, str]:
    """Return the body cells' numbers, as spelled, by address."""
    cells = _places_of_json(content)
    return {cell["address"]: cell["number"] for cell in cells if cell["number"] is not None}


def parts_of(content: bytes, what: str) -> Iterator[dict[str, Any]]:
    """Yield the sections or the tables of all parts of a JSON file."""
    for part in json.loads(content)["parts"]:
        yield from part[what]


def _places_of_json(content: bytes) -> Iterator[dict[str, Any]]:
    """Yield the body cells that have an address and are not covered by another."""
    for table in parts_of(content, "tables"):
        for row in table["rows"]:
            for cell in row["cells"]:
                if cell["address"] and cell["rowspan"] and cell["colspan"]:
                    yield cell


def paragraphs_of_json(content: bytes) -> Iterator[list[str | dict[str, Any]]]:
    """Yield each paragraph's runs, its lead first."""
    for section in parts_of(content, "sections"):
        for block in section["blocks"]:
            if block["type"] == "paragraph":
                yield [block["lead"], *block["runs"]]


def cells_of_csv(files: Mapping[str, bytes], disclosure: Disclosure) -> Texts:
    """Return the body cells' texts by address; the mark that tames formulas is taken off."""
    texts: Texts = {}
    for content, table in zip(files.values(), disclosure.tables, strict=True):
        lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        next(lines)
        for row, fields in zip(table.rows, lines, strict=True):
            for cell, field in zip(row.cells, fields, strict=False):
                if cell.address and not cell.is_covered:
                    texts[cell.address] = re.sub(r"\A'(?=\s*[=+\-@＝＋－＠\t\r\n])", "", field)
    return texts


def cells_of_xlsx(content: bytes, disclosure: Disclosure) -> tuple[Texts, Texts]:
    """Return the body cells as the sheets show them by address: as printed, and again in 元."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    printed: Texts = {}
    in_yuan: Texts = {}
    by_start = {sheet.title.split(" ", 1)[0]: sheet for sheet in book.worksheets}
    for table in disclosure.tables:
        printed |= _cells_of_sheet(by_start.pop(str(table.number)), table)
        again = by_start.pop(f"{table.number}(元)", None)
        if again is not None:
            in_yuan |= _cells_of_sheet(again, table)
    assert not by_start, f"sheets of no table: {list(by_start)}"
    return printed, in_yuan


def _cells_of_sheet(sheet: Worksheet, table: Table) -> Texts:
    above = 2 + len(table.head)
    return {
        cell.address: shown(sheet.cell(above + row_number, column_number))
        for row_number, row in enumerate(table.rows, 1)
        for column_number, cell in enumerate(row.cells, 1)
        if cell.address and not cell.is_covered
    }


def shown(cell: Any) -> str:
    """Return what a spreadsheet shows of a cell, for the number formats in use."""
    assert isinstance(cell, SheetCell), f"{cell.coordinate} is covered by a merged cell"
    if cell.value is None:
        return ""
    if cell.data_type == "s":
        # ECMA-376 ST_Xstring, which openpyxl leaves to the caller.
        return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), str(cell.value))
    assert cell.data_type == "n", f"{cell.coordinate} is neither text nor number"
    grouped, places = parsed_format(cell.number_format)
    number = Decimal(str(cell.value)).quantize(Decimal(1).scaleb(-places))
    return f"{number:,f}" if grouped else f"{number:f}"


def parsed_format(code: str) -> tuple[bool, int]:
    """Return whether a number format groups digits, and its decimals."""
    found = re.fullmatch(r"(#,##)?0(?:\.(0+))?", code)
    assert found, f"unexpected number format {code}"
    return found[1] is not None, len(found[2] or "")
