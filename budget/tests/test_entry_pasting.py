"""Pasting and the workbook over HTTP: shown, confirmed, refused, taken back."""

from __future__ import annotations

import html
import json
import re
from decimal import Decimal
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from budget.models import Batch, BudgetUnit, DepartmentBudget, Grant, SpendingLine
from budget.roles import Role
from budget.terms import BatchKind, State
from budget.tests.entry_workbooks import downloaded, edited, put
from budget.tests.filling import Accountant, an_accountant
from budget.tests.pasting import block
from budget.tests.people import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

AT = "/entry/801001/2030/"
SCRIPT: dict[str, Any] = {"headers": {"X-Requested-With": "XMLHttpRequest", "Accept": "text/html"}}
LINES = ("2010301|30101|1,561.09", "2010302|办公费|12万")


@pytest.fixture
def accountant() -> Accountant:
    found = an_accountant()
    Grant.objects.create(user=found.user, role=Role.COMPILER, unit=found.unit)
    return found


@pytest.fixture
def client(accountant: Accountant) -> Client:
    return signed_in(accountant.user)


def fields(page: Any) -> dict[str, str]:
    """Return the hidden fields of a page's plan."""
    text = page.content.decode()
    form = text[text.index('<form class="plan"') :]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}


def pasted(client: Client, *lines: str, sheet: str = "basic", **cell: str) -> Any:
    """Paste as the script does."""
    asked = {"row": "new:1", "field": "function", "unit": "yuan", "text": block(*lines), **cell}
    body = json.dumps(asked)
    return client.post(f"{AT}{sheet}/paste/", body, content_type="application/json", **SCRIPT)


def test_a_script_gets_a_fragment_that_says_what_would_be_done(client: Client) -> None:
    answer = pasted(client, *LINES)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert 'action="/entry/801001/2030/basic/paste/confirm"' in page
    assert "data-close" in page
    assert "确认保存（新增2行）" in page
    # What was read is shown, not what was typed.
    assert "120,000.00" in page
    assert "30201 办公费" in page
    assert not SpendingLine.objects.exists()


def test_confirming_saves_and_leads_to_the_sheet(client: Client) -> None:
    carried = fields(pasted(client, *LINES))
    answer = client.post(f"{AT}basic/paste/confirm", carried, follow=True, **SCRIPT)
    assert answer.redirect_chain == [(f"{AT}basic/", 302)]
    page = answer.content.decode()
    assert 'data-sheet="801001/2030/basic"' in page
    assert "已粘贴：新增2行" in page
    assert SpendingLine.objects.count() == 2


def test_without_a_script_a_box_takes_the_block(client: Client) -> None:
    assert "textarea" in client.get(f"{AT}basic/paste/").content.decode()
    shown = client.post(f"{AT}basic/paste/", {"text": block("2010301|30101|1.5"), "unit": "wan"})
    assert "<html" in shown.content.decode()
    client.post(f"{AT}basic/paste/confirm", fields(shown))
    assert SpendingLine.objects.get().amount == Decimal(15000)


@pytest.mark.parametrize(
    ("text", "words"), [("", "空的"), ("功能科目\t功能科目\n1\t2", "重复的栏目")]
)
def test_what_is_no_block_is_said_to_be_none(client: Client, text: str, words: str) -> None:
    answer = client.post(f"{AT}basic/paste/", {"text": text, "unit": "yuan"})
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize("body", ["", "[]", "{", '"x"', "null"])
def test_a_request_of_no_page_of_ours_is_refused(client: Client, body: str) -> None:
    answer = client.post(f"{AT}basic/paste/", body, content_type="application/json", **SCRIPT)
    assert answer.status_code == 422


def test_a_block_that_is_too_large_is_refused_in_words(client: Client) -> None:
    answer = pasted(client, "办公费" * 900_000)
    assert answer.status_code == 422
    assert "请分几次" in answer.content.decode()


def test_what_people_typed_is_shown_as_text(client: Client) -> None:
    page = pasted(client, "2010301|<script>alert(1)</script>|1").content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_where_something_changed_since_nothing_is_done_and_it_is_shown_again(
    client: Client, accountant: Accountant
) -> None:
    key = accountant.new("basic", function="2010301", economic="30101", amount="5")
    carried = fields(pasted(client, "2010301|30101|9"))
    other = Accountant(accountant.budget, accountant.unit)
    other.type("basic", key, amount=("5", "6"))
    answer = client.post(f"{AT}basic/paste/confirm", carried, **SCRIPT)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "草稿又有改动" in page
    assert f'name="mine" value="basic|{key}|amount"' in page
    assert SpendingLine.objects.get().amount == Decimal(6)
    again = {**fields(answer), "mine": [f"basic|{key}|amount"]}
    client.post(f"{AT}basic/paste/confirm", again, **SCRIPT)
    assert SpendingLine.objects.get().amount == Decimal(9)


