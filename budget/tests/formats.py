"""The formats whose tables are held against identities: which of their tables says what.

One form may print a fact in a table of another name than the next one does; the identities of
domain §4.1 are stated once, in the words of this page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.tests.expected import BUDGET_TABLES
from budget.tests.strategies import HUNDRED_YUAN, books


@dataclass(frozen=True, kw_only=True)
class Format:
    """An edition as the identities see it.

    ``plain`` says that it shows basic and project spending of this year only. ``summary``,
    ``revenue``, ``spending``, ``accounts``, ``basic`` and ``three_publics`` are the tables of all
    money, of income, of spending, of appropriations, of basic spending and of “三公”. ``funds`` are
    the tables of single funds. ``sources`` are the columns of income that add up, under the names
    that the summary's rows have. ``natures`` are columns of spending. ``all_appropriated`` is the
    row of accounts that holds this year's income, ``all_used`` that of what is spent, and
    ``total_line`` the row of “三公” for the whole.
    """

    edition: str
    tables: tuple[str, ...]
    summary: str
    revenue: str
    spending: str
    accounts: str
    basic: str
    three_publics: str
    funds: Mapping[str, str]
    sources: Mapping[str, str]
    natures: tuple[str, ...]
    all_appropriated: str
    all_used: str
    total_line: str = "total"
    plain: bool = False

    def __str__(self) -> str:
        return self.edition

    @property
    def trees(self) -> tuple[str, ...]:
        """The tables whose rows follow a classification."""
        return (self.revenue, self.spending, *self.funds, self.basic)

    def books(
        self, *, grain: Decimal = HUNDRED_YUAN, fewest_units: int = 1, most_lines: int = 12
    ) -> st.SearchStrategy[BudgetBook]:
        """Random books that the format can show."""
        return books(
            grain=grain, fewest_units=fewest_units, most_lines=most_lines, plain=self.plain
        )


NATURES: Final = (
    *("basic", "project", "business", "grants_to_affiliates", "remittance_to_superior"),
)
SEVEN_SOURCES: Final = (
    "appropriation",
    "special_account_revenue",
    "business_revenue",
    "grants_from_superior",
    "other_revenue_with_remittances",
    "public_service_revenue",
    "carryover_in",
)


def _eight_tables(edition: str) -> Format:
    return Format(
        edition=edition,
        tables=BUDGET_TABLES,
        summary="summary",
        revenue="revenue",
        spending="spending",
        accounts="appropriation-summary",
        basic="general-public-basic",
        three_publics="three-publics",
        funds={
            "general-public-spending": "general_public",
            "government-fund-spending": "government_fund",
        },
        sources={code: code for code in SEVEN_SOURCES},
        natures=NATURES,
        all_appropriated="current_appropriation",
        all_used="current_uses",
    )


CITY: Final = _eight_tables("changsha-2023")
NATIONAL: Final = _eight_tables("national-2016")
DISTRICT: Final = Format(
    edition="shanghai-district-2026",
    tables=(
        "accounts-by-function",
        "revenue-by-source",
        "spending-by-nature",
        "appropriation-accounts",
        "general-public-spending",
        "government-fund-spending",
        "state-capital-spending",
        "general-public-basic-by-section",
        "three-publics-and-agency-costs",
    ),
    summary="accounts-by-function",
    revenue="revenue-by-source",
    spending="spending-by-nature",
    accounts="appropriation-accounts",
    basic="general-public-basic-by-section",
    three_publics="three-publics-and-agency-costs",
    funds={
        "general-public-spending": "general_public",
        "government-fund-spending": "government_fund",
        "state-capital-spending": "state_capital",
    },
    sources={
        "appropriation": "appropriation",
        "public_service": "all_public_service_revenue",
        "business": "business_revenue",
        "other": "all_other_revenue",
    },
    natures=("basic", "project"),
    all_appropriated="appropriation_resources",
    all_used="appropriation_uses",
    total_line="document",
    plain=True,
)
WITH_CARRYOVER: Final = (CITY, NATIONAL)
FORMATS: Final = (CITY, NATIONAL, DISTRICT)
