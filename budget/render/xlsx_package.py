"""The ZIP container of a workbook and the parts that are not sheets (ECMA-376).

Written by hand so that the same document gives the same bytes: no clock, no random name, no
dependence on which XML library happens to be installed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from budget.render.xlsx_text import text_xml

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_VENDOR = "application/vnd.openxmlformats"
_MEDIA = f"{_VENDOR}-officedocument.spreadsheetml"
_OLDEST_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Properties:
    """What a workbook says of itself; ``date`` stands in for both of its dates (YYYY-MM-DD)."""

    title: str
    creator: str
    date: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished sheet: its name, its XML and the rows repeated on each printed page."""

    name: str
    xml: str
    repeated_rows: int


def workbook_bytes(sheets: Sequence[Sheet], styles: str, properties: Properties) -> bytes:
    """Return the whole XLSX file."""
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _package_relations(),
        "docProps/app.xml": f'<Properties xmlns="{_OFFICE}/extended-properties"/>',
        "docProps/core.xml": _core_properties(properties),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _workbook_relations(len(sheets)),
        "xl/styles.xml": styles,
    }
    for number, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet.xml
    return zipped({name: (_DECLARATION + xml).encode() for name, xml in parts.items()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of the files in their order, all dated alike."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _OLDEST_DATE)
            entry.create_system = 3  # else the bytes would tell which system wrote them
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def _content_types(sheets: int) -> str:
    overrides = {
        "/xl/workbook.xml": f"{_MEDIA}.sheet.main+xml",
        "/xl/styles.xml": f"{_MEDIA}.styles+xml",
        "/docProps/core.xml": f"{_VENDOR}-package.core-properties+xml",
        "/docProps/app.xml": f"{_VENDOR}-officedocument.extended-properties+xml",
    } | {f"/xl/worksheets/sheet{n}.xml": f"{_MEDIA}.worksheet+xml" for n in range(1, sheets + 1)}
    items = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="{_VENDOR}-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{items}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    """Return relations rId1, rId2 … of (type, target)."""
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _package_relations() -> str:
    return _relations(
        (
            (f"{_OFFICE}/relationships/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        )
    )


def _workbook_relations(sheets: int) -> str:
    """Sheets first, so that sheet n is rIdn."""
    sheet_targets = [
        (f"{_OFFICE}/relationships/worksheet", f"worksheets/sheet{number}.xml")
        for number in range(1, sheets + 1)
    ]
    return _relations([*sheet_targets, (f"{_OFFICE}/relationships/styles", "styles.xml")])


def _core_properties(properties: Properties) -> str:
    moment = f"{properties.date}T00:00:00Z"
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text_xml(properties.title, '文件标题')}</dc:title>"
        f"<dc:creator>{text_xml(properties.creator, '文件作者')}</dc:creator>"
        "<dc:language>zh-CN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "</cp:coreProperties>"
    )


def _workbook(sheets: Sequence[Sheet]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">'
        f"{escape(_quoted(sheet.name))}!$1:${sheet.repeated_rows}</definedName>"
        for place, sheet in enumerate(sheets)
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships">'
        f"<bookViews><workbookView/></bookViews><sheets>{listed}</sheets>"
        f"<definedNames>{titles}</definedNames></workbook>"
    )


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