@pytest.mark.parametrize("offer", ["", "x", "e30:1abc:def"])
def test_what_was_never_shown_is_not_done(client: Client, offer: str) -> None:
    answer = client.post(f"{AT}basic/paste/confirm", {"offer": offer})
    assert answer.status_code == 422
    assert "已失效" in answer.content.decode()


def test_in_another_state_nothing_is_pasted(client: Client, accountant: Accountant) -> None:
    carried = fields(pasted(client, *LINES))
    DepartmentBudget.objects.update(state=State.SUBMITTED)
    assert pasted(client, *LINES).status_code == 409
    assert client.post(f"{AT}basic/paste/confirm", carried, **SCRIPT).status_code == 409
    assert not SpendingLine.objects.exists()


def test_a_thousand_rows_are_shown_one_by_one(client: Client) -> None:
    rows = [f"2010301|30101|{number}" for number in range(1, 1001)]
    page = pasted(client, *rows).content.decode()
    assert page.count('<tr class="plan-new">') == 1000
    assert "没有逐行列出" not in page


class TestWorkbook:
    def upload(self, client: Client, content: bytes, name: str = "填报.xlsx") -> Any:
        return client.post(f"{AT}workbook/", {"file": SimpleUploadedFile(name, content)})

    def test_it_is_downloaded_under_a_chinese_name(self, client: Client) -> None:
        for which in ("filled", "empty"):
            answer = client.get(f"{AT}workbook/{which}/")
            assert answer.content.startswith(b"PK")
            name = unquote(answer["Content-Disposition"])
            assert "801001 单位801001 2030年预算填报" in name

    def test_a_name_cannot_break_out_of_its_header(self, client: Client) -> None:
        name = '单位"\r\nX: 1/../\u202egpj' + "长" * 90
        BudgetUnit.objects.update(name=name[:100])
        told = client.get(f"{AT}workbook/filled/")["Content-Disposition"]
        assert "\r" not in told
        assert "\n" not in told
        assert "%E2%80%AE" not in told
        assert "/" not in unquote(told).partition("''")[2]
        assert len(unquote(told)) < 150

    def test_an_untouched_one_changes_nothing(self, client: Client, accountant: Accountant) -> None:
        accountant.new("basic", function="2010301", economic="30101", amount="5")
        shown = self.upload(client, downloaded(accountant))
        assert "没有要保存的" in shown.content.decode()
        assert "确认保存" not in shown.content.decode()

    def test_what_changed_is_shown_sheet_by_sheet_and_confirmed(
        self, client: Client, accountant: Accountant
    ) -> None:
        accountant.new("basic", function="2010301", economic="30101", amount="5")
        content = edited(
            downloaded(accountant),
            put("basic", 1, amount=7.5),
            put("events", 1, kind="会议", name="年会", attendance=3, basic=1, project=0),
        )
        shown = self.upload(client, content)
        page = shown.content.decode()
        assert "<del>5.00</del> <ins>7.50</ins>" in page
        assert "确认保存（新增1行、改动1行）" in page
        done = client.post(f"{AT}workbook/confirm/", fields(shown))
        assert "撤销本次导入" in done.content.decode()
        assert SpendingLine.objects.get().amount == Decimal("7.5")
        assert Batch.objects.latest("revision").kind is BatchKind.WORKBOOK

    def test_it_is_taken_back_in_one_step(self, client: Client, accountant: Accountant) -> None:
        accountant.new("basic", function="2010301", economic="30101", amount="5")
        content = edited(downloaded(accountant), put("basic", 1, amount=7))
        client.post(f"{AT}workbook/confirm/", fields(self.upload(client, content)))
        batch = Batch.objects.latest("revision")
        answer = client.post(f"{AT}undo/{batch.pk}/", follow=True)
        assert "已撤销" in answer.content.decode()
        assert SpendingLine.objects.get().amount == Decimal(5)
        again = client.post(f"{AT}undo/{batch.pk}/")
        assert again.status_code == 409
        assert "已经撤销" in again.content.decode()

    @pytest.mark.parametrize(
        ("content", "name", "words"),
        [
            (b"a,b\r\n1,2\r\n", "a.csv", "文本（如 CSV）"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", "旧的 .xls 格式"),
            (b"PK\x03\x04" + bytes(100), "a.xlsx", "不是有效的 XLSX 工作簿"),
        ],
    )
    def test_another_file_is_refused_by_name(
        self, client: Client, content: bytes, name: str, words: str
    ) -> None:
        answer = self.upload(client, content, name)
        assert answer.status_code == 422
        assert words in answer.content.decode()

    def test_without_a_file_there_is_nothing_to_read(self, client: Client) -> None:
        assert client.post(f"{AT}workbook/").status_code == 422

    def test_what_is_not_there_cannot_be_taken_back(self, client: Client) -> None:
        assert client.post(f"{AT}undo/{uuid4()}/").status_code == 404
