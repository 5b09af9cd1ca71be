"""Comments on the cells of a sheet, by the cell that they stand beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.sax.handler import ContentHandler

from budget.imports.xlsx.limits import MOST_CELLS, Package
from budget.imports.xlsx.parts import related
from budget.imports.xlsx.refusal import UnreadableWorkbook
from budget.imports.xlsx.xml import local, read_into

COMMENTS: Final = "/comments"


def read_comments(package: Package, sheet: str) -> Mapping[str, str]:
    """Return the text of each comment of a sheet by its cell (B5). Raises UnreadableWorkbook."""
    handler = _Comments()
    for part in related(package, sheet, COMMENTS):
        read_into(handler, package.part(part), part)
    return handler.texts


class _Comments(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self._place = ""
        self._text: list[str] = []
        self._in_text = False

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:  # type: ignore[override]
        kind = local(name)
        if kind == "comment":
            self._place, self._text = attrs.get("ref", ""), []
        elif kind == "t":
            self._in_text = True

    def characters(self, content: str) -> None:
        if self._in_text:
            self._text.append(content)

    def endElement(self, name: str) -> None:
        kind = local(name)
        if kind == "t":
            self._in_text = False
        elif kind == "comment":
            if len(self.texts) >= MOST_CELLS:
                raise UnreadableWorkbook(f"工作表的批注超过{MOST_CELLS:,}个，不能读取")
            self.texts[self._place] = "".join(self._text)
