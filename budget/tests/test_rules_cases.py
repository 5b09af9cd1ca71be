"""Every rule on its cases, and no rule without them."""

from __future__ import annotations

import re

import pytest

from budget.rules.registry import RULES
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
from budget.tests.rule_cases import CASES, QUIET, SHARP, WAITING, WORDS_ONLY, Case, Kind
from budget.tests.samples import declared

DECLARED = (
    cases_of_amounts,
    cases_of_books,
    cases_of_change,
    cases_of_copies,
    cases_of_documents,
    cases_of_drafts,
    cases_of_words,
)
ELSEWHERE = frozenset({"PRF"})
"""Rules of other packages, which have their tables and their tests beside them."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.name)
def test_a_rule_says_what_its_case_wants(case: Case) -> None:
    report = alone(case.code, case.make())
    found = [each.finding for each in report.found]
    reasons = [each.reason for each in report.unchecked]
    if case.kind in QUIET:
        assert (found, reasons) == ([], [])
        assert [rule.code for rule in report.passed] == [case.code]
    elif case.kind in SHARP:
        assert found
        assert all(finding.where and finding.left.text for finding in found)
    else:
        assert found or reasons
        assert not report.passed


def test_every_rule_has_its_cases() -> None:
    declared()
    for code in RULES:
        if code[:3] not in ELSEWHERE:
            assert {kind for each, kind in CASES if each == code} == _wanted(code), code


def _wanted(code: str) -> set[Kind]:
    if code in WAITING:
        return {Kind.MISSING}
    if code in WORDS_ONLY:
        return {Kind.PASSES, Kind.FAILS, Kind.MISSING}
    return set(Kind)


def test_cases_are_of_rules_that_there_are() -> None:
    declared()
    assert {code for code, _ in CASES} <= set(RULES)


def test_every_rule_is_told_in_chinese() -> None:
    declared()
    for rule in RULES.values():
        for text in (rule.title, rule.explain, rule.basis, rule.example):
            assert CHINESE.search(text), rule.code


def test_every_code_is_three_letters_and_three_digits() -> None:
    declared()
    for code in RULES:
        assert re.fullmatch(r"[A-Z]{3}\d{3}", code), code


def test_every_family_says_what_it_is() -> None:
    declared()
    for rule in RULES.values():
        assert rule.family != "rules"
        assert CHINESE.search(rule.check.__globals__["__doc__"] or ""), rule.family
