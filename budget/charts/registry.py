"""How a chart is declared: a function from a book and an edition to the shares that it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from budget.book import BudgetBook
from budget.charts.pie import pie
from budget.document import Chart, Slice
from budget.edition import Edition
from budget.money import ZERO, shares, written
from budget.registry import Registry

Share = tuple[str, str, Decimal]
"""Key, label and exact amount in yuan."""
Draw = Callable[[BudgetBook, Edition], Iterable[Share]]

CHARTS: Registry[Draw] = Registry("图")


def chart(code: str) -> Callable[[Draw], Draw]:
    """Declare a function as the source of a chart's shares."""

    def declare(draw: Draw) -> Draw:
        return CHARTS.add(code, draw)

    return declare


def drawn(code: str, title: str, book: BudgetBook, edition: Edition) -> Chart | None:
    """Return a chart, None where there is nothing to show.

    Only shares that print as more than zero can be drawn. Percentages are of the printed amounts.
    """
    unit = edition.text_unit
    listed = [
        (key, label, printed)
        for key, label, yuan in CHARTS[code](book, edition)
        if (printed := unit.printed(yuan)) > ZERO
    ]
    if not listed:
        return None
    rates = shares([printed for _, _, printed in listed])
    slices = tuple(
        Slice(
            key,
            label,
            printed,
            written(printed, grouped=False),
            rate,
            written(rate, grouped=False),
        )
        for (key, label, printed), rate in zip(listed, rates, strict=True)
    )
    description = _described(title, slices, unit.label)
    return Chart(code, title, unit.label, slices, description, pie(slices, unit.label, description))


def _described(title: str, slices: tuple[Slice, ...], unit: str) -> str:
    told = "；".join(
        f"{each.label}{each.amount_text}{unit}，占{each.share_text}%" for each in slices
    )
    return f"{title}：{told}。"
