"""What somebody changed in a workbook, as rows for planning.

Pages and columns are found by their titles, wherever they stand. A row is known by its key, which
sorting and inserting leave with it; where keys are lost rows are recognised as pasted ones are. A
row that nobody touched is left out: what has been entered on the web since stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from budget.imports.xlsx.refusal import UnreadableWorkbook, letters
from budget.imports.xlsx.sheets import Merge, Sheet
from budget.money import YUAN
from budget.sheets.headings import Head, head_of, plain
from budget.sheets.kinds import NO, YES
from budget.sheets.matching import match
from budget.sheets.part import Part
from budget.sheets.planning import Given
from budget.sheets.plans import Incoming
from budget.sheets.spec import Column, SheetSpec, sheets_of
from budget.sheets.texts import Texts
from budget.workbook.cells import NUMERIC, Faulty, Reader
from budget.workbook.layout import KEY, NAME, OWN_PAGES, REMOVE, columns_for, stamp_of
from budget.workbook.merges import Merged, covered
from budget.workbook.opening import Opened

LINES_OF_HEAD = 20
BY_KEY = "按行标识对应"
OF_MERGED = "在合并单元格中，不知数属于哪一行，请取消合并后逐行填写"
ACROSS = "与左边的格合并，不知属于哪一栏，请取消合并"


@dataclass(frozen=True)
class Returned:
    """What came back: the rows by sheet, and what is to be said of the file as a whole."""

    given: tuple[Given, ...]
    notes: tuple[str, ...]


def returned(book: Opened, part: Part) -> Returned:
    """Return what was changed in a workbook of this part. Raises UnreadableWorkbook."""
    if not book.stamp.is_of(stamp_of(part)):
        raise UnreadableWorkbook(
            f"这是“{book.stamp.words}”的填报工作簿，不是“{stamp_of(part).words}”现在这一版的"
        )
    specs = sheets_of(part.scope)
    texts = Texts(part, YUAN)
    there = [spec for spec in specs if plain(spec.title) in book.pages]
    pages = (_PageRead(spec, part, book, book.pages[plain(spec.title)], texts) for spec in there)
    return Returned(tuple(page.given() for page in pages), tuple(_notes(book, specs)))


def _notes(book: Opened, specs: Sequence[SheetSpec]) -> Iterator[str]:
    missing = [spec.title for spec in specs if plain(spec.title) not in book.pages]
    if missing:
        yield f"文件中没有工作表：{'、'.join(missing)}；这些表保持不变"
    known = {plain(title) for title in (*OWN_PAGES, *(spec.title for spec in specs))}
    other = [sheet.name for title, sheet in book.pages.items() if title not in known and sheet.rows]
    if other:
        yield f"没有读取的工作表：{'、'.join(other)}"


@dataclass(frozen=True)
class _Heads:
    """Where a page's head stands, and which column is at which place."""

    line: int
    head: Head
    key: int | None = None
    name: int | None = None
    remove: int | None = None

    @property
    def columns(self) -> dict[int, Column]:
        return {place: each.column for place, each in self.head.at.items()}


