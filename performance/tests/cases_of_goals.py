"""Cases of the rules on goals: good goals with one thing changed, points to half a point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from budget.edition import EDITIONS
from budget.rules.printed import Subject
from budget.tests.altering import retyped
from budget.tests.books import a_book, basic, project, published
from budget.tests.judging import a_subject
from budget.tests.rule_cases import Make, amounts, words
from budget.tests.samples import declared
from performance.goals import Aspect, Comparison, Dimension, Indicator, OverallGoal, ProjectGoal
from performance.tests.goals_at_hand import (
    with_good_goals,
    with_indicator,
    with_overall_goal,
    with_project_goal,
)

QUANTITY, QUALITY, COST, BENEFIT, SATISFACTION = range(5)
NOTHING = {"target": "无", "explanation": "无", "scoring": "无"}


def good() -> Subject:
    """Return 60.00 basic and a project of 40.00 with goals that no rule objects to."""
    return a_subject(with_good_goals(a_book(basic("60"), project("40"))))


def changed(place: int, **changes: Any) -> Make:
    """Return the same with one indicator of the project another."""

    def make() -> Subject:
        book = good().book
        assert book is not None, "good goals have a book"
        return a_subject(with_indicator(book, place, **changes))

    return make


def keeping(wanted: Callable[[Indicator], bool]) -> Make:
    """Return the same with some indicators of the project left out."""

    def keep(goal: ProjectGoal) -> ProjectGoal:
        return replace(goal, indicators=tuple(filter(wanted, goal.indicators)))

    def make() -> Subject:
        book = good().book
        assert book is not None, "good goals have a book"
        return a_subject(with_project_goal(book, keep))

    return make


def overall(name: str, **changes: Any) -> Make:
    """Return the same with one indicator of the unit's overall goal another."""

    def put(goal: OverallGoal) -> OverallGoal:
        rows = (replace(each, **changes) if each.name == name else each for each in goal.indicators)
        return replace(goal, indicators=tuple(rows))

    def make() -> Subject:
        book = good().book
        assert book is not None, "good goals have a book"
        return a_subject(with_overall_goal(book, put))

    return make


def without_goals() -> Subject:
    """Return a document of an edition that prints no goals."""
    declared()
    return a_subject(published(a_book(basic("60")), EDITIONS["national-2016"]))


FAILING = {
    "PRF001": keeping(lambda each: each.dimension is not Dimension.BENEFIT),
    "PRF002": keeping(lambda each: each.dimension is not Dimension.SATISFACTION),
    "PRF003": changed(BENEFIT, **NOTHING),
    "PRF004": changed(QUALITY, name="活动场次"),
    "PRF005": changed(QUALITY, name="达标率"),
    "PRF008": changed(QUALITY, dimension=Dimension.BENEFIT),
    "PRF009": changed(QUANTITY, target="力争20场"),
    "PRF010": changed(BENEFIT, scoring=""),
    "PRF011": changed(QUALITY, target="95%"),
    "PRF012": changed(BENEFIT, measure="促进"),
    "PRF015": changed(QUALITY, scoring="90%-95%计8分；86%-91%计6分"),
    "PRF018": changed(QUALITY, comparison=Comparison.EQUALS),
    "PRF019": changed(COST, dimension=Dimension.OUTPUT, aspect=Aspect.COST),
}
for code, fails in FAILING.items():
    words(code, passes=good, fails=fails, missing=without_goals)

amounts(
    "PRF006",
    passes=good,
    fails=changed(BENEFIT, weight=Decimal(15)),
    within=changed(BENEFIT, weight=Decimal("20.0")),
    beyond=changed(BENEFIT, weight=Decimal("20.5")),
    missing=changed(BENEFIT, weight=None, damaged=("weight",)),
)
amounts(
    "PRF007",
    passes=good,
    fails=overall("服务水平提升", weight=Decimal(15)),
    within=overall("服务水平提升", weight=Decimal("30.0")),
    beyond=overall("服务水平提升", weight=Decimal("30.5")),
    missing=without_goals,
)
amounts(
    "PRF013",
    passes=good,
    fails=changed(QUANTITY, scoring="完成得10分"),
    within=changed(QUANTITY, scoring="完成得20.0分"),
    beyond=changed(QUANTITY, scoring="完成得20.5分"),
    missing=changed(QUANTITY, scoring="", damaged=("scoring",)),
)
amounts(
    "PRF014",
    passes=good,
    fails=changed(BENEFIT, scoring="明显得满分，一般得30分"),
    within=changed(BENEFIT, scoring="明显得满分，一般得19.5分"),
    beyond=changed(BENEFIT, scoring="明显得满分，一般得20分"),
    missing=without_goals,
)
amounts(
    "PRF016",
    passes=good,
    fails=changed(COST, target="400"),
    within=changed(COST, target="40"),
    beyond=changed(COST, target="40.01"),
    missing=changed(COST, target="", damaged=("target",)),
)
amounts(
    "PRF017",
    passes=good,
    fails=overall("基本支出", target="600"),
    within=overall("基本支出", target="60"),
    beyond=overall("基本支出", target="60.01"),
    missing=without_goals,
)


def beside_its_book(money: str, held: str = "40") -> Make:
    """Return a project of so many 万元 beside a table that gives it another sum."""

    def make() -> Subject:
        book = with_good_goals(a_book(basic("60"), project(held)))
        document = published(book)
        if money != "40.00":
            document = retyped(document, "project-goals/900001-01/total", money)
        return a_subject(book, document=document)

    return make


amounts(
    "PRF020",
    passes=beside_its_book("40.00"),
    fails=beside_its_book("4.00"),
    within=beside_its_book("40.00", "40.004999"),  # prints as 40.00 万元
    beyond=beside_its_book("40.01"),
    missing=without_goals,
)
