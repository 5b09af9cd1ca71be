"""Who may have signed on paper: known by account, for the department, on that day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import Settings

from budget.access.granting import NotGranted, Wanted, grant
from budget.models import (
    Account,
    Attachment,
    Department,
    DepartmentBudget,
    Grant,
    Release,
    StepTaken,
)
from budget.papers.clearance import clearance
from budget.papers.submission import submission
from budget.roles import Capacity, Role
from budget.terms import State
from budget.tests.cast import PAGE, Cast
from budget.tests.clean import CODE, a_clean_budget
from budget.tests.people import a_grant, a_person, someone_with
from budget.tests.test_publishing import approved, prepared, read_by
from budget.workflow import effects

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.one_engine]
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> Path:
    """Files in a folder of the test, and nobody has shown before that it is he."""
    settings.MEDIA_ROOT, settings.INSIDE_ROOT = tmp_path / "releases", tmp_path / "inside"
    cache.clear()
    return tmp_path / "inside"


@pytest.fixture
def submitted() -> Cast:
    """Everybody, a budget at the head's desk, and the finance who has shown that it is he."""
    cast = Cast(a_clean_budget())
    cast.taken("compiler", "submit")
    cast.shows_that_it_is_he("department_finance")
    return cast


@pytest.fixture
def ready() -> Cast:
    """Everybody, a prepared budget, and the finance who has shown that it is he."""
    cast = Cast(a_clean_budget())
    approved(cast)
    prepared(cast)
    cast.shows_that_it_is_he("department_finance")
    return cast


def records(cast: Cast, action: str, signer: User, days_ago: int = 0, **more: str) -> Any:
    told = {
        "revision": str(cast.now().revision),
        "signer": str(signer.pk),
        "date": (TODAY() - timedelta(days=days_ago)).isoformat(),
        "sheet": SimpleUploadedFile("签字页.pdf", b"%PDF-1.7\n", "application/pdf"),
        **more,
    }
    return cast.browsers["department_finance"].post(f"{PAGE}take/{action}/", told)


def person(username: str) -> User:
    return User.objects.get(username=username)


def test_what_was_signed_on_paper_is_printed_from_what_was_kept_then(submitted: Cast) -> None:
    done = records(submitted, "record_signature", person("head"))
    assert done.status_code == 302, done.content.decode()
    step = StepTaken.objects.get(action="record_signature")
    printed = submission(submitted.now(), None, "某人").shown["form"]
    assert step.snapshot is not None
    assert (printed.digest, printed.source) == (step.snapshot.digest, "审签时留存的数据快照")
    today = TODAY()
    day = f"{today.year}年{today.month}月{today.day}日"
    first, second = printed.taken.split("；")
    assert first.startswith("上报：姓名compiler，")
    signed = f"姓名head（部门负责人）于{day}签字，姓名department_finance登记，{day} "
    assert second.startswith(f"登记纸质审签：{signed}")


def test_a_signature_is_of_somebody_who_signs_for_the_department(submitted: Cast) -> None:
    page = submitted.page("department_finance")
    assert "姓名head（部门负责人）" in page
    assert "姓名publisher（" not in page
    for other in ("publisher", "compiler", "department_finance", "budget_reviewer"):
        refused = records(submitted, "record_signature", person(other))
        assert refused.status_code == 422, other
    assert submitted.now().state is State.SUBMITTED
    done = records(submitted, "record_signature", person("head"))
    assert done.headers.get("Location") == PAGE, done.content.decode()
    assert submitted.now().state is State.SIGNED
    said = StepTaken.objects.get(action="record_signature").said
    assert (said["signer"], said["signed_by"]) == ("姓名head", person("head").pk)


def test_a_recorder_of_another_name_is_still_the_recorder(submitted: Cast) -> None:
    """Names are not compared: the finance, who stands in for the head, has another name now."""
    finance = person("department_finance")
    a_grant(finance, Role.HEAD, CODE)
    Account.objects.filter(user=finance).update(name="姓 名 department_finance")
    refused = records(submitted, "record_signature", finance)
    assert refused.status_code == 403
    assert "签字人不能是登记人本人" in refused.content.decode()
    assert submitted.now().state is State.SUBMITTED
    assert not Attachment.objects.exists()


def test_the_day_is_one_on_which_it_could_be_signed(submitted: Cast) -> None:
    head = person("head")
    Grant.objects.filter(user=head).update(valid_from=TODAY() - timedelta(days=400))
    for days_ago, reason in ((1, "早于“上报”的日期"), (-1, "日期不能晚于今天")):
        refused = records(submitted, "record_signature", head, days_ago)
        assert refused.status_code == 422
        assert reason in refused.content.decode()
    Grant.objects.filter(user=head).update(valid_from=TODAY() + timedelta(days=1))
    assert records(submitted, "record_signature", head).status_code == 422  # no head yet
    assert submitted.now().state is State.SUBMITTED


