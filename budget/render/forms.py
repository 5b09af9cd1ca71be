"""Papers that are signed by hand, as PDF: a form of one page, a letter with tables behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from budget.document import Disclosure, Table
from budget.render.pdf import needing_pango
from budget.render.registry import UNMARKED, Marking

FORM, LETTER = "form", "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A paper about to be set: its template under templates/papers/, and what that shows.

    ``kind`` names its pages in print-forms.css; ``title`` and ``author`` are what the file says of
    itself.
    """

    template: str
    title: str
    author: str
    shown: Mapping[str, Any]
    kind: str = FORM
    marking: Marking = UNMARKED


def render_form(form: Form) -> bytes:
    """Return a form as a PDF. Raises RenderError."""
    pdf: bytes = _forms().render_form(form)
    return pdf


def render_letter(form: Form, disclosure: Disclosure, tables: tuple[Table, ...]) -> bytes:
    """Return a letter and the tables that go with it, as they are printed, as a PDF.

    Raises RenderError.
    """
    pdf: bytes = _forms().render_letter(form, disclosure, tables)
    return pdf


def _forms() -> ModuleType:
    return needing_pango("budget.render.paper.forms")
