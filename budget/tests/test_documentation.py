"""Everything that is declared is documented, and the generated pages are fresh."""

from __future__ import annotations

from pathlib import Path

import pytest

from budget.charts.registry import CHARTS
from budget.documentation import pages
from budget.edition import EDITIONS, ChartUse, ParagraphUse
from budget.measures.registry import MEASURES
from budget.narrative.registry import PARAGRAPHS
from budget.render.registry import FORMATS
from budget.rules.registry import RULES
from budget.tables.spec import TABLES
from budget.terms import ProjectCategory
from budget.tests.samples import declared

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["tables.md", "editions.md", "rules.md"])
def test_generated_pages_are_fresh(name: str) -> None:
    declared()
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == pages()[name], "run: manage.py writedocs"


def test_all_declarations_are_found() -> None:
    declared()
    assert set(TABLES) >= {
        "summary",
        "revenue",
        "spending",
        "appropriation-summary",
        "general-public-spending",
        "general-public-basic",
        "three-publics",
        "government-fund-spending",
        "project-goals",
        "overall-goals",
    }
    assert set(FORMATS) == {"html", "pdf", "xlsx", "csv", "json"}


def test_everything_declared_is_on_a_page() -> None:
    declared()
    text = pages()["tables.md"] + pages()["editions.md"]
    for registry in (TABLES, MEASURES, PARAGRAPHS, CHARTS, EDITIONS):
        for code in registry:
            assert f"`{code}`" in text


def test_every_rule_is_on_the_page_with_its_example() -> None:
    declared()
    text = pages()["rules.md"]
    for rule in RULES.values():
        assert f"### `{rule.code}` {rule.title}\n" in text
        assert rule.example in text


def test_every_paragraph_says_what_it_tells() -> None:
    declared()
    for paragraph in PARAGRAPHS.values():
        assert paragraph.write.__doc__, paragraph.code


def test_editions_use_only_what_is_declared() -> None:
    declared()
    for edition in EDITIONS.values():
        assert {use.table for use in edition.tables} <= set(TABLES)
        blocks = [block for section in edition.sections for block in section.blocks]
        used = {block.paragraph for block in blocks if isinstance(block, ParagraphUse)}
        charts = {block.chart for block in blocks if isinstance(block, ChartUse)}
        assert used <= set(PARAGRAPHS)
        assert charts <= set(CHARTS)


def test_labels_of_a_table_replace_something_that_is_there() -> None:
    declared()
    source = "".join(pages().values())
    terms = {category.value for category in ProjectCategory}
    for edition in EDITIONS.values():
        for key in set(edition.labels) - terms:
            assert f"`{key}`" in source, key
