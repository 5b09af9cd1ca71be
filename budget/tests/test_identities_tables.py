"""What adds up within tables and between them, in every book and every format (domain §4.1).

Each statement is held against exact amounts of books in 分, and against printed figures of books
in multiples of 100 元, where print loses nothing. C01 to C16 and C35 to C44, as far as a format has
the tables; appropriations and notes have files of their own.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.codes import parent
from budget.money import total
from budget.terms import Nature, Upkeep
from budget.tests.drawn_views import (
    FUNDS,
    a_view,
    categories_of,
    in_every_format,
    summed,
    summed_columns,
    with_carryover,
    with_total,
)
from budget.tests.formats import DISTRICT, Format
from budget.tests.strategies import FEN
from budget.tests.viewing import View

pytestmark = pytest.mark.long

CURRENT_REVENUE = (
    "appropriation",
    "special_account_revenue",
    "business_revenue",
    "grants_from_superior",
    "other_revenue_with_remittances",
    "public_service_revenue",
)
SPENDING_ROWS = {
    "basic": "basic_spending",
    "project": "project_spending",
    "business": "business_spending",
    "grants_to_affiliates": "grants_to_affiliates",
    "remittance_to_superior": "remittance_to_superior",
}


@with_carryover
@given(data=st.data())
def test_the_summary_balances(form: Format, data: st.DataObject) -> None:
    # C01 to C05
    view = a_view(form, data)
    revenue, spending = "summary/{}/revenue", "summary/{}/spending"
    current = view(revenue.format("current_revenue"))
    assert current == summed(view, "summary", CURRENT_REVENUE, "revenue")
    assert view(revenue.format("revenue_total")) == current + view(revenue.format("carryover_in"))
    used = view(spending.format("current_spending"))
    assert used == summed(view, "summary", SPENDING_ROWS.values(), "spending")
    closing = summed(view, "summary", ("surplus_distribution", "carryover_out"), "spending")
    assert view(spending.format("spending_total")) == used + closing
    assert view(revenue.format("revenue_total")) == view(spending.format("spending_total"))


@given(data=st.data())
def test_accounts_by_function_balance(data: st.DataObject) -> None:
    # C02, C04, C05, where nothing is carried over; income in ranks, spending by 类
    view, table = a_view(DISTRICT, data), DISTRICT.summary
    funds = [f"{fund}_appropriation" for fund in FUNDS]
    assert view(f"{table}/appropriation/revenue") == summed(view, table, funds, "revenue")
    income = summed(view, table, DISTRICT.sources.values(), "revenue")
    assert view(f"{table}/revenue_total/revenue") == income
    uses = summed(view, table, categories_of(view, table), "spending")
    assert view(f"{table}/spending_total/spending") == uses
    assert income == uses


@given(data=st.data())
def test_a_units_accounts_split_its_spending(data: st.DataObject) -> None:
    # The columns of the unit's form: people, running, projects; and each row of spending-by-nature
    book = data.draw(DISTRICT.books(grain=FEN))
    view = View(book.seen_by(book.units[0].code), DISTRICT)
    table = "accounts-by-function-of-unit"
    for row in (*categories_of(view, table), "spending_total"):
        parts = [view(f"{table}/{row}/{each}") for each in ("personnel", "operating", "project")]
        assert view(f"{table}/{row}/total") == total(parts)
        same = f"spending-by-nature/{'total' if row == 'spending_total' else row}"
        assert parts[0] + parts[1] == view(f"{same}/basic")
        assert parts[2] == view(f"{same}/project")


@in_every_format
@given(data=st.data())
def test_no_figure_is_below_zero(form: Format, data: st.DataObject) -> None:
    # C06
    view = a_view(form, data)
    assert all(view.amount(cell) >= 0 for cell in view.money_cells())


@in_every_format
@given(data=st.data())
def test_revenue_adds_up_across_and_is_the_summarys(form: Format, data: st.DataObject) -> None:
    # C07, C10, C11
    view = a_view(form, data)
    for row in with_total(view, form.revenue):
        parts = [view(f"{form.revenue}/{row}/{column}") for column in form.sources]
        assert view(f"{form.revenue}/{row}/total") == total(parts)
    for column, row in form.sources.items():
        assert view(f"{form.revenue}/total/{column}") == view(f"{form.summary}/{row}/revenue")
    whole = view(f"{form.summary}/revenue_total/revenue")
    assert view(f"{form.revenue}/total/total") == whole


@with_carryover
@given(data=st.data())
def test_regular_appropriation_is_a_part_of_appropriation(
    form: Format, data: st.DataObject
) -> None:
    # C08
    view = a_view(form, data)
    for row in with_total(view, "revenue"):
        regular = view(f"revenue/{row}/regular_appropriation")
        assert regular <= view(f"revenue/{row}/appropriation")


@in_every_format
@given(data=st.data())
def test_spending_adds_up_across(form: Format, data: st.DataObject) -> None:
    # C12
    view = a_view(form, data)
    for row in with_total(view, form.spending):
        parts = [view(f"{form.spending}/{row}/{column}") for column in form.natures]
        assert view(f"{form.spending}/{row}/total") == total(parts)


@with_carryover
@given(data=st.data())
def test_spending_by_nature_is_the_summarys(form: Format, data: st.DataObject) -> None:
    # C14, C15
    view = a_view(form, data)
    for column, key in SPENDING_ROWS.items():
        assert view(f"spending/total/{column}") == view(f"summary/{key}/spending")
    assert view("spending/total/total") == view("summary/current_spending/spending")


@given(data=st.data())
def test_spending_by_category_is_that_of_the_accounts(data: st.DataObject) -> None:
    # C15, and each 类
    view, accounts = a_view(DISTRICT, data), DISTRICT.summary
    spending = DISTRICT.spending
    assert view(f"{spending}/total/total") == view(f"{accounts}/spending_total/spending")
    by_category = [row for row in view.rows(spending) if len(row) == 3]
    assert categories_of(view, accounts) == by_category
    for row in by_category:
        assert view(f"{accounts}/{row}/spending") == view(f"{spending}/{row}/total")


@in_every_format
@given(data=st.data())
def test_every_level_is_the_sum_of_the_level_below(form: Format, data: st.DataObject) -> None:
    # C09, C13, C29, C35
    view = a_view(form, data)
    for table in form.trees:
        rows = view.rows(table)
        for row in {parent(row) or "total" for row in rows}:
            below = [each for each in rows if (parent(each) or "total") == row]
            for column in view.columns(table):
                assert view(f"{table}/{row}/{column}") == summed(view, table, below, column)


def spent_in_full(book: BudgetBook) -> BudgetBook:
    """Return the book with what closes its accounts spent on running costs instead."""
    spend = {"nature": Nature.BASIC, "upkeep": Upkeep.OPERATING, "economic": "30201"}
    lines = (
        line if line.nature.is_spending else replace(line, **spend)  # type: ignore[arg-type]
        for line in book.lines
    )
    return replace(book, lines=tuple(lines))


@in_every_format
@given(data=st.data())
def test_revenue_and_spending_meet_at_every_function_item(
    form: Format, data: st.DataObject
) -> None:
    # C16: the same 项 with the same amounts, when nothing closes the account
    view = View(spent_in_full(data.draw(form.books(grain=FEN))), form)
    assert view.rows(form.revenue) == view.rows(form.spending)
    for row in with_total(view, form.revenue):
        assert view(f"{form.revenue}/{row}/total") == view(f"{form.spending}/{row}/total")


@in_every_format
@given(data=st.data())
def test_basic_spending_by_economic_class_is_that_of_the_general_public_budget(
    form: Format, data: st.DataObject
) -> None:
    # C35, C36
    view = a_view(form, data)
    for row in with_total(view, form.basic):
        parts = view(f"{form.basic}/{row}/personnel") + view(f"{form.basic}/{row}/operating")
        assert view(f"{form.basic}/{row}/total") == parts
    assert view(f"{form.basic}/total/total") == view("general-public-spending/total/basic")


@in_every_format
@given(data=st.data())
def test_three_publics_add_up_and_hold_what_basic_spending_has(
    form: Format, data: st.DataObject
) -> None:
    # C42, C44
    view, table = a_view(form, data), form.three_publics
    for row in dict.fromkeys((form.total_line, *view.rows(table))):
        vehicles = view(f"{table}/{row}/vehicle_purchase") + view(f"{table}/{row}/vehicle_running")
        assert view(f"{table}/{row}/vehicles") == vehicles
        parts = ("hospitality", "overseas_visits", "vehicles")
        assert view(f"{table}/{row}/total") == summed_columns(view, f"{table}/{row}", parts)
    for column, codes in (
        ("hospitality", ("30217",)),
        ("overseas_visits", ("30212",)),
        ("vehicle_running", ("30231",)),
        ("vehicle_purchase", ("31013", "30913")),
    ):
        basic = summed(view, form.basic, codes, "total")
        assert view(f"{table}/{form.total_line}/{column}") >= basic


@with_carryover
@given(data=st.data())
def test_three_publics_of_units_add_up(form: Format, data: st.DataObject) -> None:
    # C43
    view, table = a_view(form, data), form.three_publics
    for column in view.columns(table):
        assert view(f"{table}/total/{column}") == summed(view, table, view.rows(table), column)


@given(data=st.data())
def test_running_costs_of_agencies_are_part_of_all_running_costs(data: st.DataObject) -> None:
    # 机关运行经费 is the 公用经费 of 行政 and 参公 units (domain §2.4)
    view = a_view(DISTRICT, data)
    agencies = view(f"{DISTRICT.three_publics}/document/agency_operating_costs")
    assert agencies <= view(f"{DISTRICT.basic}/total/operating")
    if all(unit.type.has_agency_operating_costs for unit in view.book.units):
        assert agencies == view(f"{DISTRICT.basic}/total/operating")
