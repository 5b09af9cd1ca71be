"""Money that a district's form has no place for is an error that names it, never left out.

The form knows basic and project spending of this year. Payments between units of the document are
neither income nor spending of the whole, so a transfer fits where what it ends in fits.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.disclosure import compose
from budget.edition import EDITIONS
from budget.lines import Line
from budget.money import total
from budget.tables.coverage import MoneyWithoutPlace
from budget.terms import Nature, Scope, Source
from budget.tests.formats import DISTRICT, FORMATS
from budget.tests.golden_district.places import FIVE_UNITS, invented
from budget.tests.samples import declared
from budget.tests.strategies import FEN, REMARKS, books
from budget.tests.viewing import View

PLAIN = (Nature.BASIC, Nature.PROJECT)


def refused(book: BudgetBook, edition: str = DISTRICT.edition) -> MoneyWithoutPlace | None:
    """Return why an edition cannot show a book, None where it can."""
    declared()
    try:
        compose(book, REMARKS, EDITIONS[edition])
    except MoneyWithoutPlace as error:
        return error
    return None


def homeless(book: BudgetBook) -> Iterator[Line]:
    """Yield the lines that are income or spending of the whole in a way that the form lacks."""
    units = {unit.code for unit in book.units}
    for line in book.lines:
        earned, spent = line.received_from not in units, line.paid_to not in units
        if (earned and line.carried_over) or (spent and line.nature not in PLAIN):
            yield line


any_scope = st.sampled_from(Scope)


def seen(book: BudgetBook, scope: Scope) -> BudgetBook:
    return book if scope is Scope.DEPARTMENT else book.seen_by(book.units[0].code)


@given(books(grain=FEN), any_scope)
def test_a_book_is_refused_exactly_when_some_line_has_no_place(
    book: BudgetBook, scope: Scope
) -> None:
    book = seen(book, scope)
    assert (refused(book) is not None) == any(homeless(book))


@given(books(grain=FEN), any_scope)
def test_a_refusal_names_table_unit_line_code_nature_and_source(
    book: BudgetBook, scope: Scope
) -> None:
    book = seen(book, scope)
    error = refused(book)
    assume(error is not None)
    assert error is not None
    first = error.lines[0]
    assert set(error.lines) <= set(homeless(book))
    for named in (
        error.table,
        f"单位{first.unit}第{first.sequence}笔",
        f"科目{first.function}",
        first.nature.label,
        f"来源{first.source.label}{'（上年结转）' if first.carried_over else ''}，",
    ):
        assert named in str(error)


@given(books(grain=FEN), any_scope)
def test_what_is_shown_holds_all_money(book: BudgetBook, scope: Scope) -> None:
    book = seen(book, scope)
    lost = set(homeless(book))
    book = replace(book, lines=tuple(line for line in book.lines if line not in lost))
    assert refused(book) is None
    units = {unit.code for unit in book.units}
    earned = total(line.amount for line in book.lines if line.received_from not in units)
    spent = total(line.amount for line in book.lines if line.paid_to not in units)
    view = View(book, DISTRICT)
    assert view("revenue-by-source/total/total") == earned
    assert view("spending-by-nature/total/total") == spent
    assert view("accounts-by-function/revenue_total/revenue") == earned
    assert view("accounts-by-function/spending_total/spending") == spent


@given(books(grain=FEN), st.sampled_from([form for form in FORMATS if form is not DISTRICT]))
def test_the_fuller_forms_show_every_book(book: BudgetBook, form: object) -> None:
    assert refused(book, str(form)) is None


# The invented department with one line more than the form can show.


def with_line(**changes: object) -> BudgetBook:
    line = Line(
        unit="501004",
        sequence=99,
        nature=Nature.PROJECT,
        function="2070307",
        source=Source.PUBLIC_SERVICE,
        amount=Decimal("12345.67"),
        project="501004-01",
    )
    book = invented(FIVE_UNITS).book
    return replace(book, lines=(*book.lines, replace(line, **changes)))  # type: ignore[arg-type]


def test_the_invented_department_fits_with_a_line_more_of_its_kind() -> None:
    assert refused(with_line()) is None


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"carried_over": True}, "项目支出，来源事业收入（上年结转）"),
        ({"nature": Nature.BUSINESS, "project": None}, "事业单位经营支出，来源事业收入"),
        ({"nature": Nature.CARRYOVER_OUT, "project": None}, "结转下年，来源事业收入"),
        ({"nature": Nature.SURPLUS_DISTRIBUTION, "project": None}, "结余分配，来源事业收入"),
        ({"nature": Nature.REMITTANCE_TO_SUPERIOR, "project": None}, "上缴上级支出，来源事业收入"),
        (
            {"nature": Nature.CARRYOVER_OUT, "project": None, "source": Source.GENERAL_PUBLIC},
            "结转下年，来源一般公共预算拨款",
        ),
    ],
)
@pytest.mark.parametrize("unit", [None, "501004"])
def test_a_line_that_the_form_lacks_is_named(
    changes: dict[str, object], named: str, unit: str | None
) -> None:
    book = with_line(**changes)
    error = refused(book.seen_by(unit) if unit else book)
    assert re.search(
        f"单位501004第99笔，科目2070307，{named}，12,345.67元；该表的金额栏只有：.+$", str(error)
    )


def test_a_transfer_within_the_department_is_shown_for_the_whole_and_refused_for_who_pays() -> None:
    paid = {
        "nature": Nature.GRANTS_TO_AFFILIATES,
        "source": Source.OTHER,
        "project": None,
        "unit": "501001",
        "paid_to": "501004",
    }
    received = {"source": Source.GRANTS_FROM_SUPERIOR, "received_from": "501001"}
    book = with_line(**paid)
    book = replace(book, lines=(*book.lines, with_line(**received).lines[-1]))
    assert refused(book) is None
    assert refused(book.seen_by("501004")) is None
    assert "单位501001第99笔" in str(refused(book.seen_by("501001")))
