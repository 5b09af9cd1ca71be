"""The pages of entry over HTTP: plain forms, saving cell by cell, who may, and what is told."""

import json
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from budget.models import Grant, PendingRow, Remark, SpendingLine
from budget.roles import Role
from budget.sheets.spec import SHEETS
from budget.terms import State
from budget.tests.filling import Accountant, an_accountant
from budget.tests.people import a_grant, someone_with
from budget.tests.people import signed_in as browser_of
from budget.tests.stored import a_budget, a_unit

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

LINE = {"function": "2010301", "economic": "30101", "amount": "1,561.09"}


class Form(HTMLParser):
    """What a browser would send back of a page's form, nothing having been typed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._select = self._area = ""
        self._first, self._in_template = False, 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "template":
            self._in_template += 1
        if self._in_template:
            return
        if tag == "input" and "name" in told:
            if told.get("type") != "checkbox" or "checked" in told:
                self.fields[told["name"]] = told.get("value", "")
        elif tag == "select":
            self._select, self._first = told["name"], True
        elif tag == "option" and self._select:
            self._option, self._selected = "", self._first or "selected" in told
            self._first = False
        elif tag == "textarea":
            self._area = told["name"]
            self.fields[self._area] = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data
        elif self._select:
            self._option = getattr(self, "_option", "") + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._in_template -= 1
        if self._in_template:
            return
        if tag == "option" and self._select and self._selected:
            self.fields[self._select] = self._option
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


@pytest.fixture
def accountant() -> Accountant:
    return an_accountant()


@pytest.fixture
def client(accountant: Accountant) -> Client:
    return signed_in(accountant, Role.COMPILER)


def signed_in(accountant: Accountant, role: Role) -> Client:
    """Return the browser of the accountant's user, who holds a role for his unit."""
    assert accountant.unit is not None
    bound: dict[str, Any] = {"unit": accountant.unit}
    if role is not Role.COMPILER:
        bound = {"department": accountant.budget.department}
    Grant.objects.create(user=accountant.user, role=role, granted_by=accountant.user, **bound)
    client = Client()
    client.force_login(accountant.user)
    return client


def url(sheet: str, act: str = "") -> str:
    return f"/entry/801001/2030/{sheet}/{act}"


def page(client: Client, sheet: str) -> tuple[str, dict[str, str]]:
    answer = client.get(url(sheet))
    assert answer.status_code == 200
    text = answer.content.decode()
    return text, Form(text).fields


def row_of(fields: dict[str, str], column: str, which: int) -> str:
    """Return the key of a row of the form."""
    rows = [name.split(":")[0] for name in fields if name.endswith(f":{column}")]
    keys = [name.removesuffix(f":{column}") for name in fields if name.endswith(f":{column}")]
    assert rows
    return keys[which]


def test_a_sheet_sent_back_untouched_changes_nothing(
    client: Client, accountant: Accountant
) -> None:
    accountant.new("basic", **LINE)
    accountant.new("basic", function="2010302", amount="十二")
    _, fields = page(client, "basic")
    before = list(SpendingLine.objects.values())
    answer = client.post(url("basic"), fields, follow=True)
    assert "没有改动" in answer.content.decode()
    assert list(SpendingLine.objects.values()) == before
    assert PendingRow.objects.get().cells["amount"] == "十二"


def test_a_plain_form_adds_changes_and_removes_rows(client: Client, accountant: Accountant) -> None:
    kept, gone = accountant.new("basic", **LINE), accountant.new("basic", **LINE)
    _, fields = page(client, "basic")
    new = row_of(fields, "amount", 2)
    assert new == "new:1"
    fields |= {f"{kept}:amount": "１２", "delete": gone}
    fields |= {f"{new}:function": "2010302", f"{new}:economic": "办公费", f"{new}:amount": "7"}
    answer = client.post(url("basic"), fields, follow=True)
    assert "已保存" in answer.content.decode()
    amounts = SpendingLine.objects.order_by("sequence").values_list("amount", "function")
    assert [(str(amount), code) for amount, code in amounts] == [
        ("12.00", "2010301"),
        ("7.00", "2010302"),
    ]


