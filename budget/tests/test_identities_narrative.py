"""Sentences say what the tables print, in every book and format (domain §4.2, N01 to N09)."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.disclosure import compose
from budget.document import Disclosure, Figure, FigureKind, Paragraph
from budget.edition import EDITIONS
from budget.money import total
from budget.terms import Scope
from budget.tests.drawn_views import in_every_format, with_carryover
from budget.tests.formats import CITY, DISTRICT, Format
from budget.tests.samples import declared
from budget.tests.strategies import FEN, HUNDRED_YUAN, REMARKS

pytestmark = pytest.mark.long

SAME_FIGURE = {
    "revenue-budget/revenue_total": "summary/revenue_total/revenue",
    "revenue-budget/carryover_in": "summary/carryover_in/revenue",
    "revenue-budget/general_public_appropriation": (
        "appropriation-summary/general_public_appropriation/revenue"
    ),
    "revenue-budget/government_fund_appropriation": (
        "appropriation-summary/government_fund_appropriation/revenue"
    ),
    "revenue-budget/state_capital_appropriation": (
        "appropriation-summary/state_capital_appropriation/revenue"
    ),
    "spending-budget/spending_total": "summary/spending_total/spending",
    "general-public-spending/general_public_spending": "general-public-spending/total/total",
    "general-public-basic/general_public_basic": "general-public-spending/total/basic",
    "general-public-project/general_public_project": "general-public-spending/total/project",
    "government-fund-spending/government_fund_spending": "government-fund-spending/total/total",
    "three-publics/three_publics": "three-publics/total/total",
    "three-publics/hospitality": "three-publics/total/hospitality",
    "three-publics/vehicles": "three-publics/total/vehicles",
    "three-publics/vehicle_purchase": "three-publics/total/vehicle_purchase",
    "three-publics/vehicle_running": "three-publics/total/vehicle_running",
    "three-publics/overseas_visits": "three-publics/total/overseas_visits",
    "performance/spending_total": "summary/spending_total/spending",
    "performance/basic_spending": "spending/total/basic",
    "performance/project_spending": "spending/total/project",
    "revenue-by-source/revenue_total": "accounts-by-function/revenue_total/revenue",
    "revenue-by-source/appropriation": "accounts-by-function/appropriation/revenue",
    "revenue-by-source/all_public_service_revenue": (
        "accounts-by-function/all_public_service_revenue/revenue"
    ),
    "revenue-by-source/business_revenue": "accounts-by-function/business_revenue/revenue",
    "revenue-by-source/all_other_revenue": "accounts-by-function/all_other_revenue/revenue",
    "spending-by-fund/spending_total": "accounts-by-function/spending_total/spending",
    "spending-by-fund/appropriation_spending": "appropriation-accounts/appropriation_uses/total",
    "spending-by-fund/general_public_spending": "general-public-spending/total/total",
    "spending-by-fund/government_fund_spending": "government-fund-spending/total/total",
    "spending-by-fund/state_capital_spending": "state-capital-spending/total/total",
    **{
        f"three-publics-by-item/{code}": f"three-publics-and-agency-costs/document/{column}"
        for code, column in (
            ("three_publics", "total"),
            *((each, each) for each in ("overseas_visits", "hospitality", "vehicles")),
            *((each, each) for each in ("vehicle_purchase", "vehicle_running")),
        )
    },
    "agency-costs-covered/agency_operating_costs": (
        "three-publics-and-agency-costs/document/agency_operating_costs"
    ),
}
BY_CATEGORY = {
    "spending-budget/spending_total": "spending/{}/total",
    "general-public-spending/general_public_spending": "general-public-spending/{}/total",
    "general-public-project/general_public_project": "general-public-spending/{}/project",
    "government-fund-spending/government_fund_spending": "government-fund-spending/{}/total",
}


def a_book(form: Format, data: st.DataObject) -> BudgetBook:
    return data.draw(form.books(grain=data.draw(st.sampled_from([FEN, HUNDRED_YUAN]))))


def composed(form: Format, book: BudgetBook) -> Disclosure:
    declared()
    return compose(book, REMARKS, EDITIONS[form.edition])


def paragraphs(disclosure: Disclosure) -> Iterator[Paragraph]:
    for section in disclosure.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block


def figures(disclosure: Disclosure) -> dict[str, Figure]:
    return {
        run.address: run
        for paragraph in paragraphs(disclosure)
        for run in paragraph.text
        if isinstance(run, Figure)
    }


def printed(disclosure: Disclosure, address: str) -> Decimal:
    """Return what a table prints, in 万元; what it leaves out or blank is zero."""
    table = disclosure.tables_by_code[address.partition("/")[0]]
    cell = table.cells.get(address)
    yuan = Decimal(cell.value or 0).scaleb(table.unit_exponent) if cell else Decimal(0)
    return as_decimal(rounded(Fraction(yuan) / 10_000))


def as_decimal(number: Fraction) -> Decimal:
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(FEN)


def table_address(figure: str) -> str | None:
    """Return where a table prints the figure of a sentence, None where none does."""
    if figure in SAME_FIGURE:
        return SAME_FIGURE[figure]
    stem, _, category = figure.rpartition(".")
    return (
        BY_CATEGORY[stem].format(category) if stem in BY_CATEGORY and category.isdigit() else None
    )


@in_every_format
@given(data=st.data())
def test_an_amount_in_a_sentence_is_the_one_in_the_table(form: Format, data: st.DataObject) -> None:
    disclosure = composed(form, a_book(form, data))
    grouped = "," if form is DISTRICT else ""
    compared = 0
    for address, figure in figures(disclosure).items():
        place = table_address(address)
        if place and figure.kind is FigureKind.AMOUNT:
            compared += 1
            assert figure.value == printed(disclosure, place)
            assert figure.text == f"{figure.value:{grouped}}"
    assert compared >= 6


@in_every_format
@given(data=st.data())
def test_a_sentence_that_compares_can_be_recomputed_from_what_is_printed(
    form: Format, data: st.DataObject
) -> None:
    book = a_book(form, data)
    disclosure = composed(form, book)
    shown = figures(disclosure)
    prior = {figure.measure: figure.amount for figure in book.prior}
    for address, figure in shown.items():
        stem, _, word = address.rpartition(".")
        if word != "direction":
            continue
        before = rounded(Fraction(prior[stem.partition("/")[2]]) / 10_000)
        now = Fraction(printed(disclosure, SAME_FIGURE[stem])) if stem in SAME_FIGURE else None
        if now is None:
            now = Fraction(shown[stem].value or 0)
        direction = "增加" if now > before else "减少" if now < before else "持平"
        assert figure.text == direction
        change, rate = shown.get(f"{stem}.change"), shown.get(f"{stem}.percent")
        if direction == "持平":
            assert (change, rate) == (None, None)
            continue
        assert change is not None
        assert Fraction(change.value or 0) == abs(now - before)
        if before == 0 or form is DISTRICT:  # nothing to divide by; a place without percent
            assert rate is None
        else:
            assert rate is not None
            assert Fraction(rate.value or 0) == rounded(abs(now - before) / before * 100)


def rounded(number: Fraction) -> Fraction:
    """Two places, half up; no number here is below zero."""
    return Fraction(floor(number * 100 + Fraction(1, 2)), 100)


@in_every_format
@given(data=st.data())
def test_a_measure_without_last_years_figure_is_not_compared(
    form: Format, data: st.DataObject
) -> None:
    book = a_book(form, data)
    known = {figure.measure for figure in book.prior}
    for address in figures(composed(form, book)):
        stem, _, word = address.rpartition(".")
        if word in ("direction", "change", "percent"):
            assert stem.partition("/")[2] in known


@with_carryover
@given(data=st.data())
def test_shares_in_a_sentence_add_up_to_a_hundred(form: Format, data: st.DataObject) -> None:
    book = a_book(form, data)
    shares = [
        figure.value or Decimal(0)
        for address, figure in figures(composed(form, book)).items()
        if address.endswith(".share")
    ]
    spent = any(line.source == "general_public" and line.nature.is_spending for line in book.lines)
    printable = [share for share in shares if share]
    assert not shares or not printable or total(shares) == 100
    assert bool(shares) == spent


LISTS = {
    "revenue-budget": ("revenue_total", None),
    "general-public-spending": ("general_public_spending", None),
    "general-public-project": ("general_public_project", None),
    "revenue-by-source": (
        "revenue_total",
        {
            *("appropriation", "all_public_service_revenue", "business_revenue"),
            "all_other_revenue",
        },
    ),
    "spending-by-fund": (
        "appropriation_spending",
        {"general_public_spending", "government_fund_spending", "state_capital_spending"},
    ),
}
"""What a paragraph says first, and which of its amounts it is the sum of (None: all others)."""


@in_every_format
@given(data=st.data())
def test_what_a_sentence_lists_adds_up_to_what_it_says(form: Format, data: st.DataObject) -> None:
    shown = figures(composed(form, data.draw(form.books(grain=HUNDRED_YUAN))))
    for paragraph, (whole, parts) in LISTS.items():
        amounts = {
            address.partition("/")[2]: figure.value or Decimal(0)
            for address, figure in shown.items()
            if address.startswith(f"{paragraph}/")
            and figure.kind is FigureKind.AMOUNT
            and not address.endswith(".change")
        }
        listed = total(
            value for key, value in amounts.items() if (key in parts if parts else key != whole)
        )
        assert listed == amounts.get(whole, Decimal(0))


@given(data=st.data())
def test_items_of_appropriated_money_add_up_to_all_of_it(data: st.DataObject) -> None:
    shown = figures(composed(DISTRICT, data.draw(DISTRICT.books(grain=HUNDRED_YUAN))))
    items = [
        figure.value or Decimal(0)
        for address, figure in shown.items()
        if address.startswith("appropriation-items/appropriation_spending.")
    ]
    assert total(items) == shown["spending-by-fund/appropriation_spending"].value


@given(data=st.data())
def test_charts_show_all_money_in_shares_of_a_hundred(data: st.DataObject) -> None:
    for chart in composed(CITY, a_book(CITY, data)).charts:
        assert chart.slices
        assert total(one.share for one in chart.slices) == 100
        assert all(one.amount_text == str(one.amount) for one in chart.slices)


@in_every_format
@given(data=st.data())
def test_no_two_figures_of_a_document_have_one_address(form: Format, data: st.DataObject) -> None:
    disclosure = composed(form, a_book(form, data))
    spoken = Counter(
        run.address
        for paragraph in paragraphs(disclosure)
        for run in paragraph.text
        if isinstance(run, Figure)
    )
    cells = Counter(
        cell.address
        for table in disclosure.tables
        for row in table.rows
        for cell in row.cells
        if cell.address
    )
    assert [address for address, times in (spoken + cells).items() if times > 1] == []


@in_every_format
@given(data=st.data())
def test_each_unit_has_a_document_of_its_own(form: Format, data: st.DataObject) -> None:
    book = data.draw(form.books(fewest_units=2))
    subject = EDITIONS[form.edition].wording[Scope.UNIT].subject
    for unit in book.units:
        disclosure = composed(form, book.seen_by(unit.code))
        assert (disclosure.code, disclosure.name) == (unit.code, unit.name)
        assert unit.name in disclosure.title
        assert all(table.subject == f"{subject}：{unit.name}" for table in disclosure.tables)
