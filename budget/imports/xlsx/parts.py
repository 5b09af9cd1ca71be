"""What a workbook keeps beside its sheets: their names, shared texts and number formats."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.handler import ContentHandler

from budget.imports.xlsx.formats import BUILT_IN, Shown, shown_by
from budget.imports.xlsx.limits import NOT_A_WORKBOOK, Package
from budget.imports.xlsx.refusal import UnreadableWorkbook
from budget.imports.xlsx.xml import local, read_into

WORKSHEET: Final = "/worksheet"
SHARED_TEXTS: Final = "/sharedStrings"
STYLES: Final = "/styles"


@dataclass(frozen=True)
class Parts:
    """Sheets as (name, part) in their order, shared texts, and what each style shows.

    ``counts_from_1904`` says which day is day 1: the first of 1904, or else of 1900.
    """

    sheets: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    styles: tuple[Shown, ...]
    counts_from_1904: bool = False


def read_parts(package: Package) -> Parts:
    """Return a workbook's parts. Raises UnreadableWorkbook."""
    root = _target(_relations(package, "_rels/.rels", ""), "/officeDocument")
    relations = _relations(package, _relations_of(root), posixpath.dirname(root))
    book = _Book()
    read_into(book, package.part(root), root)
    parts = {key: (kind, target) for key, kind, target in relations}
    return Parts(
        tuple(_sheets(book, parts)),
        _texts(package, relations),
        _styles(package, relations),
        book.counts_from_1904,
    )


Relation = tuple[str, str, str]
"""A relation's key, kind and target."""


def _relations(package: Package, name: str, folder: str) -> list[Relation]:
    found = _Relations()
    read_into(found, package.part(name), name)
    return [
        (key, kind, posixpath.normpath(posixpath.join(folder, target)).lstrip("/"))
        for key, kind, target in found.found
    ]


def related(package: Package, part: str, kind: str) -> list[str]:
    """Return the parts of a kind that a part refers to. Raises UnreadableWorkbook."""
    name = _relations_of(part)
    if name not in package.names:
        return []
    found = _relations(package, name, posixpath.dirname(part))
    return [target for _, each, target in found if each.endswith(kind)]


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _target(relations: list[Relation], kind: str) -> str:
    for _, found, target in relations:
        if found.endswith(kind):
            return target
    raise UnreadableWorkbook(NOT_A_WORKBOOK)


def _sheets(book: _Book, parts: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the sheets of cells; charts of their own and the like hold none."""
    for name, key in book.sheets:
        if key not in parts:
            raise UnreadableWorkbook(f"工作簿已损坏：工作表“{name}”没有内容")
        kind, target = parts[key]
        if kind.endswith(WORKSHEET):
            yield name, target


def _texts(package: Package, relations: list[Relation]) -> tuple[str, ...]:
    handler = SharedTexts()
    for _, kind, target in relations:
        if kind.endswith(SHARED_TEXTS):
            read_into(handler, package.part(target), target)
    return tuple(handler.texts)


def _styles(package: Package, relations: list[Relation]) -> tuple[Shown, ...]:
    handler = _Styles()
    for _, kind, target in relations:
        if kind.endswith(STYLES):
            read_into(handler, package.part(target), target)
    return tuple(shown_by(handler.code(number)) for number in handler.used)


class _Relations(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Relation] = []

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:  # type: ignore[override]
        if local(name) == "Relationship" and attrs.get("TargetMode") != "External":
            self.found.append((attrs["Id"], attrs["Type"], attrs["Target"]))


class _Book(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.counts_from_1904 = False

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:  # type: ignore[override]
        if local(name) == "workbookPr":
            self.counts_from_1904 = attrs.get("date1904", "") in ("1", "true")
        elif local(name) == "sheet":
            key = next((attrs[each] for each in attrs.keys() if local(each) == "id"), "")  # noqa: SIM118
            self.sheets.append((attrs["name"], key))


class SharedTexts(ContentHandler):
    """Collects texts: runs joined, readings of characters (phonetic hints) left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._in_text = False
        self._in_reading = False

    def startElement(self, name: str, attrs: object) -> None:
        """Begin a text, or a reading that is none."""
        kind = local(name)
        if kind == "si":
            self._parts = []
        elif kind == "rPh":
            self._in_reading = True
        elif kind == "t":
            self._in_text = not self._in_reading

    def characters(self, content: str) -> None:
        """Keep what belongs to a text."""
        if self._in_text:
            self._parts.append(content)

    def endElement(self, name: str) -> None:
        """End a text."""
        kind = local(name)
        if kind == "si":
            self.texts.append("".join(self._parts))
        elif kind == "rPh":
            self._in_reading = False
        elif kind == "t":
            self._in_text = False


class _Styles(ContentHandler):
    """Collects the number format of each style that cells can have."""

    def __init__(self) -> None:
        super().__init__()
        self.used: list[int] = []
        self._codes: dict[int, str] = dict(BUILT_IN)
        self._in_cells = False

    def code(self, number: int) -> str:
        return self._codes.get(number, "")

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:  # type: ignore[override]
        kind = local(name)
        if kind == "numFmt" and attrs.get("numFmtId", "").isdigit():
            self._codes[int(attrs["numFmtId"])] = attrs.get("formatCode", "")
        elif kind == "cellXfs":
            self._in_cells = True
        elif kind == "xf" and self._in_cells:
            number = attrs.get("numFmtId", "0")
            self.used.append(int(number) if number.isdigit() else 0)

    def endElement(self, name: str) -> None:
        if local(name) == "cellXfs":
            self._in_cells = False