def test_what_a_plain_form_could_not_save_stands_there_again_with_the_reason(
    client: Client, accountant: Accountant
) -> None:
    key = accountant.new("basic", **LINE)
    _, fields = page(client, "basic")
    answer = client.post(url("basic"), fields | {f"{key}:amount": "12,34"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert Form(text).fields[f"{key}:amount"] == "12,34"
    assert "千分位" in text
    assert str(SpendingLine.objects.get().amount) == "1561.09"


def test_a_plain_form_does_not_overwrite_what_somebody_changed_meanwhile(
    client: Client, accountant: Accountant
) -> None:
    key = accountant.new("basic", **LINE)
    _, fields = page(client, "basic")
    accountant.type("basic", key, amount=("1561.09", "5"))
    answer = client.post(url("basic"), fields | {f"{key}:amount": "6"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "现有的是“5.00”" in text
    assert Form(text).fields[f"{key}:amount"] == "6"
    assert str(SpendingLine.objects.get().amount) == "5.00"


def test_the_same_plain_form_twice_adds_once(client: Client) -> None:
    _, fields = page(client, "basic")
    fields |= {"new:1:function": "2010302", "new:1:economic": "30201", "new:1:amount": "7"}
    client.post(url("basic"), fields)
    client.post(url("basic"), fields)
    assert SpendingLine.objects.count() == 1


def saved(client: Client, sheet: str, *changes: dict[str, object], **more: object) -> Any:
    body = {"batch": str(uuid4()), "unit": "yuan", "changes": changes, **more}
    return client.post(url(sheet, "save"), json.dumps(body), content_type="application/json")


def test_a_cell_is_saved_and_answered_for(client: Client, accountant: Accountant) -> None:
    key = accountant.new("basic", **LINE)
    answer = saved(
        client, "basic", {"row": key, "field": "amount", "was": "1,561.09", "now": "２"}
    ).json()
    assert answer["cells"] == [{"row": key, "field": "amount", "outcome": "saved", "shown": "2.00"}]
    assert answer["totals"] == {"amount": "2.00"}
    assert answer["revision"] == 2


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"batch": "1", "unit": "yuan", "changes": []}',
        '{"batch": "00000000-0000-0000-0000-000000000001", "unit": "yuan", "changes": [1]}',
        '{"batch": "00000000-0000-0000-0000-000000000001", "unit": "yuan",'
        ' "changes": [{"row": "1", "field": "colour", "now": "red"}]}',
    ],
)
def test_a_request_that_no_page_makes_is_refused(client: Client, body: str) -> None:
    answer = client.post(url("basic", "save"), body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["message"]


def test_who_was_signed_out_is_told_as_json(client: Client) -> None:
    client.logout()
    answer = saved(client, "basic", {"row": "new:1", "field": "amount", "was": "", "now": "1"})
    assert answer.status_code == 401
    assert answer.json()["message"]


def test_a_submitted_budget_shows_its_sheets_locked_and_takes_nothing(
    client: Client, accountant: Accountant
) -> None:
    key = accountant.new("basic", **LINE)
    accountant.budget.state = State.SUBMITTED
    accountant.budget.save(update_fields=["state"])
    text, _ = page(client, "basic")
    assert "不能“填报”" in text
    assert "readonly" in text
    answer = saved(client, "basic", {"row": key, "field": "amount", "was": "1", "now": "2"})
    assert answer.status_code == 409
    assert answer.json()["state"] == "submitted"


def test_the_head_sees_and_may_not_write(accountant: Accountant) -> None:
    client = signed_in(accountant, Role.HEAD)
    assert client.get(url("basic")).status_code == 200
    answer = saved(client, "basic", {"row": "new:1", "field": "amount", "was": "", "now": "1"})
    assert answer.status_code == 403


def test_amounts_are_shown_in_the_unit_that_the_person_chose(
    client: Client, accountant: Accountant
) -> None:
    key = accountant.new("basic", **LINE)
    client.get(url("basic") + "?unit=wan")
    _, fields = page(client, "basic")
    assert fields[f"{key}:amount"] == "0.156109"
    client.post(url("basic"), fields | {f"{key}:amount": "1.5"})
    assert str(SpendingLine.objects.get().amount) == "15000.00"


def test_what_people_type_is_escaped(client: Client, accountant: Accountant) -> None:
    accountant.new("projects", code="P1", name='"><script>alert(1)</script>')
    text, fields = page(client, "projects")
    assert "<script>alert" not in text
    assert '"><script>alert(1)</script>' in fields.values()


def test_texts_are_written_where_they_are_printed(client: Client) -> None:
    text, fields = page(client, "texts")
    assert "职能职责" in text
    client.post(url("texts"), fields | {"mandate:text": "联络。\r\n服务。"})
    assert Remark.objects.get().text == "联络。\n服务。"


def test_last_years_words_stand_beside(client: Client, accountant: Accountant) -> None:
    assert accountant.unit is not None
    last = a_budget(accountant.unit, year=2029)
    Remark.objects.create(budget=last, key="mandate", text="去年写的职能")
    text, _ = page(client, "texts")
    assert "去年写的职能" in text


def test_codes_are_offered_with_what_stands_above_them(client: Client) -> None:
    answer = client.get("/entry/801001/2030/codes/function.json").json()
    [running] = [each for each in answer if each["code"] == "2010301"]
    assert running == {
        "code": "2010301",
        "name": "行政运行",
        "path": ["一般公共服务支出", "政府办公厅（室）及相关机构事务"],
        "usable": True,
        "proposed": False,
    }
    assert not next(each for each in answer if each["code"] == "201")["usable"]


def test_the_overview_counts_rows_and_tells_what_is_not_whole(
    client: Client, accountant: Accountant
) -> None:
    accountant.new("basic", **LINE)
    accountant.new("basic", function="2010302")
    text = client.get("/entry/801001/2030/").content.decode()
    assert "1 行待填完" in text


def test_home_lists_the_parts_that_are_ones_own(client: Client) -> None:
    text = client.get("/entry/").content.decode()
    assert "/entry/801001/2030/" in text
    assert "/entry/801/2030/" not in text  # a department of one unit is one body with it


def test_a_form_in_which_nothing_stands_counts_as_not_filled(
    client: Client, accountant: Accountant
) -> None:
    def counted() -> str:
        page = client.get("/entry/801001/2030/").content.decode()
        return page.split(">基本信息</a></th><td>")[1].split("<")[0]

    assert counted() == "0"
    [row] = SHEETS["about"].store.read(accountant.part)
    accountant.type("about", row.key, actual_staff=("", "12"))
    assert counted() == "1"


def test_only_what_must_be_typed_has_a_star(client: Client, accountant: Accountant) -> None:
    page = client.get("/entry/801001/2030/basic/").content.decode()
    heads = [each.split("</th>")[0] for each in page.split('<th scope="col"')[1:]]
    starred = [head for head in heads if 'class="must"' in head]
    titles = ("功能科目", "经济科目", "金额", "资金来源")
    assert [any(title in head for head in starred) for title in titles] == [True] * 4
    assert len(starred) == 4  # 人员/公用 is told from the economic code where it is left blank


def test_a_department_of_several_units_is_listed_beside_its_parts() -> None:
    units = [a_unit("802001", is_head=True), a_unit("802002")]
    a_budget(*units)
    user = someone_with(Role.COMPILER, "802001")
    a_grant(user, Role.COMPILER, "802002")
    a_grant(user, Role.DEPARTMENT_FINANCE, "802")
    text = browser_of(user).get("/entry/").content.decode()
    assert "/entry/802001/2030/" in text
    assert "/entry/802/2030/" in text
