"""The sample's oddities, one by one: what the rules must find in it, and nothing else.

golden/sample_findings.json puts each finding down to one of the 22 oddities that people noted in
the published document, or says why a machine does not see one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from budget.rules.checking import Report, check
from budget.rules.printed import Subject
from budget.rules.registry import RULES
from budget.tests.judging import a_subject
from budget.tests.samples import sample, sample_book, sample_disclosure

GOLDEN = Path(__file__).parent / "golden" / "sample_findings.json"
ODDITIES = range(1, 23)


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def subject() -> Subject:
    return a_subject(sample_book(), document=sample_disclosure(), remarks=sample().remarks)


@pytest.fixture(scope="module")
def report(subject: Subject) -> Report:
    return check(subject)


def test_the_sample_raises_its_oddities_and_nothing_else(
    report: Report, expected: dict[str, Any]
) -> None:
    found = sorted(
        (each.rule.code, each.finding.where[0], each.severity.value) for each in report.found
    )
    wanted = sorted((each["rule"], each["where"], each["severity"]) for each in expected["seen"])
    assert found == wanted


def test_every_oddity_is_seen_or_it_is_said_why_not(expected: dict[str, Any]) -> None:
    seen = {each["oddity"] for each in expected["seen"]}
    unseen = {int(number) for number in expected["unseen"]}
    assert seen | unseen == set(ODDITIES)
    assert seen & unseen == set()
    assert {int(number) for number in expected["partly"]} <= seen
    reasons = [each["reason"] for each in expected["seen"]]
    assert all([*reasons, *expected["unseen"].values(), *expected["partly"].values()])


def test_every_place_is_there(subject: Subject, expected: dict[str, Any]) -> None:
    document = subject.document
    cells = {address for table in document.tables for address in table.cells}
    heads = {f"{table.code}/{part}" for table in document.tables for part in ("head", "note")}
    blocks = {block for section in document.sections for block in _places(section.blocks)}
    parts = {part.key for part in document.parts}
    places = {each["where"] for each in expected["seen"]}
    assert places <= cells | heads | blocks | parts


def _places(blocks: Any) -> set[str]:
    """Return the addresses of paragraphs and of the figures in them."""
    runs = {
        run.address
        for block in blocks
        for run in getattr(block, "text", ())
        if not isinstance(run, str)
    }
    return runs | {block.key for block in blocks if hasattr(block, "key")}


def test_damaged_text_is_counted_as_not_checked(report: Report) -> None:
    # 10 fields of 4 rows of the table of projects, 15 of 8 rows of the overall table.
    damaged = [each.reason for each in report.unchecked if "转换中残缺" in each.reason]
    assert "25处文字在转换中残缺，未作检查" in damaged
    lost = [each.rule.code for each in report.unchecked if "在转换中缺失" in each.reason]
    assert {"PRF001", "PRF006"} <= set(lost)
    assert not {each.rule.code for each in report.found} & {"PRF001", "PRF006"}


def test_every_rule_found_passed_or_was_not_checked(report: Report) -> None:
    told = {each.rule.code for each in report.found}
    told |= {each.rule.code for each in report.unchecked}
    told |= {each.code for each in report.passed}
    assert told == set(RULES)
