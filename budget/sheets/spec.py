"""How an entry sheet is declared: its columns, where its rows are kept, what a row must hold.

A sheet (填报表) is a section of a budget that people fill in: a table of rows, or a form of one
row. One declaration serves the page, autosave, paste, the entry workbook and the commands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from budget.actions import Action
from budget.registry import Registry
from budget.sheets.kinds import Kind
from budget.sheets.part import Part
from budget.terms import Scope, Term

Values = Mapping[str, Any]
"""The cells of a row by column: values, with projects and units as their codes."""


class Layout(Term):
    """How a sheet is shown: rows under column heads, or one row as a form."""

    TABLE = "table", "表格"
    FORM = "form", "表单"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a sheet; ``key`` is also the name of the model's field.

    ``default`` stands in a row that is begun. ``fill`` gives the value of a cell that was left
    blank from the row's other cells, None where it cannot tell. ``summed`` columns have a total.
    ``matches`` marks what a pasted row is recognised by. ``note`` tells what belongs in it. A
    ``locked`` cell is shown and never typed. ``only_if`` says for which parts there is the column.
    """

    key: str
    title: str
    kind: Kind
    required: bool = False
    note: str = ""
    default: str = ""
    fill: Callable[[Values], Any] | None = None
    summed: bool = False
    matches: bool = False
    locked: bool = False
    only_if: Callable[[Part], bool] | None = None

    @property
    def is_must(self) -> bool:
        """True where a row waits until somebody types in it; what fills itself may stay blank."""
        return self.required and self.fill is None

    def is_for(self, part: Part) -> bool:
        """True where a part has this column."""
        return self.only_if is None or self.only_if(part)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is stored, under its key."""

    key: str
    values: Values


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row as a whole, said at one of its cells."""

    field: str
    message: str


class Store(Protocol):
    """Where the rows of a sheet are kept, for one part of a budget."""

    @property
    def grows(self) -> bool:
        """Whether rows come and go; a store that does is a ``GrowingStore``."""

    def read(self, part: Part) -> list[Row]:
        """Return the rows in their order, in a number of queries that their number does not set."""

    def update(self, part: Part, rows: Iterable[Row]) -> None:
        """Write rows anew."""


@runtime_checkable
class GrowingStore(Store, Protocol):
    """A store to which rows are added and from which they are taken away."""

    def create(self, part: Part, rows: list[Values], keys: list[str | None]) -> list[str]:
        """Add rows and return their keys; a key that is given is one that a row had before."""

    def delete(self, part: Part, keys: Iterable[str]) -> None:
        """Take rows away."""


Check = Callable[[Values, Part], Fault | None]


@dataclass(frozen=True, kw_only=True)
class SheetSpec:
    """A declared sheet.

    ``checks`` look at one row. ``once`` are columns whose values together stand in one row only,
    with what to say otherwise. ``group`` is the section of the budget that it belongs to, ``place``
    its place among all sheets.
    ``before_delete`` says why a row must stay, or None. ``provides`` lets later sheets of the same
    act of saving know what this one brings (new projects). ``scopes`` says whether units fill it
    in, or the department as a whole, or both. ``writes`` is the action that somebody needs to be
    allowed: texts and registers without money may be written longer than amounts. ``template`` is
    that of its page, and ``beside`` gives what this needs besides the rows. ``names`` gives what
    people call rows, by key, where no cell of a row tells.
    """

    code: str
    title: str
    group: str
    place: int
    columns: tuple[Column, ...]
    store: Store
    layout: Layout = Layout.TABLE
    note: str = ""
    checks: tuple[Check, ...] = ()
    once: tuple[tuple[tuple[str, ...], str], ...] = ()
    scopes: frozenset[Scope] = frozenset({Scope.UNIT})
    before_delete: Callable[[Row, Part], str | None] | None = None
    provides: Callable[[Part, Iterable[Values]], None] | None = None
    writes: Action = Action.EDIT
    template: str = "entry/sheet.html"
    beside: Callable[[Part, list[Row]], Mapping[str, object]] | None = None
    names: Callable[[Part], Mapping[str, str]] | None = None
    by_key: Mapping[str, Column] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {column.key: column for column in self.columns})

    def blank(self) -> dict[str, Any]:
        """Return the values of a row in which nothing was typed."""
        return {column.key: None for column in self.columns}

    @property
    def typed(self) -> tuple[str, ...]:
        """The keys of the columns that people fill in."""
        return tuple(column.key for column in self.columns if not column.locked)

    def for_scope(self, scope: Scope) -> bool:
        """True where such a part of a budget has this sheet."""
        return scope in self.scopes


def growing(spec: SheetSpec) -> GrowingStore:
    """Return the store of a sheet whose rows come and go; settling lets no other be asked for."""
    assert isinstance(spec.store, GrowingStore), spec.code
    return spec.store


SHEETS: Registry[SheetSpec] = Registry("填报表")


def sheet(spec: SheetSpec) -> SheetSpec:
    """Declare a sheet."""
    return SHEETS.add(spec.code, spec)


def sheets_of(scope: Scope) -> list[SheetSpec]:
    """Return the sheets that a part of this scope fills in, in their order."""
    ours = [spec for spec in SHEETS.values() if spec.for_scope(scope)]
    return sorted(ours, key=lambda spec: spec.place)
