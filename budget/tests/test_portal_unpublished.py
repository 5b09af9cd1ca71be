"""What is not published is nowhere: not on pages, in counts, feeds, names of files, entity tags."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from budget import search
from budget.models import BudgetYear, DepartmentBudget, Remark
from budget.terms import State
from budget.tests.shelved import a_document, a_release
from budget.tests.stored import YEAR, a_budget, a_unit

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

PUBLIC = (
    "/",
    "/?order=name",
    "/2023/",
    "/157/",
    "/157/2023/",
    "/157/2023/summary/",
    "/157/2023/versions/",
    "/search/?q=项目支出",
    "/search/?q=未公开",
    "/feed.xml",
    "/157/feed.xml",
    "/sitemap.xml",
    "/robots.txt",
    "/api/v1/departments",
    "/api/v1/releases",
    "/api/v1/releases/157/2023/latest",
    "/api/v1/releases/157/2023/versions",
    "/api/v1/releases/157/2023/v1/tables",
)
MISSING = (
    "/801/",
    f"/{YEAR}/",
    f"/801/{YEAR}/",
    f"/801/{YEAR}/v1/",
    f"/801/{YEAR}/summary/",
    f"/801/{YEAR}/versions/",
    f"/801/{YEAR}/versions/1-2/",
    f"/801/{YEAR}/download/pdf",
    "/801/feed.xml",
    f"/api/v1/releases/801/{YEAR}/latest",
    f"/api/v1/releases/801/{YEAR}/versions",
    f"/api/v1/releases/801/{YEAR}/v1/tables",
    f"/api/v1/releases/801/{YEAR}/v1/paragraphs",
    "/157/2023/v2/",
    "/157/2023/versions/1-2/",
    "/api/v1/releases/157/2023/v2",
    "/api/v1/releases/157/2023/v2/tables",
)


def answers(client: Client, addresses: tuple[str, ...]) -> dict[str, tuple[int, object, bytes]]:
    found = {address: client.get(address) for address in addresses}
    return {
        address: (answer.status_code, answer.headers.get("ETag"), answer.content)
        for address, answer in found.items()
    }


def a_draft() -> DepartmentBudget:
    """A department that has entered much and published nothing."""
    BudgetYear.objects.create(year=YEAR, edition="changsha-2023", codes_on=f"{YEAR}-01-01")
    unit = a_unit("801001", is_head=True)
    budget = a_budget(unit)
    Remark.objects.create(budget=budget, key="mandate", text="未公开项目支出")
    return budget


def a_correction() -> DepartmentBudget:
    """A second version of what is published, with other words."""
    BudgetYear.objects.create(year=2023, edition="changsha-2023", codes_on="2023-01-01")
    budget = a_budget(a_unit("157001", is_head=True), year=2023, version=2)
    Remark.objects.create(budget=budget, key="mandate", text="未公开项目支出")
    return budget


@pytest.mark.parametrize("kept", [True, False])
def test_nothing_public_changes_whatever_is_entered(
    client: Client, settings: Settings, kept: bool
) -> None:
    kind = "locmem.LocMemCache" if kept else "dummy.DummyCache"
    pages = {"BACKEND": f"django.core.cache.backends.{kind}", "LOCATION": "unpublished"}
    settings.CACHES = {**settings.CACHES, "pages": pages}
    caches["pages"].clear()
    document = a_document()
    search.index(a_release(document), document)
    before = answers(client, PUBLIC)
    absent = answers(client, MISSING)
    made = [a_draft().pk, a_correction().pk]
    for state in State:
        DepartmentBudget.everything.filter(pk__in=made).update(state=state)
        assert answers(client, PUBLIC) == before
        assert answers(client, MISSING) == absent
    assert {status for status, _, _ in before.values()} == {200}
    assert {status for status, _, _ in absent.values()} == {404}
    assert not any(tag for _, tag, _ in absent.values())
