"""What a file is that is no workbook of ours: said by name, so that people know what to do."""

from __future__ import annotations

from codecs import getincrementaldecoder
from typing import Final

from budget.imports.xlsx.limits import COMPOUND_FILE
from budget.imports.xlsx.refusal import UnreadableWorkbook

SAVE_AS: Final = "请在表格软件中另存为 .xlsx 后重试"
ZIP: Final = b"PK\x03\x04"
LOOKED_AT: Final = 4096
MARKS_OF_TEXT: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def refuse_other(content: bytes, name: str = "") -> None:
    """Refuse what is no XLSX file. Raises UnreadableWorkbook, which says what it is."""
    if not content:
        raise UnreadableWorkbook("文件是空的，请重新保存后再试")
    if content.startswith(COMPOUND_FILE):
        raise UnreadableWorkbook(_compound(content, name))
    if content.startswith(ZIP):
        _refuse_other_archive(content)
        return
    start = content[:LOOKED_AT].lstrip()
    if start[:1] == b"<":
        raise UnreadableWorkbook(f"文件其实是网页或 XML，不是工作簿；{SAVE_AS}")
    if start.startswith(b"%PDF"):
        raise UnreadableWorkbook("文件是 PDF，不能导入；请上传从本系统下载的填报工作簿")
    if _is_text(content[:LOOKED_AT]):
        raise UnreadableWorkbook(f"文件是文本（如 CSV），不是工作簿；{SAVE_AS}")
    raise UnreadableWorkbook(f"文件不是 XLSX 工作簿，或已损坏；{SAVE_AS}")


def _compound(content: bytes, name: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "文件有打开密码，请取消密码后重试"
    kind = "WPS 表格旧格式（.et）" if name.lower().endswith(".et") else "旧的 .xls 格式"
    return f"文件是{kind}，{SAVE_AS}"


def _refuse_other_archive(content: bytes) -> None:
    """Refuse other formats that are archives too, as far as they name themselves."""
    start = content[:LOOKED_AT]
    if b"application/vnd.oasis.opendocument" in start:
        raise UnreadableWorkbook(f"文件是 ODF 格式（.ods 等），{SAVE_AS}")
    # The directory at the end names all parts.
    end = content[-200_000:]
    if b"xl/workbook.bin" in end:
        raise UnreadableWorkbook(f"文件是二进制工作簿（.xlsb），{SAVE_AS}")
    if b"word/document.xml" in end:
        raise UnreadableWorkbook("文件是 Word 文档，不能导入；请上传从本系统下载的填报工作簿")


def _is_text(start: bytes) -> bool:
    if start.startswith(MARKS_OF_TEXT):
        return True
    if b"\0" in start:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            getincrementaldecoder(encoding)().decode(start)  # the last character may be cut
        except UnicodeDecodeError:
            continue
        return True
    return False
