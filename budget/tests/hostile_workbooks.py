"""Files that are made to harm, or that broke on the way: one small builder for each kind.

Each changes a good entry workbook, or makes a file from nothing. ``HOSTILE`` names them.
"""

from __future__ import annotations

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from typing import Final

Build = Callable[[bytes], bytes]
SHEET: Final = "xl/worksheets/sheet3.xml"
"""The page of 基本支出 in a workbook of a unit."""
TYPES: Final = "[Content_Types].xml"
BOMB: Final = 300 * 2**20


def changed(content: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one part edited."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, edit(data) if name == part else data)
    return written.getvalue()


def with_rows(content: bytes, rows: bytes) -> bytes:
    """Return a workbook with more rows at the end of a page."""
    end = b"</sheetData>"
    return changed(content, SHEET, lambda xml: xml.replace(end, rows + end))


def with_doctype(content: bytes, declared: bytes, part: str = SHEET) -> bytes:
    """Return a workbook with a document type in one part."""

    def edit(xml: bytes) -> bytes:
        start = xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0
        return xml[:start] + declared + xml[start:]

    return changed(content, part, edit)


def spaces(content: bytes) -> bytes:
    """Two gigabytes of blanks would be worse; three hundred megabytes do."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            if name != SHEET:
                new.writestr(name, old.read(name))
        with new.open(SHEET, "w", force_zip64=True) as part:
            part.write(b"<worksheet><sheetData>")
            for _ in range(BOMB // 2**20):
                part.write(b" " * 2**20)
            part.write(b"</sheetData></worksheet>")
    return written.getvalue()


def lying_sizes(content: bytes) -> bytes:
    """The directory says that a part is small; it is not."""
    bomb = bytearray(spaces(content))
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as archive:
        size = archive.getinfo(SHEET).file_size
    stated, small = struct.pack("<L", size), struct.pack("<L", 5_000)
    return bytes(bomb).replace(stated, small)


def many_cells(content: bytes) -> bytes:
    """Nine hundred thousand cells, packed no more tightly than honest files are."""
    row = b"<row>" + b"<c><v>1</v></c>" * 200 + b"</row>"
    return padded(with_rows(content, row * 4_500))


def many_texts(content: bytes) -> bytes:
    """Four million shared texts of one letter."""
    si = b"<si><t>a</t></si>"
    return padded(_with_shared_texts(content, si * 4_000_000))


def one_huge_text(content: bytes) -> bytes:
    """A cell of ninety million characters."""
    cell = b'<c r="B9" t="inlineStr"><is><t>' + b"ab" * 45_000_000 + b"</t></is></c>"
    return padded(with_rows(content, b'<row r="9">' + cell + b"</row>"))


def deep_nesting(content: bytes) -> bytes:
    """Elements in elements, a million deep."""
    return with_rows(content, b"<a>" * 1_000_000 + b"</a>" * 1_000_000)


def many_attributes(content: bytes) -> bytes:
    """An element with three hundred thousand attributes, and a name that it has twice."""
    names = b" ".join(b'a%d="1"' % number for number in range(300_000))
    return with_rows(content, b"<row " + names + b' a1="2"/>')


def many_merges(content: bytes) -> bytes:
    """Sixty thousand merged ranges over the whole page."""
    return padded(_with_merges(content, b'<mergeCell ref="A1:XFD1048576"/>' * 60_000))


def overlapping_merges(content: bytes) -> bytes:
    """Few enough ranges, each over all rows and columns that there are."""
    last = b'<row r="19999"><c r="B19999"><v>1</v></c></row>'
    merges = b'<mergeCell ref="A4:Z20000"/>' * 40_000
    return padded(_with_merges(with_rows(content, last), merges))


def far_cell(content: bytes) -> bytes:
    """One cell at the end of the world."""
    return with_rows(content, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def numbers_without_end(content: bytes) -> bytes:
    """A number of a million digits, and one beyond any range."""
    digits = b"9" * 1_000_000
    cells = b'<c r="D9"><v>' + digits + b'</v></c><c r="E9"><v>1e999999999</v></c>'
    return with_rows(content, b'<row r="9">' + cells + b"</row>")


def billion_laughs(content: bytes) -> bytes:
    """Entities of entities of entities."""
    more = b"".join(
        b'<!ENTITY a%d "%s">' % (number, b"&a%d;" % (number - 1) * 10) for number in range(1, 10)
    )
    return with_doctype(content, b'<!DOCTYPE x [<!ENTITY a0 "lol">' + more + b"]>")


def outer_entity(content: bytes) -> bytes:
    """An entity that is a file of the server."""
    return with_doctype(content, b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>')


def doctype_in_styles(content: bytes) -> bytes:
    """A document type where nobody looks."""
    return with_doctype(content, b"<!DOCTYPE x>", "xl/styles.xml")


def same_part_twice(content: bytes) -> bytes:
    """Two parts of one name: each reader would take another."""
    written = io.BytesIO(content)
    with zipfile.ZipFile(written, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(SHEET, "<worksheet/>")
    return written.getvalue()


def many_parts(content: bytes) -> bytes:
    """A thousand parts."""
    written = io.BytesIO(content)
    with zipfile.ZipFile(written, "a") as archive:
        for number in range(1_000):
            archive.writestr(f"x/{number}", "")
    return written.getvalue()


def parts_outside(content: bytes) -> bytes:
    """A page that is said to lie outside the file."""
    return changed(
        content,
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace(b"worksheets/sheet3.xml", b"../../../../etc/hostname"),
    )


def page_of_itself(content: bytes) -> bytes:
    """A page that is the workbook's own list of pages."""
    return changed(
        content,
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace(b"worksheets/sheet3.xml", b"workbook.xml"),
    )


def no_relations(content: bytes) -> bytes:
    """A workbook that does not say where its pages are."""
    return changed(content, "xl/_rels/workbook.xml.rels", lambda xml: b"<Relationships/>")


def relation_without_target(content: bytes) -> bytes:
    """A relation that lacks what each must have."""
    return changed(content, "_rels/.rels", lambda xml: re.sub(rb' Target="[^"]*"', b"", xml))


def text_that_is_not_there(content: bytes) -> bytes:
    """A cell that names the shared text number a billion."""
    return with_rows(content, b'<row r="9"><c r="B9" t="s"><v>1000000000</v></c></row>')


def odd_places(content: bytes) -> bytes:
    """Rows and cells whose places are no places."""
    rows = b'<row r="-5"><c r="$$"><v>1</v></c></row><row r="x"><c r="B0"/></row>'
    return with_rows(content, rows)


def cut_off(content: bytes) -> bytes:
    """The first half of a file."""
    return content[: len(content) // 2]


def garbled(content: bytes) -> bytes:
    """A file with a hole in a page."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.getinfo(SHEET).header_offset + 120
    return content[:start] + bytes(60) + content[start + 60 :]


def bad_characters(content: bytes) -> bytes:
    """XML that is no UTF-8."""
    return changed(content, SHEET, lambda xml: xml.replace("功能".encode(), b"\xff\xfe"))


def encrypted(content: bytes) -> bytes:
    """A part that says of itself that it is encrypted."""
    archive = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        archive[archive.index(mark) + at] |= 1
    return bytes(archive)


def other_compression(content: bytes) -> bytes:
    """Parts packed in a way that nobody unpacks."""
    archive = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        for found in re.finditer(re.escape(mark), content):
            archive[found.start() + at] = 99
    return bytes(archive)


def nothing_but_a_type(content: bytes) -> bytes:
    """An archive that is no workbook."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(TYPES, "<Types/>")
    return written.getvalue()


def padded(content: bytes) -> bytes:
    """Return a file with something in it that packs badly, so that its ratio is an honest one."""
    written = io.BytesIO(content)
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("x/picture", random.Random(1).randbytes(2 * 2**20))
    return written.getvalue()


def _with_merges(content: bytes, merges: bytes) -> bytes:
    end = b"</sheetData>"
    told = end + b"<mergeCells>" + merges + b"</mergeCells>"
    return changed(content, SHEET, lambda xml: xml.replace(end, told))


def _with_shared_texts(content: bytes, texts: bytes) -> bytes:
    name = "xl/sharedStrings.xml"
    return changed(content, name, lambda xml: xml.replace(b"</sst>", texts + b"</sst>"))


HOSTILE: Final[dict[str, Build]] = {
    each.__name__: each
    for each in (
        spaces,
        lying_sizes,
        many_cells,
        many_texts,
        one_huge_text,
        deep_nesting,
        many_attributes,
        many_merges,
        overlapping_merges,
        far_cell,
        numbers_without_end,
        billion_laughs,
        outer_entity,
        doctype_in_styles,
        same_part_twice,
        many_parts,
        parts_outside,
        page_of_itself,
        no_relations,
        relation_without_target,
        text_that_is_not_there,
        odd_places,
        cut_off,
        garbled,
        bad_characters,
        encrypted,
        other_compression,
        nothing_but_a_type,
    )
}
