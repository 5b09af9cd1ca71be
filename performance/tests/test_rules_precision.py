"""Being quiet: a careful department's document, of whatever shape, raises no error or warning.

The department gives goals to what it prints, plans a vehicle and its purchase where it budgets
one, and says a fitting reason for what changed. All that is made here, without the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.book import BudgetBook, Event, PriorFigure, ProcurementItem, VehicleCount
from budget.edition import EDITIONS, Edition
from budget.lines import Line
from budget.remarks import Remarks
from budget.rules.checking import check
from budget.rules.printed import Subject
from budget.terms import (
    EventKind,
    Holding,
    Nature,
    ProcurementKind,
    Scope,
    Severity,
    Source,
    UnitType,
    VehicleUse,
)
from budget.tests.judging import a_subject
from budget.tests.samples import declared
from budget.tests.strategies import FEN, HUNDRED_YUAN, books
from performance.tests.goals_at_hand import with_good_goals

declared()
FULL: Final = [EDITIONS[code] for code in ("changsha-2023", "national-2016")]
PLAIN: Final = EDITIONS["shanghai-district-2026"]
ANY_BOOK: Final = st.one_of(books(grain=HUNDRED_YUAN), books(grain=FEN))
VEHICLE_PURCHASE: Final = ("30913", "31013")
ALLOWANCE: Final = "30239"
OFFICE_EXPENSES: Final = "30201"
MEETINGS: Final = "30215"
REFORMED: Final = (UnitType.ADMINISTRATIVE, UnitType.CIVIL_SERVICE_MANAGED)
"""Whose official vehicles were replaced by an allowance for transport."""
ENOUGH: Final = Decimal(1000)
VEHICLE: Final = Decimal(100_000)
FEWER: Final = settings(max_examples=max(8, settings().max_examples // 4))
"""Books with goals make long documents."""
ROSE: Final = "新增工作任务，经费相应增加"
REASONS: Final = (
    "revenue_change",
    "spending_change",
    "appropriation_change",
    "government_fund_change",
    "agency_operating_costs_change",
)


def careful(book: BudgetBook) -> BudgetBook:
    """Return the book with goals, and with registers that fit its lines."""
    types = {unit.code: unit.type for unit in book.units}
    lines = (_of_its_type(line, types[line.unit]) for line in book.lines)
    book = _meeting(replace(book, lines=tuple(map(_worth_a_vehicle, lines))))
    bought = _bought(book)
    return replace(
        with_good_goals(book),
        vehicles=tuple(
            VehicleCount(unit=unit, holding=Holding.ADDITION, use=VehicleUse.OTHER, count=1)
            for unit in bought
        ),
        procurement=tuple(
            ProcurementItem(
                unit=unit,
                sequence=number,
                kind=ProcurementKind.GOODS,
                name="公务用车",
                amount=amount,
                reserved=amount,
                reserved_small=amount,
            )
            for number, (unit, amount) in enumerate(bought.items(), start=1)
        ),
        prior=(),
    )


def _of_its_type(line: Line, kind: UnitType) -> Line:
    """Return an allowance that a unit of this type does not pay as office expenses."""
    if line.economic != ALLOWANCE or kind in REFORMED:
        return line
    return replace(line, economic=OFFICE_EXPENSES)


def _meeting(book: BudgetBook) -> BudgetBook:
    """Return the book with every second line of office expenses spent on registered meetings.

    A meeting costs enough to show in print.
    """
    lines = tuple(
        replace(line, economic=MEETINGS, amount=line.amount + ENOUGH)
        if line.economic == OFFICE_EXPENSES and line.sequence % 2 and not line.received_from
        else line
        for line in book.lines
    )
    names = {**book.catalogue.economic, MEETINGS: "会议费"}
    return replace(
        book,
        lines=lines,
        catalogue=replace(book.catalogue, economic=names),
        events=tuple(each for unit in book.units if (each := _meetings_of(unit.code, lines))),
    )


def _meetings_of(unit: str, lines: tuple[Line, ...]) -> Event | None:
    """Return a meeting that costs what the unit's lines on meetings have, if they have any."""
    cost = {Nature.BASIC: Decimal(0), Nature.PROJECT: Decimal(0)}
    for line in lines:
        if line.unit == unit and line.economic == MEETINGS:
            cost[line.nature] += line.amount
    if not any(cost.values()):
        return None
    return Event(
        unit=unit,
        sequence=1,
        kind=EventKind.MEETING,
        name="全年工作会",
        content="部署年度工作",
        attendance=60,
        basic=cost[Nature.BASIC],
        project=cost[Nature.PROJECT],
    )


