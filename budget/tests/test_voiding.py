"""A correction that is given up, a draft that is deleted: gone for everybody, kept on record."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from budget.bureau.opening import open_budgets
from budget.models import (
    AuditEntry,
    Ceiling,
    Correction,
    DepartmentBudget,
    Release,
    SpendingLine,
    StepTaken,
    YearRound,
)
from budget.roles import Role
from budget.terms import CeilingKind, Round, Source, State
from budget.tests.cast import PAGE, Cast
from budget.tests.clean import CODE, UNIT_CODE, YEAR, a_clean_budget
from budget.tests.people import someone_with
from budget.tests.test_publishing import (
    approved,
    corrected,
    prepared,
    published,
    through_to_ready,
)

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> None:
    """Files in a folder of the test, and nobody has shown before that it is he."""
    settings.MEDIA_ROOT, settings.INSIDE_ROOT = tmp_path / "releases", tmp_path / "inside"
    cache.clear()


@pytest.fixture
def public() -> Cast:
    """Everybody, and a published budget."""
    cast = Cast(a_clean_budget())
    approved(cast)
    prepared(cast)
    published(cast)
    return cast


def dropped(cast: Cast, who: str, action: str) -> None:
    answer = cast.take(who, action, reason="另行处理")
    assert answer.headers.get("Location") == "/flow/", answer.content.decode()


def test_a_correction_of_texts_is_given_up_and_another_can_begin(public: Cast) -> None:
    first = public.budget
    corrected(public, "department_finance", "correct_texts")
    second = public.budget
    assert "放弃后，这一版连同其中的改动不再可见" in public.page("department_finance")
    unsaid = public.take("department_finance", "drop_texts", reason=" ")
    assert unsaid.status_code == 422
    assert public.take("head", "drop_texts", reason="一").status_code == 403
    dropped(public, "department_finance", "drop_texts")

    assert public.now().state is State.VOID
    assert StepTaken.objects.get(budget=second, end=State.VOID).said == {"reason": "另行处理"}
    entry = AuditEntry.objects.get(act="budget.drop_texts")
    assert (entry.detail["version"], entry.detail["reason"]) == (2, "另行处理")
    for who in ("department_finance", "head", "budget_reviewer", "publisher"):
        page = public.page(who)
        assert "第1版" in page, who
        assert "第2版" not in page, who
        assert public.browsers[who].get(f"{PAGE}v2/").status_code == 404, who
    assert f"/entry/{UNIT_CODE}/{YEAR}/" not in public.page("compiler")  # nothing to fill in

    public.budget = first
    corrected(public, "department_finance", "correct_texts")
    assert public.now().version == 3
    through_to_ready(public)
    third = published(public)
    assert (third.number, third.replaces) == (2, Release.objects.get(number=1))
    assert Client().get(f"/{CODE}/{YEAR}/v2/").status_code == 200


def test_who_began_a_correction_of_amounts_gives_it_up(public: Cast) -> None:
    corrected(public, "budget_reviewer", "correct_amounts")
    assert public.take("department_finance", "drop_texts", reason="一").status_code in (403, 409)
    assert public.take("compiler", "delete", reason="一").status_code == 422
    assert "删除草稿" not in public.page("compiler")
    assert public.now().state is State.DRAFT
    dropped(public, "budget_reviewer", "drop_amounts")
    assert public.now().state is State.VOID
    assert Correction.objects.count() == 1  # it stays on record


def test_what_is_not_a_correction_of_amounts_is_not_given_up_by_the_bureau() -> None:
    cast = Cast(a_clean_budget())
    assert "放弃更正" not in cast.page("budget_reviewer")
    assert cast.take("budget_reviewer", "drop_amounts", reason="一").status_code == 422
    assert cast.now().state is State.DRAFT


def test_a_draft_that_nobody_has_sent_is_deleted_and_can_be_opened_anew() -> None:
    cast = Cast(a_clean_budget())
    page = cast.page("compiler")
    assert "删除后，已录入的全部内容不再可见" in page
    assert "删除草稿" not in cast.page("department_finance")
    lines = SpendingLine.objects.count()
    dropped(cast, "compiler", "delete")
    assert cast.now().state is State.VOID
    assert SpendingLine.objects.count() == lines  # kept, out of sight
    for who in ("compiler", "head", "budget_reviewer"):
        assert cast.browsers[who].get(PAGE).status_code == 404, who
    assert cast.browsers["compiler"].get(f"/entry/{UNIT_CODE}/{YEAR}/").status_code == 404
    assert UNIT_CODE not in cast.browsers["compiler"].get("/entry/").content.decode()

    year = cast.budget.year
    YearRound.objects.create(year=year, round=Round.SECOND_SUBMISSION)
    opener = someone_with(Role.BUDGET_REVIEWER, "", "opener")
    assert open_budgets(year, Round.SECOND_SUBMISSION, [CODE], opener).budgets == 1
    anew = DepartmentBudget.objects.get()
    assert (anew.version, anew.state) == (2, State.DRAFT)
    assert not SpendingLine.objects.filter(budget=anew).exists()


def test_what_was_sent_or_has_ceilings_is_not_deleted() -> None:
    cast = Cast(a_clean_budget())
    Ceiling.objects.create(
        budget=cast.budget,
        unit=None,
        source=Source.GENERAL_PUBLIC,
        kind=CeilingKind.PERSONNEL,
        project="",
        amount="5000000",
    )
    refused = cast.take("compiler", "delete", reason="一")
    assert refused.status_code == 422
    assert "已经下达控制数" in refused.content.decode()
    Ceiling.objects.all().delete()
    cast.taken("compiler", "submit")
    cast.taken("compiler", "withdraw_submission")
    refused = cast.take("compiler", "delete", reason="一")
    assert refused.status_code == 422
    assert "已经上报过" in refused.content.decode()
