"""Where else a release stands: recorded once, shown on its page, kept in the trail."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from budget.models import AuditEntry, DepartmentBudget, FrozenRow, Issue, PublicPlace, Release
from budget.roles import Role
from budget.terms import Origin, State
from budget.tests.people import signed_in, someone_with
from budget.tests.shelved import a_document, a_release
from budget.tests.stored import YEAR, a_unit
from budget.tests.withdrawing import a_step, withdraw

pytestmark = pytest.mark.django_db
URL = "https://www.example.gov.cn/ys/157.html"


def test_the_page_of_the_release_says_where_else_it_stands(client: Client) -> None:
    a_release()
    a_release(number=2)
    call_command(
        "recordplace", "157", "2023", URL, "--number", "1", "--at", "2023-03-01T09:00",
        stdout=StringIO(),
    )  # fmt: skip
    assert f'<a href="{URL}" rel="external">' in client.get("/157/2023/v1/").content.decode()
    assert "（2023年3月1日）" in client.get("/157/2023/v1/").content.decode()
    assert URL not in client.get("/157/2023/").content.decode()
    entry = AuditEntry.objects.get(act="budget.record_place")
    assert (entry.subject, entry.detail["url"]) == ("157/2023", URL)


def test_what_was_recorded_is_not_changed_but_followed_by_another(client: Client) -> None:
    a_release()
    for address in (URL, f"{URL}?neu"):
        call_command("recordplace", "157", "2023", address, stdout=StringIO())
    assert f'href="{URL}?neu"' in client.get("/157/2023/").content.decode()
    with pytest.raises(FrozenRow):
        PublicPlace.objects.first().save()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("158", "2023", URL), "没有公开过"),
        (("300", "2023", URL), "已撤回"),
        (("157", "2023", "javascript:alert(1)"), "网址|URL"),
        (("157", "2023", "ftp://example.gov.cn/"), "http"),
        (("157", "2023", URL, "--at", "2023-02-30T09:00"), "不是有效的时间"),
    ],
)
def test_what_cannot_be_recorded_is_refused(words: tuple[str, ...], complaint: str) -> None:
    a_release()
    withdraw(a_release(a_document(code="300")))
    with pytest.raises(CommandError, match=complaint):
        call_command("recordplace", *words, stdout=StringIO())
    assert not PublicPlace.objects.exists()


PLACES = f"/flow/801/{YEAR}/places/"


def a_published_budget(**values: Any) -> Release:
    step = a_step()
    DepartmentBudget.objects.filter(pk=step.budget.pk).update(state=State.PUBLISHED)
    release = a_release(a_document(code="801", year=YEAR, name="某局"), **values)
    Issue.objects.create(release=release, budget=step.budget, step=step)
    return release


def typed(published: Release, **changes: str) -> dict[str, str]:
    return {"release": str(published.pk), "url": URL, "at": "2023-03-01T09:00", **changes}


def test_the_publisher_records_a_place_on_a_page_of_the_budget(client: Client) -> None:
    release = a_published_budget()
    person = someone_with(Role.PUBLISHER, "801", "publisher")
    publisher = signed_in(person)
    assert "登记" in publisher.get(PLACES).content.decode()
    assert publisher.post(PLACES, typed(release)).headers["Location"] == PLACES
    assert URL in publisher.get(PLACES).content.decode()
    assert URL in client.get(f"/801/{YEAR}/").content.decode()
    assert PublicPlace.objects.get().by == person


def test_nobody_else_records_a_place() -> None:
    release = a_published_budget()
    head = signed_in(someone_with(Role.HEAD, "801", "head"))
    assert "<form" not in head.get(PLACES).content.decode().split('id="main"')[1]
    assert head.post(PLACES, typed(release)).status_code == 403
    a_unit("802001", is_head=True)
    other = signed_in(someone_with(Role.PUBLISHER, "802", "other"))
    assert other.post(PLACES, typed(release)).status_code == 404
    assert not PublicPlace.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "javascript:alert(1)"},
        {"url": "ftp://www.example.gov.cn/ys"},
        {"at": "gestern"},
        {"at": "2999-03-01T09:00"},
        {"release": "999999"},
    ],
)
def test_what_is_mistyped_stays_in_the_form(changes: dict[str, str]) -> None:
    release = a_published_budget()
    publisher = signed_in(someone_with(Role.PUBLISHER, "801", "publisher"))
    answer = publisher.post(PLACES, typed(release, **changes))
    assert answer.status_code == 422
    assert changes.get("url", URL) in answer.content.decode()
    assert not PublicPlace.objects.exists()


def test_a_release_of_another_department_is_no_choice() -> None:
    a_published_budget()
    foreign = a_release(a_document(code="157"))
    publisher = signed_in(someone_with(Role.PUBLISHER, "801", "publisher"))
    assert publisher.post(PLACES, typed(foreign)).status_code == 422


def test_a_release_of_this_site_stands_elsewhere_only_once_it_is_issued() -> None:
    """It was published on 2023-02-11 at 01:30 in China."""
    release = a_published_budget(origin=Origin.COMPILED)
    publisher = signed_in(someone_with(Role.PUBLISHER, "801", "publisher"))
    early = publisher.post(PLACES, typed(release, at="2023-02-11T01:29"))
    assert early.status_code == 422
    assert "不能早于这一版的发布时间（2023-02-11 01:30）" in early.content.decode()
    assert publisher.post(PLACES, typed(release, at="2023-02-11T01:30")).status_code == 302


def test_a_form_that_is_sent_twice_records_one_place() -> None:
    release = a_published_budget()
    publisher = signed_in(someone_with(Role.PUBLISHER, "801", "publisher"))
    for _ in range(2):
        assert publisher.post(PLACES, typed(release)).status_code == 302
    assert PublicPlace.objects.count() == 1
    assert AuditEntry.objects.filter(act="budget.record_place").count() == 1
