"""What an address answers with: one value that JSON, CSV and XLSX are written from."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from budget.render import csv, xlsx

Object = dict[str, Any]
JSON_TYPE = "application/json"

CONTENT_TYPES = {"json": JSON_TYPE, "csv": csv.CONTENT_TYPE, "xlsx": xlsx.CONTENT_TYPE}
"""The formats of every answer."""


class Rows(Protocol):
    """An answer as rows, for those who read it in a spreadsheet."""

    @property
    def stem(self) -> str:
        """The file's name without its ending, in ASCII."""

    def csv(self) -> bytes:
        """Return the rows as CSV."""

    def xlsx(self) -> bytes:
        """Return the rows as a workbook. Raises RenderError for what a sheet cannot hold."""


@dataclass(frozen=True)
class Answer:
    """An answer as an object, and how it becomes rows; ``headers`` go with either."""

    plain: Object
    rows: Callable[[], Rows]
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in one format; a file that is saved rather than shown has a name."""

    content: bytes
    content_type: str
    name: str = ""


def written(answer: Answer, format: str) -> Written:
    """Return an answer in a format. Raises RenderError for what the format cannot hold."""
    if format == "json":
        text = json.dumps(answer.plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return Written(text.encode(), JSON_TYPE)
    rows = answer.rows()
    content = rows.csv() if format == "csv" else rows.xlsx()
    return Written(content, CONTENT_TYPES[format], f"{rows.stem}.{format}")
