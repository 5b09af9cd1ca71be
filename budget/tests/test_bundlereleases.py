"""The folder for a web server elsewhere: whole, the same each time, no link that leads nowhere."""

from __future__ import annotations

import hashlib
import json
import re
from html import unescape
from io import StringIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from playwright.sync_api import Browser
from pytest_django import Settings

from budget.config.site import Site
from budget.models import Release
from budget.portal.linking import linked
from budget.terms import Scope
from budget.tests.shelved import a_document, a_file, a_release
from budget.tests.withdrawing import withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
FILES = {"pdf": b"%PDF-1.7", "xlsx": b"PK", "json": b"{}"}


@pytest.fixture(autouse=True)
def _own_storage(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def published(**changes: object) -> Release:
    number = changes.pop("number", 1)
    release = a_release(a_document(**changes), int(str(number)))
    for format, content in FILES.items():
        a_file(release, format, content)
    return release


def written(out: Path, *words: str) -> dict[str, bytes]:
    call_command("bundlereleases", *words, "--out", str(out), stdout=StringIO())
    return {
        str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()
    }


def test_a_year_is_written_with_every_page_table_and_file(tmp_path: Path) -> None:
    published()
    published(code="157001", scope=Scope.UNIT, name="某单位本级")
    published(year=2022)
    found = written(tmp_path / "out", "--year", "2023")
    own = {path for path in found if path.startswith("157/2023/")}
    assert {path.removeprefix("157/2023/") for path in own} == {
        "index.html",
        *(f"download/157-2023.{ending}" for ending in FILES),
        *(f"{table}/index.html" for table in ("summary", "spending", "three-publics")),
        *(
            f"{table}/157-2023-{table}.{ending}"
            for table in ("summary", "spending", "three-publics")
            for ending in ("xlsx", "csv", "json")
        ),
    }
    assert "157001/2023/index.html" in found
    assert not any("2022" in path for path in found)
    assert {"index.html", "feed.xml", "sitemap.xml", "static/css/tokens.css"} <= set(found)
    assert found["157/2023/download/157-2023.pdf"] == FILES["pdf"]


def test_every_link_leads_to_a_file_of_the_folder(tmp_path: Path) -> None:
    published()
    out = tmp_path / "out"
    found = written(out, "--year", "2023")
    pages = [path for path in found if path.endswith(".html")]
    links = [
        (page, unescape(link))
        for page in pages
        for link in re.findall(r'(?:href|src|action)="([^"]*)"', found[page].decode())
    ]
    assert len(links) > 50
    for page, link in links:
        file, _, place = link.partition("#")
        target = (out / page).parent / unquote(file) if file else out / page
        assert target.is_file(), (page, link)
        if place:
            assert f'id="{place}"' in target.read_text(encoding="utf-8"), (page, link)


def test_the_manifest_has_the_digest_of_each_file(tmp_path: Path) -> None:
    release = published()
    found = written(tmp_path / "out", "--year", "2023")
    manifest = json.loads(found.pop("manifest.json"))
    assert {each["path"]: each["sha256"] for each in manifest["files"]} == {
        path: hashlib.sha256(content).hexdigest() for path, content in found.items()
    }
    [told] = manifest["releases"]
    assert (told["code"], told["year"], told["number"]) == ("157", 2023, 1)
    assert told["sha256"] == release.digest


def test_the_same_releases_give_the_same_bytes(tmp_path: Path) -> None:
    published()
    first = written(tmp_path / "one", "--release", "157", "2023")
    assert written(tmp_path / "two", "--release", "157", "2023") == first


def test_an_old_version_is_written_under_its_number_and_says_that_it_is_old(
    tmp_path: Path, settings: Settings
) -> None:
    published(name="旧名")
    published(name="新名", number=2)
    settings.SITE = Site(address="https://budget.example")
    found = written(tmp_path / "out", "--release", "157", "2023", "1")
    page = found["157/2023/v1/index.html"].decode()
    assert "已更正。" in page
    assert 'href="https://budget.example/157/2023/"' in page
    assert "https://budget.example/157/2023/v1/summary/" in (
        found["157/2023/v1/summary/index.html"].decode()
    )


def test_feed_and_sitemap_name_the_place_where_the_folder_will_stand(tmp_path: Path) -> None:
    published()
    base = "https://www.example.gov.cn/ys"
    found = written(tmp_path / "out", "--year", "2023", "--base", base)
    for name in ("feed.xml", "sitemap.xml"):
        assert f"{base}/157/2023/index.html" in found[name].decode()


def test_the_figures_are_those_of_the_site(tmp_path: Path, client: Client) -> None:
    published()
    here = client.get("/157/2023/spending/").content.decode()
    there = written(tmp_path / "out", "--year", "2023")["157/2023/spending/index.html"].decode()
    cells = re.compile(r'<t[dh] id="(spending/[^"]*)"[^>]*>([^<]*)<')
    assert cells.findall(there) == cells.findall(here) != []


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--year", "2021"), "没有公开过 2021 年的部门预算"),
        (("--release", "158", "2023"), "没有公开过编码为 158"),
        (("--release", "157", "2023", "9"), "没有第 9 版"),
        (("--release", "157"), "--release 后应写编码、年度"),
        (("--release", "300", "2023"), "已撤回"),
        (("--release", "400", "2023"), "还没有制作完"),
    ],
)
def test_what_cannot_be_written_leaves_no_folder(
    tmp_path: Path, words: tuple[str, ...], complaint: str
) -> None:
    published()
    withdraw(published(code="300"))
    a_release(a_document(code="400"))
    with pytest.raises(CommandError, match=complaint):
        written(tmp_path / "out", *words)
    assert [path.name for path in tmp_path.iterdir()] == ["media"]


