"""Which row of a sheet is which row of a table, for the kinds of rows that ``budget`` declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from budget.codes import parts
from budget.document import CellKind, RowKind
from budget.imports.workbook.heads import Located
from budget.imports.workbook.known import Known
from budget.imports.workbook.skeleton import RowRead, Skeleton, skeleton, unit_of
from budget.imports.workbook.words import is_total, plain, unnumbered
from budget.imports.xlsx.refusal import UnreadableWorkbook
from budget.ledger import Where, where
from budget.questions import BASIC, GENERAL_PUBLIC, OF_THIS_YEAR, PERSONNEL
from budget.tables.one_line import LINE, OneLine
from budget.tables.sides import Half, Sides
from budget.tables.spec import Setting
from budget.tables.trees import TOTAL, Tree
from budget.tables.units import TOTAL as ALL_UNITS
from budget.tables.units import PerUnit
from budget.terms import Scope

PLAINEST: Final = BASIC & PERSONNEL & GENERAL_PUBLIC & OF_THIS_YEAR
"""Money that every table of accounts has a place for."""
EMPTY_ROW: Final = RowKind.EMPTY.value
"""The key of the row that a table without figures may have."""
WIDTHS: Final = (3, 2, 2)
WHOLE: Final = (3, 5, 7)
"""Digits of a 类, 款 and 项: those of its own level, and those of its code."""
CODE: Final = re.compile("[0-9]{3}([0-9]{2}){0,2}")


def once(table: Located) -> Callable[[int, str, str], None]:
    """Return what refuses a row that stands in the table twice: its number, key and column."""
    seen: dict[str, int] = {}

    def check(row: int, key: str, column: str) -> None:
        if key in seen:
            raise UnreadableWorkbook(
                f"{table.at(row, column)} 与 {table.at(seen[key], column)} 是同一行，列了两次"
            )
        seen[key] = row

    return check


def has_amount(table: Located, row: int) -> bool:
    """Return whether a row has anything but zeros and blanks under the money columns."""
    return any(table.text(row, column.key).strip("0.,-—") for column in table.form.money)


def everywhere(table: Located, key: str) -> dict[str, str]:
    """Return the places of a row that is one thing throughout."""
    return dict.fromkeys(table.columns, key)


# ---- classification trees


@skeleton.register
def _tree(rows: Tree, table: Located, known: Known) -> Skeleton:
    """Rows are known by their codes, 合计 by its name."""
    read = Skeleton()
    check = once(table)
    names: dict[str, str] = {}
    code_of = CodeReader(table, len(rows.levels))
    name_key = table.keys(CellKind.TEXT)[0]
    for row in table.rows:
        code, name = code_of(row), table.text(row, name_key)
        key = code or (TOTAL if is_total(name or table.text(row, code_of.keys[0])) else "")
        if key:
            check(row, key, name_key)
            names[key] = name
            read.rows.append(RowRead(row, key, everywhere(table, key)))
        elif has_amount(table, row):
            raise UnreadableWorkbook(f"{table.at(row, code_of.keys[0])} 有金额而没有科目编码")
    if not read.rows:
        read.rows += _zeros(table)
    _add_leaves(read, rows, _placed(table, rows.question), names)
    return read


def _zeros(table: Located) -> Iterator[RowRead]:
    """Yield the row of zeros that stands in a table without figures."""
    keys = [column.key for column in table.form.money]
    for row in list(_filled(table, keys))[:1]:
        yield RowRead(row, EMPTY_ROW, everywhere(table, EMPTY_ROW))


def _add_leaves(read: Skeleton, rows: Tree, question: Where, names: Mapping[str, str]) -> None:
    """Add a line for each code that has none below it; its parents get theirs by adding up."""
    codes = [key for key in names if key != TOTAL]
    above = {code[:length] for code in codes for length in (3, 5) if length < len(code)}
    known = {code: name for code, name in names.items() if code != TOTAL}
    if rows.dimension == "function":
        read.functions |= known
    else:
        read.economics |= known
    for code in codes:
        if code not in above:
            read.add(question & where(**{rows.dimension: code}))


def _placed(table: Located, question: Where) -> Where:
    """Return the question narrowed to the first column that counts: there the table has room."""
    money = table.form.money
    counted = {key for column in money for key in column.sum_of}
    first = next((each for each in money if each.key in counted), money[0])
    return question & first.where


class CodeReader:
    """Reads the code of each row out of one code column, or of those for 类, 款 and 项.

    A 款 or 项 may stand with its parents before it or alone below them.
    """

    def __init__(self, table: Located, levels: int) -> None:
        self.keys = table.keys(CellKind.CODE)
        self._levels = levels
        self._table = table
        self._path: tuple[str, ...] = ()

    def __call__(self, row: int) -> str:
        """Return the row's code, "" where it has none. Raises UnreadableWorkbook."""
        given = [plain(self._table.text(row, key)) for key in self.keys]
        if not any(given) or (is_total(given[0]) and not any(given[1:])):
            return ""
        if not any(part.isdigit() for part in given) and not has_amount(self._table, row):
            return ""  # a note
        last = max(place for place, part in enumerate(given) if part)
        code = self._code(row, given, last)
        longest = WHOLE[last] if len(self.keys) > 1 else WHOLE[self._levels - 1]
        if not CODE.fullmatch(code) or len(code) > longest:
            raise UnreadableWorkbook(
                f"{self._table.at(row, self.keys[last])} 的“{given[last]}”不是科目编码"
            )
        self._path = parts(code)
        return code

    def _code(self, row: int, given: list[str], last: int) -> str:
        """Return the code that the parts spell; a part may be the whole code down to it."""
        if len(self.keys) == 1:
            return given[0]
        own = ""
        for place, part in enumerate(given[: last + 1]):
            own = self._extended(row, place, part, own, is_known=len(given[last]) == WHOLE[last])
        return own

    def _extended(self, row: int, place: int, part: str, above: str, *, is_known: bool) -> str:
        """Return the code down to a level; blank parents are those of the rows above."""
        where = self._table.at(row, self.keys[place])
        if not part:
            if is_known:
                return ""  # the code stands whole further right
            if place >= len(self._path):
                raise UnreadableWorkbook(f"{where} 没有上级科目编码")
            return above + self._path[place]
        if place and len(part) == WHOLE[place]:
            if not part.startswith(above):
                raise UnreadableWorkbook(f"{where} 的“{part}”与上级科目编码 {above} 不符")
            return part
        return above + (part.zfill(WIDTHS[place]) if place else part)


