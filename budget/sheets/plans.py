"""What rows from outside would do to the sheets of a part, told before anything is done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from budget.sheets.changes import Removal, Wanted
from budget.sheets.spec import SheetSpec
from budget.terms import Term


class Verdict(Term):
    """What becomes of a row or a cell."""

    REJECTED = "rejected", "不能导入"
    CONFLICT = "conflict", "冲突"
    NEW = "new", "新增"
    CHANGED = "changed", "改动"
    REMOVED = "removed", "删除"
    SAME = "same", "相同"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row from outside: its cells by column, as texts in the unit of the act.

    ``place`` says where it stands there. ``key`` names the stored row that it is about, ``by`` how
    that is known. ``seen`` are the texts that stood in that row when the person looked, None where
    he sees what is stored now. ``faults`` are cells that hold nothing that could be read, with the
    reason; ``remarks`` what else is to be said of the row. ``remove`` takes the row away.
    """

    place: str
    cells: Mapping[str, str]
    key: str = ""
    by: str = ""
    seen: Mapping[str, str] | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    remove: bool = False


@dataclass(frozen=True, slots=True)
class CellPlan:
    """A cell that would change, that cannot, or that somebody else changed in the meantime.

    ``before`` is what is stored, ``after`` what is wanted, ``was`` what the person saw.
    """

    field: str
    verdict: Verdict
    before: str = ""
    after: str = ""
    was: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row and what would become of it; ``cells`` are those that do not stay as they are.

    ``texts`` are all its texts afterwards, ``incoming`` the row from outside with the stored row
    that it means. ``key`` is a new row's own name.
    """

    incoming: Incoming
    key: str
    verdict: Verdict
    texts: Mapping[str, str]
    cells: tuple[CellPlan, ...] = ()
    message: str = ""

    @property
    def by_field(self) -> dict[str, CellPlan]:
        """The cells by column."""
        return {cell.field: cell for cell in self.cells}


@dataclass(frozen=True)
class SheetPlan:
    """What would become of one sheet.

    ``same`` counts rows that change nothing, ``left`` rows of the sheet that the data does not
    have and that stay. ``present`` are the stored rows that ``same`` are about. ``wanted`` are the
    changes to make.
    """

    spec: SheetSpec
    rows: tuple[RowPlan, ...]
    wanted: tuple[Wanted, ...]
    same: int = 0
    left: int = 0
    present: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """Return how many rows have this verdict."""
        own = sum(row.verdict is verdict for row in self.rows)
        return own + self.same if verdict is Verdict.SAME else own

    @property
    def told(self) -> tuple[RowPlan, ...]:
        """The rows that do not simply stay."""
        return tuple(row for row in self.rows if row.verdict is not Verdict.SAME)


@dataclass(frozen=True)
class Plan:
    """What would become of the sheets of a part; ``notes`` are about the data as a whole."""

    sheets: tuple[SheetPlan, ...]
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """The digest of all that would be done and of all that stands in its way."""
        told = [[sheet.spec.code, *map(_told, sheet.told)] for sheet in self.sheets if sheet.told]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

    def count(self, verdict: Verdict) -> int:
        """Return how many rows have this verdict."""
        return sum(sheet.count(verdict) for sheet in self.sheets)

    @property
    def does_anything(self) -> bool:
        """True where something would be written."""
        return any(sheet.wanted for sheet in self.sheets)

    @property
    def proposals(self) -> list[tuple[SheetSpec, Sequence[Wanted]]]:
        """The changes in an order in which they can be made.

        Rows are taken away before those of earlier sheets on which they stand: the money of a
        project before the project.
        """
        return in_order((sheet.spec, sheet.wanted) for sheet in self.sheets)


def in_order(
    proposals: Iterable[tuple[SheetSpec, Sequence[Wanted]]],
) -> list[tuple[SheetSpec, Sequence[Wanted]]]:
    """Return removals from the last sheet to the first, then all else from the first to the last.

    Sheets are given in their order.
    """
    given = list(proposals)
    gone = [(spec, _of(wanted, removals=True)) for spec, wanted in reversed(given)]
    rest = [(spec, _of(wanted, removals=False)) for spec, wanted in given]
    return [(spec, wanted) for spec, wanted in chain(gone, rest) if wanted]


def _of(wanted: Sequence[Wanted], *, removals: bool) -> Sequence[Wanted]:
    return [each for each in wanted if isinstance(each, Removal) is removals]


def _told(row: RowPlan) -> list[object]:
    cells = [[each.field, each.verdict, each.before, each.after, each.was] for each in row.cells]
    return [row.key, row.verdict, row.message, cells]
