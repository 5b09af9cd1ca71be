"""The page on the way of a budget is fresh, and tells of every step."""

from __future__ import annotations

from pathlib import Path

from budget.access.entries import OnBudget
from budget.access.routes import ROUTES
from budget.flow.history import SENTENCES
from budget.workflow.documenting import NOT_BUILT, workflow_page
from budget.workflow.steps import STEPS

PAGE = Path(__file__).parents[2] / "docs" / "workflow.md"


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == workflow_page(), "run: manage.py writedocs"


def test_the_diagram_and_the_table_have_each_step() -> None:
    lines = workflow_page().splitlines()
    assert "    frozen --> approved: 批复" in lines
    assert (
        "| 审定待批复 | 批复 | 二上 | 预算科 | 已批复 | 批复文号、日期"
        " | 人民代表大会已批准预算 | 是 |"
    ) in lines
    assert sum(" --> " in line for line in lines) == len(STEPS)
    # The head of the table and the line below it stand beside the steps.
    assert sum(line.startswith("|") for line in lines) == len(STEPS) + 2


def test_a_first_submission_is_not_sent_back_from_where_it_never_comes() -> None:
    [back] = [row for row in workflow_page().splitlines() if row.startswith("| 审定待批复 | 退回")]
    assert back.startswith("| 审定待批复 | 退回修改 | 二上 | 预算科 |")


def test_what_is_not_built_yet_is_said_to_be_so_and_has_no_page() -> None:
    assert "权限表中的尾差归整、批注还没有开通" in workflow_page()
    asked = {each.action for each in ROUTES.values() if isinstance(each, OnBudget)}
    assert asked.isdisjoint(NOT_BUILT)


def test_each_step_has_its_sentence() -> None:
    assert set(SENTENCES) == {step.action for step in STEPS}
