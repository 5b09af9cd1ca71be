"""Lists, search and versions in a real browser: looked at in two widths, all on one site."""

from __future__ import annotations

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ViewportSize
from pytest_django.live_server_helper import LiveServer

from budget import search
from budget.tests.samples import sample_disclosure
from budget.tests.shelved import a_document, a_release
from budget.tests.withdrawing import correct, withdraw

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/?order=name",
    "/157/",
    "/search/?q=三公经费",
    "/search/?q=费",
    "/157/2023/versions/",
    "/157/2023/versions/1-2/",
    "/158/2023/",
)
SAID = """() => { window.said = [];
  document.addEventListener('securitypolicyviolation', e => said.push(e.violatedDirective)); }"""


@pytest.fixture
def site(live_server: LiveServer) -> str:
    document = sample_disclosure()
    first = a_release(document)
    second = a_release(replace(document, title="改过的题目"), number=2, replaces=first)
    correct(second, "题目有误", "录入有误")
    search.index(second, document)
    withdraw(a_release(a_document(code="158")))
    return str(live_server.url)


def test_pages_fit_are_accessible_and_keep_to_the_policy(browser: Browser, site: str) -> None:
    found: dict[str, object] = {}
    for width in (360, 1440):
        size = ViewportSize(width=width, height=900)
        strict = browser.new_context(viewport=size)
        strict.add_init_script(f"({SAID})()")
        # axe itself is a script in the page, which the policy rightly keeps out.
        open_ = browser.new_context(viewport=size, bypass_csp=True)
        page, other = strict.new_page(), open_.new_page()
        for address in PAGES:
            page.goto(f"{site}{address}")
            other.goto(f"{site}{address}")
            broken = Axe().run(other).response["violations"]
            found[f"{width} {address}"] = (
                page.evaluate("document.scrollingElement.scrollWidth"),
                page.evaluate("window.said"),
                [(each["id"], each["impact"]) for each in broken],
            )
        strict.close()
        open_.close()
    assert found == {
        f"{width} {address}": (width, [], []) for width in (360, 1440) for address in PAGES
    }


def test_one_finds_a_word_and_lands_on_its_row(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site)
    page.get_by_label("在已公开的预算中查找").fill("三公经费支出")
    page.get_by_role("button", name="检索").click()
    page.locator(".found li a").first.click()
    page.wait_for_url("**/157/2023/**#**")
    assert page.locator(":target").count() == 1
    page.close()
