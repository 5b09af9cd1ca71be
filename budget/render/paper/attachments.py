"""The printed tables as data inside the PDF: the XLSX and JSON that are published beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from weasyprint import Attachment

from budget.document import Disclosure, Table
from budget.render.registry import FORMATS

FORMAT_CODES: Final = ("xlsx", "json")
RELATIONSHIP: Final = "Data"


def attachments(
    disclosure: Disclosure, tables: tuple[Table, ...] | None = None
) -> Iterator[Attachment]:
    """Yield the files to embed. Their names are ASCII, their Chinese names stand beside them.

    Readers show names with other letters as garbage (WeasyPrint writes them twice, once wrong).
    Dates are those of the budget year: a clock would change the bytes every second.
    """
    dated = datetime(disclosure.year, 1, 1, tzinfo=UTC)
    for code in FORMAT_CODES:
        declared = FORMATS[code]
        for name, content in declared.render(disclosure, tables).items():
            yield Attachment(
                string=content,
                name=name,
                description=f"{disclosure.title}：各表数据（{declared.label}）",
                relationship=RELATIONSHIP,
                created=dated,
                modified=dated,
            )
