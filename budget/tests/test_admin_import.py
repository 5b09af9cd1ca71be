"""Files through the administrators' pages: previewed, refused by row and column, taken in once."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook

from budget.models import (
    BudgetUnit,
    Department,
    EconomicCode,
    FunctionCode,
    PriorFigure,
    Project,
)
from budget.terms import CodeScheme, Fund, ProjectNature, UnitType
from budget.tests.stored import YEAR, a_budget, a_department, a_function, a_project, a_unit
from budget.tests.uploading import as_csv, as_xlsx, confirmed, faults, page, uploaded

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def admin_client(client: Client, django_user_model: Any) -> Client:
    """Return the browser of an administrator, without the second that a password would take."""
    person = django_user_model.objects.create(username="root", is_staff=True, is_superuser=True)
    client.force_login(person)
    return client


WRITERS: dict[str, Callable[[Any], bytes]] = {"xlsx": as_xlsx, "csv": as_csv}

UNIT_HEADS = ("单位编码", "单位名称", "部门编码", "单位类型", "本级", "排序")
UNITS = (
    UNIT_HEADS,
    ("801001", "测试局机关", "801", "行政单位", "是", 12),
    ("801002", "测试中心", "801", "公益一类事业单位", "", ""),
)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_units_are_previewed_confirmed_and_the_second_time_unchanged(
    admin_client: Client, form: str
) -> None:
    a_department()
    preview = uploaded(admin_client, BudgetUnit, WRITERS[form](UNITS), form)
    assert "新增 2 行，更新 0 行，未变化 0 行" in preview
    assert not BudgetUnit.objects.exists()
    assert "导入完成：新增 2，更新 0，未变化 0。" in confirmed(admin_client, BudgetUnit, preview)
    head = BudgetUnit.objects.get(code="801001")
    assert (head.type, head.is_head) == (UnitType.ADMINISTRATIVE, True)
    assert (head.position, head.department_id) == (12, "801")
    again = uploaded(admin_client, BudgetUnit, WRITERS[form](UNITS), form)
    assert "新增 0 行，更新 0 行，未变化 2 行" in again
    assert "导入完成：新增 0，更新 0，未变化 2。" in confirmed(admin_client, BudgetUnit, again)


def test_a_changed_row_shows_old_and_new(admin_client: Client) -> None:
    a_department(name="旧名")
    preview = uploaded(
        admin_client, Department, as_xlsx([("部门编码", "部门名称"), ("801", "新名")])
    )
    assert "<del>旧名</del> 新名" in preview
    assert "style=" not in preview.split("import-preview")[1].split("</table>")[0]
    confirmed(admin_client, Department, preview)
    assert Department.objects.get().name == "新名"


def test_every_fault_is_told_by_row_and_column_of_the_file(admin_client: Client) -> None:
    a_department()
    rows = (
        UNIT_HEADS,
        UNITS[1],
        ("801002", "甲", "999", "公司", "也许", "x"),
        ("", "乙", "801", "行政单位", "", ""),
        ("801001", "丙", "801", "行政单位", "", ""),
        ("802001", "丁", "801", "行政单位", "", -1),
    )
    shown = uploaded(admin_client, BudgetUnit, as_xlsx(rows))
    told = faults(shown)
    assert "第3行 部门编码：没有编码为 999 的部门" in told
    assert "第3行 本级：“也许”应填“是”或“否”" in told
    assert "第3行 排序：“x”不是有效整数" in told
    assert any(each.startswith("第3行 单位类型：“公司”不在可选值之中") for each in told)
    assert "第4行 单位编码：不能为空" in told
    assert "第5行：与第2行重复" in told
    assert "第6行：单位编码的前3位应是所属部门的编码。" in told
    assert "第6行：数量不能为负数。" in told
    assert "数据证" not in shown
    assert 'name="confirm"' not in shown
    assert not BudgetUnit.objects.exists()


@pytest.mark.parametrize("spelling", ["2010301", "201-03-01", "201 03 01", 2010301])
def test_a_code_is_one_code_in_every_spelling(admin_client: Client, spelling: object) -> None:
    rows = (
        ("科目编码", "名称", "所属预算", "生效日期"),
        (spelling, "行政运行", "一般公共预算", ""),
    )
    confirmed(admin_client, FunctionCode, uploaded(admin_client, FunctionCode, as_xlsx(rows)))
    code = FunctionCode.objects.get()
    assert (code.code, code.fund, code.is_active) == ("2010301", Fund.GENERAL_PUBLIC, True)


def test_what_may_not_be_blank_is_told_in_plain_words(admin_client: Client) -> None:
    rows = (("科目编码", "名称", "所属预算", "生效日期"), ("201", "", "", ""))
    told = faults(uploaded(admin_client, FunctionCode, as_xlsx(rows)))
    assert set(told) == {"第2行 名称：不能为空", "第2行 所属预算：不能为空"}


def test_a_code_and_its_start_together_are_one_entry(admin_client: Client) -> None:
    a_function("201", "旧")
    rows = (
        ("科目编码", "名称", "所属预算", "生效日期"),
        ("201", "旧", "一般公共预算", None),
        ("201", "新", "一般公共预算", date(2031, 1, 1)),
    )
    preview = uploaded(admin_client, FunctionCode, as_xlsx(rows))
    assert "新增 1 行，更新 0 行，未变化 1 行" in preview
    confirmed(admin_client, FunctionCode, preview)
    assert FunctionCode.objects.get(valid_from=date(2031, 1, 1)).name == "新"


def test_economic_codes_tell_their_classification(admin_client: Client) -> None:
    rows = (
        ("分类", "科目编码", "名称", "生效日期"),
        ("政府预算支出经济分类", "501", "机关工资福利支出", ""),
        ("", "30101", "基本工资", ""),
        ("支出功能分类", "301", "错", ""),
    )
    [told] = faults(uploaded(admin_client, EconomicCode, as_xlsx(rows)))
    assert told.startswith("第4行 分类：“支出功能分类”不在可选值之中")
    confirmed(admin_client, EconomicCode, uploaded(admin_client, EconomicCode, as_xlsx(rows[:3])))
    assert EconomicCode.objects.get(code="501").scheme is CodeScheme.GOVERNMENT_ECONOMIC
    assert EconomicCode.objects.get(code="30101").scheme is CodeScheme.DEPARTMENT_ECONOMIC


PROJECT_HEADS = ("预算年度", "单位编码", "项目编码", "项目名称", "项目类别")


def test_projects_go_to_the_latest_budget_of_their_unit(admin_client: Client) -> None:
    unit = a_unit()
    a_budget(unit)
    latest = a_budget(unit, version=2)
    rows = (PROJECT_HEADS, (YEAR, "801001", "P-1", "信息化", "其他运转类"))
    confirmed(admin_client, Project, uploaded(admin_client, Project, as_xlsx(rows)))
    assert Project.objects.get().budget == latest


def test_the_funds_of_a_project_are_read_as_typed(admin_client: Client) -> None:
    a_budget(a_unit())
    heads = (
        *PROJECT_HEADS,
        "项目性质",
        "开始日期",
        "项目总额中的财政资金（元）",
        "在公开文件中介绍",
    )
    row = (
        YEAR,
        "801001",
        "P-1",
        "信息化",
        "其他运转类",
        "阶段性项目",
        date(2030, 1, 1),
        "1,561.09",
        "是",
    )
    confirmed(admin_client, Project, uploaded(admin_client, Project, as_xlsx((heads, row))))
    project = Project.objects.get()
    assert (project.nature, project.starts_on) == (ProjectNature.STAGED, date(2030, 1, 1))
    assert (project.total_appropriated, project.introduced) == (Decimal("1561.09"), True)
    wrong = (*row[:7], "abc", "是")
    assert faults(uploaded(admin_client, Project, as_xlsx((heads, wrong)))) == [
        "第2行 项目总额中的财政资金（元）：“abc”不是有效金额"
    ]


def test_a_project_of_an_unknown_unit_year_or_part_is_refused(admin_client: Client) -> None:
    a_unit("801002")
    a_budget(a_unit())
    rows = (
        PROJECT_HEADS,
        (YEAR, "999001", "P-1", "甲", "其他运转类"),
        (2031, "801001", "P-2", "乙", "其他运转类"),
        (YEAR, "801002", "P-3", "丙", "其他运转类"),
        ("今年", "801001", "P-4", "丁", "其他运转类"),
    )
    told = faults(uploaded(admin_client, Project, as_xlsx(rows)))
    assert "第2行 单位编码：没有编码为 999001 的预算单位" in told
    assert "第3行 预算年度：部门 801 没有2031年的预算" in told
    assert "第4行：该预算单位不在本部门预算之中。" in told
    assert "第5行 预算年度：“今年”不是4位数字的年度" in told


def test_amounts_are_read_as_typed_and_kept_exactly(admin_client: Client) -> None:
    a_budget(a_unit())
    heads = ("部门编码", "预算年度", "单位编码", "指标", "金额（元）", "精确到（元）", "来源")
    rows = (
        heads,
        ("801", YEAR, "801001", "revenue_total", "1,561.09", "", "上年批复"),
        ("801", YEAR, "", "revenue_total", "１３９８", 100, "上年批复"),
    )
    preview = uploaded(admin_client, PriorFigure, as_xlsx(rows))
    confirmed(admin_client, PriorFigure, preview)
    assert PriorFigure.objects.get(unit__code="801001").amount == Decimal("1561.09")
    assert PriorFigure.objects.get(unit=None).precision == Decimal(100)
    wrong = (heads, ("801", YEAR, "801001", "spending_total", "abc", "", "上年批复"))
    assert faults(uploaded(admin_client, PriorFigure, as_csv(wrong), "csv")) == [
        "第2行 金额（元）：“abc”不是有效金额"
    ]


# ---- files that are refused


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("部门名称",), ("甲",)], "文件中缺少列：部门编码"),
        ([("部门编码", "名字"), ("801", "甲")], "文件中缺少列：部门名称"),
        (
            [("部门编码", "部门名称", "电话"), ("801", "甲", "1")],
            "文件中有不认识的列：电话。可用的列：部门编码、部门名称",
        ),
        ([("部门编码", "部门编码"), ("801", "甲")], "列名“部门编码”出现了两次"),
        ([("部门编码", None), ("801", "甲")], "B列没有列名"),
        ([("部门编码", "部门名称")], "文件中没有数据"),
        ([("部门编码", "部门名称"), ("801", "=1+1")], "单元格 B2 是公式或错误值"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(
    admin_client: Client, rows: list[tuple[Any, ...]], words: str
) -> None:
    shown = uploaded(admin_client, Department, as_xlsx(rows))
    assert words in shown
    assert 'name="confirm"' not in shown


def packed(*entries: tuple[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not a workbook", "文件不是有效的 XLSX 工作簿"),
        (packed(("x.xml", b"<x/>")), "文件不是有效的 XLSX 工作簿"),
        (packed(("x.xml", b" " * (101 * 2**20))), "文件的压缩内容异常"),
        (b"0" * (10 * 2**20 + 1), "文件超过10兆字节"),
    ],
    ids=["text", "other archive", "bomb", "large"],
)
def test_a_file_that_is_no_workbook_is_refused(
    admin_client: Client, content: bytes, words: str
) -> None:
    assert words in uploaded(admin_client, Department, content)


def test_blank_rows_and_columns_at_the_end_do_not_count(admin_client: Client) -> None:
    rows = [("部门编码", "部门名称", None), ("801", "甲", None), (None, " ", None)]
    assert "新增 1 行" in uploaded(admin_client, Department, as_xlsx(rows))


def test_a_csv_that_excel_saved_in_gb18030_is_read(admin_client: Client) -> None:
    content = "部门编码,部门名称\r\n801,测试局\r\n".encode("gb18030")
    confirmed(admin_client, Department, uploaded(admin_client, Department, content, "csv"))
    assert Department.objects.get().name == "测试局"


def test_what_changed_after_the_preview_is_not_half_imported(admin_client: Client) -> None:
    a_department()
    preview = uploaded(admin_client, BudgetUnit, as_xlsx(UNITS))
    Department.objects.all().delete()
    said = confirmed(admin_client, BudgetUnit, preview)
    assert "预览之后数据有变化，没有导入任何一行" in said
    assert not BudgetUnit.objects.exists()


def test_a_second_click_on_confirm_says_that_it_is_done(admin_client: Client) -> None:
    a_department()
    preview = uploaded(admin_client, BudgetUnit, as_xlsx(UNITS))
    confirmed(admin_client, BudgetUnit, preview)
    assert "上传的文件已经处理过" in confirmed(admin_client, BudgetUnit, preview)
    assert BudgetUnit.objects.count() == 2


# ---- files that go out

LEADS = ("=1+1", "+1", "-1", "@x", "＝1", "\tx")


def exported(client: Client, model: type[Any], form: str) -> bytes:
    answer = client.post(
        page(model, "export"), {"format": {"xlsx": "0", "csv": "1"}[form], "resource": "0"}
    )
    assert answer.status_code == 200
    return answer.content


def test_no_text_of_a_workbook_is_a_formula(admin_client: Client) -> None:
    for number, name in enumerate(LEADS):
        a_department(f"80{number}", name)
    content = exported(admin_client, Department, "xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == list(LEADS)


def test_no_text_of_a_csv_is_a_formula(admin_client: Client) -> None:
    for number, name in enumerate(LEADS):
        a_department(f"80{number}", name)
    text = exported(admin_client, Department, "csv").decode("utf-8-sig")
    assert text.splitlines()[:3] == [
        '"部门编码","部门名称","地区","撤销日期","并入部门编码"',
        '"800","\'=1+1","","",""',
        '"801","\'+1","","",""',
    ]
    for lead in LEADS:
        assert f'"{lead}"' not in text


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("model", [FunctionCode, EconomicCode, Department, BudgetUnit, Project])
def test_what_was_exported_comes_back_unchanged(
    admin_client: Client, model: type[Any], form: str
) -> None:
    unit = a_unit(position=3)
    a_project(a_budget(unit), unit)
    a_department("802", "=SUM(A1)")
    a_function("2010301", "行政运行", valid_from=date(2020, 1, 1))
    EconomicCode.objects.create(code="30101", name="基本工资")
    count = model.objects.count()
    preview = uploaded(admin_client, model, exported(admin_client, model, form), form)
    assert f"新增 0 行，更新 0 行，未变化 {count} 行" in preview


def test_numbers_of_a_workbook_are_numbers(admin_client: Client) -> None:
    a_unit(position=12)
    sheet = load_workbook(io.BytesIO(exported(admin_client, BudgetUnit, "xlsx"))).worksheets[0]
    heads, row = sheet.iter_rows(values_only=True)
    assert dict(zip(heads, row, strict=True))["排序"] == 12


# ---- the pages


def test_only_xlsx_and_csv_are_offered(admin_client: Client) -> None:
    shown = admin_client.get(page(Department, "import")).content.decode()
    assert ">xlsx</option>" in shown
    assert ">csv</option>" in shown
    assert ">json</option>" not in shown
    assert "部门预算编制系统 · 系统管理" in shown


@pytest.mark.parametrize(
    "asked", ["2010301", "201-03-01", "201 03 01", "２０１０３０１", "20103", "行政"]
)
def test_a_code_is_found_in_every_spelling(admin_client: Client, asked: str) -> None:
    a_function("2010301", "行政运行")
    a_function("2020101", "外交")
    shown = admin_client.get(page(FunctionCode, "changelist"), {"q": asked}).content.decode()
    assert "行政运行" in shown
    assert "外交" not in shown


def test_a_form_keeps_a_code_in_its_one_spelling(admin_client: Client) -> None:
    stated = {
        "code": "201-03-01",
        "name": "行政运行",
        "fund": "general_public",
        "confidence": "verified",
        "is_active": "on",
    }
    admin_client.post(page(FunctionCode, "add"), stated)
    assert FunctionCode.objects.get().code == "2010301"
    refused = admin_client.post(page(FunctionCode, "add"), {**stated, "code": "2010"})
    assert "不是科目编码" in refused.content.decode()


@pytest.mark.parametrize(
    "model", [FunctionCode, EconomicCode, Department, BudgetUnit, Project, PriorFigure]
)
@pytest.mark.parametrize("action", ["changelist", "add", "import", "export"])
def test_every_page_opens(admin_client: Client, model: type[Any], action: str) -> None:
    assert admin_client.get(page(model, action)).status_code == 200


def test_nobody_without_the_right_imports(client: Client, django_user_model: Any) -> None:
    clerk = django_user_model.objects.create(username="clerk", is_staff=True)
    client.force_login(clerk)
    assert client.get(page(Department, "import")).status_code == 403
    assert client.get(page(Department, "export")).status_code == 403


def test_a_book_with_an_error_value_is_refused(admin_client: Client) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(("部门编码", "部门名称"))
    sheet.append(("801", "x"))
    sheet["B2"].data_type = "e"
    sheet["B2"]._value = "#REF!"
    written = io.BytesIO()
    book.save(written)
    assert "单元格 B2 是公式或错误值" in uploaded(admin_client, Department, written.getvalue())
