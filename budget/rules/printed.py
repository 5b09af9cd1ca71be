"""The figures that a document prints, by address and by the question that they answer.

A figure is an interval of yuan: its printed number ± half a printed unit, or that number exactly
where nothing finer was printed from (Exactness).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final, TypeVar, cast

from budget.book import BudgetBook
from budget.document import Cell, CellKind, Disclosure, Figure, FigureKind, Paragraph, Table
from budget.edition import Edition
from budget.ledger import Where
from budget.measures.registry import MEASURES
from budget.money import ZERO
from budget.remarks import Remarks
from budget.rules.places import named_cells, quoted
from budget.rules.questions import normal, singled_out
from budget.rules.thresholds import Threshold
from budget.terms import EquipmentKind, Holding, Scope, VehicleUse

FINEST = -2
"""The power of ten of the smallest amount there is: what prints every 分 rounds nothing."""


Reading = TypeVar("Reading")


@dataclass(frozen=True, slots=True)
class Printed:
    """An amount as printed: where, under which name, the words and the yuan that they stand for.

    ``half`` is half a printed unit in yuan, zero where the figure is exact. ``question`` is None
    for an amount that was typed and not added up. ``table`` is empty for a figure of a sentence.
    """

    address: str
    label: str
    text: str
    unit: str
    yuan: Decimal
    half: Decimal
    question: Where | None
    table: str = ""


@dataclass(frozen=True, slots=True)
class Scaled:
    """A table that is so many times what others state: an amount of it, and the same elsewhere."""

    factor: Decimal
    here: Printed
    there: Printed


@dataclass(frozen=True)
class Subject:
    """What is checked: a document, the edition it follows and, where there is one, its book.

    ``is_exact`` says that printed amounts are exact: nothing finer was rounded to print them.
    ``thresholds`` are a bureau's own; without one the edition's holds, else its default.
    ``scaled`` are tables that were a multiple, now divided (budget/rules/scaling.py).
    ``copies`` are tables that the same file prints again, under codes of their own (code@2).
    """

    document: Disclosure
    edition: Edition
    is_exact: bool
    book: BudgetBook | None = None
    remarks: Remarks | None = None
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)
    scaled: tuple[Scaled, ...] = ()

    copies: tuple[Table, ...] = ()

    _readings: dict[object, object] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def once(self, read: Callable[[Subject], Reading]) -> Reading:
        """Return what a function reads in the subject, read once however many rules ask."""
        if read not in self._readings:
            self._readings[read] = read(self)
        return cast(Reading, self._readings[read])

    def threshold(self, read: Threshold) -> Decimal:
        """Return the value of a threshold that is in force."""
        stated = {**self.edition.thresholds, **self.thresholds}
        return stated.get(read.name, read.default)

    @cached_property
    def figures(self) -> dict[str, Printed]:
        """The amounts of tables and sentences by address, in printed order."""
        return {printed.address: printed for printed in self._printed()}

    def amounts_of(self, table: Table) -> dict[str, Printed]:
        """Return the amounts of a table by address, also of one that is a further copy."""
        return {printed.address: printed for printed in self._listed(table)}

    @cached_property
    def said(self) -> dict[str, Figure]:
        """All figures of sentences by address: amounts, percentages, counts, directions."""
        return {
            run.address: run
            for section in self.document.sections
            for block in section.blocks
            if isinstance(block, Paragraph)
            for run in block.text
            if isinstance(run, Figure)
        }

    @cached_property
    def answers(self) -> dict[Where, list[Printed]]:
        """The amounts by the question that they answer."""
        answers: dict[Where, list[Printed]] = {}
        for printed in self.figures.values():
            if printed.question is not None:
                answers.setdefault(printed.question, []).append(printed)
        return answers

    @cached_property
    def limits(self) -> dict[Where, dict[str, object]]:
        """The questions that are answered, each with the values to which it is limited."""
        return {question: singled_out(question) for question in self.answers}

    @cached_property
    def values(self) -> dict[str, list[str]]:
        """The values, in order, by the dimension that tells amounts apart by them."""
        found: dict[str, list[str]] = {}
        for dimension, value in self.told_apart:
            found.setdefault(dimension, []).append(str(value))
        return {dimension: sorted(values) for dimension, values in found.items()}

    @cached_property
    def told_apart(self) -> dict[tuple[str, object], list[Printed]]:
        """The amounts by each dimension and value to which their question is limited."""
        found: dict[tuple[str, object], list[Printed]] = {}
        for question, limits in self.limits.items():
            for limit in limits.items():
                found.setdefault(limit, []).extend(self.answers[question])
        return found

    @cached_property
    def only_unit(self) -> str | None:
        """The code of the unit that the document is about where it is about one."""
        if self.document.scope is Scope.UNIT:
            return self.document.code
        if self.book is not None:
            units = self.book.budget_units
            return units[0].code if len(units) == 1 else None
        return _only_unit_printed(self.document)

    def answering(self, *questions: Where) -> list[Printed]:
        """Return the amounts that answer these questions together, in printed order."""
        return self.answers.get(normal(questions, self.only_unit), [])

    def _printed(self) -> Iterator[Printed]:
        for section in self.document.sections:
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    yield from self._said(block)
        for table in self.document.tables:
            yield from self._listed(table)

    def _said(self, paragraph: Paragraph) -> Iterator[Printed]:
        unit = self.edition.text_unit
        for run in paragraph.text:
            if isinstance(run, Figure) and run.kind is FigureKind.AMOUNT and run.value is not None:
                half = self._half(unit.exponent, run.value)
                question = normal(run.questions, self.only_unit) if run.questions else None
                yield Printed(
                    run.address,
                    said_name(run.key),
                    run.text,
                    run.unit,
                    unit.in_yuan(run.value),
                    half,
                    question,
                )

    def _listed(self, table: Table) -> Iterator[Printed]:
        for cell, label in named_cells(table):
            if cell.kind is CellKind.AMOUNT:
                yield self._cell(table, cell, label)

    def _cell(self, table: Table, cell: Cell, label: str) -> Printed:
        """Return a cell; a blank one is exactly zero."""
        question = normal(cell.questions, self.only_unit) if cell.questions else None
        if not isinstance(cell.value, Decimal):
            return Printed(
                cell.address, label, cell.text, table.unit, ZERO, ZERO, question, table.code
            )
        return Printed(
            cell.address,
            label,
            cell.text,
            table.unit,
            cell.value.scaleb(table.unit_exponent),
            self._half_scaled(table, cell) or self._half(table.unit_exponent, cell.value),
            question,
            table.code,
        )

    def _half_scaled(self, table: Table, cell: Cell) -> Decimal:
        """Return half of what a cell printed before its table was made so many times larger."""
        factors = [each.factor for each in self.scaled if each.here.table == table.code]
        if not factors or factors[0] >= 1:
            return ZERO
        places = cell.text.partition(".")[2]
        half = Decimal(5).scaleb(table.unit_exponent - len(places) - 1)
        return half / factors[0]

    def _half(self, exponent: int, printed: Decimal) -> Decimal:
        if self.is_exact:
            return ZERO
        places = printed.as_tuple().exponent
        assert isinstance(places, int)
        if places + exponent <= FINEST:
            return ZERO
        return Decimal(5).scaleb(places - 1 + exponent)


OTHER_NAMES: Final = {
    "execution": "上年执行数",
    "vehicles": "公务用车",
    "equipment": "大型设备",
    "attendance": "参加人数",
    "agencies": "所属机关",
    "managed_units": "参公事业单位",
    **{
        str(each.value): each.label
        for terms in (Holding, VehicleUse, EquipmentKind)
        for each in terms
    },
}
SAID: Final = {
    "change": "增减额",
    "direction": "增减方向",
    "percent": "增减百分比",
    "share": "占比",
}


def said_name(key: str) -> str:
    """Return what people call a figure of a sentence by its key.

    >>> said_name("general_public_spending.201")
    '文字“一般公共预算拨款支出 201”'
    """
    return f"文字{quoted(key_title(key))}"


def key_title(key: str) -> str:
    """Return what the key of a figure in a sentence stands for; codes in it stay as they are.

    >>> key_title("general_public_spending.201.share"), key_title("execution.201")
    ('一般公共预算拨款支出 201 占比', '上年执行数 201')
    """
    return " ".join(filter(None, map(_part_title, key.split("."))))


def _part_title(part: str) -> str:
    if part in MEASURES:
        return MEASURES[part].title
    return OTHER_NAMES.get(part) or SAID.get(part) or (part if part.isdigit() else "")


def _only_unit_printed(document: Disclosure) -> str | None:
    units = {
        str(cell.value)
        for table in document.tables
        for cell in table.cells.values()
        if cell.key == "unit" and cell.kind is CellKind.CODE and str(cell.value).isdigit()
    }
    return units.pop() if len(units) == 1 else None


def exactness(document: Disclosure, edition: Edition) -> bool:
    """True where the edition's grain is printed whole and no table owns up to tails."""
    units = [use.unit for use in edition.tables]
    return all(unit.shows_all_of(edition.grain) for unit in units) and not any(
        edition.tail_note in table.note for table in document.tables
    )