def test_a_spoilt_file_is_not_passed_on(tmp_path: Path, settings: Settings) -> None:
    release = published()
    (Path(settings.MEDIA_ROOT) / release.folder / "157-2023.pdf").write_bytes(b"other")
    with pytest.raises(CommandError, match="与其摘要不符"):
        written(tmp_path / "out", "--year", "2023")


@pytest.mark.parametrize(
    ("spoilt", "complaint"),
    [("pdf", "与其摘要不符"), ("csv", "与其摘要不符"), ("gone", "已经不在了")],
)
def test_a_format_of_several_files_is_proven_file_by_file(
    tmp_path: Path, settings: Settings, spoilt: str, complaint: str
) -> None:
    release = published()
    for name in ("a.csv", "b.csv"):
        a_file(release, "csv", b"1,2\n", name)
    folder = Path(settings.MEDIA_ROOT) / release.folder
    if spoilt == "gone":
        (folder / "b.csv").unlink()
    else:
        # The same length as before, and not the first of them.
        (folder / {"pdf": "157-2023.pdf", "csv": "b.csv"}[spoilt]).write_bytes(b"1,3\n")
    with pytest.raises(CommandError, match=complaint):
        written(tmp_path / "out", "--year", "2023")
    assert [path.name for path in tmp_path.iterdir()] == ["media"]


def test_what_the_disk_made_of_a_file_is_seen_before_the_folder_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published()
    write = Path.write_bytes

    def spoil(path: Path, content: bytes) -> int:
        return write(path, content[:-1] if path.name == "feed.xml" else content)

    monkeypatch.setattr(Path, "write_bytes", spoil)
    with pytest.raises(CommandError, match=r"文件 feed\.xml 与清单中的摘要不符"):
        written(tmp_path / "out", "--year", "2023")
    assert [path.name for path in tmp_path.iterdir()] == ["media"]


def test_a_folder_that_was_carried_elsewhere_is_proven_there(tmp_path: Path) -> None:
    published()
    out = tmp_path / "out"
    written(out, "--year", "2023")
    said = StringIO()
    call_command("bundlereleases", "--check", str(out), stdout=said)
    assert "每个文件都与清单中的摘要一致" in said.getvalue()
    (out / "sitemap.xml").unlink()
    (out / "157/2023/index.html").write_text("别的内容", encoding="utf-8")
    (out / "more.html").touch()
    with pytest.raises(CommandError) as refused:
        call_command("bundlereleases", "--check", str(out))
    assert str(refused.value).splitlines() == [
        "缺少文件 sitemap.xml。",
        "清单以外的文件 more.html。",
        "文件 157/2023/index.html 与清单中的摘要不符。",
    ]
    (out / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CommandError, match=r"清单 manifest\.json 缺少或已损坏"):
        call_command("bundlereleases", "--check", str(out))


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    published()
    (tmp_path / "out").mkdir()
    with pytest.raises(CommandError, match="已经存在"):
        written(tmp_path / "out", "--year", "2023")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    published()
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match=r"写不了 .*file/out") as refused:
        written(tmp_path / "file" / "out", "--year", "2023")
    assert refused.value.returncode == 2


def test_a_link_out_of_the_folder_is_none_unless_the_site_has_an_address() -> None:
    page = '<a href="/a/?q=1#x">甲</a><img src="/b.svg"><a href="https://c/">乙</a>'
    assert linked(page, "index.html", {}, "") == '<a>甲</a><img><a href="https://c/">乙</a>'
    assert 'href="https://site/a/?q=1#x"' in linked(page, "index.html", {}, "https://site")


@pytest.mark.browser
def test_the_folder_opens_from_a_disk(tmp_path: Path, browser: Browser) -> None:
    published()
    written(tmp_path / "out", "--year", "2023")
    page = browser.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto((tmp_path / "out" / "index.html").as_uri())
    page.get_by_role("link", name="某单位").first.click()
    page.get_by_role("link", name="3、部门支出总表").click()
    page.locator("#table-spending ~ p a").click()
    assert page.url.endswith("157/2023/spending/index.html")
    width = "getComputedStyle(document.querySelector('.masthead')).borderTopWidth"
    assert page.evaluate(width) == "4px"
    page.close()
    assert failed == []
