"""What somebody wants changed in a sheet, and what is answered, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from budget.terms import Term

NEW = "new:"
"""How the key of a row begins that is not stored yet; what follows is the asker's own name."""
PENDING = "p"
"""How the key of a pending row begins."""


class Outcome(Term):
    """What became of a change."""

    SAVED = "saved", "已保存"
    SAME = "same", "无变化"
    REFUSED = "refused", "未保存"
    CONFLICT = "conflict", "冲突"


class Malformed(ValueError):
    """A request that no page of ours makes; the message says in Chinese what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: ``was`` is the text that the person saw, ``now`` what is wanted instead."""

    row: str
    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Removal:
    """A row to take away, with the texts that the person saw in it."""

    row: str
    was: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Restoral:
    """A row to bring back under the key that it had, with its texts."""

    row: str
    now: Mapping[str, str]


Wanted = Change | Removal | Restoral


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """What became of one cell. ``field`` is empty where it is about the row.

    ``shown`` is what now stands there, in the asker's unit; in a conflict ``theirs`` is what
    somebody else (``by``) put there in the meantime.
    """

    row: str
    field: str
    outcome: Outcome
    shown: str = ""
    message: str = ""
    theirs: str = ""
    by: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it as it is sent."""
        told = {"row": self.row, "field": self.field, "outcome": self.outcome.value}
        for name in ("shown", "message", "theirs", "by"):
            value = getattr(self, name)
            if value or (name == "shown" and self.outcome is not Outcome.REFUSED):
                told[name] = value
        return told


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of all that was asked of one sheet.

    ``rows`` gives new keys for old ones: a new row was stored, a pending one became whole.
    ``totals`` are the sheet's, by column.
    """

    sheet: str
    cells: tuple[CellAnswer, ...]
    rows: Mapping[str, str] = field(default_factory=dict)
    totals: Mapping[str, str] = field(default_factory=dict)
    revision: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return it as it is sent and kept."""
        return {
            "sheet": self.sheet,
            "cells": [cell.as_json() for cell in self.cells],
            "rows": dict(self.rows),
            "totals": dict(self.totals),
            "revision": self.revision,
        }

    def count(self, outcome: Outcome) -> int:
        """Return how many cells had this outcome."""
        return sum(cell.outcome is outcome for cell in self.cells)
