"""Goals come out of the database as they were stored, in a fixed number of queries."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from budget.load import load_book
from budget.models import BudgetUnit, DepartmentBudget
from budget.tests.stored import YEAR, a_budget, a_project, a_unit
from performance import models
from performance.goals import Aspect, Comparison, Dimension, Goals, Indicator, ProjectGoal
from performance.parts import goals_of

pytestmark = pytest.mark.django_db


def an_indicator(sequence: int = 1, **values: object) -> models.Indicator:
    stated = {
        "code": f"output-{sequence}",
        "dimension": Dimension.OUTPUT,
        "aspect": Aspect.QUANTITY,
        "name": f"指标{sequence}",
        **values,
    }
    return models.Indicator.objects.create(sequence=sequence, **stated)


def a_stored_goal(budget: DepartmentBudget, unit: BudgetUnit, code: str) -> models.ProjectGoal:
    project = a_project(budget, unit, code)
    return models.ProjectGoal.objects.create(project=project, goal=f"{code}的目标")


def test_a_goal_is_read_with_its_indicators_in_printed_order() -> None:
    unit = a_unit()
    goal = a_stored_goal(a_budget(unit), unit, "P1")
    an_indicator(2, project_goal=goal, weight=Decimal("2.5"), comparison=Comparison.AT_LEAST)
    an_indicator(1, project_goal=goal, damaged=["target"])
    assert goals_of(load_book("801", YEAR)) == Goals(
        projects=(
            ProjectGoal(
                unit="801001",
                project="P1",
                goal="P1的目标",
                indicators=(
                    Indicator(
                        code="output-1",
                        dimension=Dimension.OUTPUT,
                        aspect=Aspect.QUANTITY,
                        name="指标1",
                        damaged=("target",),
                    ),
                    Indicator(
                        code="output-2",
                        dimension=Dimension.OUTPUT,
                        aspect=Aspect.QUANTITY,
                        name="指标2",
                        weight=Decimal("2.5"),
                        comparison=Comparison.AT_LEAST,
                    ),
                ),
            ),
        )
    )


def test_the_goal_of_a_whole_unit_is_seen_by_that_unit_only() -> None:
    first, second = a_unit(), a_unit("801002")
    budget = a_budget(first, second)
    for unit in (first, second):
        goal = models.OverallGoal.objects.create(budget=budget, unit=unit, goal=unit.code)
        an_indicator(1, overall_goal=goal)
    assert [goal.goal for goal in goals_of(load_book("801", YEAR)).overall] == ["801001", "801002"]
    [seen] = goals_of(load_book("801002", YEAR)).overall
    assert (seen.unit, len(seen.indicators)) == ("801002", 1)


def test_goals_of_another_budget_are_left_alone() -> None:
    unit = a_unit()
    an_indicator(1, project_goal=a_stored_goal(a_budget(unit), unit, "P1"))
    a_budget(unit, version=2)
    assert goals_of(load_book("801", YEAR)) == Goals()


def test_many_goals_take_as_many_queries_as_one() -> None:
    unit = a_unit()
    budget = a_budget(unit)
    counts = []
    for goals in (range(1), range(1, 30)):
        for number in goals:
            goal = a_stored_goal(budget, unit, f"P{number}")
            for sequence in range(1, 6):
                an_indicator(sequence, project_goal=goal)
        with CaptureQueriesContext(connection) as queries:
            load_book("801", YEAR)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("dimension = 'nonsense'", "indicator_dimension_in_vocabulary"),
        ("aspect = 'nonsense'", "indicator_aspect_in_vocabulary"),
        ("comparison = 'nonsense'", "indicator_comparison_in_vocabulary"),
        ("sequence = 0", "indicator_sequence_from_one"),
        ("weight = -1", "indicator_weight_not_negative"),
        ("project_goal_id = NULL", "indicator_of_one_goal"),
    ],
)
def test_the_database_keeps_the_rules_of_indicators(change: str, constraint: str) -> None:
    unit = a_unit()
    indicator = an_indicator(1, project_goal=a_stored_goal(a_budget(unit), unit, "P1"))
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE performance_indicator SET {change} WHERE id = {indicator.pk}")


def test_a_goal_has_each_sequence_and_each_code_once() -> None:
    unit = a_unit()
    goal = a_stored_goal(a_budget(unit), unit, "P1")
    an_indicator(1, project_goal=goal)
    with pytest.raises(IntegrityError), transaction.atomic():
        an_indicator(1, project_goal=goal, code="other")
    with pytest.raises(IntegrityError), transaction.atomic():
        an_indicator(2, project_goal=goal, code="output-1")
