"""Projects and goals of the invented departments: sheets of one project, and the tables of goals.

One sheet is typed here whole; the money and the words of the others and of the city's two tables
are worked out from the files.
"""

from decimal import Decimal

import pytest

from budget.document import Disclosure, Paragraph
from budget.tests.golden_district.adding import (
    Body,
    Record,
    added,
    both,
    in_wan,
    in_yuan,
    of,
)
from budget.tests.golden_district.places import (
    BODIES,
    CITY,
    DISTRICT,
    EDITION_CODES,
    FIVE_UNITS,
    ONE_UNIT,
    document,
    rows,
)

DEPARTMENT = Body(FIVE_UNITS)
DIMENSIONS = {
    "output": "产出指标",
    "cost": "成本指标",
    "benefit": "效益指标",
    "satisfaction": "满意度指标",
}
ASPECTS = {
    "quantity": "数量指标",
    "quality": "质量指标",
    "timeliness": "时效指标",
    "economic_cost": "经济成本指标",
    "economic_benefit": "经济效益指标",
    "social_benefit": "社会效益指标",
    "sustainability": "可持续影响指标",
    "beneficiary_satisfaction": "服务对象满意度指标",
}
SIGNS = {
    "at_least": "≥",
    "at_most": "≤",
    "equals": "=",
    "more_than": "＞",
    "less_than": "＜",
    "qualitative": "定性",
}
APPROPRIATED = of(source=("general_public", "government_fund", "state_capital"))
PROJECT = of(nature="project")


def sheet(body: Body, project: str) -> tuple[tuple[str, ...], ...]:
    return rows(document(body, DISTRICT).tables_by_code[f"project-goal-sheet-{project}"])


THREE_YEARS = "三年内建成统一的旅游品牌和数字导览体系，旅游接待人次比2024年增长10%。"
THIS_YEAR = "完成主要客源地推广活动，新增精品旅游线路4条。"


def test_the_sheet_of_a_project_of_several_years_is_as_typed() -> None:
    # Its funds over three years 4,650,000 + 320,000; this year 938,652.87 + 64,827.93 of the
    # general public budget and 486,315.62 + 6,274.85 of 政府性基金, 1,496,071.27 in all.
    assert sheet(DEPARTMENT, "501001-02") == (
        ("项目名称", "全域旅游宣传推广", "项目性质", "阶段性项目"),
        ("项目类别", "特定目标类", "主管部门", "示范区文化和旅游局"),
        ("实施单位", "示范区文化和旅游局", "起止时间", "2025年1月1日—2027年12月31日"),
        ("项目资金总额", "4,970,000.00", "年度资金总额", "1,496,071.27"),
        ("其中：财政资金", "4,650,000.00", "其中：当年财政拨款", "1,496,071.27"),
        ("", "", "上年结转资金", ""),
        ("其他资金", "320,000.00", "其他资金", ""),
        ("项目总目标", THREE_YEARS, THREE_YEARS, THREE_YEARS),
        ("年度绩效目标", THIS_YEAR, THIS_YEAR, THIS_YEAR),
        ("一级指标", "二级指标", "三级指标", "指标目标值"),
        ("产出指标", "数量指标", "客源地推广活动", "≥6.00(场)"),
        ("产出指标", "数量指标", "新增精品旅游线路", "≥4.00(条)"),
        ("产出指标", "质量指标", "推广材料差错率", "＜0.50(%)"),
        ("成本指标", "经济成本指标", "年度项目支出", "≤149.61(万元)"),
        ("效益指标", "经济效益指标", "旅游接待人次增长率", "＞3.00(%)"),
        ("效益指标", "可持续影响指标", "品牌管理制度", "健全"),
        ("满意度指标", "服务对象满意度指标", "游客满意度", "≥88.00(%)"),
    )


def test_a_project_of_one_year_has_no_goal_over_several() -> None:
    assert "项目总目标" not in {row[0] for row in sheet(DEPARTMENT, "501001-01")}


def shown(yuan: Decimal) -> str:
    return f"{in_yuan(yuan):,}" if yuan else ""


def introduced(body: Body) -> list[Record]:
    return [project for project in body.records("projects.csv") if project.get("introduced")]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.code)
def test_each_introduced_project_has_a_sheet_with_its_funds(body: Body) -> None:
    made = document(body, DISTRICT)
    sheets = [table.code for table in made.tables if table.code.startswith("project-goal-sheet")]
    assert sheets == [f"project-goal-sheet-{project['code']}" for project in introduced(body)]
    for project in introduced(body):
        all_years = [Decimal(project[f"total_{kind}"]) for kind in ("appropriated", "other")]
        year = [line for line in body.lines if line["project"] == project["code"]]
        paid = added(year, APPROPRIATED)
        assert [row[1::2] for row in sheet(body, project["code"])[3:7]] == [
            (shown(all_years[0] + all_years[1]), shown(added(year))),
            (shown(all_years[0]), shown(paid)),
            ("", ""),
            (shown(all_years[1]), shown(added(year) - paid)),
        ]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.code)
def test_each_sheet_shows_the_goal_and_all_indicators(body: Body) -> None:
    goals = {goal["project"]: goal for goal in body.goals("project_goals.json")}
    for project in introduced(body):
        goal = goals[project["code"]]
        found = sheet(body, project["code"])
        start = found.index(("一级指标", "二级指标", "三级指标", "指标目标值"))
        assert found[start - 1][1] == goal["goal"]
        assert list(found[start + 1 :]) == [
            (
                DIMENSIONS[one["dimension"]],
                ASPECTS[one["aspect"]],
                one["name"],
                one["target"]
                if one["comparison"] == "qualitative"
                else f"{SIGNS[one['comparison']]}{one['target']}({one['measure']})",
            )
            for one in goal["indicators"]
        ]


