"""The document as PDF: what is registered and cheap to import; setting it is ``paper``'s."""

from __future__ import annotations

import importlib
from types import ModuleType

from budget.document import Disclosure, Table
from budget.render.naming import stem
from budget.render.paper.errors import MissingLibrary
from budget.render.registry import Files, renders

MEDIA_TYPE = "application/pdf"


@renders("pdf", "PDF", MEDIA_TYPE)
def render(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
    """Return one PDF of the whole document or of ``tables`` alone. Raises RenderError."""
    return {f"{stem(disclosure, tables)}.pdf": book().render_pdf(disclosure, tables)}


def book() -> ModuleType:
    """Return what sets documents. Raises MissingLibrary."""
    return needing_pango("budget.render.paper.book")


def needing_pango(name: str) -> ModuleType:
    """Import what needs Pango: the site starts without. Raises MissingLibrary."""
    try:
        return importlib.import_module(name)
    except OSError as error:
        raise MissingLibrary(
            "本机没有 Pango 库，不能生成 PDF。请管理员安装 libpango-1.0-0 与 libpangoft2-1.0-0。"
        ) from error
