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

pytestmark = pytest.mark.django_db

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
    budget = a_draft()
    for state in State:
        DepartmentBudget.everything.filter(pk=budget.pk).update(state=state)
        assert answers(client, PUBLIC) == before
        assert answers(client, MISSING) == absent
    assert {status for status, _, _ in before.values()} == {200}
    assert {status for status, _, _ in absent.values()} == {404}
    assert not any(tag for _, tag, _ in absent.values())
