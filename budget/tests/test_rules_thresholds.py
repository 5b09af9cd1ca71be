"""Thresholds are declared once: what rules read, what may be set, what editions set."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

import pytest

from budget.edition import EDITIONS
from budget.rules.printed import Subject
from budget.rules.registry import RULES
from budget.rules.settings import (
    UnreadableSetting,
    require_order,
    severity_for,
    threshold_for,
)
from budget.rules.thresholds import THRESHOLDS, Threshold
from budget.tests import (  # noqa: F401 - they fill CASES
    cases_of_amounts,
    cases_of_books,
    cases_of_change,
    cases_of_documents,
    cases_of_words,
)
from budget.tests.judging import a_subject, alone
from budget.tests.rule_cases import CASES
from budget.tests.samples import declared, sample_disclosure

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def _declared() -> None:
    declared()


def reading(monkeypatch: pytest.MonkeyPatch, seen: Callable[[str], None]) -> None:
    """Let what rules read of thresholds be seen."""
    read = Subject.threshold

    def watched(subject: Subject, threshold: Threshold) -> Decimal:
        seen(threshold.name)
        return read(subject, threshold)

    monkeypatch.setattr(Subject, "threshold", watched)


def test_the_rules_that_a_threshold_names_are_those_that_read_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    readers: dict[str, set[str]] = defaultdict(set)
    judged = ""
    reading(monkeypatch, lambda name: readers[name].add(judged))
    for case in CASES.values():
        judged = case.code
        alone(case.code, case.make())
    for judged in ("PRF006", "PRF007", "PRF008"):
        alone(judged, a_subject(sample_disclosure()))
    assert readers == {name: set(each.rules) for name, each in THRESHOLDS.items()}


def test_thresholds_are_told_in_chinese_and_lie_within_their_bounds() -> None:
    for each in THRESHOLDS.values():
        assert CHINESE.search(each.title), each.name
        assert each.unit, each.name
        assert each.lowest <= each.default <= each.highest, each.name
        assert set(each.rules) <= set(RULES), each.name
        assert each.upper in ("", *THRESHOLDS), each.name


def test_defaults_are_in_order() -> None:
    require_order({name: each.default for name, each in THRESHOLDS.items()})


def test_editions_set_only_what_there_is_to_what_it_may_be() -> None:
    for edition in EDITIONS.values():
        for name, number in edition.thresholds.items():
            assert threshold_for(name, f"{number:f}") == number
        for code, severity in edition.severities.items():
            assert severity_for(code, severity.value) is severity
        defaults = {name: each.default for name, each in THRESHOLDS.items()}
        require_order({**defaults, **edition.thresholds})


@pytest.mark.parametrize("text", ["0", "12.5", "100"])
def test_a_number_within_its_bounds_is_taken(text: str) -> None:
    assert threshold_for("other_share", text) == Decimal(text)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("other_shares", "20", "没有名为“other_shares”的限值；现有：other_share（"),
        ("other_share", "-1", "应在0—100%之间，不能设为-1"),
        ("other_share", "100.01", "应在0—100%之间，不能设为100.01"),
        ("other_share", "1e1", "“1e1”不是数字"),
        ("other_share", "２０", "“２０”不是数字"),
        ("other_share", "", "“”不是数字"),
        ("meetings_per_head", "100001", "应在0—100000元/人之间"),
    ],
)
def test_what_a_threshold_cannot_be_is_refused(name: str, text: str, said: str) -> None:
    with pytest.raises(UnreadableSetting, match=re.escape(said)):
        threshold_for(name, text)


def test_a_lower_end_above_its_upper_end_is_refused() -> None:
    defaults = {name: each.default for name, each in THRESHOLDS.items()}
    said = "的下限”（16.01%）不能高于“住房公积金占工资的比重的上限”（16%）"
    with pytest.raises(UnreadableSetting, match=re.escape(said)):
        require_order({**defaults, "housing_fund_low": Decimal("16.01")})
    require_order({**defaults, "housing_fund_low": Decimal(16)})
