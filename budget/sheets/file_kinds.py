"""Which files may be kept with a budget: known by their content and by their ending, which agree.

What a browser could run (HTML, SVG), archives and documents with macros are not among them.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Final

from budget.sheets.file_names import ending_of

COMPOUND: Final = bytes.fromhex("d0cf11e0a1b11ae1")
END_OF_ARCHIVE: Final = b"PK\x05\x06"
TAIL: Final = 22 + 0xFFFF
"""Bytes at the end of an archive in which its last record stands: 22, and a comment."""
LARGEST_DIRECTORY: Final = 2**20
MACROS: Final = "vbaProject.bin"


class UnfitFile(ValueError):
    """A file may not be kept; the message says why in Chinese."""


Fits = Callable[[BinaryIO], bool]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its endings, what it is sent as, and whether a content is one."""

    title: str
    endings: tuple[str, ...]
    content_type: str
    fits: Fits


def kind_of(name: str, file: BinaryIO) -> FileKind:
    """Return the kind of a file by its name and content. Raises UnfitFile."""
    ending = ending_of(name)
    kinds = [kind for kind in KINDS if ending in kind.endings]
    if not kinds:
        raise UnfitFile(f"不能保存“{ending or '没有扩展名'}”类型的文件；可以上传：{accepted()}")
    [kind] = kinds
    file.seek(0)
    if not kind.fits(file):
        raise UnfitFile(
            f"文件内容不是“{ending}”格式（可能改过扩展名、已加密或已损坏），请另存为该格式后重试"
        )
    return kind


def accepted() -> str:
    """Return the endings that are taken, as people read them."""
    return "、".join(ending for kind in KINDS for ending in kind.endings)


def _begins(signs: bytes, file: BinaryIO) -> bool:
    return file.read(len(signs)) == signs


def _holds(part: str, file: BinaryIO) -> bool:
    """Whether a file is an archive with a part of this name. Nothing of it is unpacked.

    Raises UnfitFile for one with macros.
    """
    names = _names(file)
    if any(name.endswith(MACROS) for name in names):
        raise UnfitFile("文件中含有宏，请另存为不带宏的格式后重试")
    return part in names


def _names(file: BinaryIO) -> Iterable[str]:
    if not _has_small_directory(file):
        return ()
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        return ()


def _has_small_directory(file: BinaryIO) -> bool:
    """Whether the list of an archive's parts is small enough to be read at all."""
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    at = tail.rfind(END_OF_ARCHIVE)
    if at < 0 or at + 22 > len(tail):
        return False
    (directory,) = struct.unpack_from("<I", tail, at + 12)
    return bool(directory <= LARGEST_DIRECTORY)


def _office(part: str) -> Fits:
    return partial(_holds, part)


def _signed(signs: str) -> Fits:
    return partial(_begins, bytes.fromhex(signs))


OOXML: Final = "application/vnd.openxmlformats-officedocument"
KINDS: Final = (
    FileKind("PDF", ("pdf",), "application/pdf", partial(_begins, b"%PDF-")),
    FileKind("OFD", ("ofd",), "application/ofd", _office("OFD.xml")),
    FileKind("Word", ("docx",), f"{OOXML}.wordprocessingml.document", _office("word/document.xml")),
    FileKind("Excel", ("xlsx",), f"{OOXML}.spreadsheetml.sheet", _office("xl/workbook.xml")),
    FileKind(
        "PowerPoint",
        ("pptx",),
        f"{OOXML}.presentationml.presentation",
        _office("ppt/presentation.xml"),
    ),
    FileKind(
        "Word/WPS 97–2003",
        ("doc", "wps"),
        "application/msword",
        partial(_begins, COMPOUND),
    ),
    FileKind(
        "Excel/WPS 97–2003",
        ("xls", "et"),
        "application/vnd.ms-excel",
        partial(_begins, COMPOUND),
    ),
    FileKind("JPEG", ("jpg", "jpeg"), "image/jpeg", _signed("ffd8ff")),
    FileKind("PNG", ("png",), "image/png", _signed("89504e470d0a1a0a")),
)
