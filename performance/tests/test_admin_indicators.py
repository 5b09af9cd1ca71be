"""Indicators from a file: to the goal of a project, or to that of a whole unit."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from budget.tests.stored import YEAR, a_budget, a_project, a_unit
from budget.tests.uploading import as_xlsx, confirmed, faults, page, uploaded
from performance.goals import Comparison, Dimension
from performance.models import Indicator, OverallGoal, ProjectGoal

pytestmark = pytest.mark.django_db

HEADS = (
    *("预算年度", "单位编码", "项目编码", "序号", "指标编码", "一级指标", "二级指标"),
    *("三级指标", "指标值类型", "指标值", "分值"),
)
OF_PROJECT = (YEAR, "801001", "P1", 1, "q-1", "产出指标", "数量指标", "期数", "≥", "80期", 7.5)
OF_UNIT = (YEAR, "801001", "", 1, "q-1", "效益指标", "社会效益指标", "效果", "定性", "好", "１０")


@pytest.fixture
def admin_client(client: Client, django_user_model: Any) -> Client:
    person = django_user_model.objects.create(username="root", is_staff=True, is_superuser=True)
    client.force_login(person)
    return client


@pytest.fixture
def goals() -> None:
    """Have a unit with an overall goal and a project with one."""
    unit = a_unit()
    budget = a_budget(unit)
    ProjectGoal.objects.create(project=a_project(budget, unit), goal="办刊")
    OverallGoal.objects.create(budget=budget, unit=unit, goal="全部")


@pytest.mark.usefixtures("goals")
def test_indicators_go_to_their_goals_and_the_second_time_nowhere(admin_client: Client) -> None:
    content = as_xlsx([HEADS, OF_PROJECT, OF_UNIT])
    preview = uploaded(admin_client, Indicator, content)
    assert "新增 2 行" in preview
    confirmed(admin_client, Indicator, preview)
    of_project = Indicator.objects.get(project_goal__project__code="P1")
    assert (of_project.dimension, of_project.comparison, of_project.weight) == (
        Dimension.OUTPUT,
        Comparison.AT_LEAST,
        Decimal("7.5"),
    )
    assert Indicator.objects.get(overall_goal__unit__code="801001").weight == Decimal(10)
    again = uploaded(admin_client, Indicator, content)
    assert "新增 0 行，更新 0 行，未变化 2 行" in again


@pytest.mark.usefixtures("goals")
def test_what_is_wrong_is_told_by_row_and_column(admin_client: Client) -> None:
    rows = [
        HEADS,
        (YEAR, "801001", "P9", *OF_PROJECT[3:]),
        (YEAR, "999001", "", *OF_UNIT[3:]),
        (2031, "801001", "", *OF_UNIT[3:]),
        (*OF_UNIT[:5], "大指标", *OF_UNIT[6:10], "多"),
        (*OF_UNIT[:10], -1),
    ]
    told = faults(uploaded(admin_client, Indicator, as_xlsx(rows)))
    assert "第2行 项目编码：该单位没有编码为 P9 且已填绩效目标的项目" in told
    assert "第3行 单位编码：没有编码为 999001 的预算单位" in told
    assert "第4行 单位编码：部门 801 没有2031年的预算" in told
    assert "第5行 分值：“多”不是有效数字" in told
    assert any(each.startswith("第5行 一级指标：“大指标”不在可选值之中") for each in told)
    assert "第6行 分值：分值不能为负数。" in told
    assert not Indicator.objects.exists()


@pytest.mark.usefixtures("goals")
def test_what_was_exported_comes_back_unchanged(admin_client: Client) -> None:
    confirmed(
        admin_client,
        Indicator,
        uploaded(admin_client, Indicator, as_xlsx([HEADS, OF_PROJECT, OF_UNIT])),
    )
    answer = admin_client.post(page(Indicator, "export"), {"format": "0", "resource": "0"})
    preview = uploaded(admin_client, Indicator, answer.content)
    assert "新增 0 行，更新 0 行，未变化 2 行" in preview


@pytest.mark.parametrize("action", ["changelist", "add", "import", "export"])
def test_every_page_opens(admin_client: Client, action: str) -> None:
    assert admin_client.get(page(Indicator, action)).status_code == 200
