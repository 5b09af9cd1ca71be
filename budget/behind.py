"""What stands behind a figure: lines, entries of registers or last year's figures.

Pure. A figure keeps the questions that it answers; here they are asked for rows instead of sums. A
row is known by a *spot*: ``("line", unit, sequence)`` and so on, by which the screens find the
cell where it was typed. Packages whose tables show other things than money of the ledger declare
where those come from (``@origins``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from budget.book import BudgetBook, PriorFigure
from budget.document import Cell, CellKind, Disclosure, Figure, FigureKind, Gap, Paragraph
from budget.lines import Line
from budget.measures.registry import MEASURES
from budget.money import total
from budget.registry import Registry
from budget.tally import Tally
from budget.terms import Scope, Term

Spot = tuple[object, ...]
"""What a row is known by: its kind, then what tells it apart from others of its kind."""


class NoFigure(LookupError):
    """A document has no figure at an address. The message says so in Chinese."""


class Quantity(Term):
    """What kind of quantity a figure is, and so how it comes from what is behind it."""

    SUM = "sum", "明细金额之和"
    REGISTER = "register", "登记内容之和"
    COUNT = "count", "计数"
    TYPED = "typed", "直接填报的内容"
    DIFFERENCE = "difference", "本年与上年之差"
    RATE = "rate", "增减额占上年的百分比"
    DIRECTION = "direction", "本年与上年相比的增减"
    SHARE = "share", "占所列各项之和的百分比"
    WORDS = "words", "文字"


@dataclass(frozen=True, slots=True)
class Origin:
    """One row behind a figure: where it is kept, which field states it, and what it adds.

    ``amount`` is in yuan, or a number of things; None for words. ``row`` is the book's own value.
    """

    spot: Spot
    field: str
    amount: Decimal | None
    row: object


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure with what it is made of; ``before`` is what it is compared with."""

    address: str
    text: str
    unit: str
    quantity: Quantity
    origins: tuple[Origin, ...] = ()
    before: tuple[Origin, ...] = ()

    @property
    def total(self) -> Decimal:
        """What the rows add up to: exactly the figure, where it is a sum."""
        return _sum(self.origins)

    @property
    def total_before(self) -> Decimal:
        """What the rows of last year add up to."""
        return _sum(self.before)


def _sum(origins: Iterable[Origin]) -> Decimal:
    return total(origin.amount for origin in origins if origin.amount is not None)


Find = Callable[[BudgetBook, str, str], Iterable[Origin]]
"""From a book, a row key and a column key to what is behind a cell."""

ORIGINS: Registry[Find] = Registry("表内文字与分值的出处")


def origins(table: str) -> Callable[[Find], Find]:
    """Declare where the cells of a table come from that answer no question of the ledger.

    A table that is printed for each project has the project's code as its row key's first part:
    code/row.
    """

    def declare(find: Find) -> Find:
        return ORIGINS.add(table, find)

    return declare


def behind(address: str, document: Disclosure, book: BudgetBook) -> Behind:
    """Return what is behind the figure at an address: table/row/column or paragraph/figure.

    Raises NoFigure.
    """
    table = document.tables_by_code.get(address.split("/", 1)[0])
    if table is not None and address in table.cells:
        cell = table.cells[address]
        return _of_cell(cell, table.unit if cell.kind is CellKind.AMOUNT else "", book)
    return _of_run(_run(address, document), document, book)


def _run(address: str, document: Disclosure) -> Figure | Gap:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                for run in block.text:
                    if not isinstance(run, str) and run.address == address:
                        return run
    raise NoFigure(f"文件中没有“{address}”这个数字")


# ---- cells


def _of_cell(cell: Cell, unit: str, book: BudgetBook) -> Behind:
    if cell.questions:
        rows = tuple(lines_of(book.ledger.lines(*cell.questions)))
        return Behind(cell.address, cell.text, unit, Quantity.SUM, rows)
    found = tuple(_declared(cell.address, book))
    quantity = Quantity.TYPED if found else Quantity.WORDS
    return Behind(cell.address, cell.text, unit, quantity, found)


def _declared(address: str, book: BudgetBook) -> Iterator[Origin]:
    """Yield what packages know to be behind a cell."""
    table, row, column = address.split("/", 2)
    for code, find in ORIGINS.items():
        if table == code:
            yield from find(book, row, column)
        elif table.startswith(f"{code}-"):
            yield from find(book, f"{table.removeprefix(f'{code}-')}/{row}", column)


