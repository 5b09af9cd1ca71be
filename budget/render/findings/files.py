"""A report in all forms that are handed on."""

from __future__ import annotations

from budget.document import Disclosure
from budget.render.findings import html, xlsx
from budget.render.findings.view import View
from budget.render.registry import Files


def report_files(told: View, document: Disclosure) -> Files:
    """Return the report as a page and as a workbook. Raises RenderError."""
    return {**html.render(told, document), **xlsx.render(told, document)}
