"""Files kept with a budget: which are taken, under what names, and that nothing is left behind."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from budget.models import Attachment, AuditEntry, DepartmentBudget, Project
from budget.sheets import attaching
from budget.sheets.attaching import Upload, attach, detach, files_of
from budget.sheets.file_kinds import UnfitFile
from budget.sheets.file_names import cleaned
from budget.terms import AttachmentKind
from budget.tests.filling import Accountant, an_accountant, anybody
from budget.tests.stored import a_project

pytestmark = pytest.mark.one_engine

PDF = b"%PDF-1.7\nwhat follows is nobody's business here"
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100)


def archive(*names: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as opened:
        for name in names:
            opened.writestr(name, b"x")
    return written.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
GOOD = {
    "依据.pdf": PDF,
    "依据.PDF": PDF,
    "依据.docx": DOCX,
    "测算.xlsx": XLSX,
    "汇报.pptx": archive("ppt/presentation.xml"),
    "公文.ofd": archive("OFD.xml", "Doc_0/Document.xml"),
    "旧文件.doc": OLD_OFFICE,
    "旧表.xls": OLD_OFFICE,
    "旧文件.wps": OLD_OFFICE,
    "旧表.et": OLD_OFFICE,
    "照片.jpg": bytes.fromhex("ffd8ffe0") + b"JFIF",
    "照片.jpeg": bytes.fromhex("ffd8ffe1"),
    "图.png": bytes.fromhex("89504e470d0a1a0a") + b"IHDR",
}

# What must not be kept, and a word of the reason.
BAD = {
    "page.html": (b"<html><script>alert(1)</script>", "html"),
    "图.svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "svg"),
    "program.exe": (b"MZ", "exe"),
    "一包.zip": (archive("a.pdf"), "zip"),
    "没有扩展名": (PDF, "没有扩展名"),
    "script.js": (b"alert(1)", "js"),
    "page.pdf": (b"<html><script>alert(1)</script>", "内容不是"),
    "late.pdf": (b"<html>%PDF-1.7", "内容不是"),
    "图.png": (b"<svg/>", "内容不是"),
    "照片.jpg": (PDF, "内容不是"),
    "依据.docx": (XLSX, "内容不是"),
    "加密.docx": (OLD_OFFICE, "内容不是"),
    "断.xlsx": (XLSX[:-30], "内容不是"),
    "宏.docx": (archive("word/document.xml", "word/vbaProject.bin"), "含有宏"),
    "宏.docm": (archive("word/document.xml", "word/vbaProject.bin"), "docm"),
    "空.pdf": (b"", "空的"),
    "依据.pdf.html": (PDF, "html"),
}


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


def kept(
    accountant: Accountant, name: str = "依据.pdf", content: bytes = PDF, **more: Any
) -> Attachment:
    given = {"by": accountant.user, "guard": anybody, "project": "P1", **more}
    upload = Upload(name, io.BytesIO(content))
    return attach(accountant.part, upload, AttachmentKind.BASIS, **given)


def on_disk(inside: Path) -> list[Path]:
    return [path for path in inside.rglob("*") if path.is_file()]


# ---- which files ----


@pytest.mark.django_db
@pytest.mark.parametrize("name", GOOD)
def test_a_file_of_an_office_is_kept_with_its_digest(
    accountant: Accountant, inside: Path, name: str
) -> None:
    row = kept(accountant, name, GOOD[name])
    assert (row.name, row.size) == (name, len(GOOD[name]))
    assert row.digest == hashlib.sha256(GOOD[name]).hexdigest()
    [path] = on_disk(inside)
    assert path.read_bytes() == GOOD[name]
    with row.file.open("rb") as opened:
        assert opened.read() == GOOD[name]


@pytest.mark.django_db
@pytest.mark.parametrize("name", BAD)
def test_what_is_no_such_file_is_refused_with_the_reason(
    accountant: Accountant, inside: Path, name: str
) -> None:
    content, reason = BAD[name]
    with pytest.raises(UnfitFile, match=reason):
        kept(accountant, name, content)
    assert not Attachment.objects.exists()
    assert not on_disk(inside)


@pytest.mark.django_db
def test_twenty_megabytes_are_kept_and_one_byte_more_is_not(
    accountant: Accountant, inside: Path
) -> None:
    largest = PDF + bytes(20 * 2**20 - len(PDF))
    assert kept(accountant, "大.pdf", largest).size == 20_971_520
    with pytest.raises(UnfitFile, match="超过20兆字节"):
        kept(accountant, "更大.pdf", largest + b"x")
    assert len(on_disk(inside)) == 1


def test_an_archive_with_an_endless_directory_is_not_even_opened() -> None:
    # The last record of an archive: signature, disks, entries, size and place of the directory.
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, 19 * 2**20, 0, 0)
    with pytest.raises(UnfitFile, match="内容不是"):
        attaching.checked(Upload("依据.docx", io.BytesIO(bytes(19 * 2**20) + end)))


@pytest.mark.django_db
def test_all_files_of_a_part_together_have_a_limit(
    accountant: Accountant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "MOST_TOGETHER", 2 * len(PDF))
    kept(accountant, "一.pdf", PDF)
    kept(accountant, "二.pdf", PDF)
    with pytest.raises(UnfitFile, match="合计"):
        kept(accountant, "三.pdf", PDF)


# ---- names ----

NAMES = {
    "../../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\Windows\\System32\\立项.pdf": "立项.pdf",
    "/etc/立项.pdf": "立项.pdf",
    "C:\\文件\\立项.pdf": "立项.pdf",
    "立项\r\nSet-Cookie: a=b.pdf": "立项Set-Cookie_ a=b.pdf",
    "立项\x00.html\x00.pdf": "立项.html.pdf",
    "立项\u202efdp.exe": "立项fdp.exe",
    "立\u200b项\ufeff依\u2066据.pdf": "立项依据.pdf",
    "立项\u2028依据.pdf": "立项依据.pdf",
    '立项"; filename="x.html.pdf': "立项_; filename=_x.html.pdf",
    "立项<script>.pdf": "立项_script_.pdf",
    "立项%0d%0a.pdf": "立项_0d_0a.pdf",
    "   立项   依据 .pdf": "立项 依据.pdf",
    "立项.pdf. . ": "立项.pdf",
    ".htaccess": "htaccess",
    "\u202e.pdf": "pdf",
    "": "附件",
    "....": "附件",
    "CON.pdf": "_CON.pdf",
    "com1.pdf": "_com1.pdf",
    "lpt9.tar.pdf": "_lpt9.tar.pdf",
    "concert.pdf": "concert.pdf",
    "e\u0301tude.pdf": "\u00e9tude.pdf",
    "2030年（一上）立项依据—终稿.pdf": "2030年（一上）立项依据—终稿.pdf",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_loses_what_is_dangerous_and_keeps_the_rest(name: str) -> None:
    assert cleaned(name) == NAMES[name]


def test_a_long_name_is_shortened_before_its_ending() -> None:
    # 240 bytes leave 236 for the stem: 78 signs of three bytes.
    assert cleaned("立" * 300 + ".pdf") == "立" * 78 + ".pdf"
    assert cleaned("a" * 300 + ".pdf") == "a" * 116 + ".pdf"


def test_cleaning_a_clean_name_changes_nothing() -> None:
    for name in NAMES.values():
        assert cleaned(name) == name


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["../../x.pdf", "/etc/cron.d/x.pdf", "a\x00b.pdf", "x" * 300 + ".pdf"]
)
def test_nothing_on_the_disk_is_called_as_somebody_likes(
    accountant: Accountant, inside: Path, name: str
) -> None:
    kept(accountant, name)
    [path] = on_disk(inside)
    assert path.parent == inside / "attachments"
    assert len(path.stem) == 32
    assert int(path.stem, 16)
    assert path.suffix == ".pdf"


# ---- keeping and deleting ----


@pytest.mark.django_db
def test_the_same_file_for_the_same_project_is_kept_once(
    accountant: Accountant, inside: Path
) -> None:
    assert kept(accountant).pk == kept(accountant).pk
    assert len(on_disk(inside)) == 1
    assert accountant.unit is not None
    a_project(accountant.budget, accountant.unit, "P2")
    kept(accountant, project="P2")
    assert Attachment.objects.count() == 2


@pytest.mark.django_db
def test_a_project_that_is_not_the_units_own_takes_no_file(accountant: Accountant) -> None:
    with pytest.raises(UnfitFile, match="没有这个项目"):
        kept(accountant, project="P9")


@pytest.mark.django_db
def test_a_row_that_cannot_be_written_leaves_no_file(
    accountant: Accountant, inside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(budget: DepartmentBudget) -> int:
        raise RuntimeError("the database went away")

    monkeypatch.setattr(attaching, "counted_on", fails)
    with pytest.raises(RuntimeError):
        kept(accountant)
    assert not on_disk(inside)
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_a_deleted_file_is_gone_from_the_disk_too(
    accountant: Accountant, inside: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = kept(accountant)
    with django_capture_on_commit_callbacks(execute=True):
        assert detach(accountant.part, row.pk, by=accountant.user, guard=anybody) == "依据.pdf"
    assert not on_disk(inside)
    added, deleted = AuditEntry.objects.order_by("number")
    assert (added.act, deleted.act) == ("budget.attach", "budget.detach")
    assert deleted.detail["digest"] == hashlib.sha256(PDF).hexdigest()
    with pytest.raises(Attachment.DoesNotExist):
        detach(accountant.part, row.pk, by=accountant.user, guard=anybody)


@pytest.mark.django_db
def test_a_project_with_files_stays(accountant: Accountant) -> None:
    row = kept(accountant)
    project = Project.objects.get(code="P1")
    answer = accountant.remove("projects", str(project.pk), code="P1")
    assert [cell.message for cell in answer.cells] == ["该项目还有1个附件，请先在“附件”中删除"]
    assert list(files_of(accountant.part)) == [row]
