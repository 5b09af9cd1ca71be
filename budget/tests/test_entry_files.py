"""Files over HTTP: taken in, listed, sent as downloads and nothing else, deleted when asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from budget.models import Attachment, DepartmentBudget
from budget.roles import Role
from budget.terms import State
from budget.tests.filling import Accountant, an_accountant
from budget.tests.people import signed_in, someone_with
from budget.tests.stored import a_budget, a_project, a_unit

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
FILES = "/entry/801001/2030/files/"
PDF = b"%PDF-1.7\nwhat follows"


@pytest.fixture(autouse=True)
def inside(settings: Any, tmp_path: Path) -> Path:
    settings.INSIDE_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def accountant() -> Accountant:
    accountant = an_accountant()
    assert accountant.unit is not None
    a_project(accountant.budget, accountant.unit, "P1")
    return accountant


@pytest.fixture
def compiler(accountant: Accountant) -> Client:
    return signed_in(someone_with(Role.COMPILER, "801001"))


def sent(client: Client, name: str = "立项依据.pdf", content: bytes = PDF) -> Any:
    file = SimpleUploadedFile("placeholder", content)
    file._name = name  # type: ignore[attr-defined]  # Django's own setter cleans names
    return client.post(FILES, {"project": "P1", "file": file}, follow=True)


def on_disk(inside: Path) -> list[Path]:
    return [path for path in inside.rglob("*") if path.is_file()]


def text(answer: Any) -> str:
    return str(answer.content.decode())


def got(client: Client, address: str) -> Any:
    """Return an answer, read to its end."""
    answer: Any = client.get(address)
    if answer.streaming:
        answer.read = b"".join(answer.streaming_content)
    return answer


def test_a_file_is_kept_listed_and_comes_back_byte_for_byte(compiler: Client) -> None:
    page = text(sent(compiler))
    assert "已保存“立项依据.pdf”" in page
    [row] = Attachment.objects.all()
    assert row.project is not None
    assert (row.name, row.project.code) == ("立项依据.pdf", "P1")
    answer = got(compiler, f"{FILES}{row.pk}/")
    assert answer.read == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E7%AB%8B%E9%A1%B9%E4%BE%9D%E6%8D%AE.pdf"
    )
    assert "no-store" in answer["Cache-Control"]


HOSTILE = (
    "../../../../etc/cron.d/立项.pdf",
    "..\\..\\立项.pdf",
    "立项%0D%0ASet-Cookie: session=stolen%0D%0A%0D%0A<html>.pdf",
    '立项"; filename="page.html.pdf',
    "立项\u202efdp.pdf",
    "立项\u2066\u200b.pdf",
    "立项\x00.html.pdf",
    "<script>alert(1)</script>.pdf",
    "{{ 7|add:7 }}.pdf",
    "立" * 300 + ".pdf",
    "plain.pdf",
    "CON.pdf",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_gets_into_a_header_a_page_or_a_folder(
    compiler: Client, inside: Path, name: str
) -> None:
    page = text(sent(compiler, name))
    [row] = Attachment.objects.all()
    header = got(compiler, f"{FILES}{row.pk}/")["Content-Disposition"]
    # One of the two forms of RFC 6266, whole: a quoted name, or one in percent signs.
    quoted = r'attachment; filename="[^"\\\r\n]+"'
    encoded = r"attachment; filename\*=utf-8''[\w%.~-]+"
    assert re.fullmatch(f"(?:{quoted})|(?:{encoded})", header, re.ASCII)
    assert len(row.name) <= 120
    assert not set(row.name) & set('/\\"<>\r\n\x00\u202e\u2066\u200b')
    assert "<script>alert" not in page
    assert "14.pdf" not in page
    [path] = on_disk(inside)
    assert re.fullmatch(r"[0-9a-f]{32}\.pdf", path.name)
    assert path.parent == inside / "attachments"


def test_a_page_in_disguise_is_refused_and_told(compiler: Client, inside: Path) -> None:
    answer = sent(compiler, "立项.pdf", b"<html><script>alert(1)</script></html>")
    assert answer.status_code == 422
    assert "文件内容不是“pdf”格式" in text(answer)
    assert not on_disk(inside)


def test_a_file_that_is_too_large_is_dropped_on_the_way_and_told(
    compiler: Client, settings: Any, inside: Path
) -> None:
    settings.LARGEST_UPLOAD = 1 * 2**20
    answer = sent(compiler, "大.pdf", PDF + bytes(2 * 2**20))
    assert answer.status_code == 422
    assert "文件超过1兆字节" in text(answer)
    assert not on_disk(inside)


def test_a_form_without_a_file_or_project_is_told(compiler: Client) -> None:
    answer = compiler.post(FILES, {"project": "P1"})
    assert answer.status_code == 422
    assert "请选择文件" in text(answer)
    file = SimpleUploadedFile("a.pdf", PDF)
    assert "没有这个项目" in text(compiler.post(FILES, {"project": "P9", "file": file}))


def test_a_broken_form_keeps_nothing(compiler: Client, inside: Path) -> None:
    head = 'Content-Disposition: form-data; name="file"; filename="a.pdf"'
    body = f"--{BOUNDARY}\r\n{head}\r\n\r\n%PDF-"
    answer = compiler.generic("POST", FILES, body, content_type=MULTIPART_CONTENT)
    assert answer.status_code in (400, 422)
    assert not Attachment.objects.exists()
    assert not on_disk(inside)


def test_deleting_asks_first_and_takes_the_file_from_the_disk(
    compiler: Client, inside: Path, django_capture_on_commit_callbacks: Any
) -> None:
    sent(compiler)
    [row] = Attachment.objects.all()
    asked = text(compiler.get(f"{FILES}{row.pk}/delete/"))
    assert "删除后文件不能恢复" in asked
    assert Attachment.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        answer = compiler.post(f"{FILES}{row.pk}/delete/", follow=True)
    assert "已删除“立项依据.pdf”" in text(answer)
    assert not Attachment.objects.exists()
    assert not on_disk(inside)
    assert got(compiler, f"{FILES}{row.pk}/").status_code == 404


def test_who_sees_the_budget_reads_its_files_and_others_do_not(
    compiler: Client, accountant: Accountant
) -> None:
    sent(compiler)
    [row] = Attachment.objects.all()
    a_budget(a_unit("802001", is_head=True))
    head = signed_in(someone_with(Role.HEAD, "801"))
    stranger = signed_in(someone_with(Role.COMPILER, "802001"))
    assert got(head, f"{FILES}{row.pk}/").status_code == 200
    assert got(head, f"/entry/801/2030/files/{row.pk}/").status_code == 200
    assert head.get(f"{FILES}{row.pk}/delete/").status_code == 403
    assert sent(head).status_code == 403
    assert stranger.get(f"{FILES}{row.pk}/").status_code == 404
    # Asked for by way of his own budget it is not there either.
    assert stranger.get(f"/entry/802001/2030/files/{row.pk}/").status_code == 404
    assert Client().get(f"{FILES}{row.pk}/").status_code == 302


def test_after_submission_files_are_read_and_neither_added_nor_deleted(
    compiler: Client, accountant: Accountant
) -> None:
    sent(compiler)
    [row] = Attachment.objects.all()
    DepartmentBudget.objects.filter(pk=accountant.budget.pk).update(state=State.SUBMITTED)
    assert "上传附件" not in text(compiler.get(FILES))
    assert got(compiler, f"{FILES}{row.pk}/").status_code == 200
    assert sent(compiler).status_code == 409
    assert compiler.post(f"{FILES}{row.pk}/delete/").status_code == 409


def test_no_address_serves_the_folder_itself(compiler: Client) -> None:
    sent(compiler)
    [row] = Attachment.objects.all()
    for address in (f"/media/{row.file.name}", f"/inside/{row.file.name}", f"/{row.file.name}"):
        assert compiler.get(address).status_code == 404