TOLD = ("overview", "basis", "executor", "plan", "period")


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.code)
def test_each_introduced_project_is_told_about_in_a_part_of_its_own(body: Body) -> None:
    made = document(body, DISTRICT)
    parts = [part for part in made.parts if part.key.startswith("projects")]
    assert len(parts) == len(introduced(body))
    for part, project in zip(parts, introduced(body), strict=True):
        assert project["name"] in part.title
        [section] = part.sections
        said = [said_by(block) for block in section.blocks if isinstance(block, Paragraph)]
        assert said[:5] == [project[text] for text in TOLD]
        money = in_wan(added(body.lines, of(project=project["code"])))
        assert said[5] == f"2026年安排预算{money:,}万元，{project['arrangement']}。"


def said_by(paragraph: Paragraph) -> str:
    return "".join(run if isinstance(run, str) else run.text for run in paragraph.text)


def test_only_the_district_tells_about_single_projects() -> None:
    def tells(made: Disclosure) -> bool:
        return any(part.key.startswith("projects") for part in made.parts)

    told = {edition: tells(document(DEPARTMENT, edition)) for edition in EDITION_CODES}
    assert told == {edition: edition == DISTRICT for edition in EDITION_CODES}


# The city's two tables of goals.


def wan(yuan: Decimal) -> str:
    return f"{in_wan(yuan):,}" if yuan else ""


def indicator_cells(one: dict[str, str], order: tuple[str, ...]) -> list[str]:
    values = {
        **one,
        "dimension": DIMENSIONS[one["dimension"]],
        "aspect": ASPECTS[one["aspect"]],
        "comparison": SIGNS[one["comparison"]],
    }
    return [values[name] for name in order]


BY_PROJECT = (
    *("dimension", "aspect", "name", "target", "explanation"),
    *("scoring", "measure", "comparison", "weight"),
)
BY_UNIT = (
    *("dimension", "aspect", "name", "comparison", "target"),
    *("measure", "explanation", "scoring", "weight"),
)
NO_INDICATOR = [""] * 9


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.code)
def test_the_citys_table_of_project_goals_is_as_worked_out(body: Body) -> None:
    goals = {goal["project"]: goal for goal in body.goals("project_goals.json")}
    projects = body.records("projects.csv")
    expected = [["合计", "", wan(added(body.lines, PROJECT)), "", *NO_INDICATOR]]
    for unit in body.units:
        own = [project for project in projects if project["unit"] == unit["code"]]
        money = wan(added(body.lines, both(PROJECT, of(unit=unit["code"]))))
        if own:
            expected.append([unit["code"], unit["name"], money, "", *NO_INDICATOR])
        for project in own:
            goal = goals.get(project["code"], {"goal": "", "indicators": []})
            money = wan(added(body.lines, of(project=project["code"])))
            tall = [unit["code"], project["name"], money, goal["goal"]]
            listed = [indicator_cells(one, BY_PROJECT) for one in goal["indicators"]]
            expected += [[*tall, *cells] for cells in listed or [NO_INDICATOR]]
    found = rows(document(body, CITY).tables_by_code["project-goals"])
    assert [list(row) for row in found] == expected


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.code)
def test_the_citys_table_of_whole_budgets_is_as_worked_out(body: Body) -> None:
    goals = {goal["unit"]: goal for goal in body.goals("overall_goals.json")}
    apart = ("general_public", "government_fund", "special_account")
    expected = []
    for unit in body.units:
        lines = [line for line in body.lines if line["unit"] == unit["code"]]
        named = [added(lines, of(source=source)) for source in apart]
        other = added(lines) - sum(named)
        natures = [added(lines, of(nature=nature)) for nature in ("basic", "project")]
        money = [wan(yuan) for yuan in (added(lines), *named, other, *natures)]
        goal = goals.get(unit["code"], {"goal": "", "indicators": []})
        tall = [unit["code"], unit["name"], *money, goal["goal"]]
        listed = [indicator_cells(one, BY_UNIT) for one in goal["indicators"]]
        expected += [[*tall, *cells] for cells in listed or [NO_INDICATOR]]
    found = rows(document(body, CITY).tables_by_code["overall-goals"])
    assert [list(row) for row in found] == expected


def test_projects_of_the_department_are_those_added_up_by_hand() -> None:
    # 1,859,595.09 + 1,496,071.27 + 2,357,864.91 + 168,439.57 + 146,285.37 + 137,207.48
    # = 6,165,463.69 of the office; 598,860.36; 928,675.56 + 87,354.38 = 1,016,029.94;
    # 654,364.30 + 719,990.47 + 235,206.63 = 1,609,561.40; 409,824.63; 9,799,740.02 in all.
    table = document(DEPARTMENT, CITY).tables_by_code["project-goals"]
    money = {row.key: row.cells[2].text for row in table.rows if row.key.isdigit()}
    assert money == {
        "501001": "616.55",
        "501002": "59.89",
        "501003": "101.60",
        "501004": "160.96",
        "501005": "40.98",
    }
    assert table.cells["project-goals/total/total"].text == "979.97"


def test_a_department_without_goals_shows_its_projects_money() -> None:
    found = rows(document(Body(ONE_UNIT), CITY).tables_by_code["project-goals"])
    assert [row[:4] for row in found] == [
        ("合计", "", "73.86", ""),
        ("502001", "示范区工艺技术研究所", "73.86", ""),
        ("502001", "中小企业工艺改进服务", "73.86", ""),
    ]
