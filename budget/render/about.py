"""What files say about themselves: title and keywords, the same in HTML and PDF."""

from __future__ import annotations

from budget.document import Disclosure, Table

LANGUAGE = "zh-CN"


def title(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> str:
    """Return the title of a file: the document's, or that of its only table with the name."""
    if tables is not None and len(tables) == 1:
        return f"{disclosure.name}　{tables[0].title}"
    return disclosure.title


def keywords(disclosure: Disclosure) -> str:
    """Return what a file is found by, separated by commas."""
    return f"部门预算,预算公开,{disclosure.year}年,{disclosure.name}"
