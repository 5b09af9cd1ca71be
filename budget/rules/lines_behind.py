"""What the lines of a budget hold behind a printed amount, where print says something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from budget.money import YUAN
from budget.rules.finding import Finding, Side
from budget.rules.printed import Printed
from budget.rules.telling import side


def unlike_lines(answers: Iterable[Printed], held: Decimal, title: str) -> Iterator[Finding]:
    """Yield the printed amounts that are not what the lines hold, print's rounding apart."""
    for printed in answers:
        if abs(printed.yuan - held) > _half_unit(printed):
            yield Finding(
                (printed.address,),
                side(printed),
                Side(f"明细{title}", YUAN.text(held, grouped=True), "元"),
                advice="以明细为准更正",
            )


def _half_unit(printed: Printed) -> Decimal:
    """Return half of the last printed place in yuan; a figure of a book is rounded so."""
    number = Decimal(printed.text.replace(",", "") or 0)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(5).scaleb(exponent - 1 + (4 if printed.unit == "万元" else 0))
