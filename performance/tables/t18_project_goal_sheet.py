"""项目绩效目标表 of one project: its facts, its funds, its goals and its indicators.

Facts stand in pairs of name and value; below them the indicators, with comparison, value and unit
in one cell. A project of several years shows its funds and its goal over all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar, Final

from budget.book import Project
from budget.document import Footing, Loss, RowKind
from budget.ledger import where
from budget.money import total
from budget.numerals import day
from budget.questions import APPROPRIATED, CARRIED_OVER, OF_THIS_YEAR, PROJECT, SPENT
from budget.tables.spec import (
    Amount,
    Label,
    RowPlan,
    Setting,
    TableSpec,
    Value,
    Wide,
    asked,
    table,
    text,
)
from budget.terms import Source
from performance.goals import Comparison, Indicator, ProjectGoal
from performance.parts import goals_of
from performance.tables.indicators import goal_losses, indicator_losses, indicator_merges

NOT_APPROPRIATED: Final = where(source=tuple(s for s in Source if not s.is_appropriation))
YEAR: Final = SPENT & PROJECT
FUNDS: Final = (
    ("year_appropriated", "其中：当年财政拨款", OF_THIS_YEAR & APPROPRIATED),
    ("year_carried_over", "上年结转资金", CARRIED_OVER),
    ("year_other", "其他资金", OF_THIS_YEAR & NOT_APPROPRIATED),
)
SHOWN_IN: Final = {
    "dimension": "first",
    "aspect": "first_value",
    "indicator": "second",
    "target": "second_value",
    "comparison": "second_value",
    "measure": "second_value",
}
"""The column in which the sheet shows a field of an indicator."""
WORDS: Final = (Comparison.QUALITATIVE, Comparison.QUANTITATIVE)


class Sheet:
    """Rows of facts, funds, goals and indicators of the project that the table is about."""

    has_total: ClassVar[bool] = False

    def plans(self, setting: Setting) -> Iterator[RowPlan]:
        """Yield the rows."""
        project = setting.project
        assert project is not None, setting.spec.code
        goal = _goal(setting, project)
        yield from _facts(setting, project, goal)
        yield from _funds(setting, project)
        if goal.long_term_goal:
            yield _goal_row("long_term_goal", "项目总目标", goal.long_term_goal)
        row = _goal_row("goal", "年度绩效目标", goal.goal)
        yield replace(row, losses=_losses(goal_losses(goal), {"goal": "first_value"}))
        yield from _indicators(goal)

    def footings(self, setting: Setting, plans: tuple[RowPlan, ...]) -> Iterable[Footing]:
        """All funds and this year's funds are each the sum of their kinds."""
        kinds = ("total_appropriated/first_value", "total_other/first_value")
        yield Footing("total/first_value", kinds)
        yield Footing("year/second_value", tuple(f"{key}/second_value" for key, _, _ in FUNDS))


def _goal(setting: Setting, project: Project) -> ProjectGoal:
    """Return the project's goal; one that says nothing where nobody wrote any."""
    found = [goal for goal in goals_of(setting.book).projects if goal.project == project.code]
    nothing = ProjectGoal(unit=project.unit, project=project.code, goal="", indicators=())
    return found[0] if found else nothing


def _facts(setting: Setting, project: Project, goal: ProjectGoal) -> Iterator[RowPlan]:
    units = {unit.code: unit.name for unit in setting.book.units}
    nature = project.nature.label if project.nature else ""
    row = _pair("name", "项目名称", project.name, "nature", "项目性质", nature)
    yield replace(row, losses=_losses(goal_losses(goal), {"name": "first_value"}))
    yield _pair(
        *("category", "项目类别", setting.label(project.category, project.category.label)),
        *("department", "主管部门", setting.book.department.name),
    )
    yield _pair(
        *("unit", "实施单位", units[project.unit]),
        *("period", "起止时间", f"{day(project.starts_on)}—{day(project.ends_on)}"),
    )


