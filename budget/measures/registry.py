"""How a measure is declared and asked.

A measure is a quantity that is spoken of in more than one place. It has one name, in cells,
sentences, last year's figures, ceilings, rules and the API alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from budget.book import BudgetBook
from budget.ledger import Where
from budget.registry import Registry
from budget.tally import Tally


@dataclass(frozen=True, slots=True)
class Measure:
    """A named quantity of a book, in yuan.

    It is the answer to a question of the ledger (``where``) or of a register (``counted``).
    """

    code: str
    title: str
    where: Where | None = None
    counted: Tally | None = None

    def amount(self, book: BudgetBook) -> Decimal:
        """Return the exact amount in yuan; zero when there is nothing."""
        if self.where is not None:
            return book.ledger.amount(self.where)
        assert self.counted is not None, self.code
        return self.counted.amount(book)


MEASURES: Registry[Measure] = Registry("指标")


def measure(code: str, title: str, where: Where) -> Measure:
    """Declare the answer to a question as a measure."""
    return MEASURES.add(code, Measure(code, title, where=where))


def counted(code: str, title: str, count: Tally) -> Measure:
    """Declare an amount that a register of the book states."""
    return MEASURES.add(code, Measure(code, title, counted=count))