def _worth_a_vehicle(line: Line) -> Line:
    """Return a purchase of vehicles with an amount that buys one; other lines as they are.

    What was received from another unit stays as large as what that unit paid.
    """
    if line.economic not in VEHICLE_PURCHASE or line.received_from:
        return line
    return replace(line, amount=line.amount + VEHICLE)


def _bought(book: BudgetBook) -> dict[str, Decimal]:
    """Return what each unit buys vehicles for, of the money that “三公” count."""
    bought: dict[str, Decimal] = {}
    for line in book.lines:
        if line.economic in VEHICLE_PURCHASE and line.source is Source.GENERAL_PUBLIC:
            bought[line.unit] = bought.get(line.unit, Decimal(0)) + line.amount
    return bought


def risen(book: BudgetBook) -> BudgetBook:
    """Return a careful book that had half of everything last year.

    Where next to nothing is budgeted, nothing would be seen to rise: last year is not known then.
    """
    prior = tuple(_last_year(book))
    seen = all(figure.amount >= ENOUGH for figure in prior)
    return replace(careful(book), prior=prior if seen else ())


def _last_year(book: BudgetBook) -> Iterator[PriorFigure]:
    """Yield what each total was, added up from the lines here and not by measures."""
    lines = book.lines
    spent = [line for line in lines if not _goes_to(book, line)]
    earned = [line for line in lines if not _comes_from(book, line)]
    yield _figure("revenue_total", earned, Decimal("0.5"))
    yield _figure("spending_total", spent, Decimal("0.5"))
    fund = [
        line
        for line in spent
        if line.source is Source.GOVERNMENT_FUND and line.nature is not Nature.CARRYOVER_OUT
    ]
    if fund:
        yield _figure("government_fund_spending", fund, Decimal("0.5"))


def _goes_to(book: BudgetBook, line: Line) -> bool:
    return line.paid_to in {unit.code for unit in book.units}


def _comes_from(book: BudgetBook, line: Line) -> bool:
    return line.received_from in {unit.code for unit in book.units}


def _figure(measure: str, lines: list[Line], share: Decimal) -> PriorFigure:
    """Return last year's figure, to the hundred yuan."""
    amount = sum((line.amount for line in lines), Decimal(0)) * share
    hundreds = (amount / 100).to_integral_value() * 100
    return PriorFigure(measure=measure, amount=hundreds, precision=Decimal(100), origin="上年批复")


def remarks_of(book: BudgetBook) -> Remarks:
    texts = dict.fromkeys(REASONS, ROSE) if book.prior else {}
    return Remarks({"mandate": "负责某项工作", **texts})


def assert_quiet(book: BudgetBook, edition: Edition) -> None:
    subject = a_subject(book, edition, remarks=remarks_of(book))
    assert grave(subject) == []
    assert grave(a_subject(subject.document, edition)) == []


def grave(subject: Subject) -> list[str]:
    """Return the errors and warnings."""
    return [
        f"{each.rule.code} {each.finding.where} {each.finding.left} {each.finding.right}"
        for each in check(subject).found
        if each.severity in (Severity.ERROR, Severity.WARNING)
    ]


@pytest.mark.parametrize("edition", FULL, ids=lambda edition: edition.code)
@FEWER
@given(book=ANY_BOOK)
def test_a_first_year_is_quiet(edition: Edition, book: BudgetBook) -> None:
    assert_quiet(careful(book), edition)


@pytest.mark.parametrize("edition", FULL, ids=lambda edition: edition.code)
@FEWER
@given(book=ANY_BOOK)
def test_a_year_with_more_of_everything_is_quiet(edition: Edition, book: BudgetBook) -> None:
    assert_quiet(risen(book), edition)


@FEWER
@given(book=books(grain=FEN, plain=True))
def test_the_district_s_form_is_quiet(book: BudgetBook) -> None:
    assert_quiet(careful(book), PLAIN)


@FEWER
@given(book=ANY_BOOK)
def test_one_unit_of_several_is_quiet(book: BudgetBook) -> None:
    unit = careful(book).seen_by(book.units[-1].code)
    assert unit.scope is Scope.UNIT
    assert_quiet(unit, FULL[0])
