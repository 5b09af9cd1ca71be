"""What both tables of goals share: rows of indicators beside tall merged labels."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from budget.document import Loss
from budget.tables.spec import Value
from performance.goals import Indicator, OverallGoal, ProjectGoal


def indicator_values(indicator: Indicator) -> Mapping[str, Value]:
    """Return the cells of an indicator by column key, as printed."""
    return {
        "dimension": indicator.dimension.label,
        "aspect": indicator.aspect.label,
        "indicator": indicator.name,
        "target": indicator.target,
        "explanation": indicator.explanation,
        "scoring": indicator.scoring,
        "measure": indicator.measure,
        "comparison": indicator.comparison.label if indicator.comparison else "",
        "weight": printed_points(indicator.weight),
    }


def indicator_losses(indicator: Indicator) -> Mapping[str, Loss]:
    """Return by column key which texts of an indicator a conversion damaged."""
    columns = ("indicator" if name == "name" else name for name in indicator.damaged)
    return dict.fromkeys(columns, Loss.TEXT)


def goal_losses(goal: ProjectGoal | OverallGoal | None) -> Mapping[str, Loss]:
    """Return by column key what a conversion lost of a goal: its text, or rows of indicators."""
    lost = {"goal": ("goal", Loss.TEXT), "indicators": ("name", Loss.ROWS)}
    return dict(lost[name] for name in (goal.damaged if goal else ()) if name in lost)


def printed_points(points: Decimal | None) -> Decimal | None:
    """Return 分值 without zeros at its end: 20 however many decimals storage gave it.

    >>> printed_points(Decimal("20.00")), printed_points(Decimal("2.50"))
    (Decimal('20'), Decimal('2.5'))
    """
    return None if points is None else Decimal(f"{points.normalize():f}")


def indicator_merges(block: str, indicators: tuple[Indicator, ...], place: int) -> dict[str, str]:
    """Return the runs that an indicator's 一级 and 二级 labels belong to.

    Neighbours of one 一级, and within it of one 二级, share a label; the same label further down
    in a block starts a run of its own.
    """
    dimension = _run_start(indicators, place, ("dimension",))
    aspect = _run_start(indicators, place, ("dimension", "aspect"))
    return {"dimension": f"{block}/{dimension}", "aspect": f"{block}/{aspect}"}


def _run_start(indicators: tuple[Indicator, ...], place: int, fields: tuple[str, ...]) -> int:
    wanted = [getattr(indicators[place], name) for name in fields]
    start = place
    while start and [getattr(indicators[start - 1], name) for name in fields] == wanted:
        start -= 1
    return start
