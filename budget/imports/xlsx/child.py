"""``python -m budget.imports.xlsx.child``: read one workbook from the input, within limits.

A process of its own, without Django, database or secrets: a file that is made to eat memory or time
kills this process and nothing else. The answer is JSON: sheets, or the reason of a refusal.
"""

from __future__ import annotations

import json
import resource
import sys
import traceback
from typing import Any, Final

from budget.imports.xlsx.limits import MOST_BYTES, opened
from budget.imports.xlsx.nature import refuse_other
from budget.imports.xlsx.parts import read_parts
from budget.imports.xlsx.passing import Cells, as_json
from budget.imports.xlsx.refusal import UnreadableWorkbook
from budget.imports.xlsx.sheets import read_sheets

MOST_MEMORY: Final = 512 * 2**20
MOST_SECONDS: Final = 4
MOST_CHARACTERS: Final = 20_000_000
UNREADABLE: Final = "文件不能读取：内部结构异常，请在表格软件中重新另存为 .xlsx 后再试"
TOO_MUCH: Final = "文件内容过多，读取时超出内存限制，请删去无关内容后重试"


def be_limited() -> None:
    """Take from this process, for good, all but some memory and time, and the writing of files."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> None:
    """Read the input and print the answer."""
    be_limited()
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    sys.stdout.write(json.dumps(answer(content, sys.argv[1] if len(sys.argv) > 1 else "")))


def answer(content: bytes, name: str = "") -> dict[str, Any]:
    """Return the sheets of a workbook, or why it is refused; whatever happens it is one of both."""
    try:
        return as_json(cells_of(content, name))
    except UnreadableWorkbook as error:
        return {"refusal": str(error)}
    except MemoryError:
        return {"refusal": TOO_MUCH}
    except Exception:
        # Files of others meet errors that nobody thought of; the log keeps them, people get one.
        traceback.print_exc()
        return {"refusal": UNREADABLE}


def cells_of(content: bytes, name: str = "") -> Cells:
    """Return the sheets of a workbook. Raises UnreadableWorkbook."""
    if len(content) <= MOST_BYTES:
        refuse_other(content, name)
    package = opened(content)
    parts = read_parts(package)
    sheets = read_sheets(package, parts, faults_kept=True)
    rows = (row.values() for sheet in sheets for row in sheet.rows.values())
    characters = sum(len(cell.text) for row in rows for cell in row)
    if characters > MOST_CHARACTERS:
        raise UnreadableWorkbook(f"工作簿中的文字超过{MOST_CHARACTERS:,}个，不能读取")
    return Cells(sheets, parts.counts_from_1904)


if __name__ == "__main__":
    main()
