"""Which sheet is which table, and which of its columns is which.

A table is known by its head: the headings over each column from the top group down, merged or not.
Where two tables have one head the title above it, or else the sheet's name, tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from budget.document import CellKind
from budget.imports.workbook.layout import Form, headings
from budget.imports.workbook.words import plain
from budget.imports.xlsx.refusal import UnreadableWorkbook, at
from budget.imports.xlsx.sheets import Merge, Sheet, Spot

DEEPEST: Final = 40
"""Rows from the top of a sheet in which its head must begin."""
COLON: Final = re.compile("[:：]")
UNIT: Final = re.compile(r"单位[::]?(万元|元)")
MARKS: Final = re.compile(r"\*+|栏次|[-—]+")
SHEET_NUMBER: Final = re.compile(r"^[0-9]+(\((元)\))?")


@dataclass(frozen=True)
class Located:
    """A sheet that is known to be a table: where its columns are and its body begins.

    ``unit`` is the unit printed above the table, that of the edition where none is; ``year`` and
    ``project`` are what the title says, ``subject`` the label and the name above the table.
    ``above`` says where title, subject and unit stand, those that do: row and column by name.
    """

    form: Form
    sheet: Sheet
    columns: Mapping[str, int]
    top: int
    body: int
    unit: str
    title: str = ""
    year: int | None = None
    project: str = ""
    subject: tuple[str, str] = ("", "")
    above: Mapping[str, Spot] = field(default_factory=dict)

    def at(self, row: int, key: str) -> str:
        """Return how people name a cell of the table."""
        return at(self.sheet.name, row, self.columns[key])

    def text(self, row: int, key: str) -> str:
        """Return what stands in a cell of the table, "" where it is blank."""
        value = self.sheet.value(row, self.columns[key])
        return value.text.strip() if value else ""

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows of the body that are not blank."""
        return sorted(row for row in self.sheet.rows if row >= self.body)

    def keys(self, kind: CellKind) -> list[str]:
        """Return the columns of one kind, left to right."""
        return [column.key for column in self.form.leaves if column.kind is kind]


Headings = list[tuple[int, tuple[str, ...]]]
"""Columns of a sheet, each with the headings over it."""
Seen = dict[tuple[int, int], Headings]
"""What stands over the columns of one sheet, by first row and depth of a head."""


def locate(sheet: Sheet, forms: Sequence[Form], seen: Seen) -> Located | None:
    """Return a sheet as the table that it is, None where it is none of these.

    ``seen`` keeps what was read of the sheet's heads for the forms of other editions.
    Raises UnreadableWorkbook where it names a table but has another head, and where its head
    belongs to two tables and nothing tells which.
    """
    start = min(sheet.rows, default=0)
    found: list[tuple[Form, int, dict[str, int]]] = []
    depths = {form.depth for form in forms}
    for row in range(start, min(start + DEEPEST, max(sheet.rows, default=0) + 1)):
        for depth in depths:
            if (row, depth) not in seen:
                seen[row, depth] = _headings(sheet, row, depth)
        for form in forms:
            columns = _columns(seen[row, form.depth], form)
            if columns:
                found.append((form, row, columns))
        if found:
            break
    titled = [form for form in forms if _is_titled(sheet, form, _above(sheet, found))]
    if not found:
        if titled:
            raise UnreadableWorkbook(_other_head(sheet, titled[0]))
        return None
    fitting = [each for each in found if len(found) == 1 or each[0] in titled]
    if len(fitting) != 1:
        names = "、".join(f"“{form.name}”" for form, _, _ in found)
        raise UnreadableWorkbook(f"工作表“{sheet.name}”的表头同时符合{names}，请在表头上方写明表名")
    return _located(sheet, *fitting[0])


def _located(sheet: Sheet, form: Form, row: int, columns: dict[str, int]) -> Located:
    body = row + form.depth
    if _is_marks(sheet, body, form, columns):
        body += 1
    lines = list(_standing(sheet, range(min(sheet.rows), row)))
    above = [text for _, text in lines]
    title = next((text for text in above if _match(form, text)), "")
    match = _match(form, title) if title else None
    said = match.groupdict() if match else {}
    subject = _subject(form, above)
    return Located(
        form=form,
        sheet=sheet,
        columns=columns,
        top=row,
        body=body,
        unit=_unit(above) or form.use.unit.label,
        title=title,
        year=int(said["year"]) if said.get("year") else None,
        project=said.get("project") or "",
        subject=subject,
        above=dict(_spots_above(form, lines, title)),
    )


def _spots_above(
    form: Form, lines: Sequence[tuple[Spot, str]], title: str
) -> Iterator[tuple[str, Spot]]:
    """Yield where what stands above a table is: its title, its subject, its unit."""
    for spot, text in reversed(lines):
        if text == title:
            yield "title", spot
        if _subject(form, [text])[0]:
            yield "subject", spot
        if _unit([text]):
            yield "unit", spot


# ---- heads


