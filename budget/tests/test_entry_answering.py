"""Reasons for warnings: written beside the finding, kept with the version, asked for again."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from budget.models import Answer, DepartmentBudget
from budget.roles import Role
from budget.terms import Severity, State
from budget.tests.people import signed_in, someone_with
from budget.tests.storing_samples import stored_sample

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
FINDINGS = "/entry/157001/2023/preview/?show=findings"
ANSWER = "/entry/157001/2023/answer/"
REASON = "上年的会议改为视频形式，今年恢复现场召开。"


@pytest.fixture
def budget(db: None) -> DepartmentBudget:
    return stored_sample()


@pytest.fixture
def accountant(budget: DepartmentBudget) -> Client:
    return signed_in(someone_with(Role.COMPILER, "157001"))


def page(client: Client) -> str:
    return client.get(FINDINGS).content.decode()


def forms(shown: str) -> list[dict[str, str]]:
    """Return what the forms on a page of findings would send, with a reason."""
    found = re.findall(
        r'name="rule" value="([^"]*)"><input[^>]*name="address" value="([^"]*)"', shown
    )
    return [
        {"rule": rule, "address": unescape(address), "reason": REASON} for rule, address in found
    ]


def told(client: Client, given: dict[str, str]) -> str:
    return client.post(ANSWER, given, follow=True).content.decode()


def test_each_warning_and_nothing_else_can_be_answered(accountant: Client) -> None:
    shown = page(accountant)
    warnings = re.search(rf'class="findings {Severity.WARNING.value}".*?</section>', shown, re.S)
    assert warnings is not None
    count = warnings[0].count('<li id="finding-')
    assert count > 0
    assert len(forms(warnings[0])) == count == len(forms(shown))


def test_a_reason_is_kept_with_its_author_and_shown_beside_the_finding(accountant: Client) -> None:
    given = forms(page(accountant))[0]
    shown = told(accountant, given)
    assert "已保存理由" in shown
    assert f"<dt>说明</dt><dd>{REASON}" in shown
    kept = Answer.objects.get()
    assert (kept.rule, kept.address, kept.reason) == (given["rule"], given["address"], REASON)
    assert kept.unit is not None
    assert kept.unit.code == "157001"
    assert kept.answered_by is not None


def test_a_reason_can_be_written_anew(accountant: Client) -> None:
    given = forms(page(accountant))[0]
    told(accountant, given)
    shown = told(accountant, {**given, "reason": "另一个理由"})
    assert "<dt>说明</dt><dd>另一个理由" in shown
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reason": " \n "}, "请写明理由"),
        ({"reason": "长" * 2001}, "理由最多2000个字，现有2001个字"),
        ({"address": "spending/nowhere/total"}, "这一条已经没有了"),
        ({"rule": "XYZ999"}, "这一条已经没有了"),
    ],
)
def test_what_answers_nothing_is_not_kept(
    accountant: Client, wrong: dict[str, str], words: str
) -> None:
    given = forms(page(accountant))[0]
    assert f"没有保存：{words}" in told(accountant, {**given, **wrong})
    assert not Answer.objects.exists()


def test_nobody_answers_once_the_budget_is_submitted(
    accountant: Client, budget: DepartmentBudget
) -> None:
    given = forms(page(accountant))[0]
    DepartmentBudget.objects.filter(pk=budget.pk).update(state=State.SUBMITTED)
    assert accountant.post(ANSWER, given).status_code == 409
    assert forms(page(accountant)) == []
    assert not Answer.objects.exists()
