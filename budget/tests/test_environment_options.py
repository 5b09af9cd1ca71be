"""Which tests a run takes: the daily ones, the second pass on PostgreSQL, the long ones."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SUITE = """
import pytest
from django.contrib.auth.models import User

@pytest.fixture
def a_user(db):
    return User(username="li")

def test_pure(): ...

@pytest.mark.django_db
def test_marked(): ...

def test_by_fixture(transactional_db): ...

def test_by_a_fixture_of_a_fixture(a_user): ...

@pytest.mark.long
def test_long(): ...

@pytest.mark.browser
def test_browser(): ...

@pytest.mark.browser
@pytest.mark.daily
def test_daily_browser(): ...
"""


def collected(tmp_path: Path, *options: str) -> set[str]:
    """Return the names of the tests that a run with some options would take."""
    file = tmp_path / "test_suite.py"
    file.write_text(SUITE, encoding="utf-8")
    pytest_here = [sys.executable, "-m", "pytest", "-p", "conftest", "-c", "pyproject.toml"]
    quietly = ["-p", "no:cacheprovider", "--collect-only", "-q"]
    done = subprocess.run(
        [*pytest_here, *quietly, str(file), *options],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    lines = done.stdout.splitlines()
    return {line.partition("::")[2] for line in lines if "::" in line}


def test_without_options_the_long_ones_and_most_browser_tests_are_left_out(tmp_path: Path) -> None:
    assert collected(tmp_path) == {
        "test_pure",
        "test_marked",
        "test_by_fixture",
        "test_by_a_fixture_of_a_fixture",
        "test_daily_browser",
    }


@pytest.mark.parametrize("extra", [(), ("--long",)])
def test_only_database_finds_markers_and_fixtures_however_deep(
    tmp_path: Path, extra: tuple[str, ...]
) -> None:
    assert collected(tmp_path, "--only-database", *extra) == {
        "test_marked",
        "test_by_fixture",
        "test_by_a_fixture_of_a_fixture",
    }


def test_long_adds_the_long_ones(tmp_path: Path) -> None:
    assert {"test_long", "test_browser"} < collected(tmp_path, "--long")
