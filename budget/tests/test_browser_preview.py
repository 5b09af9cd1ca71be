"""The draft in a real browser: from a figure or a finding to the cell, on narrow screens too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from budget.models import Remark
from budget.roles import Role
from budget.tests.people import signed_in, someone_with
from budget.tests.storing_samples import stored_sample
from budget.tests.windows import let_in, look_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PREVIEW = "/entry/157001/2023/preview/"
SHOWN = (
    f"{PREVIEW}?show=spending",
    f"{PREVIEW}?show=project-goals",
    f"{PREVIEW}?show=text",
    f"{PREVIEW}?show=charts",
    f"{PREVIEW}?show=findings",
    "/entry/157001/2023/behind/?figure=spending/total/total",
    "/entry/157001/2023/behind/?figure=revenue-budget/revenue_total.change",
)


@pytest.fixture
def site(live_server: LiveServer, page: Page) -> str:
    """The address of a site on which the accountant of the sample is signed in."""
    budget = stored_sample()
    Remark.objects.filter(budget=budget, key="revenue_change").delete()
    accountant = signed_in(someone_with(Role.COMPILER, "157001"))
    let_in(page.context, accountant, live_server.url)
    return str(live_server.url)


@pytest.mark.daily
def test_a_figure_leads_to_its_lines_and_a_line_to_its_cell(page: Page, site: str) -> None:
    page.goto(f"{site}{PREVIEW}?show=general-public-basic")
    page.locator('[id="general-public-basic/30201/total"]').click()
    page.wait_for_url("**/behind/?figure=general-public-basic*")
    page.get_by_role("link", name="去修改").first.click()
    page.wait_for_url("**/entry/157001/2023/basic/#row-*-amount")
    assert page.locator(f'[id="{page.url.split("#")[1]}"]').count() == 1


def test_a_finding_leads_to_the_box_that_is_empty(page: Page, site: str) -> None:
    page.goto(f"{site}{PREVIEW}?show=findings")
    page.get_by_role("link", name="增减都说明原因").first.click()
    page.wait_for_url("**/entry/157001/2023/texts/#row-revenue_change-text")
    assert page.locator('[id="row-revenue_change-text"]').input_value() == ""


def test_what_is_missing_is_marked_in_the_text(page: Page, site: str) -> None:
    page.goto(f"{site}{PREVIEW}?show=text")
    assert page.locator("mark.gap").all_inner_texts() == ["【待填：收入增减原因】"]


@pytest.mark.long
def test_pages_are_right_on_every_screen(page: Page, site: str) -> None:
    look_at(page, site, SHOWN)
