"""Departments, units and codes through the bureau's files: shown first, saved once confirmed."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from budget.models import BudgetUnit, CodeChange, Department, FunctionCode
from budget.roles import Role
from budget.terms import Fund
from budget.tests.people import signed_in, someone_with
from budget.tests.stored import a_budget, a_department, a_function, a_line, a_unit, line_values
from budget.tests.uploading import Table, as_csv, as_xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

DEPARTMENTS = (("部门编码", "部门名称", "地区"), ("801", "新名", "测试区"), ("802", "另一局", ""))
OFFER = re.compile(r'name="offer" value="([^"]+)"')


@pytest.fixture
def reviewer() -> Client:
    """The browser of somebody of the budget division."""
    return signed_in(someone_with(Role.BUDGET_REVIEWER, username="bud"))


def uploaded(client: Client, address: str, rows: Table, name: str = "a.xlsx", **more: str) -> Any:
    content = as_xlsx(rows) if name.endswith("xlsx") else as_csv(rows)
    return client.post(address, {"file": SimpleUploadedFile(name, content), **more})


def offer_of(answer: Any) -> str:
    [found] = OFFER.findall(answer.content.decode())
    return str(found)


def words(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_file_is_shown_and_saved_once_it_is_confirmed(reviewer: Client, name: str) -> None:
    a_department("801", "旧名")
    shown = uploaded(reviewer, "/bureau/files/departments/", DEPARTMENTS, name)
    assert shown.status_code == 200
    assert "新增 <b>1</b> 行" in words(shown)
    assert "更新 <b>1</b> 行" in words(shown)
    assert "<del>旧名</del> 新名" in words(shown)
    assert Department.objects.get().name == "旧名"
    offer = offer_of(shown)
    done = reviewer.post("/bureau/files/departments/confirm/", {"offer": offer}, follow=True)
    assert "导入完成：新增 1，更新 1，未变化 0。" in words(done)
    assert dict(Department.objects.values_list("code", "name")) == {"801": "新名", "802": "另一局"}
    twice = reviewer.post("/bureau/files/departments/confirm/", {"offer": offer})
    assert twice.status_code == 409
    assert "核对之后数据又有变化" in words(twice)


def test_a_page_that_was_only_asked_for_complains_of_nothing(reviewer: Client) -> None:
    for address in ("/bureau/files/units/", ADDRESS):
        page = reviewer.get(address)
        assert page.status_code == 200
        assert 'class="error"' not in words(page)
    assert reviewer.post(ADDRESS).status_code == 422


def test_rejected_rows_are_told_and_nothing_can_be_confirmed(reviewer: Client) -> None:
    a_department("801")
    rows = (
        ("单位编码", "单位名称", "部门编码", "单位类型"),
        ("801001", "甲", "801", "行政单位"),
        ("802001", "乙", "801", "行政单位"),
        ("801002", "丙", "999", "公司"),
    )
    shown = uploaded(reviewer, "/bureau/files/units/", rows)
    assert "第3行：单位编码的前3位应是所属部门的编码。" in words(shown)
    assert "第4行 部门编码：没有编码为 999 的部门" in words(shown)
    assert "不能导入 <b>2</b> 行" in words(shown)
    assert OFFER.findall(words(shown)) == []
    assert not BudgetUnit.objects.exists()


def test_what_changed_between_is_shown_again(reviewer: Client) -> None:
    a_department("801", "旧名")
    offer = offer_of(uploaded(reviewer, "/bureau/files/departments/", DEPARTMENTS))
    Department.objects.update(name="第三个名")
    again = reviewer.post("/bureau/files/departments/confirm/", {"offer": offer})
    assert again.status_code == 409
    assert "<del>第三个名</del> 新名" in words(again)
    assert Department.objects.get().name == "第三个名"
    done = reviewer.post(
        "/bureau/files/departments/confirm/", {"offer": offer_of(again)}, follow=True
    )
    assert "导入完成" in words(done)


def test_an_offer_is_for_one_table_and_one_person(reviewer: Client) -> None:
    offer = offer_of(uploaded(reviewer, "/bureau/files/departments/", DEPARTMENTS))
    other = signed_in(someone_with(Role.BUDGET_REVIEWER, username="other"))
    for client, table, text in (
        (other, "departments", offer),
        (reviewer, "units", offer),
        (reviewer, "departments", offer[:-3] + "xyz"),
        (reviewer, "departments", ""),
    ):
        answer = client.post(f"/bureau/files/{table}/confirm/", {"offer": text}, follow=True)
        assert "核对的内容已失效，请重新上传" in words(answer)
    assert not Department.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"no zip", "不是有效的 XLSX 工作簿"),
        ("a.pdf", b"%PDF", "请上传 .xlsx 或 .csv 文件"),
        ("a.csv", b"\xff\xff\xff", "编码既不是 UTF-8 也不是 GB18030"),
        ("a.csv", "部门编码\n".encode(), "文件中没有数据"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_the_field(
    reviewer: Client, name: str, content: bytes, said: str
) -> None:
    answer = reviewer.post(
        "/bureau/files/departments/", {"file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 422
    assert said in words(answer)


def test_what_is_given_out_comes_back_unchanged(reviewer: Client) -> None:
    a_unit("801001", is_head=True, closed_on=date(2031, 1, 1))
    given = reviewer.get("/bureau/files/units.csv").content
    file = SimpleUploadedFile("units.csv", given)
    shown = reviewer.post("/bureau/files/units/", {"file": file})
    assert "未变化 <b>1</b> 行" in words(shown)
    assert "完全相同" in words(shown)


# ---- the next list ------------------------------------------------------------------------------

HEADS = ("科目编码", "名称", "所属预算")
GENERAL = "一般公共预算"
NEXT = (
    HEADS,
    ("201", "一般公共服务支出", GENERAL),
    ("20103", "政府办公厅事务", GENERAL),
    ("2010301", "行政运行", GENERAL),
    ("20199", "其他一般公共服务支出", GENERAL),
)
ADDRESS = "/bureau/codes/function/next/"


def old_list() -> None:
    a_function("201", "一般公共服务支出")
    a_function("20103", "政府办公厅（室）及相关机构事务")
    a_function("2010301", "行政运行")
    a_function("2010302", "一般行政管理事务")


def test_the_next_list_is_compared_and_taken_over_from_its_day(reviewer: Client) -> None:
    old_list()
    unit = a_unit("801001")
    budget = a_budget(unit, year=2030)
    a_line(budget, unit, function="2010302")
    a_line(budget, unit, **{**line_values(function="2010302"), "sequence": 2})
    shown = uploaded(reviewer, ADDRESS, NEXT, begins="2031-01-01")
    text = words(shown)
    assert "新增 <b>1</b>" in text
    assert "取消 <b>1</b>" in text
    assert "更名 <b>1</b>" in text
    assert "不变 <b>2</b>" in text
    assert "2030年 2行（1个部门）" in text
    assert FunctionCode.objects.count() == 4
    confirmed = reviewer.post(
        f"{ADDRESS}2031-01-01/confirm/", {"offer": offer_of(shown)}, follow=True
    )
    assert "新科目表自2031-01-01起采用：新增 1，取消 1，更名 1，不变 2。" in words(confirmed)
    stored = set(FunctionCode.objects.values_list("code", "name", "valid_from", "valid_to"))
    begins, last = date(2031, 1, 1), date(2030, 12, 31)
    assert stored == {
        ("201", "一般公共服务支出", None, None),
        ("20103", "政府办公厅（室）及相关机构事务", None, last),
        ("20103", "政府办公厅事务", begins, None),
        ("2010301", "行政运行", None, None),
        ("2010302", "一般行政管理事务", None, last),
        ("20199", "其他一般公共服务支出", begins, None),
    }
    renamed = CodeChange.objects.get(change="rename")
    assert (renamed.code, renamed.old_name, renamed.new_name, renamed.effective_year) == (
        "20103",
        "政府办公厅（室）及相关机构事务",
        "政府办公厅事务",
        2031,
    )
    again = uploaded(reviewer, ADDRESS, NEXT, begins="2031-01-01")
    assert "完全相同" in words(again)


def test_a_list_taken_over_twice_from_one_day_mends_itself(reviewer: Client) -> None:
    old_list()
    first = uploaded(reviewer, ADDRESS, NEXT, begins="2031-01-01")
    reviewer.post(f"{ADDRESS}2031-01-01/confirm/", {"offer": offer_of(first)})
    mended = (*NEXT[:2], ("20103", "政府办公厅及相关事务", GENERAL), NEXT[3])
    shown = uploaded(reviewer, ADDRESS, mended, begins="2031-01-01")
    reviewer.post(f"{ADDRESS}2031-01-01/confirm/", {"offer": offer_of(shown)})
    begun = FunctionCode.objects.filter(valid_from=date(2031, 1, 1))
    assert set(begun.values_list("code", "name", "is_active")) == {
        ("20103", "政府办公厅及相关事务", True),
        ("20199", "其他一般公共服务支出", False),  # never held: it began and ended that day
    }


def test_the_list_of_a_day_is_given_out_and_is_that_list(reviewer: Client) -> None:
    old_list()
    a_function("2010303", "去年的事务", valid_to=date(2030, 12, 31))
    a_function("2010304", "待核实的事务", is_active=False)
    given = reviewer.get("/bureau/files/function.csv", {"on": "2031-01-01"}).content
    text = given.decode("utf-8-sig")
    assert "2010302" in text
    assert "去年的事务" not in text
    assert "待核实的事务" not in text
    filled = {"file": SimpleUploadedFile("next.csv", given), "begins": "2031-01-01"}
    assert "完全相同" in words(reviewer.post(ADDRESS, filled))
    assert reviewer.get("/bureau/files/function.csv", {"on": "昨天"}).status_code == 404


def test_faults_of_a_list_are_told_by_row_and_column(reviewer: Client) -> None:
    rows = (
        HEADS,
        ("201", "甲", GENERAL),
        ("20103", "", GENERAL),
        ("20x", "乙", GENERAL),
        ("201", "丙", GENERAL),
        ("2010301", "丁", GENERAL),
        ("202", "戊", "别的"),
    )
    text = words(uploaded(reviewer, ADDRESS, rows, begins="2031-01-01"))
    for said in (
        "第3行 名称：不能为空",
        "第4行 科目编码：“20x”不是科目编码",
        "第5行：与第2行重复",
        "第6行：2010301 的上级 20103 不在表中",
        "第7行 所属预算：“别的”不在可选值之中",
    ):
        assert said in text
    assert OFFER.findall(text) == []


def test_a_list_that_lacks_a_column_is_refused(reviewer: Client) -> None:
    rows = (("科目编码", "名称", "备注栏"), ("201", "甲", ""))
    text = words(uploaded(reviewer, ADDRESS, rows, begins="2031-01-01"))
    assert "文件中缺少列：所属预算" in text
    more = ((*HEADS, "备注栏"), ("201", "甲", GENERAL, "x"))
    assert "不认识的列：备注栏" in words(uploaded(reviewer, ADDRESS, more, begins="2031-01-01"))


def test_a_part_of_a_list_is_warned_of(reviewer: Client) -> None:
    old_list()
    shown = uploaded(reviewer, ADDRESS, NEXT[:2], begins="2031-01-01")
    assert "现行4个科目中有超过五分之一将停用" in words(shown)


def test_a_difference_that_is_no_longer_the_one_shown_is_shown_again(reviewer: Client) -> None:
    old_list()
    offer = offer_of(uploaded(reviewer, ADDRESS, NEXT, begins="2031-01-01"))
    a_function("2010303", "机关服务")
    again = reviewer.post(f"{ADDRESS}2031-01-01/confirm/", {"offer": offer})
    assert again.status_code == 409
    assert "取消 <b>2</b>" in words(again)
    assert FunctionCode.objects.filter(valid_to=None).count() == 5
    other_day = reviewer.post(f"{ADDRESS}2032-01-01/confirm/", {"offer": offer}, follow=True)
    assert "核对的内容已失效" in words(other_day)


def test_a_code_that_another_budget_pays_begins_anew(reviewer: Client) -> None:
    old_list()
    rows = (HEADS, *((code, name, "政府性基金预算") for code, name, _ in NEXT[1:]))
    shown = uploaded(reviewer, ADDRESS, rows, begins="2031-01-01")
    assert "所属预算改变 <b>2</b>" in words(shown)
    reviewer.post(f"{ADDRESS}2031-01-01/confirm/", {"offer": offer_of(shown)})
    held = FunctionCode.objects.get(code="201", valid_from=date(2031, 1, 1))
    assert held.fund is Fund.GOVERNMENT_FUND
