"""The pages of beginning with last year, of 批复核对 and of a unit's completion, over HTTP."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from budget.models import (
    Attachment,
    Batch,
    BudgetUnit,
    BudgetYear,
    DepartmentBudget,
    PendingRow,
    Project,
    Remark,
    SpendingLine,
    UnitBudget,
)
from budget.roles import Role
from budget.terms import BatchKind, State
from budget.tests.filling import Accountant, an_accountant
from budget.tests.people import signed_in, someone_with
from budget.tests.stored import a_budget, a_line, a_project, moved

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
UNIT, WHOLE = "/entry/801001/2030/", "/entry/801/2030/"
PDF = b"%PDF-1.7\n"


@pytest.fixture(autouse=True)
def inside(settings: Any, tmp_path: Path) -> Path:
    settings.INSIDE_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def accountant() -> Accountant:
    accountant = an_accountant()
    # The year is still to come; its 批复 may be of any day after the congress.
    BudgetYear.objects.update(congress_on=date(2020, 1, 12))
    return accountant


@pytest.fixture
def last(accountant: Accountant) -> DepartmentBudget:
    """Last year: a project, a text and a line."""
    assert accountant.unit is not None
    last = a_budget(accountant.unit, year=2029)
    BudgetYear.objects.update(edition="changsha-2023")
    a_project(last, accountant.unit, "P1")
    Remark.objects.create(budget=last, key="mandate", text="去年写的职能")
    Remark.objects.create(budget=last, key="purpose.201", text="去年写的用途")
    a_line(last, accountant.unit)
    return moved(last, State.APPROVED)


@pytest.fixture
def compiler(accountant: Accountant) -> Client:
    return signed_in(someone_with(Role.COMPILER, "801001"))


def text(answer: Any) -> str:
    return str(answer.content.decode())


# ---- beginning ----


def test_the_page_says_what_would_come_from_where_and_writes_nothing(
    compiler: Client, last: DepartmentBudget
) -> None:
    page = text(compiler.get(f"{UNIT}begin/"))
    assert "2029年测试局部门预算（已批复）" in page
    assert "带入上年金额" in page
    assert "checked" not in page
    assert not Batch.objects.exists()


@pytest.mark.usefixtures("last")
def test_beginning_without_amounts_marks_what_came_until_it_is_touched(
    compiler: Client, accountant: Accountant
) -> None:
    answer = compiler.post(f"{UNIT}begin/", {"batch": str(uuid4())}, follow=True)
    assert answer.redirect_chain == [(UNIT, 302)]
    assert "已沿用2029年测试局部门预算（已批复）" in text(answer)
    assert "<td>2 处</td>" in text(answer)  # two texts
    assert not SpendingLine.objects.filter(budget=accountant.budget).exists()
    assert 'class="untouched"' in text(compiler.get(f"{UNIT}projects/"))
    texts = text(compiler.get(f"{UNIT}texts/"))
    assert texts.count("entry-words untouched") == 2
    # What no document asks for yet is shown under the name that people know it by.
    assert "暂时用不到的文字" in texts
    assert "purpose.201</span>" not in texts
    accountant.type("texts", "mandate", text=("去年写的职能", "今年的"))
    assert text(compiler.get(f"{UNIT}texts/")).count("entry-words untouched") == 1


@pytest.mark.usefixtures("last")
def test_amounts_come_when_they_are_asked_for(compiler: Client, accountant: Accountant) -> None:
    compiler.post(f"{UNIT}begin/", {"batch": str(uuid4()), "amounts": "1"})
    assert SpendingLine.objects.filter(budget=accountant.budget).count() == 1


@pytest.mark.usefixtures("last")
def test_the_form_sent_twice_begins_once(compiler: Client) -> None:
    form = {"batch": str(uuid4()), "amounts": "1"}
    for _ in range(2):
        assert compiler.post(f"{UNIT}begin/", form).status_code == 302
    assert Batch.objects.filter(kind=BatchKind.LAST_YEAR).count() == 1


@pytest.mark.usefixtures("last")
def test_beginning_is_undone_from_its_page(compiler: Client, accountant: Accountant) -> None:
    compiler.post(f"{UNIT}begin/", {"batch": str(uuid4())})
    [batch] = Batch.objects.all()
    assert f"/undo/{batch.pk}/" in text(compiler.get(f"{UNIT}begin/"))
    answer = compiler.post(f"{UNIT}undo/{batch.pk}/", follow=True)
    assert answer.status_code == 200
    assert not Project.objects.filter(budget=accountant.budget).exists()
    assert f"/undo/{batch.pk}/" not in text(compiler.get(f"{UNIT}begin/"))


@pytest.mark.usefixtures("last")
def test_beginning_again_with_nothing_left_to_take_is_told(compiler: Client) -> None:
    compiler.post(f"{UNIT}begin/", {"batch": str(uuid4()), "amounts": "1"})
    answer = compiler.post(f"{UNIT}begin/", {"batch": str(uuid4()), "amounts": "1"})
    assert answer.status_code == 422
    assert "没有可以沿用的内容" in text(answer)


def test_without_a_last_year_the_page_says_what_to_do(compiler: Client) -> None:
    assert "没有找到上年的预算" in text(compiler.get(f"{UNIT}begin/"))
    assert compiler.post(f"{UNIT}begin/", {"batch": str(uuid4())}).status_code == 200
    assert not Batch.objects.exists()


@pytest.mark.usefixtures("last")
def test_after_submission_nothing_is_taken_over(compiler: Client, accountant: Accountant) -> None:
    DepartmentBudget.objects.filter(pk=accountant.budget.pk).update(state=State.SUBMITTED)
    assert "不能“" in text(compiler.get(f"{UNIT}begin/"))
    assert compiler.post(f"{UNIT}begin/", {"batch": str(uuid4())}).status_code == 409
    assert not Batch.objects.exists()


@pytest.mark.usefixtures("last")
def test_department_finance_takes_over_words_and_registers_but_no_amounts(
    accountant: Accountant,
) -> None:
    finance = signed_in(someone_with(Role.DEPARTMENT_FINANCE, "801"))
    page = text(finance.get(f"{UNIT}begin/"))
    assert "带入上年金额" not in page
    finance.post(f"{UNIT}begin/", {"batch": str(uuid4()), "amounts": "1"})
    assert Remark.objects.filter(budget=accountant.budget).count() == 2
    assert not SpendingLine.objects.filter(budget=accountant.budget).exists()
    assert not Project.objects.filter(budget=accountant.budget).exists()


# ---- 批复核对 ----


def a_record(**told: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("批复.pdf", PDF)
    return {"number": "财预〔2030〕8号", "approved_on": "2020-02-10", "file": file, **told}


def test_a_budget_is_recorded_entered_and_compared(
    compiler: Client, accountant: Accountant
) -> None:
    answer = compiler.post(f"{WHOLE}approval/record/", a_record(), follow=True)
    assert "财预〔2030〕8号" in text(answer)
    assert "2020年2月10日" in text(answer)
    accountant.new("basic", function="2010301", economic="30101", amount="100")
    stated = {"nature": "基本支出", "upkeep": "人员经费", "source": "一般公共预算拨款"}
    key = accountant.new("approved", **stated, amount="90")
    page = text(compiler.get(f"{UNIT}approval/"))
    assert "有1项与批复不符" in page
    assert "✗ 10.00" in page
    assert "转为已批复</button>" not in page
    refused = compiler.post(f"{WHOLE}approval/settle/")
    assert refused.status_code == 422
    assert "单位801001有1项与批复不符" in text(refused)
    accountant.type("approved", key, amount=("90", "100"))
    page = text(compiler.get(f"{UNIT}approval/"))
    assert "账面与批复逐项相符" in page
    assert "单位801001还没有确认填报完成" in page
    assert "转为已批复</button>" not in page
    UnitBudget.objects.update(complete=True)
    assert "转为已批复</button>" in text(compiler.get(f"{UNIT}approval/"))
    # Equal is not enough: this little budget lacks its words, and so would its publication.
    refused = compiler.post(f"{WHOLE}approval/settle/")
    assert refused.status_code == 422
    assert "测试局的文件有" in text(refused)
    DepartmentBudget.objects.update(state=State.APPROVED)
    assert compiler.post(f"{WHOLE}approval/settle/").status_code == 409


def test_differences_are_shown_in_the_unit_that_the_person_chose(
    compiler: Client, accountant: Accountant
) -> None:
    accountant.new("basic", function="2010301", economic="30101", amount="123456.78")
    assert "12.345678" in text(compiler.get(f"{UNIT}approval/?unit=wan"))


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"approved_on": "明天"}, "不是完整的日期"),
        ({"number": ""}, "请填写批复文号"),
        ({"file": SimpleUploadedFile("批复.html", b"<html>")}, "不能保存“html”类型的文件"),
    ],
)
def test_a_wrong_record_is_shown_again_with_the_reason(
    compiler: Client, accountant: Accountant, told: dict[str, Any], reason: str
) -> None:
    answer = compiler.post(f"{WHOLE}approval/record/", a_record(**told))
    assert answer.status_code == 422
    assert reason in text(answer)
    assert not DepartmentBudget.objects.get(pk=accountant.budget.pk).disclosure_only
    assert not Attachment.objects.exists()


def test_of_several_units_the_department_records_and_an_accountant_only_looks(
    compiler: Client, accountant: Accountant
) -> None:
    second = BudgetUnit.objects.create(
        department=accountant.budget.department,
        code="801002",
        name="二级单位",
        type="administrative",
    )
    UnitBudget.objects.create(budget=accountant.budget, unit=second)
    finance = signed_in(someone_with(Role.DEPARTMENT_FINANCE, "801"))
    assert finance.post(f"{WHOLE}approval/record/", a_record()).status_code == 302
    [file] = Attachment.objects.all()
    sent: Any = finance.get(f"{WHOLE}files/{file.pk}/")
    assert b"".join(sent.streaming_content) == PDF
    page = text(compiler.get(f"{UNIT}approval/"))
    assert "财预〔2030〕8号" in page
    assert "二级单位" not in page
    assert "登记批复" not in page.replace("在这里登记批复", "")
    assert compiler.get(f"{UNIT}files/{file.pk}/").status_code == 404
    assert compiler.get(f"{WHOLE}approval/").status_code == 404
    assert compiler.post(f"{UNIT}approval/record/", a_record()).status_code == 404


def test_being_published_only_is_taken_back_on_the_page(
    compiler: Client, accountant: Accountant
) -> None:
    compiler.post(f"{WHOLE}approval/record/", a_record())
    answer = compiler.post(f"{WHOLE}approval/forget/", follow=True)
    assert "没有登记为只做公开" in text(answer)
    assert not DepartmentBudget.objects.get(pk=accountant.budget.pk).disclosure_only


# ---- completion ----


def is_complete(accountant: Accountant) -> bool:
    return UnitBudget.objects.get(budget=accountant.budget, unit=accountant.unit).complete


def test_an_accountant_marks_his_part_and_takes_the_mark_back(
    compiler: Client, accountant: Accountant
) -> None:
    page = text(compiler.post(f"{UNIT}complete/", {"complete": "1"}, follow=True))
    assert "已标明填报完成" in page
    assert is_complete(accountant)
    compiler.post(f"{UNIT}complete/", {"complete": "0"})
    assert not is_complete(accountant)


def test_a_part_with_pending_rows_is_not_complete(compiler: Client, accountant: Accountant) -> None:
    accountant.new("basic", function="2010302")
    page = text(compiler.post(f"{UNIT}complete/", {"complete": "1"}, follow=True))
    assert "还有1个未完成行（“基本支出”）" in page
    assert not is_complete(accountant)


def test_a_row_that_is_begun_later_takes_the_mark_back(
    compiler: Client, accountant: Accountant
) -> None:
    compiler.post(f"{UNIT}complete/", {"complete": "1"})
    accountant.new("basic", function="2010301", economic="30101", amount="1")
    assert is_complete(accountant)
    accountant.new("basic", function="2010302")
    assert PendingRow.objects.count() == 1
    assert not is_complete(accountant)


def test_department_finance_hands_a_part_back_and_cannot_complete_it(
    compiler: Client, accountant: Accountant
) -> None:
    finance = signed_in(someone_with(Role.DEPARTMENT_FINANCE, "801"))
    assert finance.post(f"{UNIT}complete/", {"complete": "1"}).status_code == 403
    compiler.post(f"{UNIT}complete/", {"complete": "1"})
    assert "接收或退回" in text(finance.get(UNIT))
    finance.post(f"{UNIT}return/")
    assert is_complete(accountant)  # nothing is handed back without a reason
    finance.post(f"{UNIT}return/", {"reason": "金额有误"})
    assert not is_complete(accountant)
    assert compiler.post(f"{UNIT}return/").status_code == 403


def test_only_a_units_part_is_complete(compiler: Client) -> None:
    assert compiler.post(f"{WHOLE}complete/", {"complete": "1"}).status_code == 404