def test_who_prepared_a_release_has_not_signed_it(ready: Cast) -> None:
    publisher = person("publisher")
    a_grant(publisher, Role.HEAD, CODE)
    read = read_by(ready, "department_finance")
    refused = records(ready, "record_release", publisher, read=read)
    assert refused.status_code == 403
    assert "须与“签发公开”分开的步骤" in refused.content.decode()
    early = records(ready, "record_release", person("head"), 3, read=read)
    assert early.status_code == 422
    assert ready.now().state is State.READY
    assert not Release.objects.exists()


def test_a_recording_that_fails_leaves_no_scan_behind(
    ready: Cast, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("database is gone")

    monkeypatch.setattr(effects, "enqueue", fail)
    read = read_by(ready, "department_finance")
    with pytest.raises(RuntimeError):
        records(ready, "record_release", person("head"), read=read)
    assert not Release.objects.exists()
    assert not [each for each in folders.rglob("*") if each.is_file()]
    monkeypatch.setattr(effects, "enqueue", lambda *releases: [])
    done = records(ready, "record_release", person("head"), read=read)
    assert done.headers.get("Location") == f"{PAGE}files/", done.content.decode()
    assert [each for each in folders.rglob("*") if each.is_file()]
    assert Attachment.objects.count() == 1


def test_in_what_capacity_somebody_signs_is_said(submitted: Cast) -> None:
    by = someone_with(Role.SECURITY_ADMIN, "", "security")
    department = Department.objects.get(code=CODE)
    deputy, standing_in = a_person("deputy"), a_person("standing in")
    grant(deputy, Wanted(Role.HEAD, department, capacity=Capacity.DEPUTY), by)
    with pytest.raises(NotGranted, match="临时代理须填写结束日期"):
        grant(standing_in, Wanted(Role.HEAD, department, capacity=Capacity.STAND_IN), by)
    with pytest.raises(NotGranted, match="只有部门负责人角色写明签字身份"):
        grant(standing_in, Wanted(Role.PUBLISHER, department, capacity=Capacity.DEPUTY), by)
    until = TODAY() + timedelta(days=9)
    given = Wanted(Role.HEAD, department, capacity=Capacity.STAND_IN, valid_to=until)
    grant(standing_in, given, by)

    page = submitted.page("department_finance")
    assert "姓名deputy（分管领导）" in page
    assert "姓名standing in（临时代理）" in page
    done = records(submitted, "record_signature", deputy)
    assert done.headers.get("Location") == PAGE, done.content.decode()
    assert "登记姓名deputy（分管领导）于" in submitted.page("head")


def test_until_when_a_stand_in_may_sign_stands_on_the_papers_and_in_the_history(
    submitted: Cast,
) -> None:
    by = someone_with(Role.SECURITY_ADMIN, "", "security")
    until = TODAY() + timedelta(days=9)
    stand_in = Wanted(
        Role.HEAD,
        Department.objects.get(code=CODE),
        capacity=Capacity.STAND_IN,
        valid_to=until,
    )
    deputy = a_person("deputy")
    grant(deputy, stand_in, by)
    assert records(submitted, "record_signature", deputy).status_code == 302
    signed = f"姓名deputy（临时代理，授权至{until.year}年{until.month}月{until.day}日）于"
    assert f"登记{signed}" in submitted.page("head")
    assert (
        f"登记纸质审签：{signed}" in submission(submitted.now(), None, "某人").shown["form"].taken
    )
    DepartmentBudget.objects.update(state=State.APPROVED)
    assert clearance(submitted.now(), "某人").shown["form"].signed.startswith(signed)


def test_in_what_capacity_somebody_signs_here_stands_on_the_papers(submitted: Cast) -> None:
    grant_of_head = Grant.objects.filter(user=person("head"))
    grant_of_head.update(capacity=Capacity.DEPUTY)
    submitted.shows_that_it_is_he("head")
    submitted.taken("head", "sign")
    said = submission(submitted.now(), None, "某人").shown["form"].taken
    assert "；审签报送：姓名head（分管领导），" in said
    DepartmentBudget.objects.update(state=State.APPROVED)
    printed = clearance(submitted.now(), "某人")
    assert printed.shown["form"].signed.startswith("姓名head（分管领导），")
    # The role of today is not the one of that day.
    grant_of_head.update(revoked_at=timezone.now())
    assert "（分管领导）" in submission(submitted.now(), None, "某人").shown["form"].taken


def test_what_was_approved_elsewhere_names_nobody_who_signed(submitted: Cast) -> None:
    DepartmentBudget.objects.update(state=State.APPROVED)
    assert clearance(submitted.now(), "某人").shown["form"].signed == ""
