"""What adds up within tables and between them, in every book and every format (domain §4.1).

Each statement is held against exact amounts of books in 分, and against printed figures of books
in multiples of 100 元, where print loses nothing. C01 to C48, as far as a format has the tables.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.codes import category, parent
from budget.document import Table
from budget.money import total
from budget.terms import Nature, Upkeep
from budget.tests.formats import DISTRICT, FORMATS, WITH_CARRYOVER, Format
from budget.tests.strategies import FEN, HUNDRED_YUAN, books
from budget.tests.viewing import View

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
FUNDS = ("general_public", "government_fund", "state_capital")

in_every_format = pytest.mark.parametrize("form", FORMATS, ids=str)
with_carryover = pytest.mark.parametrize("form", WITH_CARRYOVER, ids=str)


def exact_view(form: Format, data: st.DataObject) -> View:
    return View(data.draw(form.books(grain=FEN)), form)


def printed_view(form: Format, data: st.DataObject) -> View:
    return View(data.draw(form.books(grain=HUNDRED_YUAN)), form, printed=True)


def a_view(form: Format, data: st.DataObject) -> View:
    return (exact_view if data.draw(st.booleans()) else printed_view)(form, data)


def summed(view: View, table: str, rows: Iterable[str], column: str) -> Decimal:
    return total(view(f"{table}/{row}/{column}") for row in rows)


def with_total(view: View, table: str) -> Iterator[str]:
    yield "total"
    yield from view.rows(table)


def categories_of(view: View, table: str) -> list[str]:
    """Return the 类 that a table of two halves prints: rows of its right half named by a code."""
    keys = (address.split("/")[1] for address in view.table(table).cells)
    return list(dict.fromkeys(key for key in keys if key.isdigit()))


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


def summed_columns(view: View, row: str, columns: Iterable[str]) -> Decimal:
    return total(view(f"{row}/{column}") for column in columns)


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


@in_every_format
@given(data=st.data())
def test_a_funds_table_is_empty_exactly_when_nothing_is_spent_from_it(
    form: Format, data: st.DataObject
) -> None:
    # C48
    view = a_view(form, data)
    for table, fund in form.funds.items():
        spent = any(line.source == fund and line.nature.is_spending for line in view.book.lines)
        assert view.table(table).is_empty == (not spent)


EMPTY_BODIES = {
    "changsha-2023": ["", "", "", "", "0", "0", "0"],
    "national-2016": ["", "", "", "合计", "", "", ""],
    "shanghai-district-2026": ["", "", "", "合计", "", "", ""],
}
"""What a table of 政府性基金 without money shows."""


@in_every_format
@given(data=st.data())
def test_an_empty_table_is_one_row_and_says_so_and_a_filled_one_does_not(
    form: Format, data: st.DataObject
) -> None:
    table = a_view(form, data).table("government-fund-spending")
    if table.is_empty:
        body = [[cell.text for cell in row.cells] for row in table.rows]
        assert body == [EMPTY_BODIES[form.edition]]
    if form.edition != "changsha-2023":  # there one note speaks for filled and empty tables
        assert ("空表" in table.note) == table.is_empty


@in_every_format
@given(data=st.data())
def test_tables_whose_amounts_print_without_loss_say_nothing_of_rounding(
    form: Format, data: st.DataObject
) -> None:
    view = printed_view(form, data)
    for code in form.tables:
        assert view.edition.tail_note not in view.table(code).note


@in_every_format
@given(data=st.data())
def test_a_table_that_does_not_add_up_in_print_says_so(form: Format, data: st.DataObject) -> None:
    view = View(data.draw(form.books(grain=FEN)), form, printed=True)
    for code in (*form.trees, form.three_publics):
        if does_not_add_up(view, view.table(code)):
            assert view.edition.tail_note in view.table(code).note


def does_not_add_up(view: View, table: Table) -> bool:
    if table.code == DISTRICT.three_publics:
        row = f"{table.code}/document"
        parts = ("hospitality", "overseas_visits", "vehicles")
        return view(f"{row}/total") != summed_columns(view, row, parts)
    rows = view.rows(table.code)
    top = [row for row in rows if len(row) == 3] if table.code != "three-publics" else rows
    return any(
        view(f"{table.code}/total/{column}") != summed(view, table.code, top, column)
        for column in view.columns(table.code)
    )


@given(books(grain=FEN, plain=True))
def test_a_form_in_yuan_has_no_tails_but_where_it_prints_wan(book: BudgetBook) -> None:
    view = View(book, DISTRICT)
    for code in DISTRICT.tables:
        if code != DISTRICT.three_publics:
            assert view.edition.tail_note not in view.table(code).note
