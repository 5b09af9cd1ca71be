"""What registers answer: which rows, and what of them is added up.

``Where`` is the question that the ledger answers (budget/ledger.py); a ``Tally`` is that of a
register: of meetings, purchases, vehicles, last year's execution. Being data, it gives the amount
and, to whom asks, the rows behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budget.money import total


@dataclass(frozen=True, slots=True)
class Tally:
    """Which rows of a book's ``register``, and the ``fields`` whose sum it is.

    Without fields rows are counted. ``allowed`` names, by field, the values that a row may have.
    """

    register: str
    fields: tuple[str, ...]
    allowed: tuple[tuple[str, frozenset[object]], ...]

    def rows(self, book: object) -> Iterator[Any]:
        """Yield the rows of the book's register that are meant, in their order."""
        for row in getattr(book, self.register):
            if all(getattr(row, name) in values for name, values in self.allowed):
                yield row

    def of(self, row: Any) -> Decimal:
        """Return what one row adds: yuan, or a number of things."""
        if not self.fields:
            return Decimal(1)
        return total(Decimal(getattr(row, name)) for name in self.fields)

    def amount(self, book: object) -> Decimal:
        """Return the sum over all rows that are meant, exactly."""
        return total(map(self.of, self.rows(book)))


def tally(register: str, *fields: str, **allowed: object) -> Tally:
    """Return the question for rows with these values; a set or tuple names alternatives.

    >>> tally("events", "basic", kind="meeting").allowed
    (('kind', frozenset({'meeting'})),)
    """
    pairs = []
    for name, value in sorted(allowed.items()):
        values = value if isinstance(value, (frozenset, set, tuple)) else (value,)
        pairs.append((name, frozenset(values)))
    return Tally(register, fields, tuple(pairs))
