"""How much of the stored budgets stands on a code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from budget.models import ProcurementItem, SpendingLine
from budget.terms import CodeScheme

COLUMNS: Final[dict[CodeScheme, tuple[tuple[Any, str], ...]]] = {
    CodeScheme.FUNCTION: ((SpendingLine, "function"),),
    CodeScheme.DEPARTMENT_ECONOMIC: ((SpendingLine, "economic"), (ProcurementItem, "economic")),
    CodeScheme.GOVERNMENT_ECONOMIC: (),  # nobody types these: they follow from the others
}


@dataclass(frozen=True, slots=True)
class Use:
    """How many lines of how many departments' budgets of a year name a code."""

    year: int
    lines: int
    departments: int


def uses(scheme: CodeScheme, year: int, codes: Collection[str]) -> dict[str, tuple[Use, ...]]:
    """Return the uses of codes in a year's budgets, the year's before and later ones.

    Two queries at most, whatever the codes.
    """
    found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for code, at, department in _named(scheme, year - 1, codes):
        found[code][at].append(department)
    return {
        code: tuple(
            Use(at, len(lines), len(set(lines)))
            for at, lines in sorted(years.items(), reverse=True)
        )
        for code, years in found.items()
    }


def _named(
    scheme: CodeScheme, since: int, codes: Collection[str]
) -> Iterator[tuple[str, int, str]]:
    """Yield code, year and department for each line that names one of the codes."""
    for model, column in COLUMNS[scheme]:
        rows = model.objects.filter(budget__year__gte=since, **{f"{column}__in": sorted(codes)})
        yield from rows.values_list(column, "budget__year_id", "budget__department_id")
