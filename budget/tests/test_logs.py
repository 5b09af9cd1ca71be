"""The log: a line for each thing, none of which holds a secret, a name, or another line."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test import Client

from budget.config import logs, requests
from budget.models import Account
from budget.roles import Role
from budget.tests.filling import an_accountant
from budget.tests.people import PASSWORD, a_grant, a_person, sign_in

pytestmark = pytest.mark.one_engine

NUMBER = re.compile(r"[0-9a-f]{32}")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any logger says, as production would write it."""
    said = io.StringIO()
    told = logs.logging(lines=True)
    told["handlers"]["console"] = {
        "class": "logging.StreamHandler",
        "formatter": "line",
        "stream": said,
    }
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logging.config.dictConfig(told)
    yield said
    root.handlers, root.level = handlers, level


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().split("\n") if line]


@pytest.mark.django_db
def test_a_day_of_work_leaves_no_secret_and_no_name_in_the_log(log: io.StringIO) -> None:
    accountant = an_accountant()
    user = accountant.user
    User.objects.filter(pk=user.pk).update(username="zhangsan")
    person = a_person("lisi")
    a_grant(person, Role.COMPILER, "801001")
    client = Client()
    sign_in(client, "lisi", "Wrong-Password-1", REMOTE_ADDR="10.9.8.7")
    sign_in(client, "lisi", REMOTE_ADDR="10.9.8.7")
    session = client.session.session_key
    address = "/entry/801001/2030/other-uses/"
    client.get(address, {"q": "身份证430102199001011234"}, REMOTE_ADDR="10.9.8.7")
    typed = {"batch": "00000000-0000-4000-8000-000000000001", "unit": "yuan", "changes": [
        {"row": "new:1", "field": "note", "was": "", "now": "给张三的补助"},
    ]}  # fmt: skip
    client.post(f"{address}save/", json.dumps(typed), content_type="application/json")
    client.post("/account/password/", {"oldpassword": PASSWORD, "password1": "New-Pandas-88"})
    said = log.getvalue()
    assert "/entry/801001/2030/other-uses/ 200" in said
    account = Account.objects.get(user=person)
    cookie = str(client.cookies.get("csrf", "")).partition("=")[2].partition(";")[0]
    secrets = (PASSWORD, "Wrong-Password-1", "New-Pandas-88", session, cookie, user.password)
    people = ("lisi", "zhangsan", account.name, "10.9.8.7", "张三", "430102199001011234")
    assert [word for word in (*secrets, *people) if word and word in said] == []
    asked = [each for each in lines(log) if each["logger"] == "budget.request"]
    assert len(asked) == 5
    assert all(NUMBER.fullmatch(each["request"]) for each in asked)
    assert [each.get("user") for each in asked][2:] == [person.pk] * 3


@pytest.mark.parametrize(
    "evil", ["a\r\n{}", "\x1b[2J", "\x9b2J", "x\u2028y", "\u202egnp", "\x00", "\x7f"]
)
def test_nothing_in_a_line_is_a_line_or_moves_a_terminal(log: io.StringIO, evil: str) -> None:
    logging.getLogger("budget.test").warning("path %s", evil)
    [line] = log.getvalue().split("\n")[:-1]
    assert json.loads(line)["event"] == f"path {evil}"
    assert all(sign.isprintable() for sign in line)


def test_an_address_with_a_line_break_stays_in_its_line(log: io.StringIO) -> None:
    Client().get("/healthz%0d%0a{fake}/x/y/z/")
    assert [each["logger"] for each in lines(log)] == ["budget.request"]


def test_chinese_can_be_read_in_the_log(log: io.StringIO) -> None:
    logging.getLogger("budget.test").info("已备份")
    assert "已备份" in log.getvalue()


@pytest.mark.django_db
def test_a_traceback_repeats_no_values_of_a_row(log: io.StringIO) -> None:
    taken = a_person("wangwu").username  # source lines stand in a traceback, values must not
    try:
        with transaction.atomic():
            User.objects.create(username=taken)
    except IntegrityError:
        logging.getLogger("budget.test").exception("broken")
    [line] = lines(log)
    assert "IntegrityError" in line["exception"]
    assert "wangwu" not in log.getvalue()
    assert connection.vendor == "sqlite" or "DETAIL: …" in line["exception"]


def test_times_are_told_with_their_distance_from_utc(log: io.StringIO) -> None:
    logging.getLogger("budget.test").info("x")
    [line] = lines(log)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+0800", line["at"])


def test_a_number_is_taken_from_a_proxy_of_ours_alone(settings: Any) -> None:
    given = {requests.HEADER: "abcdef-123456"}
    assert Client().get("/healthz", headers=given).headers[requests.HEADER] != "abcdef-123456"
    settings.PROXIES = 1
    assert Client().get("/healthz", headers=given).headers[requests.HEADER] == "abcdef-123456"
    evil = {requests.HEADER: "x y{}"}
    assert NUMBER.fullmatch(Client().get("/healthz", headers=evil).headers[requests.HEADER])
