"""The goals that a document prints, block by block, read for the rules.

Both tables of goals print a block of rows for each project or unit; a project's own sheet prints
fewer columns. With a book the missing columns come from there, and so does what a conversion
damaged; a document alone is read as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from budget.book import BudgetBook
from budget.document import Cell, Loss, Row, Table
from budget.rules.passages import UNREADABLE
from budget.rules.printed import Subject
from performance.goals import Indicator, OverallGoal, ProjectGoal
from performance.parts import goals_of
from performance.rules.told import FIELDS, OVERALL_TABLE, PROJECT_TABLE, SHEET, Block, Told
from performance.tables.indicators import indicator_values

SHEET_FIELDS: Final = {"first": "dimension", "first_value": "aspect", "second": "indicator"}
IN_VALUE: Final = ("target", "comparison", "measure")
"""What one cell of a project's own sheet tells together."""
SIGNED: Final = re.compile(
    r"(?P<comparison>[≥≤=＝＞＜<>])(?P<target>[^()（）]+)(?:[(（](?P<measure>.*)[)）])?$"
)


def blocks(subject: Subject) -> tuple[Block, ...]:
    """Return the goals that the document prints, in order."""
    return subject.once(_blocks)


def _blocks(subject: Subject) -> tuple[Block, ...]:
    return tuple(_printed(subject))


def _printed(subject: Subject) -> Iterator[Block]:
    for table in subject.document.tables:
        if table.code in (PROJECT_TABLE, OVERALL_TABLE):
            yield from _of_table(subject, table)
        elif table.code.startswith(SHEET):
            yield _of_sheet(subject, table)


def judged(subject: Subject, *, overall: bool | None = None) -> Iterator[Block]:
    """Yield the goals of projects, of units, or of both."""
    return (each for each in blocks(subject) if overall is None or each.is_overall is overall)


def _of_table(subject: Subject, table: Table) -> Iterator[Block]:
    by_block: dict[str, list[Row]] = {}
    for row in table.rows:
        place = next((cell.address for cell in row.cells if cell.key == "goal"), "")
        if _has_goal(row):
            by_block.setdefault(_block_of(row, place), []).append(row)
    for code, rows in by_block.items():
        yield _block(subject, table, code, rows)


def _has_goal(row: Row) -> bool:
    """True for rows of projects and units with goals, not for 合计 and subtotals."""
    return row.kind == "entry"


def _block_of(row: Row, place: str) -> str:
    """Return the key of the block that a row belongs to: that of its tall cells."""
    return place.split("/")[1] if place else row.key.partition(".")[0]


def _block(subject: Subject, table: Table, code: str, rows: list[Row]) -> Block:
    cells = {cell.key: cell for cell in rows[0].cells}
    stored = _stored(subject.book, table.code, code)
    told = [_told(row) for row in rows if _cell(row, "indicator")]
    return Block(
        table.code,
        code,
        _text(cells["name"]),
        _text(cells["goal"]),
        cells["goal"].address or cells["name"].address or f"{table.code}/{code}",
        tuple(_with_damage(row, code, stored) for row in told),
        is_whole=cells["name"].loss is not Loss.ROWS,
        goal_is_damaged=cells["goal"].loss is Loss.TEXT,
    )


def _cell(row: Row, key: str) -> str:
    return next((_text(cell) for cell in row.cells if cell.key == key), "")


def _text(cell: Cell) -> str:
    """Return what a cell says, covered or not."""
    return cell.text or ("" if cell.value is None else str(cell.value))


def _told(row: Row) -> Told:
    cells = {cell.key: cell for cell in row.cells if cell.key in FIELDS}
    return Told(
        row.key,
        {key: _text(cell) for key, cell in cells.items()},
        {key: cell.address for key, cell in cells.items() if cell.address},
        frozenset(key for key, cell in cells.items() if cell.loss is Loss.TEXT),
    )


def _of_sheet(subject: Subject, table: Table) -> Block:
    code = table.code.removeprefix(f"{SHEET}-")
    stored = _stored(subject.book, PROJECT_TABLE, code)
    goal = next((row for row in table.rows if row.key == "goal"), None)
    head = next((n for n, row in enumerate(table.rows) if row.key == "indicators"), None)
    rows = () if head is None else table.rows[head + 1 :]
    name = next((row for row in table.rows if row.key == "name"), None)
    return Block(
        table.code,
        code,
        code if name is None else _cell(name, "first_value"),
        "" if goal is None else _cell(goal, "first_value"),
        f"{table.code}/goal/first_value",
        tuple(_with_damage(_told_on_sheet(row), code, stored) for row in rows),
        is_whole=_loss(name, "first_value") is not Loss.ROWS,
        goal_is_damaged=_loss(goal, "first_value") is Loss.TEXT,
    )


def _loss(row: Row | None, key: str) -> Loss:
    cells = row.cells if row else ()
    return next((cell.loss for cell in cells if cell.key == key), Loss.NONE)


def _told_on_sheet(row: Row) -> Told:
    cells = {SHEET_FIELDS[cell.key]: cell for cell in row.cells if cell.key in SHEET_FIELDS}
    value = next(cell for cell in row.cells if cell.key == "second_value")
    places = {name: cell.address for name, cell in cells.items() if cell.address}
    return Told(
        row.key,
        {**{name: _text(cell) for name, cell in cells.items()}, **_parted(_text(value))},
        {**places, **dict.fromkeys(IN_VALUE, value.address)},
        frozenset(
            name
            for cell in row.cells
            if cell.loss is Loss.TEXT
            for name in ((SHEET_FIELDS[cell.key],) if cell.key in SHEET_FIELDS else IN_VALUE)
        ),
    )


def _parted(text: str) -> dict[str, str]:
    """Return sign, value and unit of a target told in one cell; no sign says nothing of its type.

    >>> _parted("≥120.00(场)")
    {'comparison': '≥', 'target': '120.00', 'measure': '场'}
    """
    found = SIGNED.match(text)
    if found is None:
        return {"target": text}
    return {name: found[name] or "" for name in ("comparison", "target", "measure")}


def _stored(book: BudgetBook | None, table: str, code: str) -> ProjectGoal | OverallGoal | None:
    if book is None:
        return None
    goals = goals_of(book)
    if table == OVERALL_TABLE:
        return next((goal for goal in goals.overall if goal.unit == code), None)
    return next((goal for goal in goals.projects if goal.project == code), None)


def _with_damage(told: Told, code: str, stored: ProjectGoal | OverallGoal | None) -> Told:
    """Return a row with what the book knows of it: unprinted fields, and damaged ones."""
    indicators: tuple[Indicator, ...] = stored.indicators if stored else ()
    key = told.row.removeprefix(f"{code}.")
    known = next((each for each in indicators if each.code == key), None)
    if known is None:
        return told
    # A target in words may also be 定量 typed wrongly: the book knows which of the two.
    unprinted = {
        name: "" if value is None else str(value)
        for name, value in indicator_values(known).items()
        if name not in told.texts
    }
    damaged = frozenset("indicator" if name == "name" else name for name in known.damaged)
    return replace(told, texts={**told.texts, **unprinted}, damaged=told.damaged | damaged)


def damaged_places(subject: Subject) -> Iterator[str]:
    """Yield the addresses of printed texts that a conversion damaged."""
    for block in blocks(subject):
        if block.goal_is_damaged:
            yield block.place
        for row in block.rows:
            yield from (row.places[name] for name in sorted(row.damaged & row.places.keys()))


UNREADABLE.add("goals", damaged_places)
