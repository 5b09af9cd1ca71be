"""What of government procurement is reserved for small and medium firms."""

from __future__ import annotations

from typing import Final

from budget.measures.registry import counted
from budget.tally import tally

PROCUREMENT_RESERVED: Final = counted(
    "procurement_reserved",
    "面向中小企业预留的采购预算",
    tally("procurement", "reserved"),
)
PROCUREMENT_RESERVED_SMALL: Final = counted(
    "procurement_reserved_small",
    "预留给小型和微型企业的采购预算",
    tally("procurement", "reserved_small"),
)