def _columns(over: Headings, form: Form) -> dict[str, int] | None:
    """Return the table's columns under the headings over each, None where it is another table.

    Columns stand in their order; others may stand between them.
    """
    columns: dict[str, int] = {}
    last = 0
    for key, wanted in form.head:
        place = next((n for n, found in over if n > last and found == wanted), None)
        if place is None:
            return None
        columns[key] = last = place
    return columns


def _headings(sheet: Sheet, row: int, depth: int) -> Headings:
    """Return the headings over each column, of merged cells in all that they cover."""
    rows = range(row, row + depth)
    texts = {(r, c): value.text for r in rows for c, value in sheet.rows.get(r, {}).items()}
    merges = [each for each in sheet.merges if each.top <= rows[-1] and each.bottom >= row]
    last = max((c for _, c in texts), default=0)
    _spread(texts, merges, rows, last)
    return [
        (column, headings(tuple(texts.get((r, column), "") for r in rows)))
        for column in range(1, last + 1)
    ]


def _spread(
    texts: dict[tuple[int, int], str], merges: Iterable[Merge], rows: range, last: int
) -> None:
    """Put the text of merged cells into all that they cover.

    A group over columns that is not merged reaches right over what has headings of its own below.
    """
    covered: set[tuple[int, int]] = set()
    for merge in merges:
        text = texts.get((merge.top, merge.left), "")
        for row in range(max(merge.top, rows[0]), min(merge.bottom, rows[-1]) + 1):
            for column in range(merge.left, min(merge.right, last) + 1):
                covered.add((row, column))
                if text:
                    texts[row, column] = text
    for row in rows[:-1]:
        for column in range(2, last + 1):
            place = (row, column)
            has_own = any(texts.get((below, column)) for below in range(row + 1, rows[-1] + 1))
            if place not in covered and has_own and not texts.get(place):
                before = texts.get((row, column - 1), "")
                # Only a group may reach: what has nothing below it is a column of its own.
                if before and any(
                    texts.get((below, column - 1), before) != before
                    for below in range(row + 1, rows[-1] + 1)
                ):
                    texts[place] = before


def _is_marks(sheet: Sheet, row: int, form: Form, columns: Mapping[str, int]) -> bool:
    """True for the row of ** and 1, 2, 3 under a head."""
    money = [columns[column.key] for column in form.money]
    words = [columns[each.key] for each in form.leaves if columns[each.key] not in money]
    numbers = [_text(sheet, row, column) for column in money]
    if not numbers or not all(number.isdigit() for number in numbers):
        return False
    first = int(numbers[0])
    is_counted = [int(number) for number in numbers] == list(range(first, first + len(numbers)))
    marked = [_text(sheet, row, column) for column in words]
    is_marked = all(not mark or MARKS.fullmatch(mark) or mark.isdigit() for mark in marked)
    return is_counted and first <= len(form.head) and is_marked


def _text(sheet: Sheet, row: int, column: int) -> str:
    value = sheet.value(row, column)
    return plain(value.text) if value else ""


# ---- what stands above


def _above(sheet: Sheet, found: Sequence[tuple[Form, int, dict[str, int]]]) -> list[str]:
    first = min(sheet.rows, default=1)
    end = found[0][1] if found else first + 5
    return _texts(sheet, range(first, end))


def _texts(sheet: Sheet, rows: range) -> list[str]:
    return [text for _, text in _standing(sheet, rows)]


def _standing(sheet: Sheet, rows: range) -> Iterator[tuple[Spot, str]]:
    """Yield where texts stand and what they say."""
    for row in rows:
        for column, value in sorted(sheet.rows.get(row, {}).items()):
            yield (row, column), value.text.strip()


def _is_titled(sheet: Sheet, form: Form, above: Iterable[str]) -> bool:
    """True where a text above the head, or else the sheet's name, is the table's title."""
    if any(_match(form, text) for text in above):
        return True
    name = SHEET_NUMBER.sub("", plain(sheet.name))
    return bool(name) and plain(form.name).startswith(name)


def _match(form: Form, text: str) -> re.Match[str] | None:
    words = plain(text)
    return next((found for each in form.titles if (found := each.fullmatch(words))), None)


def _unit(above: Iterable[str]) -> str:
    return next((found[1] for text in above if (found := UNIT.search(plain(text)))), "")


def _subject(form: Form, above: Iterable[str]) -> tuple[str, str]:
    """Return the label and the name in the line above the table."""
    for text in above:
        label, *rest = COLON.split(text, maxsplit=1)
        if rest and plain(label) == plain(form.edition.wording[form.scope].subject):
            return label.strip(), rest[0].strip()
    return "", ""


def _other_head(sheet: Sheet, form: Form) -> str:
    """Say which heading of the table the sheet lacks."""
    start = min(sheet.rows, default=1)
    texts = {plain(text) for text in _texts(sheet, range(start, start + DEEPEST))}
    lacking = next((titles[-1] for _, titles in form.head if titles[-1] not in texts), "")
    why = f"没有“{lacking}”栏" if lacking else "各栏的次序或分组不同"
    return (
        f"{at(sheet.name, start, 1)}起是“{form.name}”，"
        f"但表头与版式“{form.edition.title}”不符：{why}"
    )
