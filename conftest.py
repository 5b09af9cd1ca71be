"""Options that hold for the whole test suite."""

import pytest

DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_reset_sequences"})


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


def touches_database(item: pytest.Item) -> bool:
    """Return whether a test asks for the database, by marker or by fixture."""
    if item.get_closest_marker("django_db"):
        return True
    return not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what the options leave out; deselected tests are counted in the closing line."""
    kept = [
        item
        for item in items
        if (touches_database(item) or not config.getoption("only_database"))
        and (config.getoption("long") or not item.get_closest_marker("long"))
    ]
    dropped = [item for item in items if item not in set(kept)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept
