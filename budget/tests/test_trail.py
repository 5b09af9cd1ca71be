"""The trail as pages: all of it for the audit administrator, security events for 安全管理员."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from openpyxl import load_workbook

from budget.access.accounts import approve, create, unlock
from budget.access.granting import Wanted, grant, revoke
from budget.actions import Action
from budget.audit.recording import record
from budget.models import AuditEntry
from budget.models.append_only import guard, unguard
from budget.roles import Role
from budget.terms import BatchKind
from budget.tests.filling import an_accountant
from budget.tests.people import a_person, signed_in, someone_with
from budget.trail.telling import ACTS, act_in_words, particulars

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
LINE = re.compile(r'<th scope="row"><a href="/trail/(\d+)/">')


def written(act: str, by: User | None = None, subject: str = "", **detail: Any) -> AuditEntry:
    with transaction.atomic():
        return record(act, by=by, subject=subject, detail=detail)


@pytest.fixture
def zhang() -> User:
    return a_person("zhang")


@pytest.fixture
def trail(zhang: User) -> None:
    """Five entries: two of a budget, one of an account, one of a code list, one of a command."""
    written("budget.submit", zhang, "157/2023", revision=7)
    written("budget.enter_pasted", zhang, "157001/2023", cells=12)
    written("grant.give", a_person("an"), "zhang", role="head", bound="157")
    written("codes.next_list", zhang, "function")
    written("site.backup", None, "site", file="budget-1.tar")


@pytest.fixture
def auditor() -> Client:
    return signed_in(someone_with(Role.AUDITOR))


@pytest.fixture
def security() -> Client:
    return signed_in(someone_with(Role.SECURITY_ADMIN))


def listed(client: Client, **asked: str) -> list[int]:
    return [int(each) for each in LINE.findall(client.get("/trail/", asked).content.decode())]


def test_the_auditor_reads_every_entry_in_words_the_last_first(
    trail: None, auditor: Client
) -> None:
    assert listed(auditor) == [5, 4, 3, 2, 1]
    page = auditor.get("/trail/").content.decode()
    for words in ("上报", "填报：粘贴", "授予角色", "采用新科目表", "备份", "姓名zhang"):
        assert words in page
    assert "系统（命令）" in page
    assert "角色：部门负责人；范围：157" in page
    assert "改动格数：12" in page


def test_the_security_administrator_reads_security_events_alone(
    trail: None, security: Client
) -> None:
    assert listed(security) == [5, 3]
    page = security.get("/trail/").content.decode()
    assert "核对全部记录" not in page
    assert "导出" not in page
    assert security.get("/trail/1/").status_code == 404
    assert security.get("/trail/3/").status_code == 200
    assert security.post("/trail/verify/").status_code == 403
    assert security.post("/trail/export/csv/").status_code == 403
    assert listed(security, kind="budget") == []


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"person": "姓名zhang"}, [4, 2, 1]),
        ({"person": "ZHANG"}, [4, 2, 1]),
        ({"subject": "157"}, [2, 1]),
        ({"subject": "157/"}, [1]),
        ({"kind": "bureau"}, [4]),
        ({"kind": "security"}, [3]),
        ({"person": "zhang", "kind": "budget", "subject": "157001"}, [2]),
        ({"before": "3"}, [2, 1]),
        ({"since": "2000-01-01", "until": "2000-12-31"}, []),
        ({"since": "1900-01-01", "until": "9999-12-31"}, [5, 4, 3, 2, 1]),
    ],
)
def test_what_is_asked_for_is_found(
    trail: None, auditor: Client, asked: dict[str, str], numbers: list[int]
) -> None:
    assert listed(auditor, **asked) == numbers


def test_days_are_those_of_beijing(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    # 17:30 UTC on 31 December is 01:30 on 1 January in Beijing.
    moment = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)
    monkeypatch.setattr("budget.audit.recording.timezone.now", lambda: moment)
    written("budget.submit")
    monkeypatch.undo()
    assert listed(auditor, since="2027-01-01", until="2027-01-01") == [1]
    assert listed(auditor, until="2026-12-31") == []


def test_days_that_end_before_they_begin_are_refused(trail: None, auditor: Client) -> None:
    answer = auditor.get("/trail/", {"since": "2026-02-01", "until": "2026-01-01"})
    assert answer.status_code == 422
    assert "止日不能早于起日" in answer.content.decode()


def test_a_day_before_all_days_is_refused(trail: None, auditor: Client) -> None:
    answer = auditor.get("/trail/", {"since": "0001-01-01"})
    assert answer.status_code == 422
    assert "日期不能早于1900年1月1日" in answer.content.decode()


def test_a_page_has_a_hundred_entries_and_leads_on(auditor: Client) -> None:
    for number in range(103):
        written("budget.submit", subject=f"{number}")
    page = auditor.get("/trail/", {"kind": "budget"}).content.decode()
    assert len(LINE.findall(page)) == 100
    [older] = re.findall(r'href="\?([^"]*)">更早的记录', page)
    assert older.replace("&amp;", "&") == "kind=budget&before=4"
    assert listed(auditor, kind="budget", before="4") == [3, 2, 1]


def test_the_number_of_queries_does_not_grow(
    auditor: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(60):
        written("budget.submit", a_person(f"p{_}"))
    with django_assert_max_num_queries(12):
        auditor.get("/trail/")


def test_an_entry_shows_each_cell_before_and_after(auditor: Client) -> None:
    accountant = an_accountant()
    accountant.new("other-uses", nature="上缴上级支出", amount="5")
    entry = AuditEntry.objects.order_by("-number")[0]
    assert entry.act == "budget.enter_typed"
    page = auditor.get(f"/trail/{entry.number}/").content.decode()
    assert "改动前后" in page
    assert "（空）" in page
    assert entry.digest in page
    assert "经营、往来与结转" in page
    # 5 yuan as a sheet shows them.
    assert re.search(r">金额</td>\s*<td[^>]*>（空）</td>\s*<td[^>]*>5[.]00</td>", page)


# ---- verifying and exporting


@pytest.fixture
def open_tables() -> Iterator[None]:
    unguard(connection)
    yield
    guard(connection)


def test_verifying_says_that_the_trail_holds_and_is_recorded(trail: None, auditor: Client) -> None:
    page = auditor.post("/trail/verify/", follow=True).content.decode()
    assert "审计记录完好，共5条" in page
    last = AuditEntry.objects.order_by("-number")[0]
    assert (last.number, last.act, last.detail) == (6, "trail.verify", {"result": "完好，共5条"})


def test_verifying_names_the_first_entry_that_was_touched(
    trail: None, auditor: Client, open_tables: None
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE budget_auditentry SET subject = 'x' WHERE number = 2")
    page = auditor.post("/trail/verify/", follow=True).content.decode()
    assert "从第2条起不可信" in page


def test_a_file_holds_what_was_asked_for_the_first_first(trail: None, auditor: Client) -> None:
    answer = auditor.post("/trail/export/csv/", {"person": "zhang"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["序号", "1", "2", "4"]
    assert rows[1][2:6] == ["姓名zhang", "上报", "157/2023", "改动序号：7"]
    assert rows[1][1].endswith("+08:00")
    assert rows[1][8] == AuditEntry.objects.get(number=1).digest
    last = AuditEntry.objects.order_by("-number")[0]
    assert (last.act, last.detail) == ("trail.export", {"rows": 3, "filters": {"person": "zhang"}})


def test_what_somebody_typed_is_no_formula_in_a_file(auditor: Client, zhang: User) -> None:
    written("budget.send_back", zhang, "=1+1", reason='=HYPERLINK("http://evil")')
    book = auditor.post("/trail/export/xlsx/", {})
    cells = [each for row in load_workbook(io.BytesIO(book.content)).active for each in row]  # type: ignore[union-attr]
    assert "=1+1" in [each.value for each in cells]
    assert [each.coordinate for each in cells if each.data_type == "f"] == []
    text = auditor.post("/trail/export/csv/", {"subject": "="}).content.decode("utf-8-sig")
    assert '"\'=1+1"' in text


def test_other_kinds_of_files_there_are_not(auditor: Client) -> None:
    assert auditor.post("/trail/export/exe/").status_code == 404


# ---- words


def test_every_act_that_the_program_records_has_words() -> None:
    code = [
        each.read_text(encoding="utf-8")
        for package in ("budget", "performance")
        for each in (Path(settings.BASE_DIR) / package).rglob("*.py")
        if "tests" not in each.parts and "migrations" not in each.parts
    ]
    recorded = {
        act
        for text in code
        if "record" in text
        for act in re.findall(r'"((?:budget|account|grant|site|trail|year)\.[a-z_]+)"', text)
        if not act.startswith(("budget.models", "budget.access", "budget.people", "budget.audit"))
    }
    loggers = {act for text in code for act in re.findall(r'getLogger\("([a-z_.]+)"\)', text)}
    unnamed = {act for act in recorded - loggers if act_in_words(act) == act}
    assert unnamed == set()
    assert {"budget.answer_point", "site.backup", "year.open"} <= recorded


def test_steps_and_ways_of_entry_have_the_words_that_they_have_elsewhere() -> None:
    assert act_in_words(f"budget.{Action.SEND_BACK.value}") == "退回修改"
    assert act_in_words(f"budget.enter_{BatchKind.WORKBOOK.value}") == "填报：导入填报表"
    assert act_in_words("budget.something_new") == "budget.something_new"
    assert all(act_in_words(act) == words for act, words in ACTS.items())


def test_particulars_are_told_in_words_and_nothing_is_left_out() -> None:
    told = dict(particulars({"role": "head", "points": ["甲", "乙"], "novel": 5, "reason": ""}))
    assert told == {"角色": "部门负责人", "问题": "甲；乙", "novel": "5"}


# ---- acts on accounts join the trail


def test_acts_on_accounts_and_grants_are_recorded_without_their_secrets() -> None:
    system, keeper = a_person("system"), a_person("keeper")
    made = create("newcomer", "新人", by=system)
    approve(made.account, keeper)
    given = grant(made.account.user, Wanted(Role.AUDITOR), keeper)
    grant(a_person("second"), Wanted(Role.AUDITOR), keeper)
    revoke(given, keeper)
    unlock(made.account, keeper)
    entries = list(AuditEntry.objects.order_by("number"))
    assert [(each.act, each.person, each.subject) for each in entries] == [
        ("account.create", "姓名system", "newcomer"),
        ("account.approve", "姓名keeper", "newcomer"),
        ("grant.give", "姓名keeper", "newcomer"),
        ("grant.give", "姓名keeper", "second"),
        ("grant.revoke", "姓名keeper", "newcomer"),
        ("account.unlock", "姓名keeper", "newcomer"),
    ]
    assert made.password not in str([each.detail for each in entries])
