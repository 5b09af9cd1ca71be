"""The names that the examples take: of something that is published here, so that they answer."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from budget.document import Disclosure, Figure, Paragraph
from budget.release import read
from budget.release.finding import readable
from budget.terms import CodeScheme


def names() -> Mapping[str, str]:
    """Return a name for each parameter, none where nothing is published. Two queries."""
    release = readable().first()
    if release is None:
        return {}
    return {
        "code": release.code,
        "year": str(release.year),
        "version": f"v{release.number}",
        "scheme": CodeScheme.FUNCTION.value,
        **_inside(read(release)),
    }


def _inside(document: Disclosure) -> dict[str, str]:
    """Return the first amount of the first table, and the first figure of a sentence."""
    numbers = (
        cell.address
        for table in document.tables
        for cell in table.cells.values()
        if isinstance(cell.value, Decimal)
    )
    figures = (
        run.address
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
        for run in block.text
        if isinstance(run, Figure)
    )
    return {
        **_parted(next(numbers, ""), "table", "row", "column"),
        **_parted(next(figures, ""), "paragraph", "key"),
    }


def _parted(address: str, *parts: str) -> dict[str, str]:
    return dict(zip(parts, address.split("/"), strict=True)) if address else {}