@dataclass
class _PageRead:
    spec: SheetSpec
    part: Part
    book: Opened
    page: Sheet
    texts: Texts
    same: int = 0
    present: set[str] = field(default_factory=set)

    def given(self) -> Given:
        heads = self._heads()
        merged = covered(self.page, heads.line, set(heads.columns) | {heads.key or 1})
        base = self.book.base.get(self.spec.code, {})
        rows = list(self._recognised(list(self._keyed(heads, merged, base)), base))
        touched = tuple(row for row in rows if self._is_touched(row))
        return Given(
            self.spec,
            touched,
            self.same,
            frozenset(self.present),
            notes=tuple(self._notes(heads)),
        )

    # ---- the head ----

    def _heads(self) -> _Heads:
        lines = sorted(self.page.rows)[:LINES_OF_HEAD]
        found = [heads for heads in map(self._head_in, lines) if heads is not None]
        if not found:
            raise UnreadableWorkbook(
                f"工作表“{self.page.name}”没有表头，请恢复栏目名称，或删去这张工作表"
            )
        best = max(found, key=lambda heads: len(heads.head.at))
        if best.head.twice:
            twice = "、".join(best.head.twice)
            raise UnreadableWorkbook(f"工作表“{self.page.name}”有重复的栏目：{twice}")
        return best

    def _head_in(self, line: int) -> _Heads | None:
        texts = {number: value.text for number, value in self.page.rows[line].items()}
        own = {plain(text): number for number, text in texts.items()}
        places = {name: own.get(name) for name in (KEY, NAME, REMOVE)}
        rest = {number: text for number, text in texts.items() if number not in places.values()}
        head = head_of(self.spec, self.part, rest)
        if head is None:
            return None
        return _Heads(line, head, places[KEY], places[NAME], places[REMOVE])

    def _notes(self, heads: _Heads) -> Iterator[str]:
        there = {column.key for column in heads.columns.values()}
        columns = columns_for(self.spec, self.part)
        missing = [column.title for column in columns if column.key not in there]
        if missing:
            yield f"文件中没有栏目：{'、'.join(missing)}；这些栏目保持不变"
        filled = {
            number for row, cells in self.page.rows.items() if row > heads.line for number in cells
        }
        unknown = [title for number, title in heads.head.unknown.items() if number in filled]
        titled = {*heads.columns, *heads.head.unknown, heads.key, heads.name, heads.remove}
        unknown += [f"{letters(number)}列" for number in sorted(filled - titled)]
        if unknown:
            yield f"没有读取的栏目：{'、'.join(unknown)}"

    # ---- its rows ----

    def _keyed(
        self, heads: _Heads, merged: Merged, base: Mapping[str, object]
    ) -> Iterator[Incoming]:
        """Yield the rows that hold anything, with the key of the row that each was."""
        taken: set[str] = set()
        last = max([*self.page.rows, *(row for row, _ in merged)], default=0)
        for row in range(heads.line + 1, last + 1):
            incoming = self._row(heads, merged, row)
            key = self._key(heads, merged, row)
            if key not in base or key in taken:
                key = ""
            if not self._holds_anything(incoming) and (self.spec.store.grows or not key):
                continue
            if key:
                taken.add(key)
                incoming = replace(incoming, key=key, by=BY_KEY)
            yield incoming

    def _key(self, heads: _Heads, merged: Merged, row: int) -> str:
        if heads.key is not None:
            value = None if (row, heads.key) in merged else self.page.value(row, heads.key)
            return "" if value is None else value.text.strip()
        named = None if heads.name is None else self.page.value(row, heads.name)
        if named is None or self.spec.names is None:
            return ""
        called = {plain(name): key for key, name in self.spec.names(self.part).items()}
        return called.get(plain(named.text), "")

    def _holds_anything(self, row: Incoming) -> bool:
        return row.remove or bool(row.faults) or any(text.strip() for text in row.cells.values())

    def _row(self, heads: _Heads, merged: Merged, row: int) -> Incoming:
        cells: dict[str, str] = {}
        faults: dict[str, str] = {}
        reader = Reader(self.book.counts_from_1904)
        for number, column in heads.columns.items():
            try:
                cells[column.key] = self._text(reader, merged, row, number, column)
            except Faulty as error:
                cells[column.key] = ""
                faults[column.key] = f"{letters(number)}{row} {error}"
        mark = None if heads.remove is None else self.page.value(row, heads.remove)
        words = "" if mark is None else mark.text.strip()
        if words not in (YES, NO, ""):
            faults[""] = f"“{REMOVE}”栏只能填“是”或留空，现为“{words}”"
        return Incoming(f"第{row}行", cells, faults=faults, remove=words == YES)

    def _text(self, reader: Reader, merged: Merged, row: int, number: int, column: Column) -> str:
        """Return the text of a cell, of a merged one what all of it shows. Raises Faulty."""
        merge = merged.get((row, number), Merge(row, number, row, number))
        value = self.page.value(merge.top, merge.left)
        if value is None:
            return ""
        if merge.left != number:
            raise Faulty(ACROSS)
        if merge.bottom > merge.top and column.kind.name in NUMERIC:
            raise Faulty(OF_MERGED)
        return reader.text(column, value)

    # ---- which rows they were ----

    def _recognised(
        self, rows: Sequence[Incoming], base: Mapping[str, Mapping[str, str]]
    ) -> Iterator[Incoming]:
        """Yield the rows with what stood in them at first; lost keys are found again."""
        claimed = {row.key for row in rows if row.key}
        free = {key: self._exact(texts) for key, texts in base.items() if key not in claimed}
        keyless = {at: self._exact(row.cells) for at, row in enumerate(rows) if not row.key}
        given = {name for row in rows for name in row.cells}
        found = match(self.spec, keyless, free, given) if keyless and free else {}
        for at, row in enumerate(rows):
            hit = found.get(at)
            if hit is not None:
                row = replace(row, key=hit.key, by=f"按{hit.by}对应")
            yield replace(row, seen=base.get(row.key, {}))

    def _exact(self, texts: Mapping[str, str]) -> dict[str, str]:
        return {
            name: self.texts.exact(self.spec, self.spec.by_key[name], text)
            for name, text in texts.items()
            if name in self.spec.by_key
        }

    def _is_touched(self, row: Incoming) -> bool:
        """Return whether somebody changed a row; count it where nobody did."""
        if not row.key or row.faults or row.remove:
            return True
        seen = row.seen or {}
        for name, text in row.cells.items():
            was = seen.get(name, "")
            column = self.spec.by_key[name]
            if text != was and self.texts.exact(self.spec, column, text) != self.texts.exact(
                self.spec, column, was
            ):
                return True
        self.same += 1
        self.present.add(row.key)
        return False
