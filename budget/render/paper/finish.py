"""What WeasyPrint leaves to be done on the PDF itself, before it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pydyf  # type: ignore[import-untyped]
from weasyprint.document import Document

Finisher = Callable[[Document, pydyf.PDF], None]
Labels = Sequence[tuple[int, str]]
"""Runs of page labels: index of the first page, and how pages are numbered from there on."""

COVER_LABEL, ROMAN, ARABIC = "cover", "roman", "arabic"
COVER_NAME = "封面"


def finisher(labels: Labels) -> Finisher:
    """Return what is to be done to a document whose pages are labelled so."""

    def finish(_: Document, pdf: pydyf.PDF) -> None:
        label_pages(pdf, labels)
        scope_headings(pdf)

    return finish


def label_pages(pdf: pydyf.PDF, labels: Labels) -> None:
    """Let readers show the page numbers that are printed, not the place in the file."""
    numbers = pydyf.Array()
    for first, style in labels:
        numbers.extend((first, _label(style)))
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})


def _label(style: str) -> pydyf.Dictionary:
    if style == COVER_LABEL:
        return pydyf.Dictionary({"P": pydyf.String(COVER_NAME)})
    return pydyf.Dictionary({"S": "/R" if style == ROMAN else "/D"})


def scope_headings(pdf: pydyf.PDF) -> None:
    """Say of each heading cell whether it heads a column or a row.

    WeasyPrint writes no scope, and lists of headings that are wrong where headings are nested: the
    scope takes their place.
    """
    for element in _elements(pdf, "/TH"):
        row = _referred(pdf, element["P"])
        group = _referred(pdf, row["P"])
        element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
        element.pop("ID", None)
    for element in _elements(pdf, "/TD"):
        element["A"].pop("Headers", None)


def _elements(pdf: pydyf.PDF, kind: str) -> Iterable[pydyf.Dictionary]:
    """Return the structure elements of a kind, without what only surrounds text in a cell."""
    return [
        each
        for each in pdf.objects
        if isinstance(each, pydyf.Dictionary) and each.get("S") == kind and "A" in each
    ]


def _referred(pdf: pydyf.PDF, reference: bytes) -> pydyf.Dictionary:
    return pdf.objects[int(reference.split()[0])]
