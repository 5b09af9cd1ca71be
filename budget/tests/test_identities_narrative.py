"""Sentences say what the tables print, in every book (domain §4.2, N01 to N09)."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.disclosure import compose
from budget.document import Disclosure, Figure, FigureKind, Paragraph
from budget.money import total
from budget.tests.samples import sample_edition
from budget.tests.strategies import FEN, HUNDRED_YUAN, REMARKS, books

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
}
BY_CATEGORY = {
    "spending-budget/spending_total": "spending/{}/total",
    "general-public-spending/general_public_spending": "general-public-spending/{}/total",
    "general-public-project/general_public_project": "general-public-spending/{}/project",
    "government-fund-spending/government_fund_spending": "government-fund-spending/{}/total",
}

any_grain = st.sampled_from([FEN, HUNDRED_YUAN]).flatmap(lambda grain: books(grain=grain))


def composed(book: BudgetBook) -> Disclosure:
    return compose(book, REMARKS, sample_edition())


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
    """Return what a table prints; what it leaves out or blank is zero."""
    cell = disclosure.tables_by_code[address.partition("/")[0]].cells.get(address)
    return Decimal(cell.value or 0) if cell else Decimal(0)


def table_address(figure: str) -> str | None:
    """Return where a table prints the figure of a sentence, None where none does."""
    if figure in SAME_FIGURE:
        return SAME_FIGURE[figure]
    stem, _, category = figure.rpartition(".")
    return (
        BY_CATEGORY[stem].format(category) if stem in BY_CATEGORY and category.isdigit() else None
    )


@given(any_grain)
def test_an_amount_in_a_sentence_is_the_one_in_the_table(book: BudgetBook) -> None:
    disclosure = composed(book)
    compared = 0
    for address, figure in figures(disclosure).items():
        place = table_address(address)
        if place and figure.kind is FigureKind.AMOUNT:
            compared += 1
            assert figure.value == printed(disclosure, place)
            assert figure.text == str(figure.value)
    assert compared >= 6


@given(any_grain)
def test_a_sentence_that_compares_can_be_recomputed_from_what_is_printed(book: BudgetBook) -> None:
    disclosure = composed(book)
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
        if before == 0:
            assert rate is None
        else:
            assert rate is not None
            assert Fraction(rate.value or 0) == rounded(abs(now - before) / before * 100)


def rounded(number: Fraction) -> Fraction:
    """Two places, half up; no number here is below zero."""
    return Fraction(floor(number * 100 + Fraction(1, 2)), 100)


@given(any_grain)
def test_a_measure_without_last_years_figure_is_not_compared(book: BudgetBook) -> None:
    known = {figure.measure for figure in book.prior}
    for address in figures(composed(book)):
        stem, _, word = address.rpartition(".")
        if word in ("direction", "change", "percent"):
            assert stem.partition("/")[2] in known


@given(any_grain)
def test_shares_in_a_sentence_add_up_to_a_hundred(book: BudgetBook) -> None:
    shares = [
        figure.value or Decimal(0)
        for address, figure in figures(composed(book)).items()
        if address.endswith(".share")
    ]
    spent = any(line.source == "general_public" and line.nature.is_spending for line in book.lines)
    printable = [share for share in shares if share]
    assert not shares or not printable or total(shares) == 100
    assert bool(shares) == spent


@given(books(grain=HUNDRED_YUAN))
def test_what_a_sentence_lists_adds_up_to_what_it_says(book: BudgetBook) -> None:
    for paragraph, whole in (
        ("revenue-budget", "revenue_total"),
        ("general-public-spending", "general_public_spending"),
        ("general-public-project", "general_public_project"),
    ):
        amounts = {
            address.partition("/")[2]: figure.value or Decimal(0)
            for address, figure in figures(composed(book)).items()
            if address.startswith(f"{paragraph}/")
            and figure.kind is FigureKind.AMOUNT
            and not address.endswith(".change")
        }
        listed = total(value for key, value in amounts.items() if key != whole)
        assert listed == amounts.get(whole, Decimal(0))


@given(any_grain)
def test_charts_show_all_money_in_shares_of_a_hundred(book: BudgetBook) -> None:
    for chart in composed(book).charts:
        assert chart.slices
        assert total(one.share for one in chart.slices) == 100
        assert all(one.amount_text == str(one.amount) for one in chart.slices)


@given(any_grain)
def test_no_two_figures_of_a_document_have_one_address(book: BudgetBook) -> None:
    disclosure = composed(book)
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


@given(books(fewest_units=2))
def test_each_unit_has_a_document_of_its_own(book: BudgetBook) -> None:
    for unit in book.units:
        disclosure = composed(book.seen_by(unit.code))
        assert (disclosure.code, disclosure.name) == (unit.code, unit.name)
        assert unit.name in disclosure.title
        assert all(table.subject == f"单位名称：{unit.name}" for table in disclosure.tables)
