"""The pages of signing in and of people in a browser: keyboard, screens, policy, accessibility."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from budget.access import accounts
from budget.models import Account
from budget.roles import Role
from budget.tests.people import PASSWORD, a_grant, a_person, sign_in, signed_in, someone_with
from budget.tests.stored import a_unit
from budget.tests.windows import HEAR, NARROW, WIDE, let_in

pytestmark = [pytest.mark.one_engine, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOR_VISITORS = ("/account/login/", "/account/inactive/")
FOR_THE_PERSON = (
    "/account/",
    "/account/password/",
    "/account/sessions/",
    "/account/second-factor/",
    "/account/second-factor/totp/activate/",
    "/account/logout/",
    "/findings/999/2030/",
)
FOR_SECURITY = ("/people/", "/people/{pk}/", "/people/duties/", "/people/new/")


@pytest.fixture
def wang(transactional_db: None) -> User:
    """An accountant, and somebody who waits for approval."""
    a_unit("801001", is_head=True, name="测试局")
    accounts.create("zhao", "赵待批", "办公室")
    user = a_person("wang")
    a_grant(user, Role.COMPILER, "801001")
    return user


@pytest.mark.usefixtures("wang")
@pytest.mark.daily
def test_one_signs_in_with_the_keyboard_alone_and_out_again(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/account/")
    page.keyboard.type("wang")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/")
    assert page.get_by_role("heading", level=1).inner_text() == "姓名wang"
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/account/login/")


def checked(context: BrowserContext, address: str, width: int) -> list[str]:
    """Return what is wrong with a page: sideways scrolling, policy, accessibility."""
    page = context.new_page()
    page.add_init_script(HEAR)
    page.goto(address)
    wrong = [f"policy {each}" for each in page.evaluate("broken")]
    if page.evaluate("document.scrollingElement.scrollWidth") > width:
        wrong.append("scrolls sideways")
    # axe is a script in the page, which the policy rightly keeps out: it runs last.
    wrong += [f"{each['id']} {each['impact']}" for each in axe(page)]
    page.close()
    return wrong


def axe(page: Page) -> list[dict[str, str]]:
    """Return what axe finds."""
    found: list[dict[str, str]] = Axe().run(page).response["violations"]
    return found


@pytest.mark.parametrize(
    "size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)], ids=["narrow", "wide"]
)
def test_every_page_is_sound_on_narrow_and_wide_screens(
    browser: Browser, live_server: LiveServer, wang: User, size: ViewportSize
) -> None:
    security = signed_in(someone_with(Role.SECURITY_ADMIN))
    person = Client()
    sign_in(person, "wang")
    person.post("/account/reauthenticate/", {"password": PASSWORD})
    pk = Account.objects.get(user=wang).pk
    looks = [(None, FOR_VISITORS), (person, FOR_THE_PERSON), (security, FOR_SECURITY)]
    wrong: dict[str, list[str]] = {}
    for client, paths in looks:
        context = browser.new_context(viewport=size, locale="zh-CN", bypass_csp=False)
        if client is not None:
            let_in(context, client, live_server.url)
        for path in paths:
            found = checked(context, f"{live_server.url}{path.format(pk=pk)}", size["width"])
            if found:
                wrong[path] = found
        context.close()
    assert wrong == {}
