"""The pages in a real browser: the way to a figure, narrow screens, policy and accessibility."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from budget.tests.samples import sample_disclosure
from budget.tests.shelved import a_file, a_release
from budget.tests.windows import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/",
    "/157/2023/",
    "/157/2023/summary/",
    "/157/2023/revenue/",
    "/157/2023/project-goals/",
    "/nowhere",
)

SETTLED = "() => document.fonts.ready.then(() => true)"


@pytest.fixture
def site(live_server: LiveServer, settings: Settings, tmp_path: Path) -> str:
    """The address of a site on which the sample is published."""
    settings.MEDIA_ROOT = tmp_path
    release = a_release(sample_disclosure())
    a_file(release, "pdf", b"%PDF-1.7 sample")
    a_release(sample_disclosure("157001"))
    return str(live_server.url)


@pytest.mark.daily
def test_one_walks_from_the_shelf_to_a_table_and_its_file(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="长沙市人民政府驻北京联络处").first.click()
    page.get_by_role("navigation", name="目").get_by_role("link", name="5、").click()
    assert page.url.endswith("#table-general-public-spending")
    page.locator("#table-general-public-spending ~ p a").click()
    page.wait_for_url("**/157/2023/general-public-spending/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    assert waiting.value.suggested_filename == (
        "长沙市人民政府驻北京联络处2023年-05-一般公共预算支出表.csv"
    )
    page.get_by_role("link", name="下一张表").click()
    page.wait_for_url("**/157/2023/general-public-basic/")


def test_the_whole_document_is_downloaded_under_its_chinese_name(page: Page, site: str) -> None:
    page.goto(f"{site}/157/2023/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="PDF").click()
    assert waiting.value.suggested_filename == (
        "长沙市人民政府驻北京联络处2023年部门预算公开-第1版.pdf"
    )


@pytest.mark.daily
def test_a_link_to_a_figure_shows_it_and_marks_it(page: Page, site: str) -> None:
    page.set_viewport_size(WIDE)
    # 行政运行, 基本支出 656.38: the source's table 5.
    page.goto(f"{site}/157/2023/#general-public-spending/2010301/basic")
    figure = page.locator(":target")
    assert figure.inner_text() == "656.38"
    page.wait_for_function(
        "() => { const box = document.querySelector(':target').getBoundingClientRect();"
        " return box.top > 0 && box.bottom < innerHeight }"
    )
    plain = page.locator('[id="general-public-spending/2010302/project"]')
    colour = "element => getComputedStyle(element).backgroundColor"
    assert figure.evaluate(colour) != plain.evaluate(colour)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_the_page_never_scrolls_sideways(
    page: Page, site: str, address: str, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    page.goto(f"{site}{address}")
    page.evaluate(SETTLED)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= size["width"]


def test_on_a_narrow_screen_the_names_of_rows_stay_while_the_table_scrolls(
    page: Page, site: str
) -> None:
    page.set_viewport_size(NARROW)
    page.goto(f"{site}/157/2023/general-public-basic/")
    frame = page.locator(".table-frame")
    name = page.get_by_role("rowheader", name="基本工资")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    frame.evaluate("frame => frame.scrollTo({left: frame.scrollWidth})")
    left = "element => Math.round(element.getBoundingClientRect().left)"
    head = page.get_by_role("columnheader", name="经济科目名称")
    assert name.evaluate(left) == head.evaluate(left) == frame.evaluate(left)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_heads_stay_in_sight_while_a_long_table_scrolls(
    page: Page, site: str, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    page.goto(f"{site}/157/2023/general-public-basic/")
    last = page.locator("tbody tr").last
    last.evaluate("row => row.scrollIntoView({block: 'end', behavior: 'instant'})")
    top = page.locator("thead th").first.bounding_box()
    assert top is not None
    assert 0 <= top["y"] < size["height"]


@pytest.mark.parametrize("address", PAGES)
def test_no_page_breaks_the_policy_or_asks_another_host(
    page: Page, site: str, address: str
) -> None:
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation',"
        " event => console.log(event.violatedDirective))"
    )
    page.goto(f"{site}{address}")
    page.evaluate(SETTLED)
    # What Chromium says of every page that is not there.
    assert [line for line in said if "404 (Not Found)" not in line] == []


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_axe_finds_nothing(browser: Browser, site: str, address: str, size: ViewportSize) -> None:
    # axe itself is a script in the page, which the policy rightly keeps out.
    context = browser.new_context(viewport=size, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site}{address}")
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(each["id"], each["impact"], len(each["nodes"])) for each in found] == []


def test_the_first_stop_of_the_keyboard_is_a_link_past_the_masthead(page: Page, site: str) -> None:
    page.goto(f"{site}/157/2023/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    assert skip.evaluate("element => element === document.activeElement")
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.daily
def test_everything_is_there_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/157/2023/")
    assert page.locator("table").count() == 10
    assert page.locator("figure svg").count() == 2
    page.get_by_role("link", name="2、").click()
    assert page.url.endswith("#table-revenue")
    context.close()
