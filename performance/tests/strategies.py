"""Random goals for the units and projects of a random book."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.tests.strategies import HUNDRED_YUAN, books
from performance.goals import (
    Aspect,
    Comparison,
    Dimension,
    Goals,
    Indicator,
    OverallGoal,
    ProjectGoal,
)

words = st.text("做好协调接待联络服务工作年度内完成按月拨付", max_size=12)
weights = st.none() | st.integers(1, 40).map(Decimal)


@st.composite
def indicators(draw: st.DrawFn) -> tuple[Indicator, ...]:
    """Up to five indicators of one goal, in any order of dimensions and aspects."""
    drawn = draw(
        st.lists(
            st.builds(
                Indicator,
                code=st.just(""),
                dimension=st.sampled_from(Dimension),
                aspect=st.sampled_from(Aspect),
                name=words.filter(bool),
                target=words,
                explanation=words,
                scoring=words,
                measure=st.sampled_from(["", "次", "%", "万元"]),
                comparison=st.none() | st.sampled_from(Comparison),
                weight=weights,
            ),
            max_size=5,
        )
    )
    return tuple(
        replace(indicator, code=f"{indicator.dimension}-{number}")
        for number, indicator in enumerate(drawn, start=1)
    )


@st.composite
def books_with_goals(draw: st.DrawFn, *, grain: Decimal = HUNDRED_YUAN) -> BudgetBook:
    """A random book where some projects and units have goals, some without indicators."""
    book = draw(books(grain=grain))
    projects = tuple(
        ProjectGoal(
            unit=project.unit, project=project.code, goal=draw(words), indicators=draw(indicators())
        )
        for project in book.projects
        if draw(st.booleans())
    )
    overall = tuple(
        OverallGoal(unit=unit.code, goal=draw(words), indicators=draw(indicators()))
        for unit in book.units
        if draw(st.booleans())
    )
    return replace(book, parts={**book.parts, "goals": Goals(projects=projects, overall=overall)})
