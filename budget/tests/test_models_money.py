"""Amounts in the database: exact on both engines, or refused."""

import random
from decimal import Decimal

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, transaction
from django.db.models import Avg, F, Max, Sum

from budget.models import BudgetUnit, DepartmentBudget, RevenueLine, SpendingLine
from budget.money import InexactAmount
from budget.terms import Source
from budget.tests.stored import a_budget, a_line, a_unit, line_values

pytestmark = pytest.mark.django_db

LARGEST = Decimal("9999999999999.99")


@pytest.fixture
def unit() -> BudgetUnit:
    return a_unit()


@pytest.fixture
def budget(unit: BudgetUnit) -> DepartmentBudget:
    return a_budget(unit)


def amounts() -> list[Decimal]:
    return [line.amount for line in SpendingLine.objects.order_by("sequence")]


def store(budget: DepartmentBudget, unit: BudgetUnit, given: list[Decimal]) -> None:
    SpendingLine.objects.bulk_create(
        SpendingLine(budget=budget, unit=unit, **line_values(sequence=number, amount=amount))
        for number, amount in enumerate(given, start=1)
    )


@pytest.mark.parametrize(
    "text",
    ["0.00", "0.01", "-0.01", "656.385e4", "1561.09", "9999999999999.99", "-9999999999999.99"],
)
def test_an_amount_comes_back_as_it_was_saved(
    budget: DepartmentBudget, unit: BudgetUnit, text: str
) -> None:
    a_line(budget, unit, amount=Decimal(text))
    assert amounts() == [Decimal(text)]


def test_the_column_holds_whole_fen(budget: DepartmentBudget, unit: BudgetUnit) -> None:
    a_line(budget, unit, amount=Decimal("1561.09"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT amount FROM budget_spendingline")
        assert cursor.fetchone() == (156109,)


@pytest.mark.parametrize("text", ["0.005", "1.001", "10000000000000.00", "-10000000000000", "NaN"])
def test_an_amount_that_is_no_number_of_fen_is_refused_not_rounded(
    budget: DepartmentBudget, unit: BudgetUnit, text: str
) -> None:
    with pytest.raises(InexactAmount, match="金额"), transaction.atomic():
        a_line(budget, unit, amount=Decimal(text))
    assert amounts() == []


@pytest.mark.parametrize("value", [1.1, 0.1 + 0.2, True, b"1"])
def test_what_is_not_exact_is_refused(
    budget: DepartmentBudget, unit: BudgetUnit, value: object
) -> None:
    with pytest.raises(InexactAmount, match="不是精确的金额"), transaction.atomic():
        a_line(budget, unit, amount=value)


@pytest.mark.parametrize("text", ["abc", "0.005", "10000000000000"])
def test_a_form_says_in_chinese_why_an_amount_is_refused(
    budget: DepartmentBudget, unit: BudgetUnit, text: str
) -> None:
    line = SpendingLine(budget=budget, unit=unit, **line_values(amount=text))
    with pytest.raises(ValidationError) as refusal:
        line.full_clean()
    [message] = refusal.value.message_dict["amount"]
    assert text in message
    assert "金额" in message


def test_lookups_ask_in_yuan(budget: DepartmentBudget, unit: BudgetUnit) -> None:
    store(budget, unit, [Decimal("1.10"), Decimal("1.11"), Decimal("-2.00")])
    found = SpendingLine.objects.order_by("sequence").values_list("sequence", flat=True)
    assert list(found.filter(amount=Decimal("1.10"))) == [1]
    assert list(found.filter(amount="1.11")) == [2]
    assert list(found.filter(amount__gt=Decimal("1.10"))) == [2]
    assert list(found.filter(amount__in=[Decimal("1.1"), Decimal(-2)])) == [1, 3]
    assert list(found.filter(amount__range=(Decimal("-2"), Decimal("1.10")))) == [1, 3]


def test_sums_differences_and_extremes_are_yuan(budget: DepartmentBudget, unit: BudgetUnit) -> None:
    # 0.10 + 0.20 is not 0.30 in floating point; -0.01 takes the sum to 0.29.
    store(budget, unit, [Decimal("0.10"), Decimal("0.20"), Decimal("-0.01")])
    totals = SpendingLine.objects.aggregate(sum=Sum("amount"), max=Max("amount"))
    assert totals == {"sum": Decimal("0.29"), "max": Decimal("0.20")}
    doubled = SpendingLine.objects.annotate(twice=F("amount") + F("amount"))
    assert doubled.get(sequence=1).twice == Decimal("0.20")


def test_arithmetic_that_could_mix_yuan_and_fen_is_refused(
    budget: DepartmentBudget, unit: BudgetUnit
) -> None:
    a_line(budget, unit)
    with pytest.raises(FieldError):
        list(SpendingLine.objects.annotate(wrong=F("amount") * 2))
    with pytest.raises(FieldError):
        list(SpendingLine.objects.annotate(wrong=F("amount") + 1))


def test_an_average_that_is_no_whole_fen_is_refused(
    budget: DepartmentBudget, unit: BudgetUnit
) -> None:
    store(budget, unit, [Decimal("0.01"), Decimal("0.02")])
    with pytest.raises(InexactAmount, match="不是整分"):
        SpendingLine.objects.aggregate(mean=Avg("amount"))


def test_the_database_adds_up_where_floating_point_would_not(
    budget: DepartmentBudget, unit: BudgetUnit
) -> None:
    """Reliability C1 and T02: a + b = t asked in SQL, for random exact triples."""
    dice = random.Random(20230105)
    pairs = [(dice.randint(0, 10**10), dice.randint(0, 10**10)) for _ in range(2000)]
    sources = list(Source)
    for source in sources[:3]:
        RevenueLine.objects.create(budget=budget, unit=unit, source=source, amount=0)
    wrong = 0
    for first, second in pairs[:200]:
        values = [Decimal(n).scaleb(-2) for n in (first, second, first + second)]
        for source, amount in zip(sources, values, strict=False):
            RevenueLine.objects.filter(source=source).update(amount=amount)
        both = RevenueLine.objects.filter(source__in=sources[:2]).aggregate(t=Sum("amount"))["t"]
        wrong += not RevenueLine.objects.filter(source=sources[2], amount=both).exists()
    assert wrong == 0


def test_ten_thousand_random_amounts_are_saved_loaded_and_summed_exactly(
    budget: DepartmentBudget, unit: BudgetUnit
) -> None:
    dice = random.Random(157001)
    reach = 10**15 - 1  # 分, that is ±9,999,999,999,999.99 元
    fen = [reach, -reach, *(dice.randint(-reach, reach) for _ in range(9_998))]
    given = [Decimal(number).scaleb(-2) for number in fen]
    store(budget, unit, given)
    assert list(SpendingLine.objects.order_by("sequence").values_list("amount", flat=True)) == given
    assert SpendingLine.objects.aggregate(t=Sum("amount"))["t"] == Decimal(sum(fen)).scaleb(-2)
    assert min(given) == -LARGEST
    assert max(given) == LARGEST