def _funds(setting: Setting, project: Project) -> Iterator[RowPlan]:
    """Yield the funds over all years beside those of this year."""
    of_project = where(project=project.code)
    year = asked(setting, YEAR, of_project)
    appropriated, carried, other = (
        (key, title, asked(setting, YEAR, of_project, question)) for key, title, question in FUNDS
    )
    yield _pair("total", "项目资金总额", _all_funds(project), "year", "年度资金总额", year)
    yield _pair(
        "total_appropriated", "其中：财政资金", _typed(project.total_appropriated), *appropriated
    )
    yield _pair("", "", "", *carried)
    yield _pair("total_other", "其他资金", _typed(project.total_other), *other)


def _all_funds(project: Project) -> Value:
    known = [part for part in (project.total_appropriated, project.total_other) if part is not None]
    return _typed(total(known)) if known else None


def _typed(yuan: Decimal | None) -> Value:
    """Return an amount that was typed and not added up; nothing where none was."""
    return None if yuan is None else Amount(yuan, ())


def _pair(
    first_key: str,
    first: str,
    first_value: Value,
    second_key: str,
    second: str,
    second_value: Value,
) -> RowPlan:
    """Return a row of two facts, each with an address of its own."""
    return RowPlan(
        first_key or second_key,
        RowKind.ENTRY,
        {
            "first": Label(first),
            "first_value": first_value,
            "second": Label(second),
            "second_value": second_value,
        },
        places={"first_value": first_key, "second_value": second_key},
    )


def _goal_row(key: str, title: str, words: str) -> RowPlan:
    return RowPlan(key, RowKind.ENTRY, {"first": Label(title), "first_value": Wide(words, 3)})


def _indicators(goal: ProjectGoal) -> Iterator[RowPlan]:
    titles = ("一级指标", "二级指标", "三级指标", "指标目标值")
    heads = {column.key: Label(title) for column, title in zip(COLUMNS, titles, strict=True)}
    yield RowPlan("indicators", RowKind.ENTRY, heads)
    for place, indicator in enumerate(goal.indicators):
        runs = indicator_merges(goal.project, goal.indicators, place)
        yield RowPlan(
            indicator.code,
            RowKind.ENTRY,
            {
                "first": indicator.dimension.label,
                "first_value": indicator.aspect.label,
                "second": indicator.name,
                "second_value": _target(indicator),
            },
            merges={"first": runs["dimension"], "first_value": runs["aspect"]},
            losses=_losses(indicator_losses(indicator), SHOWN_IN),
        )


def _losses(losses: Mapping[str, Loss], columns: Mapping[str, str]) -> Mapping[str, Loss]:
    """Return losses by the columns in which the sheet shows what was lost."""
    return {columns[name]: loss for name, loss in losses.items() if name in columns}


def _target(indicator: Indicator) -> str:
    """Return comparison, value and unit in one cell.

    >>> from performance.goals import Aspect, Dimension
    >>> _target(
    ...     Indicator(
    ...         code="x",
    ...         dimension=Dimension.OUTPUT,
    ...         aspect=Aspect.QUANTITY,
    ...         name="x",
    ...         target="90.00",
    ...         measure="%",
    ...         comparison=Comparison.AT_LEAST,
    ...     )
    ... )
    '≥90.00(%)'
    """
    sign = indicator.comparison
    lead = sign.label if sign and sign not in WORDS else ""
    measure = f"({indicator.measure})" if indicator.measure and lead else ""
    return f"{lead}{indicator.target}{measure}"


COLUMNS: Final = (
    text("first", "项目", width=16),
    text("first_value", "内容", width=32, names_rows=False),
    text("second", "项目（续）", width=22),
    text("second_value", "内容（续）", width=34, names_rows=False),
)

PROJECT_GOAL_SHEET: Final = table(
    TableSpec(
        code="project-goal-sheet",
        title="项目绩效目标表",
        columns=COLUMNS,
        rows=Sheet(),
    )
)
