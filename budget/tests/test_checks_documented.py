"""docs/checks.md: each check of the field, how grave it is, and the rules that hold it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from budget.rules.registry import RULES
from budget.terms import Severity
from budget.tests.samples import declared

PAGE = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([CNUP]\d\d) \| (\w+) \| (.+) \| ([A-Z0-9、]+) \|$", re.MULTILINE)
CHECKS = {number: (label, rules.split("、")) for number, label, _, rules in ROW.findall(PAGE)}
LAST = {"C": 66, "N": 28, "U": 3, "P": 7}
SEVERITIES = {severity.label: severity for severity in Severity}
GRAVEST_FIRST = list(Severity)


def test_every_check_is_listed_once_in_order() -> None:
    wanted = [f"{kind}{number:02}" for kind, last in LAST.items() for number in range(1, last + 1)]
    assert [number for number, *_ in ROW.findall(PAGE)] == wanted


def test_every_rule_is_named_and_every_name_is_a_rule() -> None:
    declared()
    named = set(re.findall(r"\b[A-Z]{3}\d{3}\b", PAGE))
    assert named - set(RULES) == set(), "docs/checks.md names rules that there are not"
    assert set(RULES) - named == set(), "name these rules in docs/checks.md"


@pytest.mark.parametrize("number", CHECKS)
def test_no_check_is_held_more_softly_than_it_asks(number: str) -> None:
    declared()
    label, rules = CHECKS[number]
    gravest = min((RULES[code].severity for code in rules), key=GRAVEST_FIRST.index)
    assert GRAVEST_FIRST.index(gravest) <= GRAVEST_FIRST.index(SEVERITIES[label])


def test_what_a_rule_says_it_holds_is_what_the_page_says() -> None:
    """A rule's docstring names its checks: (C16), (N11, N12)."""
    declared()
    for code, rule in RULES.items():
        for number in re.findall(r"\b[CNUP]\d\d\b", rule.check.__doc__ or ""):
            assert code in CHECKS[number][1], f"{code} names {number}"
