r"""The text that Excel and WPS put on the clipboard: tabs between cells, line ends between rows.

A cell with a tab, a line end or a quote inside stands in quotes, quotes doubled. A quote that is
never closed is a sign like any other. static/js/tsv.js reads the same.
"""

from __future__ import annotations

import re
from typing import Final

QUOTE: Final = '"'
BARE: Final = re.compile(r"[^\t\r\n]*")
END_OF_ROW: Final = re.compile(r"\r\n|\r|\n")


def parse(text: str) -> list[list[str]]:
    r"""Return the rows of a block, each as its texts.

    >>> parse('1\t"a\tb"\r\n2\t"say ""so""!"\r\n')
    [['1', 'a\tb'], ['2', 'say "so"!']]
    """
    rows: list[list[str]] = []
    row: list[str] = []
    at = 0
    while at < len(text):
        value, at = _cell(text, at)
        row.append(value)
        if text[at : at + 1] == "\t":
            at += 1
            if at < len(text):
                continue
            row.append("")
        rows.append(row)
        row = []
        end = END_OF_ROW.match(text, at)
        at = end.end() if end else at
    return rows


def _cell(text: str, at: int) -> tuple[str, int]:
    """Return the cell that begins at a place, and where it ends."""
    closing = _closing(text, at) if text[at] == QUOTE else None
    if closing is not None:
        inside = text[at + 1 : closing].replace(QUOTE * 2, QUOTE)
        return END_OF_ROW.sub("\n", inside), closing + 1
    bare = BARE.match(text, at)
    assert bare is not None  # it matches nothing too
    return bare[0], bare.end()


def _closing(text: str, opening: int) -> int | None:
    """Return where the quote closes a cell that one opened; None where it does not."""
    at = text.find(QUOTE, opening + 1)
    while at >= 0 and text[at + 1 : at + 2] == QUOTE:
        at = text.find(QUOTE, at + 2)
    return at if at >= 0 and text[at + 1 : at + 2] in ("", "\t", "\r", "\n") else None
