"""What adds up where money is appropriated, in every book and format (domain §4.1, C17 to C32).

Each statement is held against exact amounts of books in 分, and against printed figures of books
in multiples of 100 元, where print loses nothing.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.codes import category
from budget.money import total
from budget.tests.drawn_views import (
    FUNDS,
    a_view,
    categories_of,
    exact_view,
    in_every_format,
    summed,
    with_carryover,
    with_total,
)
from budget.tests.formats import DISTRICT, Format

pytestmark = pytest.mark.long


@with_carryover
@given(data=st.data())
def test_the_appropriation_summary_balances(form: Format, data: st.DataObject) -> None:
    # C17 to C22
    view = a_view(form, data)

    def money(key: str) -> str:
        return f"appropriation-summary/{key}"

    income = [view(money(f"{fund}_appropriation/revenue")) for fund in FUNDS]
    current = view(money("current_appropriation/revenue"))
    assert current == total(income)
    resources = view(money("appropriation_resources/revenue"))
    assert resources == current + view(money("carryover_in/revenue"))
    categories = categories_of(view, "appropriation-summary")
    for column in ("total", *FUNDS):
        used = view(money(f"current_uses/{column}"))
        assert used == total(view(money(f"{row}/{column}")) for row in categories)
        closed = used + view(money(f"carryover_out/{column}"))
        assert view(money(f"appropriation_uses/{column}")) == closed
    for row in (*categories, "current_uses", "carryover_out", "appropriation_uses"):
        assert view(money(f"{row}/total")) == total(view(money(f"{row}/{fund}")) for fund in FUNDS)
    assert resources == view(money("appropriation_uses/total"))


@given(data=st.data())
def test_appropriation_accounts_balance(data: st.DataObject) -> None:
    # C17, C19 to C22, where nothing is carried over
    view, table = a_view(DISTRICT, data), DISTRICT.accounts
    income = summed(view, table, [f"{fund}_appropriation" for fund in FUNDS], "revenue")
    assert view(f"{table}/appropriation_resources/revenue") == income
    rows = categories_of(view, table)
    for column in ("total", *FUNDS):
        used = summed(view, table, rows, column)
        assert view(f"{table}/appropriation_uses/{column}") == used
    for row in (*rows, "appropriation_uses"):
        assert view(f"{table}/{row}/total") == total(
            view(f"{table}/{row}/{fund}") for fund in FUNDS
        )
    assert income == view(f"{table}/appropriation_uses/total")


@in_every_format
@given(data=st.data())
def test_appropriations_are_the_same_in_three_tables(form: Format, data: st.DataObject) -> None:
    # C23
    view = a_view(form, data)
    current = view(f"{form.accounts}/{form.all_appropriated}/revenue")
    assert current == view(f"{form.summary}/appropriation/revenue")
    assert current == view(f"{form.revenue}/total/appropriation")


@in_every_format
@given(data=st.data())
def test_a_funds_table_is_the_detail_of_its_column(form: Format, data: st.DataObject) -> None:
    # C24, C25, C28, C30
    view = a_view(form, data)
    categories = categories_of(view, form.accounts)
    for table, fund in form.funds.items():
        for row in categories:
            assert view(f"{form.accounts}/{row}/{fund}") == view(f"{table}/{row}/total")
        assert {row for row in view.rows(table) if len(row) == 3} <= set(categories)
        assert view(f"{table}/total/total") == view(f"{form.accounts}/{form.all_used}/{fund}")
        for row in with_total(view, table):
            parts = view(f"{table}/{row}/basic") + view(f"{table}/{row}/project")
            assert view(f"{table}/{row}/total") == parts


@in_every_format
@given(data=st.data())
def test_every_category_with_money_has_a_row(form: Format, data: st.DataObject) -> None:
    # C26
    view = a_view(form, data)
    used = {
        category(line.function)
        for line in view.book.lines
        if line.source.is_appropriation and line.nature.is_spending
    }
    assert used <= set(categories_of(view, form.accounts))


@in_every_format
@given(data=st.data())
def test_funds_never_finance_each_other(form: Format, data: st.DataObject) -> None:
    # C27: what comes in from a source is what that source pays for, transfers aside
    view = exact_view(form, data)
    for fund in FUNDS:
        lines = [line for line in view.book.lines if line.source == fund]
        income = view(f"{form.accounts}/{fund}_appropriation/revenue")
        carried = total(line.amount for line in lines if line.carried_over)
        assert income + carried == view(f"{form.accounts}/appropriation_uses/{fund}")


@in_every_format
@given(data=st.data())
def test_appropriated_spending_is_part_of_all_spending(form: Format, data: st.DataObject) -> None:
    # C31: "less" where a form has no table of 国有资本经营, or other money is spent besides
    view = a_view(form, data)
    for column in ("basic", "project"):
        for row in with_total(view, form.spending):
            paid = total(view(f"{fund}/{row}/{column}") for fund in form.funds)
            assert paid <= view(f"{form.spending}/{row}/{column}")


@given(data=st.data())
def test_tables_of_all_funds_together_hold_all_appropriated_money(data: st.DataObject) -> None:
    # C31 and C32 with "=": the form has a table of each fund and nothing is carried over
    view = a_view(DISTRICT, data)
    for row in with_total(view, DISTRICT.revenue):
        paid = total(view(f"{fund}/{row}/total") for fund in DISTRICT.funds)
        assert paid == view(f"{DISTRICT.revenue}/{row}/appropriation")