def lines_of(lines: Iterable[Line]) -> Iterator[Origin]:
    """Yield lines of the ledger as what is behind something."""
    for line in lines:
        yield Origin(("line", line.unit, line.sequence), "amount", line.amount, line)


# ---- figures in sentences

CHANGE: Final = {
    "change": Quantity.DIFFERENCE,
    "percent": Quantity.RATE,
    "direction": Quantity.DIRECTION,
}
EXECUTION: Final = "execution"


def _of_run(run: Figure | Gap, document: Disclosure, book: BudgetBook) -> Behind:
    if isinstance(run, Gap):
        return Behind(run.address, run.text, "", Quantity.WORDS)
    base, _, last = run.key.rpartition(".")
    if last in CHANGE:
        return _compared(run, base, CHANGE[last], document, book)
    if last == "share":
        stated = _beside(run, base, document)
        return _as(run, Quantity.SHARE, _rows(stated, book))
    if run.questions:
        return _as(run, Quantity.SUM, _rows(run, book))
    quantity = Quantity.COUNT if run.kind is FigureKind.COUNT else Quantity.REGISTER
    return _as(run, quantity, _rows(run, book))


def _as(
    figure: Figure, quantity: Quantity, rows: Iterable[Origin], before: Iterable[Origin] = ()
) -> Behind:
    unit = figure.unit if figure.kind is not FigureKind.DIRECTION else ""
    return Behind(figure.address, figure.text, unit, quantity, tuple(rows), tuple(before))


def _compared(
    figure: Figure, base: str, quantity: Quantity, document: Disclosure, book: BudgetBook
) -> Behind:
    """Return this year's rows and last year's of a figure that compares the two."""
    kind, _, code = base.partition(".")
    if kind == EXECUTION:
        now = _beside(figure, f"appropriation_spending.{code}", document)
        spent = _beside(figure, base, document)
        return _as(figure, quantity, _rows(now, book), _rows(spent, book))
    return _as(figure, quantity, _rows_of_measure(base, book), prior_of(base, book))


def _beside(figure: Figure, key: str, document: Disclosure) -> Figure | None:
    """Return another figure of the same paragraph, None where it does not say it."""
    paragraph = figure.address.removesuffix(f"/{figure.key}")
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                for run in block.text:
                    if isinstance(run, Figure) and run.address == f"{paragraph}/{key}":
                        return run
    return None


def _rows(figure: Figure | None, book: BudgetBook) -> Iterator[Origin]:
    if figure is None:
        return
    if figure.questions:
        yield from lines_of(book.ledger.lines(*figure.questions))
    if figure.tally is not None:
        yield from _registered(figure.tally, book)


def _rows_of_measure(code: str, book: BudgetBook) -> Iterator[Origin]:
    measure = MEASURES[code]
    if measure.where is not None:
        yield from lines_of(book.ledger.lines(measure.where))
    if measure.counted is not None:
        yield from _registered(measure.counted, book)


def prior_of(measure: str, book: BudgetBook) -> Iterator[Origin]:
    """Yield last year's figures of a measure: the scope's own, else those of all its units."""
    known = [figure for figure in book.prior if figure.measure == measure]
    own = [figure for figure in known if figure.unit is None]
    for figure in own if book.scope is Scope.DEPARTMENT and own else known:
        yield Origin(_spot(figure), "amount", figure.amount, figure)


def _registered(asked: Tally, book: BudgetBook) -> Iterator[Origin]:
    for row in asked.rows(book):
        amount = asked.of(row)
        if amount:
            field = next((name for name in asked.fields if getattr(row, name)), "")
            yield Origin(REGISTERED[asked.register](row), field, amount, row)


def _spot(figure: PriorFigure) -> Spot:
    return ("prior", figure.unit, figure.measure)


REGISTERED: Final[dict[str, Callable[[Any], Spot]]] = {
    "events": lambda row: ("event", row.unit, row.sequence),
    "procurement": lambda row: ("procurement", row.unit, row.sequence),
    "vehicles": lambda row: ("vehicle", row.unit, row.holding, row.use),
    "equipment": lambda row: ("equipment", row.unit, row.holding, row.kind),
    "executions": lambda row: ("execution", row.unit, row.function),
    "units": lambda row: ("unit", row.code),
}
"""By register, what its rows are known by."""
