"""How a figure is declared, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from budget.registry import Registry


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the report. ``reach`` and ``aim`` are what should be reached, in words.

    ``value`` is what ``limits`` (reach, aim) are compared with, None where it is only shown.
    """

    what: str
    shown: str
    value: float | None = None
    limits: tuple[float, float] | None = None
    unit: str = ""

    @property
    def verdict(self) -> str:
        """Say whether the value is within aim, within reach or neither."""
        if self.value is None or self.limits is None:
            return ""
        reach, aim = self.limits
        if self.value <= aim:
            return "aim"
        return "reach" if self.value <= reach else "MISSED"

    @property
    def wanted(self) -> tuple[str, str]:
        """Return what should be reached and what is aimed for, as printed."""
        if self.limits is None:
            return ("", "")
        reach, aim = self.limits
        return (f"{reach:g}{self.unit}", f"{aim:g}{self.unit}")


Measure = Callable[[int], Iterable[Result]]
"""Measures in so many rounds."""

FIGURES: Registry[Measure] = Registry("figure")


def measures(name: str) -> Callable[[Measure], Measure]:
    """Declare a function that measures something, under the name that --only takes."""

    def declare(measure: Measure) -> Measure:
        return FIGURES.add(name, measure)

    return declare
