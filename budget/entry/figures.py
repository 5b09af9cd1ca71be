"""What stands behind a figure, in words: a row for each line, entry or last year's figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch
from typing import Final

from budget.behind import Behind, Origin, Quantity
from budget.book import (
    BudgetBook,
    EquipmentCount,
    Event,
    ExecutedFigure,
    PriorFigure,
    ProcurementItem,
    Project,
    Unit,
    VehicleCount,
)
from budget.codes import hyphenated
from budget.drafting import UNCONFIRMED
from budget.lines import Line
from budget.measures.registry import MEASURES
from budget.money import YUAN

MOST_ROWS: Final = 500
"""More rows than anybody reads; the rest is told as one sum."""
HOW: Final = {
    Quantity.SUM: "由下列明细相加得出。",
    Quantity.REGISTER: "由下列登记的内容相加得出。",
    Quantity.COUNT: "由下列登记的数量相加得出。",
    Quantity.TYPED: "直接取自填报的内容，不由明细相加。",
    Quantity.DIFFERENCE: "是本年与上年之差，按说明中印出的两个数计算。",
    Quantity.RATE: "是增减额占上年数的百分比，按说明中印出的两个数计算。",
    Quantity.DIRECTION: "由本年与上年相比得出，相等写“持平”。",
    Quantity.SHARE: "是这一项占所列各项之和的百分比，下列是这一项的明细。",
    Quantity.WORDS: "是文字，没有相加的明细。",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One row behind a figure: whose, what it is, how much, and the way to where it was typed."""

    unit: str
    words: str
    amount: str
    way: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows behind a figure with their sum; ``rest`` tells of those that are not listed."""

    title: str
    rows: tuple[Told, ...]
    total: str
    rest: str = ""


def listed(
    title: str, origins: tuple[Origin, ...], found: Behind, book: BudgetBook, way: Way
) -> Listed:
    """Return rows in words: the largest first where there are more than anybody reads."""
    shown = origins
    if len(origins) > MOST_ROWS:
        shown = tuple(sorted(origins, key=_size, reverse=True)[:MOST_ROWS])
    hidden = len(origins) - len(shown)
    write = _plainly if found.quantity is Quantity.COUNT else _in_yuan
    units = {unit.code: unit.name for unit in book.units}
    return Listed(
        title=title,
        rows=tuple(
            Told(
                units.get(str(_unit(each)), ""),
                told(each.row, book),
                write(each.amount) if each.amount is not None else "",
                way(each),
            )
            for each in shown
        ),
        total=write(sum((each.amount or Decimal(0) for each in origins), Decimal(0))),
        rest=f"另有 {hidden} 笔没有列出，已计入合计。" if hidden else "",
    )


Way = Callable[[Origin], str]


def _size(origin: Origin) -> Decimal:
    return abs(origin.amount or Decimal(0))


def _unit(origin: Origin) -> object:
    return origin.spot[1] if len(origin.spot) > 1 else ""


def _in_yuan(amount: Decimal) -> str:
    return YUAN.text(amount, grouped=True)


def _plainly(number: Decimal) -> str:
    return f"{number.normalize():f}" if number else "0"


# ---- rows in words


@singledispatch
def told(row: object, book: BudgetBook) -> str:
    """Return what a row is, in words: of what is not known here its name or its goal."""
    return str(getattr(row, "name", "") or getattr(row, "goal", ""))


@told.register
def _(row: Line, book: BudgetBook) -> str:
    catalogue = book.catalogue
    projects = {each.code: each.name for each in book.projects}
    return _joined(
        _named(row.function, catalogue.function.get(row.function)),
        row.economic and _named(row.economic, catalogue.economic.get(row.economic)),
        projects.get(row.project or "") or row.nature.label,
        row.upkeep and row.upkeep.label,
        f"{row.source.label}{'（上年结转）' if row.carried_over else ''}",
        _both(row),
    )


def _both(row: Line) -> str | None:
    """Return both numbers of a line of which another amount was granted than was asked for."""
    if row.requested is None:
        return None
    return f"申报数 {_in_yuan(row.requested)}，核定数 {_in_yuan(row.amount)}"


@told.register
def _(row: PriorFigure, book: BudgetBook) -> str:
    title = MEASURES[row.measure].title if row.measure in MEASURES else row.measure
    return _joined(f"{book.year - 1}年预算 {title}", row.origin)


@told.register
def _(row: ExecutedFigure, book: BudgetBook) -> str:
    name = book.catalogue.function.get(row.function)
    return f"{book.year - 1}年执行数 {_named(row.function, name)}"


@told.register
def _(row: Event, book: BudgetBook) -> str:
    return _joined(row.kind.label, row.name)


@told.register
def _(row: ProcurementItem, book: BudgetBook) -> str:
    return _joined(row.kind.label, row.name)


@told.register
def _(row: VehicleCount, book: BudgetBook) -> str:
    return _joined(row.holding.label, row.use.label)


@told.register
def _(row: EquipmentCount, book: BudgetBook) -> str:
    return _joined(row.holding.label, row.kind.label)


@told.register
def _(row: Project, book: BudgetBook) -> str:
    return f"{row.code} {row.name}"


@told.register
def _(row: Unit, book: BudgetBook) -> str:
    return _joined(row.type.label, row.name)


def _named(code: str, name: str | None) -> str:
    return f"{hyphenated(code)} {name or UNCONFIRMED}"


def _joined(*words: str | None) -> str:
    parts: Iterable[str] = filter(None, words)
    return "，".join(parts)
