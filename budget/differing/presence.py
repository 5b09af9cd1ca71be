"""An amount before and after: the difference, the percentage, and on which side it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from budget.money import ZERO, percent
from budget.terms import Term


class Presence(Term):
    """On which side of a comparison something stands."""

    CHANGED = "changed", "改动"
    ADDED = "added", "新增"
    GONE = "gone", "取消"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Two amounts of yuan; None where there was nothing to state one."""

    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal:
        """After minus before, in yuan; what is not there counts nothing."""
        return (self.after or ZERO) - (self.before or ZERO)

    @property
    def percent(self) -> Decimal | None:
        """The difference in percent of what was before, two places; None where that is nothing.

        It is taken of the size of a negative amount, so that the sign is that of the difference.
        """
        return percent(self.difference, abs(self.before)) if self.before else None

    @property
    def presence(self) -> Presence:
        """Whether there is an amount on both sides."""
        if not self.before:
            return Presence.ADDED
        return Presence.CHANGED if self.after else Presence.GONE
