"""A sheet as its page shows it: heads, rows with their controls, totals."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString

from budget.entry.cells import Cells, Said
from budget.entry.granted import COLUMN, granted_in
from budget.money import MoneyUnit
from budget.sheets.changing import pending_rows
from budget.sheets.kinds import Code, Words
from budget.sheets.part import Part
from budget.sheets.spec import Column, SheetSpec, Values
from budget.sheets.standing import totals_of
from budget.sheets.texts import in_unit
from budget.sheets.untouched import untouched_rows
from budget.sheets.wholeness import faults_of

Told = Mapping[tuple[str, str], Said]
BLANK_ROWS = 3


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its key, its number, its cells; ``was`` are its texts for a plain form.

    One that ``is_untouched`` was taken over from last year, and nobody has changed it since.
    """

    key: str
    place: str
    cells: tuple[tuple[Column, SafeString], ...]
    was: str
    is_pending: bool = False
    message: str = ""
    is_untouched: bool = False


@dataclass(frozen=True)
class Grid:
    """A sheet with everything that its page needs."""

    spec: SheetSpec
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    blank: tuple[GridRow, ...]
    template: GridRow | None
    totals: Mapping[str, str]
    note: str = ""
    messages: tuple[str, ...] = field(default=())

    @property
    def foot(self) -> tuple[tuple[Column, str], ...]:
        """Each column with its total, "" where it has none."""
        return tuple((column, self.totals.get(column.key, "")) for column in self.columns)

    @property
    def heads(self) -> tuple[tuple[Column, bool], ...]:
        """Each column, and whether it is money."""
        return tuple((column, column.kind.name == "money") for column in self.columns)

    @property
    def has_money(self) -> bool:
        """True where a column holds amounts, so that their unit matters."""
        return any(column.kind.name == "money" for column in self.columns)

    @property
    def is_wordy(self) -> bool:
        """True where texts of several lines make rows tall."""
        return any(isinstance(each.kind, Words) and each.kind.lines > 1 for each in self.columns)


def grid(
    spec: SheetSpec,
    part: Part,
    unit: MoneyUnit,
    *,
    locked: bool = False,
    told: Told | None = None,
    begun: Sequence[str] = (),
) -> Grid:
    """Return a sheet's grid, in a number of queries that its rows do not set.

    ``told`` is what to say at cells after a form was sent; ``begun`` are keys of rows in it that
    were typed and not stored.
    """
    maker = _Maker(spec, part, unit, locked, told or {})
    maker.granted = granted_in(spec, part, unit)
    stored = spec.store.read(part)
    pending = pending_rows(part, spec.code)
    rows = [maker.stored(row.key, row.values, number) for number, row in enumerate(stored, 1)]
    rows += [
        maker.pending(key, cells, number)
        for number, (key, cells) in enumerate(pending.items(), len(stored) + 1)
    ]
    fresh = [] if locked or not spec.store.grows else maker.blanks(len(rows), begun)
    template = maker.blank("new:{n}", "{n}") if spec.store.grows and not locked else None
    return Grid(
        spec=spec,
        columns=maker.columns,
        rows=tuple(rows),
        blank=tuple(fresh),
        template=template,
        totals=totals_of(spec, (row.values for row in stored), part, unit),
        note=spec.note,
    )


class _Maker:
    def __init__(
        self, spec: SheetSpec, part: Part, unit: MoneyUnit, locked: bool, told: Told
    ) -> None:
        self.spec, self.part, self.unit, self.told = spec, part, unit, told
        self.untouched = untouched_rows(part, spec.code)
        self.granted: Mapping[str, str] = {}
        self.columns = tuple(column for column in spec.columns if column.is_for(part))
        self.cells = [
            Cells(column, part, unit, locked, codes_url(column, part)) for column in self.columns
        ]

    def stored(self, key: str, values: Values, number: int) -> GridRow:
        texts = {
            column.key: column.kind.show(values[column.key], self.part, self.unit)
            for column in self.columns
        }
        return self._row(key, str(number), texts)

    def pending(self, key: str, cells: Mapping[str, str], number: int) -> GridRow:
        texts = {
            column.key: in_unit(column, cells.get(column.key, ""), self.part, self.unit)
            for column in self.columns
        }
        faults = faults_of(self.spec, self.part, cells)
        told = {
            name: self.told.get((key, name)) or Said(texts.get(name, ""), message)
            for name, message in faults.items()
        }
        message = "；".join(dict.fromkeys(faults.values()))
        return self._row(key, str(number), texts, told, is_pending=True, message=message)

    def blanks(self, before: int, begun: Sequence[str]) -> Iterable[GridRow]:
        keys = [*begun, *(f"new:{number}" for number in range(1, BLANK_ROWS + 1))]
        for number, key in enumerate(dict.fromkeys(keys), before + 1):
            yield self.blank(key, str(number))

    def blank(self, key: str, place: str) -> GridRow:
        texts = {column.key: column.default for column in self.columns}
        return self._row(key, place, texts)

    def _row(
        self,
        key: str,
        place: str,
        texts: Mapping[str, str],
        told: Mapping[str, Said] | None = None,
        *,
        is_pending: bool = False,
        message: str = "",
    ) -> GridRow:
        label = "" if self.spec.layout.value == "form" else place
        shown = tuple(
            (
                cells.column,
                cells.control(
                    key,
                    label,
                    texts[cells.column.key],
                    self.told.get((key, cells.column.key)) or (told or {}).get(cells.column.key),
                    granted=self.granted.get(key, "") if cells.column.key == COLUMN else "",
                ),
            )
            for cells in self.cells
        )
        was = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
        return GridRow(key, place, shown, was, is_pending, message, key in self.untouched)


def codes_url(column: Column, part: Part) -> str:
    """Return where the codes of a column are offered, "" where it holds none."""
    if not isinstance(column.kind, Code):
        return ""
    scheme = column.kind.scheme.value.replace("_", "-")
    return reverse("entry:codes", args=(part.code, part.budget.year_id, scheme))
