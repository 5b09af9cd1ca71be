"""How a table is cited: who, what, of which year, version and date, and how to prove it."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from budget.document import CellKind, Table
from budget.models import Release
from budget.numerals import day

DIGITS = 16
"""Of the digest in a citation: enough to tell any two releases apart."""


def named(release: Release) -> str:
    """Return what a release is called where it stands among others: in feeds, as a file."""
    return f"{release.name}{release.year}年{release.scope.label}预算公开"


def citation(release: Release, table: Table) -> str:
    """Return a sentence to copy; the address is added by whoever shows it."""
    return (
        f"{release.name}：《{release.year}年{release.scope.label}预算公开》"
        f"表{table.number}“{table.name}”，第{release.number}版，"
        f"{day(timezone.localdate(release.published_at))}公开，单位：{table.unit}，"
        f"内容摘要（SHA-256）{release.digest[:DIGITS]}。"
    )


def numbered(release: Release, view: str, **more: str) -> str:
    """Return the address of a view under the release's number: it stays when a later one comes."""
    names = {"code": release.code, "year": release.year, "number": release.number}
    return reverse(f"portal:{view}", kwargs={**names, **more})


def example(table: Table) -> str:
    """Return the address of a figure of a table, "" where it prints none."""
    figures = (
        cell.address
        for row in table.rows
        for cell in row.cells
        if cell.kind is CellKind.AMOUNT and cell.text and cell.address
    )
    return next((f"#{address}" for address in figures), "")
