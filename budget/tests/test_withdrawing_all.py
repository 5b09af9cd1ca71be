"""What a withdrawal takes from readers, whoever made the release and whatever came after it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from budget.models import BudgetUnit, DepartmentBudget, Release
from budget.release import sealed, withdrawn
from budget.terms import State, UnitType
from budget.tests.cast import PAGE, Cast
from budget.tests.clean import CODE, YEAR, a_clean_budget
from budget.tests.people import PASSWORD
from budget.tests.shelved import a_release
from budget.tests.test_publishing import (
    approved,
    corrected,
    prepared,
    published,
    through_to_ready,
)
from budget.workflow.packaging import package

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> None:
    """Files in a folder of the test, and nobody has shown before that it is he."""
    settings.MEDIA_ROOT, settings.INSIDE_ROOT = tmp_path / "releases", tmp_path / "inside"
    cache.clear()


@pytest.fixture
def cast() -> Cast:
    """Everybody, and an approved budget."""
    cast = Cast(a_clean_budget())
    approved(cast)
    return cast


def withdrawn_first(cast: Cast, ground: str) -> tuple[int, int]:
    """Let the two sides withdraw the first version; return the status of both answers."""
    old, where = DepartmentBudget.objects.get(version=1), f"{PAGE}v1/"
    asked = cast.browsers["budget_reviewer"].post(
        f"{where}take/withdraw/",
        {"revision": str(old.revision), "ground": ground, "reason": "内部理由"},
    )
    old.refresh_from_db()
    head = cast.browsers["head"]
    head.post(f"/account/reauthenticate/?next={where}", {"password": PASSWORD, "next": where})
    done = head.post(f"{where}take/confirm_withdrawal/", {"revision": str(old.revision)})
    return asked.status_code, done.status_code


def transcribed(cast: Cast) -> Release:
    """Put the approved budget on the shelf as a document that no step has issued."""
    release = a_release(package(cast.now()).documents[0].document)
    DepartmentBudget.objects.filter(pk=cast.budget.pk).update(state=State.PUBLISHED)
    return release


def status(number: int) -> int:
    return int(Client().get(f"/{CODE}/{YEAR}/v{number}/").status_code)


def test_a_transcribed_release_that_was_corrected_is_withdrawn_all_the_same(cast: Cast) -> None:
    first = transcribed(cast)
    corrected(cast, "department_finance", "correct_texts")
    through_to_ready(cast)
    second = published(cast)
    assert second.replaces == first
    assert (status(1), status(2)) == (200, 200)

    page = cast.browsers["budget_reviewer"].get(f"{PAGE}v1/").content.decode()
    assert f"“{second.name} 第2版”仍对外公开" in page
    assert "仍对外公开" not in cast.page("budget_reviewer")
    assert withdrawn_first(cast, "secret") == (302, 302)
    assert DepartmentBudget.objects.get(version=1).state is State.WITHDRAWN
    assert (status(1), status(2)) == (410, 200)
    first = Release.objects.get(pk=first.pk)
    assert withdrawn(first)
    assert sealed(first)


def test_of_several_transcribed_ones_the_last_is_withdrawn_and_all_are_sealed(cast: Cast) -> None:
    document = package(cast.now()).documents[0].document
    first = a_release(document)
    second = a_release(document, 2, replaces=first)
    DepartmentBudget.objects.filter(pk=cast.budget.pk).update(state=State.PUBLISHED)
    assert withdrawn_first(cast, "personal") == (302, 302)
    found = Release.objects.order_by("number")
    assert [bool(withdrawn(each)) for each in found] == [False, True]
    assert [bool(sealed(each)) for each in found] == [True, True]
    assert second.replaces == first


def test_what_was_never_published_cannot_be_withdrawn(cast: Cast) -> None:
    DepartmentBudget.objects.filter(pk=cast.budget.pk).update(state=State.PUBLISHED)
    refused = cast.take("head", "withdraw", ground="secret", reason="内部理由")
    assert refused.status_code == 422
    assert "没有找到这一版公开的文件" in refused.content.decode()
    assert cast.now().state is State.PUBLISHED


def test_documents_of_others_stay_and_a_unit_that_left_is_sealed(cast: Cast) -> None:
    """900 had a unit 900009 that the correction has no more; 901 is another department."""
    BudgetUnit.objects.create(
        department=cast.budget.department,
        code="900009",
        name="旧单位",
        type=UnitType.ADMINISTRATIVE,
    )
    document = package(cast.now()).documents[0].document
    old = a_release(replace(document, code="900009", name="旧单位"))
    before = a_release(replace(document, code="900009", name="旧单位", year=YEAR - 1))
    other = a_release(replace(document, code="901", name="另一部门"))
    prepared(cast)
    own = published(cast)
    assert withdrawn_first(cast, "secret") == (302, 302)
    kept = Release.objects.filter(withdrawal=None, seal=None)
    assert set(kept) == {before, other}
    assert sealed(Release.objects.get(pk=old.pk))
    assert withdrawn(Release.objects.get(pk=own.pk))


def test_a_correction_of_a_secret_seals_the_documents_of_units_that_left_too(cast: Cast) -> None:
    BudgetUnit.objects.create(
        department=cast.budget.department,
        code="900009",
        name="旧单位",
        type=UnitType.ADMINISTRATIVE,
    )
    document = package(cast.now()).documents[0].document
    old = a_release(replace(document, code="900009", name="旧单位"))
    first = transcribed(cast)
    corrected(cast, "department_finance", "correct_texts", ground="secret")
    through_to_ready(cast)
    second = published(cast)
    assert set(Release.objects.filter(seal=None)) == {second}
    assert {old, first} == set(Release.objects.exclude(seal=None))


SECRET = "第三页误印某涉密工程名称"


def test_what_a_correction_says_of_a_secret_stays_inside(cast: Cast) -> None:
    transcribed(cast)
    page = cast.page("department_finance")
    assert "只有“已更正，含有依法不予公开的内容”" in page
    cast.taken("department_finance", "correct_texts", ground="secret", what=SECRET, why=SECRET)
    cast.budget = DepartmentBudget.objects.latest("pk")
    through_to_ready(cast)
    second = published(cast)
    assert "更正说明（更正第1版）：已更正。更正原因：含有依法不予公开的内容。" in second.content
    assert SECRET not in second.content
    assert SECRET in cast.page("head")  # inside it is known
    visitor = Client()
    told = {
        path: visitor.get(path).content.decode()
        for path in (
            f"/{CODE}/{YEAR}/",
            f"/{CODE}/{YEAR}/versions/",
            "/feed.xml",
            f"/{CODE}/feed.xml",
            f"/api/v1/releases/{CODE}/{YEAR}/v2",
            f"/api/v1/releases/{CODE}/{YEAR}/versions",
        )
    }
    for path, text in told.items():
        assert SECRET not in text, path
        assert "含有依法不予公开的内容" in text, path
        assert "涉及国家秘密" not in text, path
