"""Every page of entry with a whole budget on it: policy, hosts, accessibility, narrow and wide."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from budget.entry.urls import urlpatterns
from budget.sheets.spec import sheets_of
from budget.terms import Scope
from budget.tests.furnishing import YEAR
from budget.tests.served_site import Site, copied, furnished, run
from budget.tests.typist import Typist
from budget.tests.windows import HEAR, NARROW, WIDE, picture

pytestmark = pytest.mark.browser

UNIT, DEPARTMENT = "157001", "157"
PAGES = {
    "home": ("/entry/",),
    "overview": (f"/entry/{UNIT}/{YEAR}/", f"/entry/{DEPARTMENT}/{YEAR}/"),
    "preview": (f"/entry/{UNIT}/{YEAR}/preview/",),
    "behind": (f"/entry/{UNIT}/{YEAR}/behind/?figure=spending/total/total",),
    "workbook": (f"/entry/{UNIT}/{YEAR}/workbook/",),
    "begin": (f"/entry/{UNIT}/{YEAR}/begin/",),
    "approval": (f"/entry/{UNIT}/{YEAR}/approval/",),
    "files": (f"/entry/{UNIT}/{YEAR}/files/",),
    "ceilings": (f"/entry/{UNIT}/{YEAR}/ceilings/",),
    "sheet": tuple(f"/entry/{UNIT}/{YEAR}/{spec.code}/" for spec in sheets_of(Scope.UNIT)),
    "paste": (f"/entry/{UNIT}/{YEAR}/basic/paste/", f"/entry/{UNIT}/{YEAR}/indicators/paste/"),
}
"""The addresses that are pages, by the name of their pattern."""
DAILY = ("overview",)
"""The page that every run looks at; the others are looked at in the long ones."""
NO_PAGES = {
    *("codes", "workbook_filled", "workbook_empty", "file"),
    *("save", "paste_confirm", "workbook_confirm", "undo", "answer"),
    *("complete", "return", "accept", "split_ceilings", "explain_excess"),
    *("approval_record", "approval_forget", "approval_settle"),
    "file_delete",
}
"""What sends data, takes a form, or asks once more before it takes one."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample, entered; the same accountants as everywhere."""
    site = copied(furnished(), tmp_path_factory.mktemp("pages") / "site")
    store = "from budget.tests.storing_samples import stored_sample; stored_sample()"
    run(site.folder, "manage.py", "shell", "--no-imports", "-c", store)
    yield site.start()
    site.stop()


@pytest.fixture(scope="module")
def session(browser: Browser, site: Site) -> str:
    """What a browser keeps of an accountant who is signed in, as a file's path."""
    context = browser.new_context(locale="zh-CN")
    Typist(context.new_page(), site.url).sign_in("chen")
    kept = site.folder / "session.json"
    context.storage_state(path=kept)
    context.close()
    return str(kept)


@pytest.mark.daily
def test_every_address_is_looked_at_or_is_no_page() -> None:
    names = {pattern.name for pattern in urlpatterns}  # type: ignore[union-attr]
    assert names == {*PAGES, *NO_PAGES}


@pytest.mark.parametrize(
    "name",
    [name if name in DAILY else pytest.param(name, marks=pytest.mark.long) for name in PAGES],
)
@pytest.mark.daily
def test_every_page_keeps_the_policy_its_width_and_axe(
    browser: Browser, site: Site, session: str, name: str
) -> None:
    context = browser.new_context(storage_state=session, viewport=WIDE, locale="zh-CN")
    asked = list[str]()
    context.on("request", lambda request: asked.append(request.url))
    wrong = {path: found for path in PAGES[name] if (found := faults(context, site, path))}
    context.close()
    assert wrong == {}
    assert [url for url in asked if not url.startswith((site.url, "data:"))] == []


def faults(context: BrowserContext, site: Site, path: str) -> list[str]:
    """Return what is wrong with a page, wide and then narrow."""
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(f"console {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error {error}"))
    page.add_init_script(HEAR)
    answer = page.goto(f"{site.url}{path}", wait_until="networkidle")
    assert answer is not None
    found = [] if answer.status == 200 else [f"status {answer.status}"]
    found += [f"policy {each}" for each in page.evaluate("broken")] + said
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        found += [f"{size['width']}: {each}" for each in faults_at(page, size)]
        picture(page, path, size)
    page.close()
    return found


def faults_at(page: Page, size: ViewportSize) -> Iterator[str]:
    """Yield what is wrong with a page on one screen."""
    if page.evaluate("document.scrollingElement.scrollWidth") > size["width"]:
        yield "scrolls sideways"
    # axe is a script in the page, which the policy rightly keeps out of it: it comes last.
    for each in violations(page):
        yield f"axe {each['id']} ({each['impact']}) {nodes(each)}"


def violations(page: Page) -> list[dict[str, object]]:
    """Return what axe finds."""
    found: list[dict[str, object]] = Axe().run(page).response["violations"]
    return found


def nodes(violation: dict[str, object]) -> list[str]:
    """Return where in the page a violation is, the first places."""
    found: list[dict[str, list[str]]] = violation["nodes"]  # type: ignore[assignment]
    return [" ".join(each["target"]) for each in found[:3]]
