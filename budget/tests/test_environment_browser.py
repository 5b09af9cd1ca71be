"""The browser of the tests talks to this machine only."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SUITE = """
def test_stays(page):
    page.set_content("<h1>预算</h1>")
    assert page.inner_text("h1") == "预算"

def test_leaves(page):
    page.set_content("<img src='http://example.invalid/a.png'>")
    page.wait_for_load_state()
"""


@pytest.mark.usefixtures("chromium")
@pytest.mark.browser
@pytest.mark.daily
def test_a_page_that_asks_another_host_fails_its_test(tmp_path: Path) -> None:
    file = tmp_path / "test_suite.py"
    file.write_text(SUITE, encoding="utf-8")
    pytest_here = [sys.executable, "-m", "pytest", "-p", "conftest", "-c", "pyproject.toml"]
    done = subprocess.run(
        [*pytest_here, "-p", "no:cacheprovider", "-q", str(file)],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert "2 passed, 1 error" in done.stdout
    assert "the page asked other hosts" in done.stdout
