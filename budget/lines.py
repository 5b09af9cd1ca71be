"""One line of the ledger: a use of money together with what finances it (architecture §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from budget.terms import Allotment, Nature, Source, Upkeep

SPARSE: Final[Mapping[str, bool]] = {"sparse": True}
"""Marks a field that hardly any value has: canonical content holds it only where it says more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A use of money of one unit and the source that finances it.

    ``amount`` is in yuan. ``function`` is a 项 (or a 款 that has no 项), ``economic`` a 款 of the
    departmental economic classification, None where the budget does not say. ``upkeep`` is set on
    basic lines only, ``project`` (a project code) on project lines only. ``paid_to`` and
    ``received_from`` are unit codes: the other side of a transfer between units of one department,
    by which such transfers are eliminated. A line is identified by (unit, sequence). Where the
    bureau let another amount stand than was asked for, ``requested`` is the one asked for (申报数).
    """

    unit: str
    sequence: int
    nature: Nature
    function: str
    source: Source
    amount: Decimal
    upkeep: Upkeep | None = None
    project: str | None = None
    economic: str | None = None
    carried_over: bool = False
    allotment: Allotment | None = None
    paid_to: str | None = None
    received_from: str | None = None
    requested: Decimal | None = field(default=None, metadata=SPARSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevenueEstimate:
    """What a unit expects to come in from one source, in yuan: what financing is checked against.

    For appropriations it is the 控制数 or the 批复; for own funds and 上年结转 it is typed.
    ``requested`` is as in a line.
    """

    unit: str
    source: Source
    amount: Decimal
    carried_over: bool = False
    requested: Decimal | None = field(default=None, metadata=SPARSE)