# ---- two sides


@skeleton.register
def _sides(rows: Sides, table: Located, known: Known) -> Skeleton:
    """Entries are known by their names, numbering apart; 类 that are not fixed by their codes."""
    halves = (rows.left, rows.right)
    fixed = [set(names) for names in _entries(rows, table, known, Skeleton())]
    read = Skeleton()
    for row in table.rows:
        for half, names in zip(halves, fixed, strict=True):
            name = unnumbered(table.text(row, half.item))
            if name not in names and name in known.categories:
                read.functions[known.categories[name]] = name
    for code in read.functions or {"201": ""}:
        read.add(PLAINEST & where(category=code))
    _match_entries(read, rows, table, _entries(rows, table, known, read))
    return read


def _entries(
    rows: Sides, table: Located, known: Known, read: Skeleton
) -> tuple[dict[str, str], dict[str, str]]:
    """Return, of each half, the key of each entry by its plain name."""
    form = table.form
    setting = Setting(read.book(known), form.spec, form.use, form.edition)
    left: dict[str, str] = {}
    right: dict[str, str] = {}
    for pair in rows.pairs(setting):
        for shown, names in zip(pair, (left, right), strict=True):
            if shown:
                names[unnumbered(setting.label(shown.key, shown.title))] = shown.key
    return left, right


def _match_entries(
    read: Skeleton, rows: Sides, table: Located, entries: Iterable[Mapping[str, str]]
) -> None:
    sides = [
        (half, names, once(table))
        for half, names in zip((rows.left, rows.right), entries, strict=True)
    ]
    for row in table.rows:
        places: dict[str, str] = {}
        for half, names, check in sides:
            key = names.get(unnumbered(table.text(row, half.item)), "")
            if key:
                check(row, key, half.item)
                places |= dict.fromkeys((half.item, *half.money), key)
            else:
                _refuse_unknown(table, row, half)
        if places:
            read.rows.append(RowRead(row, next(iter(places.values())), places))


def _refuse_unknown(table: Located, row: int, half: Half) -> None:
    """An entry that the table does not have may stand there, but not with money."""
    if any(table.text(row, key).strip("0.,-—") for key in half.money):
        name = table.text(row, half.item)
        what = f"“{name}”不是“{table.form.name}”的项目" if name else "没有项目名称"
        raise UnreadableWorkbook(f"{table.at(row, half.item)} {what}，而该行有金额")


# ---- units, one line


@skeleton.register
def _per_unit(rows: PerUnit, table: Located, known: Known) -> Skeleton:
    """Rows are known by the names of units, 合计 by its own."""
    read = Skeleton()
    check = once(table)
    for row in table.rows:
        name = table.text(row, rows.name)
        if is_total(name):
            key = ALL_UNITS
        elif name and _is_row(table, row):
            key = unit_of(known) if known.scope is Scope.UNIT else known.unit(name)
            read.units[key] = name
        elif has_amount(table, row):
            raise UnreadableWorkbook(f"{table.at(row, rows.name)} 有金额而没有单位名称")
        else:
            continue
        check(row, key, rows.name)
        read.rows.append(RowRead(row, key, everywhere(table, key)))
    read.add(_placed(table, rows.question), unit=next(iter(read.units or {unit_of(known): ""})))
    return read


def _is_row(table: Located, row: int) -> bool:
    """True unless a row is a note, which stands alone in it and speaks of no unit."""
    name = plain(table.text(row, table.keys(CellKind.TEXT)[0]))
    return not name.startswith("注") and (
        len(table.sheet.rows[row]) > 1 or not name.endswith(("。", "."))
    )


@skeleton.register
def _one_line(rows: OneLine, table: Located, known: Known) -> Skeleton:
    """The row with anything under the money columns is the line; a blank one where none has."""
    read = Skeleton()
    money = table.form.money
    check = once(table)
    for row in list(_filled(table, [column.key for column in money])) or [table.body]:
        check(row, LINE, money[0].key)
        read.rows.append(RowRead(row, LINE, everywhere(table, LINE)))
    read.add(rows.question & money[0].where)
    return read


def _filled(table: Located, keys: Iterable[str]) -> Iterator[int]:
    """Yield the rows with a number under one of the columns."""
    places = {table.columns[key] for key in keys}
    for row in table.rows:
        values = table.sheet.rows[row]
        if any(
            values[place].number is not None or plain(values[place].text)[:1].isdigit()
            for place in places & values.keys()
        ):
            yield row
