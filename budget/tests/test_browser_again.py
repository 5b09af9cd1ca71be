"""Who has shown that it is he comes back to the very step, and cannot miss that it is not taken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from budget.models import DepartmentBudget
from budget.roles import Role
from budget.terms import State
from budget.tests.cast import PAGE
from budget.tests.clean import CODE, a_clean_budget
from budget.tests.people import PASSWORD, signed_in, someone_with
from budget.tests.windows import NARROW, WIDE, let_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.one_engine,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["360", "1440"])
@pytest.mark.parametrize(
    ("role", "state", "action", "words", "end"),
    [
        (Role.HEAD, State.SUBMITTED, "sign", {}, State.SIGNED),
        (
            Role.BUDGET_REVIEWER,
            State.APPROVED,
            "revoke_approval",
            {"理由": "批复文号印错了"},
            State.DRAFT,
        ),
    ],
)
def test_the_step_is_in_sight_with_what_was_typed_and_one_press_away(
    live_server: LiveServer,
    page: Page,
    size: ViewportSize,
    role: Role,
    state: State,
    action: str,
    words: dict[str, str],
    end: State,
) -> None:
    cache.clear()
    budget = a_clean_budget()
    DepartmentBudget.objects.update(state=state)
    user = someone_with(role, CODE if role is Role.HEAD else "", "who")
    let_in(page.context, signed_in(user), live_server.url)
    page.set_viewport_size(size)
    page.goto(live_server.url + PAGE)
    step = page.locator(f"#step-{action}")
    if step.locator("summary").count():
        step.locator("summary").click()
    for label, text in words.items():
        step.get_by_label(label, exact=True).fill(text)
    step.locator("form button").click()
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(f"**{PAGE}#step-{action}")

    notice, button = step.get_by_role("status"), step.locator("form button")
    expect(notice).to_be_in_viewport()
    expect(notice).to_contain_text("身份已确认，还没有办理。")
    expect(button).to_be_in_viewport()
    expect(page.locator("button.primary")).to_have_count(1)
    assert page.evaluate("document.activeElement.id") == f"step-{action}"
    assert notice.bounding_box()["y"] < button.bounding_box()["y"]  # type: ignore[index]
    for label, text in words.items():
        assert step.get_by_label(label, exact=True).input_value() == text
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"again-{action}-{size['width']}.png")
    button.click()
    page.wait_for_url(f"**{PAGE}")
    budget.refresh_from_db()
    assert budget.state is end
