"""What holds for the whole test suite: two options, two sizes of random run, one browser."""

import shutil
import threading
import time
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, Route, sync_playwright

DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_reset_sequences"})
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
LONGEST_REQUEST = 10.0
OWN_HOSTS = ("http://localhost", "http://127.0.0.1", "data:", "blob:", "about:")

# The same examples each time in the short runs that guard every change; new ones in the long runs.
SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile(
    "short", max_examples=25, deadline=None, derandomize=True, suppress_health_check=SLOW_IS_FINE
)
settings.register_profile(
    "long", max_examples=2_000, deadline=None, print_blob=True, suppress_health_check=SLOW_IS_FINE
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --only-database and --long."""
    group = parser.getgroup("budget")
    group.addoption(
        "--only-database",
        action="store_true",
        help="run only tests that touch the database: the second pass, on PostgreSQL",
    )
    group.addoption(
        "--long", action="store_true", help="run random tests at full size (make test-long)"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Choose the size of the random runs."""
    settings.load_profile("long" if config.getoption("long") else "short")


@pytest.fixture(autouse=True, scope="session")
def _emptying_is_allowed() -> Iterator[None]:
    """Let tests that commit be cleaned up after: tables to which rows are only added, too.

    A page that was closed may have left the live server a request to finish: it is waited for,
    since its locks would stand in the way.
    """
    from django.core.signals import request_finished, request_started
    from django.db.backends.base.operations import BaseDatabaseOperations

    from budget.models.append_only import guard, unguard
    from budget.terms import State

    answering: set[threading.Thread] = set()

    def begun(**_: object) -> None:
        answering.add(threading.current_thread())

    def ended(**_: object) -> None:
        answering.discard(threading.current_thread())

    def others_answer() -> bool:
        return any(each.is_alive() for each in answering - {threading.current_thread()})

    def wait_for_requests() -> None:
        deadline = time.monotonic() + LONGEST_REQUEST
        while others_answer() and time.monotonic() < deadline:
            time.sleep(0.01)
        answering.clear()

    emptied = BaseDatabaseOperations.execute_sql_flush

    def unguarded(self: BaseDatabaseOperations, statements: Iterable[str]) -> None:
        wait_for_requests()
        unguard(self.connection)
        with self.connection.cursor() as cursor:  # amounts of a draft are not locked
            cursor.execute(f"UPDATE budget_departmentbudget SET state = '{State.DRAFT.value}'")
        emptied(self, statements)
        guard(self.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", unguarded)
        request_started.connect(begun, weak=False)
        request_finished.connect(ended, weak=False)
        yield


def touches_database(item: pytest.Item) -> bool:
    """Return whether a test asks for the database, by marker or by fixture.

    What a browser shows, and what is marked so, does not depend on the engine: once is enough.
    """
    if item.get_closest_marker("browser") or item.get_closest_marker("one_engine"):
        return False
    if item.get_closest_marker("django_db"):
        return True
    return not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def takes_long(item: pytest.Item) -> bool:
    """Return whether a test is left to the long run: by its marker, or since a browser is slow.

    Those browser tests that guard every change are marked ``daily``.
    """
    if item.get_closest_marker("long"):
        return True
    return bool(item.get_closest_marker("browser")) and not item.get_closest_marker("daily")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what the options leave out; the closing line counts it."""
    only_database, long = config.getoption("only_database"), config.getoption("long")
    kept: list[pytest.Item] = []
    dropped: list[pytest.Item] = []
    for item in items:
        too_long = takes_long(item) and not long
        wanted = not too_long and (touches_database(item) or not only_database)
        (kept if wanted else dropped).append(item)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the test is skipped, and the closing line counts it."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip("no Chromium on this machine (as root: apt-get install chromium)")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A running Chromium, one for the whole session."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's event loop runs in this thread, and Django takes that for async code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page that may talk to this machine only; a request that leaves it fails the test."""
    left: list[str] = []

    def stay(route: Route) -> None:
        if route.request.url.startswith(OWN_HOSTS):
            route.continue_()
        else:
            left.append(route.request.url)
            route.abort()

    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    context.route("**/*", stay)
    yield context.new_page()
    context.close()
    assert left == [], "the page asked other hosts"
