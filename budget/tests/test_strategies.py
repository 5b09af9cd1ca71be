"""The random books reach what they are there for; a test on books that never do proves little."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from budget.book import BudgetBook
from budget.terms import APPROPRIATION_USES, Nature, Source, UnitType
from budget.tests.strategies import FEN, books

pytestmark = pytest.mark.long

# The first book that serves is enough: no shrinking.
REACH = settings(
    max_examples=2_000,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def reached(condition: Callable[[BudgetBook], bool], *, plain: bool = False) -> bool:
    return condition(find(books(most_lines=12, plain=plain), condition, settings=REACH))


@pytest.mark.parametrize("source", Source)
def test_every_source_is_reached(source: Source) -> None:
    assert reached(lambda book: any(line.source is source for line in book.lines))


@pytest.mark.parametrize("nature", Nature)
def test_every_use_is_reached(nature: Nature) -> None:
    assert reached(lambda book: any(line.nature is nature for line in book.lines))


@pytest.mark.parametrize("unit_type", UnitType)
def test_every_type_of_unit_is_reached(unit_type: UnitType) -> None:
    assert reached(lambda book: any(unit.type is unit_type for unit in book.units))


def test_transfers_among_units_are_reached() -> None:
    assert reached(lambda book: any(line.received_from for line in book.lines))


def test_carried_over_appropriations_are_reached() -> None:
    assert reached(
        lambda book: any(line.carried_over and line.source.is_appropriation for line in book.lines)
    )


@given(books(grain=FEN))
def test_books_keep_the_rules_of_the_field(book: BudgetBook) -> None:
    projects = {project.code: project.unit for project in book.projects}
    for line in book.lines:
        assert line.amount > 0
        assert not line.source.is_appropriation or line.nature in APPROPRIATION_USES
        assert (line.nature is Nature.BASIC) == (line.upkeep is not None)
        assert line.nature is not Nature.BASIC or line.economic
        assert (line.nature is Nature.PROJECT) == (line.project is not None)
        assert line.project is None or projects[line.project] == line.unit
        assert line.paid_to is None or line.nature.is_transfer_out
        assert line.received_from is None or line.source.is_transfer_in


@given(books())
def test_transfers_come_in_pairs(book: BudgetBook) -> None:
    paid = sorted(
        (line.unit, line.paid_to, line.function, line.amount) for line in book.lines if line.paid_to
    )
    received = sorted(
        (line.received_from, line.unit, line.function, line.amount)
        for line in book.lines
        if line.received_from
    )
    assert paid == received


@given(books())
def test_lines_are_told_apart_by_unit_and_sequence(book: BudgetBook) -> None:
    names = [(line.unit, line.sequence) for line in book.lines]
    assert len(set(names)) == len(names)


@given(books(grain=FEN, plain=True))
def test_plain_books_have_basic_and_project_spending_of_this_year_only(book: BudgetBook) -> None:
    for line in book.lines:
        assert line.nature in (Nature.BASIC, Nature.PROJECT)
        assert not line.carried_over
        assert line.paid_to is None
        assert line.received_from is None


@pytest.mark.parametrize("source", Source)
def test_every_source_is_reached_in_plain_books(source: Source) -> None:
    plain = books(most_lines=12, plain=True)
    found = find(
        plain, lambda book: any(line.source is source for line in book.lines), settings=REACH
    )
    assert found.lines


def test_introduced_projects_are_reached_in_plain_books() -> None:
    assert reached(lambda book: any(each.introduced for each in book.projects), plain=True)
