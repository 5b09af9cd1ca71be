"""The administrators' pages: accounts, grants and duties, each act by the one whose it is."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from budget.access import accounts, granting
from budget.access.granting import NotGranted, Wanted, choose_profile, grant
from budget.duties import DutyProfile
from budget.models import Account, BudgetUnit, Department, DutySetting, Grant, NotDeleted
from budget.roles import Role
from budget.tests.people import a_grant, a_person, act_on, is_in, sign_in, signed_in, someone_with
from budget.tests.stored import YEAR, a_budget, a_unit

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def unit() -> BudgetUnit:
    return a_unit("801001", is_head=True)


@pytest.fixture
def system() -> Client:
    return signed_in(someone_with(Role.SYSTEM_ADMIN, username="system"))


@pytest.fixture
def security() -> Client:
    return signed_in(someone_with(Role.SECURITY_ADMIN, username="security"))


def notes(client: Client, address: str) -> str:
    """Send an act and return the page that follows it."""
    return client.post(address, follow=True).content.decode()


# ---- accounts ----------------------------------------------------------------------------------


def test_a_person_gets_in_by_two_administrators_and_a_password_shown_once(
    system: Client, security: Client, unit: BudgetUnit
) -> None:
    answer = system.post("/people/new/", {"username": "wang", "name": "王会计", "office": "办公室"})
    password = answer.context["made"].password
    assert password in answer.content.decode()
    user = User.objects.get(username="wang")
    assert (
        password not in system.get(f"/people/{Account.objects.get(user=user).pk}/").content.decode()
    )
    browser = Client()
    assert sign_in(browser, "wang", password).headers["Location"] == "/account/inactive/"
    security.post(act_on(user, "approve"))
    security.post(act_on(user, "grant"), {"role": "compiler", "unit": "801001"})
    assert sign_in(browser, "wang", password).status_code == 302
    assert Grant.objects.in_force().get(user=user).unit == unit


def test_a_name_in_use_is_refused_whatever_its_capitals(system: Client) -> None:
    a_person("wang")
    answer = system.post("/people/new/", {"username": "WANG", "name": "王二"})
    assert answer.status_code == 422
    assert "已有人使用" in answer.content.decode()


def test_nobody_approves_what_he_made() -> None:
    maker = a_person("maker")
    made = accounts.create("wang", "王会计", by=maker)
    with pytest.raises(accounts.NotDone, match="不能批准自己建立的账户"):
        accounts.approve(made.account, maker)


def test_a_person_who_is_let_in_again_must_be_approved_again(
    system: Client, security: Client
) -> None:
    user = a_person("wang")
    system.post(act_on(user, "disable"))
    assert "先启用" in notes(security, act_on(user, "approve"))
    system.post(act_on(user, "enable"))
    user.refresh_from_db()
    assert user.is_active is False
    security.post(act_on(user, "approve"))
    user.refresh_from_db()
    assert user.is_active is True


def test_nobody_disables_himself_or_the_last_of_the_three(system: Client, security: Client) -> None:
    themselves = User.objects.get(username="system")
    assert "不能停用自己" in notes(system, act_on(themselves, "disable"))
    last = User.objects.get(username="security")
    assert "唯一的安全管理员" in notes(system, act_on(last, "disable"))
    assert is_in(security)


def test_a_new_password_must_be_changed_at_once(security: Client) -> None:
    user = a_person("wang")
    password = security.post(act_on(user, "reset-password")).context["made"].password
    browser = Client()
    sign_in(browser, "wang", password)
    assert browser.get("/account/").headers["Location"] == "/account/password/"


def test_administrators_do_not_reset_their_own(security: Client) -> None:
    themselves = User.objects.get(username="security")
    assert "我的账户" in notes(security, act_on(themselves, "reset-password"))
    assert "我的账户" in notes(security, act_on(themselves, "reset-second-factor"))


def test_what_a_form_does_not_ask_for_is_not_taken(system: Client) -> None:
    """T71: rights cannot be slipped in with an account."""
    extra = {"is_superuser": "1", "is_staff": "1", "is_active": "1", "approved_at": "2030-01-01"}
    system.post("/people/new/", {"username": "wang", "name": "王会计", **extra})
    made = User.objects.get(username="wang")
    assert (made.is_superuser, made.is_staff, made.is_active) == (False, False, False)
    assert Account.objects.get(user=made).approved_at is None


# ---- grants ------------------------------------------------------------------------------------


def test_the_security_administrator_gives_and_takes(security: Client, unit: BudgetUnit) -> None:
    user = a_person("wang")
    security.post(act_on(user, "grant"), {"role": "head", "department": "801"})
    given = Grant.objects.get(user=user)
    assert (given.role, given.bound) == (Role.HEAD, str(unit.department))
    account = Account.objects.get(user=user)
    security.post(f"/people/{account.pk}/grants/{given.pk}/revoke/")
    given.refresh_from_db()
    assert given.revoked_by == User.objects.get(username="security")
    assert "收回" in security.get(f"/people/{account.pk}/").content.decode()
    # A grant that has ended does not stand in the way of a new one.
    security.post(act_on(user, "grant"), {"role": "head", "department": "801"})
    assert Grant.objects.in_force().filter(user=user).count() == 1


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"role": "compiler"}, "须选择预算单位"),
        ({"role": "compiler", "department": "801"}, "须选择预算单位"),
        ({"role": "head"}, "须选择部门"),
        ({"role": "budget_reviewer", "department": "801"}, "不选择部门或单位"),
        ({"role": "auditor", "unit": "801001"}, "不选择部门或单位"),
        (
            {
                "role": "head",
                "department": "801",
                "valid_from": "2030-02-01",
                "valid_to": "2030-01-31",
            },
            "结束日期不能早于开始日期",
        ),
        ({"role": "emperor"}, "emperor"),
    ],
)
@pytest.mark.usefixtures("unit")
def test_a_role_that_does_not_fit_is_refused_at_the_form(
    security: Client, sent: dict[str, str], reason: str
) -> None:
    user = a_person("wang")
    answer = security.post(act_on(user, "grant"), sent)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not Grant.objects.filter(user=user).exists()


@pytest.mark.usefixtures("unit")
def test_what_excludes_each_other_is_refused_with_the_reason(security: Client) -> None:
    user = someone_with(Role.COMPILER, "801001", username="wang")
    for role, department in (("head", "801"), ("budget_reviewer", ""), ("auditor", "")):
        answer = security.post(act_on(user, "grant"), {"role": role, "department": department})
        assert "与已有的“单位会计”冲突" in answer.content.decode()
    assert Grant.objects.filter(user=user).count() == 1


@pytest.mark.usefixtures("unit")
def test_in_a_small_unit_the_head_may_compile(security: Client) -> None:
    security.post("/people/duties/", {"profile": "small"})
    user = someone_with(Role.COMPILER, "801001", username="wang")
    assert (
        security.post(act_on(user, "grant"), {"role": "head", "department": "801"}).status_code
        == 302
    )


@pytest.mark.usefixtures("unit")
def test_a_stricter_profile_is_refused_while_people_hold_what_it_forbids(security: Client) -> None:
    user = someone_with(Role.COMPILER, "801001", username="wang")
    a_grant(user, Role.PUBLISHER, "801")
    answer = security.post("/people/duties/", {"profile": "strict"})
    assert answer.status_code == 422
    assert "姓名wang" in answer.content.decode()
    assert DutySetting.in_force() is DutyProfile.STANDARD


def test_the_latest_profile_holds_and_the_earlier_stay_on_record() -> None:
    by = a_person()
    for profile in (DutyProfile.STRICT, DutyProfile.SMALL):
        choose_profile(profile, by)
    assert DutySetting.in_force() is DutyProfile.SMALL
    assert DutySetting.objects.count() == 2


def test_nobody_gives_or_takes_his_own(security: Client) -> None:
    themselves = User.objects.get(username="security")
    answer = security.post(act_on(themselves, "grant"), {"role": "system_admin"})
    assert "不能给自己授权" in answer.content.decode()
    with pytest.raises(NotGranted, match="不能收回自己的角色"):
        granting.revoke(Grant.objects.get(user=themselves), themselves)


def test_the_last_of_the_three_is_not_revoked(security: Client) -> None:
    last = someone_with(Role.AUDITOR, username="auditor")
    given = Grant.objects.get(user=last)
    page = notes(security, f"/people/{Account.objects.get(user=last).pk}/grants/{given.pk}/revoke/")
    assert "唯一的审计管理员" in page


def test_the_same_role_is_not_given_twice(unit: BudgetUnit) -> None:
    user = someone_with(Role.COMPILER, unit.code)
    with pytest.raises(NotGranted, match="范围相同"):
        grant(user, Wanted(Role.COMPILER, unit=unit), None)


def test_grants_are_never_deleted(unit: BudgetUnit) -> None:
    user = someone_with(Role.COMPILER, unit.code)
    with pytest.raises(NotDeleted):
        Grant.objects.get(user=user).delete()
    with pytest.raises(NotDeleted):
        Grant.objects.filter(user=user).delete()
    with pytest.raises(ProtectedError):
        user.delete()


def test_the_database_refuses_roles_of_the_wrong_reach_and_twice(unit: BudgetUnit) -> None:
    user = a_person()
    wrong: list[dict[str, Any]] = [
        {"role": Role.COMPILER},
        {"role": Role.HEAD, "unit": unit},
        {"role": Role.AUDITOR, "department": unit.department},
        {"role": Role.COMPILER, "unit": unit, "department": unit.department},
        {"role": Role.BUDGET_REVIEWER, "valid_to": "2020-01-01"},
        {"role": Role.BUDGET_REVIEWER, "revoked_by": user},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(user=user, **values)
    Grant.objects.create(user=user, role=Role.BUDGET_REVIEWER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(user=user, role=Role.BUDGET_REVIEWER)
    Grant.objects.create(user=user, role=Role.BUDGET_REVIEWER, revoked_at=timezone.now())


# ---- one's own page ----------------------------------------------------------------------------


def test_ones_own_page_says_in_words_what_one_may_do(unit: BudgetUnit) -> None:
    browser = signed_in(someone_with(Role.COMPILER, unit.code))
    page = browser.get("/account/").content.decode()
    assert "单位会计" in page
    assert "801001" in page
    assert "填报本单位预算" in page


def test_somebody_without_a_role_is_told_whom_to_ask() -> None:
    assert "请联系安全管理员授权" in signed_in(a_person()).get("/account/").content.decode()


# ---- commands ----------------------------------------------------------------------------------


def said(command: str, *options: str) -> list[str]:
    """Run a command and return its lines."""
    out = StringIO()
    call_command(command, *options, stdout=out)
    return out.getvalue().splitlines()


def test_the_first_administrators_are_made_once(client: Client) -> None:
    lines = [line.split("\t") for line in said("createadmins")[1:]]
    assert [line[:2] for line in lines] == [
        ["系统管理员", "sysadmin"],
        ["安全管理员", "secadmin"],
        ["审计管理员", "auditor"],
    ]
    for _, username, password in lines:
        assert sign_in(client, username, password).status_code == 302
        assert client.get("/people/").headers["Location"] == "/account/password/"
        client.post("/account/logout/")
    with pytest.raises(CommandError, match="已经建立过") as refused:
        call_command("createadmins")
    assert refused.value.returncode == 2
    assert User.objects.count() == 3


def test_administrators_who_are_gone_do_not_let_the_command_run_again() -> None:
    Grant.objects.create(user=a_person(), role=Role.AUDITOR, revoked_at=timezone.now())
    with pytest.raises(CommandError):
        call_command("createadmins")
    assert not User.objects.filter(username="sysadmin").exists()


@pytest.mark.usefixtures("unit")
def test_the_demos_people_sign_in_with_one_password(settings: Any) -> None:
    settings.DEMO = True
    first, _, *people, _ = said("createdemopeople")
    password = first.removeprefix("共用密码：")
    assert [line.split()[0] for line in people] == [
        *("kuaiji", "caiwu", "fuzeren", "gongkai", "yewu", "jixiao", "yusuan", "yusuan2"),
        *("sysadmin", "secadmin", "auditor"),
    ]
    for name in ("kuaiji", "yusuan2", "auditor", "caiwu801", "kuaiji801001"):
        browser = Client()
        sign_in(browser, name, password)
        assert is_in(browser)
    again = said("createdemopeople")[0].removeprefix("共用密码：")
    assert again != password
    assert sign_in(Client(), "kuaiji801001", again).status_code == 302
    assert Grant.objects.count() == 11 + 2


def test_the_demo_says_where_an_accountant_of_an_invented_department_begins(
    unit: BudgetUnit, settings: Any
) -> None:
    settings.DEMO = True
    assert "kuaiji＋单位编码" in said("createdemopeople", "--site", "http://here:1/")[-1]
    Department.objects.filter(code=unit.department_id).update(invented=True)
    a_budget(unit)
    *_, begin, budget, guide = said("createdemopeople", "--site", "http://here:1/")
    assert begin == "会计从这里开始：以 kuaiji801001 登录 http://here:1/account/login/"
    assert budget.endswith(f"http://here:1/entry/801001/{YEAR}/")
    assert guide.endswith("http://here:1/help/")


def test_the_demos_people_exist_in_a_demonstration_only(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1") as refused:
        call_command("createdemopeople")
    assert refused.value.returncode == 2
    assert not User.objects.exists()
