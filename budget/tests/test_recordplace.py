"""Where else a release stands: recorded once, shown on its page, kept in the trail."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from budget.models import AuditEntry, FrozenRow, PublicPlace
from budget.tests.shelved import a_document, a_release
from budget.tests.withdrawing import withdraw

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
        (("300", "2023", URL), "已经撤回"),
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
