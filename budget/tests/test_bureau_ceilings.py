"""The bureau's pages of ceilings: typed, pasted, from a file; shown first, done if unmoved."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from budget.models import Ceiling, CeilingChange, DepartmentBudget
from budget.roles import Role
from budget.terms import State
from budget.tests.people import signed_in, someone_with
from budget.tests.stored import a_budget, a_line, a_unit

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

YEARS = "/bureau/years/2030/ceilings/"
HERE = f"{YEARS}801/"
OURS = "/entry/801/2030/ceilings/"
HEAD = "单位编码\t资金来源\t类别\t项目编码\t控制数（万元）\n"


@pytest.fixture
def budget() -> DepartmentBudget:
    one, two = a_unit("801001", is_head=True), a_unit("801002")
    stored = a_budget(one, two)
    a_line(stored, one)
    return stored


@pytest.fixture
def reviewer(budget: DepartmentBudget) -> Client:
    return signed_in(someone_with(Role.BUDGET_REVIEWER))


def words(answer: Any) -> str:
    return str(answer.content.decode())


def offered(answer: Any) -> str:
    found = re.search(r'name="offer" value="([^"]+)"', words(answer))
    assert found, words(answer)
    return found[1]


def amounts() -> dict[tuple[str, str], Decimal]:
    return {
        (each.unit.code if each.unit else "", each.kind.value): each.amount
        for each in Ceiling.objects.select_related("unit")
    }


def test_a_block_is_shown_row_by_row_and_saved_once_it_is_confirmed(reviewer: Client) -> None:
    block = (
        f"{HEAD}801001\t一般公共预算拨款\t人员经费\t\t0.01\n"
        "801\t一般公共预算拨款\t项目支出\t\t12\n"
        "801001\t一般公共预算拨款\t人员经费\t\t3\n"
        "801001\t预算拨款\t人员经费\t\t1\n"
        "999\t一般公共预算拨款\t人员经费\t\t1\n"
        "801002\t一般公共预算拨款\t公用经费\t\t1.2.3\n"
    )
    shown = reviewer.post(f"{YEARS}import/", {"text": block})
    page = words(shown)
    assert "100.00" in page
    assert "120,000.00" in page
    for why in ("出现了两次", "“预算拨款”不在以下各项之中", "没有编码为 999 的部门", "不是金额"):
        assert why in page
    assert "确认后保存2项" in page
    assert amounts() == {}
    done = reviewer.post(f"{YEARS}confirm/", {"offer": offered(shown)})
    assert done.status_code == 302
    assert amounts() == {("801001", "personnel"): 100, ("", "project"): 120_000}


def test_what_moved_since_is_shown_again_and_a_revision_wants_its_reason(reviewer: Client) -> None:
    block = f"{HEAD}801\t一般公共预算拨款\t人员经费\t\t2\n"
    first = reviewer.post(f"{YEARS}import/", {"text": block})
    typed = {"unit:1": "whole", "source:1": "general_public", "kind:1": "personnel"}
    assert reviewer.post(HERE, {**typed, "typed:1": "1万"}).status_code == 302
    moved = reviewer.post(f"{YEARS}confirm/", {"offer": offered(first)})
    assert moved.status_code == 409
    assert "尚未导入" in words(moved)
    assert "10,000.00" in words(moved)
    bare = reviewer.post(f"{YEARS}confirm/", {"offer": offered(moved)})
    assert bare.status_code == 422
    assert "请写明理由" in words(bare)
    done = reviewer.post(f"{YEARS}confirm/", {"offer": offered(bare), "reason": "增人"})
    assert done.status_code == 302
    assert amounts() == {("", "personnel"): 20_000}
    assert "增人" in words(reviewer.get(HERE))
    # The same offer again finds nothing to do any more.
    assert (
        reviewer.post(f"{YEARS}confirm/", {"offer": offered(bare), "reason": "增人"}).status_code
        == 409
    )
    assert CeilingChange.objects.count() == 2


def test_a_workbook_is_read_like_a_block_and_nonsense_is_refused(reviewer: Client) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["部门或单位编码", "资金来源", "类别", "控制数"])
    sheet.append(["801002", "一般公共预算拨款", "公用经费", 1234.5])
    written = BytesIO()
    book.save(written)
    file = SimpleUploadedFile("控制数.xlsx", written.getvalue())
    shown = reviewer.post(f"{YEARS}import/", {"file": file})
    assert "1,234.50" in words(shown)
    reviewer.post(f"{YEARS}confirm/", {"offer": offered(shown)})
    assert amounts() == {("801002", "operating"): Decimal("1234.50")}
    for text in ("", "甲\t乙\n1\t2", HEAD):
        refused = reviewer.post(f"{YEARS}import/", {"text": text})
        assert refused.status_code == 422
    broken = reviewer.post(f"{YEARS}import/", {"file": SimpleUploadedFile("a.xlsx", b"PK")})
    assert broken.status_code == 422
    assert reviewer.post(f"{YEARS}confirm/", {"offer": "x"}).status_code == 422


def test_what_cannot_be_saved_stays_on_the_page_as_it_was_typed(reviewer: Client) -> None:
    typed = {
        "unit:1": "801002",
        "source:1": "general_public",
        "kind:1": "personnel",
        "typed:1": "一千",
        "reason": "依据会议纪要",
    }
    refused = reviewer.post(HERE, typed)
    page = words(refused)
    assert refused.status_code == 422
    assert "请用阿拉伯数字" in page
    assert 'value="一千"' in page
    assert "依据会议纪要" in page
    DepartmentBudget.objects.update(state=State.SIGNED)
    locked = reviewer.post(HERE, {**typed, "typed:1": "1000"})
    assert locked.status_code == 409
    assert "不能“下达控制数”" in words(locked)
    assert amounts() == {}


def test_a_year_lists_its_departments_and_others_come_to_none_of_it(reviewer: Client) -> None:
    assert "未录入" in words(reviewer.get(YEARS))
    assert reviewer.get(f"{YEARS}999/").status_code == 404
    for role, code in ((Role.DEPARTMENT_FINANCE, "801"), (Role.DIVISION_REVIEWER, "801")):
        other = signed_in(someone_with(role, code))
        assert other.get(HERE).status_code == 403
        assert other.post(HERE, {}).status_code == 403


def test_a_department_splits_its_ceiling_on_its_page(reviewer: Client) -> None:
    typed = {"unit:1": "whole", "source:1": "general_public", "kind:1": "operating"}
    reviewer.post(HERE, {**typed, "typed:1": "100"})
    finance = signed_in(someone_with(Role.DEPARTMENT_FINANCE, "801"))
    assert "未分解 100.00" in words(finance.get(OURS))
    one, two = (f"80100{n}|general_public|operating|" for n in (1, 2))
    split = {f"now:{one}": "60", f"was:{one}": "", f"now:{two}": "40.01", f"was:{two}": ""}
    over = finance.post(f"{OURS}split/", split)
    assert over.status_code == 422
    assert "超过部门的控制数 100.00 元" in words(over)
    assert 'value="40.01"' in words(over)
    assert finance.post(f"{OURS}split/", {**split, f"now:{two}": "40"}).status_code == 302
    assert "未分解 0.00" in words(finance.get(OURS))
    unit = signed_in(someone_with(Role.COMPILER, "801002"))
    page = words(unit.get("/entry/801002/2030/ceilings/"))
    assert "40.00" in page
    assert "60.00" not in page
    forbidden = unit.post("/entry/801002/2030/ceilings/split/", {**split, f"now:{two}": "1"})
    assert forbidden.status_code == 404  # the department as a whole is not his
    assert amounts()["801002", "operating"] == 40
