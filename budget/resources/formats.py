"""Tables in and out as XLSX and CSV, so that no text becomes a formula and no formula a number.

Read: dense rows under the headings of the first row. A file that is too large, packed too tightly
or computed by formulas is refused with the place: a workbook of two megabytes can unpack to two
gigabytes, and a formula's stored result may be stale. Written: texts are texts.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Final

import tablib
from import_export.formats.base_formats import Format
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

Row = Sequence[Any]

MOST_BYTES: Final = 10 * 2**20
MOST_UNPACKED: Final = 100 * 2**20
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 60
LONGEST_TEXT: Final = 32_767  # what a cell of a spreadsheet can hold
LEADS: Final = tuple("=+-@＝＋－＠\t\r\n")
"""With these a text begins that a spreadsheet would calculate."""
HARMLESS: Final = "'"


class UnreadableTable(ValueError):
    """A file cannot be taken in; the message says in Chinese why and where."""


class FileFormat(Format):  # type: ignore[misc]
    """A kind of file that is both read and written; ``title`` is also the ending of its files."""

    title: ClassVar[str]
    content_type: ClassVar[str]

    def __init__(self, encoding: str | None = None) -> None:
        """Take what import-export passes; each kind sees its encoding in the file."""

    def get_title(self) -> str:
        """Return the name that people choose it by."""
        return self.title

    def get_extension(self) -> str:
        """Return the ending of files."""
        return self.title

    def get_content_type(self) -> str:
        """Return the media type."""
        return self.content_type

    def can_import(self) -> bool:
        """Return that it can be read."""
        return True

    def can_export(self) -> bool:
        """Return that it can be written."""
        return True


class Xlsx(FileFormat):
    """A workbook's first sheet."""

    title = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def create_dataset(self, given: bytes) -> tablib.Dataset:
        """Return the rows of the first sheet. Raises UnreadableTable."""
        _check_size(given)
        _check_unpacked(given)
        try:
            book = load_workbook(io.BytesIO(given), read_only=True)
            rows = _rows_of(book.worksheets[0])
        except UnreadableTable:
            raise
        # The reader fails in many ways on a broken book; all of them mean the same to the user.
        except Exception as error:
            raise UnreadableTable("文件不是有效的 XLSX 工作簿，请在表格软件中另存后重试") from error
        return _dataset(rows)

    def export_data(self, dataset: tablib.Dataset, **_: Any) -> bytes:
        """Return a workbook: numbers as numbers, everything else as text."""
        book = Workbook(write_only=True)
        sheet = book.create_sheet("数据")
        for row in (dataset.headers, *dataset):
            sheet.append([_cell(sheet, value) for value in row])
        written = io.BytesIO()
        book.save(written)
        return written.getvalue()


class Csv(FileFormat):
    """A table as text: UTF-8 with byte order mark; what Excel saves in GB18030 is read too."""

    title = "csv"
    content_type = "text/csv; charset=utf-8"

    def create_dataset(self, given: bytes) -> tablib.Dataset:
        """Return the rows. Raises UnreadableTable."""
        _check_size(given)
        try:
            rows = list(csv.reader(io.StringIO(_decoded(given), newline=""), strict=True))
        except csv.Error as error:
            raise UnreadableTable("文件不是有效的 CSV 文件，请检查引号是否成对") from error
        return _dataset([[_as_typed(value) for value in row] for row in rows])

    def export_data(self, dataset: tablib.Dataset, **_: Any) -> bytes:
        """Return all fields quoted; a text that looks like a formula gets an apostrophe."""
        written = io.StringIO()
        writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        for row in (dataset.headers, *dataset):
            writer.writerow([_harmless(value) for value in row])
        return written.getvalue().encode("utf-8-sig")


FORMATS: Final[Mapping[str, type[Any]]] = {"xlsx": Xlsx, "csv": Csv}
"""By the ending of a file's name."""


# ---- reading


def _check_size(given: bytes) -> None:
    if len(given) > MOST_BYTES:
        raise UnreadableTable("文件超过10兆字节，请分成几份导入")


def _check_unpacked(given: bytes) -> None:
    """Refuse before unpacking what the archive itself says is too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(given)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableTable("文件不是有效的 XLSX 工作簿，请在表格软件中另存后重试") from error
    names = [entry.filename for entry in entries]
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED or len(set(names)) < len(names):
        raise UnreadableTable("文件的压缩内容异常，不能导入")


def _rows_of(sheet: Any) -> list[list[Any]]:
    """Return the values of a sheet. Raises UnreadableTable for a formula and for too many."""
    rows = []
    for number, row in enumerate(sheet.rows, start=1):
        if number > MOST_ROWS + 1:
            raise UnreadableTable(f"超过{MOST_ROWS}行，请分成几份导入")
        if len(row) > MOST_COLUMNS:
            raise UnreadableTable(f"第{number}行超过{MOST_COLUMNS}列")
        for place, cell in enumerate(row, start=1):
            if cell.data_type in ("f", "e"):
                where = f"{get_column_letter(place)}{number}"
                raise UnreadableTable(f"单元格 {where} 是公式或错误值，请改为填写结果")
        rows.append([cell.value for cell in row])
    return rows


def _decoded(given: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return given.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable("文件的编码既不是 UTF-8 也不是 GB18030")


def _as_typed(value: str) -> str:
    """Return a field without the apostrophe that writing put before it."""
    return value[1:] if value.startswith(tuple(HARMLESS + lead for lead in LEADS)) else value


def _dataset(rows: Iterable[Row]) -> tablib.Dataset:
    """Return rows under their headings; blank rows at the end and blank columns are left off.

    Raises UnreadableTable.
    """
    kept = [list(row) for row in rows]
    while kept and not any(_is_given(value) for value in kept[-1]):
        kept.pop()
    if len(kept) < 2:
        raise UnreadableTable("文件中没有数据：第1行应为列名，第2行起为数据")
    if len(kept) > MOST_ROWS + 1:
        raise UnreadableTable(f"超过{MOST_ROWS}行，请分成几份导入")
    width = max(len(row) for row in kept)
    square = [row + [None] * (width - len(row)) for row in kept]
    used = [each for each in range(width) if any(_is_given(row[each]) for row in square)]
    dataset = tablib.Dataset()
    dataset.headers = _headings([square[0][each] for each in used], used)
    for row in square[1:]:
        dataset.append([row[each] for each in used])
    return dataset


def _headings(given: Row, places: Sequence[int]) -> list[str]:
    headings: list[str] = []
    for value, place in zip(given, places, strict=True):
        heading = str(value).strip() if _is_given(value) else ""
        if not heading:
            raise UnreadableTable(f"{get_column_letter(place + 1)}列没有列名")
        if heading in headings:
            raise UnreadableTable(f"列名“{heading}”出现了两次")
        headings.append(heading)
    return headings


def _is_given(value: Any) -> bool:
    return value is not None and str(value).strip() != ""


# ---- writing


def _cell(sheet: Any, value: Any) -> Any:
    if value is None or (isinstance(value, (int, Decimal)) and not isinstance(value, bool)):
        return value
    text = str(value)
    if ILLEGAL_CHARACTERS_RE.search(text) or len(text) > LONGEST_TEXT:
        raise UnreadableTable(f"“{text[:20]}…”含有控制字符或过长，不能写入 XLSX，请导出 CSV")
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # else the writer takes what begins with = for a formula
    return cell


def _harmless(value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    is_number = isinstance(value, (int, Decimal))
    return HARMLESS + text if text.startswith(LEADS) and not is_number else text
