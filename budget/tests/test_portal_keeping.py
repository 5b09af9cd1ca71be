"""Kept pages: made once, never shown once they do not hold, never kept for who is signed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from budget.tests.people import a_person, signed_in
from budget.tests.shelved import a_document, a_file, a_release
from budget.tests.withdrawing import withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
PAGE = "/157/2023/summary/"


@pytest.fixture(autouse=True)
def _kept(settings: Settings, tmp_path: object) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    settings.CACHES = {
        **settings.CACHES,
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "p"},
    }
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def test_a_page_is_made_once_for_everybody(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_release()
    first = client.get(PAGE)
    with django_assert_num_queries(1):
        again = Client().get(PAGE)
    assert again.content == first.content
    assert again.headers["Cache-Control"] == "public, no-cache"
    assert "Cookie" in again.headers["Vary"]


def test_who_has_a_page_is_not_sent_it_again(client: Client) -> None:
    a_release()
    etag = client.get(PAGE).headers["ETag"]
    again = client.get(PAGE, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    # 17:30 in UTC on the 10th.
    assert again.headers["Last-Modified"] == "Fri, 10 Feb 2023 17:30:00 GMT"


def test_a_correction_shows_at_once(client: Client) -> None:
    a_release(a_document(name="旧名"))
    old = client.get(PAGE).headers["ETag"]
    home = client.get("/").headers["ETag"]
    a_release(a_document(name="新名"), number=2)
    new = client.get(PAGE, headers={"If-None-Match": old})
    assert (new.status_code, "新名" in new.content.decode()) == (200, True)
    assert client.get("/", headers={"If-None-Match": home}).status_code == 200


def test_a_withdrawal_shows_at_once_also_to_who_has_the_page(client: Client) -> None:
    release = a_release()
    seen = {path: client.get(path).headers["ETag"] for path in (PAGE, "/157/2023/", "/", "/157/")}
    withdraw(release)
    found = {
        path: client.get(path, headers={"If-None-Match": tag}).status_code
        for path, tag in seen.items()
    }
    assert found == {PAGE: 410, "/157/2023/": 410, "/": 200, "/157/": 404}
    assert "ETag" not in client.get(PAGE).headers
    assert "/157/" not in client.get("/").content.decode()


def test_files_appear_on_the_page_when_they_are_there(client: Client) -> None:
    release = a_release()
    assert "下载文件正在制作" in client.get("/157/2023/").content.decode()
    a_file(release, "pdf", b"%PDF-1.7")
    assert 'href="/157/2023/download/pdf"' in client.get("/157/2023/").content.decode()


def test_words_behind_the_question_mark_fill_no_cache(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_release()
    client.get(PAGE)
    with django_assert_num_queries(1):
        client.get(f"{PAGE}?anything=1")


def test_a_page_for_who_is_signed_in_is_kept_nowhere(client: Client) -> None:
    a_release()
    mine = signed_in(a_person("somebody")).get(PAGE)
    assert "private" in mine.headers["Cache-Control"]
    assert "ETag" not in mine.headers
    assert "somebody" not in client.get(PAGE).content.decode()


def test_what_is_missing_is_not_kept(client: Client) -> None:
    assert client.get(PAGE).status_code == 404
    a_release()
    assert client.get(PAGE).status_code == 200
