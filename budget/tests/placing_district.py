"""Where one line must be printed in the forms that a district uses, line by line.

The second opinion on those tables, as placing.py is on the eight others. Lines are plain: basic or
project spending of this year that faces no other unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from budget.lines import Line
from budget.terms import AGENCY_TYPES, Source, UnitType, Upkeep

SUMMARY_REVENUE: Final = {
    Source.GENERAL_PUBLIC: ("appropriation", "general_public_appropriation"),
    Source.GOVERNMENT_FUND: ("appropriation", "government_fund_appropriation"),
    Source.STATE_CAPITAL: ("appropriation", "state_capital_appropriation"),
    Source.SPECIAL_ACCOUNT: ("all_public_service_revenue",),
    Source.PUBLIC_SERVICE: ("all_public_service_revenue",),
    Source.BUSINESS: ("business_revenue",),
    Source.GRANTS_FROM_SUPERIOR: ("all_other_revenue",),
    Source.REMITTANCES_FROM_AFFILIATES: ("all_other_revenue",),
    Source.OTHER: ("all_other_revenue",),
}
REVENUE_COLUMN: Final = {
    "appropriation": "appropriation",
    "all_public_service_revenue": "public_service",
    "business_revenue": "business",
    "all_other_revenue": "other",
}
FUNDS: Final = {
    Source.GENERAL_PUBLIC: ("general_public", "general-public-spending"),
    Source.GOVERNMENT_FUND: ("government_fund", "government-fund-spending"),
    Source.STATE_CAPITAL: ("state_capital", "state-capital-spending"),
}
THREE_PUBLICS: Final = {
    "30217": ("hospitality",),
    "30212": ("overseas_visits",),
    "31013": ("vehicles", "vehicle_purchase"),
    "30913": ("vehicles", "vehicle_purchase"),
    "30231": ("vehicles", "vehicle_running"),
}


def places(line: Line, unit_type: UnitType) -> frozenset[str]:
    """Return the addresses of all cells of the nine tables that a line adds to."""
    found = [
        *_accounts(line),
        *_by_function(line),
        *_appropriated(line),
        *_general_public(line, unit_type),
    ]
    assert len(set(found)) == len(found)
    return frozenset(found)


def _rows(code: str) -> tuple[str, ...]:
    """合计, and the code with all above it: 3, 5 and 7 digits."""
    return ("total", *(code[:length] for length in (3, 5, 7) if len(code) >= length))


def _accounts(line: Line) -> Iterator[str]:
    table = "accounts-by-function"
    for row in ("revenue_total", *SUMMARY_REVENUE[line.source]):
        yield f"{table}/{row}/revenue"
    for row in ("spending_total", line.function[:3]):
        yield f"{table}/{row}/spending"


def _by_function(line: Line) -> Iterator[str]:
    source = REVENUE_COLUMN[SUMMARY_REVENUE[line.source][0]]
    for row in _rows(line.function):
        yield from (f"revenue-by-source/{row}/{column}" for column in ("total", source))
        yield from (f"spending-by-nature/{row}/{column}" for column in ("total", line.nature))


def _appropriated(line: Line) -> Iterator[str]:
    if line.source not in FUNDS:
        return
    fund, table = FUNDS[line.source]
    for row in ("appropriation_resources", f"{fund}_appropriation"):
        yield f"appropriation-accounts/{row}/revenue"
    for row in ("appropriation_uses", line.function[:3]):
        yield from (f"appropriation-accounts/{row}/{column}" for column in ("total", fund))
    for row in _rows(line.function):
        yield from (f"{table}/{row}/{column}" for column in ("total", line.nature))


def _general_public(line: Line, unit_type: UnitType) -> Iterator[str]:
    if line.source is not Source.GENERAL_PUBLIC:
        return
    if line.upkeep is not None:
        column = "personnel" if line.upkeep is Upkeep.PERSONNEL else "operating"
        for row in _rows(line.economic or ""):
            yield from (
                f"general-public-basic-by-section/{row}/{each}" for each in ("total", column)
            )
    items = THREE_PUBLICS.get(line.economic or "", ())
    columns = [*(("total", *items) if items else ())]
    if line.upkeep is Upkeep.OPERATING and unit_type in AGENCY_TYPES:
        columns.append("agency_operating_costs")
    yield from (f"three-publics-and-agency-costs/document/{column}" for column in columns)
