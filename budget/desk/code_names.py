"""Names of all codes as of a day, and the government code that a departmental one becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from budget.models import EconomicCode, EconomicMapping, FunctionCode, valid_on
from budget.terms import AGENCY_TYPES, CodeScheme, UnitScope, UnitType

Known = Mapping[str, list[Any]]
"""What is kept of each code; its name comes first."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of each list, and the mapping by departmental code and kind of unit."""

    function: Known
    economic: Known
    government: Known
    mapped: Mapping[tuple[str, str], tuple[str, ...]]

    def government_of(self, code: str | None, type: UnitType) -> tuple[str, ...]:
        """Return the government codes of a 款, else of its 类; () where the mapping has none."""
        agency = type in AGENCY_TYPES
        scope = UnitScope.AGENCY if agency else UnitScope.PUBLIC_SERVICE
        for each in (code, code[:3]) if code else ():
            for of in (scope, UnitScope.ANY):
                if (each, of.value) in self.mapped:
                    return self.mapped[each, of.value]
        return ()


def read_names(on: date) -> Names:
    """Return the names as of a day, in four queries."""
    economic = EconomicCode.objects
    return Names(
        function=valid_on(FunctionCode.objects.all(), on, "name"),
        economic=valid_on(economic.filter(scheme=CodeScheme.DEPARTMENT_ECONOMIC), on, "name"),
        government=valid_on(economic.filter(scheme=CodeScheme.GOVERNMENT_ECONOMIC), on, "name"),
        mapped=_mapped(),
    )


def name_in(known: Known, code: str) -> str:
    """Return a code's name, "" where the list has none."""
    return str(known[code][0]) if code in known else ""


def _mapped() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    stored = EconomicMapping.objects.filter(is_active=True).order_by("government_code")
    for own, government, scope in stored.values_list(
        "department_code", "government_code", "unit_scope"
    ):
        key = (own, str(scope))
        found[key] = (*found.get(key, ()), government)
    return found
