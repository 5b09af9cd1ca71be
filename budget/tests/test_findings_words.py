"""What people read in reports is Chinese throughout: no key, no code name, no threshold's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from budget.render.findings.view import Item, View, view
from budget.rules.checking import Report
from budget.rules.printed import Subject
from budget.rules.registry import RULES
from budget.rules.telling import NUMBER
from budget.tests import (
    cases_of_amounts,
    cases_of_books,
    cases_of_change,
    cases_of_copies,
    cases_of_documents,
    cases_of_drafts,
    cases_of_words,
)
from budget.tests.judging import alone
from budget.tests.rule_cases import CASES, Case, Kind
from budget.tests.samples import declared
from performance.tests import cases_of_goals

DECLARED = (
    cases_of_amounts,
    cases_of_books,
    cases_of_change,
    cases_of_copies,
    cases_of_documents,
    cases_of_drafts,
    cases_of_words,
    cases_of_goals,
)
LATIN = re.compile(r"[A-Za-z][A-Za-z_./-]+")
KNOWN = frozenset({"XX", "PDF", "XLSX", "GB", "TODO", "XXX", "XXXX", "xx"})
"""Words of the documents and rules themselves."""


def _words(case: Case) -> Iterator[str]:
    subject = case.make()
    told = _told(alone(case.code, subject), subject)
    for item in told.items:
        yield from (item.left, item.right, item.difference, item.remark, item.advice, item.fix)
        yield from (place.name for place in item.places)
    yield from (each.reason for each in told.skipped)


def _told(report: Report, subject: Subject) -> View:
    return view(report, subject.document)


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.name)
def test_no_key_is_shown(case: Case) -> None:
    shown = [word for text in _words(case) for word in LATIN.findall(text)]
    assert set(shown) <= KNOWN


@pytest.mark.parametrize(
    "case",
    [case for case in CASES.values() if case.kind in (Kind.FAILS, Kind.BEYOND)],
    ids=lambda case: case.name,
)
def test_a_difference_is_told_with_its_unit_and_only_between_amounts(case: Case) -> None:
    subject = case.make()
    report = alone(case.code, subject)
    for item, found in zip(_told(report, subject).items, report.found, strict=True):
        right = found.finding.right
        if item.difference:
            assert right is not None
            assert NUMBER.fullmatch(found.finding.left.text)
            assert NUMBER.fullmatch(right.text)
            assert re.fullmatch(r"[0-9,.]+(万元|元|个百分点|辆|人|个|分)", item.difference)
        _assert_blanks_have_no_unit(item)


def _assert_blanks_have_no_unit(item: Item) -> None:
    assert "（空白）万元" not in item.statement
    assert "（空白）元" not in item.statement


def test_rules_are_told_without_names_of_code() -> None:
    declared()
    for rule in RULES.values():
        for text in (rule.title, rule.explain, rule.basis, rule.example):
            assert set(LATIN.findall(text)) <= KNOWN, rule.code
