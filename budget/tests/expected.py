"""The expected values in ``golden/`` (its README says where they come from), as values.

Not generated from this program: who changes them has the published document at hand.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

GOLDEN: Final = Path(__file__).parent / "golden"
BUDGET_TABLES: Final = (
    "summary",
    "revenue",
    "spending",
    "appropriation-summary",
    "general-public-spending",
    "general-public-basic",
    "three-publics",
    "government-fund-spending",
)
PERFORMANCE_TABLES: Final = ("project-goals", "overall-goals")

HeadCell = tuple[str, int, int]
"""What a visible cell of a head shows: text, rows, columns."""


@dataclass(frozen=True, slots=True)
class ExpectedTable:
    """A table as published. In ``rows`` None stands where the transcription is not certain."""

    code: str
    number: int
    contents_title: str
    title: str
    subject: str
    unit: str
    note: str
    head: tuple[tuple[HeadCell, ...], ...]
    marks: tuple[str, ...] | None
    rows: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, slots=True)
class ExpectedParagraph:
    """A paragraph with its lead, and the figures in it: (kind, text without unit or %)."""

    text: str
    figures: tuple[tuple[str, str], ...]


def expected_table(code: str) -> ExpectedTable:
    """Return what table ``code`` prints."""
    found = _read(code)
    return ExpectedTable(
        **{
            **found,
            "head": tuple(
                tuple((text, rows, columns) for text, rows, columns in row) for row in found["head"]
            ),
            "marks": None if found["marks"] is None else tuple(found["marks"]),
            "rows": tuple(tuple(row) for row in found["rows"]),
        }
    )


def expected_narrative() -> dict[str, Any]:
    """Return cover, contents, headings and charts as published."""
    found: dict[str, Any] = _read("narrative")
    return found


def expected_paragraphs() -> tuple[ExpectedParagraph, ...]:
    """Return all paragraphs of the narrative, in order."""
    return tuple(
        ExpectedParagraph(one["text"], tuple((kind, text) for kind, text in one["figures"]))
        for one in _read("narrative")["paragraphs"]
    )


def tight(text: str) -> str:
    """Return a text without blanks, which the expected values leave out too."""
    return re.sub(r"\s+", "", text)


def _read(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
