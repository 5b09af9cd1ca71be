"""When a request cannot be answered: a page in Chinese that asks the database for nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import OperationalError
from django.test import Client

from budget.health import views
from budget.tests.people import bring

pytestmark = pytest.mark.one_engine

LONG = "x" * (configured.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)


def breaking(error: Exception, monkeypatch: pytest.MonkeyPatch, **headers: Any) -> Any:
    """Return the answer of a page that breaks."""

    def broken() -> None:
        raise error

    monkeypatch.setattr(views, "probed", broken)
    client = Client(raise_request_exception=False)
    return client.get("/readyz", **headers)


def test_a_fault_of_the_program_is_told_without_its_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = breaking(ValueError("内部细节 budget_line 17"), monkeypatch)
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "系统出错，这一页没有打开" in page
    assert "内部细节" not in page
    assert "Content-Security-Policy" in answer.headers
    assert answer.headers["X-Request-ID"]


def test_a_database_out_of_reach_is_told_as_a_matter_of_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = breaking(OperationalError("server at 10.1.2.3"), monkeypatch)
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "系统暂时不能办理" in page
    assert "10.1.2.3" not in page


def test_scripts_are_told_in_json(monkeypatch: pytest.MonkeyPatch) -> None:
    for error, status in ((OperationalError(), 503), (KeyError(), 500)):
        answer = breaking(error, monkeypatch, HTTP_ACCEPT="application/json")
        assert answer.status_code == status
        assert json.loads(answer.content)["message"].startswith("系统")


def form(cells: int, *others: str) -> str:
    """Return a form as browsers send it, with so many cells."""
    return "&".join((*(f"cell{number}=1" for number in range(cells)), *others))


def sent(body: str) -> Any:
    return Client().post("/account/login/", body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("body", [form(20_001), f"login={LONG}"], ids=["fields", "bytes"])
def test_a_form_that_is_too_large_is_refused_as_such(body: str) -> None:
    answer = sent(body)
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "一次提交的内容过多，没有保存" in page
    assert "所填内容仍在" in page


@pytest.mark.django_db
@pytest.mark.one_engine
def test_a_form_with_a_field_for_each_cell_of_a_large_sheet_is_read() -> None:
    # 1,200 rows of 12 cells: more fields than Django itself would let through.
    assert sent(form(14_400, "login=nobody")).status_code == 200


def test_a_foreign_name_of_the_site_is_refused_in_chinese() -> None:
    answer = Client().get("/", HTTP_HOST="evil.example")
    assert answer.status_code == 400
    assert "请求有误，没有处理" in answer.content.decode()
    assert "evil" not in answer.content.decode()


def test_a_page_of_trouble_does_not_ask_who_is_signed_in() -> None:
    client = Client(raise_request_exception=False)
    bring(client, "x" * 32)
    # Without the mark django_db looking the session up fails, as with a database out of reach.
    answer = client.get("/")
    assert answer.status_code == 500
    assert "系统出错" in answer.content.decode()
