"""What adds up within tables and between them, in every book (domain §4.1, C01 to C48).

Each statement is held against exact amounts of books in 分, and against printed figures of books
in multiples of 100 元, where print loses nothing.
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
from budget.tests.strategies import FEN, HUNDRED_YUAN, books
from budget.tests.viewing import View

TREES = ("revenue", "spending", "general-public-spending", "government-fund-spending")
REVENUE_PARTS = (
    "appropriation",
    "special_account_revenue",
    "business_revenue",
    "grants_from_superior",
    "other_revenue_with_remittances",
    "public_service_revenue",
)
SPENDING_PARTS = (
    ("basic", "basic_spending"),
    ("project", "project_spending"),
    ("business", "business_spending"),
    ("grants_to_affiliates", "grants_to_affiliates"),
    ("remittance_to_superior", "remittance_to_superior"),
)
FUNDS = ("general_public", "government_fund", "state_capital")

exact_views = books(grain=FEN).map(View)
printed_views = books(grain=HUNDRED_YUAN).map(lambda book: View(book, printed=True))
views = st.one_of(exact_views, printed_views)


def summed(view: View, table: str, rows: Iterable[str], column: str) -> Decimal:
    return total(view(f"{table}/{row}/{column}") for row in rows)


def with_total(view: View, table: str) -> Iterator[str]:
    yield "total"
    yield from view.rows(table)


@given(views)
def test_the_summary_balances(view: View) -> None:
    # C01 to C05
    revenue, spending = "summary/{}/revenue", "summary/{}/spending"
    current = view(revenue.format("current_revenue"))
    assert current == summed(view, "summary", REVENUE_PARTS, "revenue")
    assert view(revenue.format("revenue_total")) == current + view(revenue.format("carryover_in"))
    used = view(spending.format("current_spending"))
    assert used == summed(view, "summary", [key for _, key in SPENDING_PARTS], "spending")
    closing = summed(view, "summary", ("surplus_distribution", "carryover_out"), "spending")
    assert view(spending.format("spending_total")) == used + closing
    assert view(revenue.format("revenue_total")) == view(spending.format("spending_total"))


@given(views)
def test_no_figure_is_below_zero(view: View) -> None:
    # C06
    assert all(view.amount(cell) >= 0 for cell in view.money_cells())


@given(views)
def test_revenue_adds_up_across_and_is_the_summarys(view: View) -> None:
    # C07, C08, C10, C11
    for row in with_total(view, "revenue"):
        parts = [view(f"revenue/{row}/{column}") for column in (*REVENUE_PARTS, "carryover_in")]
        assert view(f"revenue/{row}/total") == total(parts)
        regular = view(f"revenue/{row}/regular_appropriation")
        assert regular <= view(f"revenue/{row}/appropriation")
    for key in (*REVENUE_PARTS, "carryover_in"):
        assert view(f"revenue/total/{key}") == view(f"summary/{key}/revenue")
    assert view("revenue/total/total") == view("summary/revenue_total/revenue")


@given(views)
def test_spending_adds_up_across_and_is_the_summarys(view: View) -> None:
    # C12, C14, C15
    for row in with_total(view, "spending"):
        parts = [view(f"spending/{row}/{column}") for column, _ in SPENDING_PARTS]
        assert view(f"spending/{row}/total") == total(parts)
    for column, key in SPENDING_PARTS:
        assert view(f"spending/total/{column}") == view(f"summary/{key}/spending")
    assert view("spending/total/total") == view("summary/current_spending/spending")


@pytest.mark.parametrize("table", [*TREES, "general-public-basic"])
@given(view=views)
def test_every_level_is_the_sum_of_the_level_below(table: str, view: View) -> None:
    # C09, C13, C29, C35
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


@given(books(grain=FEN).map(spent_in_full).map(View))
def test_revenue_and_spending_meet_at_every_function_item(view: View) -> None:
    # C16: the same 项 with the same amounts, when nothing closes the account
    assert view.rows("revenue") == view.rows("spending")
    for row in with_total(view, "revenue"):
        assert view(f"revenue/{row}/total") == view(f"spending/{row}/total")


@given(views)
def test_the_appropriation_summary_balances(view: View) -> None:
    # C17 to C22
    def money(key: str) -> str:
        return f"appropriation-summary/{key}"

    income = [view(money(f"{fund}_appropriation/revenue")) for fund in FUNDS]
    current = view(money("current_appropriation/revenue"))
    assert current == total(income)
    resources = view(money("appropriation_resources/revenue"))
    assert resources == current + view(money("carryover_in/revenue"))
    categories = categories_of(view)
    for column in ("total", *FUNDS):
        used = view(money(f"current_uses/{column}"))
        assert used == total(view(money(f"{row}/{column}")) for row in categories)
        closed = used + view(money(f"carryover_out/{column}"))
        assert view(money(f"appropriation_uses/{column}")) == closed
    for row in (*categories, "current_uses", "carryover_out", "appropriation_uses"):
        assert view(money(f"{row}/total")) == total(view(money(f"{row}/{fund}")) for fund in FUNDS)
    assert resources == view(money("appropriation_uses/total"))


def categories_of(view: View) -> list[str]:
    """Return the 类 that table 4 prints: cells of its right half that are named by a code."""
    table = view.table("appropriation-summary")
    keys = (address.split("/")[1] for address in table.cells if address.endswith("/total"))
    return [key for key in keys if key.isdigit()]


@given(views)
def test_appropriations_are_the_same_in_three_tables(view: View) -> None:
    # C23
    current = view("appropriation-summary/current_appropriation/revenue")
    assert current == view("summary/appropriation/revenue")
    assert current == view("revenue/total/appropriation")


@pytest.mark.parametrize(
    ("table", "fund"),
    [
        ("general-public-spending", "general_public"),
        ("government-fund-spending", "government_fund"),
    ],
)
@given(view=views)
def test_a_funds_table_is_the_detail_of_its_column(table: str, fund: str, view: View) -> None:
    # C24, C25, C28, C30
    by_category = {row for row in view.rows(table) if len(row) == 3}
    for row in categories_of(view):
        assert view(f"appropriation-summary/{row}/{fund}") == view(f"{table}/{row}/total")
    assert by_category <= set(categories_of(view))
    assert view(f"{table}/total/total") == view(f"appropriation-summary/current_uses/{fund}")
    for row in with_total(view, table):
        parts = view(f"{table}/{row}/basic") + view(f"{table}/{row}/project")
        assert view(f"{table}/{row}/total") == parts


@given(views)
def test_every_category_with_money_has_a_row(view: View) -> None:
    # C26
    used = {
        category(line.function)
        for line in view.book.lines
        if line.source.is_appropriation and line.nature.is_spending
    }
    assert used <= set(categories_of(view))


@given(exact_views)
def test_funds_never_finance_each_other(view: View) -> None:
    # C27: what comes in from a source is what that source pays for, transfers aside
    for fund in FUNDS:
        lines = [line for line in view.book.lines if line.source == fund]
        income = f"appropriation-summary/{fund}_appropriation/revenue"
        carried = total(line.amount for line in lines if line.carried_over)
        assert view(income) + carried == view(f"appropriation-summary/appropriation_uses/{fund}")


@given(views)
def test_appropriated_spending_is_part_of_all_spending(view: View) -> None:
    # C31: 国有资本经营 has no table of its own here, so the two tables may fall short
    for column in ("basic", "project"):
        for row in with_total(view, "spending"):
            appropriated = view(f"general-public-spending/{row}/{column}") + view(
                f"government-fund-spending/{row}/{column}"
            )
            assert appropriated <= view(f"spending/{row}/{column}")


@given(views)
def test_basic_spending_by_economic_class_is_that_of_the_general_public_budget(view: View) -> None:
    # C35, C36
    table = "general-public-basic"
    for row in with_total(view, table):
        parts = view(f"{table}/{row}/personnel") + view(f"{table}/{row}/operating")
        assert view(f"{table}/{row}/total") == parts
    assert view(f"{table}/total/total") == view("general-public-spending/total/basic")


@given(views)
def test_three_publics_add_up_and_hold_what_basic_spending_has(view: View) -> None:
    # C42, C43, C44
    table = "three-publics"
    for row in with_total(view, table):
        vehicles = view(f"{table}/{row}/vehicle_purchase") + view(f"{table}/{row}/vehicle_running")
        assert view(f"{table}/{row}/vehicles") == vehicles
        parts = ("hospitality", "overseas_visits", "vehicles")
        assert view(f"{table}/{row}/total") == total(
            view(f"{table}/{row}/{each}") for each in parts
        )
    for column in view.columns(table):
        assert view(f"{table}/total/{column}") == summed(view, table, view.rows(table), column)
    for column, codes in (
        ("hospitality", ("30217",)),
        ("overseas_visits", ("30212",)),
        ("vehicle_running", ("30231",)),
        ("vehicle_purchase", ("31013", "30913")),
    ):
        basic = summed(view, "general-public-basic", codes, "total")
        assert view(f"{table}/total/{column}") >= basic


@given(views)
def test_the_fund_table_is_empty_exactly_when_nothing_is_spent_from_it(view: View) -> None:
    # C48
    table = view.table("government-fund-spending")
    spent = [
        line
        for line in view.book.lines
        if line.source == "government_fund" and line.nature.is_spending
    ]
    assert table.is_empty == (not spent)
    if table.is_empty:
        assert [[cell.text for cell in row.cells] for row in table.rows] == [
            ["", "", "", "", "0", "0", "0"]
        ]


@given(printed_views)
def test_tables_whose_amounts_print_without_loss_say_nothing_of_rounding(view: View) -> None:
    for table in printed_tables(view):
        assert view.edition.tail_note not in table.note


@given(books(grain=FEN).map(lambda book: View(book, printed=True)))
def test_a_table_that_does_not_add_up_in_print_says_so(view: View) -> None:
    for table in printed_tables(view):
        if columns_do_not_add_up(view, table):
            assert view.edition.tail_note in table.note


def printed_tables(view: View) -> Iterator[Table]:
    for code in (*TREES, "general-public-basic", "three-publics"):
        yield view.table(code)


def columns_do_not_add_up(view: View, table: Table) -> bool:
    rows = view.rows(table.code)
    top = [row for row in rows if len(row) == 3] if table.code != "three-publics" else rows
    return any(
        view(f"{table.code}/total/{column}") != summed(view, table.code, top, column)
        for column in view.columns(table.code)
    )
