"""How a table is declared: its columns, nested under groups, and where its rows come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import ClassVar, Protocol

from budget.book import BudgetBook, Project
from budget.document import CellKind, Footing, Loss, RowKind
from budget.edition import Edition, TableUse, Wording
from budget.ledger import EVERYTHING, Where, where
from budget.money import ZERO
from budget.registry import Registry


@dataclass(frozen=True, slots=True)
class Column:
    """One column. A money column asks ``where`` within each row's own question.

    ``sum_of`` names the columns that add up to this one. ``width`` is relative. ``names_rows`` is
    False for words that do not say what their row is: a value, a remark.
    """

    key: str
    title: str
    kind: CellKind
    width: int
    where: Where = EVERYTHING
    sum_of: tuple[str, ...] = ()
    names_rows: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over several columns or groups."""

    key: str
    title: str
    columns: tuple[Column | Group, ...]


def text(key: str, title: str, width: int = 16, *, names_rows: bool = True) -> Column:
    """Declare a column of words."""
    return Column(key, title, CellKind.TEXT, width, names_rows=names_rows)


def code(key: str, title: str, width: int = 5) -> Column:
    """Declare a column of codes."""
    return Column(key, title, CellKind.CODE, width)


def amount(
    key: str,
    title: str,
    where: Where = EVERYTHING,
    *,
    sum_of: tuple[str, ...] = (),
    width: int = 12,
) -> Column:
    """Declare a column of money."""
    return Column(key, title, CellKind.AMOUNT, width, where, sum_of)


def score(key: str, title: str, width: int = 5) -> Column:
    """Declare a column of scores."""
    return Column(key, title, CellKind.SCORE, width)


@dataclass(frozen=True, slots=True)
class Amount:
    """An exact amount of yuan, with the questions that together it answers."""

    yuan: Decimal
    questions: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A heading inside the body, such as the name of what stands right of it."""

    text: str


@dataclass(frozen=True, slots=True)
class Wide:
    """Words that reach over so many columns, the next ones to the right."""

    text: str
    columns: int


Value = str | Amount | Decimal | Label | Wide | None


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row before it is printed: its values by column key.

    ``places`` gives a cell a row key of its own, where parts of a row speak of different things;
    an empty one says that the cell speaks of nothing. ``merges`` names, per column, the run that a
    cell belongs to: neighbours of one run are printed as one tall cell. ``losses`` says, per
    column, what a conversion lost there.
    """

    key: str
    kind: RowKind
    values: Mapping[str, Value]
    places: Mapping[str, str] = field(default_factory=dict)
    merges: Mapping[str, str] = field(default_factory=dict)
    losses: Mapping[str, Loss] = field(default_factory=dict)


Losing = Callable[[ValueError], None]
"""What happens where a table has no place for some money: it is refused, or noted in a draft."""


def refuse(error: ValueError) -> None:
    """Refuse to make a table that leaves money out."""
    raise error


@dataclass(frozen=True)
class Setting:
    """What a table is made from; ``project`` is the one it is about, where it is about one.

    ``losing`` is told of money that the table has no place for.
    """

    book: BudgetBook
    spec: TableSpec
    use: TableUse
    edition: Edition
    project: Project | None = None
    losing: Losing = refuse

    @property
    def code(self) -> str:
        """The table's code in this document: it names the project that the table is about."""
        return f"{self.spec.code}-{self.project.code}" if self.project else self.spec.code

    def fill(self, pattern: str) -> str:
        """Return a pattern of the edition with its braces filled in."""
        return self.wording.fill(pattern, self.book, self.project)

    @property
    def wording(self) -> Wording:
        """The words of the document's scope."""
        return self.edition.wording[self.book.scope]

    def label(self, key: str, default: str) -> str:
        """Return the edition's word for a column, group, row or measure."""
        label = self.use.labels.get(key) or self.edition.label(key, default)
        return self.fill(label)


def asked(setting: Setting, *questions: Where) -> Amount:
    """Return the amount that answers all the questions."""
    return Amount(setting.book.ledger.amount(*questions), questions)


AskedOf = Callable[[str], dict[str, Value]]


def asked_by(setting: Setting, dimension: str, question: Where) -> AskedOf:
    """Return a function from a value of a dimension to the money cells of its row.

    The ledger is asked once per column, however many rows there are.
    """
    columns = [
        (column.key, column.where, setting.book.ledger.by(dimension, question, column.where))
        for column in setting.spec.money
    ]

    def cells(value: str) -> dict[str, Value]:
        row = where(**{dimension: value})
        return {
            key: Amount(amounts.get(value, ZERO), (question, row, column))
            for key, column, amounts in columns
        }

    return cells


class Rows(Protocol):
    """Where the rows of a table come from; ``has_total`` says that one of them is the 合计."""

    has_total: ClassVar[bool]

    def plans(self, setting: Setting) -> Iterable[RowPlan]:
        """Return the rows in printed order."""

    def footings(self, setting: Setting, plans: tuple[RowPlan, ...]) -> Iterable[Footing]:
        """Return which cells add up to which, down the rows: addresses within the table."""


@dataclass(frozen=True)
class TableSpec:
    """The declaration of a table.

    ``code`` never changes: it is in addresses, file names and the API. ``title`` says what the
    table holds, for people who choose among tables; printed titles are the edition's.
    """

    code: str
    title: str
    columns: tuple[Column | Group, ...]
    rows: Rows

    @cached_property
    def leaves(self) -> tuple[Column, ...]:
        """The columns themselves, left to right."""
        return tuple(leaves(self.columns))

    @cached_property
    def money(self) -> tuple[Column, ...]:
        """The money columns, left to right."""
        return tuple(column for column in self.leaves if column.kind is CellKind.AMOUNT)


def leaves(columns: Iterable[Column | Group]) -> Iterator[Column]:
    """Yield the columns under groups, left to right."""
    for column in columns:
        if isinstance(column, Group):
            yield from leaves(column.columns)
        else:
            yield column


TABLES: Registry[TableSpec] = Registry("表")


def table(spec: TableSpec) -> TableSpec:
    """Register a table under its code."""
    return TABLES.add(spec.code, spec)
