"""Versions: what became of each, what changed between them, and what is told of those withdrawn."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from budget import search
from budget.document import Disclosure
from budget.models import Release
from budget.terms import Ground
from budget.tests.documents import with_tables
from budget.tests.printed import a_printed_table, amount, code, word
from budget.tests.shelved import a_document, a_file, a_release
from budget.tests.withdrawing import correct, seal, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def spoken(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def a_document_of(total: str, **changes: str) -> Disclosure:
    rows = ((code(""), word("合计"), amount(total)), (code("201"), word("公共服务"), amount(total)))
    return with_tables(a_document(**changes), a_printed_table(*rows))


def two_versions() -> None:
    first = a_release(a_document_of("10.00"))
    second = a_release(a_document_of("12.00"), number=2, replaces=first)
    correct(second, "合计少计2万元", "录入遗漏")


def test_all_versions_are_listed_with_date_digest_standing_and_note(client: Client) -> None:
    two_versions()
    shown = text(client, "/157/2023/versions/")
    assert re.findall(r"第 (\d) 版</a> <span class=\"standing[^>]*>(\w+)<", shown) == [
        ("2", "现行"),
        ("1", "已更正"),
    ]
    assert "更正事项合计少计2万元更正原因录入遗漏" in spoken(shown).replace(" ", "")
    assert len(re.findall(r"\b[0-9a-f]{64}\b", shown)) == 2
    assert 'href="/157/2023/v1/"' in shown
    assert 'href="/157/2023/versions/1-2/"' in shown


def test_what_changed_is_told_figure_by_figure_with_its_address(client: Client) -> None:
    two_versions()
    shown = text(client, "/157/2023/versions/1-2/")
    assert "2 个数字、0 处文字有改动" in shown
    assert 'href="/157/2023/spending/#spending/r2/total"' in shown
    assert "部门支出总表公共服务总计万元10.0012.00" in spoken(shown).replace(" ", "")


def test_changed_words_are_marked(client: Client) -> None:
    a_release(a_document(title="某单位预算"))
    rows = ((code(""), word("合计"), amount("1,561.09")),)
    a_release(with_tables(a_document(), a_printed_table(*rows, note="注：改了。")), number=2)
    shown = text(client, "/157/2023/versions/1-2/")
    assert "<ins>改了" in shown
    assert "<del>" in shown


def test_a_correction_says_what_and_why_and_the_old_version_that_it_is_corrected(
    client: Client,
) -> None:
    two_versions()
    assert "更正说明。合计少计2万元 原因：录入遗漏" in spoken(text(client, "/157/2023/"))
    old = spoken(text(client, "/157/2023/v1/"))
    assert "已更正。这是旧版本；现行的是第 2 版" in old
    assert "更正说明。" not in old


@pytest.mark.parametrize(
    "address", ["/157/2023/versions/2-1/", "/157/2023/versions/1-1/", "/157/2023/versions/1-9/"]
)
def test_versions_that_cannot_be_compared_are_refused(client: Client, address: str) -> None:
    two_versions()
    assert "版" in text(client, address, status=404)


PLACES = (
    "/157/2023/",
    "/157/2023/v1/",
    "/157/2023/summary/",
    "/157/2023/v1/summary/",
    "/157/2023/download/pdf",
    "/157/2023/summary/download/xlsx",
)


@pytest.mark.parametrize("address", PLACES)
def test_what_was_withdrawn_is_gone_with_a_notice_and_nothing_else(
    client: Client, address: str
) -> None:
    release = a_release(a_document(name="秘密单位"))
    a_file(release, "pdf", b"%PDF-1.7")
    withdraw(release)
    shown = text(client, address, status=410)
    assert "这一版已撤回，不再提供" in shown
    assert "内容有误" in shown
    assert release.digest in shown
    for hidden in ("秘密单位", "1,561.09", "内部理由"):
        assert hidden not in shown


def test_where_the_newest_is_withdrawn_the_one_before_stays_under_its_number(
    client: Client,
) -> None:
    two_versions()
    withdraw(Release.objects.get(number=2))
    assert client.get("/157/2023/").status_code == 410
    assert "更正它的第 2 版已不再提供" in spoken(text(client, "/157/2023/v1/"))
    listed = text(client, "/157/2023/versions/")
    assert "已撤回" in listed
    assert "合计少计2万元" not in listed
    assert client.get("/157/2023/versions/1-2/").status_code == 410


def test_what_is_sealed_is_nowhere(client: Client) -> None:
    first = a_release(a_document(name="秘密单位", title="秘密单位预算"))
    search.index(first, a_document(name="秘密单位"))
    withdraw(first, Ground.SECRET)
    search.forget(first)
    for address in ("/", "/feed.xml", "/sitemap.xml", "/search/?q=秘密单位", "/157/2023/versions/"):
        shown = text(client, address).replace("q=秘密单位", "").replace("“秘密单位”", "")
        assert "秘密单位" not in shown.replace('value="秘密单位"', "")
        if not address.startswith("/157"):
            assert "/157/" not in shown
    for address in ("/157/", "/2023/", "/157/feed.xml"):
        assert client.get(address).status_code == 404


def test_an_old_version_can_be_sealed_alone(client: Client) -> None:
    first = a_release(a_document(name="旧名"))
    a_release(a_document(name="新名"), number=2, replaces=first)
    seal(first, Ground.PERSONAL)
    assert client.get("/157/2023/v1/").status_code == 410
    assert "新名" in text(client, "/157/2023/")
    listed = text(client, "/157/2023/versions/")
    assert "已封存" in listed
    assert "旧名" not in listed
