"""Every rule on goals on its cases, and no rule without them."""

from __future__ import annotations

import pytest

from budget.rules.registry import RULES
from budget.tests.judging import alone
from budget.tests.rule_cases import CASES, QUIET, SHARP, WORDS_ONLY, Case, Kind
from budget.tests.samples import declared
from performance.tests import cases_of_goals

DECLARED = (cases_of_goals,)
FAMILY = "PRF"
ON_GOALS = [case for case in CASES.values() if case.code.startswith(FAMILY)]


@pytest.mark.parametrize("case", ON_GOALS, ids=lambda case: case.name)
def test_a_rule_says_what_its_case_wants(case: Case) -> None:
    report = alone(case.code, case.make())
    if case.kind in QUIET:
        assert [rule.code for rule in report.passed] == [case.code]
    elif case.kind in SHARP:
        assert [each.rule.code for each in report.found] != []
    else:
        assert not report.passed


def test_every_rule_on_goals_has_its_cases() -> None:
    declared()
    words = {Kind.PASSES, Kind.FAILS, Kind.MISSING}
    for code in (code for code in RULES if code.startswith(FAMILY)):
        wanted = words if code in WORDS_ONLY else set(Kind)
        assert {kind for each, kind in CASES if each == code} == wanted, code
