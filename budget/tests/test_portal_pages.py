"""The public's pages: what they show, what they refuse, and how often they ask the database."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from budget.document import Disclosure
from budget.models.append_only import unguard
from budget.terms import Origin, Scope
from budget.tests.documents import with_tables
from budget.tests.printed import a_printed_table, amount, code, word
from budget.tests.shelved import a_document, a_release

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

PAGES = (
    "/",
    "/157/",
    "/2023/",
    "/search/",
    "/157/2023/",
    "/157/2023/summary/",
    "/157/2023/versions/",
)


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def a_unit_document() -> Disclosure:
    return a_document(code="157001", scope=Scope.UNIT, name="某单位本级")


def test_an_empty_shelf_says_so(client: Client) -> None:
    assert "目前还没有已发布的部门预算" in text(client, "/")


def test_the_home_page_shows_the_latest_year_and_the_way_to_earlier_ones(client: Client) -> None:
    a_release(a_document(year=2022, name="从前的单位"))
    a_release(a_document(year=2023))
    shown = text(client, "/")
    assert re.findall(r'id="year-(\d+)"', shown) == ["2023"]
    assert '<a href="/2022/">2022 年</a>' in shown
    assert "从前的单位" not in shown
    assert "从前的单位" in text(client, "/2022/")


def test_a_department_shows_its_units_with_version_date_and_origin(client: Client) -> None:
    a_release()
    a_release(a_unit_document(), origin=Origin.COMPILED)
    assert "所属 1 个单位" in text(client, "/")
    shown = re.sub(r"<[^>]+>", "", text(client, "/157/"))
    # 17:30 in UTC on the 10th is half past one on the 11th in China.
    assert "部门 157 第 1 版 2023年2月11日发布 转录自公开文件" in shown
    assert "单位 157001 第 1 版 2023年2月11日发布 由本系统编制" in shown


def test_the_shelf_shows_the_newest_release_of_a_document_only(client: Client) -> None:
    a_release()
    a_release(number=2)
    shown = text(client, "/")
    assert "第 2 版" in shown
    assert "第 1 版" not in shown


def test_a_disclosure_shows_contents_text_and_every_table(client: Client) -> None:
    a_release()
    shown = text(client, "/157/2023/")
    assert '<a href="#table-three-publics">7、“三公”经费支出表</a>' in shown
    assert '<a href="#section-totals">三、收支总体情况</a>' in shown
    assert 'value="1561.09">1,561.09</data>万元。' in shown
    assert shown.count("<table") == 3


def test_a_disclosure_says_stage_year_version_date_unit_and_origin(client: Client) -> None:
    a_release()
    shown = text(client, "/157/2023/")
    for fact in ("预算公开", "2023 年", "第 1 版", "2023年2月11日", "万元", "转录自公开文件"):
        assert f"{fact}</dd>" in shown or f"{fact}</time></dd>" in shown


def test_a_transcription_yields_to_the_original_on_every_page(client: Client) -> None:
    a_release()
    a_release(a_unit_document(), origin=Origin.COMPILED)
    for page in ("", "summary/"):
        assert "以原文件为准" in text(client, f"/157/2023/{page}")
        assert "以原文件为准" not in text(client, f"/157001/2023/{page}")


def test_what_is_invented_says_so_on_every_page(client: Client) -> None:
    a_release(origin=Origin.INVENTED)
    a_release(a_unit_document(), origin=Origin.COMPILED)
    assert text(client, "/").count('class="invented">虚构<') == 1
    for page in ("", "summary/"):
        assert "<strong>虚构。</strong>没有这个部门" in text(client, f"/157/2023/{page}")
        assert "虚构" not in text(client, f"/157001/2023/{page}")


def test_a_unit_has_a_page_of_its_own(client: Client) -> None:
    a_release()
    a_release(a_unit_document())
    assert "<h1>某单位本级</h1>" in text(client, "/157001/2023/")


def test_every_body_cell_has_its_address_as_id(client: Client) -> None:
    a_release()
    shown = text(client, "/157/2023/")
    addresses = set(a_document().tables_by_code["summary"].cells)
    assert addresses == {
        f"summary/{row}/{column}" for row in ("r1", "r2") for column in ("code", "name", "total")
    }
    assert all(shown.count(f'id="{address}"') == 1 for address in addresses)


def test_one_table_stands_alone_between_its_neighbours(client: Client) -> None:
    a_release()
    shown = text(client, "/157/2023/spending/")
    assert shown.count("<table") == 1
    assert '<h1 id="table-spending-title">2023年部门支出总体情况表</h1>' in shown
    assert 'href="/157/2023/summary/" rel="prev"' in shown
    assert 'href="/157/2023/three-publics/" rel="next"' in shown


def test_the_first_table_has_none_before_it_and_the_last_none_after(client: Client) -> None:
    a_release()
    assert 'rel="prev"' not in text(client, "/157/2023/summary/")
    assert 'rel="next"' not in text(client, "/157/2023/three-publics/")


def test_a_table_offers_its_own_files(client: Client) -> None:
    a_release()
    shown = text(client, "/157/2023/spending/")
    assert re.findall(r'href="/157/2023/spending/download/(\w+)"', shown) == [
        "pdf",
        "xlsx",
        "csv",
        "json",
    ]


def test_an_earlier_release_stays_and_says_that_it_is_old(client: Client) -> None:
    a_release(a_document(name="旧名"))
    a_release(a_document(name="新名"), number=2)
    old = text(client, "/157/2023/v1/")
    assert "<h1>旧名</h1>" in old
    assert "这是旧版本" in old
    assert 'href="/157/2023/v1/spending/"' in old
    assert 'rel="canonical"' not in old


def test_an_address_without_a_version_is_the_newest_release(client: Client) -> None:
    a_release(a_document(name="旧名"))
    a_release(a_document(name="新名"), number=2)
    new = text(client, "/157/2023/")
    assert "<h1>新名</h1>" in new
    assert "这是旧版本" not in new
    assert '<link rel="canonical" href="/157/2023/">' in new
    assert '<a href="/157/2023/v1/">第 1 版</a>' in new


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/158/2023/", "没有公开过编码为 158 的 2023 年预算"),
        ("/157/2024/", "没有公开过编码为 157 的 2024 年预算"),
        ("/157/2023/v3/", "157 的 2023 年预算没有第 3 版；已发布的有第 1、2 版"),
        ("/157/2023/nothing/", "这份预算里没有名为 nothing 的表"),
        ("/157/2023/summary/download/exe", "单张表没有 exe 格式的文件"),
        ("/157/2023/download/exe", "这份预算没有 exe 格式的文件"),
        ("/1570/2023/", "网址可能输错了"),
        ("/157/23/", "网址可能输错了"),
        ("/nowhere", "网址可能输错了"),
    ],
)
def test_what_was_never_published_is_refused_in_chinese(
    client: Client, address: str, reason: str
) -> None:
    a_release()
    a_release(number=2)
    assert reason in text(client, address, status=404)


@pytest.mark.parametrize("address", [*PAGES, "/157/2023/download/pdf"])
def test_pages_can_be_read_and_nothing_else(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
    assert client.delete(address).status_code == 405


@pytest.mark.parametrize("address", PAGES)
def test_head_answers_like_get_without_a_body(client: Client, address: str) -> None:
    a_release()
    response = client.head(address)
    assert response.status_code == 200
    assert response.content == b""


@pytest.mark.parametrize(
    ("address", "queries"),
    # What it depends on and when that changed, and two on the home page; a document: its releases,
    # what it says, its files and where else it stands.
    [("/", 4), ("/157/", 3), ("/157/2023/", 6), ("/157/2023/summary/", 4), ("/search/?q=万元", 4)],
)
@pytest.mark.parametrize("others", [0, 12])
def test_the_number_of_queries_is_that_of_one_release(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
    queries: int,
    others: int,
) -> None:
    a_release()
    for number in range(others):
        a_release(a_document(code=f"2{number:02d}"))
        a_release(number=number + 2)
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_the_icon_is_found_without_being_named(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert (response.status_code, response.headers["Location"]) == (302, "/static/favicon.svg")


def test_a_damaged_release_is_not_shown(client: Client) -> None:
    release = a_release()
    unguard(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE budget_release SET content = replace(content, '1,561.09', '9,999.99')"
            " WHERE id = %s",
            [release.pk],
        )
    client.raise_request_exception = False
    shown = text(client, "/157/2023/", status=500)
    assert "系统出错，这一页没有打开" in shown
    assert "9,999.99" not in shown


def test_hostile_text_stays_text(client: Client) -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    table = a_printed_table((code(""), word(hostile), amount("1.00")), title=hostile, note=hostile)
    document = with_tables(a_document(name=hostile, title=hostile), table)
    a_release(document, name="某单位")
    for address in ("/157/2023/", "/157/2023/spending/"):
        shown = text(client, address)
        assert "&lt;script&gt;alert(1)" in shown
        assert "<script" not in shown
        assert "<img src=x" not in shown


@pytest.mark.parametrize("address", [*PAGES, "/nowhere"])
def test_pages_hold_no_style_and_no_script_of_their_own(client: Client, address: str) -> None:
    a_release()
    shown = client.get(address).content.decode()
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", shown)


@pytest.mark.parametrize("address", [*PAGES, "/nowhere", "/admin/login/"])
def test_every_answer_carries_the_content_security_policy(client: Client, address: str) -> None:
    a_release()
    policy = client.get(address).headers["Content-Security-Policy"]
    assert policy.split("; ")[0] == "default-src 'self'"
    assert "unsafe" not in policy
