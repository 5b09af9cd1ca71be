"""The description of the interface in a real browser: policy, narrow screens, accessibility."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from budget.tests.shelved import a_release
from budget.tests.windows import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DOCS = "/api/v1/docs/"


def test_the_description_keeps_the_policy_and_fits_every_screen(
    page: Page, live_server: LiveServer
) -> None:
    a_release()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        page.goto(f"{live_server.url}{DOCS}")
        for closed in page.locator("details").all():
            closed.evaluate("element => element.open = true")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= size["width"]
    assert said == []
    page.locator("#cell ~ .example a").click()
    assert '"text":"1,561.09"' in page.content()


def test_axe_finds_nothing_in_the_description(browser: Browser, live_server: LiveServer) -> None:
    a_release()
    # axe itself is a script in the page, which the policy rightly keeps out.
    context = browser.new_context(viewport=NARROW, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{live_server.url}{DOCS}")
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(each["id"], each["impact"], len(each["nodes"])) for each in found] == []
