"""The amounts of a budget as they are granted: row by row, in groups of one unit and one sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from budget.book import BudgetBook
from budget.lines import Line, RevenueEstimate
from budget.load import read_whole
from budget.load.granting import row_of, told_of
from budget.models import DepartmentBudget, GrantedAmount, UnitBudget, name_of
from budget.money import YUAN, total
from budget.sheets.locating import Places, spot_of
from budget.sheets.spec import SHEETS
from budget.spellings import amount_text
from budget.workflow.granted import Place


@dataclass(frozen=True, slots=True)
class Row:
    """One amount: where it is kept, what it is, both numbers in yuan, and the words of its form."""

    place: Place
    sheet: str
    words: str
    requested: Decimal
    what: str = ""
    granted: GrantedAmount | None = None
    typed: str = ""
    reason: str = ""
    fault: str = ""

    @property
    def key(self) -> str:
        """Its name in the form."""
        return f"{self.place[0]}-{self.place[1]}"

    @property
    def holds(self) -> bool:
        """Whether what was granted is of the amount that is asked for now, and for the same."""
        found = self.granted
        return found is not None and (found.requested, found.what) == (self.requested, self.what)

    @property
    def is_other(self) -> bool:
        """Whether something was granted that was asked for another purpose."""
        return self.granted is not None and self.granted.what != self.what

    @property
    def stands(self) -> Decimal:
        """What stands of it: the granted amount, else what is asked for."""
        held = self.granted if self.holds else None
        return held.amount if held else self.requested

    @property
    def asked(self) -> str:
        """What is asked for, as people read it."""
        return amount_text(self.requested, YUAN)

    @property
    def was(self) -> str:
        """What was granted, as people read it, "" where nothing was."""
        return amount_text(self.granted.amount, YUAN) if self.granted else ""

    @property
    def judged(self) -> str:
        """What was asked for when it was judged, as people read it."""
        return amount_text(self.granted.requested, YUAN) if self.granted else ""

    @property
    def by(self) -> str:
        """Who granted it."""
        return name_of(self.granted.by) if self.granted else ""


@dataclass(frozen=True, slots=True)
class Group:
    """The amounts of one unit in one sheet, with their totals."""

    unit: str
    title: str
    rows: tuple[Row, ...]

    @property
    def asked(self) -> str:
        """All that is asked for."""
        return amount_text(total(each.requested for each in self.rows), YUAN)

    @property
    def stands(self) -> str:
        """All that stands."""
        return amount_text(total(each.stands for each in self.rows), YUAN)

    @property
    def cut(self) -> str:
        """How much less stands than is asked for, "" where as much does."""
        less = total(each.requested - each.stands for each in self.rows)
        return amount_text(less, YUAN) if less else ""


def rows(budget: DepartmentBudget, part: UnitBudget | None = None) -> Iterator[Row]:
    """Yield every amount of a budget, or of one unit's part: its lines and what it expects."""
    whole = read_whole(budget)
    places, book = Places(budget, whole), whole.book
    units = dict(UnitBudget.objects.filter(budget=budget).values_list("unit__code", "unit_id"))
    if part is not None:
        units = {part.unit.code: part.unit_id}
    stored = GrantedAmount.objects.filter(budget=budget).select_related("by__account")
    granted = {(each.unit_id, each.row): each for each in stored}
    telling = _Telling(book)
    every: tuple[Line | RevenueEstimate, ...] = (*book.estimates, *book.lines)
    for row in every:
        unit = units.get(row.unit)
        shown = places.of(spot_of(row)) if unit is not None else ()
        if unit is not None and shown:
            place = unit, row_of(row)
            yield _row(place, shown[0].sheet, telling.words(row), row, granted.get(place))


def _row(
    place: Place,
    sheet: str,
    words: str,
    row: Line | RevenueEstimate,
    granted: GrantedAmount | None,
) -> Row:
    return Row(
        place,
        sheet,
        words,
        row.amount if row.requested is None else row.requested,
        told_of(row),
        granted,
        typed=amount_text(granted.amount, YUAN) if granted else "",
        reason=granted.reason if granted else "",
    )


class _Telling:
    """Tells what rows of a book are for, in words."""

    def __init__(self, book: BudgetBook) -> None:
        self.names = book.catalogue
        self.projects = {each.code: each.name for each in book.projects}

    def words(self, row: Line | RevenueEstimate) -> str:
        source = f"{row.source.label}{'（上年结转）' if row.carried_over else ''}"
        if isinstance(row, RevenueEstimate):
            return source
        function, economic = self.names.function, self.names.economic
        told = (
            f"{row.function} {function.get(row.function, '')}".strip(),
            row.economic and f"{row.economic} {economic.get(row.economic, '')}".strip(),
            self.projects.get(row.project or "") or row.nature.label,
            source,
        )
        return "　".join(each for each in told if each)


def grouped(budget: DepartmentBudget, shown: Iterable[Row]) -> Iterator[Group]:
    """Yield rows in the order of units and sheets."""
    units = UnitBudget.objects.filter(budget=budget).order_by("unit__position", "unit__code")
    names = dict(units.values_list("unit_id", "unit__name"))
    groups: dict[tuple[int, str], list[Row]] = {}
    for row in shown:
        groups.setdefault((row.place[0], row.sheet), []).append(row)
    order = list(names)
    for unit, sheet in sorted(groups, key=lambda key: (order.index(key[0]), SHEETS[key[1]].place)):
        title = SHEETS[sheet].title
        yield Group(names[unit], title, tuple(groups[unit, sheet]))
