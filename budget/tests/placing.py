"""Where one line of the ledger must be printed: the definition of tables 1 to 8, line by line.

This is the second opinion on the tables. It asks nothing of the ledger, of measures or of the
tables: it looks at one line and says which cells it belongs to (domain §3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from budget.lines import Line
from budget.terms import Allotment, Nature, Source, Upkeep

SUMMARY_REVENUE: Final = {
    Source.GENERAL_PUBLIC: "appropriation",
    Source.GOVERNMENT_FUND: "appropriation",
    Source.STATE_CAPITAL: "appropriation",
    Source.SPECIAL_ACCOUNT: "special_account_revenue",
    Source.BUSINESS: "business_revenue",
    Source.GRANTS_FROM_SUPERIOR: "grants_from_superior",
    Source.OTHER: "other_revenue_with_remittances",
    Source.REMITTANCES_FROM_AFFILIATES: "other_revenue_with_remittances",
    Source.PUBLIC_SERVICE: "public_service_revenue",
}
SUMMARY_SPENDING: Final = {
    Nature.BASIC: "basic_spending",
    Nature.PROJECT: "project_spending",
    Nature.BUSINESS: "business_spending",
    Nature.GRANTS_TO_AFFILIATES: "grants_to_affiliates",
    Nature.REMITTANCE_TO_SUPERIOR: "remittance_to_superior",
    Nature.SURPLUS_DISTRIBUTION: "surplus_distribution",
    Nature.CARRYOVER_OUT: "carryover_out",
}
SPENDING_COLUMN: Final = {
    Nature.BASIC: "basic",
    Nature.PROJECT: "project",
    Nature.BUSINESS: "business",
    Nature.GRANTS_TO_AFFILIATES: "grants_to_affiliates",
    Nature.REMITTANCE_TO_SUPERIOR: "remittance_to_superior",
}
FUNDS: Final = {
    Source.GENERAL_PUBLIC: "general_public",
    Source.GOVERNMENT_FUND: "government_fund",
    Source.STATE_CAPITAL: "state_capital",
}
THREE_PUBLICS: Final = {
    "30217": ("hospitality",),
    "30212": ("overseas_visits",),
    "31013": ("vehicles", "vehicle_purchase"),
    "30913": ("vehicles", "vehicle_purchase"),
    "30231": ("vehicles", "vehicle_running"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A line as a book of these units sees it."""

    line: Line
    units: frozenset[str]

    @property
    def earned(self) -> bool:
        """The money comes from outside the book's units."""
        return self.line.received_from not in self.units

    @property
    def spent(self) -> bool:
        """The money goes outside the book's units."""
        return self.line.paid_to not in self.units

    @property
    def spent_this_year(self) -> bool:
        """It is spending, not 结余分配 or 结转下年."""
        return self.spent and self.line.nature in SPENDING_COLUMN


def places(line: Line, units: frozenset[str]) -> frozenset[str]:
    """Return the addresses of all cells of tables 1 to 8 that a line adds to."""
    seen = Seen(line, units)
    found = [
        *_summary(seen),
        *_revenue(seen),
        *_spending(seen),
        *_appropriation_summary(seen),
        *_of_fund(seen, Source.GENERAL_PUBLIC, "general-public-spending"),
        *_general_public_basic(seen),
        *_three_publics(seen),
        *_of_fund(seen, Source.GOVERNMENT_FUND, "government-fund-spending"),
    ]
    assert len(set(found)) == len(found)
    return frozenset(found)


def _rows(code: str) -> tuple[str, ...]:
    """合计, and the code with all above it: 3, 5 and 7 digits."""
    return ("total", *(code[:length] for length in (3, 5, 7) if len(code) >= length))


def _summary(seen: Seen) -> Iterator[str]:
    line = seen.line
    if seen.earned:
        yield "summary/revenue_total/revenue"
        if line.carried_over:
            yield "summary/carryover_in/revenue"
        else:
            yield "summary/current_revenue/revenue"
            yield f"summary/{SUMMARY_REVENUE[line.source]}/revenue"
    if seen.spent:
        yield "summary/spending_total/spending"
        yield f"summary/{SUMMARY_SPENDING[line.nature]}/spending"
    if seen.spent_this_year:
        yield "summary/current_spending/spending"


def _revenue(seen: Seen) -> Iterator[str]:
    line = seen.line
    if not seen.earned:
        return
    columns = ["total"]
    if line.carried_over:
        columns.append("carryover_in")
    else:
        columns.append(SUMMARY_REVENUE[line.source])
        if line.source in FUNDS and line.allotment is Allotment.REGULAR:
            columns.append("regular_appropriation")
    for row in _rows(line.function):
        for column in columns:
            yield f"revenue/{row}/{column}"


def _spending(seen: Seen) -> Iterator[str]:
    if seen.spent_this_year:
        for row in _rows(seen.line.function):
            yield f"spending/{row}/total"
            yield f"spending/{row}/{SPENDING_COLUMN[seen.line.nature]}"


def _appropriation_summary(seen: Seen) -> Iterator[str]:
    line = seen.line
    if line.source not in FUNDS:
        return
    fund = FUNDS[line.source]
    income = "carryover_in" if line.carried_over else f"{fund}_appropriation"
    yield f"appropriation-summary/{income}/revenue"
    yield "appropriation-summary/appropriation_resources/revenue"
    if not line.carried_over:
        yield "appropriation-summary/current_appropriation/revenue"
    uses = ["appropriation_uses"]
    if line.nature is Nature.CARRYOVER_OUT:
        uses.append("carryover_out")
    else:
        uses += ["current_uses", line.function[:3]]
    for row in uses:
        yield f"appropriation-summary/{row}/total"
        yield f"appropriation-summary/{row}/{fund}"


def _of_fund(seen: Seen, source: Source, table: str) -> Iterator[str]:
    line = seen.line
    if line.source is source and seen.spent_this_year:
        for row in _rows(line.function):
            yield f"{table}/{row}/total"
            yield f"{table}/{row}/{SPENDING_COLUMN[line.nature]}"


def _general_public_basic(seen: Seen) -> Iterator[str]:
    line = seen.line
    if line.source is Source.GENERAL_PUBLIC and line.nature is Nature.BASIC:
        assert line.economic is not None
        column = "personnel" if line.upkeep is Upkeep.PERSONNEL else "operating"
        for row in _rows(line.economic):
            yield f"general-public-basic/{row}/total"
            yield f"general-public-basic/{row}/{column}"


def _three_publics(seen: Seen) -> Iterator[str]:
    line = seen.line
    items = THREE_PUBLICS.get(line.economic or "")
    if items and line.source is Source.GENERAL_PUBLIC and seen.spent_this_year:
        for row in ("total", line.unit):
            for column in ("total", *items):
                yield f"three-publics/{row}/{column}"
