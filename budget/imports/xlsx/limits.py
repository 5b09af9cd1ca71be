"""Opening a workbook's archive: what is too much, locked or doubtful is refused before unpacking.

Two megabytes can unpack to two gigabytes and two kilobytes can claim a million rows. What the
archive's directory says is judged first; what it says falsely fails while unpacking, because no
entry is read beyond the size that it states.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from budget.imports.xlsx.refusal import UnreadableWorkbook

MOST_BYTES: Final = 10 * 2**20
MOST_UNPACKED: Final = 100 * 2**20
MOST_RATIO: Final = 100
MOST_ENTRIES: Final = 200
FREE_OF_RATIO: Final = 2**20
"""Bytes: what unpacks to no more may be packed as tightly as it likes."""
MOST_CELLS: Final = 500_000
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
MOST_MERGES: Final = 50_000

COMPOUND_FILE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
"""What old .xls files begin with, and encrypted .xlsx files too."""
ENCRYPTED: Final = 0x1
NOT_A_WORKBOOK: Final = "文件不是有效的 XLSX 工作簿，请在表格软件中另存为 .xlsx 后重试"


@dataclass(frozen=True)
class Package:
    """The parts of a workbook by name, unpacked one by one."""

    archive: zipfile.ZipFile
    names: frozenset[str]

    def part(self, name: str) -> bytes:
        """Return a part's bytes. Raises UnreadableWorkbook where it is missing or damaged."""
        if name not in self.names:
            raise UnreadableWorkbook(f"{NOT_A_WORKBOOK}（缺少 {name}）")
        try:
            return self.archive.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise UnreadableWorkbook(f"工作簿已损坏（{name}），请重新保存后再试") from error


def opened(content: bytes) -> Package:
    """Return a workbook's package. Raises UnreadableWorkbook."""
    if len(content) > MOST_BYTES:
        raise UnreadableWorkbook("文件超过10兆字节，请删去无关内容后重试")
    if content.startswith(COMPOUND_FILE):
        raise UnreadableWorkbook("文件已加密，或是旧的 .xls 格式，请取消密码并另存为 .xlsx 后重试")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
        raise UnreadableWorkbook(NOT_A_WORKBOOK) from error
    entries = archive.infolist()
    _check(entries, len(content))
    return Package(archive, frozenset(entry.filename for entry in entries))


def _check(entries: list[zipfile.ZipInfo], packed: int) -> None:
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise UnreadableWorkbook("文件已加密，请取消密码后重试")
    if len(entries) > MOST_ENTRIES or len(set(names)) < len(names):
        raise UnreadableWorkbook("工作簿的内部结构异常（部件过多或重名），不能读取")
    if unpacked > MOST_UNPACKED:
        raise UnreadableWorkbook("工作簿解压后超过100兆字节，不能读取")
    if unpacked > FREE_OF_RATIO and unpacked > MOST_RATIO * packed:
        raise UnreadableWorkbook("工作簿的压缩比异常，不能读取")
