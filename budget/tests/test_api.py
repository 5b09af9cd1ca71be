"""The interface for programs: what it answers, what it refuses, and how often it asks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from budget.api.endpoint import Address, Endpoint, OfRelease
from budget.api.negotiation import Csv
from budget.document import Paragraph
from budget.models import EconomicCode, PublicPlace, Release
from budget.terms import Origin, Scope
from budget.tests.shelved import a_document, a_file, a_release
from budget.tests.stored import a_function, a_year
from budget.tests.withdrawing import correct, seal, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

API = "/api/v1"
ONE = f"{API}/releases/157/2023/v1"
OF_ONE = (
    "",
    "/tables",
    "/tables/summary",
    "/cells/summary/r1/total",
    "/paragraphs",
    "/paragraphs/revenue-budget",
    "/figures",
    "/figures/revenue-budget/revenue_total",
    "/charts",
)
"""What one release is asked for."""
SECRET = ("1,561.09", "1561.09", "一般公共服务", "收入预算", "收支总体情况")
"""What nobody may read of a release that is gone."""


@pytest.fixture(autouse=True)
def _counted_anew() -> Iterator[None]:
    """Let no test run into the limit because of another."""
    cache.clear()
    yield
    cache.clear()


def got(client: Client, address: str, status: int = 200) -> Any:
    """Return what JSON says."""
    response = client.get(address)
    assert response.status_code == status, response.content.decode()
    assert response.headers["Content-Type"] == "application/json"
    return response.json()


def ids(client: Client, address: str) -> list[str]:
    return [each["id"] for each in got(client, address)["results"]]


def a_unit_release(**values: Any) -> Release:
    document = a_document(code="157001", scope=Scope.UNIT, name="某单位本级", year=2022)
    return a_release(document, origin=Origin.COMPILED, **values)


# ---- lists


def test_nothing_published_is_an_empty_list(client: Client) -> None:
    empty: dict[str, Any] = {"count": 0, "next": None, "previous": None, "results": []}
    assert got(client, f"{API}/releases") == empty
    assert got(client, f"{API}/departments") == empty


def test_publishers_are_listed_with_their_years_and_latest_name(client: Client) -> None:
    a_release(a_document(year=2022, name="旧名"))
    a_release(a_document(name="新名"))
    a_unit_release()
    assert got(client, f"{API}/departments")["results"] == [
        {
            "code": "157",
            "name": "新名",
            "scope": "department",
            "department": "157",
            "years": [2023, 2022],
        },
        {
            "code": "157001",
            "name": "某单位本级",
            "scope": "unit",
            "department": "157",
            "years": [2022],
        },
    ]


def test_releases_come_the_latest_year_first_then_by_code_and_number(client: Client) -> None:
    a_release(a_document(year=2022))
    a_release(a_document(code="205"))
    a_release()
    a_release(number=2)
    assert ids(client, f"{API}/releases") == [
        "157/2023/v2",
        "157/2023/v1",
        "205/2023/v1",
        "157/2022/v1",
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("year=2022", ["157001/2022/v1"]),
        ("code=157", ["157/2023/v2", "157/2023/v1"]),
        ("scope=unit", ["157001/2022/v1"]),
        ("latest=true", ["157/2023/v2", "157001/2022/v1"]),
        ("year=2022&code=157", []),
    ],
)
def test_releases_are_narrowed(client: Client, asked: str, expected: list[str]) -> None:
    a_release()
    a_release(number=2)
    a_unit_release()
    assert ids(client, f"{API}/releases?{asked}") == expected


def test_a_release_says_what_it_is(client: Client) -> None:
    release = a_release()
    [told] = got(client, f"{API}/releases")["results"]
    assert told == {
        "id": "157/2023/v1",
        "code": "157",
        "name": "某单位",
        "scope": "department",
        "year": 2023,
        "number": 1,
        "published_at": "2023-02-10T17:30:00+00:00",
        "state": "current",
        "state_label": "现行",
        "origin": "transcribed",
        "origin_label": "转录",
        "edition": "changsha-2023",
        "digest": release.digest,
        "url": ONE,
        "page": "/157/2023/v1/",
    }


def test_pages_go_on_in_one_order_without_gap_or_repetition(client: Client) -> None:
    for number in range(1, 8):
        a_release(number=number)
    seen: list[str] = []
    address: str | None = f"{API}/releases?page_size=3"
    while address:
        page = got(client, address)
        assert page["count"] == 7
        seen += [each["id"] for each in page["results"]]
        address = page["next"]
    assert seen == [f"157/2023/v{number}" for number in range(7, 0, -1)]


def test_the_ways_between_pages_are_told_in_a_header_too(client: Client) -> None:
    for number in (1, 2, 3):
        a_release(number=number)
    response = client.get(f"{API}/releases?format=csv&page_size=1&page=2")
    where = f"{API}/releases?format=csv&page_size=1&page="
    assert response.headers["Link"] == f'<{where}3>; rel="next", <{where}1>; rel="prev"'


# ---- one release


def test_one_release_tells_its_files_places_and_parts(client: Client) -> None:
    release = a_release()
    file = a_file(release, "pdf", b"%PDF-1.7")
    place = PublicPlace.objects.create(
        release=release, url="https://example.gov.cn/1", at=release.published_at
    )
    told = got(client, ONE)
    assert told["files"] == [
        {
            "format": "pdf",
            "name": "157-2023.pdf",
            "content_type": "application/pdf",
            "size": 8,
            "digest": file.digest,
            "download": "/157/2023/v1/download/pdf",
        }
    ]
    assert [each["url"] for each in told["places"]] == [place.url]
    assert told["correction"] is None
    for part in ("tables", "paragraphs", "figures", "charts", "versions"):
        assert client.get(told[f"{part}_url"]).status_code == 200
    assert client.get(told["page"]).status_code == 200


def test_latest_is_the_newest_and_an_earlier_one_is_told_corrected(client: Client) -> None:
    a_release()
    a_release(a_document(name="新名"), number=2)
    assert got(client, f"{API}/releases/157/2023/latest")["id"] == "157/2023/v2"
    assert got(client, ONE)["state_label"] == "已更正"


def test_a_correction_tells_what_was_corrected_and_why(client: Client) -> None:
    a_release()
    correct(a_release(a_document(name="新名"), number=2), "第三部分的一处文字", "原文误植")
    expected = {"kind": "更正文字", "what": "第三部分的一处文字", "why": "原文误植"}
    assert got(client, f"{API}/releases/157/2023/v2")["correction"] == expected
    [newest, first] = got(client, f"{API}/releases/157/2023/versions")["results"]
    assert (newest["correction"], first["correction"]) == (expected, None)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/releases/999/2023/latest", "没有公开过编码为 999 的 2023 年预算。"),
        ("/releases/157/2023/v3", "157 的 2023 年预算没有第 3 版；已发布的有第 1 版。"),
        (
            "/releases/157/2023/v1/tables/nothing",
            "这份预算里没有代码为“nothing”的表；有：summary、spending、three-publics。",
        ),
        (
            "/releases/157/2023/v1/cells/summary/r9/total",
            "表 summary 中没有地址为“summary/r9/total”的单元格；各单元格的地址见该表的 rows。",
        ),
        (
            "/releases/157/2023/v1/figures/revenue-budget/nothing",
            "这一版的文字说明中没有地址为“revenue-budget/nothing”的数字；可先查文中数字的列表。",
        ),
        ("/nothing", "接口里没有这个地址（数据的地址末尾不带斜杠）；全部地址见 /api/v1/docs/。"),
        ("/releases/", "接口里没有这个地址（数据的地址末尾不带斜杠）；全部地址见 /api/v1/docs/。"),
    ],
)
def test_what_was_never_published_is_said_in_chinese(
    client: Client, address: str, message: str
) -> None:
    a_release()
    assert got(client, f"{API}{address}", 404) == {"message": message}


# ---- contents


def test_a_cell_is_the_one_of_the_json_file_with_what_it_stands_under(client: Client) -> None:
    a_release()
    assert got(client, f"{ONE}/cells/summary/r1/total") == {
        "id": "157/2023/v1/summary/r1/total",
        "address": "summary/r1/total",
        "key": "total",
        "kind": "amount",
        "text": "1,561.09",
        "number": "1561.09",
        "unit": "万元",
        "rowspan": 1,
        "colspan": 1,
        "table": "summary",
        "table_title": "收支总体情况表",
        "row": {"key": "r1", "kind": "total"},
        "column": {"key": "total", "title": ["总计"]},
        "url": f"{ONE}/cells/summary/r1/total",
        "page": "/157/2023/v1/summary/#summary/r1/total",
    }


def test_a_figure_leads_to_its_place_on_the_page(client: Client) -> None:
    a_release()
    [told] = got(client, f"{ONE}/figures")["results"]
    assert told == {
        "id": "157/2023/v1/revenue-budget/revenue_total",
        "paragraph": "revenue-budget",
        "address": "revenue-budget/revenue_total",
        "key": "revenue_total",
        "kind": "amount",
        "text": "1,561.09",
        "number": "1561.09",
        "unit": "万元",
        "url": f"{ONE}/figures/revenue-budget/revenue_total",
        "page": "/157/2023/v1/#revenue-budget/revenue_total",
    }
    page, _, anchor = told["page"].partition("#")
    assert f'id="{anchor}"' in client.get(page).content.decode()
    assert got(client, told["url"]) == told


def test_a_paragraph_is_its_runs_put_together(client: Client) -> None:
    a_release()
    [told] = got(client, f"{ONE}/paragraphs")["results"]
    assert (told["lead"], told["text"]) == ("（一）收入预算：", "收入1,561.09万元。")
    assert told["section_title"] == "三、收支总体情况"
    page, _, anchor = told["page"].partition("#")
    assert f'id="{anchor}"' in client.get(page).content.decode()
    assert got(client, told["url"]) == told


def test_charts_are_told_as_data(client: Client) -> None:
    a_release()
    [chart] = got(client, f"{ONE}/charts")["results"]
    assert [(each["label"], each["text"], each["share_text"]) for each in chart["slices"]] == [
        ("甲", "3.00", "75.00%"),
        ("乙", "1.00", "25.00%"),
    ]
    assert "svg" not in chart


@pytest.mark.parametrize("format", ["csv", "xlsx", "json"])
def test_a_table_is_what_its_own_file_says(client: Client, format: str) -> None:
    a_release()
    answered = client.get(f"{ONE}/tables/summary?format={format}")
    file = client.get(f"/157/2023/v1/summary/download/{format}")
    if format == "json":
        [part] = [each for each in file.json()["parts"] if each["tables"]]
        assert answered.json()["table"] == part["tables"][0]
    else:
        assert answered.content == file.content
        assert answered.headers["Content-Type"] == file.headers["Content-Type"]


# ---- formats


def rows_of_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_list_in_csv_has_chinese_headings_a_mark_and_a_name(client: Client) -> None:
    a_release()
    response = client.get(f"{ONE}/figures?format=csv")
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="157-2023-v1-figures.csv"'
    )
    assert rows_of_csv(response.content) == [
        ["地址", "段落标识", "指标", "类别", "所印文字", "数值", "单位"],
        [
            "revenue-budget/revenue_total",
            "revenue-budget",
            "revenue_total",
            "amount",
            "1,561.09",
            "1561.09",
            "万元",
        ],
    ]


def test_a_list_in_xlsx_has_numbers_where_numbers_are_printed(client: Client) -> None:
    a_release()
    response = client.get(f"{ONE}/figures?format=xlsx")
    [sheet] = load_workbook(io.BytesIO(response.content)).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    [row] = [row for row in rows if row[0] == "revenue-budget/revenue_total"]
    assert row[4:] == [1561.09, 1561.09, "万元"]


def test_what_a_spreadsheet_would_calculate_stays_a_text(client: Client) -> None:
    a_release(a_document(name="=1+1"))
    [_, row] = rows_of_csv(client.get(f"{API}/departments?format=csv").content)
    assert row[:2] == ["157", "'=1+1"]
    workbook = load_workbook(io.BytesIO(client.get(f"{API}/departments?format=xlsx").content))
    cells = [cell for row in workbook.worksheets[0].iter_rows() for cell in row]
    [cell] = [cell for cell in cells if cell.value == "=1+1"]
    assert cell.data_type == "s"


@pytest.mark.parametrize("address", [f"{API}/departments", f"{API}/releases", f"{ONE}/charts"])
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_same_answer_is_the_same_bytes(client: Client, address: str, format: str) -> None:
    a_release()
    first, second = (client.get(f"{address}?format={format}").content for _ in range(2))
    assert first == second


def test_the_accept_header_chooses_where_nothing_is_said(client: Client) -> None:
    response = client.get(f"{API}/releases", headers={"Accept": "text/csv"})
    assert response.headers["Content-Type"].startswith("text/csv")
    assert "Accept" in response.headers["Vary"]
    over = client.get(f"{API}/releases?format=json", headers={"Accept": "text/csv"})
    assert over.headers["Content-Type"] == "application/json"


def test_a_browser_is_shown_json(client: Client) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = client.get(f"{API}/releases", headers={"Accept": accept})
    assert response.headers["Content-Type"] == "application/json"
    assert "Content-Disposition" not in response.headers


def test_a_text_too_long_for_a_sheet_is_refused_in_xlsx_alone(client: Client) -> None:
    document = a_document()
    part = document.parts[0]
    [section] = part.sections
    paragraph, chart = section.blocks
    assert isinstance(paragraph, Paragraph)
    long = replace(paragraph, text=("长" * 32_768,))  # one more than a cell holds
    section = replace(section, blocks=(long, chart))
    a_release(replace(document, parts=(replace(part, sections=(section,)), document.parts[1])))
    assert "32,767" in got(client, f"{ONE}/paragraphs?format=xlsx", 406)["message"]
    assert client.get(f"{ONE}/paragraphs?format=csv").status_code == 200


# ---- refusals


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("format=pdf", "参数 format：没有“pdf”这种格式；可用的有 json、csv、xlsx。"),
        (
            "yaer=2023",
            "没有名为“yaer”的参数；这里可用的有："
            "page、page_size、year、scope、code、latest、format。",
        ),
        ("year=2023&year=2024", "参数 year 给了 2 次，只能给一次。"),
        ("year=abc", "参数 year：请填写合法的整数值。"),
        ("page=9", "没有第 9 页：共 0 条，每页 100 条，最后一页是第 1 页。"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused(
    client: Client, asked: str, message: str
) -> None:
    status = 404 if asked.startswith("page=") else 400
    assert got(client, f"{API}/releases?{asked}", status) == {"message": message}


@pytest.mark.parametrize("asked", ["page=0", "page_size=2001", "code=15", "code=157-1", "scope=x"])
def test_a_value_out_of_bounds_names_its_parameter(client: Client, asked: str) -> None:
    message = got(client, f"{API}/releases?{asked}", 400)["message"]
    assert message.startswith(f"参数 {asked.partition('=')[0]}：")


def test_only_reading_is_possible(client: Client) -> None:
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)(f"{API}/releases")
        assert response.status_code == 405
        assert response.json() == {"message": "这里只提供查阅：请用 GET、HEAD 或 OPTIONS。"}
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_format_that_there_is_not_is_refused_by_header_too(client: Client) -> None:
    response = client.get(f"{API}/releases", headers={"Accept": "application/pdf"})
    assert response.status_code == 406
    assert "?format=json、csv 或 xlsx" in response.json()["message"]


def test_too_many_requests_wait_and_are_told_how_long(client: Client, settings: Any) -> None:
    settings.API_PER_MINUTE = 2
    assert [client.get(f"{API}/releases").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get(f"{API}/releases?format=csv")
    seconds = int(refused.headers["Retry-After"])
    assert 0 < seconds <= 60
    assert refused.json() == {
        "message": f"请求过于频繁：每个网络地址每分钟最多 2 次，请 {seconds} 秒后再试。"
    }
    elsewhere = client.get(f"{API}/releases", REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 200


def test_a_limit_of_nought_is_none(client: Client, settings: Any) -> None:
    settings.API_PER_MINUTE = 0
    assert {client.get(f"{API}/schema").status_code for _ in range(3)} == {200}
    assert {client.get(f"{API}/releases").status_code for _ in range(3)} == {200}


# ---- what is gone


@pytest.mark.parametrize("part", OF_ONE)
def test_a_withdrawn_release_is_gone_with_a_reason_and_nothing_of_it(
    client: Client, part: str
) -> None:
    withdrawal = withdraw(a_release())
    assert got(client, f"{ONE}{part}", 410) == {
        "message": "157 的 2023 年预算第 1 版已撤回，不再提供；原因：内容有误。",
        "state": "withdrawn",
        "reason": "内容有误",
        "since": withdrawal.at.isoformat(),
    }


@pytest.mark.parametrize("part", OF_ONE)
def test_a_sealed_release_is_nowhere_in_any_format(client: Client, part: str) -> None:
    first = a_release()
    a_release(a_document(name="改后"), number=2)
    tag = client.get(f"{ONE}{part}").headers["ETag"]
    seal(first)
    for format in ("json", "csv", "xlsx"):
        response = client.get(f"{ONE}{part}?format={format}", headers={"If-None-Match": tag})
        assert response.status_code == 410
        assert response.json()["state"] == "sealed"
        assert not any(each in response.content.decode() for each in SECRET)


def test_what_is_gone_is_in_no_list_but_that_of_versions(client: Client) -> None:
    release = a_release()
    withdraw(release)
    assert got(client, f"{API}/releases")["count"] == 0
    assert got(client, f"{API}/departments")["count"] == 0
    [version] = got(client, f"{API}/releases/157/2023/versions")["results"]
    assert (version["state"], version["reason"]) == ("withdrawn", "内容有误")
    assert version["digest"] == release.digest
    assert "内部理由" not in client.get(f"{API}/releases/157/2023/versions").content.decode()


def test_an_earlier_release_does_not_come_back_when_the_newest_is_withdrawn(
    client: Client,
) -> None:
    a_release()
    withdraw(a_release(a_document(name="改后"), number=2))
    got(client, f"{API}/releases/157/2023/latest", 410)
    assert got(client, ONE)["state"] == "corrected"
    assert ids(client, f"{API}/releases?latest=true") == []
    assert ids(client, f"{API}/releases") == ["157/2023/v1"]


# ---- caching


@pytest.mark.parametrize("part", OF_ONE)
@pytest.mark.parametrize("format", ["json", "csv"])
def test_whoever_has_an_answer_is_not_sent_it_again(client: Client, part: str, format: str) -> None:
    a_release()
    address = f"{ONE}{part}?format={format}"
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_tag_of_contents_is_the_release_s_digest_and_format(client: Client) -> None:
    release = a_release()
    tags = {
        client.get(f"{ONE}/tables?format={format}").headers["ETag"] for format in ("json", "csv")
    }
    assert tags == {f'"{release.digest}-1-json-1"', f'"{release.digest}-1-csv-1"'}


def test_contents_say_when_they_were_published(client: Client) -> None:
    a_release()
    response = client.get(f"{ONE}/tables")
    assert response.headers["Last-Modified"] == "Fri, 10 Feb 2023 17:30:00 GMT"
    since = {"If-Modified-Since": "Fri, 10 Feb 2023 17:30:00 GMT"}
    assert client.get(f"{ONE}/tables", headers=since).status_code == 304


def test_the_tag_of_a_release_s_facts_changes_when_it_is_corrected(client: Client) -> None:
    a_release()
    before = client.get(ONE).headers["ETag"]
    a_release(a_document(name="改后"), number=2)
    assert client.get(ONE, headers={"If-None-Match": before}).status_code == 200


def test_head_says_what_an_answer_would_be(client: Client) -> None:
    a_release()
    whole, head = client.get(f"{ONE}/tables"), client.head(f"{ONE}/tables")
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Length", "Content-Type"):
        assert head.headers[name] == whole.headers[name]


def test_pages_of_other_sites_may_read_it_and_no_cookie_is_set(client: Client) -> None:
    a_release()
    for address in (f"{API}/releases", f"{ONE}/tables", f"{API}/schema", f"{API}/nothing"):
        response = client.get(address, headers={"Origin": "https://example.org"})
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
    asked = client.options(f"{ONE}/tables")
    assert asked.status_code == 204
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]


# ---- codes


def test_codes_are_those_of_the_day_by_which_the_year_reads_them(client: Client) -> None:
    a_release()
    a_year(2023, codes_on=date(2023, 1, 1))
    a_function("201", "一般公共服务支出")
    a_function("20103", "政府办公厅（室）及相关机构事务", valid_from=date(2020, 1, 1))
    a_function("20199", "只在以后", valid_from=date(2024, 1, 1))
    told = got(client, f"{API}/codes?year=2023&scheme=function")
    assert (told["on"], told["count"]) == ("2023-01-01", 2)
    assert told["results"][1] == {
        "code": "20103",
        "printed": "201-03",
        "name": "政府办公厅（室）及相关机构事务",
        "level": "section",
        "level_label": "款",
        "parent": "201",
        "fund": "general_public",
        "fund_label": "一般公共预算",
    }


def test_codes_of_the_economic_lists_belong_to_no_fund(client: Client) -> None:
    a_release()
    a_year(2023)
    EconomicCode.objects.create(code="301", name="工资福利支出")
    [told] = got(client, f"{API}/codes?year=2023&scheme=department_economic")["results"]
    assert (told["code"], told["name"], told["fund"]) == ("301", "工资福利支出", None)
    assert got(client, f"{API}/codes?year=2023&scheme=government_economic")["count"] == 0


def test_of_a_year_without_anything_published_not_even_the_codes_are_told(client: Client) -> None:
    a_year(2031)
    a_function("201", "一般公共服务支出")
    expected = {"message": "2031 年还没有公开的预算，没有可查的科目表。"}
    assert got(client, f"{API}/codes?year=2031&scheme=function", 404) == expected
    assert got(client, f"{API}/codes?year=2032&scheme=function", 404)["message"].startswith("2032")


def test_codes_want_a_year_and_a_scheme(client: Client) -> None:
    message = got(client, f"{API}/codes", 400)["message"]
    assert "参数 year：" in message
    assert "参数 scheme：" in message


# ---- the database


def queries(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [each["sql"] for each in captured.captured_queries]


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (f"{API}/releases", 2),
        (f"{API}/releases?latest=true&format=csv", 2),
        (f"{API}/departments", 3),
        (f"{API}/releases/157/2023/versions", 2),
        (ONE, 4),
    ],
)
def test_queries_do_not_grow_and_lists_load_no_contents(
    client: Client, address: str, most: int
) -> None:
    a_file(a_release(), "pdf", b"%PDF-")
    of_one = queries(client, address)
    for number in range(2, 31):
        a_release(number=number)
        a_release(a_document(code=f"{number + 200}"))
    of_thirty = queries(client, address)
    assert len(of_one) == len(of_thirty) <= most
    assert not any('"content"' in sql for sql in (*of_one, *of_thirty))


def test_whoever_has_the_contents_costs_one_query_and_loads_none(client: Client) -> None:
    a_release()
    tag = client.get(f"{ONE}/tables/summary").headers["ETag"]
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{ONE}/tables/summary", headers={"If-None-Match": tag})
    [query] = captured.captured_queries
    assert '"content"' not in query["sql"]


# ---- what an address has to say


@pytest.mark.parametrize("kind", [Endpoint, OfRelease])
def test_an_address_that_answers_nothing_cannot_be_made(kind: type[Address]) -> None:
    with pytest.raises(TypeError, match="abstract"):
        type("Silent", (kind,), {})()


def test_data_that_nobody_has_written_is_refused_with_the_way_to_write_it() -> None:
    with pytest.raises(TypeError, match=r"the csv of an answer is written by budget\.api\.answers"):
        Csv().render({"code": "157"})
