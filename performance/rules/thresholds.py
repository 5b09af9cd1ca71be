"""限值: the numbers of goals that an edition or a bureau may set."""

from __future__ import annotations

from typing import Final

from budget.money import ZERO
from budget.rules.thresholds import threshold

GOAL_POINTS: Final = threshold(
    "goal_points",
    "绩效指标分值合计",
    "分",
    ZERO,
    "PRF006",
    "PRF007",
    zero="90分或100分均可",
)
