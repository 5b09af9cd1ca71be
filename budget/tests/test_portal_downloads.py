"""Downloads: names, types, entity tags, archives, and one table's own files."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from budget.portal.files import archive
from budget.portal.headers import attachment
from budget.tests.plainly import plain
from budget.tests.shelved import a_document, a_file, a_release

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 not empty"


@pytest.fixture(autouse=True)
def _own_storage(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def test_a_file_is_sent_as_it_was_made(client: Client) -> None:
    a_file(a_release(), "pdf", PDF)
    response = client.get("/157/2023/download/pdf")
    assert response.status_code == 200
    assert response.content == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Length"] == "18"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_has_a_chinese_name_and_one_in_ascii(client: Client) -> None:
    a_file(a_release(), "pdf", PDF)
    said = client.get("/157/2023/download/pdf").headers["Content-Disposition"]
    assert said == (
        'attachment; filename="157-2023.pdf"; '
        f"filename*=UTF-8''{quote('某单位2023年部门预算公开-第1版.pdf')}"
    )
    assert said.isascii()


def test_whoever_has_the_file_is_not_sent_it_again(client: Client) -> None:
    a_file(a_release(), "pdf", PDF)
    etag = client.get("/157/2023/download/pdf").headers["ETag"]
    assert etag == f'"{hashlib.sha256(PDF).hexdigest()}"'
    again = client.get("/157/2023/download/pdf", headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == etag
    other = client.get("/157/2023/download/pdf", headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


def test_the_page_says_how_large_a_file_is_and_that_several_come_as_one_archive(
    client: Client,
) -> None:
    release = a_release()
    a_file(release, "pdf", PDF)
    a_file(release, "csv", b"1\n", "157-2023-01.csv")
    a_file(release, "csv", b"22\n", "157-2023-02.csv")
    words = plain(client.get("/157/2023/"))
    assert "PDF 18 字节" in words
    assert "CSV 数据（ZIP，2个文件） " in words


def test_head_says_what_a_download_would_be(client: Client) -> None:
    a_file(a_release(), "pdf", PDF)
    response = client.head("/157/2023/download/pdf")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Length"] == "18"


def test_the_files_of_an_earlier_release_stay(client: Client) -> None:
    a_file(a_release(), "pdf", b"first")
    a_file(a_release(a_document(name="新名"), number=2), "pdf", b"second")
    assert client.get("/157/2023/v1/download/pdf").content == b"first"
    assert client.get("/157/2023/download/pdf").content == b"second"


def test_the_tables_in_csv_are_sent_as_one_archive_that_never_changes(client: Client) -> None:
    release = a_release()
    a_file(release, "csv", b"one", name="157-2023-01-summary.csv", content_type="text/csv")
    a_file(release, "csv", b"two", name="157-2023-03-spending.csv", content_type="text/csv")
    response = client.get("/157/2023/download/csv")
    assert response.headers["Content-Type"] == "application/zip"
    assert 'filename="157-2023-csv.zip"' in response.headers["Content-Disposition"]
    assert response.content == client.get("/157/2023/download/csv").content
    with zipfile.ZipFile(io.BytesIO(response.content)) as opened:
        assert [(entry.filename, entry.date_time[:3]) for entry in opened.infolist()] == [
            ("157-2023-01-summary.csv", (1980, 1, 1)),
            ("157-2023-03-spending.csv", (1980, 1, 1)),
        ]
        assert opened.read("157-2023-03-spending.csv") == b"two"


def test_the_tag_of_an_archive_changes_with_any_of_its_files(client: Client) -> None:
    first, second = a_release(), a_release(number=2)
    for release, content in ((first, b"two"), (second, b"other")):
        a_file(release, "csv", b"one", name="a.csv")
        a_file(release, "csv", content, name="b.csv")
    tags = [
        client.head(address).headers["ETag"]
        for address in ("/157/2023/v1/download/csv", "/157/2023/download/csv")
    ]
    assert tags[0] != tags[1]


def test_one_table_in_json_holds_that_table_only(client: Client) -> None:
    a_release()
    response = client.get("/157/2023/spending/download/json")
    tables = json.loads(response.content)["parts"][1]["tables"]
    assert [table["code"] for table in tables] == ["spending"]
    said = response.headers["Content-Disposition"]
    assert 'filename="157-2023-03-spending.json"' in said
    assert quote("某单位2023年-03-部门支出总表.json") in said


@pytest.mark.parametrize(
    ("format", "content_type", "start"),
    [
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("csv", "text/csv; charset=utf-8; header=present", b"\xef\xbb\xbf"),
        ("pdf", "application/pdf", b"%PDF-"),
    ],
    ids=["xlsx", "csv", "pdf"],
)
def test_one_table_can_be_had_in_every_format(
    client: Client, format: str, content_type: str, start: bytes
) -> None:
    a_release()
    response = client.get(f"/157/2023/spending/download/{format}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == content_type
    assert response.content.startswith(start)


def test_the_file_of_a_table_is_made_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    a_release()
    made = client.get("/157/2023/spending/download/xlsx")

    def refuse(*_: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr("budget.render.registry.Format.render", refuse, raising=False)
    again = client.get("/157/2023/spending/download/xlsx")
    assert again.content == made.content
    tagged = client.get(
        "/157/2023/spending/download/xlsx", headers={"If-None-Match": made.headers["ETag"]}
    )
    assert tagged.status_code == 304


def test_a_document_links_every_file_with_its_size(client: Client) -> None:
    release = a_release()
    a_file(release, "json", b"{}")
    a_file(release, "pdf", b"x" * 2048)
    shown = client.get("/157/2023/").content.decode()
    # PDF first: it is what most people want.
    assert shown.index('href="/157/2023/download/pdf"') < shown.index(
        'href="/157/2023/download/json"'
    )
    assert "PDF <small>2.0\xa0KB</small>" in shown


def test_an_archive_is_the_same_bytes_each_time() -> None:
    assert archive({"a": b"1", "b": b"2"}) == archive({"a": b"1", "b": b"2"})


def test_a_file_name_keeps_its_chinese_and_stays_ascii_in_the_header() -> None:
    assert attachment("预算 “表”.pdf", "a.pdf") == (
        "attachment; filename=\"a.pdf\"; filename*=UTF-8''"
        "%E9%A2%84%E7%AE%97%20%E2%80%9C%E8%A1%A8%E2%80%9D.pdf"
    )
