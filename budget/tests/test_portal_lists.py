"""The ways to a document: orders of a list, departments, search, feed, sitemap, who runs it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from budget import search
from budget.config.env import BadEnvironment
from budget.config.site import Site, site
from budget.document import Disclosure
from budget.portal.initials import initial
from budget.terms import Scope
from budget.tests.shelved import a_document, a_release

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def indexed(document: Disclosure, number: int = 1) -> None:
    search.index(a_release(document, number), document)


@pytest.mark.parametrize(
    ("name", "letter"),
    [("安全局", "A"), ("北京", "B"), ("教育局", "J"), ("中心", "Z"), ("鄢陵", "#"), ("GDP", "#")],
)  # fmt: skip
def test_a_name_is_looked_up_under_its_reading(name: str, letter: str) -> None:
    assert initial(name) == letter


def test_departments_stand_by_code_or_under_their_initials(client: Client) -> None:
    for code, name in (("201", "某市教育局"), ("202", "某市财政局"), ("203", "某市安全局")):
        a_release(a_document(code=code, name=name))
    names = re.compile(r">(某市\w+)</a>")
    assert names.findall(text(client, "/")) == ["某市教育局", "某市财政局", "某市安全局"]
    by_name = text(client, "/?order=name")
    assert names.findall(by_name) == ["某市安全局", "某市财政局", "某市教育局"]
    assert re.findall(r'id="letter-(\w)"', by_name) == ["A", "C", "J"]


def test_a_department_has_all_its_years_and_units(client: Client) -> None:
    for year in (2022, 2023):
        a_release(a_document(year=year))
    a_release(a_document(code="157001", scope=Scope.UNIT, name="某单位本级"))
    shown = text(client, "/157/")
    assert re.findall(r'id="year-(\d+)"', shown) == ["2023", "2022"]
    assert 'href="/157001/2023/"' in shown
    alone = text(client, "/157001/")
    assert "<h1>某单位本级</h1>" in alone
    assert 'href="/157/2023/"' not in alone


def test_what_is_found_is_marked_and_leads_to_its_row(client: Client) -> None:
    indexed(a_document())
    shown = text(client, "/search/?q=一般公共服务")
    assert "找到 3 处。" in shown
    assert '<a href="/157/2023/spending/#spending/r2/code">' in shown
    assert "<mark>一般公共服务</mark>支出" in shown


def test_hostile_words_stay_words(client: Client) -> None:
    indexed(a_document())
    shown = text(client, "/search/?q=<script>alert(1)</script>万元")
    assert "<script" not in shown


@pytest.mark.parametrize("query", ["费", "。", "长" * 61])
def test_a_question_that_cannot_be_asked_stays_in_its_field(client: Client, query: str) -> None:
    shown = text(client, f"/search/?q={query}", status=422)
    assert f'value="{query}"' in shown
    assert 'role="alert"' in shown


def test_a_search_can_be_kept_to_a_department_and_a_year(client: Client) -> None:
    for code in ("157", "158"):
        for year in (2022, 2023):
            indexed(a_document(code=code, year=year, name=f"单位{code}"))
    shown = text(client, "/search/?q=一般公共服务&year=2022&department=158")
    assert "找到 3 处。" in shown
    assert set(re.findall(r'href="(/\d+/\d+/)', shown)) == {"/158/2022/"}
    assert "只在<strong>单位158</strong>中查找" in shown
    assert client.get("/search/?q=一般&department=1x8").status_code == 400


@pytest.mark.parametrize("others", [0, 12])
def test_a_search_asks_as_often_whatever_there_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, others: int
) -> None:
    for number in range(others + 1):
        indexed(a_document(code=f"2{number:02d}"))
    client.get("/search/?q=一般公共服务")
    # The years of the page, and of the question; how many; names; the page of the one year.
    with django_assert_num_queries(5):
        client.get("/search/?q=一般公共服务")


def test_the_feed_has_every_release_under_its_number(client: Client) -> None:
    a_release()
    a_release(number=2)
    a_release(a_document(code="158", name="另一单位"))
    feed = ElementTree.fromstring(text(client, "/feed.xml"))
    links = [entry.find(f"{ATOM}link").get("href") for entry in feed.iter(f"{ATOM}entry")]  # type: ignore[union-attr]
    assert links == [
        f"http://testserver{path}" for path in ("/158/2023/v1/", "/157/2023/v2/", "/157/2023/v1/")
    ]
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles[1] == "某单位2023年部门预算公开（更正，第2版）"
    own = ElementTree.fromstring(text(client, "/158/feed.xml"))
    assert len(list(own.iter(f"{ATOM}entry"))) == 1


def test_the_feed_of_a_department_is_called_after_it_whoever_published_last(client: Client) -> None:
    a_release(a_document(name="某局"))
    a_release(a_document(code="157001", name="某局下属学校", scope=Scope.UNIT))
    feed = ElementTree.fromstring(text(client, "/157/feed.xml"))
    assert feed.findtext(f"{ATOM}title") == "某局 部门预算公开"
    assert len(list(feed.iter(f"{ATOM}entry"))) == 2


def test_the_sitemap_names_each_page_once_and_robots_leads_to_it(
    client: Client, settings: Settings
) -> None:
    settings.SITE = Site(address="https://budget.example")
    a_release()
    a_release(number=2)
    found = ElementTree.fromstring(text(client, "/sitemap.xml"))
    assert [each.text for each in found.iter(f"{MAP}loc")] == [
        f"https://budget.example{path}" for path in ("/", "/2023/", "/157/", "/157/2023/")
    ]
    assert "Sitemap: https://budget.example/sitemap.xml" in text(client, "/robots.txt")


def test_head_and_foot_say_who_runs_the_site_and_nothing_that_is_not_set(
    client: Client, settings: Settings
) -> None:
    settings.SITE = Site(name="某市预算公开", organiser="某市财政局", icp="某ICP备1号")
    shown = text(client, "/")
    assert '<meta name="SiteName" content="某市预算公开">' in shown
    assert "主办单位：某市财政局" in shown
    assert "<li>某ICP备1号</li>" in shown
    for unset in ("SiteDomain", "SiteIDCode", "联系方式", "网站标识码"):
        assert unset not in shown


def test_pages_carry_the_metadata_of_government_sites(client: Client) -> None:
    a_release()
    shown = text(client, "/157/2023/")
    for name, content in (
        ("ColumnName", "部门预算公开"),
        ("ArticleTitle", "某单位2023年部门预算公开"),
        ("PubDate", "2023-02-11 01:30"),
        ("ContentSource", "某单位"),
    ):
        assert f'<meta name="{name}" content="{content}">' in shown


def test_the_environment_says_who_runs_the_site() -> None:
    assert site({}) == Site()
    named = site({"SITE_ADDRESS": "https://a.gov.cn/", "SITE_ICP": " 备1号 "})
    assert (named.address, named.domain, named.icp) == ("https://a.gov.cn", "a.gov.cn", "备1号")
    with pytest.raises(BadEnvironment):
        site({"SITE_ADDRESS": "a.gov.cn"})


def test_a_table_says_how_it_is_cited(client: Client) -> None:
    release = a_release()
    shown = text(client, "/157/2023/spending/")
    assert (
        "某单位：《2023年部门预算公开》表3“部门支出总表”，第1版，2023年2月11日公开，单位：万元，"
        f"内容摘要（SHA-256）{release.digest[:16]}。"
    ) in shown
    assert "/157/2023/v1/spending/" in shown
    assert "#spending/r1/total" in shown
